"""What `summarizer brief` does: one checked English brief a report."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from ..documents import load
from ..errors import SummarizerError
from ..models.document import Document
from ..models.outcome import Failure
from ..pipeline import briefs, iterate_sync
from ..telemetry.stages import stage
from . import ALL_DONE, INTERRUPTED, NOTHING_RAN, SOME_FAILED
from .output import Writer, format_for
from .progress import Progress
from .session import Session, closing_engine, session


class Run:
    """One call of the command, with the options given."""

    _writer = Writer

    def __init__(self, given: dict[str, Any]):
        self._given = given
        self._progress = Progress(quiet=given["quiet"], verbose=given["verbose"])
        self._output: Path | None = None if given["output"] == Path("-") else given["output"]
        self._opened: Session | None = None
        self._done = self._failed = self._loose = 0

    def run(self) -> int:
        """Do all of it; the exit code."""
        try:
            with session(self._given, self._progress, self._output) as opened:
                self._opened = opened
                self._write_all(opened)
        except KeyboardInterrupt:
            self._progress.error(self._interrupted())
            return INTERRUPTED
        return self._summary()

    def _write_all(self, opened: Session) -> None:
        writer = self._writer(opened.stream, format_for(self._given["format_"], self._output))
        documents = opened.counted(load(self._given["inputs"], opened.reading))
        results = iterate_sync(closing_engine(self._results(documents, opened), opened.engine))
        with closing(results), self._progress.counter(to_terminal=opened.stream.isatty()):  # type: ignore[type-var]
            for result in results:
                self._take(result, writer)
        writer.finish()

    def _results(self, documents: Iterable[Document | SummarizerError], opened: Session) -> AsyncIterator[Any]:
        """What is made of the documents: briefs and failures."""
        return briefs(documents, opened.engine, opened.settings.jobs)

    def _take(self, result: Any, writer: Writer) -> None:
        with stage("write"):
            writer.write(result)
        self._progress.step()
        if isinstance(result, Failure):
            self._failed += 1
            self._progress.error(f"{result.kind}: {result.message}")
            return
        self._done += 1
        if self._given["strict"] and result.checks.unsupported:
            self._loose += 1
            items = ", ".join(sorted({problem.item for problem in result.checks.problems}))
            self._progress.error(
                f"{result.document.id}: {result.checks.unsupported} unsupported items (--strict): {items}"
            )
        self._progress.detail(_line(result))

    def _summary(self) -> int:
        failed = self._failed + self._loose
        if failed:
            self._progress.note(f"{self._done - self._loose} done, {failed} failed")
        if self._output:
            self._progress.note(f"written to {self._output}")
        if not self._opened or not self._opened.loaded:
            return NOTHING_RAN
        return SOME_FAILED if failed else ALL_DONE

    def _interrupted(self) -> str:
        said = [f"interrupted after {self._done + self._failed} reports"]
        if self._output:
            said.append(f"{self._output} is as it was before")
        if self._opened and self._opened.store:
            said.append(f"what was answered is kept in {self._opened.store}, and the same command goes on from there")
        return "; ".join(said)


def _line(result: Any) -> str:
    checks, provenance = result.checks, result.provenance
    from_where = "recorded" if provenance.recorded else provenance.engine
    return (
        f"{result.document.id}: {result.document.language}, {from_where}, {provenance.attempts} requests, "
        f"{provenance.reasks} re-asks, {checks.supported} supported, {checks.unsupported} unsupported"
    )
