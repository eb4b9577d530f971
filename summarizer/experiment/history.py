"""The history of a suite: one line a run, only ever added to, and the run that was accepted last."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from ..errors import InputError
from ..models.base import Model
from .runs import Run


class Entry(Model):
    """One run in the history: what was run, and every metric of the suite."""

    name: str
    started: str
    suite_hash: str
    documents: int
    engine: str
    model: str | None
    prompts: dict[str, str]
    software: str
    accepted: bool
    """Whether it passed the gate and later runs are compared with it."""
    metrics: dict[str, float | None]


def entry_of(run: Run, accepted: bool) -> Entry:
    """The line of a run."""
    info = run.info
    return Entry(
        name=info.name, started=info.started, suite_hash=info.suite_hash, documents=info.documents, engine=info.engine,
        model=info.model, prompts=info.prompts, software=info.software, accepted=accepted,
        metrics={name: interval.value for name, interval in run.intervals.items()},
    )  # fmt: skip


def append(path: Path, entry: Entry) -> None:
    """Add a line; the file and its folder are made when missing.

    Raises:
        InputError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(entry.model_dump_json() + "\n")
    except OSError as error:
        raise InputError(f"cannot be written ({error})", document=str(path), remedy="Check the path") from error


def read_history(path: Path) -> tuple[Entry, ...]:
    """All lines, oldest first; none where there is no file.

    Raises:
        InputError: a line is none; the message names it.
    """
    if not path.exists():
        return ()
    entries = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line:
            continue
        try:
            entries.append(Entry.model_validate(json.loads(line)))
        except (ValueError, ValidationError) as error:
            raise InputError(
                "is no line of a history", document=f"{path}:{number}", remedy="Take the line out, or restore the file"
            ) from error
    return tuple(entries)
