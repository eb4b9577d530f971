"""What `summarizer brief` does: one checked English brief a report."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, TextIO

from ..documents import LoadOptions, load
from ..engines.base import Engine
from ..engines.recorded import Recording, Remembering, recording_text
from ..errors import ConfigurationError, DuplicateDocument, InputError, SummarizerError
from ..models.brief import Brief
from ..models.document import Document
from ..models.outcome import Failure
from ..pipeline import briefs, iterate_sync
from ..settings import Settings, build_engine, build_source, load_settings, open_store
from ..store import Store
from . import ALL_DONE, INTERRUPTED, NOTHING_RAN, SOME_FAILED
from .files import atomic
from .output import Writer, format_for
from .progress import Progress

_OFFLINE_NOTE = (
    "No model is configured: the offline engine recognises names, places and dates and translates nothing. "
    "For full briefs: --model openai/gpt-4o-mini (with OPENAI_API_KEY set), or set SUMMARIZER_MODEL."
)
_RECORDING = {"what": "replies of a large language model to exactly these requests, not edited"}


class Run:
    """One call of the command, with the options given."""

    def __init__(self, given: dict[str, Any]):
        self._given = given
        self._progress = Progress(quiet=given["quiet"], verbose=given["verbose"])
        self._output: Path | None = None if given["output"] == Path("-") else given["output"]
        self._kept_in: str | None = None
        self._loaded = self._done = self._failed = self._loose = 0

    def run(self) -> int:
        """Do all of it; the exit code."""
        fields = {name: value for name, value in self._given.items() if name in Settings.model_fields}
        settings = load_settings({**fields, "cache": False if self._given["no_cache"] else None})
        try:
            with ExitStack() as stack:
                stack.enter_context(self._progress.logged())
                store = open_store(settings)
                if store:
                    stack.enter_context(closing(store))
                    self._kept_in = store.path
                self._write_all(settings, store, stack)
        except KeyboardInterrupt:
            self._progress.error(self._interrupted())
            return INTERRUPTED
        except BrokenPipeError:  # the reader had enough
            raise
        except OSError as error:
            remedy = "Make room, or name another file with --output; what was answered is kept"
            raise InputError(f"the results cannot be written ({error.strerror or error})", remedy=remedy) from error
        return self._summary()

    def _write_all(self, settings: Settings, store: Store | None, stack: ExitStack) -> None:
        source = build_source(settings, store)
        known = _KnownLanguages(store, source if isinstance(source, Recording) else None)
        record: Path | None = self._given["record"]
        written = frozenset(path.resolve() for path in (self._output, record) if path)
        reading = LoadOptions(
            self._given["language"], self._given["published"], known_languages=known, leave_out=written
        )
        if record:
            if source is None:
                raise ConfigurationError("the offline engine has no replies to record", remedy="Name a --model")
            source = remembered = Remembering(source)
            recording = stack.enter_context(atomic(record))
        engine = build_engine(settings, source)
        if source is None and settings.model is None:
            self._progress.note(_OFFLINE_NOTE)
        stream = stack.enter_context(atomic(self._output)) if self._output else _standard_output()
        writer = Writer(stream, format_for(self._given["format_"], self._output))
        results = iterate_sync(_briefs(self._counted(load(self._given["inputs"], reading)), engine, settings.jobs))
        with closing(results), self._progress.counter(to_terminal=stream.isatty()):  # type: ignore[type-var]
            for result in results:
                self._take(result, writer)
        writer.finish()
        if record:
            days = sorted({entry.reply.replied[:10] for entry in remembered.replies})
            # replies come as they are ready; the file is the same however fast each one was
            replies = sorted(remembered.replies, key=lambda e: (e.request.about.document, len(e.request.messages)))
            recording.write(recording_text(replies, {**_RECORDING, "replied": days}))
            self._progress.note(f"{len(remembered.replies)} replies written to {record}")

    def _counted(self, documents: Iterable[Document | InputError]) -> Iterator[Document | SummarizerError]:
        for document in documents:
            if isinstance(document, DuplicateDocument):
                self._progress.note(str(document))
                continue
            self._loaded += isinstance(document, Document)
            yield document

    def _take(self, result: Brief | Failure, writer: Writer) -> None:
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
        if not self._loaded:
            return NOTHING_RAN
        return SOME_FAILED if failed else ALL_DONE

    def _interrupted(self) -> str:
        said = [f"interrupted after {self._done + self._failed} reports"]
        if self._output:
            said.append(f"{self._output} is as it was before")
        if self._kept_in:
            said.append(f"what was answered is kept in {self._kept_in}, and the same command goes on from there")
        return "; ".join(said)


def _standard_output() -> TextIO:
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise ConfigurationError("standard output is closed", remedy="Name a file with --output")
    return stream


async def _briefs(
    documents: Iterable[Document | SummarizerError], engine: Engine, jobs: int
) -> AsyncIterator[Brief | Failure]:
    """The results in order; the engine's connections are closed when nothing is under way any more."""
    try:
        async for result in briefs(documents, engine, jobs):
            yield result
    finally:
        await engine.close()


class _KnownLanguages(dict[str, str]):
    """Languages that earlier runs found, by the hash of the text: saves loading the detector."""

    def __init__(self, *places: Store | Recording | None):
        super().__init__()
        self._places = [place for place in places if place is not None]

    def get(self, key: str, default: Any = None) -> Any:
        return next((language for place in self._places if (language := place.language_of(key))), default)


def _line(brief: Brief) -> str:
    checks, provenance = brief.checks, brief.provenance
    from_where = "recorded" if provenance.recorded else provenance.engine
    return (
        f"{brief.document.id}: {brief.document.language}, {from_where}, {provenance.attempts} requests, "
        f"{provenance.reasks} re-asks, {checks.supported} supported, {checks.unsupported} unsupported"
    )
