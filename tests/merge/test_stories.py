"""Briefs grouped into stories: the shipped reports, planted hard cases, and what holds for any reports."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Brief, Summarizer
from summarizer.documents import load
from summarizer.evaluation.clustering import b_cubed
from summarizer.merge.profiles import Profile, profile
from summarizer.merge.stories import FULL, SPAN, Stories, cluster, why
from summarizer.models.document import Document

from .made import Told, made

ROOT = Path(__file__).parent.parent.parent
LIBYA = {"az_benghazi_visit", "el_benghazi_delegation", "el_two_meetings", "nl_turkije_libie"}
BASE = Told("base")


def of(told: Told) -> Profile:
    return profile(made(told))


def joined(one: Told, other: Told) -> bool:
    return cluster([of(one), of(other)]) == ((0, 1),)


def _briefs(folder: Path, **options: str | Path) -> list[Brief]:
    documents = [
        entry for entry in load([str(folder)]) if isinstance(entry, Document) and entry.source.endswith(".txt")
    ]
    return [brief for brief in Summarizer(**options).briefs(documents) if isinstance(brief, Brief)]  # type: ignore[arg-type]


def _truth(briefs: Sequence[Brief]) -> list[set[str]]:
    """True stories by file names: LANGUAGE_STORY, and the seeds' own."""
    found: Mapping[str, set[str]] = defaultdict(set)
    for brief in briefs:
        name = brief.document.id
        found["libya" if name in LIBYA else name.partition("_")[2]].add(name)
    return sorted(found.values(), key=sorted)


def _found(briefs: Sequence[Brief]) -> list[set[str]]:
    return sorted(
        ({briefs[number].document.id for number in group} for group in cluster(map(profile, briefs))), key=sorted
    )


@pytest.fixture(scope="module")
def evals() -> list[Brief]:
    return _briefs(ROOT / "evals" / "documents", replies=ROOT / "evals" / "replies" / "replies.jsonl")


@pytest.fixture(scope="module")
def seeds() -> list[Brief]:
    return _briefs(ROOT / "seeds", replies=ROOT / "seeds" / "replies.jsonl")


def test_the_evaluations_reports_fall_into_their_stories(evals: list[Brief]) -> None:
    """Six stories of four reports in 14 languages, and 14 reports alone."""
    assert len(evals) == 38
    assert _found(evals) == _truth(evals)


def test_four_seeds_tell_one_story_and_the_older_meeting_another(seeds: list[Brief]) -> None:
    assert _found(seeds) == [LIBYA, {"fa_tamimi_attache"}]


def test_both_sets_together_fall_into_the_same_stories(evals: list[Brief], seeds: list[Brief]) -> None:
    assert _found([*evals, *seeds]) == _truth([*evals, *seeds])


def test_briefs_without_translation_never_put_two_stories_together() -> None:
    """The offline engine translates nothing; stories fall apart there, as names in several scripts differ."""
    briefs = [brief for name in ("evals/documents", "seeds") for brief in _briefs(ROOT / name, model="offline")]
    score = b_cubed(_found(briefs), _truth(briefs))
    assert score.precision.value == 1.0
    assert (score.f1 or 0) >= 0.78


def test_the_same_in_other_spellings_and_words_is_one_story() -> None:
    other = replace(
        BASE, id="b", people=("Mirra Toldan", "Oscar Wennik", "Kalomas"), date=None, published="2024-03-08",
        words="put names under treaty that shares fishing rights along northern coast",
    )  # fmt: skip
    assert joined(BASE, other)


def test_another_matter_of_the_same_two_people_in_the_same_town_and_week_is_another_story() -> None:
    other = Told(
        "b", people=("Mira Toldane", "Oskar Vennik", "Lena Brudik"), places=("Port Averna",), date="2024-03-07",
        words="quarrelled over hospital budget that doctors call ruinous", types=("ACCUSE", "REJECT"),
    )  # fmt: skip
    assert not joined(BASE, other)


def test_namesakes_do_not_connect() -> None:
    """Same surnames, other given names."""
    assert joined(BASE, replace(BASE, id="b"))
    assert not joined(
        BASE, replace(BASE, id="b", people=("Jon Toldane", "Pia Vennik", "Sol Kalomas"), places=("Corvale",))
    )


def test_the_same_told_months_later_is_another_story() -> None:
    assert not joined(BASE, replace(BASE, id="b", date="2024-06-05", published="2024-06-06"))


def test_a_late_report_on_the_same_day_is_the_same_story() -> None:
    """Months between publications do not count when the days of the event agree."""
    assert joined(BASE, replace(BASE, id="b", published="2024-09-01"))


def test_a_report_without_dates_needs_a_third_proper_noun() -> None:
    two = replace(BASE, people=("Mira Toldane",), places=("Port Averna",))
    undated = replace(two, id="b", date=None, published=None)
    assert why(of(two), of(replace(two, id="c"))) is not None
    assert why(of(two), of(undated)) is None
    assert why(of(BASE), of(replace(BASE, id="b", date=None, published=None))) is not None


