"""Bytes become exactly the text they hold, or an error that says what they are."""

from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.documents.decoding import decode
from summarizer.errors import BinaryDocument, InputError, UnreadableDocument

from .reports import CASES, REPORTS, Case

ENGLISH = "The bridge was opened again on Monday.\nThe mayor spoke.\n"
WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
# Texts without the characters that make bytes look binary: controls, noncharacters, halves of surrogate pairs.
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), include_characters="\t\n\r"), max_size=200)


def decoded(data: bytes) -> str | InputError:
    try:
        return decode(data, "any")
    except InputError as error:
        return error


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.language} in {case.encoding}")
def test_a_report_in_a_legacy_encoding_is_read_exactly(case: Case) -> None:
    assert decode(case.data, "report") == case.text


def test_single_sentences_suffice_to_tell_nearly_all_encodings() -> None:
    sentences = [
        (case.encoding, sentence)
        for case in CASES
        for sentence in re.split(r"(?<=[.。!?])\s*", case.text)
        if len(sentence) >= 8 and not sentence.encode(case.encoding).isascii()
    ]
    wrong = [sentence for encoding, sentence in sentences if decoded(sentence.encode(encoding)) != sentence]
    assert len(sentences) > 200
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("language", REPORTS)
def test_a_report_in_utf_8_is_read_exactly(language: str) -> None:
    assert decode(REPORTS[language].encode(), "report") == REPORTS[language]


@pytest.mark.parametrize("encoding", MARKS)
@pytest.mark.parametrize("language", ["de", "el", "fa", "zh", "ko", "ru"])
def test_a_byte_order_mark_tells_the_encoding_and_is_not_text(language: str, encoding: str) -> None:
    assert decode(MARKS[encoding] + REPORTS[language].encode(encoding), "report") == REPORTS[language]


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("language", ["de", "tr", "el", "fa", "he", "th", "zh", "ja", "ko", "ru"])
def test_utf_16_and_utf_32_are_known_without_a_mark(language: str, encoding: str) -> None:
    assert decode(REPORTS[language].encode(encoding), "report") == REPORTS[language]


@pytest.mark.parametrize("text", ["Hi.", "7", "a\r\nb"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_few_latin_letters_suffice_to_know_utf_16(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "report") == text


@pytest.mark.parametrize(
    "text",
    [
        "One.\r\nTwo.\rThree.\n\n",
        "  leading and trailing  \t",
        "e\u0301 is two characters",
        "zero\u200bwidth, soft\u00adhyphen, no\u00a0break",
        "A page\x0cbreak",
        "old end of file\x1a",
        "\ufeff a mark inside the text is kept".lstrip("\ufeff") + "\ufeff",
        "🚢 beyond the basic plane",
        "\ufffd\ufffd was lost before",
        "",
    ],
    ids=ascii,
)
def test_nothing_is_translated_or_stripped(text: str) -> None:
    assert decode(text.encode(), "report") == text


def test_an_unmarked_gb18030_text_keeps_characters_of_four_bytes() -> None:
    text = REPORTS["zh"] + "䶮"  # no GBK
    assert decode(text.encode("gb18030"), "report") == text


def test_a_cut_utf_8_text_is_named_as_such() -> None:
    data = "Η γέφυρα άνοιξε ξανά".encode()[:-1]
    with pytest.raises(UnreadableDocument, match=r"cut\.txt: UTF-8 as it seems, but byte \d+ .*cut off") as caught:
        decode(data, "cut.txt")
    assert caught.value.document == "cut.txt"


def test_a_cut_utf_16_text_is_named_as_such() -> None:
    with pytest.raises(UnreadableDocument, match="UTF-16 as it seems"):
        decode(codecs.BOM_UTF16_LE + ENGLISH.encode("utf-16-le") + b"a", "cut.txt")


def test_bytes_that_read_like_no_language_are_refused() -> None:
    data = b"\xb0\xb1\xb2\xdb " * 80
    with pytest.raises(UnreadableDocument, match=r"no encoding that is known here.*UTF-8"):
        decode(data, "odd.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"a text with one\0NUL in it, which no text has",
        b"\0" * 100,
        bytes(range(256)) * 40,
        codecs.BOM_UTF8 + b"\x01\x02\x03\x04" * 20,
        ENGLISH.encode() + bytes(range(1, 9)) * 50,
    ],
    ids=["one NUL", "NULs", "all bytes", "controls after a mark", "controls after a text"],
)
def test_control_characters_are_no_text(data: bytes) -> None:
    with pytest.raises(BinaryDocument, match=r"data.bin: no text: .*plain text"):
        decode(data, "data.bin")


def test_an_escape_sequence_of_a_terminal_does_not_make_a_text_binary() -> None:
    text = "\x1b[1mBridge opened\x1b[0m. " + ENGLISH
    assert decode(text.encode(), "report") == text


@given(st.one_of(st.binary(max_size=400), st.binary(min_size=1, max_size=8).map(lambda part: part * 60)))
@example(b"\x80")
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\x00")
@example(b"\x1b$B")
@example(b"\xef\xbb\xbf")
@settings(max_examples=300, deadline=None)
def test_arbitrary_bytes_are_text_or_an_input_error(data: bytes) -> None:
    found = decoded(data)
    if isinstance(found, InputError):
        assert found.document == "any"
        assert found.remedy
    else:
        assert "\0" not in found


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_text_in_utf_8_round_trips(text: str) -> None:
    text = text.lstrip("\ufeff")
    for data in (text.encode(), codecs.BOM_UTF8 + text.encode()):
        found = decoded(data)
        assert found == text or "looks like" in str(found)  # as a text does that begins with <html>


@given(TEXTS, st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
@settings(max_examples=300, deadline=None)
def test_a_text_in_utf_16_or_utf_32_with_a_mark_round_trips(text: str, encoding: str) -> None:
    assert decode(MARKS[encoding] + text.encode(encoding), "report") == text
