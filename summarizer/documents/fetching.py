"""The guarded fetcher: pages of the public web, for synchronous callers.

Every request is one to a public address, over http or https, within limits of time and size, and as robots.txt allows.
The rules of addresses are in `addresses`, of connections and sizes in `client` and `unpacking`, of answers in
`answers`, of sites in `robots` and `turns`, of the cache in `page_cache`; `pages` puts them in their order.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import FetchFailed, InputError
from .addresses import Network, is_url, shown_url
from .fetch_options import FetchOptions
from .page_cache import PageCache
from .pages import Page, Pages
from .robots import require_extra

__all__ = ["FetchOptions", "Fetcher", "Page", "is_url"]

_AHEAD = 16
"""Pages under way or waiting for their turn in `fetch_all`."""


class Fetcher:
    """Fetches pages in an event loop of its own thread, which begins with the first page.

    It may be used from any thread, and is a context manager.

    Args:
        options: for all pages.
        cache: a file where pages are kept; None keeps none.
        network: for tests.

    Raises:
        MissingExtra: robots.txt is to be obeyed and cannot be read.
    """

    def __init__(self, options: FetchOptions | None = None, cache: Path | None = None, network: Network | None = None):
        self._options = options or FetchOptions()
        self._cache = cache
        self._network = network or Network()
        if self._options.allow_private:
            self._network = replace(self._network, is_public=lambda _: True)
        if self._options.robots:
            require_extra()
        self._lock = threading.Lock()
        self._thread: _Thread | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fetch(self, url: str) -> Page:
        """The page at a URL.

        Raises:
            AddressRefused: the URL must not be fetched.
            FetchFailed: there is no page, or the fetcher is closed.
            DocumentTooLarge: the page is too large.
        """
        future = self._begin(url)
        try:
            return future.result()
        except CancelledError as error:
            raise _closed(url) from error
        finally:
            future.cancel()  # the caller was interrupted; otherwise it is done and this does nothing

    def fetch_all(self, urls: Iterable[str]) -> Iterator[Page | InputError]:
        """The pages at some URLs, or the errors instead of them, in the order of the URLs.

        URLs are read as they are needed, a few ahead of the results. Pages still under way when the caller stops early
        are given up.
        """
        waiting: deque[tuple[str, Future[Page]]] = deque()
        try:
            for url in urls:
                waiting.append((url, self._begin(url)))
                while waiting and (waiting[0][1].done() or len(waiting) >= _AHEAD):
                    yield _outcome(*waiting.popleft())
            while waiting:
                yield _outcome(*waiting.popleft())
        finally:
            for _, future in waiting:
                future.cancel()

    def close(self) -> None:
        """Give up what is under way, whose callers get a FetchFailed, and end the thread."""
        with self._lock:
            self._closed = True
            thread, self._thread = self._thread, None
        if thread:
            thread.end()

    def _begin(self, url: str) -> Future[Page]:
        with self._lock:
            if self._closed:
                future = Future[Page]()
                future.set_exception(_closed(url))
                return future
            self._thread = self._thread or _Thread(self._options, self._network, self._cache)
            return self._thread.begin(url)


class _Thread:
    """A thread with an event loop that fetches pages until it is told to end."""

    def __init__(self, options: FetchOptions, network: Network, cache: Path | None):
        self._options = options
        self._network = network
        self._cache = cache
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._pages: Future[Pages] = Future()
        self._thread = threading.Thread(target=self._run, name="summarizer-fetcher", daemon=True)
        self._thread.start()
        self._pages.result()

    def begin(self, url: str) -> Future[Page]:
        return asyncio.run_coroutine_threadsafe(self._pages.result().page(url), self._loop)

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def _run(self) -> None:
        """The life of the thread. It does not wait for look-ups of names, which the system cannot break off."""
        try:
            self._loop.run_until_complete(self._serve())
        except Exception as error:
            if self._pages.done():
                raise
            self._pages.set_exception(error)
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        from .client import Client

        cache = PageCache(self._cache) if self._cache else None
        try:
            async with Client(self._network, self._options.robots) as client:
                self._pages.set_result(Pages(client, self._options, cache))
                await self._over.wait()
                under_way = asyncio.all_tasks() - {asyncio.current_task()}
                for task in under_way:
                    task.cancel()
                await asyncio.gather(*under_way, return_exceptions=True)
        finally:
            if cache:
                cache.close()


def _outcome(url: str, future: Future[Page]) -> Page | InputError:
    try:
        return future.result()
    except CancelledError:
        return _closed(url)
    except InputError as error:  # a copy: the traceback holds what was read of the page
        return type(error)(error.message, document=error.document, remedy=error.remedy)


def _closed(url: str) -> FetchFailed:
    return FetchFailed(
        "the fetcher was closed before the page came",
        document=shown_url(url),
        remedy="Fetch it with a new one",
    )