def test_a_round_up_does_not_put_the_stories_it_tells_together() -> None:
    """It names most people of three stories and has some words of each; its main event is that of the first."""
    vocabulary = [f"{first}{second}mling" for first in "bcdfg" for second in "aeiouhlrstwy"]
    stories = [
        Told("one", ("Mira Toldane", "Oskar Vennik", "Ruth Kalomas"), places=("Averna",), types=("AGREE",)),
        Told("two", ("Dario Pelgrim", "Hanna Stourbek", "Ilya Brandov"), places=("Corvale",), types=("PROTEST",)),
        Told("three", ("Kemal Durzan", "Sofia Marbel", "Petra Lindqvar"), places=("Dunmere",), types=("ASSAULT",)),
    ]
    stories = [replace(told, words=" ".join(vocabulary[number::3])) for number, told in enumerate(stories)]
    people = tuple(name for told in stories[1:] for name in told.people[:2])
    passing = tuple(f"Ana {name}" for name in ("Grotin", "Faulmer", "Zibelk", "Hostad", "Prunel", "Wemlok", "Dagfin"))
    words = " ".join((*vocabulary[0::3], *vocabulary[1:20:3], *vocabulary[2:20:3]))
    towns, types = ("Averna", "Corvale", "Dunmere"), ("AGREE", "PROTEST", "ASSAULT")
    round_up = Told("all", stories[0].people, (*people, *passing), towns, words, types)
    assert cluster(map(of, [*stories, round_up])) == ((0, 3), (1,), (2,))


def test_why_is_told_in_english_and_the_same_both_ways() -> None:
    one, other = of(BASE), of(replace(BASE, id="b", words=BASE.words + " of 25,000 boats", published=None, date=None))
    assert why(one, other) == why(other, one)
    assert why(one, other) == "5 proper nouns in common, alike in words, events of the same types, no date to compare"
    assert why(one, one) == "the same text"


def test_the_same_text_twice_is_one_story_even_when_nothing_is_known_of_it() -> None:
    empty = of(Told("a", people=(), places=(), types=(), words="", date=None, published=None))
    assert cluster([empty, empty]) == ((0, 1),)
    assert cluster([empty, replace(empty, document=1)]) == ((0,), (1,))


def test_no_reports_are_no_stories() -> None:
    assert cluster([]) == ()
    assert Stories().groups() == ()


def test_groups_are_known_between_additions() -> None:
    """A report may join, open or connect."""
    stories = Stories()
    first, last = replace(BASE, id="a"), replace(BASE, id="c", date="2024-03-25", published=None)
    between = replace(BASE, id="b", date="2024-03-15", published=None)
    seen = []
    for told in (first, last, between):
        stories.add(of(told))
        seen.append(stories.groups())
    assert seen == [((0,),), ((0,), (1,)), ((0, 1, 2),)]


def test_a_pair_of_names_that_very_many_reports_share_still_finds_those_of_the_fortnight() -> None:
    """More reports on other matters than a key holds, then two of one story, the whole period later."""
    others = [
        replace(
            of(replace(BASE, id=str(day))), words=1 << day, types=1 << day % 16, happened=(day, day), published=None
        )
        for day in range(1, 4 * FULL)
    ]
    late = 10 * SPAN * FULL
    pair = [replace(of(replace(BASE, id=name)), happened=(late, late), published=None) for name in "xy"]
    groups = cluster([*others, *pair])
    assert (len(others), len(others) + 1) in groups


_NAMES = ("Mira Toldane", "Oskar Vennik", "Ruth Kalomas", "Toldane", "Lena Brudik", "Jon Vennik")
_told = st.builds(
    Told,
    id=st.text("abcdef", min_size=6, max_size=6),
    people=st.lists(st.sampled_from(_NAMES), min_size=1, max_size=4, unique=True).map(tuple),
    places=st.lists(st.sampled_from(("Port Averna", "Belmor", "Corvale")), min_size=1, max_size=2, unique=True).map(
        tuple
    ),
    words=st.lists(st.sampled_from(Told("").words.split()), min_size=4, max_size=10).map(" ".join),
    date=st.sampled_from((None, "2024-03", "2024-03-05", "2024-03-12", "2024-03-22")),
    published=st.sampled_from((None, "2024-03-06", "2024-03-20")),
)
_reports = st.lists(_told.map(of), max_size=8)


@settings(max_examples=60, deadline=None)
@given(_reports, st.randoms(use_true_random=False))
def test_stories_do_not_depend_on_the_order_of_reports(reports: list[Profile], chance: random.Random) -> None:
    order = list(range(len(reports)))
    chance.shuffle(order)
    stories = Stories()
    for number in order:
        stories.add(reports[number])
    added = {frozenset(order[place] for place in group) for group in stories.groups()}
    assert added == set(map(frozenset, cluster(reports)))


@settings(max_examples=60, deadline=None)
@given(_reports, _told.map(of))
def test_another_report_never_takes_two_apart(reports: list[Profile], another: Profile) -> None:
    before, after = cluster(reports), cluster([*reports, another])
    assert all(any(set(group) <= set(larger) for larger in after) for group in before)


@settings(max_examples=60, deadline=None)
@given(_reports)
def test_stories_are_what_the_rule_for_two_connects(reports: list[Profile]) -> None:
    """Nothing is missed by comparing only those that share a key."""
    home = {number: group for group in cluster(reports) for number in group}
    for one in range(len(reports)):
        for other in range(one):
            if why(reports[one], reports[other]):
                assert home[one] == home[other]
    for group in home.values():
        if len(group) > 1:
            assert all(any(why(reports[n], reports[m]) for m in group if m != n) for n in group)
