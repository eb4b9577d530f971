"""What commands that ask an engine have in common: settings, store, engine, recording, reading of reports."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO, TypeVar

from ..documents import FetchOptions, LoadOptions
from ..engines.base import Engine
from ..engines.prompted import ReplySource
from ..engines.recorded import Recording, Remembering, recording_text
from ..errors import ConfigurationError, DuplicateDocument, InputError, SummarizerError
from ..models.document import Document
from ..settings import Settings, build_engine, build_source, load_settings, open_store, pages_path
from ..store import Store
from ..telemetry.stages import each_timed
from .files import atomic
from .observing import observing
from .profiling import thread_profiled
from .progress import Progress

T = TypeVar("T")
OFFLINE_NOTE = (
    "No model is configured: the offline engine recognises names, places and dates and translates nothing. "
    "For full briefs: --model openai/gpt-4o-mini (with OPENAI_API_KEY set), or set SUMMARIZER_MODEL."
)
_RECORDING = {"what": "replies of a large language model to exactly these requests, not edited"}


@dataclass
class Session:
    """What is open while a command runs.

    Attributes:
        loaded: reports read so far.
        stream: where results go.
    """

    settings: Settings
    engine: Engine
    reading: LoadOptions
    stream: TextIO
    progress: Progress
    store: str | None
    loaded: int = field(default=0)

    def counted(self, documents: Iterable[Document | SummarizerError]) -> Iterator[Document | SummarizerError]:
        """The documents, counted; texts that were read before are only noted."""
        for document in each_timed("load", documents):
            if isinstance(document, DuplicateDocument):
                self.progress.note(str(document))
                continue
            self.loaded += isinstance(document, Document)
            yield document


async def closing_engine(results: AsyncIterator[T], engine: Engine) -> AsyncIterator[T]:
    """The same results; the engine's connections, which belong to one event loop, are closed at their end."""
    with thread_profiled():
        try:
            async for result in results:
                yield result
        finally:
            await engine.close()


def settings_of(given: dict[str, Any]) -> Settings:
    """The settings that options of a command mean."""
    fields = {name: value for name, value in given.items() if name in Settings.model_fields}
    return load_settings({**fields, "cache": False if given["no_cache"] else None})


def reading_of(given: dict[str, Any]) -> LoadOptions:
    """How inputs are read, as options of a command say; pages of the web are kept unless nothing is."""
    return LoadOptions(
        given["language"],
        given["published"],
        fetching=FetchOptions(allow_private=given["allow_private"], fresh=given["fresh"]),
        pages=None if given.get("no_cache") else pages_path(),
    )


@contextmanager
def session(given: dict[str, Any], progress: Progress, output: Path | None) -> Iterator[Session]:
    """Everything opened as the options say, and closed; the output and the recording appear in one step at the end.

    Raises:
        SummarizerError: something cannot be opened or written.
    """
    try:
        with _opened(given, progress, output) as found:
            yield found
    except BrokenPipeError:  # the reader had enough
        raise
    except OSError as error:
        remedy = "Make room, or name another file with --output; what was answered is kept"
        raise InputError(f"the results cannot be written ({error.strerror or error})", remedy=remedy) from error


@contextmanager
def _opened(given: dict[str, Any], progress: Progress, output: Path | None) -> Iterator[Session]:
    settings = settings_of(given)
    with ExitStack() as stack:
        stack.enter_context(observing(given, settings.log_text, progress))
        stack.enter_context(progress.logged())
        store = open_store(settings)
        if store:
            stack.enter_context(closing(store))
        source = build_source(settings, store)
        known = KnownLanguages(store, source if isinstance(source, Recording) else None)
        record: Path | None = given["record"]
        own = (output, record, given.get("log"), given.get("profile"))
        written = frozenset(path.resolve() for path in own if path)
        reading = replace(reading_of(given), known_languages=known, leave_out=written)
        if record:
            source = stack.enter_context(_recorded(source, record, progress))
        engine = build_engine(settings, source)
        if source is None and settings.model is None:
            progress.note(OFFLINE_NOTE)
        stream = stack.enter_context(atomic(output)) if output else _standard_output()
        yield Session(settings, engine, reading, stream, progress, store.place if store else None)


@contextmanager
def _recorded(source: ReplySource | None, path: Path, progress: Progress) -> Iterator[Remembering]:
    """The same source; at the end its replies are written.

    Replies come as they are ready; the file is the same however fast each one was.
    """
    if source is None:
        raise ConfigurationError("the offline engine has no replies to record", remedy="Name a --model")
    remembered = Remembering(source)
    with atomic(path) as file:
        yield remembered
        days = sorted({entry.reply.replied[:10] for entry in remembered.replies})
        replies = sorted(remembered.replies, key=lambda e: (e.request.about.document, len(e.request.messages)))
        file.write(recording_text(replies, {**_RECORDING, "replied": days}))
    progress.note(f"{len(remembered.replies)} replies written to {path}")


def _standard_output() -> TextIO:
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise ConfigurationError("standard output is closed", remedy="Name a file with --output")
    return stream


class KnownLanguages(dict[str, str]):
    """Languages that earlier runs found, by the hash of the text: saves loading the detector."""

    def __init__(self, *places: Store | Recording | None):
        super().__init__()
        self._places = [place for place in places if place is not None]

    def get(self, key: str, default: Any = None) -> Any:
        """The language of the text with this hash."""
        return next((language for place in self._places if (language := place.language_of(key))), default)
