"""Redirects followed, and the time for all of it."""

from __future__ import annotations

import asyncio

import pytest
from multidict import CIMultiDict
from yarl import URL

from summarizer.documents.answers import Answer, Followed
from summarizer.documents.following import Budget, follow
from summarizer.errors import AddressRefused, FetchFailed, InputError


def _follow(first: str, most: int = 5, **places: str | InputError | int) -> Followed:
    """Through https://plain.test/NAME: each name is a place that leads elsewhere, an error, or the last status."""

    async def ask(url: URL) -> Answer:
        place = places[url.path.strip("/")]
        if isinstance(place, InputError):
            raise place
        if isinstance(place, int):
            return Answer(url, place, CIMultiDict())
        status, _, location = place.partition(" ")
        return Answer(url, int(status), CIMultiDict(Location=location))

    return asyncio.run(follow(URL(f"https://plain.test/{first}"), ask, most))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_followed(status: int) -> None:
    followed = _follow("a", a=f"{status} /b", b="302 c", c=200)
    assert (followed.answer.url.path, followed.answer.status, followed.redirects) == ("/c", 200, (status, 302))


@pytest.mark.parametrize("status", [300, 304, 305, 404])
def test_other_answers_are_the_last_ones(status: int) -> None:
    followed = _follow("a", a=status)
    assert (followed.answer.status, followed.redirects) == (status, ())


def test_as_many_redirects_as_allowed_and_no_more() -> None:
    chain = {"a": "302 b", "b": "302 c", "c": 200}
    assert _follow("a", 2, **chain).answer.status == 200
    with pytest.raises(FetchFailed, match="more than 1 redirects"):
        _follow("a", 1, **chain)
    with pytest.raises(FetchFailed, match="more than 0 redirects"):
        _follow("a", 0, **chain)


def test_a_circle_is_called_one_also_when_only_the_fragment_differs() -> None:
    with pytest.raises(FetchFailed, match=r"in a circle \(back to https://plain\.test/b\)"):
        _follow("a", a="302 b#1", b="302 c#2", c="302 b#3")


def test_an_error_after_a_redirect_says_where_it_happened() -> None:
    with pytest.raises(AddressRefused, match=r"redirected to https://plain\.test/b: it may not\. Stay away"):
        _follow("a", a="302 b", b=AddressRefused("it may not", remedy="Stay away"))
    with pytest.raises(AddressRefused, match=r"^it may not"):
        _follow("a", a=AddressRefused("it may not"))


def test_a_redirect_from_https_to_http_is_not_followed() -> None:
    with pytest.raises(AddressRefused, match="from https to http"):
        _follow("a", a="302 http://plain.test/b", b=200)


def test_time_is_counted_while_it_is_spent_and_not_between() -> None:
    async def some() -> None:
        budget = Budget(0.1)
        for _ in range(2):
            async with budget.spending():
                await asyncio.sleep(0.03)
            await asyncio.sleep(0.1)
        with pytest.raises(FetchFailed, match=r"no complete answer within 0\.1 seconds"):
            async with budget.spending():
                await asyncio.sleep(0.07)

    asyncio.run(some())
