"""The Python interface: `Summarizer`.

from summarizer import Summarizer

brief = Summarizer(model="openai/gpt-4o-mini").brief("…")
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from functools import cached_property
from types import TracebackType
from typing import Any

from .documents import LoadOptions, from_text
from .engines.base import Engine
from .errors import SummarizerError
from .models import display
from .models.brief import Brief
from .models.document import Document
from .models.outcome import Failure
from .pipeline import brief_one, briefs, iterate_sync, run_sync
from .settings import Settings, build_engine, load_settings, store_path
from .store import Store


def _html(brief: Any) -> str:
    from .render.html import to_html

    return to_html(brief)


def _markdown(brief: Any) -> str:
    from .render.markdown import to_markdown

    return to_markdown(brief)


display.register("html", _html)
display.register("markdown", _markdown)


class Summarizer:
    """Makes briefs of reports.

    Args:
        model: provider/model, "offline", or None for what is configured (environment, file), else offline.
        settings: everything at once; `model` and `options` are then not looked at.
        engine: an engine of your own, used instead of any model.
        options: other fields of `Settings`: base_url, replies, store, cache, mode, prompt_dir, jobs, ...

    Raises:
        ConfigurationError: an option is not valid; where it concerns the model, raised when the first brief is asked for.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        settings: Settings | None = None,
        engine: Engine | None = None,
        **options: Any,
    ):
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
        return run_sync(self._brief_and_close(_document(report, published, language)))

    async def abrief(
        self, report: str | Document, *, published: str | None = None, language: str | None = None
    ) -> Brief:
        """The same as `brief`, to be awaited; call `aclose` (or use `async with`) at the end."""
        return await brief_one(_document(report, published, language), self.engine)

    def briefs(self, reports: Iterable[str | Document]) -> Iterator[Brief | Failure]:
        """A brief or a failure for each report, in their order, `settings.jobs` at a time; read as they are needed."""
        return iterate_sync(self._briefs_and_close(reports))

    def abriefs(self, reports: Iterable[str | Document]) -> AsyncIterator[Brief | Failure]:
        """The same as `briefs`, for `async for`."""
        return briefs(_documents(reports), self.engine, self.settings.jobs)

    @cached_property
    def engine(self) -> Engine:
        """The engine in use, made on first need."""
        return self._given_engine or build_engine(self.settings, self._store)

    async def aclose(self) -> None:
        """Close connections; the next call opens them again."""
        if "engine" in self.__dict__:
            await self.engine.close()
        if "_store" in self.__dict__ and self._store is not None:
            self._store.close()
        self.__dict__.pop("engine", None)
        self.__dict__.pop("_store", None)

    async def __aenter__(self) -> Summarizer:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    @cached_property
    def _store(self) -> Store | None:
        wanted = self.settings.cache and self.settings.replies is None and self.settings.model not in (None, "offline")
        return Store(store_path(self.settings)) if wanted else None

    async def _brief_and_close(self, document: Document) -> Brief:
        try:
            return await brief_one(document, self.engine)
        finally:
            await self.aclose()

    async def _briefs_and_close(self, reports: Iterable[str | Document]) -> AsyncIterator[Brief | Failure]:
        try:
            async for result in self.abriefs(reports):
                yield result
        finally:
            await self.aclose()


def _document(report: str | Document, published: str | None, language: str | None) -> Document:
    if isinstance(report, Document):
        return report
    return from_text(report, options=LoadOptions(language=language, published=published))


def _documents(reports: Iterable[str | Document]) -> Iterator[Document | SummarizerError]:
    for number, report in enumerate(reports, 1):
        if isinstance(report, Document):
            yield report
            continue
        try:
            yield from_text(report, id=f"report {number}")
        except SummarizerError as error:
            yield error.about(f"report {number}")
