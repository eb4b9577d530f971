"""Labels: what is taken for granted, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from summarizer.evaluation import Reference

MEETING = {"id": "E1", "salience": "main", "type": "CONSULT", "title": "Meeting"}
MAYOR = {"id": "mayor", "names": "Mira Kallidi"}


def _reference(**fields: Any) -> Reference:
    return Reference.model_validate(
        {"document": "a.txt", "language": "en", "published": None, "annotator": "a1"} | fields
    )


def test_one_accepted_value_stands_for_a_list_of_one() -> None:
    labels = _reference(
        events=[MEETING | {"date": "2024-03", "place": "Leranthos"}], actors=[MAYOR | {"kind": "person"}]
    )
    event, actor = labels.events[0], labels.actors[0]
    assert (event.type, event.date, event.place) == (("CONSULT",), ("2024-03",), ("Leranthos",))
    assert (actor.names, actor.kind, actor.in_source) == (("Mira Kallidi",), ("person",), ())


def test_dates_that_yaml_turned_into_dates_or_numbers_are_edtf_again() -> None:
    import datetime as dt

    labels = _reference(published=dt.date(2024, 3, 4), events=[MEETING | {"date": [dt.date(2024, 3, 3), 2024, None]}])
    assert labels.published == "2024-03-04"
    assert labels.events[0].date == ("2024-03-03", "2024", None)


def test_without_a_date_leaving_it_open_is_right() -> None:
    assert _reference(events=[MEETING]).events[0].date == (None,)


def test_the_main_event_is_found_wherever_it_stands() -> None:
    other = MEETING | {"id": "E2", "salience": "okay"}
    main = _reference(events=[other, MEETING]).main_event
    assert main is not None
    assert main.id == "E1"
    assert _reference(events=[other]).main_event is None


@pytest.mark.parametrize(
    ("kind", "symmetric"), [("CONSULT", True), ("AGREE", True), ("COOPERATE", True), ("AID", False)]
)
def test_symmetric_types_do_not_tell_actor_from_recipient(kind: str, symmetric: bool) -> None:
    assert _reference(events=[MEETING | {"type": kind}]).events[0].is_symmetric is symmetric


FAULTS = {
    "an actor that is not there": ({"events": [MEETING | {"participants": [{"actor": "ghost", "role": "actor"}]}]}, "there is no actor 'ghost'"),
    "a holder that is not there": ({"aims": [{"id": "G1", "salience": "vital", "text": "t", "accept": [["t"]], "held_by": ["ghost"]}]}, "there is no actor 'ghost'"),
    "an id used twice": ({"events": [MEETING], "actors": [MAYOR | {"id": "E1"}]}, "the id 'E1' is used twice"),
    "two main events": ({"events": [MEETING, MEETING | {"id": "E2"}]}, "more than one event is main"),
    "a country by name": ({"actors": [MAYOR | {"country": ["Greece"]}]}, "'Greece' is no country code"),
    "a country in two letters": ({"events": [MEETING | {"country": "GR"}]}, "'GR' is no country code"),
    "a pattern that is none": ({"forbidden": [{"why": "w", "pattern": "("}]}, "no regular expression"),
    "an unknown key": ({"nuggets": [{"salience": "vital", "text": "t", "accept": [["t"]], "weight": 2}]}, "Extra inputs"),
    "a type that PLOVER lacks": ({"events": [MEETING | {"type": "MEET"}]}, "CONSULT"),
    "a date that is not EDTF": ({"events": [MEETING | {"date": "3 March"}]}, "EDTF"),
    "no alternatives": ({"caveats": [{"text": "t", "accept": []}]}, "at least 1"),
    "no name": ({"actors": [{"id": "a", "names": []}]}, "at least 1"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        _reference(**fields)
