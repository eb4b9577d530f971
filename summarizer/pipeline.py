"""From documents to briefs: split, fill, ground, with a bounded number of documents under way."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .engines.base import BriefTask, Engine, Filled
from .errors import EmptyDocument, SummarizerError
from .grounding.check import ground
from .models.brief import SCHEMA_VERSION, Brief, Provenance
from .models.document import Document
from .models.outcome import Failure
from .sentences import split
from .version import __version__

T = TypeVar("T")
_AHEAD = 64
"""Results made before the caller of `iterate_sync` takes them."""
_LOOKAHEAD = 4
"""Documents held for each one under way, so that a slow one does not stop those behind it."""


async def brief_one(document: Document, engine: Engine) -> Brief:
    """The checked brief of one document.

    Raises:
        SummarizerError: there is none; the error names the document.
    """
    sentences = split(document.text, document.language)
    if not sentences:
        raise EmptyDocument("there is no sentence in it", document=document.id, remedy="Check that it is a report")
    filled = await engine.fill(BriefTask(document, sentences))
    return ground(filled.draft, document, sentences, provenance(engine.name, filled))


async def briefs(
    documents: Iterable[Document | SummarizerError], engine: Engine, jobs: int = 8
) -> AsyncIterator[Brief | Failure]:
    """A brief or a failure for each document, in their order, with at most `jobs` under way at once.

    Args:
        documents: read as they are needed; an error stands for a document that could not be loaded.
        engine: fills the drafts.
        jobs: documents under way at once.
    """
    gate = asyncio.Semaphore(jobs)
    under_way: deque[asyncio.Task[Brief | Failure]] = deque()

    async def one(document: Document | SummarizerError) -> Brief | Failure:
        if isinstance(document, SummarizerError):
            return Failure.of(document)
        async with gate:
            return await _brief_or_failure(document, engine)

    try:
        for document in documents:
            under_way.append(asyncio.create_task(one(document)))
            if len(under_way) >= jobs * _LOOKAHEAD:
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def _brief_or_failure(document: Document, engine: Engine) -> Brief | Failure:
    try:
        return await brief_one(document, engine)
    except SummarizerError as error:
        return Failure.of(error.about(document.id))
    except Exception as error:  # a fault of ours must not cost the other documents
        message = f"unexpected {type(error).__name__}: {error}"
        failure = SummarizerError(
            message, document=document.id, remedy="Please report it, with the document if you may"
        )
        failure.__cause__ = error
        return Failure.of(failure)


def provenance(engine: str, filled: Filled) -> Provenance:
    """Where a draft comes from, for the brief."""
    usage, prompt = filled.usage, filled.prompt
    return Provenance(
        engine=engine,
        model=filled.model,
        recorded=filled.recorded,
        prompt=prompt.name if prompt else None,
        prompt_hash=prompt.hash if prompt else None,
        request=filled.request,
        schema_version=SCHEMA_VERSION,
        software=f"summarizer {__version__}",
        attempts=usage.requests,
        reasks=filled.reasks,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost_usd=usage.cost_usd,
        seconds=round(filled.seconds, 3),
        replied=filled.replied,
    )


def run_sync(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, also from inside a running event loop (a notebook), then in a thread of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(asyncio.run(coroutine))
        except BaseException as error:  # carried over to the caller's thread
            failure.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
    return outcome[0]


def iterate_sync(results: AsyncIterator[T]) -> Iterator[T]:
    """Step through an asynchronous iterator from synchronous code, also from inside a running event loop.

    The iterator runs in an event loop of its own thread, at most `_AHEAD` results ahead; when the caller stops early,
    what is under way is cancelled.
    """
    handed: queue.SimpleQueue[_Handed[T]] = queue.SimpleQueue()
    ready: queue.SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Task[None], asyncio.Semaphore]] = (
        queue.SimpleQueue()
    )

    async def drain() -> None:
        room = asyncio.Semaphore(_AHEAD)
        task = asyncio.current_task()
        assert task is not None
        ready.put((asyncio.get_running_loop(), task, room))
        async with contextlib.aclosing(results) as stream:  # type: ignore[type-var]
            async for result in stream:
                await room.acquire()
                handed.put(_Handed(result=result))

    def run() -> None:
        try:
            asyncio.run(drain())
        except asyncio.CancelledError:
            handed.put(_Handed())
        except BaseException as error:  # carried over to the caller's thread
            handed.put(_Handed(error=error))
        else:
            handed.put(_Handed())

    thread = threading.Thread(target=run, name="summarizer")
    thread.start()
    loop, task, room = ready.get()
    try:
        while (entry := handed.get()).result is not None:
            yield entry.result
            _call(loop, room.release)
        if entry.error is not None:
            raise entry.error
    finally:
        if thread.is_alive():
            _call(loop, task.cancel)
            thread.join()


def _call(loop: asyncio.AbstractEventLoop, function: Callable[[], object]) -> None:
    """Call in a loop's thread, unless the loop has come to its end by itself."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(function)


@dataclass(frozen=True, slots=True)
class _Handed(Generic[T]):
    """What one thread hands to another: a result, an error, or (neither) the end."""

    result: T | None = None
    error: BaseException | None = None
