"""When a server wants to be asked again, as the headers of its answers say it.

Sources: RFC 9110, 10.2.3 (Retry-After); OpenAI's guide to rate limits (`retry-after-ms`, `x-ratelimit-reset-requests`
and `-tokens` as "1s", "6m0s", "20ms"); Anthropic's API reference (`anthropic-ratelimit-*-reset`, RFC 3339).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping

from .retry import retry_after

_LONGEST = 86_400.0
"""Seconds; a longer wait is taken for an error of the server."""
_UNITS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ns|us|µs|ms|s|m|h|d)")
_PARTS = re.compile(rf"(?:{_PART.pattern})+")
_OPENAI = [(f"x-ratelimit-remaining-{what}", f"x-ratelimit-reset-{what}") for what in ("requests", "tokens")]
_ANTHROPIC = [
    (f"anthropic-ratelimit-{what}-remaining", f"anthropic-ratelimit-{what}-reset")
    for what in ("requests", "tokens", "input-tokens", "output-tokens")
]
_PAIRS = (*_OPENAI, *_ANTHROPIC)
"""Headers that say what is left until a limit is reached, and when all of it is there again."""


def wait_asked(status: int, headers: Mapping[str, str], now: float) -> float | None:
    """Seconds for which the server wants no request; None where it does not say.

    Args:
        status: of its answer. To one that is no success it may say a wait outright.
        headers: of its answer, found whatever the case of their names.
        now: Unix time.
    """
    if status >= 400:
        told = _milliseconds(headers.get("retry-after-ms"))
        told = retry_after(headers.get("retry-after")) if told is None else told
        if told is not None:
            return _sensible(told)
    waits = list(_resets(headers, now))
    spent = [wait for is_spent, wait in waits if is_spent]
    if spent:
        return max(spent)
    return min((wait for _, wait in waits), default=None) if status == 429 else None


def _resets(headers: Mapping[str, str], now: float) -> Iterator[tuple[bool, float]]:
    """Of each limit that the headers tell of, whether nothing is left, and the seconds until all of it is."""
    for left, reset in _PAIRS:
        value = headers.get(reset)
        if value is not None:
            wait = _sensible(_seconds(value, now))
            if wait is not None:
                yield _number(headers.get(left)) == 0, wait


def _seconds(value: str, now: float) -> float | None:
    """Seconds until a moment that is written as a number of seconds, as "6m0s", or as RFC 3339 has it."""
    if _PARTS.fullmatch(value):
        return sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(value))
    number = _number(value)
    if number is not None:
        return number
    try:
        moment = dt.datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp() - now
    except (ValueError, OverflowError):
        return None


def _milliseconds(value: str | None) -> float | None:
    number = _number(value)
    return None if number is None else number / 1000


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return None


def _sensible(seconds: float | None) -> float | None:
    """The wait, 0 for one that is over; None for one that nobody can mean."""
    if seconds is None or math.isnan(seconds) or seconds > _LONGEST:
        return None
    return max(0.0, seconds)
