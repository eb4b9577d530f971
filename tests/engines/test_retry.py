"""When a request is sent again, in an event loop whose clock leaps from timer to timer."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.engines.failures import RetryableError
from summarizer.engines.retry import RetryPolicy, retry_after, with_retries
from summarizer.errors import (
    AuthenticationFailed,
    ContentFiltered,
    EngineError,
    Refusal,
    TransportError,
    TruncatedReply,
)

from ..stub.behaviours import http_date
from .asking import run_in_virtual_time

POLICY = RetryPolicy(attempts=6, deadline=1000.0, timeout=10.0, first_wait=0.5, longest_wait=4.0)


def busy(wait: float | None = None) -> RetryableError:
    """A failure that may pass."""
    failure = RetryableError("the server is busy", document="r", remedy="Try again later")
    failure.retry_after = wait
    return failure


class Server:
    """Fails with these errors in turn, then answers; each request takes some seconds."""

    def __init__(self, *failures: Exception, takes: float = 0.0) -> None:
        self.failures = list(failures)
        self.takes = takes
        self.asked_at: list[float] = []

    async def send(self) -> str:
        self.asked_at.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self.takes)
        if self.failures:
            raise self.failures.pop(0)
        return "answer"

    @property
    def waits(self) -> list[float]:
        """Seconds between the requests."""
        return [later - sooner for sooner, later in pairwise(self.asked_at)]

    def asked(self, policy: RetryPolicy = POLICY) -> str:
        """What comes of asking it by a policy."""
        return run_in_virtual_time(with_retries(self.send, policy))


def test_an_answer_is_not_asked_for_again() -> None:
    server = Server()
    assert server.asked() == "answer"
    assert len(server.asked_at) == 1


def test_waits_double_up_to_the_longest_with_jitter_on_top() -> None:
    server = Server(*[busy()] * 5)
    assert server.asked() == "answer"
    for wait, least in zip(server.waits, [0.5, 1.0, 2.0, 4.0, 4.0], strict=True):
        assert least <= wait <= least + 0.5 + 1e-6


def test_jitter_keeps_clients_apart() -> None:
    waits = set()
    for _ in range(10):
        server = Server(busy())
        server.asked()
        waits.update(server.waits)
    assert len(waits) > 1


@pytest.mark.parametrize("wait", [3.0, 60.0])
def test_a_retry_after_is_honoured_even_above_the_longest_wait(wait: float) -> None:
    server = Server(busy(wait))
    assert server.asked() == "answer"
    assert server.waits == [pytest.approx(wait, abs=0.01)]


def test_a_short_retry_after_does_not_shorten_the_wait() -> None:
    server = Server(busy(0.0))
    server.asked()
    assert server.waits[0] >= 0.5


def test_a_retry_after_beyond_the_deadline_is_not_waited_for() -> None:
    server = Server(busy(3600.0))
    with pytest.raises(TransportError, match=r"tried once; it asks for a wait of 3600 s"):
        server.asked()
    assert len(server.asked_at) == 1


def test_after_the_last_attempt_the_last_failure_is_told() -> None:
    server = Server(*[busy()] * 9)
    with pytest.raises(TransportError, match=r"^r: the server is busy \(tried 3 times\). Try again later$") as caught:
        server.asked(RetryPolicy(attempts=3))
    assert not isinstance(caught.value, RetryableError)
    assert len(server.asked_at) == 3


def test_one_attempt_means_one_request() -> None:
    server = Server(busy())
    with pytest.raises(TransportError, match="tried once"):
        server.asked(RetryPolicy(attempts=1))
    assert len(server.asked_at) == 1


def test_no_wait_begins_that_would_pass_the_deadline() -> None:
    server = Server(*[busy()] * 99, takes=10.0)
    with pytest.raises(TransportError, match="tried 4 times"):
        server.asked(RetryPolicy(attempts=99, deadline=45.0, first_wait=1.0, longest_wait=3.0))


def test_a_request_under_way_at_the_deadline_is_given_up() -> None:
    server = Server(takes=500.0)
    with pytest.raises(TransportError, match=r"deadline of 45 s \(tried once\). Raise SUMMARIZER_DEADLINE"):
        server.asked(RetryPolicy(deadline=45.0))


@pytest.mark.parametrize("kind", [Refusal, ContentFiltered, TruncatedReply, AuthenticationFailed, TransportError])
def test_what_will_not_pass_is_not_tried_again(kind: type[EngineError]) -> None:
    failure = kind("no", document="r")
    server = Server(failure)
    with pytest.raises(kind) as caught:
        server.asked()
    assert caught.value is failure
    assert len(server.asked_at) == 1


def test_cancellation_ends_the_waiting() -> None:
    server = Server(*[busy(100.0)] * 3)

    async def cancelled() -> bool:
        under_way = asyncio.create_task(with_retries(server.send, POLICY))
        await asyncio.sleep(1.0)
        under_way.cancel()
        await asyncio.wait([under_way])
        return under_way.cancelled()

    assert run_in_virtual_time(cancelled())
    assert len(server.asked_at) == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("0", 0.0), ("12", 12.0), ("1.5", 1.5), ("-3", 0.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
     ("", None), (None, None), ("soon", None), ("Thu, 99 Foo 2020", None)],
)  # fmt: skip
def test_retry_after_is_read_as_seconds(value: str | None, seconds: float | None) -> None:
    assert retry_after(value) == seconds


def test_retry_after_is_read_as_a_date() -> None:
    seconds = retry_after(http_date(100))
    assert seconds is not None
    assert 90 < seconds <= 100


@given(st.text(max_size=30) | st.from_regex(r"\A\w{3}, \d{2} \w{3} \d{4,6} \d\d:\d\d:\d\d [+-]?\w{2,4}\Z"))
def test_no_retry_after_raises(value: str) -> None:
    seconds = retry_after(value)
    assert seconds is None or seconds >= 0
