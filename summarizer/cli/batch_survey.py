"""What documents would ask of a model, and what of it the store cannot answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any, Protocol

from ..documents import load
from ..dossiers import DossierOptions, arrange, reports_of, stories
from ..engines.base import Engine
from ..engines.batch import Pending
from ..engines.extracting import Form
from ..engines.recorded import Stored
from ..errors import ConfigurationError, DuplicateDocument, MissingReply, SummarizerError
from ..merge.linked import Report
from ..models.document import Document
from ..models.exchange import Request
from ..models.outcome import Failure
from ..pipeline import extractions, iterate_sync
from ..settings import Settings, build_engine, load_settings
from ..shelf import Shelf
from ..store import Store
from . import ALL_DONE, NOTHING_RAN, SOME_FAILED
from .progress import Progress
from .session import reading_of


def batch_settings(given: dict[str, Any]) -> Settings:
    """The settings that options of a command mean, with a model to ask.

    Raises:
        ConfigurationError: there is none, or another setting is not valid.
    """
    settings = load_settings({name: value for name, value in given.items() if name in Settings.model_fields})
    if not settings.live:
        raise ConfigurationError("a batch needs a model", remedy="Name it with --model, such as openai/gpt-4o-mini")
    return settings


class Survey:
    """Asks the store all that the documents would ask a model.

    Args:
        store: answers what it can.
        settings: what is configured.
        given: options of the command.
        take: called with each request that the store cannot answer.
    """

    def __init__(self, store: Store, settings: Settings, given: dict[str, Any], take: Callable[[Request], None]):
        self._wanted = _wanted(given, settings)
        self._take_request = take
        self._engine = build_engine(settings, Stored(store, settings.answer_settings, Pending(self._missing)))
        self._options = reading_of(given)
        self._progress = Progress(quiet=given["quiet"])
        self._outcomes: Counter[str] = Counter()
        self._asking: set[str] = set()
        self.missing = 0
        """Requests without a reply."""

    @property
    def answered(self) -> int:
        """Documents that need nothing more."""
        return self._outcomes["done"] + self._outcomes["no reply"] - len(self._asking)

    def run(self, inputs: tuple[str, ...]) -> None:
        """Ask the store; once it has answered for all documents, what can be asked about them together too."""
        for _ in self.steps(inputs):
            pass

    def steps(self, inputs: tuple[str, ...]) -> Iterator[None]:
        """The same, pausing after each document."""
        for result in iterate_sync(self._wanted.results(self._loaded(inputs), self._engine)):
            if isinstance(result, Failure):
                self._take(result)
            else:
                self._outcomes["done"] += 1
            yield
        if not self.missing:
            for failure in self._wanted.afterwards(self._engine):
                if failure.kind != MissingReply.__name__:
                    self._failed(failure)

    def exit_code(self) -> int:
        """By how many of the reports could be used."""
        if not self._outcomes["failed"]:
            return ALL_DONE
        return SOME_FAILED if self._outcomes["done"] + self._outcomes["no reply"] else NOTHING_RAN

    def _missing(self, request: Request) -> None:
        self.missing += 1
        if request.task in self._wanted.tasks:
            self._asking.add(request.about.document)
        self._take_request(request)

    def _take(self, failure: Failure) -> None:
        if failure.kind == MissingReply.__name__:
            self._outcomes["no reply"] += 1
        else:
            self._failed(failure)

    def _loaded(self, inputs: tuple[str, ...]) -> Iterator[Document | SummarizerError]:
        for document in load(inputs, self._options):
            if isinstance(document, DuplicateDocument):
                self._progress.note(str(document))
            else:
                yield document

    def _failed(self, failure: Failure) -> None:
        self._outcomes["failed"] += 1
        self._progress.error(f"{failure.kind}: {failure.message}")


class _Wanted(Protocol):
    """What is wanted of documents, and so what is asked about them."""

    tasks: frozenset[str]
    """Task of the requests of which each document has one."""

    def results(self, documents: Iterable[Document | SummarizerError], engine: Engine) -> AsyncIterator[Any]:
        """A result or a failure for each document."""

    def afterwards(self, engine: Engine) -> Iterator[Failure]:
        """What fails of the questions that can be asked once every document has its reply."""


class _Briefs:
    """A brief of each report."""

    tasks = frozenset({"brief", "part", "overview"})

    def results(self, documents: Iterable[Document | SummarizerError], engine: Engine) -> AsyncIterator[Any]:
        return reports_of(documents, engine, jobs=1)

    def afterwards(self, engine: Engine) -> Iterator[Failure]:
        yield from ()


class _Dossier(_Briefs):
    """A brief of each report, then the stories that they tell."""

    def __init__(self, settings: Settings):
        self._options = DossierOptions(settings.context, jobs=1)
        self._shelf = Shelf()

    async def results(self, documents: Iterable[Document | SummarizerError], engine: Engine) -> AsyncIterator[Any]:
        async for result in super().results(documents, engine):
            if isinstance(result, Report):
                self._shelf.put(result)
            yield result

    def afterwards(self, engine: Engine) -> Iterator[Failure]:
        groups = arrange(self._shelf.entries).stories
        for story in iterate_sync(stories(self._shelf, groups, engine, self._options)):
            yield from [story] if isinstance(story, Failure) else story.checks.failures


class _Extractions:
    """The user's model filled from each document."""

    tasks = frozenset({"extract"})

    def __init__(self, form: Form[Any], settings: Settings):
        self._form = form
        self._most = settings.context

    def results(self, documents: Iterable[Document | SummarizerError], engine: Engine) -> AsyncIterator[Any]:
        return extractions(documents, engine, self._form, jobs=1, most=self._most)

    def afterwards(self, engine: Engine) -> Iterator[Failure]:
        yield from ()


def _wanted(given: dict[str, Any], settings: Settings) -> _Wanted:
    """What the options ask for."""
    if given["schema"] is None:
        if given["prompt"] is not None:
            raise ConfigurationError("--prompt goes with --schema", remedy="Name the model to fill with --schema")
        return _Dossier(settings) if given["dossier"] else _Briefs()
    if given["dossier"]:
        raise ConfigurationError("--dossier and --schema are both given", remedy="Give one of the two")
    from .user_schema import form_of

    return _Extractions(form_of(given["schema"], given["prompt"]), settings)
