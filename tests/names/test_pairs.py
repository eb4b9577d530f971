"""The pairs of `evals/names`: the goals, and what must hold for all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.names import Mention, Verdict, blocking_keys, compare

PAIRS = Path(__file__).parents[2] / "evals" / "names" / "pairs.jsonl"


def pairs(which):
    rows = map(json.loads, PAIRS.read_text("utf-8").splitlines())
    return [
        (Mention(**row["one"]), Mention(**row["other"]), row["same"]) for row in rows if which in (row["set"], "all")
    ]


@pytest.mark.parametrize("which", ["dev", "test", "all"])
def test_the_pairs_are_told_apart(which):
    """F1 of the verdict SAME, on the names tuned on and on the others."""
    right = wrong = missed = 0
    for one, other, same in pairs(which):
        got = compare(one, other).verdict is Verdict.SAME
        right, wrong, missed = right + (got and same), wrong + (got and not same), missed + (same and not got)
    found = 2 * right / (2 * right + wrong + missed)
    assert found >= GOAL[which], f"F1 {found:.3f} on {which}: {wrong} merged wrongly, {missed} missed"


GOAL = {"dev": 0.97, "test": 0.96, "all": 0.97}
"""With the readings of Japanese names that the extra `japanese` knows; the unseen half is the harder one."""


@pytest.mark.parametrize("which", ["dev", "test"])
def test_no_two_persons_who_share_a_name_are_merged(which):
    """Relatives and namesakes."""
    merged = sum(
        compare(one, other).verdict is Verdict.SAME
        for one, other, same in pairs(which)
        if not same and one.kind == "person"
    )
    assert merged == 0


@pytest.mark.parametrize("which", ["dev", "test"])
def test_pairs_that_are_the_same_share_a_key(which):
    """Otherwise nobody would compare them; in one of a hundred at most."""
    found = [(one, other) for one, other, _ in pairs(which) if compare(one, other).verdict is Verdict.SAME]
    lost = sum(blocking_keys(one).isdisjoint(blocking_keys(other)) for one, other in found)
    assert lost <= len(found) / 100


@pytest.mark.parametrize("which", ["dev", "test"])
def test_comparing_is_symmetric(which):
    """The order of the two never matters."""
    assert all(compare(one, other) == compare(other, one) for one, other, _ in pairs(which))
