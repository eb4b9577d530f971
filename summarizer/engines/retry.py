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
from typing import TYPE_CHECKING, Generic, TypeVar

from ..errors import TransportError
from ..telemetry.events import warn
from .failures import RetryableError, kind_of

if TYPE_CHECKING:
    from tenacity import RetryCallState

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
    tries = _Tries(send, policy, slot)
    try:
        return await tries.result()
    except RetryableError as error:
        raise _given_up(error, tries.tried) from error
    except TimeoutError as error:
        message = f"no answer came within the deadline of {policy.deadline:g} s"
        late = TransportError(message, remedy="Raise SUMMARIZER_DEADLINE, or try again later")
        raise _given_up(late, tries.tried) from error


class _Tries(Generic[T]):
    """One request, tried once or again and again."""

    def __init__(
        self, send: Callable[[], Awaitable[T]], policy: RetryPolicy, slot: AbstractAsyncContextManager[None] | None
    ):
        self._send = send
        self._policy = policy
        self._slot = slot
        self._deadline = asyncio.timeout(None)
        self._refused = 0
        self.tried = 0

    async def result(self) -> T:
        async with self._deadline:
            try:
                return await self._once()
            except RetryableError as error:
                first = error
            return await self._again(first)

    async def _once(self) -> T:
        async with self._slot or nullcontext():
            if not self.tried:
                self._deadline.reschedule(asyncio.get_running_loop().time() + self._policy.deadline)
            self.tried += 1
            try:
                return await self._send()
            except RetryableError as error:
                self._refused += error.status == 429 and self._slot is not None
                raise

    async def _again(self, first: RetryableError) -> T:
        """Go on after the first failure. Most requests have none, so that tenacity is not set up for each."""
        from tenacity import AsyncRetrying, retry_if_exception_type, wait_exponential, wait_random

        failed = [first]
        policy = self._policy
        grow = wait_exponential(policy.first_wait, policy.longest_wait) + wait_random(0, policy.first_wait)

        def wait(state: RetryCallState) -> float:
            return max(grow(state), _failure_in(state).retry_after or 0.0)

        async def next_try() -> T:
            if failed:
                raise failed.pop()
            return await self._once()

        retrying = AsyncRetrying(
            retry=retry_if_exception_type(RetryableError),
            wait=wait,
            stop=self._is_over,
            before_sleep=self._tell,
            reraise=True,
        )
        return await retrying(next_try)

    def _is_over(self, state: RetryCallState) -> bool:
        ends = self._deadline.when()
        late = ends is not None and asyncio.get_running_loop().time() + state.upcoming_sleep > ends
        return late or self.tried - self._refused >= self._policy.attempts

    def _tell(self, state: RetryCallState) -> None:
        error = _failure_in(state)
        fields = {
            "document": error.document, "why": kind_of(error), "status": error.status,
            "wait": round(state.upcoming_sleep, 3), "attempt": self.tried,
        }  # fmt: skip
        warn(_log, "request.retried", fields)


def _failure_in(state: RetryCallState) -> RetryableError:
    """What the last try has failed with."""
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, RetryableError)
    return error


def _given_up(failure: TransportError, tried: int) -> TransportError:
    """The last failure, told with how often it was tried."""
    times = "once" if tried == 1 else f"{tried} times"
    asked = failure.retry_after if isinstance(failure, RetryableError) else None
    wait = f"; it asks for a wait of {asked:.0f} s" if asked else ""
    message = f"{failure.message} (tried {times}{wait})"
    last = TransportError(message, document=failure.document, remedy=failure.remedy)
    last.status = failure.status
    return last
