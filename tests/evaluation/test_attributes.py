"""Attributes of aligned pairs: right when one of the accepted values."""

from __future__ import annotations

import pytest

from summarizer.evaluation.attributes import Verdict, actor_verdicts, dates_overlap, event_verdicts, is_date
from summarizer.evaluation.references import ReferenceActor, ReferenceEvent

from .briefs import brief_of, changed, reference

LABELS = reference()
BRIEF = brief_of(LABELS)
EVENT, LABEL = BRIEF.events[0], LABELS.events[0]
ACTOR, ACTOR_LABEL = BRIEF.actors[0], LABELS.actors[0]


@pytest.mark.parametrize(
    ("date", "accepted", "expected"),
    [
        ("2024-03-03", ["2024-03-03"], True),
        ("2024-03-03", ["2024-03-04", "2024-03-03"], True),
        ("2024-03", ["2024-03-03"], False),
        ("2024-03-03", ["2024-03"], False),
        ("2024-03-03/2024-03-03", ["2024-03-03"], True),
        ("2024-01/2024-12", ["2024"], True),
        ("2024-03-03~", ["2024-03-03"], True),
        ("2022/..", ["2022/.."], True),
        ("2022/..", ["2022"], False),
        (None, ["2024-03-03"], False),
        (None, ["2024-03-03", None], True),
        (None, [None], True),
        ("2024-03-03", [None], False),
    ],
)
def test_a_date_is_right_when_it_means_the_days_of_an_accepted_one(
    date: str | None, accepted: list[str | None], expected: bool
) -> None:
    assert is_date(date, accepted) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2024-03-03", "2024-03", True),
        ("2024-03-03", "2024-03-04", False),
        ("2024-03/2024-05", "2024-05-31", True),
        ("2022/..", "2024", True),
        ("2022/..", "2021", False),
        ("../2022", "2021", True),
        ("../2022", "2023-01", False),
    ],
)
def test_dates_overlap_when_they_can_mean_the_same_day(one: str, other: str, expected: bool) -> None:
    assert dates_overlap(one, other) is dates_overlap(other, one) is expected


def test_everything_that_the_label_states_is_judged() -> None:
    assert [(verdict.attribute, verdict.right) for verdict in event_verdicts(EVENT, LABEL)] == [
        ("type", True), ("date", True), ("place", True), ("country", True), ("factuality", True),
    ]  # fmt: skip
    assert [(verdict.attribute, verdict.right) for verdict in actor_verdicts(ACTOR, ACTOR_LABEL)] == [
        ("kind", True), ("role", True), ("country", True), ("affiliation", True),
    ]  # fmt: skip


def test_what_the_label_leaves_open_is_not_judged() -> None:
    label = ReferenceEvent.model_validate({"id": "E", "salience": "vital", "type": "CONSULT", "title": "t", "date": []})
    assert [verdict.attribute for verdict in event_verdicts(EVENT, label)] == ["type"]
    assert not list(actor_verdicts(ACTOR, ReferenceActor.model_validate({"id": "a", "names": "n"})))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"type": "AID"}, Verdict("type", False, "type: AID, not CONSULT")),
        ({"date": "2024-03-02"}, Verdict("date", False, "date: 2024-03-02, not 2024-03-03")),
        ({"date": None}, Verdict("date", False, "date: open, not 2024-03-03")),
        ({"place": "Koralli"}, Verdict("place", False, "place: Koralli, not port of Leranthos or Leranthos")),
        ({"place": None}, Verdict("place", False, "place: open, not port of Leranthos or Leranthos")),
        ({"country": "TUR"}, Verdict("country", False, "country: TUR, not GRC")),
        ({"factuality": "denied"}, Verdict("factuality", False, "factuality: denied, not reported")),
    ],
)
def test_a_wrong_attribute_says_what_it_should_be(change: dict[str, str | None], expected: Verdict) -> None:
    wrong = [verdict for verdict in event_verdicts(changed(EVENT, **change), LABEL) if not verdict.right]
    assert wrong == [expected]


def test_a_date_given_where_none_can_be_is_wrong() -> None:
    label = LABEL.model_copy(update={"date": (None,)})
    verdict = next(verdict for verdict in event_verdicts(EVENT, label) if verdict.attribute == "date")
    assert verdict == Verdict("date", False, "date: 2024-03-03, not open")


@pytest.mark.parametrize(
    ("change", "attribute"),
    [({"kind": "group"}, "kind"), ({"role": "deputy"}, "role"), ({"role": None}, "role"), ({"country": None}, "country"),
     ({"affiliation": "Port Authority"}, "affiliation")],
)  # fmt: skip
def test_a_wrong_attribute_of_an_actor_is_found(change: dict[str, str | None], attribute: str) -> None:
    wrong = [verdict for verdict in actor_verdicts(changed(ACTOR, **change), ACTOR_LABEL) if not verdict.right]
    assert [verdict.attribute for verdict in wrong] == [attribute]


def test_a_role_may_say_more_than_the_accepted_one() -> None:
    actor = ACTOR.model_copy(update={"role": "Mayor of Leranthos"})
    assert all(verdict.right for verdict in actor_verdicts(actor, ACTOR_LABEL))
