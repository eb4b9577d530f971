"""When a failed request is sent again, and when it is given up: the one place that decides.

Sent again: 408, 409, 425, 429, every 5xx, connection failures, time-outs, and bodies that are no completion. Waits grow
exponentially with jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"), never below a Retry-After, and end
at a total deadline for the document.
"""

from __future__ import annotations

import email.utils
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from ..errors import TransportError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long and how often one request is tried.

    Args:
        attempts: requests sent at most.
        deadline: seconds from the first request to the last answer.
        timeout: seconds that one request may take.
        first_wait: seconds before the second request, doubled each time.
        longest_wait: seconds between two requests at most, unless the server asks for more.
    """

    attempts: int = 6
    deadline: float = 600.0
    timeout: float = 180.0
    first_wait: float = 0.5
    longest_wait: float = 30.0


class RetryableError(TransportError):
    """A failure that may pass; `retry_after` is what the server asked for, in seconds."""

    retry_after: float | None = None


def retry_after(value: str | None) -> float | None:
    """Seconds meant by a Retry-After header: a number, or an HTTP date (RFC 9110, 10.2.3)."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


async def with_retries(send: Callable[[], Awaitable[T]], policy: RetryPolicy) -> T:
    """Call `send` until it succeeds, fails for good, or the policy ends it.

    Raises:
        TransportError: the last failure, saying how often it was tried.
        EngineError: any failure that is not worth a retry, as it was raised.
    """
    from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_exponential_jitter

    grow = wait_exponential_jitter(initial=policy.first_wait, max=policy.longest_wait, jitter=policy.first_wait)

    def wait(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, RetryableError) else None
        return max(grow(state), asked or 0.0)

    def stop(state: RetryCallState) -> bool:
        passed = state.seconds_since_start or 0.0
        return state.attempt_number >= policy.attempts or passed + state.upcoming_sleep > policy.deadline

    tried = 0

    async def counted() -> T:
        nonlocal tried
        tried += 1
        return await send()

    retrying = AsyncRetrying(retry=retry_if_exception_type(RetryableError), wait=wait, stop=stop, reraise=True)
    try:
        return await retrying(counted)
    except RetryableError as error:
        times = "once" if tried == 1 else f"{tried} times"
        raise TransportError(
            f"{error.message} (tried {times})", document=error.document, remedy=error.remedy
        ) from error
