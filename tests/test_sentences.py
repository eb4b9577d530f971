"""Sentences: where they begin and end, and that nothing is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summarizer.sentences
from summarizer.sentences import split

from .documents.reports import REPORTS

BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
TEXTS = st.text(
    st.one_of(
        st.sampled_from(list(".!?…»«“”\"'()*-–:;,。！？؟।॥ \t\n\r\u2028\u200b\ufeff\xa0")),
        st.sampled_from(list("aZéßİıЖщΩςאبیह中あ한0٣५１")),
        st.characters(),
    ),
    max_size=120,
)


def pieces(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for _, start, end in split(text, language)]


def test_sentences_are_numbered_from_one() -> None:
    assert [sentence.number for sentence in split("One here. Two here.\nThree here.", "en")] == [1, 2, 3]


def test_offsets_are_code_points_of_the_text() -> None:
    text = "🚢🚢 İlk gəmi gəldi.  İkinci gəmi getdi."
    assert [(s.start, s.end) for s in split(text, "az")] == [(0, 18), (20, 38)]


@pytest.mark.parametrize("break_", BREAKS, ids=ascii)
def test_a_line_break_ends_a_sentence(break_: str) -> None:
    assert pieces(f"The bridge is open{break_}Work took three months") == [
        "The bridge is open",
        "Work took three months",
    ]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert pieces("Dr. Weber spoke. Mr. Lane did not.") == ["Dr. Weber spoke.", "Mr. Lane did not."]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("el", "Ήρθε ο δήμαρχος; Ναι. Έφυγε.", ["Ήρθε ο δήμαρχος;", "Ναι.", "Έφυγε."]),
        ("fa", "شهردار آمد. رفت؟ بله، رفت.", ["شهردار آمد.", "رفت؟", "بله، رفت."]),
        ("ar", "جاء الوزير. هل عاد؟ نعم!", ["جاء الوزير.", "هل عاد؟", "نعم!"]),
        ("zh", "桥开了。工程晚了！为什么？", ["桥开了。", "工程晚了！", "为什么？"]),
        ("hi", "पुल खुला। काम देर से हुआ।", ["पुल खुला।", "काम देर से हुआ।"]),
        ("nl", "De brug is open. Waarom nu?", ["De brug is open.", "Waarom nu?"]),
        ("de", "Am 3. Mai kam er an. Dann ging er.", ["Am 3. Mai kam er an.", "Dann ging er."]),
    ],
)
def test_each_language_has_its_own_marks(language: str, text: str, expected: list[str]) -> None:
    assert pieces(text, language) == expected


@pytest.mark.parametrize("language", ["und", "", "zz", "xx-YY", "zh-Hans", "klingon", "\0", "🙂", "\ud800"])
def test_an_unknown_language_gets_general_rules(language: str) -> None:
    assert pieces("It is open. We cross it.", language) == ["It is open.", "We cross it."] or language == "\ud800"
    assert pieces("It is open", language) == ["It is open"]


@pytest.mark.parametrize(
    "blank", ["\ufeff", "\u200b", "\u200c", "\xa0", "\u3000", "\t", "\u2060", "\u200f", "\u180e"], ids=ascii
)
def test_white_space_and_invisible_characters_are_not_part_of_a_sentence(blank: str) -> None:
    assert pieces(f"{blank} It is open. {blank}{blank}\n{blank}Yes{blank}") == ["It is open.", "Yes"]


@pytest.mark.parametrize("line", ["***", "-----", "…", "", "   ", "\u200b", "« »", "🙂", "* * *", "==="])
def test_a_line_without_letters_or_digits_is_no_sentence(line: str) -> None:
    assert pieces(f"{line}\nIt is open\n{line}") == ["It is open"]


@pytest.mark.parametrize("text", ["", "\n\n", "***", " \t ", "\ufeff"])
def test_a_text_without_letters_has_no_sentences(text: str) -> None:
    assert split(text, "en") == ()


def test_a_line_of_digits_is_a_sentence() -> None:
    assert pieces("Result\n3\n12:45") == ["Result", "3", "12:45"]


def test_a_number_of_a_list_stays_with_its_item() -> None:
    assert pieces("1. The bridge opened. 2. The road closed.") == ["1. The bridge opened.", "2. The road closed."]


def test_stars_in_a_line_are_no_sentence_of_their_own() -> None:
    text = "The bridge opened. *** The road closed."
    found = pieces(text)
    assert len(found) == 2
    assert " ".join(found) == text


def test_pieces_that_do_not_join_to_the_line_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    import sentencex

    monkeypatch.setattr(sentencex, "segment", lambda language, line: ["something", "else"])
    assert pieces("One here. Two here.\nThree.") == ["One here. Two here.", "Three."]


def test_half_a_surrogate_pair_leaves_the_line_whole() -> None:
    assert pieces("One \ud800 here. Two here.\nThree. Four.") == ["One \ud800 here. Two here.", "Three.", "Four."]


def test_a_long_line_without_marks_is_one_sentence() -> None:
    text = "word " * 20_000
    assert [(s.start, s.end) for s in split(text, "en")] == [(0, len(text) - 1)]


def test_the_white_space_that_is_cut_is_all_of_unicode() -> None:
    every = {char for char in map(chr, range(0x11_0000)) if char.isspace()}
    assert every <= set(summarizer.sentences._BLANK)


def _check(text: str, language: str) -> None:
    found = split(text, language)
    blank = summarizer.sentences._BLANK
    position = 0
    inside = set()
    for number, (given_number, start, end) in enumerate(found, 1):
        assert given_number == number
        assert position <= start < end <= len(text)
        sentence = text[start:end]
        assert sentence == sentence.strip(blank)
        assert any(map(str.isalnum, sentence))
        assert not set(sentence) & set("".join(BREAKS))
        inside.update(range(start, end))
        position = end
    assert {place for place, char in enumerate(text) if char.isalnum()} <= inside


@given(TEXTS, st.sampled_from(["en", "el", "fa", "zh", "az", "hi", "und", "nl", "my"]))
@settings(max_examples=300, deadline=None)
def test_sentences_are_ordered_bare_and_hold_every_letter(text: str, language: str) -> None:
    _check(text, language)


@pytest.mark.parametrize("language", sorted(REPORTS))
def test_reports_are_split_without_loss(language: str) -> None:
    _check(REPORTS[language], language)
    assert language == "th" or len(split(REPORTS[language], language)) >= 3


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_splitting_is_repeatable(text: str) -> None:
    assert split(text, "en") == split(text, "en")
