"""Requests wait here for their turn: no more are under way than the server is found to bear."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
import time
from collections.abc import Callable
from types import TracebackType

from ..store import Store
from ..telemetry.events import tell, warn
from .failures import RetryableError, kind_of
from .limits import Limit
from .sharing import Sharing

_log = logging.getLogger("summarizer.engines")


class Limiter:
    """Lets requests to one server pass, first come, first served.

    Args:
        server: the name by which all processes know what is asked.
        limit: what is taken to be its limit to begin with.
        store: shared with other processes, None to work alone.
        clock: Unix time, never set back.
    """

    def __init__(self, server: str, limit: Limit, store: Store | None = None, clock: Callable[[], float] | None = None):
        self._server = server
        self._limit = limit
        self._now = clock or _steady()
        self._sharing = Sharing(server, limit, store, self._now, self._admit) if store is not None else None
        self._turns = itertools.count()
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._under_way = 0
        self._timer: asyncio.TimerHandle | None = None

    def slot(self) -> Slot:
        """A place in the queue, for a request and its retries."""
        return Slot(self, next(self._turns))

    def pause(self, seconds: float) -> None:
        """Let nothing pass for so many seconds, as the server wants it."""
        limit, now = self._limit, self._now()
        before = limit.pause_until
        limit.pause(seconds, now)
        if before <= now < limit.pause_until:
            warn(_log, "limit.paused", {"server": self._server, "wait": round(limit.pause_until - now, 3)})
            self._tell_others()

    async def close(self) -> None:
        """Tell the others what was found out last. It can be used again, also in another event loop."""
        if self._sharing is not None:
            await self._sharing.end()
        if self._timer is not None:
            self._timer.cancel()

    async def enter(self, turn: int) -> float:
        """Wait for a turn; the time at which it came."""
        if self._sharing is not None:
            self._sharing.begin()
        passed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (turn, passed))
        self._admit()
        try:
            await passed
        except asyncio.CancelledError:
            if not passed.cancelled():  # it was let pass in the same moment
                self._under_way -= 1
                self._admit()
            raise
        return self._now()

    def leave(self, sent: float, error: BaseException | None) -> None:
        """What was sent at this time has come to its end."""
        limit, before = self._limit, int(self._limit.value)
        if error is None:
            limit.answered(sent, self._under_way)
            if int(limit.value) > before:
                tell(_log, logging.DEBUG, "limit.raised", self._fields())
        elif isinstance(error, RetryableError) and self._is_lowered(error, sent):
            warn(_log, "limit.lowered", {**self._fields(), "lowered_from": before, "why": kind_of(error)})
            self._tell_others()
        self._under_way -= 1
        self._admit()

    def _is_lowered(self, error: RetryableError, sent: float) -> bool:
        now = self._now()
        if error.overload:
            self.pause(error.retry_after or 0.0)
            return self._limit.refused(sent, now)
        return error.late and self._limit.timed_out(sent, now)

    def _fields(self) -> dict[str, object]:
        return {"server": self._server, "limit": int(self._limit.value), "workers": self._limit.workers}

    def _tell_others(self) -> None:
        if self._sharing is not None:
            self._sharing.tell()

    def _admit(self) -> None:
        """Let pass whoever may."""
        if not self._waiting or not (self._sharing is None or self._sharing.known):
            return
        wait = self._limit.resumes() - self._now()
        if wait > 0:
            self._wake_after(wait)
            return
        share = self._limit.share
        while self._waiting and self._under_way < share:
            _, passed = heapq.heappop(self._waiting)
            if not passed.done():  # else its task was cancelled
                passed.set_result(None)
                self._under_way += 1

    def _wake_after(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        if self._timer is None or self._timer.cancelled() or self._timer.when() <= loop.time():
            self._timer = loop.call_later(seconds, self._admit)


class Slot:
    """A place in the queue that is kept over retries; each request is sent inside `async with`."""

    __slots__ = ("_limiter", "_sent", "_turn")

    def __init__(self, limiter: Limiter, turn: int):
        self._limiter = limiter
        self._turn = turn
        self._sent = 0.0

    async def __aenter__(self) -> None:
        self._sent = await self._limiter.enter(self._turn)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._limiter.leave(self._sent, error)


def _steady() -> Callable[[], float]:
    """A clock that gives Unix time and is never set back."""
    offset = time.time() - time.monotonic()
    return lambda: time.monotonic() + offset
