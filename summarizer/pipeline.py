"""From documents to briefs and extractions: split, fill, ground, with a bounded number of documents under way."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator
from contextvars import ContextVar
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from pydantic import BaseModel

from .engines.base import Asks, BriefTask, Engine
from .engines.origin import provenance
from .engines.reading_parts import parts_of
from .errors import DocumentTooLarge, EmptyDocument, SummarizerError
from .grounding.check import ground
from .models.brief import Brief
from .models.document import Document, Sentence
from .models.outcome import Failure
from .sentences import split
from .telemetry import work as telemetry
from .telemetry.events import fault
from .telemetry.stages import stage

if TYPE_CHECKING:
    from .engines.extracting import Form
    from .models.extraction import Extraction

S = TypeVar("S")
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
MOST_CHARACTERS = 120_000
"""Characters of a document that is extracted from, unless more are allowed."""
_SLOW = 0.02
"""Seconds that a document may take to be read before the next one is read in a thread."""
_log = logging.getLogger(__name__)
_AHEAD = 8
"""Results that wait for a synchronous caller at most."""
_LOOKAHEAD = 4
"""Documents held for each one under way, so that a slow one does not stop those behind it."""


async def brief_one(document: Document, engine: Engine) -> Brief:
    """The checked brief of one document.

    Raises:
        SummarizerError: there is none; the error names the document.
    """
    with telemetry.on_document("brief", document, _log_text(engine)) as work:
        brief = await _brief(document, engine)
        telemetry.done(work, brief)
    return brief


async def _brief(document: Document, engine: Engine) -> Brief:
    sentences = _sentences(document)
    runs = parts_of(document, sentences, engine)
    if len(runs) > 1:
        from .long_reports import brief_in_parts

        return await brief_in_parts(document, sentences, runs, engine)
    filled = await engine.fill(BriefTask(document, sentences))
    async with _own_turn():
        with stage("ground"):
            return ground(filled.draft, document, sentences, provenance(engine.name, filled))


def briefs(
    documents: Iterable[Document | SummarizerError], engine: Engine, jobs: int = 8
) -> AsyncIterator[Brief | Failure]:
    """A brief or a failure for each document, in their order, each as soon as it and those before it are done.

    Args:
        documents: read as they are needed; an error stands for a document that could not be loaded. What reading
            raises is raised once the documents before it have their results.
        engine: fills the drafts.
        jobs: documents under way at once, at least 1.
    """
    return each_done(documents, lambda document: brief_one(document, engine), jobs)


async def extract_one(document: Document, engine: Engine, form: Form[M], most: int = MOST_CHARACTERS) -> Extraction[M]:
    """A user's model, filled from one document and checked against it.

    Args:
        document: what is read.
        engine: fills the model.
        form: the model with its instructions.
        most: characters that a document may have.

    Raises:
        ConfigurationError: the engine has no language model.
        SummarizerError: there is no such extraction; the error names the document.
    """
    with telemetry.on_document("extract", document, _log_text(engine)) as work:
        made = await _extraction(document, engine, form, most)
        telemetry.done(work, made)
    return made


async def _extraction(document: Document, engine: Engine, form: Form[M], most: int) -> Extraction[M]:
    from .engines.extracting import ExtractionQuestion, no_language_model
    from .grounding.extracting import document_info, extraction

    if not isinstance(engine, Asks):
        raise no_language_model()
    size = len(document.text)
    if size > most:
        message = f"it has {size:,} characters, and one request may hold {most:,}"
        remedy = "Cut it into parts, or set --context (SUMMARIZER_CONTEXT) higher if the model reads as much"
        raise DocumentTooLarge(message, document=document.id, remedy=remedy)
    sentences = _sentences(document)
    filled = await engine.ask(ExtractionQuestion(form, document, sentences))
    async with _own_turn():
        with stage("ground"):
            return extraction(filled.draft, document_info(document, sentences), provenance(engine.name, filled))


def extractions(
    documents: Iterable[Document | SummarizerError],
    engine: Engine,
    form: Form[M],
    jobs: int = 8,
    most: int = MOST_CHARACTERS,
) -> AsyncIterator[Extraction[M] | Failure]:
    """An extraction or a failure for each document, in their order, as `briefs` gives them."""
    return each_done(documents, lambda document: extract_one(document, engine, form, most), jobs)


def each_done(
    documents: Iterable[Document | SummarizerError], work: Callable[[Document], Awaitable[T]], jobs: int
) -> AsyncIterator[T | Failure]:
    """What `work` makes of each document, or a failure, as `briefs` gives them."""
    return under_way(documents, lambda document: result_of(document, work), jobs)


async def result_of(document: Document | SummarizerError, work: Callable[[Document], Awaitable[T]]) -> T | Failure:
    """What `work` makes of a document, or the failure that says why there is nothing."""
    if isinstance(document, SummarizerError):
        telemetry.not_loaded(document, document.document)
        return Failure.of(document)
    return await _done_or_failure(document, work)


async def under_way(
    items: Iterable[S], work: Callable[[S], Awaitable[T]], jobs: int, ordered: bool = True
) -> AsyncIterator[T]:
    """What `work` makes of each item, with a bounded number under way.

    Args:
        items: read as they are needed. What reading raises is raised once the items before it have their results.
        work: what is done with one; it raises nothing that should not end everything.
        jobs: items under way at once, at least 1; one that has its reply makes room for the next before it is checked.
        ordered: in the order of the items; else each as soon as it is done.
    """
    jobs = max(1, jobs)
    gate, turn = asyncio.Semaphore(jobs), asyncio.Lock()
    tasks: deque[asyncio.Task[T]] = deque()
    broken: list[Exception] = []

    async def one(item: S) -> T:
        async with _Place(gate, turn):
            return await work(item)

    try:
        async for item in _until_broken(items, broken):
            tasks.append(asyncio.create_task(one(item)))
            await asyncio.sleep(0)  # lets those under way go on while more are read
            while tasks and (tasks[0].done() or len(tasks) >= jobs * _LOOKAHEAD):
                yield await _next_of(tasks, ordered)
        while tasks:
            yield await _next_of(tasks, ordered)
        if broken:
            raise broken[0]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Place:
    """A document's place among those under way, which it may leave before it is done."""

    def __init__(self, gate: asyncio.Semaphore, turn: asyncio.Lock):
        self._gate = gate
        self.turn = turn
        self._held = False

    async def __aenter__(self) -> None:
        await self._gate.acquire()
        self._held = True
        _place.set(self)

    async def __aexit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Make room for the next."""
        if self._held:
            self._held = False
            self._gate.release()


_place: ContextVar[_Place | None] = ContextVar("place", default=None)


@contextlib.asynccontextmanager
async def _own_turn() -> AsyncIterator[None]:
    """For what only computes once the reply is there: one document at a time, after all requests that can go out."""
    place = _place.get()
    if place is None:
        yield
        return
    place.leave()
    async with place.turn:
        await asyncio.sleep(0)
        yield


async def _next_of(tasks: deque[asyncio.Task[T]], ordered: bool) -> T:
    """The result of the first task, or of the first that is done; the task is taken out."""
    if not ordered:
        if not any(task.done() for task in tasks):
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        tasks.rotate(-next(number for number, task in enumerate(tasks) if task.done()))
    await asyncio.wait([tasks[0]])  # to await the task itself would cancel it alone, and let another begin
    return tasks.popleft().result()


async def _until_broken(items: Iterable[T], broken: list[Exception]) -> AsyncIterator[T]:
    """The items up to an exception, which is noted instead of raised.

    Where they take time to come (pages of the web, large files), the next one is awaited in a thread, so that what is
    under way goes on.
    """
    source, end = iter(items), object()
    slow = False
    while True:
        begun = time.perf_counter()
        try:
            item = await asyncio.to_thread(next, source, end) if slow else next(source, end)
        except Exception as error:
            broken.append(error)
            return
        slow = time.perf_counter() - begun > _SLOW
        if item is end:
            return
        yield cast("T", item)


async def _done_or_failure(document: Document, work: Callable[[Document], Awaitable[T]]) -> T | Failure:
    try:
        return await work(document)
    except SummarizerError as error:
        return Failure.of(error.about(document.id))
    except Exception as error:  # a fault of ours must not cost the other documents
        fault(_log, document.id, error)
        message = f"unexpected {type(error).__name__}: {error}"
        remedy = "Please report it, with the document if you may"
        return Failure.of(SummarizerError(message, document=document.id, remedy=remedy))


def _log_text(engine: Engine) -> bool:
    """Whether the user wants texts in the log, as engines that settings made know."""
    return bool(getattr(engine, "log_text", False))


def _sentences(document: Document) -> tuple[Sentence, ...]:
    with stage("split"):
        sentences = split(document.text, document.language)
    if not sentences:
        raise EmptyDocument("there is no sentence in it", document=document.id, remedy="Check that it is a report")
    return sentences


def run_sync(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, also from inside a running event loop (a notebook), then in a thread of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with _loop_in_thread() as loop:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result()


def iterate_sync(results: AsyncIterator[T]) -> Iterator[T]:
    """Step through an asynchronous iterator from synchronous code, also from inside a running event loop.

    It runs in an event loop of its own thread. What is under way there goes on while the caller is busy with a result,
    a few results are fetched ahead, and all is cancelled when the caller stops early.
    """
    with _loop_in_thread() as loop:
        handover = _Handover[T](loop)
        ended = asyncio.run_coroutine_threadsafe(handover.fill(results), loop)
        yield from handover
        ended.result()


class _Handover(Generic[T]):
    """Results on their way from the event loop's thread to the caller's.

    A few at a time, as a change of threads for each would take longer than many a result.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop):
        self._loop = loop
        self._ready: SimpleQueue[T | _End] = SimpleQueue()
        self._room = asyncio.Event()
        self._is_full = False

    async def fill(self, results: AsyncIterator[T]) -> None:
        """Fetch results, waiting while enough are ready."""
        try:
            async for result in results:
                self._ready.put(result)
                if self._ready.qsize() >= _AHEAD:
                    self._room.clear()
                    self._is_full = True
                    if self._ready.qsize() >= _AHEAD:  # else the caller took one before it could know
                        await self._room.wait()
        finally:
            self._ready.put(_End())

    def __iter__(self) -> Iterator[T]:
        while not isinstance(result := self._ready.get(), _End):
            if self._is_full:
                self._is_full = False
                self._loop.call_soon_threadsafe(self._room.set)
            yield result


class _End:
    """Stands for the end of the results."""


@contextlib.contextmanager
def _loop_in_thread() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop that runs in a thread of its own; at the end its tasks are cancelled and its generators closed."""
    loop, over = asyncio.new_event_loop(), asyncio.Event()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(over.wait())

    thread = threading.Thread(target=run, name="summarizer")
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
