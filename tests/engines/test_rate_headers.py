"""When a server wants to be asked again, as its headers say it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from summarizer.engines.rate_headers import wait_asked

from ..stub.behaviours import http_date

NOW = dt.datetime(2025, 3, 1, 12, 0, 0, tzinfo=dt.UTC).timestamp()


def asked(status: int, **headers: str) -> float | None:
    """The wait that headers ask for, given with _ for -."""
    return wait_asked(status, CIMultiDict({name.replace("_", "-"): value for name, value in headers.items()}), NOW)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "250", "Retry-After": "7"}, 0.25),
        ({"x-ratelimit-reset-requests": "1s"}, 1.0),
        ({"x-ratelimit-reset-requests": "6m0s"}, 360.0),
        ({"x-ratelimit-reset-tokens": "20ms"}, 0.02),
        ({"x-ratelimit-reset-tokens": "2m59.56s"}, 179.56),
        ({"x-ratelimit-reset-tokens": "1h0m1s"}, 3601.0),
        ({"x-ratelimit-reset-tokens": "7.5"}, 7.5),
        ({"Retry-After": "2", "x-ratelimit-reset-requests": "6m0s"}, 2.0),
        ({"anthropic-ratelimit-requests-reset": "2025-03-01T12:00:30Z"}, 30.0),
        ({"anthropic-ratelimit-input-tokens-reset": "2025-03-01T13:00:30+01:00"}, 30.0),
        ({"anthropic-ratelimit-tokens-reset": "2025-03-01T11:59:00Z"}, 0.0),
        ({}, None),
    ],
)
def test_a_refusal_says_in_many_ways_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    found = wait_asked(429, CIMultiDict(headers), NOW)
    assert found == (None if seconds is None else pytest.approx(seconds))


def test_a_date_is_a_wait_too() -> None:
    seconds = asked(503, Retry_After=http_date(100))
    assert seconds is not None
    assert 90 < seconds <= 100


def test_of_several_limits_the_one_that_is_reached_counts() -> None:
    day, minute = {"x_ratelimit_reset_requests": "8h0m0s"}, {"x_ratelimit_reset_tokens": "4s"}
    left = {"x_ratelimit_remaining_requests": "900", "x_ratelimit_remaining_tokens": "0"}
    assert asked(429, **day, **minute, **left) == 4.0
    assert asked(429, **day, **minute, **left | {"x_ratelimit_remaining_requests": "0"}) == 8 * 3600
    assert asked(429, **day, **minute, **left | {"x_ratelimit_remaining_tokens": "12"}) == 4.0, "the shortest"


def test_an_answer_asks_for_a_wait_only_when_nothing_is_left() -> None:
    reset = {"x_ratelimit_reset_requests": "9s"}
    assert asked(200, **reset) is None
    assert asked(200, **reset, x_ratelimit_remaining_requests="1") is None
    assert asked(200, **reset, x_ratelimit_remaining_requests="0") == 9.0
    assert asked(200, **reset, x_ratelimit_remaining_tokens="0") is None
    assert asked(200, Retry_After="9", retry_after_ms="9") is None


def test_other_failures_ask_for_a_wait_outright_or_not_at_all() -> None:
    assert asked(500, x_ratelimit_reset_requests="9s", x_ratelimit_remaining_requests="5") is None
    assert asked(503, Retry_After="9") == 9.0


ABSURD = [
    "",
    "soon",
    "nan",
    "inf",
    "1e9",
    "1000000000",
    "9" * 400,
    "9" * 400 + "s",
    "-",
    "6m0",
    "1w",
    "9999-12-31T00:00:00Z",
]


@pytest.mark.parametrize("value", ABSURD)
@pytest.mark.parametrize(
    "name", ["retry-after", "retry-after-ms", "x-ratelimit-reset-tokens", "anthropic-ratelimit-requests-reset"]
)
def test_what_nobody_can_mean_is_ignored(name: str, value: str) -> None:
    seconds = wait_asked(429, CIMultiDict({name: value}), NOW)
    assert seconds in (None, 0.0) or (name == "retry-after-ms" and seconds == pytest.approx(1e6, rel=1))


@pytest.mark.parametrize("value", ["-3", "-1e308", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00"])
def test_a_wait_that_is_over_is_none(value: str) -> None:
    assert not asked(429, x_ratelimit_reset_requests=value)
    assert not asked(429, Retry_After=value)


NAMES = st.sampled_from(
    ["retry-after", "retry-after-ms", "x-ratelimit-reset-requests", "x-ratelimit-remaining-requests",
     "anthropic-ratelimit-tokens-reset", "anthropic-ratelimit-tokens-remaining"]
)  # fmt: skip
VALUES = st.text(max_size=30) | st.from_regex(r"\A-?\d{1,400}(\.\d+)?(ms|s|m|h|d)?\Z") | st.datetimes().map(str)


@given(st.sampled_from([200, 429, 500, 503, 529]), st.dictionaries(NAMES, VALUES))
def test_no_headers_raise_and_no_wait_is_longer_than_a_day(status: int, headers: dict[str, str]) -> None:
    seconds = wait_asked(status, CIMultiDict(headers), NOW)
    assert seconds is None or 0 <= seconds <= 86_400
