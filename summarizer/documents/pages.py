"""One page: from the cache or through robots.txt, its turn, redirects and the guards of a request."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from ..errors import FetchFailed, InputError
from ..telemetry.events import fault
from .addresses import parsed, shown_url
from .answers import MOVED_FOR_GOOD, NOT_MODIFIED, Answer, Followed, is_page
from .fetch_options import FetchOptions
from .following import Budget, follow
from .page_cache import Kept, PageCache, fresh_until, validator
from .robots import MOST_BYTES, MOST_SECONDS, Robots, Rules
from .turns import Turns

if TYPE_CHECKING:
    from yarl import URL

    from .client import Client

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came.

    Args:
        asked: the URL that was asked for, as it was given.
        url: the one that answered, after redirects; without fragment.
        content_type: in lower case, without parameters; "" when the server states none.
        charset: what the header states.
        body: decompressed.
        fetched: when it was fetched or last found unchanged; ISO 8601 in UTC.
        cached: whether the body is from the cache.
    """

    asked: str
    url: str
    content_type: str
    charset: str | None
    body: bytes
    fetched: str
    cached: bool = False


class Pages:
    """Fetches pages, within one event loop.

    Args:
        client: makes the requests.
        options: for all pages.
        cache: where pages are kept.

    Raises:
        MissingExtra: robots.txt is to be obeyed and cannot be read.
    """

    def __init__(self, client: Client, options: FetchOptions, cache: PageCache | None):
        self._client = client
        self._options = options
        self._cache = cache
        self._turns = Turns(options.pause)
        self._robots = Robots(self._robots_txt) if options.robots else None

    async def page(self, asked: str) -> Page:
        """The page at a URL.

        Raises:
            InputError: there is none; the error names the URL, without credentials.
        """
        try:
            return await self._page(asked)
        except InputError as error:
            error.about(shown_url(asked))
            raise
        except Exception as error:  # what a library did not foresee must not cost the other pages
            fault(_log, shown_url(asked), error)
            raise FetchFailed(
                f"unexpected {type(error).__name__}", document=shown_url(asked), remedy="Please report it"
            ) from error

    async def _page(self, asked: str) -> Page:
        url = parsed(asked)
        self._client.network.require_public_literal(url)
        kept = await self._kept(str(url))
        if kept and kept.is_fresh:
            return _page_of(asked, kept, cached=True)
        ask = partial(self._request, budget=Budget(self._options.timeout), kept=kept)
        followed = await follow(url, ask, self._options.redirects)
        found = _found(str(url), followed, kept)
        if self._cache and found.is_useful:
            await asyncio.to_thread(self._cache.put, found)
        return _page_of(asked, found, cached=followed.answer.status == NOT_MODIFIED)

    async def _kept(self, url: str) -> Kept | None:
        if self._cache is None or self._options.fresh:
            return None
        kept = await asyncio.to_thread(self._cache.get, url)
        return kept if kept and len(kept.body) <= self._options.max_bytes else None

    async def _request(self, url: URL, budget: Budget, kept: Kept | None) -> Answer:
        """One of the requests for a page, in its turn."""
        self._client.network.require_public_literal(url)
        rules = Rules()
        if self._robots:
            async with budget.spending():
                rules = await self._robots.rules(url)
        rules.require(url)
        conditions = kept.conditions if kept and kept.url == str(url) else {}
        is_wanted = partial(is_page, conditions=conditions)
        async with self._turns.turn(url.raw_host or "", rules.delay), budget.spending():
            return await self._client.ask(url, is_wanted, self._options.max_bytes, conditions)

    async def _robots_txt(self, url: URL) -> Answer:
        def is_good(answer: Answer) -> bool:
            return answer.status // 100 == 2

        async def ask(url: URL) -> Answer:
            return await self._client.ask(url, is_good, MOST_BYTES)

        async with Budget(min(MOST_SECONDS, self._options.timeout)).spending():
            return (await follow(url, ask, self._options.redirects)).answer


def _found(asked: str, followed: Followed, kept: Kept | None) -> Kept:
    """The page in an answer, or the kept one that the answer says has not changed.

    A page behind a temporary redirect is asked for every time: it may lead elsewhere later.
    """
    answer, now = followed.answer, datetime.now(UTC)
    fetched = now.isoformat(timespec="seconds")
    fresh = fresh_until(answer.headers, now.timestamp())
    if fresh and not MOVED_FOR_GOOD.issuperset(followed.redirects):
        fresh = 0.0
    if kept and answer.status == NOT_MODIFIED:
        return replace(kept, fetched=fetched, fresh_until=fresh or 0.0)
    page = Kept(asked, str(answer.url), answer.content_type, answer.charset, answer.body, fetched)
    if fresh is None:
        return page
    etag, modified = validator(answer.headers, "ETag"), validator(answer.headers, "Last-Modified")
    return replace(page, etag=etag, last_modified=modified, fresh_until=fresh)


def _page_of(asked: str, kept: Kept, cached: bool) -> Page:
    return Page(asked, kept.url, kept.content_type, kept.charset, kept.body, kept.fetched, cached)
