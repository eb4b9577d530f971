"""Inputs, expanded in order and read one at a time."""

from __future__ import annotations

import io
import itertools
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from ..errors import DuplicateDocument, InputError, MissingExtra, NoDocuments, SummarizerError, UnreadableDocument
from ..models.document import Document
from . import formats, lines, parquet_files
from .addresses import is_url, shown_url
from .building import Entry, LoadOptions, build, shown, too_large
from .decoding import decode
from .entries import file_entry, web_entry
from .formats import HEAD, MOST_BYTES, format_of
from .register import Register

TEXT_SUFFIXES = (".txt", ".md")
LINE_SUFFIXES = (".jsonl", ".ndjson")
SUFFIXES = (*TEXT_SUFFIXES, *LINE_SUFFIXES, *formats.SUFFIXES, parquet_files.SUFFIX)
"""What is read from a directory; a file named by the user may have any suffix."""

_STDIN = "stdin"
_BLANK_AHEAD = 65_536  # bytes of blank lines after which the first line of JSON is no longer looked for


def load(
    inputs: Sequence[str | Path], options: LoadOptions | None = None, stdin: BinaryIO | None = None
) -> Iterator[Document | SummarizerError]:
    """Documents of the inputs, in their order, each read when it is asked for.

    An input is a file, a directory (its files with one of `SUFFIXES`, sorted, recursively, hidden ones left out), a
    URL, or "-" for standard input. Each holds a text, an HTML page, a PDF or DOCX file, JSON lines (one report a line),
    told by what it begins with, or a Parquet table (one report a row), told by its suffix. What cannot be used is
    yielded as an error and the others go on. Ids are unique; of equal texts only the first becomes a document.

    Args:
        inputs: names or paths; only the string "-" means standard input.
        options: for all inputs.
        stdin: read for "-" instead of the process's own.
    """
    options = options or LoadOptions()
    names = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    return _documents(_Reader(options, stdin).entries(names), options)


def _documents(
    entries: Iterator[Entry | SummarizerError], options: LoadOptions
) -> Iterator[Document | SummarizerError]:
    with closing(Register()) as register:
        for entry in entries:
            if isinstance(entry, SummarizerError):
                yield entry
                continue
            try:
                yield build(entry, options, register.identify)
            except SummarizerError as error:
                yield error


class _Reader:
    def __init__(self, options: LoadOptions, stdin: BinaryIO | None):
        self._options = options
        self._limit = options.max_bytes
        self._leave_out = options.leave_out
        self._stdin = stdin
        self._stdin_read = False

    def entries(self, inputs: Sequence[str | Path]) -> Iterator[Entry | SummarizerError]:
        for are_urls, names in itertools.groupby(inputs, lambda name: isinstance(name, str) and is_url(name)):
            if are_urls:
                yield from self._fetched(map(str, names))
                continue
            for name in names:
                try:
                    yield from self._standard_input() if name == "-" else self._named(name)
                except SummarizerError as error:
                    yield error

    def _fetched(self, urls: Iterator[str]) -> Iterator[Entry | SummarizerError]:
        """An entry for each URL, several fetched at once."""
        from .fetching import Fetcher

        try:
            fetcher = Fetcher(self._options.fetching, self._options.pages)
        except MissingExtra as error:
            yield from (type(error)(error.message, document=shown_url(url), remedy=error.remedy) for url in urls)
            return
        with fetcher:
            for found in fetcher.fetch_all(urls):
                if isinstance(found, InputError):
                    yield found
                    continue
                try:
                    yield web_entry(found, self._limit)
                except SummarizerError as error:
                    yield error

    def _named(self, name: str | Path) -> Iterator[Entry | SummarizerError]:
        if not str(name):
            raise UnreadableDocument(
                "an input without a name", remedy="Give a file, a directory or - for standard input"
            )
        path = Path(name)
        if _is_folder(path, shown(name)):
            yield from self._directory(path)
        else:
            yield from self._file(path)

    def _directory(self, top: Path) -> Iterator[Entry | SummarizerError]:
        others: set[str] = set()
        empty = True
        for found in walk(top):
            if isinstance(found, InputError):
                empty = False
                yield found
            elif self._leave_out and found.resolve() in self._leave_out:
                continue
            elif found.suffix.lower() not in SUFFIXES:
                others.add(found.suffix.lower() or found.name)
            else:
                empty = False
                yield from self._file(found)
        if empty:
            held = f"; it holds {', '.join(sorted(others)[:5])}" if others else ""
            raise NoDocuments(
                f"no reports: {', '.join(SUFFIXES)} files are read from a directory{held}",
                document=shown(top),
                remedy="Name another directory, or name the files themselves",
            )

    def _file(self, path: Path) -> Iterator[Entry | SummarizerError]:
        name = shown(path)
        try:
            if path.suffix.lower() == parquet_files.SUFFIX:
                yield from parquet_files.read_rows(path, name, self._limit)
                return
            with path.open("rb") as stream:
                if path.suffix.lower() in LINE_SUFFIXES:
                    yield from self._lines(lines.read_lines(stream, self._limit), name)
                else:
                    entry = Entry("", shown(path.stem), name, name, shown(path.parent.name))
                    yield from self._stream(stream, entry, path.suffix.lower())
        except SummarizerError as error:
            yield error
        except OSError as error:
            yield unreadable(name, error)

    def _lines(self, found: Iterator[bytes | None], name: str) -> Iterator[Entry | SummarizerError]:
        return lines.entries(found, name, self._limit)

    def _standard_input(self) -> Iterator[Entry | SummarizerError]:
        if self._stdin_read:
            raise DuplicateDocument(
                "standard input is given twice; it is read once", document=_STDIN, remedy="Give - once"
            )
        self._stdin_read = True
        stream: BinaryIO | None = self._stdin or (sys.stdin.buffer if sys.stdin else None)
        closed = UnreadableDocument(
            "standard input cannot be read", document=_STDIN, remedy="Pipe a report into it, or name a file"
        )
        if stream is None or stream.closed:
            raise closed
        try:
            yield from self._stream(stream, Entry("", _STDIN, "-", _STDIN))
        except OSError as error:
            raise closed from error

    def _stream(self, stream: BinaryIO, entry: Entry, suffix: str = "") -> Iterator[Entry | SummarizerError]:
        """The entry with the text of a stream, or, when its first line is one of JSON lines, an entry for each line."""
        format_ = format_of(_peek(stream), suffix)
        if format_:
            limit = MOST_BYTES if format_.is_packed else self._limit
            yield file_entry(entry, _whole(stream, entry.name, limit), format_, self._limit)
            return
        head: list[bytes] = []
        size = 0
        while size < min(_BLANK_AHEAD, self._limit):
            line = stream.readline(self._limit + 1 - size)
            head.append(line)
            size += len(line)
            if line.strip() or not line:
                break
        if head and lines.looks_like(head[-1]):
            yield from self._lines(lines.read_lines(stream, self._limit, head), entry.name)
            return
        text = decode(b"".join(head) + _whole(stream, entry.name, self._limit, size), entry.name)
        lines.refuse_json(text, entry.name)
        yield replace(entry, text=text)


