"""JSON lines: each line is a report or an error that names its number; the others go on."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

import pytest

from summarizer.documents.building import Entry
from summarizer.documents.lines import KEYS, entries, looks_like, read_lines, refuse_json
from summarizer.errors import DocumentTooLarge, EmptyDocument, InputError, UnreadableDocument

LIMIT = 1_000
GOOD = '{"id": "a", "text": "The bridge opened."}'


def read(*lines: str | bytes, name: str = "in/reports.jsonl") -> list[Entry | InputError]:
    data = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    return list(entries(read_lines(io.BytesIO(data), LIMIT), name, LIMIT))


def error(*lines: str | bytes) -> InputError:
    (found,) = read(*lines)
    assert isinstance(found, InputError)
    return found


def test_a_line_may_hold_all_keys() -> None:
    row = {
        "id": "a1",
        "text": "Η γέφυρα άνοιξε.",
        "title": "Γέφυρα",
        "published": "2025-08-26",
        "outlet": "Paper",
        "url": "https://example.org/1",
        "language": "el",
        "author": "A. Reporter",
    }
    assert set(row) == set(KEYS)
    (entry,) = read(json.dumps(row))
    assert isinstance(entry, Entry)
    assert (entry.id, entry.text, entry.source) == ("a1", "Η γέφυρα άνοιξε.", "in/reports.jsonl:1")
    assert entry.stated == {key: row[key] for key in ("title", "published", "outlet", "url", "language", "author")}


@pytest.mark.parametrize("key", [key for key in KEYS if key != "text"])
@pytest.mark.parametrize("value", [None, ...], ids=["null", "absent"])
def test_every_key_but_text_may_be_null_or_absent(key: str, value: Any) -> None:
    row = {"text": "The bridge opened."} | ({} if value is ... else {key: None})
    (entry,) = read(json.dumps(row))
    assert isinstance(entry, Entry)
    assert entry.id == "reports:1"
    assert not any(entry.stated.values())


def test_an_id_may_be_a_number_and_is_one_line() -> None:
    first, second, third = read(
        '{"id": 17, "text": "One."}', '{"id": " a\\n b ", "text": "Two."}', '{"id": "x\\u001b[2J", "text": "Three."}'
    )
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert isinstance(third, Entry)
    assert (first.id, second.id, third.id) == ("17", "a b", "x\\x1b[2J")


def test_the_text_is_kept_as_it_is_written() -> None:
    (entry,) = read('{"text": " One.\\r\\nTwo.\\te\\u0301\\ud83d\\udea2 "}')
    assert isinstance(entry, Entry)
    assert entry.text == " One.\r\nTwo.\te\u0301🚢 "


WRONG = {
    "cut off": ('{"id": "b", "text": "Half', "not JSON .*column"),
    "two objects": ('{"text": "a"} {"text": "b"}', "not JSON"),
    "single quotes": ("{'text': 'a'}", "not JSON"),
    "an array": ('["The bridge opened."]', "an array, not an object"),
    "a string": ('"The bridge opened."', "a string, not an object"),
    "a number": ("12", "a number, not an object"),
    "null": ("null", "null, not an object"),
    "true": ("true", "a truth value, not an object"),
    "no text": ('{"id": "b"}', "no key 'text'"),
    "an empty object": ("{}", "no key 'text'"),
    "another key": ('{"text": "a", "body": "b"}', "unknown key 'body'.*Use the keys id, text"),
    "two other keys": ('{"text": "a", "body": "b", "x": 1}', "unknown keys 'body', 'x'"),
    "text is null": ('{"text": null}', "text is null, not a string"),
    "text is a list": ('{"text": ["a"]}', "text is an array, not a string"),
    "text is a number": ('{"text": 5}', "text is a number, not a string"),
    "title is an object": ('{"text": "a", "title": {}}', "title is an object, not a string"),
    "id is true": ('{"text": "a", "id": true}', "id is a truth value, not a string"),
    "id is a fraction": ('{"text": "a", "id": 1.5}', "id is a number, not a string"),
    "a Latin 1 byte": (b'{"text": "caf\xe9"}', r"not UTF-8 \(byte 14\)"),
    "deep brackets": ("[" * 900, "JSON"),
    "thousands of digits": ('{"text": ' + "9" * 900 + "}", "text is a number"),
    "a plain sentence": ("The bridge opened.", "not JSON"),
}


@pytest.mark.parametrize(("line", "message"), WRONG.values(), ids=WRONG)
def test_a_bad_line_is_named_by_its_number_and_the_others_go_on(line: str | bytes, message: str) -> None:
    first, second, third = read(GOOD, line, '{"id": "c", "text": "Work took three months."}')
    assert isinstance(first, Entry)
    assert isinstance(third, Entry)
    assert isinstance(second, UnreadableDocument)
    assert second.document == "in/reports.jsonl:2"
    assert second.remedy
    with pytest.raises(UnreadableDocument, match=message):
        raise second


def test_blank_lines_are_passed_over_and_counted() -> None:
    found = read("", GOOD, "   ", "\r", '{"text": 1}')
    assert isinstance(found[0], Entry)
    assert found[0].source == "in/reports.jsonl:2"
    assert isinstance(found[1], InputError)
    assert found[1].document == "in/reports.jsonl:5"


@pytest.mark.parametrize("content", ["", "\n\n", "  \r\n", "\ufeff"])
def test_a_file_without_a_line_says_so(content: str) -> None:
    found = error(content)
    assert isinstance(found, EmptyDocument)
    assert found.document == "in/reports.jsonl"


def test_windows_line_breaks_and_a_byte_order_mark_are_not_content() -> None:
    (entry,) = read(b"\xef\xbb\xbf" + GOOD.encode() + b"\r")
    assert isinstance(entry, Entry)
    assert entry.text == "The bridge opened."


def test_files_that_were_joined_may_have_byte_order_marks_inside() -> None:
    marked = b"\xef\xbb\xbf" + GOOD.encode()
    assert all(isinstance(found, Entry) for found in read(marked, marked))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be"])
def test_wide_encodings_are_named_once_with_the_way_to_convert(encoding: str) -> None:
    data = (GOOD + "\n" + GOOD).encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    found = error(data)
    assert "iconv" in str(found)
    assert found.document == "in/reports.jsonl"


def test_a_line_beyond_the_limit_is_an_error_and_the_next_line_is_read() -> None:
    long, short = read('{"text": "' + "a" * 3 * LIMIT + '"}', GOOD)
    assert isinstance(long, DocumentTooLarge)
    assert long.document == "in/reports.jsonl:1"
    assert isinstance(short, Entry)
    assert short.source == "in/reports.jsonl:2"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"a", [b"a"]),
        (b"a\nb", [b"a", b"b"]),
        (b"a\n\nb\r\n", [b"a", b"", b"b"]),
        (b"12345\n", [b"12345"]),
        (b"123456\n7\n", [None, b"7"]),
        (b"1234567890123\n7", [None, b"7"]),
        (b"123456", [None]),
    ],
)
def test_no_more_than_the_limit_is_held_of_a_line(data: bytes, expected: Iterable[bytes | None]) -> None:
    assert list(read_lines(io.BytesIO(data), 5)) == expected


def test_lines_that_were_read_ahead_come_first() -> None:
    assert list(read_lines(io.BytesIO(b"c\n"), 5, [b"a\n", b"b\n"])) == [b"a", b"b", b"c"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (GOOD.encode(), True),
        (b"\xef\xbb\xbf" + GOOD.encode(), True),
        (b'  {"text": 5}  ', True),
        (b'{"headline": "a"}', False),
        (b"{", False),
        (b'["text"]', False),
        (b"The bridge opened.", False),
        (b'{"text": "caf\xe9"}', False),
        (b"", False),
    ],
)
def test_json_lines_are_known_by_their_first_line(line: bytes, expected: bool) -> None:
    assert looks_like(line) is expected


@pytest.mark.parametrize("text", ['[{"text": "a"}, {"text": "b"}]', '{\n  "text": "a"\n}\n', "\n[1, 2]"])
def test_a_json_document_is_refused_with_the_way_to_write_lines(text: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"a\.json: a JSON document.*one JSON object a line.*\.jsonl"):
        refuse_json(text, "a.json")


@pytest.mark.parametrize("text", ["[Paper] The bridge opened.", "{sic}", "[", "The bridge [sic] opened.", "", "12"])
def test_a_text_with_brackets_is_no_json_document(text: str) -> None:
    refuse_json(text, "a.txt")
