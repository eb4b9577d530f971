"""Writing results in one of the formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

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
        from ..models.outcome import Failure
        from ..render.terminal import render_failure_terminal, render_terminal

        console = console_for(self._stream)
        if isinstance(result, Failure):
            render_failure_terminal(result, console)
        else:
            render_terminal(result, console)
