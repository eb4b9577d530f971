"""What makes a reply that fits the schema be asked again."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.grounding.faults import draft_faults
from summarizer.models.draft import Draft

from .test_check import ACTOR, AIM, EVENT, ORIGIN


def faults(**changes: Any) -> list[str]:
    given = {
        "headline": "Minister meets Haftar",
        "bottom_line": {"text": "They met.", "ev": [1]},
        "summary": [],
        "actors": [ACTOR],
        "events": [EVENT],
        "aims": [AIM],
        "context": [],
        "origins": [ORIGIN],
        "caveats": [],
    }
    return draft_faults(Draft.model_validate(given | changes), range(1, 5))


def test_a_good_draft_has_no_faults() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"headline": ""}, "headline says nothing"),
        ({"events": [EVENT | {"title": " "}]}, "event 1 says nothing"),
        ({"actors": [ACTOR, ACTOR]}, "the actor id A1 is used twice"),
        ({"origins": [ORIGIN, ORIGIN]}, "the origin id O1 is used twice"),
        ({"events": [EVENT | {"by": ["A9"]}]}, "event 1 names the actor 'A9', who is not among the actors"),
        ({"aims": [AIM | {"by": ["A9"]}]}, "aim 1 names the actor 'A9', who is not among the actors"),
        ({"events": [EVENT | {"via": ["O9"]}]}, "event 1 names the origin 'O9', which is not among the origins"),
        ({"events": [EVENT | {"date": "Monday"}]}, "the date 'Monday' of event 1 is not EDTF"),
        ({"events": [EVENT | {"mode": "drone"}]}, "the mode drone of event 1 does not fit CONSULT"),
        ({"actors": [ACTOR | {"iso3": "Atlantis"}]}, "the country 'Atlantis' of actor 1 is not an ISO 3166-1"),
        (
            {"bottom_line": {"text": "x", "ev": [5]}},
            "bottom_line cites sentence 5, but the report has sentences 1 to 4",
        ),
        ({"aims": [AIM | {"ev": []}]}, "aim 1 cites no sentence"),
    ],
)
def test_each_fault_is_told_to_the_engine(changes: dict[str, Any], fault: str) -> None:
    found = faults(**changes)
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_a_caveat_without_evidence_is_no_fault() -> None:
    assert faults(caveats=[{"text": "Unclear.", "ev": []}]) == []
