"""Writing results: as they come to standard output, or in one step to a file."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ..errors import InputError
from ..models.brief import Brief
from ..models.outcome import Failure

FORMATS = ("terminal", "md", "json", "jsonl")
_SUFFIXES = {".md": "md", ".markdown": "md", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_FILE_WIDTH = 100


def format_for(wanted: str | None, output: Path | None) -> str:
    """The format asked for, else the one that the output file's suffix means, else terminal."""
    if wanted:
        return wanted
    return _SUFFIXES.get(output.suffix.lower(), "md") if output else "terminal"


@contextmanager
def atomic(path: Path) -> Iterator[TextIO]:
    """A text file that appears under its name only when it is complete.

    Raises:
        InputError: its folder does not exist or cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror})", remedy="Name a file in a folder that exists"
        ) from error
    partial = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        partial.chmod(0o666 & ~_umask())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class Writer:
    """Writes briefs and failures in one format.

    Args:
        stream: where to.
        format: one of `FORMATS`.
    """

    def __init__(self, stream: TextIO, format: str):
        self._stream = stream
        self._format = format
        self._held: list[Brief | Failure] = []
        self._count = 0

    def write(self, result: Brief | Failure) -> None:
        """Write one result; JSON is held until `finish`."""
        if self._format == "json":
            self._held.append(result)
        elif self._format == "terminal":
            self._write_terminal(result)
        else:
            self._write_text(result)
        self._count += 1

    def finish(self) -> None:
        """Write what is held: one object for one result, else an array."""
        if self._format == "json" and self._held:
            from ..render import to_json

            texts = [to_json(result) for result in self._held]
            self._stream.write(texts[0] if len(texts) == 1 else "[\n" + ",\n".join(texts) + "\n]")
            self._stream.write("\n")
        self._stream.flush()

    def _write_text(self, result: Brief | Failure) -> None:
        from ..render import render

        if self._count and self._format == "md":
            self._stream.write("\n---\n\n")
        self._stream.write(render(result, self._format).rstrip("\n") + "\n")
        self._stream.flush()

    def _write_terminal(self, result: Brief | Failure) -> None:
        from rich.console import Console

        from ..render.terminal import render_failure_terminal, render_terminal

        width = None if self._stream is sys.stdout else _FILE_WIDTH
        console = Console(file=self._stream, width=width)
        if isinstance(result, Brief):
            render_terminal(result, console)
        else:
            render_failure_terminal(result, console)
