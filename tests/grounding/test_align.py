"""Planted quotes are found with the right span; changed ones are refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.grounding.align import Located, Source, whole
from summarizer.models.brief import Match
from summarizer.text.folding import fold

GREEK = "Ο υποστράτηγος Ιλκάι Αλτιντάγ έφτασε χθες στη Βεγγάζη με δώδεκα αξιωματικούς και δεν μίλησε σε δημοσιογράφους."
ENGLISH = "On Monday 12 soldiers crossed the river near the old bridge, but the general did not confirm the losses to reporters."
PERSIAN = "ژنرال خلیفه حفتر روز شنبه با وابسته نظامی ترکیه در شهر بنغازی دیدار کرد و گفت ۱۲ افسر همراه او بودند."
TURKISH = "Türkiye ve İran dışişleri bakanları Ankara'da dört saat görüştü, ancak ortak bir açıklama yapılmadı."
ARABIC = "قال المتحدث إن الوفد لم يوقع على الاتفاق في مدينة بنغازي يوم الاثنين بعد محادثات طويلة."
CHINESE = "两国代表星期一在首都举行会谈，讨论边境地区的停火协议，但没有宣布任何结果。"
AZERI = "Nazirlik bildirib ki, nümayəndə heyəti Haftarla görüşməyib və danışıqların vaxtı hələ məlum deyil."

FOUND = {
    "exact": (ENGLISH, "crossed the river", "crossed the river", Match.EXACT),
    "decomposed Greek": (GREEK, unicodedata.normalize("NFD", "Ιλκάι Αλτιντάγ"), "Ιλκάι Αλτιντάγ", Match.FOLDED),
    "composed quote, decomposed source": (unicodedata.normalize("NFD", GREEK), "Ιλκάι Αλτιντάγ",
                                          unicodedata.normalize("NFD", "Ιλκάι Αλτιντάγ"), Match.FOLDED),
    "capitals without accents": (GREEK, "ΙΛΚΑΙ ΑΛΤΙΝΤΑΓ ΕΦΤΑΣΕ", "Ιλκάι Αλτιντάγ έφτασε", Match.FOLDED),
    "final sigma": (GREEK, "ο υποστράτηγοσ", "Ο υποστράτηγος", Match.FOLDED),
    "Persian with Arabic letters": (PERSIAN, "تركيه در شهر بنغازي", "ترکیه در شهر بنغازی", Match.FOLDED),
    "Persian digits": (PERSIAN, "گفت 12 افسر", "گفت ۱۲ افسر", Match.FOLDED),
    "zero-width non-joiner": ("همکاری\u200cهای نظامی دو کشور", "همکاریهای نظامی", "همکاری\u200cهای نظامی", Match.FOLDED),
    "tashkeel": (ARABIC, "المُتَحَدِّث", "المتحدث", Match.FOLDED),
    "tashkeel in the source": ("وصل مُحَمَّد أمس", "محمد", "مُحَمَّد", Match.FOLDED),
    "Turkish capitals": (TURKISH, "TÜRKİYE VE İRAN", "Türkiye ve İran", Match.FOLDED),
    "capitals in the source": ("TÜRKİYE VE İRAN anlaştı", "Türkiye ve İran", "TÜRKİYE VE İRAN", Match.FOLDED),
    "curly quotes": ('The plan "one army" stands', "“one army”", '"one army"', Match.FOLDED),
    "line breaks": ("The old\nbridge  was closed", "old bridge was", "old\nbridge  was", Match.FOLDED),
    "no-break space": ("10\u00a0000 people", "10 000 people", "10\u00a0000 people", Match.FOLDED),
    "stem before a suffix": (AZERI, "Haftar", "Haftar", Match.EXACT),
    "word after an Arabic prefix": ("وصل إلى المدينة وبنغازي", "بنغازي", "بنغازي", Match.EXACT),
    "Chinese inside a line": (CHINESE, "讨论边境地区", "讨论边境地区", Match.EXACT),
    "Chinese over a line break": (CHINESE, "讨论边境\n地区", "讨论边境地区", Match.FOLDED),
    "one word replaced": (ENGLISH, "crossed the river near the new bridge",
                          "crossed the river near the old bridge", Match.FUZZY),
    "one word dropped": (ENGLISH, "crossed the river near the bridge", "crossed the river near the old bridge", Match.FUZZY),
    "one word added": (ENGLISH, "crossed the wide river near the old bridge",
                       "crossed the river near the old bridge", Match.FUZZY),
    "punctuation left out": (ENGLISH, "the old bridge but the general", "the old bridge, but the general", Match.FUZZY),
}  # fmt: skip

REFUSED = {
    "21 for 12": (ENGLISH, "On Monday 21 soldiers crossed the river near the old bridge"),
    "21 for 12 in another script": (PERSIAN, "بنغازی دیدار کرد و گفت ۲۱ افسر همراه او بودند"),
    "the same digits inside a longer number": ("There were 112 soldiers at the old bridge", "12 soldiers at the old bridge"),
    "a number cut at its separator": ("There were 12.500 soldiers at the bridge", "There were 12"),
    "million for thousand": (
        "On Monday twelve thousand people crossed the old bridge",
        "On Monday twelve million people crossed the old bridge",
    ),
    "a number word": (GREEK, "έφτασε χθες στη Βεγγάζη με είκοσι αξιωματικούς"),
    "a dropped number": (ENGLISH, "On Monday soldiers crossed the river near the old bridge"),
    "a dropped negation": (ENGLISH, "but the general did confirm the losses to reporters"),
    "a dropped Greek negation": (GREEK, "με δώδεκα αξιωματικούς και μίλησε σε δημοσιογράφους"),
    "a dropped Arabic negation": (ARABIC, "قال المتحدث إن الوفد يوقع على الاتفاق في مدينة بنغازي"),
    "an added negation": (ENGLISH, "soldiers have not crossed the river near the old bridge"),
    "a dropped Chinese negation": (CHINESE, "讨论边境地区的停火协议，但有宣布任何结果"),
    "a negated verb in Azerbaijani": (AZERI, "nümayəndə heyəti Haftarla görüşüb və danışıqların vaxtı"),
    "a negated verb in Persian": ("او روز شنبه با رئیس دولت در شهر دیدار نکرد و رفت", "او روز شنبه با رئیس دولت در شهر دیدار کرد و رفت"),
    "a negative prefix": ("The visit was confirmed by two officials last night", "The visit was unconfirmed by two officials last night"),
    "another first name": ("Later Khalifa Haftar visited the ship in the harbour", "Later Saddam Haftar visited the ship in the harbour"),
    "another first name in Greek": (GREEK, "Ο υποστράτηγος Οζκάν Αλτιντάγ έφτασε χθες στη Βεγγάζη"),
    "another first name after a title, without capitals": (PERSIAN, "ژنرال صدام حفتر روز شنبه با وابسته نظامی ترکیه"),
    "another weekday": (ENGLISH, "On Sunday 12 soldiers crossed the river near the old bridge"),
    "another month": ("The vote took place in March of last year in the capital", "The vote took place in April of last year in the capital"),
    "a different sentence": (ENGLISH, "the minister signed a treaty with the neighbours"),
    "two sentences stitched": (ENGLISH + " " + "Later the council of the town voted for a new water plant.",
                               "soldiers crossed the river voted for a new water plant"),
    "another name before the first word": ("Later general Haftar visited the old harbour of the town with officers",
                                           "Saddam visited the old harbour of the town with officers"),
    "another last word": (ENGLISH, "soldiers crossed the river near the old harbour"),
    "a Chinese negation dropped after the first word": ("两国没有讨论边境地区的停火协议", "国讨论边境地区的停火协议"),
    "a word that begins inside another": ("He lives in Tirana now", "iran"),
    "nothing": (ENGLISH, "   "),
    "only punctuation": (ENGLISH, "?!"),
}  # fmt: skip

LANGUAGES = {GREEK: "el", ENGLISH: "en", PERSIAN: "fa", TURKISH: "tr", ARABIC: "ar", CHINESE: "zh", AZERI: "az"}


@pytest.mark.parametrize(("text", "quote", "expected", "match"), FOUND.values(), ids=FOUND)
def test_a_planted_quote_is_found_where_it_stands(text: str, quote: str, expected: str, match: Match) -> None:
    found = Source(text, LANGUAGES.get(text, "en")).locate(quote)
    assert found is not None
    assert text[found.start : found.end] == expected
    assert found.match is match


@pytest.mark.parametrize(("text", "quote"), REFUSED.values(), ids=REFUSED)
def test_a_changed_quote_is_refused(text: str, quote: str) -> None:
    assert Source(text, LANGUAGES.get(text, "en")).locate(quote) is None


def test_a_known_name_is_not_bridged_where_no_capitals_tell() -> None:
    text = "دیروز صدام حفتر از بندر بزرگ شهر بازدید کرد"
    quote = "دیروز خلیفه حفتر از بندر بزرگ شهر بازدید کرد"
    assert Source(text, "fa", frozenset({fold("صدام"), fold("حفتر")})).locate(quote) is None


def test_of_several_places_the_one_in_the_cited_sentence_is_taken() -> None:
    text = "Haftar spoke. Later Haftar left."
    near = [(14, 32)]
    assert Source(text).locate("Haftar", near) == Located(20, 26, Match.EXACT)


def test_without_a_place_in_the_cited_sentence_the_first_one_is_taken() -> None:
    text = "Haftar spoke. Later he left."
    assert Source(text).locate("Haftar", [(14, 28)]) == Located(0, 6, Match.EXACT)


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("a 12 b", 2, 4, True),
        ("a 112 b", 3, 5, False),
        ("a 12,5 b", 2, 4, False),
        ("a 12, 5 b", 2, 4, True),
        ("x1.12", 3, 5, False),
        ("Tirana", 2, 6, False),
        ("l'Iran", 2, 6, True),
        ("Haftarla", 0, 6, True),
        ("وحفتر", 1, 5, True),
        ("מבנגזי", 1, 6, True),
        ("首都举行", 1, 3, True),
    ],
)
def test_a_place_must_not_cut_numbers_nor_begin_inside_words(text: str, start: int, end: int, expected: bool) -> None:
    assert whole(text, start, end) is expected


WORDS = st.lists(
    st.text(alphabet=st.characters(categories=("Lu", "Ll", "Lo", "Nd")), min_size=1, max_size=8),
    min_size=1,
    max_size=30,
)


@given(WORDS, st.data())
def test_every_run_of_whole_words_is_found_as_itself(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    quote = " ".join(words[first:last])
    found = Source(text).locate(quote)
    assert found is not None
    assert text[found.start : found.end] == quote
    assert found.match is Match.EXACT


@given(WORDS, st.data())
def test_a_decomposed_quote_is_found_as_characters_that_fold_to_it(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    quote = unicodedata.normalize("NFD", " ".join(words[first:last]))
    found = Source(text).locate(quote)
    if fold(quote):
        assert found is not None
        assert fold(text[found.start : found.end]).replace(" ", "") == fold(quote).replace(" ", "")


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_is_found_lies_in_the_text(text: str, quote: str) -> None:
    found = Source(text, "en").locate(quote)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        if found.match is Match.EXACT:
            assert text[found.start : found.end] == quote.strip()


@given(st.integers(0, 99999), st.integers(0, 99999))
def test_a_sentence_with_another_number_is_never_found(one: int, other: int) -> None:
    text = f"Officials said that {one} people had crossed the border near the old town since the morning"
    quote = f"Officials said that {other} people had crossed the border near the old town since the morning"
    assert (Source(text, "en").locate(quote) is not None) == (one == other)
