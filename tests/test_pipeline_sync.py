"""The pipeline from synchronous code: with and without a running event loop about."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from summarizer.engines.base import BriefTask, Filled
from summarizer.errors import InputError
from summarizer.models.brief import Brief
from summarizer.models.outcome import Failure
from summarizer.pipeline import briefs, iterate_sync, run_sync

from .timed_engine import Engine, documents, names


def in_a_running_loop(work: Callable[[], object]) -> object:
    """Call synchronous code from inside a running event loop, as a notebook does."""

    async def call() -> object:
        return work()

    return asyncio.run(call())


def called(work: Callable[[], object]) -> object:
    """Call synchronous code with no loop about."""
    return work()


PLACES = pytest.mark.parametrize("call", [called, in_a_running_loop], ids=["no loop", "running loop"])


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert [thread.name for thread in set(threading.enumerate()) - before if thread.name == "summarizer"] == []


class TestOutOfTheLoop:
    @PLACES
    def test_a_coroutine_runs_to_its_end(self, call: Callable[[Callable[[], object]], object]) -> None:
        async def answer() -> int:
            await asyncio.sleep(0)
            return 42

        assert call(lambda: run_sync(answer())) == 42

    @PLACES
    def test_what_a_coroutine_raises_is_raised(self, call: Callable[[Callable[[], object]], object]) -> None:
        async def fail() -> None:
            raise InputError("no", document="a")

        with pytest.raises(InputError, match="a: no"):
            call(lambda: run_sync(fail()))

    @PLACES
    def test_results_are_stepped_through_in_order(self, call: Callable[[Callable[[], object]], object]) -> None:
        found = call(lambda: names(iterate_sync(briefs(documents("a", "b", "c"), Engine()))))
        assert found == ["a", "b", "c"]

    @PLACES
    def test_an_early_stop_cancels_and_closes_the_thread(self, call: Callable[[Callable[[], object]], object]) -> None:
        engine = Engine(lambda name: 0.0 if name == "a" else 60.0)
        closed: list[bool] = []

        async def results() -> AsyncIterator[Brief | Failure]:
            try:
                async for result in briefs(documents(*"abcdefgh"), engine, jobs=3):
                    yield result
            finally:
                await asyncio.sleep(0)
                closed.append(True)

        def first() -> str:
            for result in iterate_sync(results()):
                return names([result])[0]
            return ""

        assert call(first) == "a"
        assert engine.under_way == 0
        assert closed == [True]

    def test_what_is_under_way_goes_on_while_the_caller_is_busy(self) -> None:
        busy = threading.Event()
        done = threading.Event()

        class Signalling(Engine):
            async def fill(self, task: BriefTask) -> Filled:
                await asyncio.sleep(0.001)
                while task.document.id == "c" and not busy.is_set():
                    await asyncio.sleep(0.001)
                filled = await super().fill(task)
                if task.document.id == "c":
                    done.set()
                return filled

        results = iterate_sync(briefs(documents(*"abc"), Signalling(), jobs=3))
        next(results)
        busy.set()
        assert done.wait(10)
        assert names(results) == ["b", "c"]

    def test_a_busy_caller_is_not_run_away_from(self) -> None:
        made = 0
        ahead = threading.Event()

        async def results() -> AsyncIterator[int]:
            nonlocal made
            for number in range(1000):
                made += 1
                if made == 8:
                    ahead.set()
                yield number

        stepping = iterate_sync(results())
        assert next(stepping) == 0
        assert ahead.wait(10)
        for number, result in zip(range(1, 50), stepping, strict=False):
            assert result == number
            assert made - number <= 12
        assert list(stepping) == list(range(50, 1000))

    def test_what_an_iterator_raises_comes_after_its_results(self) -> None:
        async def results() -> AsyncIterator[int]:
            yield 1
            raise InputError("no", document="a")

        stepping = iterate_sync(results())
        assert next(stepping) == 1
        with pytest.raises(InputError, match="a: no"):
            next(stepping)
        assert list(stepping) == []

    def test_any_value_is_a_result(self) -> None:
        async def results() -> AsyncIterator[int | None]:
            for value in (0, None, 2):
                yield value

        assert list(iterate_sync(results())) == [0, None, 2]

    def test_what_the_caller_raises_stops_the_work(self) -> None:
        engine = Engine(lambda name: 0.0 if name == "a" else 60.0)

        def use() -> None:
            for _ in iterate_sync(briefs(documents("a", "b"), engine)):
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            use()
        assert engine.under_way == 0

    def test_an_interrupt_while_waiting_stops_the_work(self) -> None:
        class Interrupting(Engine):
            async def fill(self, task: BriefTask) -> Filled:
                asyncio.get_running_loop().call_later(0.05, _interrupt)
                return await super().fill(task)

        engine = Interrupting(lambda _: 60.0)
        with pytest.raises(KeyboardInterrupt):
            list(iterate_sync(briefs(documents("a"), engine)))
        assert engine.cancelled == ["a"]


def _interrupt() -> None:
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
