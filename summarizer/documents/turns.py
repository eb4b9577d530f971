"""Politeness: few hosts at once, one request at a time to each, a pause between two."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

HOSTS_AT_ONCE = 8


class Turns:
    """Who may ask when.

    Args:
        pause: seconds between the starts of two requests to one host.
    """

    def __init__(self, pause: float):
        self._pause = pause
        self._places = asyncio.Semaphore(HOSTS_AT_ONCE)
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @asynccontextmanager
    async def turn(self, host: str, delay: float = 0.0) -> AsyncIterator[None]:
        """The turn of one request to a host.

        Args:
            host: its name or address.
            delay: seconds that the host itself wants between two requests.
        """
        queue = self._hosts[host]
        async with queue.lock:
            await asyncio.sleep(queue.next_start - time.monotonic())
            async with self._places:
                queue.next_start = time.monotonic() + max(self._pause, delay)
                yield


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_start: float = 0.0
