"""The invented reports of the bench: valid briefs, the same every time, of real size, and not trivially apart."""

from __future__ import annotations

import itertools
import json
import statistics

import pytest

from summarizer.models.brief import Brief
from tests.bench.newsroom import brief, briefs
from tests.bench.world import World


@pytest.fixture(scope="module")
def world() -> World:
    return World(3, 60)


def test_every_report_is_a_valid_brief_of_5_to_15_kB(world: World) -> None:
    lines = [line for _, line in briefs(world, 3)]
    assert len({Brief.model_validate_json(line).document.sha256 for line in lines}) == 180
    assert 5_000 < statistics.median(map(len, lines)) < 15_000


def test_the_same_seed_gives_the_same_reports() -> None:
    assert list(briefs(World(3, 20), 2)) == list(briefs(World(3, 20), 2))


def test_another_seed_gives_other_reports(world: World) -> None:
    assert brief(World(4, 60), World(4, 60).stories[0], 0) != brief(world, world.stories[0], 0)


def test_reports_of_one_story_differ_in_whom_they_name(world: World) -> None:
    named = [{a["name"] for a in brief(world, world.stories[0], number)["actors"]} for number in range(4)]
    assert all(one != other for one, other in itertools.combinations(named, 2))


def test_some_stories_share_their_leading_persons_and_town(world: World) -> None:
    shared = [
        one
        for one, other in itertools.combinations(world.stories, 2)
        if one.figures[:2] == other.figures[:2] and one.town == other.town and abs(one.day - other.day) <= 7
    ]
    assert shared


def test_some_reports_have_no_date(world: World) -> None:
    dated = [json.loads(line)["document"]["published"] for _, line in briefs(world, 5)]
    assert 0.02 < dated.count(None) / len(dated) < 0.3
