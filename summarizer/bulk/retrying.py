"""Documents that failed in a finished run, tried again; the others stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import InputError
from ..models.document import Document
from .outputs import read_lines, write_lines
from .records import failure_in
from .running import Item


def failed_in(out: Path) -> set[str]:
    """Names of the documents that failed.

    Raises:
        InputError: there is no finished output.
    """
    if not out.is_file():
        remedy = "Run it first, without --retry-failed; a run that is not finished goes on by itself"
        raise InputError(f"there is no finished output {out}", remedy=remedy)
    return {failure.document for line in read_lines(out) if (failure := failure_in(line))}


def only(items: Iterable[Item], names: set[str]) -> Iterator[Item]:
    """The items with these names."""
    return (item for item in items if (item.id if isinstance(item, Document) else item.document) in names)


def replace_failures(out: Path, again: Iterable[str]) -> None:
    """Write the output anew with what came of the documents that had failed.

    Args:
        out: the finished output.
        again: their new records.
    """
    new = {name: line for line in again if (name := _name_in(line))}

    def lines() -> Iterator[str]:
        for line in read_lines(out):
            failure = failure_in(line)
            yield new.get(failure.document, line) if failure else line

    write_lines(out, lines())


def _name_in(line: str) -> str:
    import json

    about = json.loads(line)["document"]
    return str(about if isinstance(about, str) else about["id"])
