"""robots.txt: what a site lets programs read, and how often (RFC 9309)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import AddressRefused, FetchFailed, InputError, MissingExtra
from .answers import Answer, status_words

if TYPE_CHECKING:
    from yarl import URL

AGENT = "summarizer"
"""The name by which a robots.txt may call this program."""

MOST_BYTES = 512_000
MOST_SECONDS = 10.0
"""For one robots.txt, redirects included."""

_LONGEST_DELAY = 10.0
_GROUP = re.compile(r"\s*user[-\s]*agent(?:\s*:|\s)\s*([^#]*)", re.IGNORECASE)
_NAME = re.compile(r"\*$|[a-z_-]*")
_REMEDY = "Open the page in a browser, save it and give the file"


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to this program.

    Args:
        read: the rules, as Protego reads them; None when there are none.
        fault: why nothing of the site is read, for want of its rules.
    """

    read: Any = None
    fault: InputError | None = None

    def require(self, url: URL) -> None:
        """Refuse a page that the rules forbid.

        Raises:
            AddressRefused: they do, or the site or an address of its robots.txt does not let them be known.
            FetchFailed: they could not be fetched.
        """
        if self.fault:
            raise type(self.fault)(self.fault.message, remedy=self.fault.remedy)
        if self.read and not self.read.can_fetch(str(url), AGENT):
            raise AddressRefused(f"the robots.txt of {url.raw_host} does not let programs read it", remedy=_REMEDY)

    @property
    def delay(self) -> float:
        """Seconds that the site wants between two requests, at most 10."""
        stated = self.read.crawl_delay(AGENT) if self.read else None
        return min(stated or 0.0, _LONGEST_DELAY)


class Robots:
    """The rules of every site, asked for once each.

    Args:
        ask: the answer to a request for a robots.txt, redirects followed; its body when the status is a good one.

    Raises:
        MissingExtra: Protego is not installed.
    """

    def __init__(self, ask: Callable[[URL], Awaitable[Answer]]):
        require_extra()
        self._ask = ask
        self._sites: dict[URL, asyncio.Task[Rules]] = {}

    async def rules(self, url: URL) -> Rules:
        """The rules of the site (scheme, host and port) of a page; several who ask at once wait for one request."""
        site = url.origin()
        if site not in self._sites:
            self._sites[site] = asyncio.create_task(self._read(site))
        return await asyncio.shield(self._sites[site])

    async def _read(self, site: URL) -> Rules:
        try:
            answer = await self._ask(site / "robots.txt")
        except InputError as error:
            kind = FetchFailed if isinstance(error, FetchFailed) else AddressRefused
            return Rules(fault=kind(f"the robots.txt of the site cannot be read: {error.message}", remedy=error.remedy))
        if answer.status // 100 == 4:
            return Rules()
        if answer.status // 100 != 2:
            said = f"the robots.txt of the site is answered with status {status_words(answer.status)}"
            return Rules(fault=AddressRefused(f"{said}, so that nothing of it may be read", remedy="Try again later"))
        return parsed_rules(answer.body.decode("utf-8-sig", "replace"))


def parsed_rules(text: str) -> Rules:
    """The rules in the text of a robots.txt.

    Groups of other programs are put under one name: Protego keeps every rule for each name of its group, and a file may
    hold thousands of both.
    """
    from protego import Protego

    return Rules(Protego.parse("\n".join(map(_for_us, text.splitlines()))))


def require_extra() -> None:
    """Check that robots.txt can be read.

    Raises:
        MissingExtra: Protego is not installed.
    """
    try:
        import protego  # noqa: F401
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "fetching pages needs Protego, which reads robots.txt", remedy='pip install "summarizer[html]"'
        ) from error


def _for_us(line: str) -> str:
    """A line, with any name that is neither ours nor everyone's made the same."""
    group = _GROUP.match(line)
    if group is None:
        return line
    name = _NAME.match(group[1].strip().lower())
    return f"User-agent: {name[0] if name and name[0] in (AGENT, '*') else 'another'}"
