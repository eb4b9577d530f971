"""How many reports inputs hold, counted without reading them: for a progress bar, not for anything else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import SummarizerError
from .addresses import is_url
from .loading import LINE_SUFFIXES, SUFFIXES, walk

_CHUNK = 1 << 20


def count(inputs: Sequence[str]) -> int | None:
    """Reports in files, lines, rows and folders; None when standard input is among them, or something is not there."""
    total = 0
    for name in inputs:
        if name == "-":
            return None
        try:
            total += 1 if is_url(name) else _count(Path(name))
        except (OSError, ValueError, SummarizerError):
            return None
    return total


def _count(path: Path) -> int:
    if path.is_dir():
        return sum(_in_file(each) for each in walk(path) if isinstance(each, Path) and each.suffix.lower() in SUFFIXES)
    return _in_file(path)


def _in_file(path: Path) -> int:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        from .parquet_files import count_rows

        return count_rows(path)
    if suffix not in LINE_SUFFIXES:
        return 1
    lines, last = 0, b"\n"
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return lines + (last != b"\n")
