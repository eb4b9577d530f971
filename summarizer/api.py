"""The Python interface: `Summarizer`.

from summarizer import Summarizer

brief = Summarizer(model="openai/gpt-4o-mini").brief("…")
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from .documents import LoadOptions, from_text
from .engines.base import Engine
from .engines.extracting import Form, no_language_model
from .errors import ConfigurationError, SummarizerError
from .models import display
from .models.brief import Brief
from .models.document import Document
from .models.extraction import Extraction
from .models.outcome import Failure
from .pipeline import brief_one, briefs, extract_one, extractions, iterate_sync, run_sync
from .settings import Settings, build_engine, build_source, load_settings, open_store
from .store import Store

if TYPE_CHECKING:
    from .models.dossier import Dossier

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


def _html(result: Any) -> str | None:
    if not isinstance(result, (Brief, Failure)):  # a dossier's page is a whole document, and an extraction has none
        return None
    from .render.html import to_html

    return to_html(result)


def _markdown(result: Any) -> str:
    if isinstance(result, Extraction):
        from .render.extraction import render as render_extraction

        return render_extraction(result, "md")
    from .render import render

    return render(result, "md")


display.register("html", _html)
display.register("markdown", _markdown)


class Summarizer:
    """Makes briefs of reports, dossiers of stories, and fills models of your own.

    `brief`, `briefs` and the others that are not awaited open what they need and close it again, so one `Summarizer`
    can be used by several threads.

    Args:
        model: provider/model, "offline", or None for what is configured (environment, file), else offline.
        settings: everything at once, instead of `model` and `options`.
        engine: an engine of your own, used instead of any model; it is closed at the end of each `brief` and `briefs`
            and by `aclose`, and may be asked again after that.
        options: other fields of `Settings`: base_url, replies, store, cache, mode, prompt_dir, jobs, ...

    Raises:
        ConfigurationError: an option is not valid; what concerns the model is raised when the first brief is asked for.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        settings: Settings | None = None,
        engine: Engine | None = None,
        **options: Any,
    ):
        if settings is not None and (model is not None or options):
            raise ConfigurationError("settings and options are both given", remedy="Put the options into the settings")
        self.settings = settings or load_settings({"model": model, **options})
        self._given_engine = engine

    def brief(self, report: str | Document, *, published: str | None = None, language: str | None = None) -> Brief:
        """The brief of one report.

        Args:
            report: its text, or a document.
            published: its date of publication in EDTF, when the text does not say.
            language: its ISO 639 code, when it should not be detected.

        Raises:
            InputError: it cannot be used.
            EngineError: there is no usable draft.
        """
        document = _document(report, published, language)
        return run_sync(self._and_close(lambda engine: brief_one(document, engine)))

    async def abrief(
        self, report: str | Document, *, published: str | None = None, language: str | None = None
    ) -> Brief:
        """The same as `brief`, to be awaited; call `aclose` (or use `async with`) at the end."""
        return await brief_one(_document(report, published, language), self.engine)

    def briefs(self, reports: Iterable[str | Document]) -> Iterator[Brief | Failure]:
        """A brief or a failure for each report, in their order, `settings.jobs` at a time; read as they are needed."""
        jobs = self.settings.jobs
        return iterate_sync(self._each_and_close(lambda engine: briefs(_documents(reports), engine, jobs)))

    def abriefs(self, reports: Iterable[str | Document]) -> AsyncIterator[Brief | Failure]:
        """The same as `briefs`, for `async for`; call `aclose` (or use `async with`) at the end."""
        return briefs(_documents(reports), self.engine, self.settings.jobs)

    def extract(
        self,
        report: str | Document,
        model: type[M],
        *,
        prompt: str | None = None,
        published: str | None = None,
        language: str | None = None,
    ) -> Extraction[M]:
        """A model of your own, filled from one document and checked against it.

        Args:
            report: the document; files are read by `summarizer.documents.load`.
            model: a Pydantic model; its fields of the types `Quoted` and `Evidence` are looked up in the document.
            prompt: your instructions, taken as they are; the model's docstring when None.
            published: its date of publication in EDTF, when the text does not say.
            language: its ISO 639 code, when it should not be detected.

        Raises:
            ConfigurationError: the model cannot be expressed as a schema, or there is no language model.
            InputError: the document cannot be used.
            EngineError: there is no usable reply.
        """
        form, document = self._form(model, prompt), _document(report, published, language)
        return run_sync(self._and_close(lambda engine: self._extract(document, form, engine)))

    async def aextract(
        self,
        report: str | Document,
        model: type[M],
        *,
        prompt: str | None = None,
        published: str | None = None,
        language: str | None = None,
    ) -> Extraction[M]:
        """The same as `extract`, to be awaited; call `aclose` (or use `async with`) at the end."""
        form = self._form(model, prompt)
        return await self._extract(_document(report, published, language), form, self.engine)

    def extractions(
        self, reports: Iterable[str | Document], model: type[M], *, prompt: str | None = None
    ) -> Iterator[Extraction[M] | Failure]:
        """An extraction or a failure for each document, in their order, as `briefs` gives them."""
        form = self._form(model, prompt)
        return iterate_sync(self._each_and_close(lambda engine: self._extractions(reports, form, engine)))

    def aextractions(
        self, reports: Iterable[str | Document], model: type[M], *, prompt: str | None = None
    ) -> AsyncIterator[Extraction[M] | Failure]:
        """The same as `extractions`, for `async for`; call `aclose` (or use `async with`) at the end."""
        return self._extractions(reports, self._form(model, prompt), self.engine)

    def dossier(self, reports: Iterable[str | Document | Brief]) -> Dossier:
        """The stories that reports tell, each merged: what they agree on, where they contradict each other.

        Args:
            reports: texts, documents, or briefs made before. A brief alone is compared by the sentences that it cites.

        Raises:
            ConfigurationError: what is configured cannot be used. A report without a brief is one of the dossier's
                `failures`, a question about a story without a usable reply one of the story's.
        """
        return run_sync(self._and_close(lambda engine: _dossier(reports, engine, self.settings)))

    async def adossier(self, reports: Iterable[str | Document | Brief]) -> Dossier:
        """The same as `dossier`, to be awaited; call `aclose` (or use `async with`) at the end."""
        return await _dossier(reports, self.engine, self.settings)

    @property
    def engine(self) -> Engine:
        """The engine that the asynchronous methods share, made on first need."""
        return self._shared.engine

    async def aclose(self) -> None:
        """Close connections and the store; the next call opens them again."""
        shared = self.__dict__.pop("_shared", None)
        if shared is not None:
            await shared.close()

    async def __aenter__(self) -> Summarizer:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    @cached_property
    def _shared(self) -> _Opened:
        return self._open()

    def _open(self) -> _Opened:
        if self._given_engine is not None:
            return _Opened(self._given_engine, None)
        store = open_store(self.settings)
        try:
            return _Opened(build_engine(self.settings, build_source(self.settings, store)), store)
        except SummarizerError:
            if store:
                store.close()
            raise

    async def _and_close(self, work: Callable[[Engine], Awaitable[T]]) -> T:
        """What is made with an engine that is opened for it."""
        opened = self._open()
        try:
            return await work(opened.engine)
        finally:
            await opened.close()

    async def _each_and_close(self, work: Callable[[Engine], AsyncIterator[T]]) -> AsyncIterator[T]:
        """What comes of an engine that is opened for it."""
        opened = self._open()
        try:
            async for result in work(opened.engine):
                yield result
        finally:
            await opened.close()

    def _form(self, model: type[M], prompt: str | None) -> Form[M]:
        form = Form.of(model, prompt)
        if self._given_engine is None and self.settings.offline:
            raise no_language_model()
        return form

    async def _extract(self, document: Document, form: Form[M], engine: Engine) -> Extraction[M]:
        return await extract_one(document, engine, form, self.settings.context)

    def _extractions(
        self, reports: Iterable[str | Document], form: Form[M], engine: Engine
    ) -> AsyncIterator[Extraction[M] | Failure]:
        return extractions(_documents(reports), engine, form, self.settings.jobs, self.settings.context)


