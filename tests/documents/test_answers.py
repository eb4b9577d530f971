"""What a server answered."""

from __future__ import annotations

import pytest
from multidict import CIMultiDict
from yarl import URL

from summarizer.documents.answers import Answer, is_page, items
from summarizer.errors import FetchFailed


def _answer(status: int = 200, **headers: str) -> Answer:
    named = CIMultiDict((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(URL("http://plain.test/"), status, named)


@pytest.mark.parametrize(
    ("header", "kind", "charset"),
    [
        ("text/html", "text/html", None), ("Text/HTML; Charset=UTF-8", "text/html", "UTF-8"),
        ("text/html;charset='koi8-r'", "text/html", "koi8-r"), ('text/html; a=b; charset="gb18030"', "text/html", "gb18030"),
        ("text/html; charset=\udcff", "text/html", None), ("", "", None), ("text/charset=x", "text/charset=x", None),
    ],
)  # fmt: skip
def test_the_type_and_the_charset_are_read_from_the_header(header: str, kind: str, charset: str | None) -> None:
    answer = _answer(Content_Type=header)
    assert (answer.content_type, answer.charset) == (kind, charset)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml", "text/plain; a=b", "application/pdf", WORD])
def test_pages_texts_and_documents_are_taken(kind: str) -> None:
    assert is_page(_answer(Content_Type=kind), {})


@pytest.mark.parametrize("kind", ["text/markdown", "application/octet-stream", ""])
def test_data_of_no_stated_type_are_taken_for_the_caller_to_look_at(kind: str) -> None:
    assert is_page(_answer(203, Content_Type=kind), {})
    assert is_page(_answer(), {})


def test_redirects_and_unchanged_pages_have_no_body_that_is_wanted() -> None:
    assert not is_page(_answer(301), {})
    assert not is_page(_answer(304), {"If-None-Match": "x"})
    with pytest.raises(FetchFailed, match="304"):
        is_page(_answer(304), {})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("30", "Try again later, after 30 seconds"), ("Wed, 21 Oct 2065 07:28:00 GMT", "after 2065-10-21 07:28 UTC"),
        ("Wed, 21 Oct 2065 09:28:00 +0200", "after 2065-10-21 07:28 UTC"), ("soon", "Try again later$"),
        ("9" * 5_000, "Try again later$"), ("", "Try again later$"), ("\x1b[31m", "Try again later$"),
    ],
)  # fmt: skip
def test_the_word_of_the_server_on_when_to_try_again_is_passed_on(value: str, words: str) -> None:
    with pytest.raises(FetchFailed, match=words):
        is_page(_answer(503, Retry_After=value), {})


def test_a_list_may_stand_in_several_headers() -> None:
    headers = CIMultiDict([("Content-Encoding", "GZIP, "), ("content-encoding", " deflate")])
    assert items(headers, "Content-Encoding") == ["gzip", "deflate"]
    assert items(headers, "Vary") == []
