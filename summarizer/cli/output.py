"""Writing results in one of the formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console

FORMATS = ("terminal", "md", "json", "jsonl")
_SUFFIXES = {".md": "md", ".markdown": "md", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_FILE_WIDTH = 100


def format_for(wanted: str | None, output: Path | None) -> str:
    """The format asked for, else the one that the output file's suffix means, else terminal."""
    if wanted:
        return wanted
    return _SUFFIXES.get(output.suffix.lower(), "md") if output else "terminal"


def console_for(stream: TextIO) -> Console:
    """A rich console that writes there, as wide as the terminal or as a file should be."""
    from rich.console import Console

    return Console(file=stream, width=None if stream is sys.stdout else _FILE_WIDTH)


class Writer:
    """Writes briefs and failures in one format.

    Args:
        stream: where to.
        format: one of `FORMATS`.
    """

    def __init__(self, stream: TextIO, format: str):
        self._stream = stream
        self._format = format
        self._held: list[Any] = []
        self._count = 0

    def write(self, result: Any) -> None:
        """Write one result; JSON is held until `finish`."""
        if self._format == "json":
            self._held.append(result)
        elif self._format == "terminal":
            self._print(result, console_for(self._stream))
        else:
            self._write_text(result)
        self._count += 1

    def finish(self) -> None:
        """Write what is held: one object for one result, else an array."""
        if self._format == "json" and self._held:
            texts = [self._text(result, "json") for result in self._held]
            self._stream.write(texts[0] if len(texts) == 1 else "[\n" + ",\n".join(texts) + "\n]")
            self._stream.write("\n")
        self._stream.flush()

    def _write_text(self, result: Any) -> None:
        if self._count and self._format == "md":
            self._stream.write("\n---\n\n")
        self._stream.write(self._text(result, self._format).rstrip("\n") + "\n")
        self._stream.flush()

    def _text(self, result: Any, format: str) -> str:
        from ..render import render

        return render(result, format)

    def _print(self, result: Any, console: Console) -> None:
        from ..models.outcome import Failure
        from ..render.terminal import render_failure_terminal, render_terminal

        if isinstance(result, Failure):
            render_failure_terminal(result, console)
        else:
            render_terminal(result, console)


class ExtractionWriter(Writer):
    """Writes extractions and failures in one format."""

    def _text(self, result: Any, format: str) -> str:
        from ..render.extraction import render

        return render(result, format)

    def _print(self, result: Any, console: Console) -> None:
        from ..render.extraction import render_terminal

        render_terminal(result, console)
