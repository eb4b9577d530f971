"""Briefs that were made before, in JSON lines or JSON, read one at a time from where they stand in their file."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, overload

from pydantic import ValidationError

from ..errors import SummarizerError, UnreadableDocument
from ..models.brief import Brief
from ..models.outcome import Failure

_PEEK = 1 << 16
_MARKS = (b'"schema_version"', b'"document"')


def holds_briefs(path: Path) -> bool:
    """Whether a file looks like the JSON lines or JSON that `summarizer brief` writes."""
    try:
        with path.open("rb") as file:
            return looks_like_briefs(file.read(_PEEK))
    except OSError:
        return False


def looks_like_briefs(head: bytes) -> bool:
    """The same for the beginning of a file: an object, or an array of them, of a brief or of a failure."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n[")
    if not start.startswith(b"{"):
        return False
    opening = start[:400]
    is_failure = all(mark in opening for mark in (b'"document"', b'"kind"', b'"message"'))
    return is_failure or all(mark in opening for mark in _MARKS)


class KeptBriefs(Sequence[Brief]):
    """The briefs of a file, by position; only where they stand is held in memory.

    Args:
        path: JSON lines, or JSON (an object or an array), as `summarizer brief` writes them.
        visit: called with each brief while the file is first read, to spare a second reading.

    Attributes:
        failures: reports that have no brief there.
        errors: lines that are neither; named, and the others are used.

    Raises:
        UnreadableDocument: the file cannot be read.
    """

    def __init__(self, path: Path, visit: Callable[[Brief], object] = bool):
        self.path = path
        self._visit = visit
        self.failures: list[Failure] = []
        self.errors: list[SummarizerError] = []
        self._places: list[tuple[int, int]] = []
        self._whole: list[bytes] | None = None
        try:
            self._file: IO[bytes] = path.open("rb")
        except OSError as error:
            raise UnreadableDocument(
                f"cannot be read ({error.strerror})", document=str(path), remedy="Check the name and its permissions"
            ) from error
        try:
            if not self._index_lines():
                self._index_whole()
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._places) if self._whole is None else len(self._whole)

    @overload
    def __getitem__(self, place: int) -> Brief: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Brief]: ...
    def __getitem__(self, place: int | slice) -> Brief | Sequence[Brief]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        return Brief.model_validate_json(self._bytes(place))

    def _bytes(self, place: int) -> bytes:
        if self._whole is not None:
            return self._whole[place]
        offset, size = self._places[place]
        self._file.seek(offset)
        return self._file.read(size)

    def _index_lines(self) -> bool:
        """Note where each line's brief stands; False when the file is not one object a line."""
        offset = 0
        for number, line in enumerate(self._file, 1):
            start, offset = offset, offset + len(line)
            text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            start += len(line) - len(text)
            if not text.strip():
                continue
            if number == 1 and (text.lstrip().startswith(b"[") or text.strip() == b"{"):
                return False
            kept = self._checked(text, f"{self.path}, line {number}")
            if kept:
                self._places.append((start, len(text)))
        return True

    def _index_whole(self) -> None:
        self._file.seek(0)
        try:
            found = json.load(self._file)
        except (ValueError, RecursionError) as error:
            raise UnreadableDocument(
                f"is no JSON ({error})", document=str(self.path), remedy="Name a file that `summarizer brief` wrote"
            ) from error
        each: list[Any] = found if isinstance(found, list) else [found]
        texts = [json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass") for item in each]
        self._whole = [t for n, t in enumerate(texts, 1) if self._checked(t, f"{self.path}, item {n}")]

    def _checked(self, text: bytes, where: str) -> bool:
        """Whether this is a brief; failures and errors are noted."""
        try:
            self._visit(Brief.model_validate_json(text))
        except ValidationError as error:
            try:
                self.failures.append(Failure.model_validate_json(text))
            except ValidationError:
                entry = error.errors(include_url=False, include_input=False)[0]
                place = ".".join(str(part) for part in entry["loc"])
                said = f"{place}: {entry['msg']}" if place else entry["msg"]
                remedy = "Make the brief again with this version"
                self.errors.append(UnreadableDocument(f"is no brief ({said})", document=where, remedy=remedy))
            return False
        return True
