"""robots.txt: who may read what, and how often."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable

import pytest
from multidict import CIMultiDict
from yarl import URL

from summarizer.documents.answers import Answer
from summarizer.documents.robots import Robots, Rules, parsed_rules
from summarizer.errors import AddressRefused, DocumentTooLarge, FetchFailed, MissingExtra

PAGE = URL("https://plain.test/news/a")


def _may_read(rules: Rules, url: URL = PAGE) -> bool:
    try:
        rules.require(url)
    except AddressRefused:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True), ("# nothing", True), ("User-agent: *\nDisallow:", True), ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /news/", False), ("User-agent: *\nDisallow: /old/", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/a", True), ("User-agent: *\nDisallow: /*a$", False),
        ("User-agent: other\nDisallow: /", True), ("User-agent: other\nUser-agent: *\nDisallow: /", False),
        ("User-agent: Summarizer\nDisallow: /", False), ("user-agent : summarizer/1.0 # us\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: summarizer\nAllow: /", True),
        ("User-agent: sum\nDisallow: /", True), ("User-agent: summarizerbot\nDisallow: /", True),
        ("User-agent: *bot\nDisallow: /", True), ("\ufeffUser-agent: *\nDisallow: /", True),
        ("<html><p>Not found</p></html>", True), ("Disallow: /", True), ("User-agent: *\rDisallow: /", False),
    ],
)  # fmt: skip
def test_the_rules_for_this_program_or_else_for_all_are_kept(text: str, expected: bool) -> None:
    """Names are compared as a whole and without case, up to the first character that no name has (RFC 9309)."""
    assert _may_read(parsed_rules(text)) is expected


def test_a_refusal_says_whose_rule_it_is_and_what_to_do() -> None:
    with pytest.raises(AddressRefused, match=r"robots\.txt of plain\.test does not let.*browser"):
        parsed_rules("User-agent: *\nDisallow: /").require(PAGE)


@pytest.mark.parametrize(
    ("stated", "expected"), [("2.5", 2.5), ("10", 10.0), ("86400", 10.0), ("-1", 0.0), ("nan", 0.0), ("soon", 0.0)]
)
def test_the_delay_that_a_site_wants_is_kept_up_to_ten_seconds(stated: str, expected: float) -> None:
    assert parsed_rules(f"User-agent: *\nCrawl-delay: {stated}").delay == expected


def test_many_names_with_many_rules_cost_no_more_than_few() -> None:
    """Kept for each name, these would be 225 million rules."""
    names = "".join(f"User agent bot{n}\n" for n in range(15_000))
    rules = "".join(f"Disallow: /{n}\n" for n in range(15_000))
    assert _may_read(parsed_rules(names + rules))
    assert not _may_read(parsed_rules(f"{names}User-agent: *\n{rules}"), URL("https://plain.test/7"))


def _answered(status: int, body: bytes = b"") -> Callable[[URL], Awaitable[Answer]]:
    async def ask(url: URL) -> Answer:
        return Answer(url, status, CIMultiDict(), body)

    return ask


def _rules(ask: Callable[[URL], Awaitable[Answer]]) -> Rules:
    async def read() -> Rules:
        return await Robots(ask).rules(PAGE)

    return asyncio.run(read())


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 499])
def test_a_site_without_rules_may_be_read(status: int) -> None:
    assert _may_read(_rules(_answered(status)))


@pytest.mark.parametrize("status", [304, 500, 503, 599, 999])
def test_a_site_that_does_not_tell_its_rules_may_not_be_read(status: int) -> None:
    with pytest.raises(
        AddressRefused, match=f"robots.txt of the site is answered with status {status}.*Try again later"
    ):
        _rules(_answered(status)).require(PAGE)


def test_a_mark_of_the_byte_order_and_other_bytes_do_no_harm() -> None:
    assert not _may_read(_rules(_answered(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n# \xff")))


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(FetchFailed, FetchFailed), (AddressRefused, AddressRefused), (DocumentTooLarge, AddressRefused)],
)
def test_rules_that_cannot_be_fetched_stop_every_page_of_the_site(
    fault: type[FetchFailed], kind: type[FetchFailed]
) -> None:
    """With an error of its own for each page."""

    async def ask(url: URL) -> Answer:
        raise fault("it is so", remedy="Do this")

    rules = _rules(ask)
    with pytest.raises(kind, match=r"robots\.txt of the site cannot be read: it is so\. Do this") as first:
        rules.require(PAGE)
    with pytest.raises(kind) as second:
        rules.require(PAGE)
    assert first.value is not second.value


def test_each_site_is_asked_once_even_when_many_ask_at_once() -> None:
    asked: list[str] = []

    async def ask(url: URL) -> Answer:
        asked.append(str(url))
        await asyncio.sleep(0)
        return Answer(url, 200, CIMultiDict(), b"User-agent: *\nDisallow: /b")

    async def read() -> list[Rules]:
        robots = Robots(ask)
        pages = ["https://plain.test/a?b", "https://plain.test/b", "http://plain.test/a", "https://plain.test:8443/a"]
        return await asyncio.gather(*(robots.rules(URL(page)) for page in pages * 3))

    assert len(asyncio.run(read())) == 12
    assert sorted(asked) == [
        "http://plain.test/robots.txt", "https://plain.test/robots.txt", "https://plain.test:8443/robots.txt"
    ]  # fmt: skip


def test_who_gives_up_waiting_for_the_rules_does_not_take_them_from_the_others() -> None:
    async def read() -> Rules:
        let = asyncio.Event()

        async def ask(url: URL) -> Answer:
            await let.wait()
            return Answer(url, 200, CIMultiDict(), b"User-agent: *\nDisallow: /")

        robots = Robots(ask)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await robots.rules(PAGE)
        let.set()
        return await robots.rules(PAGE)

    assert not _may_read(asyncio.run(read()))


def test_without_protego_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "protego", None)
    with pytest.raises(MissingExtra, match=r'pip install "summarizer\[html\]"'):
        Robots(_answered(200))
