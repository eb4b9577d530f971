"""The limit of a server, found out by asking: what raises it, what lowers it, and what several workers know together."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.engines.limits import FIRST_REST, LONGEST_PAUSE, LONGEST_REST, NEVER, REACH, Limit
from summarizer.store import SharedLimit

NOW = 1_000_000.0


def rounds(limit: Limit, bears: int, number: int, begin: float = NOW) -> list[int]:
    """Requests under way in each of so many rounds of a second in which a server answers some and refuses the rest."""
    shares = []
    for sent in (begin + 2 * k for k in range(number)):
        at_once = limit.share
        shares.append(at_once)
        for k in range(at_once):
            if k < bears:
                limit.answered(sent, limit.share)
            else:
                limit.refused(sent, sent + 1)
    return shares


def test_it_doubles_each_round_up_to_the_most() -> None:
    assert rounds(Limit(100, 4.0), 1000, 7) == [4, 8, 16, 32, 64, 100, 100]


def test_it_begins_where_it_is_told_to() -> None:
    assert rounds(Limit(512, 512.0), 1000, 2) == [512, 512]
    assert Limit(8, 64.0).share == 8


def test_once_lowered_it_grows_by_one_a_round() -> None:
    limit = Limit(64, 32.0)
    assert limit.refused(NOW - 1, NOW - 1)
    shares = rounds(limit, 1000, 6)
    assert shares[0] == 16
    assert all(0 <= later - sooner <= 1 for sooner, later in pairwise(shares))
    assert 20 <= shares[-1] <= 21


@pytest.mark.parametrize("bears", [1, 3, 8, 50])
@pytest.mark.parametrize("start", [1, 16, 64])
def test_it_comes_to_swing_between_half_of_what_the_server_bears_and_one_more(bears: int, start: int) -> None:
    settled = rounds(Limit(64, float(start)), bears, 400)[100:]
    assert max(settled) == bears + 1
    assert min(settled) >= max(1, (bears + 1) // 2)
    assert sum(settled) / len(settled) >= 0.7 * bears


def test_a_crowd_of_refusals_halves_it_once() -> None:
    limit = Limit(64, 64.0)
    assert [limit.refused(NOW, NOW + 1 + k / 100) for k in range(56)] == [True] + [False] * 55
    assert limit.value == 32.0


def test_what_was_sent_after_it_was_lowered_can_lower_it_again() -> None:
    limit = Limit(64, 64.0)
    limit.refused(NOW, NOW + 1)
    assert not limit.refused(NOW + 0.9, NOW + 2)
    assert limit.refused(NOW + 1.1, NOW + 2)
    assert limit.value == 16.0


def test_answers_to_what_was_sent_before_it_was_lowered_do_not_raise_it() -> None:
    limit = Limit(64, 8.0)
    limit.refused(NOW, NOW + 1)
    limit.answered(NOW + 0.5, 8)
    assert limit.value == 4.0
    limit.answered(NOW + 1.1, 4)
    assert limit.value == 4.25


def test_it_grows_only_when_it_was_used() -> None:
    limit = Limit(64, 8.0)
    limit.answered(NOW, 7)
    assert limit.value == 8.0
    limit.answered(NOW, 8)
    assert limit.value == 9.0


def test_it_never_falls_below_one_request_at_a_time() -> None:
    limit = Limit(8, 8.0)
    lowered = [limit.refused(NOW + k, NOW + k + 0.5) for k in range(10)]
    assert lowered == [True] * 3 + [False] * 7
    assert (limit.value, limit.share) == (1.0, 1)


def test_a_server_that_refuses_one_at_a_time_is_asked_less_and_less_often() -> None:
    limit, now, rests = Limit(8, 1.0), NOW, []
    for _ in range(12):
        limit.refused(now, now)
        rests.append(limit.resumes() - now)
        now = limit.resumes()
    assert rests[:4] == [FIRST_REST, 2 * FIRST_REST, 4 * FIRST_REST, 8 * FIRST_REST]
    assert rests[-1] == LONGEST_REST
    limit.answered(now, 1)
    limit.refused(now + 1, now + 1)
    assert limit.value == 1.0
    limit.refused(now + 2, now + 2)
    assert limit.resumes() == now + 2 + FIRST_REST


def test_time_outs_lower_it_when_nobody_is_answered() -> None:
    limit = Limit(8, 8.0)
    limit.answered(NOW, 1)
    assert limit.timed_out(NOW + 1, NOW + 180)
    assert limit.value == 4.0


def test_a_time_out_does_not_count_when_later_requests_were_answered() -> None:
    limit = Limit(8, 8.0)
    limit.answered(NOW + 2, 1)
    assert not limit.timed_out(NOW + 1, NOW + 180)
    assert limit.value == 8.0


def test_the_longest_pause_asked_for_holds() -> None:
    limit = Limit(8, 8.0)
    for seconds in (3.0, 20.0, 5.0):
        limit.pause(seconds, NOW)
    assert limit.resumes() == NOW + 20.0


@pytest.mark.parametrize(
    ("seconds", "until"),
    [(math.nan, 0.0), (-5.0, 0.0), (0.0, 0.0), (1e9, NOW + LONGEST_PAUSE), (math.inf, NOW + LONGEST_PAUSE)],
)
def test_absurd_pauses_are_bounded(seconds: float, until: float) -> None:
    limit = Limit(8, 8.0)
    limit.pause(seconds, NOW)
    assert limit.resumes() == until


def test_workers_divide_it_and_each_gets_one_at_least() -> None:
    limit = Limit(64, 16.0)
    for workers, share in ((1, 16), (2, 8), (3, 5), (40, 1)):
        limit.agree(SharedLimit(16.0, 0.0, NEVER, workers), NOW)
        assert limit.share == share


def test_what_each_worker_has_found_is_added() -> None:
    one, other = Limit(64, 8.0), Limit(64, 8.0)
    store = SharedLimit(8.0, 0.0, NEVER, 2)
    one.agree(store, NOW)
    other.agree(store, NOW)
    for limit in (one, other):
        for _ in range(3):
            limit.answered(NOW, limit.share)
    assert one.agree(store, NOW)
    assert other.agree(SharedLimit(one.value, 0.0, NEVER, 2), NOW)
    assert other.value == 14.0
    assert not one.agree(SharedLimit(14.0, 0.0, NEVER, 2), NOW)
    assert one.value == 14.0


def test_the_newest_lowering_wins_so_one_overload_is_not_counted_by_each_worker() -> None:
    one, other = Limit(64, 16.0), Limit(64, 16.0)
    one.refused(NOW, NOW + 1)
    other.refused(NOW, NOW + 1.1)
    told = SharedLimit(one.value, 0.0, one.lowered, 2)
    assert other.agree(told, NOW + 2)
    assert other.value == 8.0
    assert not one.agree(SharedLimit(other.value, 0.0, other.lowered, 2), NOW + 2)
    assert (one.value, one.lowered) == (8.0, NOW + 1.1)


def test_growth_that_knew_nothing_of_a_lowering_is_dropped() -> None:
    limit = Limit(64, 16.0)
    limit.agree(SharedLimit(16.0, 0.0, NEVER, 1), NOW)
    limit.answered(NOW, 16)
    assert not limit.agree(SharedLimit(8.0, 0.0, NOW, 2), NOW + 1)
    assert limit.value == 8.0


def test_a_worker_waits_until_the_others_have_heard_of_a_lower_limit() -> None:
    limit = Limit(64, 16.0, workers=2)
    limit.refused(NOW, NOW)
    assert not limit.refused(NOW + 0.1, NOW + 0.2)
    assert limit.value == 8.0
    assert limit.resumes() == NOW + REACH
    assert limit.refused(NOW + REACH, NOW + REACH)


def test_a_pause_is_shared_unless_a_wrong_clock_has_set_it() -> None:
    limit = Limit(64, 16.0)
    limit.agree(SharedLimit(16.0, NOW + 30, NEVER, 2), NOW)
    assert limit.resumes() == NOW + 30
    assert limit.agree(SharedLimit(16.0, NOW + 36_000, NEVER, 2), NOW), "the wrong pause is replaced"
    assert limit.resumes() == NOW + 30


@given(
    st.integers(1, 600), st.integers(1, 600),
    st.lists(st.tuples(st.sampled_from("arts"), st.floats(0, 3), st.floats(allow_nan=True)), max_size=200),
)  # fmt: skip
def test_whatever_happens_it_stays_between_one_and_the_most(most: int, start: int, events: list) -> None:
    limit, now = Limit(most, float(min(start, most))), NOW
    for event, passed, number in events:
        now += passed
        before = limit.value
        if event == "a":
            limit.answered(now - 1, limit.share)
        elif event == "r":
            limit.refused(now - 1, now)
        elif event == "t":
            limit.timed_out(now - 1, now)
        else:
            limit.pause(number, now)
        assert limit.value >= 1.0
        assert limit.value <= most
        assert before / 2 <= limit.value <= before + 1 or limit.value == 1.0
        assert limit.share in range(1, most + 1)
        assert limit.resumes() <= now + LONGEST_PAUSE