def _peek(stream: BinaryIO) -> bytes:
    """What a stream begins with; it stays there."""
    if isinstance(stream, io.BufferedReader):
        return stream.peek(HEAD)
    if not stream.seekable():
        return b""
    place = stream.tell()
    begin = stream.read(HEAD)
    stream.seek(place)
    return begin


def _whole(stream: BinaryIO, name: str, limit: int, already: int = 0) -> bytes:
    """All of a stream, of which some bytes were read already."""
    data = stream.read(limit + 1 - already)
    if len(data) + already > limit:
        raise too_large(name, None, limit)
    return data


def walk(top: Path) -> Iterator[Path | InputError]:
    """The files below a directory, sorted, hidden files and folders left out; links to folders are not followed.

    A link that leads nowhere counts as a file, so that it is missed when it is opened.
    """
    waiting = [(top, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            with os.scandir(path) as found:
                shows = [entry for entry in found if not entry.name.startswith(".")]
        except OSError as error:
            yield unreadable(shown(path), error)
            continue
        below = [(path / entry.name, entry.is_dir(follow_symlinks=False)) for entry in shows]
        waiting += sorted(((name, folder) for name, folder in below if folder or _is_report(name)), reverse=True)


def _is_report(path: Path) -> bool:
    return path.is_file() or not path.exists()


def unreadable(name: str, error: OSError | ValueError) -> UnreadableDocument:
    """The error for a file that the operating system does not give."""
    message, remedy = "cannot be read", "Check the path and the disk"
    if isinstance(error, FileNotFoundError):
        message, remedy = "no such file or directory", "Check the name"
        if set("*?[") & set(name):
            remedy = "A pattern is expanded by the shell, and it found nothing there: check it, or name the directory"
    elif isinstance(error, PermissionError):
        message, remedy = "no permission to read it", f"Let the user who runs this read it (chmod u+r {name})"
    elif isinstance(error, OSError) and error.strerror:
        message = f"cannot be read: {error.strerror}"
    return UnreadableDocument(message, document=name, remedy=remedy)


def _is_folder(path: Path, name: str) -> bool:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error
    if stat.S_ISDIR(mode):
        return True
    if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):  # a named pipe is what <(command) gives
        return False
    kind = "a socket" if stat.S_ISSOCK(mode) else "a device"
    raise UnreadableDocument(f"{kind}, not a file", document=name, remedy="Give a file, or pipe the text in and give -")
