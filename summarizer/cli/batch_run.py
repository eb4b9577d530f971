"""What `summarizer batch` does: requests out to a provider's batch API, replies back into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import click

from ..documents import load
from ..dossiers import DossierOptions, arrange, reports_of, stories
from ..engines.base import Engine
from ..engines.batch import BatchOptions, Pending, batch_lines, import_results, parts
from ..engines.extracting import Form
from ..engines.providers import split_name
from ..engines.recorded import Stored
from ..engines.wire import OutputMode
from ..errors import ConfigurationError, DuplicateDocument, InputError, MissingReply, SummarizerError
from ..merge.linked import Report
from ..models.document import Document
from ..models.exchange import Request
from ..models.outcome import Failure
from ..pipeline import extractions, iterate_sync
from ..settings import Settings, build_engine, load_settings, store_path
from ..shelf import Shelf
from ..store import Store
from . import ALL_DONE, NOTHING_RAN, SOME_FAILED
from .files import atomic
from .progress import Progress
from .session import reading_of


def export(inputs: tuple[str, ...], given: dict[str, Any]) -> int:
    """Write what the store cannot answer as batch files, and note in the store that it was asked."""
    progress = Progress(quiet=given["quiet"])
    settings = _settings(given)
    with closing(Store(store_path(settings))) as store:
        survey = _Survey(store, settings, given, progress)
        survey.run(inputs)
        names = write_batch(survey.pending, store, settings, OutputMode(given["mode"]), given["output"])
    progress.note(f"{len(survey.pending)} requests in {names}; {survey.answered} reports have their replies already")
    if given["dossier"] and not survey.pending:
        progress.note("nothing is missing: `summarizer dossier` can be run")
    return survey.exit_code()


def write_batch(requests: Sequence[Request], store: Store, settings: Settings, mode: OutputMode, output: Path) -> str:
    """Write requests as batch files and note in the store that they were asked.

    Returns:
        The names of the files, or "no file".
    """
    _, model = split_name(settings.model or "", settings.base_url)
    lines = batch_lines(requests, BatchOptions(model, settings.sampling, mode, settings.answer_settings))
    store.mark_asked(requests, settings.answer_settings)
    written = [_write_part(output, number, part) for number, part in enumerate(parts(lines), 1)]
    return ", ".join(str(path) for path in written) or "no file"


def import_(results: tuple[Path, ...], given: dict[str, Any]) -> int:
    """Keep the replies of result files; a file or line that cannot be used is named and the others go on."""
    progress = Progress(quiet=given["quiet"])
    kept = lost = 0
    with closing(Store(store_path(load_settings({"store": given["store"]})))) as store:
        for path in results:
            try:
                for line in import_results(path, store):
                    kept += line.error is None
                    if line.error is not None:
                        lost += 1
                        progress.error(f"{path}, line {line.line}: {line.document or line.request[:12]}: {line.error}")
            except InputError as error:
                lost += 1
                progress.error(str(error))
    progress.note(f"{kept} replies kept, {lost} without a reply")
    if not lost:
        return ALL_DONE
    return SOME_FAILED if kept else NOTHING_RAN


def status(inputs: tuple[str, ...], given: dict[str, Any]) -> int:
    """Say what each report without a reply waits for."""
    progress = Progress(quiet=given["quiet"])
    settings = _settings(given)
    with closing(Store(store_path(settings))) as store:
        survey = _Survey(store, settings, given, progress)
        survey.run(inputs)
        waits = {asked.request for asked in store.unanswered() if asked.settings == settings.answer_settings}
        for request in survey.pending:
            what = "to be asked again" if len(request.messages) > 2 else "without a reply"
            exported = "exported" if request.key in waits else "not exported yet"
            click.echo(f"{request.about.document}: {what}, {exported}")
    click.echo(f"{survey.answered} with a reply, {len(survey.pending)} without")
    return survey.exit_code()


def waiting(given: dict[str, Any]) -> int:
    """Say which exported requests have no reply yet."""
    with closing(Store(store_path(load_settings({"store": given["store"]})))) as store:
        found = list(store.unanswered())
    for asked in found:
        click.echo(f"{asked.about.document}: waits for a reply of {asked.settings} ({asked.request[:12]})")
    click.echo(f"{len(found)} requests wait for a reply")
    return ALL_DONE


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


class _Survey:
    """What the documents would ask, and what of it the store cannot answer."""

    def __init__(self, store: Store, settings: Settings, given: dict[str, Any], progress: Progress):
        self._wanted = _wanted(given, settings)
        self._source = Pending()
        self._engine = build_engine(settings, Stored(store, settings.answer_settings, self._source))
        self._options = reading_of(given)
        self._progress = progress
        self._outcomes: Counter[str] = Counter()

    @property
    def pending(self) -> list[Request]:
        """Requests without a reply."""
        return self._source.requests

    @property
    def answered(self) -> int:
        """Documents that need nothing more."""
        asking = {request.about.document for request in self.pending if request.task in self._wanted.tasks}
        return self._outcomes["done"] + self._outcomes["no reply"] - len(asking)

    def run(self, inputs: tuple[str, ...]) -> None:
        """Ask the store; once it has answered for all documents, what can be asked about them together too."""
        for result in iterate_sync(self._wanted.results(self._loaded(inputs), self._engine)):
            if isinstance(result, Failure):
                self._take(result)
            else:
                self._outcomes["done"] += 1
        if not self.pending:
            for failure in self._wanted.afterwards(self._engine):
                if failure.kind != MissingReply.__name__:
                    self._failed(failure)

    def _take(self, failure: Failure) -> None:
        if failure.kind == MissingReply.__name__:
            self._outcomes["no reply"] += 1
        else:
            self._failed(failure)

    def exit_code(self) -> int:
        """By how many of the reports could be used."""
        if not self._outcomes["failed"]:
            return ALL_DONE
        return SOME_FAILED if self._outcomes["done"] + self._outcomes["no reply"] else NOTHING_RAN

    def _loaded(self, inputs: tuple[str, ...]) -> Iterator[Document | SummarizerError]:
        for document in load(inputs, self._options):
            if isinstance(document, DuplicateDocument):
                self._progress.note(str(document))
            else:
                yield document

    def _failed(self, failure: Failure) -> None:
        self._outcomes["failed"] += 1
        self._progress.error(f"{failure.kind}: {failure.message}")


def _settings(given: dict[str, Any]) -> Settings:
    settings = load_settings({name: value for name, value in given.items() if name in Settings.model_fields})
    if not settings.live:
        raise ConfigurationError("a batch needs a model", remedy="Name it with --model, such as openai/gpt-4o-mini")
    return settings


def _write_part(output: Path, number: int, lines: list[str]) -> Path:
    path = output if number == 1 else output.with_name(f"{output.stem}-{number}{output.suffix}")
    with atomic(path) as stream:
        stream.write("\n".join(lines) + "\n")
    return path
