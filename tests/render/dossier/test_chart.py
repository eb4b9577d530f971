"""The picture of a timeline."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.render.dossier.chart import RADIUS, chart, elapsed
from summarizer.render.dossier.shapes import Entry, Step, Support
from summarizer.render.dossier.view import view

from .sample import sample

DATES = st.sampled_from(
    [None, "2014", "2025-08-24", "2025-08-24/2025-08-25", "2025-08", "2025-08~", "../2025", "no date at all", "1066"]
)


def step(date, origins=1, disputed=False):
    return Step(date, date or "no date", Entry("", (), Support(origins=origins)), disputed)


def test_steps_stand_in_the_order_of_their_dates_and_those_without_at_the_end():
    shown = chart(view(sample()).stories[0].timeline)
    assert [dot.number for dot in sorted(shown.dots, key=lambda dot: dot.x)] == [1, 2, 3, 4, 5]
    assert shown.dots[4].x == shown.undated > shown.end
    assert [gap.lines[0] for gap in shown.gaps] == ["11 years", "2 months"]


def test_shapes_tell_single_origins_and_disputes():
    shown = chart(view(sample()).stories[0].timeline)
    assert [dot.single for dot in shown.dots] == [True, False, True, True, True]
    assert [dot.disputed for dot in shown.dots] == [False, True, False, False, False]


def test_steps_of_one_date_are_stacked():
    one, other = chart([step("2025"), step("2025")]).dots
    assert one.x == other.x
    assert abs(one.y - other.y) > 2 * RADIUS


@settings(deadline=None)
@given(st.lists(DATES, max_size=14))
def test_all_steps_stand_inside_the_picture_and_none_covers_another(dates):
    shown = chart([step(date) for date in dates])
    assert len(shown.dots) == len(dates)
    places = [(dot.x, dot.y) for dot in shown.dots]
    assert all(RADIUS <= x <= shown.width - RADIUS and y - RADIUS >= 0 and y + RADIUS <= shown.axis for x, y in places)
    pairs = [(a, b) for n, a in enumerate(places) for b in places[:n]]
    assert all(max(abs(a[0] - b[0]), abs(a[1] - b[1])) > 2 * RADIUS for a, b in pairs)


@settings(deadline=None)
@given(st.permutations(["2014", "2025-08-24", "2025-11", "1066"]))
def test_earlier_dates_stand_to_the_left(dates):
    shown = chart([step(date) for date in dates])
    assert [dates[dot.number - 1] for dot in sorted(shown.dots, key=lambda dot: dot.x)] == sorted(dates)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, ""),
        (-3, ""),
        (1, "1 day"),
        (59, "59 days"),
        (60, "2 months"),
        (729, "24 months"),
        (730, "2 years"),
        (4200, "11 years"),
    ],
)
def test_gaps_are_told_in_words(days, words):
    assert elapsed(days) == words
