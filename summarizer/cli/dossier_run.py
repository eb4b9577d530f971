"""What `summarizer dossier` does: stories of many reports, each told once."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO

from ..documents import load
from ..documents.kept import holds_briefs
from ..dossiers import DossierOptions, arrange, reports_of, stories
from ..models.dossier import DOSSIER_VERSION, Dossier, Story
from ..models.outcome import Failure
from ..pipeline import iterate_sync
from ..shelf import Shelf
from ..telemetry.stages import stage
from . import ALL_DONE, INTERRUPTED, NOTHING_RAN, SOME_FAILED
from .output import format_for
from .progress import Progress
from .session import Session, closing_engine, session

_GARBAGE = 50_000
"""New objects after which garbage is looked for: telling a story makes many that are soon gone."""
_SUFFIXES = {".html": "html", ".htm": "html"}


class Run:
    """One call of the command, with the options given."""

    def __init__(self, given: dict[str, Any]):
        self._given = given
        self._progress = Progress(quiet=given["quiet"], verbose=given["verbose"])
        self._output: Path | None = None if given["output"] == Path("-") else given["output"]
        self._failures: list[Failure] = []
        self._store: str | None = None
        self._told = self._reports = self._unanswered = 0

    def run(self) -> int:
        """Do all of it; the exit code."""
        try:
            with session(self._given, self._progress, self._output) as opened, closing(Shelf()) as shelf:
                self._store = opened.store
                self._fill(shelf, opened)
                self._reports = len(shelf)
                if self._reports:
                    self._tell(shelf, opened)
        except KeyboardInterrupt:
            self._progress.error(self._interrupted())
            return INTERRUPTED
        return self._summary()

    def _fill(self, shelf: Shelf, opened: Session) -> None:
        """Put all reports on the shelf: briefs as they are, documents briefed first."""
        documents: list[str] = []
        for name in self._given["inputs"]:
            if name != "-" and Path(name).is_file() and holds_briefs(Path(name)):
                kept = shelf.put_file(Path(name))
                for failure in kept.failures:
                    self._failed(failure)
                for error in kept.errors:
                    self._failed(Failure.of(error))
            else:
                documents.append(name)
        if not documents:
            return
        results = iterate_sync(
            closing_engine(
                reports_of(opened.counted(load(documents, opened.reading)), opened.engine, opened.settings.jobs),
                opened.engine,
            )
        )
        with closing(results), self._progress.counter(to_terminal=False):  # type: ignore[type-var]
            for result in results:
                self._progress.step()
                if isinstance(result, Failure):
                    self._failed(result)
                else:
                    shelf.put(result)

    def _tell(self, shelf: Shelf, opened: Session) -> None:
        found = arrange(shelf.entries)
        gc.freeze()  # what is held now stays to the end, and is not looked through again for each story
        gc.set_threshold(_GARBAGE)
        for duplicate in found.duplicates:
            self._progress.note(f"{duplicate}: the same text, counted as one report")
        options = DossierOptions(opened.settings.context, opened.settings.jobs)
        told = iterate_sync(closing_engine(stories(shelf, found.stories, opened.engine, options), opened.engine))
        with closing(told):  # type: ignore[type-var]
            self._write(self._noted(told), found.duplicates, opened)

    def _noted(self, told: Iterable[Story | Failure]) -> Iterator[Story]:
        for story in told:
            if isinstance(story, Failure):
                self._failed(story)
                continue
            self._told += 1
            self._unanswered += bool(story.checks.failures)
            for failure in story.checks.failures:
                self._progress.error(f"{failure.kind}: {failure.message}")
            self._progress.detail(
                f"{story.id}: {len(story.reports)} reports, {len(story.discrepancies)} discrepancies, "
                f"{len(story.checks.discrepancies_refused)} refused, {len(story.checks.sentences_dropped)} dropped"
            )
            yield story

    def _write(self, told: Iterable[Story], duplicates: tuple[str, ...], opened: Session) -> None:
        format_ = self._format()
        if format_ == "jsonl":  # a story a line, as each is told
            from ..render import render

            for story in told:
                with stage("write"):
                    opened.stream.write(render(story, "jsonl") + "\n")
            return
        whole = tuple(told)  # what fails on the way is known only then
        dossier = Dossier(
            schema_version=DOSSIER_VERSION, stories=whole, duplicates=duplicates, failures=tuple(self._failures)
        )
        with stage("write"):
            _render(dossier, format_, opened.stream)

    def _format(self) -> str:
        suffix = self._output.suffix.lower() if self._output else ""
        return self._given["format_"] or _SUFFIXES.get(suffix) or format_for(None, self._output)

    def _failed(self, failure: Failure) -> None:
        self._failures.append(failure)
        self._progress.error(f"{failure.kind}: {failure.message}")

    def _summary(self) -> int:
        failed = len(self._failures)
        if failed or self._unanswered:
            self._progress.note(
                f"{self._reports} reports in {self._told} stories, {failed} failed, "
                f"{self._unanswered} stories without an answer of the model"
            )
        if self._output and self._told:
            self._progress.note(f"written to {self._output}")
        if not self._told:
            return NOTHING_RAN
        return SOME_FAILED if failed or self._unanswered else ALL_DONE

    def _interrupted(self) -> str:
        said = [f"interrupted after {self._told} stories"]
        if self._output:
            said.append(f"{self._output} is as it was before")
        if self._store:
            said.append(f"what was answered is kept in {self._store}, and the same command goes on from there")
        return "; ".join(said)


def _render(dossier: Dossier, format_: str, stream: TextIO) -> None:
    if format_ == "terminal":
        from ..render.dossier import render_terminal
        from .output import console_for

        render_terminal(dossier, console_for(stream))
    else:
        from ..render import render

        stream.write(render(dossier, format_).rstrip("\n") + "\n")
    stream.flush()
