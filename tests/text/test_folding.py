"""Folding: what becomes equal, what stays apart, and that the way back is right."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.folding import Folded, fold, is_mark, is_unspaced, tokens

EQUAL = {
    "decomposed Greek": ("Ιμπραχίμ Καλίν", unicodedata.normalize("NFD", "Ιμπραχίμ Καλίν")),
    "Greek capitals without accents": ("ΕΝΙΑΙΟΣ ΣΤΡΑΤΟΣ", "ενιαίος στρατός"),
    "final sigma": ("λόγος", "λόγοσ"),
    "Turkish capitals": ("TÜRKİYE VE İRAN", "Türkiye ve İran"),
    "dotless i": ("TCG Kınalıada", "TCG Kinaliada"),
    "Azerbaijani capitals": ("BENQAZİDƏ", "Benqazidə"),
    "Arabic letters in Persian": ("نيروهاي كشور", "نیروهای کشور"),
    "hamza forms": ("أحمد إلى آخر", "احمد الی اخر"),
    "ta marbuta": ("مدينة", "مدینه"),
    "tashkeel": ("مُحَمَّد", "محمد"),
    "tatweel": ("مــراد", "مراد"),
    "zero-width non-joiner": ("می\u200cشود", "میشود"),
    "Persian digits": ("۲۰۱۹", "2019"),
    "Arabic digits": ("٢٠١٩", "2019"),
    "Devanagari digits": ("२०१९", "2019"),
    "full-width digits": ("２０１９", "2019"),
    "curly quotes": ("“one army”", '"one army"'),
    "guillemets": ("«one army»", '"one army"'),
    "apostrophes": ("l’armée", "l'armee"),
    "dashes": ("5–5", "5-5"),
    "no-break space": ("5\u00a0000", "5 000"),
    "line breaks": ("one\r\n  army", "one army"),
    "soft hyphen": ("gov\u00adernment", "government"),
    "ligature": ("oﬃcer", "officer"),
    "sharp s": ("Straße", "STRASSE"),
    "Russian yo": ("ёлка", "елка"),
    "decomposed Hangul": ("한국", unicodedata.normalize("NFD", "한국")),
    "decomposed kana": ("ガザ", unicodedata.normalize("NFD", "ガザ")),
    "half-width kana": ("ｶﾞｻﾞ", "ガザ"),
    "Chinese over a line break": ("两国\n代表", "两国代表"),
    "Hebrew points": ("שָׁלוֹם", "שלום"),
    "decomposed Devanagari": ("क़ानून", unicodedata.normalize("NFD", "क़ानून")),
    "full-width comma": ("一，二", "一,二"),
    "Arabic comma": ("أ، ب", "ا, ب"),
}

DIFFERENT = {
    "short i in Russian": ("мой", "мои"),
    "Hindi vowel signs": ("दिन", "दान"),
    "Thai tones": ("ไม้", "ไม"),
    "kana voicing": ("か", "が"),
    "letters that are no accents": ("sønn", "sonn"),
    "numbers": ("12", "21"),
    "names": ("Khalifa", "Khalida"),
    "Persian letters": ("گل", "کل"),
    "Ukrainian yi": ("їх", "іх"),
}


@pytest.mark.parametrize(("one", "other"), EQUAL.values(), ids=EQUAL)
def test_two_spellings_of_the_same_words_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_folded_text_has_no_white_space_but_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip()
    assert "  " not in folded
    assert not any(c.isspace() for c in folded if c != " ")


@given(st.text(), st.data())
def test_every_span_leads_back_to_characters_that_fold_to_the_same(text: str, data: st.DataObject) -> None:
    folded = Folded(text)
    size = len(folded.text)
    if size == 0:
        return
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, size))
    span = folded.span(start, end)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(text)
        assert fold(text[slice(*span)]).replace(" ", "") == folded.text[start:end].replace(" ", "")


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "M", "N", "Z", "Cf"))))
def test_the_whole_folded_text_is_its_own_span(text: str) -> None:
    folded = Folded(text)
    if folded.text and folded.text[0] != " ":
        span = folded.span(0, len(folded.text))
        assert span is not None
        assert fold(text[slice(*span)]) == folded.text


@given(st.text(), st.integers(0, 50))
def test_positions_grow_with_offsets(text: str, offset: int) -> None:
    folded = Folded(text)
    assert folded.position(offset) <= folded.position(offset + 1) <= len(folded.text)


def test_a_span_that_would_cut_a_character_in_two_is_refused() -> None:
    folded = Folded("Straße")
    assert folded.text == "strasse"
    assert folded.span(0, 5) is None
    assert folded.span(0, 6) == (0, 5) or folded.span(0, 6) == (0, 6)


def test_a_span_takes_in_the_accents_of_its_last_letter() -> None:
    text = unicodedata.normalize("NFD", "Καλίν ά")
    folded = Folded(text)
    at = folded.text.index("α", 3)
    assert folded.span(at, at + 1) == (len(text) - 2, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,5 men, 3 km", ["12,5", "men", "3", "km"]),
        ("the '5+5' commission", ["the", "5", "5", "commission"]),
        ("f-514", ["f", "514"]),
        ("两国 abc", ["两", "国", "abc"]),
        ("", []),
        ("... !?", []),
    ],
)
def test_tokens_are_words_numbers_and_single_characters(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


@given(st.text())
def test_tokens_are_slices_in_order(text: str) -> None:
    found = tokens(text)
    assert all(text[t.start : t.end] == t.text for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("char", "expected"), [("国", True), ("か", True), ("ก", True), ("a", False), ("한", False), ("ح", False)]
)
def test_scripts_without_spaces_are_known(char: str, expected: bool) -> None:
    assert is_unspaced(char) is expected


@pytest.mark.parametrize(
    ("char", "expected"), [("\u0301", True), ("\u200c", True), ("\u064e", True), ("\u093f", False), ("a", False)]
)
def test_marks_are_accents_vowel_points_and_invisible_signs(char: str, expected: bool) -> None:
    assert is_mark(char) is expected
