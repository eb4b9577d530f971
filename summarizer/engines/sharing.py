"""What several processes find out about one server, told to all of them through their store.

Each worker says once a second that it is alive and keeps to its part of the limit. What makes others slow down is told
at once, and reaches them within a second.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from ..errors import StoreError
from ..store import SharedLimit, Store
from ..telemetry.events import warn
from .failures import kind_of
from .limits import REACH, Limit

_log = logging.getLogger("summarizer.engines")
_joined: set[tuple[str, str]] = set()
"""Stores and servers where this process has been at work."""
_numbers: set[int] = set()
"""Of the workers of this process that are at work now."""


class Sharing:
    """Keeps the limit of one worker and that of the others the same.

    Args:
        server: the name by which all processes know what is asked.
        limit: what the worker knows.
        store: where all tell it; it belongs to whoever opened it.
        clock: Unix time, never set back.
        changed: called when the limit is known, and when it may have changed.

    Attributes:
        known: whether the others' limit is.
    """

    def __init__(
        self, server: str, limit: Limit, store: Store, clock: Callable[[], float], changed: Callable[[], None]
    ):
        self._server = server
        self._limit = limit
        self._store = store
        self._now = clock
        self._changed = changed
        self._task: asyncio.Task[None] | None = None
        self.known = False

    def begin(self) -> None:
        """Share in the running event loop from now on."""
        if self._task is None:
            self._news = asyncio.Event()
            # a number is taken again by whoever begins anew, so that no worker is counted twice
            self._number = next(number for number in itertools.count() if number not in _numbers)
            _numbers.add(self._number)
            self._task = asyncio.get_running_loop().create_task(self._keep_sharing())

    def tell(self) -> None:
        """Tell the others at once."""
        if self._task is not None:
            self._news.set()

    async def end(self) -> None:
        """Tell the others what was found out last."""
        task, self._task = self._task, None
        if task is None:
            return
        if not task.done():  # else its event loop has ended
            task.cancel()
            await asyncio.wait([task])
        await self._share()
        _numbers.discard(self._number)
        self.known = False

    async def _keep_sharing(self) -> None:
        while True:
            try:
                await self._share()
            finally:
                self.known = True
            self._changed()
            with suppress(TimeoutError):
                async with asyncio.timeout(REACH):
                    await self._news.wait()
            self._news.clear()

    async def _share(self) -> None:
        limit, now, place = self._limit, self._now(), (self._store.place, self._server)
        worker = f"{socket.gethostname()}-{os.getpid()}-{self._number}"
        try:
            shared = await self._store.awaited(partial(self._store.beat, self._server, worker, now))
            is_first = shared is None or (shared.workers <= 1 and place not in _joined)
            if shared is None or is_first:  # what an earlier run has found may hold no longer, only its pause does
                shared = SharedLimit(limit.value, shared.pause_until if shared else 0.0, limit.lowered, 1)
            _joined.add(place)
            if limit.agree(shared, now) or is_first:
                known = (limit.value, limit.pause_until, limit.lowered)
                await self._store.awaited(partial(self._store.set_limit, self._server, *known))
        except StoreError as error:
            warn(_log, "limit.not_shared", {"server": self._server, "why": kind_of(error)})
