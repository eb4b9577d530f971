"""When a failed request is sent again, and when it is given up: the one place that decides.

Sent again: 408, 409, 425, 429, every 5xx, connection failures, time-outs, and bodies that are no completion. Waits grow
exponentially with jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"), never below a Retry-After. At the
deadline a request that is under way is given up, and no wait begins that would pass it.
"""

from __future__ import annotations

import asyncio
import email.utils
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from ..errors import TransportError
from ..telemetry.events import warn
from .failures import RetryableError, kind_of

T = TypeVar("T")
_log = logging.getLogger("summarizer.engines")


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


async def with_retries(
    send: Callable[[], Awaitable[T]], policy: RetryPolicy, slot: AbstractAsyncContextManager[None] | None = None
) -> T:
    """Call `send` until it succeeds, fails for good, or the policy ends it.

    Args:
        send: sends the request once.
        policy: ends it.
        slot: held while the request is under way. The deadline is that from the first time it is held, and 429 is no
            failed attempt: fewer requests at once are what helps.

    Raises:
        TransportError: the last failure, saying how often it was tried.
        EngineError: any failure that is not worth a retry, as it was raised.
    """
    from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_exponential, wait_random

    grow = wait_exponential(policy.first_wait, policy.longest_wait) + wait_random(0, policy.first_wait)
    now = asyncio.get_running_loop().time
    began: float | None = None
    tried = refused = 0

    def wait(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, RetryableError) else None
        return max(grow(state), asked or 0.0)

    def stop(state: RetryCallState) -> bool:
        late = began is not None and now() - began + state.upcoming_sleep > policy.deadline
        return late or tried - refused >= policy.attempts

    def before_sleep(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        fields = {
            "document": getattr(error, "document", None), "why": kind_of(error),
            "status": getattr(error, "status", None), "wait": round(state.upcoming_sleep, 3), "attempt": tried,
        }  # fmt: skip
        warn(_log, "request.retried", fields)

    async def counted() -> T:
        nonlocal began, tried, refused
        async with slot or nullcontext():
            if began is None:
                began = now()
                deadline.reschedule(began + policy.deadline)
            tried += 1
            try:
                return await send()
            except RetryableError as error:
                refused += slot is not None and error.status == 429
                raise

    retrying = AsyncRetrying(
        retry=retry_if_exception_type(RetryableError), wait=wait, stop=stop, before_sleep=before_sleep, reraise=True
    )
    try:
        async with asyncio.timeout(None) as deadline:
            return await retrying(counted)
    except RetryableError as error:
        raise _given_up(error, tried) from error
    except TimeoutError as error:
        message = f"no answer came within the deadline of {policy.deadline:g} s"
        late = TransportError(message, remedy="Raise SUMMARIZER_DEADLINE, or try again later")
        raise _given_up(late, tried) from error


def _given_up(failure: TransportError, tried: int) -> TransportError:
    """The last failure, told with how often it was tried."""
    times = "once" if tried == 1 else f"{tried} times"
    asked = failure.retry_after if isinstance(failure, RetryableError) else None
    wait = f"; it asks for a wait of {asked:.0f} s" if asked else ""
    message = f"{failure.message} (tried {times}{wait})"
    last = TransportError(message, document=failure.document, remedy=failure.remedy)
    last.status = failure.status
    return last
