"""Redirects followed, and the time that all of it may take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from ..errors import FetchFailed, InputError
from .addresses import redirected, shown_url
from .answers import REDIRECTS, Answer, Followed

if TYPE_CHECKING:
    from yarl import URL


async def follow(url: URL, ask: Callable[[URL], Awaitable[Answer]], most: int) -> Followed:
    """The answer to a request, through redirects.

    Args:
        url: the first address.
        ask: one request; checks its address in every way.
        most: redirects that are followed.

    Raises:
        InputError: what `ask` raises, or a redirect that must not be followed.
    """
    seen, statuses = [url], list[int]()
    while True:
        try:
            answer = await ask(seen[-1])
            if answer.status not in REDIRECTS:
                return Followed(answer, tuple(statuses))
            target = redirected(seen[-1], answer.headers.get("Location"))
        except InputError as error:
            raise _after_redirect(seen, error) from error
        statuses.append(answer.status)
        if target in seen:
            raise FetchFailed(
                f"redirects in a circle (back to {shown_url(str(target))})",
                remedy="Open the page in a browser; it may need cookies, which are not kept",
            )
        if len(statuses) > most:
            raise FetchFailed(
                f"more than {most} redirects", remedy="Open the page in a browser and give the address where it ends"
            )
        seen.append(target)


def _after_redirect(seen: list[URL], error: InputError) -> InputError:
    """The error, saying to which address it belongs when that is not the one asked for."""
    if len(seen) == 1:
        return error
    message = f"redirected to {shown_url(str(seen[-1]))}: {error.message}"
    return type(error)(message, document=error.document, remedy=error.remedy)


class Budget:
    """Seconds that may be spent on one page; waiting for one's turn costs none.

    Args:
        seconds: all of them.
    """

    def __init__(self, seconds: float):
        self._seconds = self._left = seconds

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """Time that counts.

        Raises:
            FetchFailed: it is used up.
        """
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._left):
                yield
        except TimeoutError as error:
            raise FetchFailed(
                f"no complete answer within {self._seconds:g} seconds", remedy="Try again later, or allow more time"
            ) from error
        finally:
            self._left -= time.monotonic() - began
