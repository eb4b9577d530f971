"""Quoted slogans in quotation marks of any kind."""

from __future__ import annotations

import pytest

from summarizer.engines.offline.lexicon import lexicon
from summarizer.engines.offline.quotes import find_aims, quoted
from summarizer.models.draft import AimKind

from .drafting import reading

MARKS = ["«{}»", "“{}”", "„{}“", "„{}”", '"{}"', "'{}'", "‘{}’", "「{}」", "『{}』", "»{}«", "”{}”"]


@pytest.mark.parametrize("marks", MARKS)
def test_a_wording_is_read_out_of_its_marks(marks: str) -> None:
    assert quoted(f"Under {marks.format('one road')} they came.") == ["one road"]


def test_apostrophes_are_no_marks() -> None:
    assert quoted("It's the mayor's plan and the workers' wish.") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They marched under the slogan “Bread and peace”.", AimKind.SLOGAN),
        ("They demanded “bread and peace”.", AimKind.DEMAND),
        ("The goal is “bread and peace”.", AimKind.GOAL),
    ],
)
def test_a_quote_beside_its_cue_is_an_aim(text: str, kind: AimKind) -> None:
    assert [aim.kind for aim in find_aims(reading(text, "en"), lexicon("en"), frozenset())] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "He said: “We had bread and peace”.",
        "The slogan of the “5+5” commission is unknown.",
        "The slogan of “Ashford” is unknown.",
        f"The slogan was “{'word ' * 40}”.",
    ],
    ids=["speech", "number", "name", "too long"],
)
def test_other_quotes_are_no_aims(text: str) -> None:
    assert find_aims(reading(text, "en"), lexicon("en"), frozenset()) == []


def test_background_holds_no_aims() -> None:
    text = "They marched under the slogan “Bread and peace”."

    assert find_aims(reading(text, "en"), lexicon("en"), frozenset({1})) == []