@dataclass(frozen=True, slots=True)
class _Opened:
    """What is held open: an engine, and the store it uses."""

    engine: Engine
    store: Store | None

    async def close(self) -> None:
        try:
            await self.engine.close()
        finally:
            if self.store:
                self.store.close()


async def _dossier(reports: Iterable[str | Document | Brief], engine: Engine, settings: Settings) -> Dossier:
    from .dossiers import DossierOptions, dossier, reports_of
    from .merge.linked import Report
    from .shelf import Shelf

    shelf, failures = Shelf(), list[Failure]()
    unread: list[str | Document] = []
    for report in [reports] if isinstance(reports, (str, Document, Brief)) else reports:
        if isinstance(report, Brief):
            shelf.put(Report(report))
        else:
            unread.append(report)
    async for result in reports_of(_documents(unread), engine, settings.jobs):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            shelf.put(result)
    return await dossier(shelf, engine, DossierOptions(settings.context, settings.jobs), failures)


def _document(report: str | Document, published: str | None, language: str | None) -> Document:
    options = LoadOptions(language=language, published=published)
    if not isinstance(report, Document):
        return from_text(report, options=options)
    stated = {"language": options.language, "published": options.published}
    return report.model_copy(update={key: value for key, value in stated.items() if value})


def _documents(reports: Iterable[str | Document]) -> Iterator[Document | SummarizerError]:
    each = [reports] if isinstance(reports, (str, Document)) else reports
    for number, report in enumerate(each, 1):
        if isinstance(report, Document):
            yield report
            continue
        try:
            yield from_text(report, id=f"report {number}")
        except SummarizerError as error:
            yield error.about(f"report {number}")
