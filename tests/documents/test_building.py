"""A document from a text: what is stated about it, what the text itself states, and what is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from summarizer.documents import LoadOptions, from_text
from summarizer.documents.building import shown
from summarizer.errors import ConfigurationError, DocumentTooLarge, EmptyDocument, InputError, UnreadableDocument

from .reports import REPORTS

TEXT = "The bridge was opened again on Monday."


@pytest.mark.parametrize(
    "text",
    ["One.\r\nTwo.\r\n", "  One.  ", "e\u0301 and \u00e9", "One.\u2028Two.\u0085Three.", "\u200bOne.\ufeff", "🚢 One."],
    ids=ascii,
)
def test_the_text_is_kept_to_the_character(text: str) -> None:
    document = from_text(text)
    assert document.text == text
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_equal_texts_have_equal_ids_and_others_do_not() -> None:
    assert from_text(TEXT).id == from_text(TEXT).id
    assert from_text(TEXT).id != from_text(TEXT + " ").id
    assert from_text(TEXT).id == "text-" + hashlib.sha256(TEXT.encode()).hexdigest()[:12]


def test_what_the_caller_states_is_taken_over() -> None:
    document = from_text(
        TEXT,
        id="a",
        source="feed",
        title="Bridge",
        outlet="Paper",
        url="https://example.org",
        published="2025-08",
        language="en",
    )
    assert (document.id, document.source, document.title, document.outlet) == ("a", "feed", "Bridge", "Paper")
    assert (document.url, document.published, document.language) == ("https://example.org", "2025-08", "en")


@pytest.mark.parametrize("blank", [None, "", "  \n"])
def test_what_is_blank_counts_as_not_stated(blank: str | None) -> None:
    document = from_text(TEXT, title=blank, published=blank, outlet=blank, url=blank, language=blank)
    assert (document.title, document.published, document.outlet, document.url) == (None, None, None, None)
    assert document.language == "en"


@pytest.mark.parametrize("language", ["de", "tr", "el", "fa", "nl", "zh", "ru", "ar", "ja", "ko"])
def test_the_language_is_detected(language: str) -> None:
    assert from_text(REPORTS[language]).language == language


@pytest.mark.parametrize(("said", "expected"), [("pt-BR", "pt"), ("ELL", "el"), ("und", "en"), ("az", "az")])
def test_a_stated_language_goes_before_detection(said: str, expected: str) -> None:
    assert from_text(TEXT, language=said).language == expected
    assert from_text(TEXT, options=LoadOptions(language=said)).language == expected


def test_options_go_before_what_is_stated_about_one_report() -> None:
    options = LoadOptions(language="nl", published="2025-08-27")
    document = from_text(TEXT, options=options, language="de", published="2020")
    assert (document.language, document.published) == ("nl", "2025-08-27")


def test_a_language_known_from_an_earlier_run_is_not_detected_again() -> None:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert from_text(TEXT, options=LoadOptions(known_languages={digest: "fy"})).language == "fy"


HEADERS = {
    " date 2025-08-26 12:00\n\nThe bridge opened.": "2025-08-26",
    "date 2025-08-26": "2025-08-26",
    "Date: 2025-08-26\nThe bridge opened.": "2025-08-26",
    "\n\n  PUBLISHED : 2025-08-26T10:00:00Z\nThe bridge opened.": "2025-08-26",
    "date 2025-08-26/27\nThe bridge opened.": None,
    "date 2025-08-267 The bridge": None,
    "date 2025-13-26\nThe bridge opened.": None,
    "date 2025-02-30\nThe bridge opened.": None,
    "date\n2025-08-26\nThe bridge opened.": "2025-08-26",
    "dated 2025-08-26\nThe bridge opened.": None,
    "update 2025-08-26\nThe bridge opened.": None,
    "The bridge opened.\ndate 2025-08-26": "2025-08-26",
    "date ٢٠٢٥-٠٨-٢٦\nThe bridge opened.": "2025-08-26",
    "2025-08-26 The bridge opened.": "2025-08-26",
}


@pytest.mark.parametrize(("text", "published"), HEADERS.items(), ids=map(ascii, HEADERS))
def test_a_header_line_with_a_date_is_the_date_of_publication(text: str, published: str | None) -> None:
    document = from_text(text)
    assert document.published == published
    assert document.text == text


def test_a_stated_date_goes_before_the_header() -> None:
    assert from_text("date 2025-08-26\nThe bridge.", published="2025-08-27").published == "2025-08-27"


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\u200b", "\ufeff", "\u3000"], ids=ascii)
def test_a_text_of_white_space_is_empty(text: str) -> None:
    with pytest.raises(EmptyDocument, match=r"a: .*Check where the report was saved from"):
        from_text(text, id="a")


@pytest.mark.parametrize("text", ["***", "…", "🙂", "-----\n====="], ids=ascii)
def test_a_text_without_letters_and_digits_is_empty(text: str) -> None:
    with pytest.raises(EmptyDocument, match="not one letter or digit"):
        from_text(text)


@pytest.mark.parametrize("text", ["Bridge", "7", "橋"])
def test_one_word_is_a_document(text: str) -> None:
    assert from_text(text).text == text


def test_a_text_beyond_the_limit_is_refused_with_both_sizes() -> None:
    with pytest.raises(DocumentTooLarge, match=r"11\.0 MB; one report may have 10\.0 MB.*Split"):
        from_text("bridge " * 1_572_000)


def test_the_limit_counts_bytes_of_utf_8() -> None:
    options = LoadOptions(max_bytes=10)
    assert from_text("abcdefghij", options=options).text == "abcdefghij"
    with pytest.raises(DocumentTooLarge, match="12 bytes; one report may have 10 bytes"):
        from_text("γέφυρα", options=options)


def test_sizes_that_look_equal_are_told_to_the_byte() -> None:
    with pytest.raises(DocumentTooLarge, match="1,001 bytes; one report may have 1,000 bytes"):
        from_text("a" * 1_001, options=LoadOptions(max_bytes=1_000))


@pytest.mark.parametrize(
    ("character", "said"),
    [("\ud800", "half of a surrogate pair .U.D800, character 3."), ("\0", "a NUL .U.0000, character 3.")],
    ids=["surrogate", "NUL"],
)
def test_what_is_no_character_is_refused_with_its_place(character: str, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=f"text holds {said}"):
        from_text(f"ab{character}cd")
    with pytest.raises(UnreadableDocument, match="title holds"):
        from_text(TEXT, title=f"ab{character}")


@pytest.mark.parametrize("published", ["yesterday", "26.08.2025", "2025-8-26", "2025-02-30"])
def test_a_date_that_is_none_is_refused_with_the_form(published: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"a: published: .*YYYY-MM-DD"):
        from_text(TEXT, id="a", published=published)


def test_a_language_that_is_none_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match=r"a: language: .*ISO 639"):
        from_text(TEXT, id="a", language="Klingon!")


@pytest.mark.parametrize("value", [b"bytes", Path("report.txt"), None, 7], ids=repr)
def test_what_is_no_string_is_refused_with_the_way_to_read_files(value: Any) -> None:
    with pytest.raises(InputError, match=r"is no text.*summarizer\.documents\.load"):
        from_text(value)


def test_what_is_stated_must_be_strings_of_known_keys() -> None:
    wrong: dict[str, Any] = {"published": 2025}
    with pytest.raises(InputError, match=r"published is no string \(int\)"):
        from_text(TEXT, **wrong)
    unknown: dict[str, Any] = {"titel": "Bridge"}
    with pytest.raises(InputError, match=r"there is no key 'titel'.*title, published"):
        from_text(TEXT, **unknown)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"language": "Klingon!"}, "ISO 639"),
        ({"published": "soon"}, "YYYY-MM-DD"),
        ({"max_bytes": 0}, "above 0"),
    ],
)
def test_options_are_checked_at_once(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        LoadOptions(**options)


def test_a_name_is_shown_in_one_printable_line() -> None:
    assert shown("a\nb\x1b[2J\udcff\u2028é") == r"a\nb\x1b[2J\udcff\u2028é"
