"""What a brief's English says, must not say and owns up to."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.evaluation import Share, nugget_recall
from summarizer.evaluation.references import Caveat, Forbidden, Nugget
from summarizer.evaluation.texts import caveat_recall, english_texts, forbidden_hits, said_by, summary_text
from summarizer.models.brief import Origin

from .briefs import brief_of, reference, statement, with_item

LABELS = reference()
BRIEF = brief_of(LABELS)


def _nugget(salience: str, *accept: list[str]) -> Nugget:
    return Nugget.model_validate({"salience": salience, "text": "t", "accept": accept})


def _forbidden(pattern: str) -> list[Forbidden]:
    return [Forbidden(why="w", pattern=pattern)]


def test_nuggets_are_counted_as_vital_and_as_all() -> None:
    nuggets = [
        _nugget("vital", ["mayor"]),
        _nugget("vital", ["captain"]),
        _nugget("okay", ["euros"]),
        _nugget("okay", ["fire"]),
    ]
    found = nugget_recall("The mayor spoke of euros.", nuggets)
    assert (found.vital, found.all) == (Share(1, 2), Share(2, 4))
    assert found.said == (True, False, True, False)


def test_keywords_of_a_nugget_may_stand_in_different_statements() -> None:
    brief = BRIEF.model_copy(update={
        "headline": "Mayor meets captain", "bottom_line": statement("They met in Leranthos."),
        "summary": (statement("It was Sunday."),),
    })  # fmt: skip
    text = summary_text(brief)
    assert nugget_recall(text, [_nugget("vital", ["mayor", "leranthos", "sunday"])]).vital == Share(1, 1)


def test_nuggets_are_not_looked_for_in_names_events_aims_and_context() -> None:
    brief = BRIEF.model_copy(update={"summary": ()})
    assert any("Kallidi" in place.text for place in english_texts(brief))
    assert said_by(brief, LABELS).nuggets.all == Share(0, 3)


def test_without_nuggets_recall_is_undefined() -> None:
    assert nugget_recall("text", []).vital.value is None


HIT: dict[str, tuple[str, dict[str, Any]]] = {
    "headline": ("headline", {"headline": "President Saddam"}),
    "bottom line": ("bottom_line", {"bottom_line": statement("saddam")}),
    "second statement": ("summary 2", {"summary": (statement("a"), statement("SADDAM came"))}),
    "caveat": ("caveat 1", {"caveats": (statement("Saddam?"),)}),
    "name of an origin": (
        "origin O1", {"origins": (Origin(id="O1", name="Saddam", kind="interview", evidence=(), supported=True),)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("place", "changes"), HIT.values(), ids=HIT)
def test_a_forbidden_pattern_is_found_in_every_text(place: str, changes: dict[str, Any]) -> None:
    assert forbidden_hits(BRIEF.model_copy(update=changes), _forbidden("saddam")) == (place,)


@pytest.mark.parametrize(
    ("kind", "place", "changes"),
    [
        ("actors", "actor A1", {"name": "Saddām Haftar"}),
        ("actors", "actor A1", {"role": "aide of Saddam"}),
        ("actors", "actor A1", {"affiliation": "Saddam's office"}),
        ("events", "event E1", {"title": "Saddam comes"}),
        ("events", "event E1", {"place": "Saddam Square"}),
        ("aims", "aim G1", {"text": "to see Saddam"}),
        ("context", "context C1", {"topic": "Saddam"}),
        ("context", "context C1", {"text": "Saddam was there"}),
    ],
)
def test_a_forbidden_pattern_is_found_in_every_item(kind: str, place: str, changes: dict[str, Any]) -> None:
    assert forbidden_hits(with_item(BRIEF, kind, 0, **changes), _forbidden("saddam")) == (place,)


def test_an_invented_year_is_found_in_the_date_of_an_event() -> None:
    assert forbidden_hits(with_item(BRIEF, "events", 0, date="2019-03-03"), _forbidden("2019")) == ("event E1",)


def test_patterns_do_not_match_across_texts() -> None:
    brief = with_item(BRIEF, "actors", 0, name="Khalifa")
    assert forbidden_hits(brief, _forbidden("khalifa veliski|khalifa.*otar")) == (None,)


def test_a_caveat_must_say_it_all_in_one_statement() -> None:
    caveats = [Caveat(text="t", accept=(("which", "unclear"),))]
    assert caveat_recall(["Which one is unclear."], caveats) == (0,)
    assert caveat_recall(["Which one?", "The date is unclear."], caveats) == (None,)


def test_without_a_brief_nothing_is_said_and_nothing_forbidden_either() -> None:
    said = said_by(None, LABELS)
    assert (said.nuggets.vital, said.forbidden, said.caveats) == (Share(0, 2), (), (None,))
