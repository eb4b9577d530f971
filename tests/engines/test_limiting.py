"""Requests wait for their turn, in an event loop whose clock leaps from timer to timer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from summarizer.engines import sharing
from summarizer.engines.failures import RetryableError, too_late
from summarizer.engines.limiting import Limiter
from summarizer.engines.limits import REACH, Limit
from summarizer.engines.retry import RetryPolicy, with_retries
from summarizer.errors import StoreError, TransportError
from summarizer.store import SharedLimit, Store, open_store

from .asking import run_in_virtual_time

T = TypeVar("T")
POLICY = RetryPolicy(attempts=3, deadline=100.0, first_wait=0.5, longest_wait=4.0)


def loop_time() -> float:
    return asyncio.get_running_loop().time()


def unix_time() -> float:
    return loop_time() + 1_000_000.0


def refusal(status: int = 429, wait: float | None = None) -> RetryableError:
    failure = RetryableError("the server is busy", document="r", remedy="Try again later")
    failure.status, failure.overload, failure.retry_after = status, status != 500, wait
    return failure


@dataclass
class Server:
    """Bears so many requests at once, each for a second, and refuses the others at once; or fails as scripted."""

    bears: int = 10**9
    failures: list[Exception] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    refused: int = 0
    under_way: int = 0

    async def send(self, name: str = "") -> str:
        self.names.append(name)
        self.times.append(loop_time())
        if self.failures:
            failure = self.failures.pop(0)
            await asyncio.sleep(0.01)
            raise failure
        if self.under_way >= self.bears:
            self.refused += 1
            await asyncio.sleep(0.01)
            raise refusal()
        self.under_way += 1
        self.seen.append(self.under_way)
        try:
            await asyncio.sleep(1.0)
        finally:
            self.under_way -= 1
        return name

    def asked(self, limiter: Limiter, name: str = "", policy: RetryPolicy = POLICY) -> Coroutine[Any, Any, str]:
        """What comes of one request and its retries."""
        return with_retries(lambda: self.send(name), policy, limiter.slot())


def limiter(start: int = 1, most: int = 100, store: Store | None = None) -> Limiter:
    return Limiter("model server", Limit(most, float(start)), store, unix_time)


@pytest.fixture(autouse=True)
def _no_earlier_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_joined", set())


def in_virtual_time(body: Callable[[], Coroutine[Any, Any, T]]) -> T:
    return run_in_virtual_time(body())


def test_no_more_are_under_way_than_the_limit_says() -> None:
    server = Server()

    async def body() -> list[str]:
        gate = limiter(start=4, most=4)
        return await asyncio.gather(*(server.asked(gate, str(n)) for n in range(10)))

    assert in_virtual_time(body) == [str(n) for n in range(10)]
    assert max(server.seen) == 4
    assert server.times == [0.0] * 4 + [1.0] * 4 + [2.0] * 2


def test_first_come_is_first_served() -> None:
    server = Server()

    async def body() -> None:
        gate = limiter(most=1)
        await asyncio.gather(*(server.asked(gate, name) for name in "abcdef"))

    in_virtual_time(body)
    assert server.names == list("abcdef")


def test_a_retry_comes_before_those_that_were_asked_later() -> None:
    server = Server(failures=[refusal(500)])

    async def body() -> None:
        gate = limiter(most=1)
        await asyncio.gather(*(server.asked(gate, name) for name in "abcd"))

    in_virtual_time(body)
    assert server.names == list("abacd")


def test_no_turn_is_held_while_a_retry_is_waited_for() -> None:
    server = Server(failures=[refusal(500)])

    async def body() -> None:
        gate = limiter(most=1)
        await asyncio.gather(server.asked(gate, "a"), server.asked(gate, "b"))

    in_virtual_time(body)
    assert server.names == list("aba")
    assert server.times[1] == pytest.approx(0.01)


def test_who_is_cancelled_while_waiting_takes_no_turn() -> None:
    server = Server()

    async def body() -> None:
        gate = limiter(most=1)
        tasks = [asyncio.create_task(server.asked(gate, name)) for name in "abc"]
        await asyncio.sleep(0.5)
        tasks[1].cancel()
        await asyncio.wait(tasks)

    in_virtual_time(body)
    assert server.names == list("ac")


def test_who_is_cancelled_under_way_makes_room() -> None:
    server = Server()

    async def body() -> None:
        gate = limiter(most=1)
        tasks = [asyncio.create_task(server.asked(gate, name)) for name in "ab"]
        await asyncio.sleep(0.5)
        tasks[0].cancel()
        await asyncio.wait(tasks)

    in_virtual_time(body)
    assert server.times == [0.0, 0.5]


def test_who_is_cancelled_in_the_moment_of_the_turn_gives_it_back() -> None:
    async def body() -> int:
        gate = limiter(most=1)
        first, second, third = gate.slot(), gate.slot(), gate.slot()
        await first.__aenter__()
        tasks = [asyncio.create_task(slot.__aenter__()) for slot in (second, third)]
        await asyncio.sleep(0)
        await first.__aexit__(None, None, None)
        tasks[0].cancel()
        done, _ = await asyncio.wait(tasks, timeout=5)
        return sum(not task.cancelled() for task in done)

    assert in_virtual_time(body) == 1


def test_all_wait_for_the_end_of_a_pause() -> None:
    server = Server(failures=[refusal(wait=30.0)])

    async def body() -> None:
        gate = limiter(start=2, most=2)
        await asyncio.gather(*(server.asked(gate, name) for name in "abcd"))

    in_virtual_time(body)
    assert server.names[:2] == list("ab")
    assert all(moment >= 30.0 for moment in server.times[2:])
    assert server.times[2] == pytest.approx(30.01, abs=0.001)


def test_a_pause_that_an_answer_asks_for_holds_the_next_requests() -> None:
    server = Server()

    async def body() -> None:
        gate = limiter()
        await server.asked(gate)
        gate.pause(60.0)
        await server.asked(gate)

    in_virtual_time(body)
    assert server.times == [0.0, pytest.approx(61.0, abs=0.01)]


def test_a_refusal_for_too_many_requests_is_no_failed_attempt() -> None:
    server = Server(failures=[refusal() for _ in range(6)])

    async def body() -> str:
        return await server.asked(limiter(), "done")

    assert in_virtual_time(body) == "done"
    assert len(server.names) == 7


@pytest.mark.parametrize("status", [500, 503])
def test_other_failures_are(status: int) -> None:
    server = Server(failures=[refusal(status) for _ in range(12)])

    async def body() -> str:
        return await server.asked(limiter())

    with pytest.raises(TransportError, match="tried 3 times"):
        in_virtual_time(body)


def test_refusals_are_waited_for_until_the_deadline() -> None:
    server = Server(failures=[refusal() for _ in range(999)])

    async def body() -> float:
        with pytest.raises(
            TransportError, match=r"the server is busy \(tried \d+ times\)|within the deadline of 100 s"
        ):
            await server.asked(limiter())
        return loop_time()

    assert 60.0 < in_virtual_time(body) <= 100.0


def test_the_deadline_does_not_begin_in_the_queue() -> None:
    server = Server()

    async def body() -> list[str]:
        gate = limiter(most=1)
        return await asyncio.gather(*(server.asked(gate, policy=RetryPolicy(deadline=5.0)) for _ in range(20)))

    assert len(in_virtual_time(body)) == 20


def test_time_outs_of_all_lower_the_limit() -> None:
    late = [too_late("server", 5.0, "r") for _ in range(4)]

    async def body() -> float:
        limit = Limit(8, 8.0)
        gate, server = Limiter("s", limit, None, unix_time), Server(failures=[*late])
        await asyncio.gather(*(server.asked(gate) for _ in range(4)))
        return limit.lowered

    assert in_virtual_time(body) > 0


@pytest.mark.parametrize("bears", [1, 2, 8, 50])
def test_it_settles_near_what_the_server_bears(bears: int) -> None:
    server, requests, start = Server(bears), 400, 16

    async def body() -> float:
        gate = limiter(start, most=50)
        await asyncio.gather(*(server.asked(gate, str(n)) for n in range(requests)))
        return loop_time()

    took = in_virtual_time(body)
    assert set(server.names) == {str(n) for n in range(requests)}
    assert took <= requests / bears / 0.7 + 10
    assert server.refused <= most_refusals(bears, start, requests)


def most_refusals(bears: int, start: int, requests: int) -> float:
    """The start, halved until the server bears it; then one each time that the limit has grown from half to too much."""
    answered_meanwhile = max(1.0, 3 / 8 * bears**2)
    return 2 * start + requests / answered_meanwhile


@contextlib.contextmanager
def shared_store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "shared.sqlite")
    try:
        yield store
    finally:
        store.close()


def test_workers_with_one_store_stay_together_near_what_the_server_bears(tmp_path: Path) -> None:
    server = Server(bears=12)

    async def body() -> float:
        with shared_store(tmp_path) as store:
            gates = [limiter(start=16, most=64, store=store) for _ in range(3)]
            await asyncio.gather(*(server.asked(gates[n % 3], str(n)) for n in range(600)))
            for gate in gates:
                await gate.close()
        return loop_time()

    took = in_virtual_time(body)
    assert set(server.names) == {str(n) for n in range(600)}
    assert server.refused <= 3 * most_refusals(12, 16, 600)
    assert took <= 600 / 12 / 0.6 + 10


def test_a_pause_reaches_the_other_workers_within_a_second(tmp_path: Path) -> None:
    async def body() -> list[float]:
        with shared_store(tmp_path) as store:
            one, other = (limiter(start=4, store=store) for _ in range(2))
            server = Server(failures=[refusal(wait=30.0)])
            await asyncio.gather(*(server.asked(gate) for gate in (one, other, other)))
            paused = asyncio.create_task(server.asked(one))
            await asyncio.sleep(REACH)
            await server.asked(other)
            await paused
            await one.close()
            await other.close()
        return server.times

    times = in_virtual_time(body)
    assert all(moment >= 30.0 for moment in times[3:])


class Counting:
    """A store that remembers when it was asked, and can be away."""

    place = "counting"

    def __init__(self) -> None:
        self.times: list[float] = []
        self.away = False
        self.limits: list[float] = []

    async def awaited(self, call: Callable[[], T]) -> T:
        return call()

    def beat(self, server: str, worker: str, now: float) -> SharedLimit | None:
        self.times.append(now)
        if self.away:
            raise StoreError("it is away")
        return SharedLimit(self.limits[-1], 0.0, 0.0, 1) if self.limits else None

    def set_limit(self, server: str, limit: float, pause_until: float, lowered: float) -> None:
        self.limits.append(limit)


def test_the_store_is_asked_once_a_second_however_many_requests_there_are() -> None:
    store: Any = Counting()

    async def body() -> float:
        gate, server = limiter(start=50, store=store), Server()
        await asyncio.gather(*(server.asked(gate) for _ in range(1000)))
        await gate.close()
        return loop_time()

    seconds = in_virtual_time(body)
    assert len(store.times) <= seconds / REACH + 2


def test_without_its_store_a_worker_goes_on_alone(caplog: pytest.LogCaptureFixture) -> None:
    store: Any = Counting()
    store.away = True

    async def body() -> str:
        gate = limiter(store=store)
        try:
            return await Server().asked(gate, "done")
        finally:
            await gate.close()

    assert in_virtual_time(body) == "done"
    assert "limit.not_shared" in caplog.text


def test_what_an_earlier_run_has_found_does_not_hold_for_a_new_one_that_is_alone(tmp_path: Path) -> None:
    async def body() -> SharedLimit | None:
        with shared_store(tmp_path) as store:
            store.set_limit("model server", 300.0, 0.0, unix_time() - 9000)
            gate = limiter(start=4, store=store)
            await Server().asked(gate)
            await gate.close()
            return store.beat("model server", "other", unix_time())

    found = in_virtual_time(body)
    assert found is not None
    assert (found.limit, found.lowered) == (4.0, 0.0)


def test_who_comes_later_keeps_to_what_the_others_have_found(tmp_path: Path) -> None:
    async def body() -> int:
        with shared_store(tmp_path) as store:
            store.beat("model server", "other", unix_time())
            store.set_limit("model server", 6.0, 0.0, unix_time() - 9)
            gate, server = limiter(start=50, store=store), Server()
            await asyncio.gather(*(server.asked(gate) for _ in range(9)))
            await gate.close()
            return server.seen.index(3) + 1 if max(server.seen[:3]) == 3 and server.times.count(0.0) == 3 else -1

    assert in_virtual_time(body) == 3


def test_a_worker_that_begins_again_is_counted_once_and_goes_on_with_what_it_found(tmp_path: Path) -> None:
    async def body() -> SharedLimit | None:
        with shared_store(tmp_path) as store:
            for _ in range(3):
                gate, server = limiter(start=1, store=store), Server()
                await asyncio.gather(*(server.asked(gate) for _ in range(4)))
                await gate.close()
            return store.beat("model server", "other", unix_time())

    found = in_virtual_time(body)
    assert found is not None
    assert found.workers == 2
    assert found.limit > 4.0


def test_it_can_be_used_in_one_event_loop_after_the_other(tmp_path: Path) -> None:
    with shared_store(tmp_path) as store:
        gate = Limiter("s", Limit(2, 2.0), store)

        async def body() -> str:
            async with gate.slot():
                pass
            await gate.close()
            return "done"

        assert [asyncio.run(body()), asyncio.run(body())] == ["done", "done"]


def test_changes_are_told(caplog: pytest.LogCaptureFixture) -> None:
    server = Server(failures=[refusal(wait=3.0)])

    async def body() -> None:
        gate = limiter(start=8)
        await asyncio.gather(*(server.asked(gate) for _ in range(30)))

    with caplog.at_level("DEBUG", "summarizer.engines"):
        in_virtual_time(body)
    told = [record.getMessage() for record in caplog.records]
    assert "limit.paused server=model server wait=3.0" in told
    assert "limit.lowered server=model server limit=4 workers=1 lowered_from=8 why=429" in told
    assert any(line.startswith("limit.raised server=model server limit=5") for line in told)
