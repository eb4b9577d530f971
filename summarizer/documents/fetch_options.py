"""How pages of the web are fetched."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How pages are fetched, for all of them.

    Args:
        allow_private: also from addresses that are not of the public internet; lifts no other rule.
        max_bytes: the most that one page may have, compressed as well as decompressed.
        timeout: seconds for one page: robots.txt, redirects, headers and bodies together, without waiting for its turn.
        redirects: the most that are followed.
        pause: seconds between the starts of two requests to one host.
        robots: obey robots.txt.
        fresh: ask for every page again and take none from the cache; the new ones are kept.

    Raises:
        ConfigurationError: a number is out of range.
    """

    allow_private: bool = False
    max_bytes: int = 10_000_000
    timeout: float = 30.0
    redirects: int = 5
    pause: float = 1.0
    robots: bool = True
    fresh: bool = False

    def __post_init__(self) -> None:
        if self.max_bytes < 1 or self.timeout <= 0 or self.redirects < 0 or self.pause < 0:
            raise ConfigurationError(
                "the size and the time for a page must be above 0, redirects and pause not below",
                remedy="Give other numbers",
            )
