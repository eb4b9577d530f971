"""Politeness."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from itertools import pairwise

from summarizer.documents.turns import HOSTS_AT_ONCE, Turns

PAUSE = 0.05


def _starts(turns: Turns, *asked: tuple[str, float]) -> dict[str, list[float]]:
    """When the requests to each host began, in seconds, in their order."""
    starts: dict[str, list[float]] = {host: [] for host, _ in asked}

    async def one(host: str, delay: float) -> None:
        async with turns.turn(host, delay):
            starts[host].append(time.monotonic())

    async def all_of_them() -> None:
        await asyncio.gather(*(one(host, delay) for host, delay in asked))

    asyncio.run(all_of_them())
    return starts


def _gaps(starts: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(starts)]


def test_requests_to_one_host_keep_their_distance_and_others_do_not_wait() -> None:
    began = time.monotonic()
    starts = _starts(Turns(PAUSE), ("a.test", 0), ("a.test", 0), ("a.test", 0), ("b.test", 0))
    assert all(PAUSE * 0.95 <= gap < PAUSE * 4 for gap in _gaps(starts["a.test"]))
    assert starts["b.test"][0] - began < PAUSE


def test_a_longer_delay_that_the_site_wants_goes_before_the_pause() -> None:
    starts = _starts(Turns(PAUSE), ("a.test", PAUSE * 3), ("a.test", PAUSE * 3))
    assert _gaps(starts["a.test"])[0] >= PAUSE * 2.9


def test_one_request_at_a_time_to_a_host_and_few_hosts_at_once() -> None:
    under_way: Counter[str] = Counter()
    most_hosts = most_of_one = 0

    async def one(turns: Turns, host: str) -> None:
        nonlocal most_hosts, most_of_one
        async with turns.turn(host):
            under_way[host] += 1
            most_hosts, most_of_one = max(most_hosts, under_way.total()), max(most_of_one, under_way[host])
            await asyncio.sleep(0.001)
            under_way[host] -= 1

    async def all_of_them() -> None:
        turns = Turns(0)
        await asyncio.gather(*(one(turns, f"{n % 20}.test") for n in range(60)))

    asyncio.run(all_of_them())
    assert (most_hosts, most_of_one) == (HOSTS_AT_ONCE, 1)


def test_a_turn_that_fails_or_is_given_up_is_passed_on() -> None:
    async def some() -> None:
        turns = Turns(0)
        waiting = None
        try:
            async with turns.turn("a.test"):
                waiting = asyncio.create_task(turns.turn("a.test").__aenter__())
                await asyncio.sleep(0)
                waiting.cancel()
                raise KeyError
        except KeyError:
            pass
        async with asyncio.timeout(1), turns.turn("a.test"):
            return

    asyncio.run(some())
