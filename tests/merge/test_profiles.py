"""What a profile keeps of a brief."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import replace

import pytest

from summarizer.merge.profiles import ANCHORS, NAMES, NOUNS, Profile, profile
from summarizer.merge.spelling import hash_of

from .made import Told, made


def of(told: Told) -> Profile:
    return profile(made(told))


def test_the_main_events_names_and_places_come_first() -> None:
    """Before those of other events, so that they are what reports on the same are found by."""
    found = of(Told("a", people=("Mira Toldane",), others=("Oskar Vennik",), places=("Averna", "Belmor")))
    assert found.nouns == tuple(map(hash_of, ("Toldane", "Averna", "Vennik", "Belmor")))


def test_actors_of_no_event_come_last() -> None:
    """A report with a single event keeps them too."""
    brief = made(Told("a", people=("Mira Toldane",), others=("Oskar Vennik",), places=(), types=("AGREE",)))
    assert profile(brief).nouns == tuple(map(hash_of, ("Toldane", "Vennik")))


def test_countries_peoples_offices_and_bare_bodies_are_no_proper_nouns() -> None:
    told = Told("a", people=("Prime Minister", "France"), places=("Ministry of Defence", "Turkey"))
    assert of(told).nouns == ()


def test_another_spelling_gives_the_same_nouns() -> None:
    one = of(Told("a", people=("Mirela Hadran", "Sergei Shoigu"), places=("Odesa",)))
    other = of(Told("b", people=("Mirla Hadrane", "Sergey Shoygu"), places=("Odessa",)))
    assert one.nouns == other.nouns
    assert one.names == other.names


def test_the_first_word_of_a_sentence_is_no_proper_noun() -> None:
    """It has its capital anyhow."""
    extra = {"headline": "Fishermen of Corvale meet"}
    assert hash_of("Fishermen") not in of(Told("a", extra=extra)).nouns
    assert hash_of("Corvale") in of(Told("a", extra=extra)).nouns


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2024-03-05", 1),
        ("2024-03", 31),
        ("2024-03-01/2024-03-04", 4),
        ("2024", None),
        ("../2024-03-05", None),
        (None, None),
    ],
)
def test_a_date_counts_when_it_is_known_to_a_month(date: str | None, days: int | None) -> None:
    happened = of(Told("a", date=date)).happened
    assert (happened[1] - happened[0] + 1 if happened else None) == days


def test_figures_of_one_digit_are_left_out_and_thousands_joined() -> None:
    assert of(Told("a", words="counted 25,000 votes in 3 towns")).numbers == (25000,)


def test_a_brief_without_events_and_actors_has_an_empty_profile() -> None:
    found = of(Told("a", people=(), places=(), types=(), words="", date=None, published=None))
    assert (found.nouns, found.names, found.types, found.words) == ((), (), 0, 0)
    assert (found.happened, found.published) == (None, None)


def test_a_profile_of_a_report_full_of_names_stays_small() -> None:
    """100,000 of them are held at a time."""
    people = tuple(f"Ana{'bcdfgklmnprstvz'[n % 15]}o Vel{'bcdfgklmnprstvz'[n // 15]}arin{n % 7}" for n in range(90))
    found = of(Told("a", people=people))
    assert len(found.nouns) <= NOUNS
    assert len(found.names) <= NAMES
    assert len(found.anchors) == ANCHORS
    assert len(pickle.dumps(found)) < 2000


def test_another_process_makes_the_same_profile() -> None:
    """Whatever seed that process hashes strings with."""
    code = (
        "from tests.merge.made import *; from summarizer.merge.profiles import profile; print(profile(made(Told('a'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(of(Told("a")))


def test_reports_of_other_texts_are_told_apart() -> None:
    assert replace(of(Told("a")), document=0) == replace(of(Told("b")), document=0)
    assert of(Told("a")).document != of(Told("b")).document
