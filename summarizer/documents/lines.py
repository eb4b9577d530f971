"""JSON lines: one report a line, read line by line."""

from __future__ import annotations

import codecs
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from ..errors import EmptyDocument, InputError, UnreadableDocument
from .building import Entry, shown, too_large
from .stated import Stated

KEYS = ("id", "text", "title", "published", "outlet", "url", "language", "author")
"""What a line may hold; only `text` must be there."""

_EXAMPLE = 'Write one JSON object a line, such as {"id": "a1", "text": "..."}'
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_NAMES = {
    list: "an array",
    str: "a string",
    bool: "a truth value",
    int: "a number",
    float: "a number",
    dict: "an object",
}


def read_lines(stream: BinaryIO, limit: int, ahead: Iterable[bytes] = ()) -> Iterator[bytes | None]:
    """The lines of a stream without their line breaks, None for each longer than `limit` bytes.

    No more than `limit` + 1 bytes are held. `ahead` are lines that were already read from the stream.
    """
    skipping = False
    for chunk in itertools.chain(ahead, iter(lambda: stream.readline(limit + 1), b"")):
        whole = chunk.endswith(b"\n")
        if not skipping:
            skipping = len(chunk) > limit and not whole
            yield None if skipping else chunk.rstrip(b"\r\n")
        skipping = skipping and not whole


def entries(lines: Iterable[bytes | None], name: str, limit: int) -> Iterator[Entry | InputError]:
    """An entry, or the error, for each line that is not blank; `name` is the file's, for messages and missing ids."""
    empty = True
    for number, line in enumerate(lines, 1):
        place = f"{name}:{number}"
        if line is None:
            empty = False
            yield too_large(place, None, limit)
            continue
        if number == 1 and line.startswith(_WIDE_MARKS):
            yield UnreadableDocument(
                "UTF-16 or UTF-32", document=name, remedy=f"JSON lines are UTF-8: iconv -f UTF-16 -t UTF-8 {name}"
            )
            return
        content = line.removeprefix(codecs.BOM_UTF8)  # files that were joined have marks inside
        if content.strip():
            empty = False
            try:
                yield parse(content, name, number)
            except InputError as error:
                yield error
    if empty:
        yield EmptyDocument("not one line with a report", document=name, remedy=_EXAMPLE)


def parse(line: bytes, name: str, number: int) -> Entry:
    """The entry of one line.

    Raises:
        UnreadableDocument: no JSON, no object, a key unknown or missing, a value of another type.
    """
    place = f"{name}:{number}"
    return entry_of(_object(line, place), name, number)


def entry_of(fields: Mapping[str, object], name: str, number: int) -> Entry:
    """The entry of one report's fields.

    Args:
        fields: some of `KEYS`; None counts as not given.
        name: of the file.
        number: of the line or row in it, from 1.

    Raises:
        UnreadableDocument: a key unknown or missing, a value of another type.
    """
    place = f"{name}:{number}"
    unknown = [key for key in fields if key not in KEYS]
    if unknown:
        found = ", ".join(map(repr, unknown[:5]))
        raise UnreadableDocument(
            f"unknown key{'s' * (len(unknown) > 1)} {found}", document=place, remedy=f"Use the keys {', '.join(KEYS)}"
        )
    if "text" not in fields:
        raise UnreadableDocument("no key 'text'", document=place, remedy=_EXAMPLE)
    values = {key: _value(key, value, place) for key, value in fields.items()}
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    about = Stated(
        title=values.get("title"),
        published=values.get("published"),
        outlet=values.get("outlet"),
        url=values.get("url"),
        language=values.get("language"),
        author=values.get("author"),
    )
    return Entry(values["text"] or "", values.get("id") or f"{stem}:{number}", place, place, stem, about)


def looks_like(line: bytes) -> bool:
    """Whether a line is a JSON object with a key `text`: the first line of JSON lines rather than of a plain text."""
    line = line.removeprefix(codecs.BOM_UTF8).strip()
    if not line.startswith(b"{"):
        return False
    try:
        return "text" in _object(line, "")
    except UnreadableDocument:
        return False


def refuse_json(text: str, name: str) -> None:
    """Nothing, unless the text is one JSON array or object.

    Raises:
        UnreadableDocument: it is; the message says how to write JSON lines.
    """
    if text.lstrip()[:1] in ("[", "{"):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return
        raise UnreadableDocument(
            "a JSON document, not a text", document=name, remedy=f"{_EXAMPLE}, in a file named .jsonl"
        )


def _object(line: bytes, place: str) -> dict[str, object]:
    try:
        value = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"not UTF-8 (byte {error.start + 1})", document=place, remedy="JSON lines are UTF-8: convert the file first"
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableDocument(
            f"not JSON ({error.msg}, column {error.colno})", document=place, remedy=_EXAMPLE
        ) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        raise UnreadableDocument("JSON out of all bounds", document=place, remedy=_EXAMPLE) from error
    if not isinstance(value, dict):
        raise UnreadableDocument(f"{_NAMES.get(type(value), 'null')}, not an object", document=place, remedy=_EXAMPLE)
    return value


def _value(key: str, value: object, place: str) -> str | None:
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return shown(" ".join(value.split())) if key == "id" else value
    if value is None and key != "text":
        return None
    raise UnreadableDocument(
        f"{key} is {_NAMES.get(type(value), 'null')}, not a string",
        document=place,
        remedy=f"Write {key} in quotation marks",
    )
