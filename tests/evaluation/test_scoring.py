"""The score of a brief: each metric of a suite, each item's outcome."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.evaluation import (
    DocumentScore,
    Outcome,
    Share,
    is_better_lower,
    score_brief,
    score_failure,
)
from summarizer.models.brief import Brief, Match, Participant

from .briefs import REPORT, brief_of, changed, only, quoted, reference, statement, with_item

LABELS = reference()
BRIEF = brief_of(LABELS)
PERFECT = score_brief(BRIEF, LABELS, REPORT)
EACH_DOCUMENT = ("language", "published", "cost.", "failures", "grounding.")
"""Metrics that have a value for every brief, whatever is labelled."""


def _values(score: DocumentScore, *metrics: str) -> list[float | None]:
    return [score.shares[metric].value for metric in metrics]


def _changed(score: DocumentScore) -> dict[str, float | None]:
    """Values of metrics of labels that are not those of the perfect brief."""
    return {
        name: share.value
        for name, share in score.shares.items()
        if share != PERFECT.shares[name] and not name.startswith(EACH_DOCUMENT)
    }


def test_a_brief_that_says_what_the_reference_says_is_perfect() -> None:
    for name, share in PERFECT.shares.items():
        if not name.startswith(("cost.", "grounding.")):
            assert share.value == (0 if is_better_lower(name) else 1), name


def test_the_text_of_the_report_is_not_needed() -> None:
    assert score_brief(BRIEF, LABELS).shares == PERFECT.shares


def test_a_score_is_read_back_from_its_json() -> None:
    assert DocumentScore.model_validate_json(PERFECT.model_dump_json()) == PERFECT


def test_every_label_has_an_outcome() -> None:
    outcomes = [(item.kind, item.reference, item.outcome) for item in PERFECT.items if item.kind in ("event", "actor")]
    assert outcomes == [
        ("event", "E1", Outcome.HIT), ("event", "E2", Outcome.HIT), ("event", "E3", Outcome.ALLOWED),
        ("actor", "kallidi", Outcome.HIT), ("actor", "veliski", Outcome.HIT), ("actor", "union", Outcome.HIT),
        ("actor", "anninos", Outcome.ALLOWED),
    ]  # fmt: skip
    assert all(item.outcome in (Outcome.HIT, Outcome.ALLOWED) and not item.note for item in PERFECT.items)


def test_costs_and_grounding_are_those_of_the_brief() -> None:
    assert {name: share for name, share in PERFECT.shares.items() if name.startswith(("cost.", "grounding."))} == {
        "grounding.supported": Share(9, 10), "grounding.exact": Share(6, 10), "grounding.folded": Share(2, 10),
        "grounding.fuzzy": Share(0, 10), "grounding.unsupported": Share(2, 10), "cost.usd": Share(0.002, 1),
        "cost.requests": Share(2, 1), "cost.input_tokens": Share(900, 1), "cost.output_tokens": Share(300, 1),
        "cost.seconds": Share(1.5, 1), "cost.reasks": Share(1, 1),
    }  # fmt: skip


def test_costs_that_are_not_known_do_not_count() -> None:
    unknown = BRIEF.provenance.model_copy(update={"cost_usd": None, "input_tokens": None, "output_tokens": None})
    score = score_brief(BRIEF.model_copy(update={"provenance": unknown}), LABELS)
    assert _values(score, "cost.usd", "cost.input_tokens", "cost.output_tokens", "cost.requests") == [
        None,
        None,
        None,
        2,
    ]


def test_okay_items_are_not_required() -> None:
    without = only(only(BRIEF, "events", lambda event: event.id != "E3"), "actors", lambda actor: actor.id != "A4")
    kept = [part for part in without.events[0].participants if part.actor != "A4"]
    assert _changed(score_brief(with_item(without, "events", 0, participants=tuple(kept)), LABELS, REPORT)) == {}


def test_what_an_okay_item_says_is_not_judged() -> None:
    changed = with_item(with_item(BRIEF, "events", 2, date="1999", factuality="denied"), "actors", 3, role="fisherman")
    assert _changed(score_brief(changed, LABELS, REPORT)) == {}


def test_a_missed_event_costs_recall_and_takes_its_participants_with_it() -> None:
    score = score_brief(only(BRIEF, "events", lambda event: event.id != "E2"), LABELS, REPORT)
    assert _values(score, "events.precision", "events.recall", "events.f1") == [1, 0.5, pytest.approx(2 / 3)]
    assert _values(score, "participants.precision", "participants.recall") == [1, 0.5]
    assert ("E2", Outcome.MISSED) in [(item.reference, item.outcome) for item in score.items]


def test_an_invented_event_costs_precision() -> None:
    parts = BRIEF.events[0].participants
    false = changed(BRIEF.events[1], id="E9", type="ASSAULT", title="Ships shell an island", participants=parts)
    score = score_brief(BRIEF.model_copy(update={"events": (*BRIEF.events, false)}), LABELS, REPORT)
    assert score.shares["events.precision"] == Share(2, 3)
    assert score.shares["participants.precision"] == Share(4, 7)
    assert _values(score, "events.recall", "participants.recall") == [1, 1]
    assert [item.predicted for item in score.items if item.outcome is Outcome.FALSE] == ["E9"]


def test_an_actor_given_twice_is_false_once() -> None:
    twice = BRIEF.model_copy(update={"actors": (*BRIEF.actors, BRIEF.actors[0].model_copy(update={"id": "A9"}))})
    score = score_brief(twice, LABELS, REPORT)
    assert score.shares["actors.precision"] == Share(3, 4)
    assert score.shares["actors.recall"] == Share(3, 3)


@pytest.mark.parametrize(
    ("kind", "number", "changes", "metric", "expected"),
    [
        ("events", 0, {"date": "2024-03-04"}, "events.date", Share(1, 2)),
        ("events", 1, {"date": None}, "events.date", Share(2, 2)),
        ("events", 0, {"place": None}, "events.place", Share(0, 1)),
        ("events", 1, {"place": "Athens"}, "events.place", Share(1, 1)),
        ("events", 0, {"country": "TUR"}, "events.country", Share(0, 1)),
        ("events", 1, {"factuality": "denied"}, "events.factuality", Share(1, 2)),
        ("actors", 2, {"kind": "group"}, "actors.kind", Share(3, 3)),
        ("actors", 2, {"kind": "asset"}, "actors.kind", Share(2, 3)),
        ("actors", 1, {"role": "admiral"}, "actors.role", Share(1, 2)),
        ("actors", 0, {"country": None}, "actors.country", Share(0, 1)),
        ("actors", 0, {"affiliation": "Port Authority"}, "actors.affiliation", Share(0, 1)),
        ("aims", 0, {"wording_in_source": quoted("κόστος 40.000 ευρώ")}, "aims.wording", Share(1, 2)),
    ],
)
def test_attributes_are_judged_on_aligned_pairs(
    kind: str, number: int, changes: dict[str, Any], metric: str, expected: Share
) -> None:
    score = score_brief(with_item(BRIEF, kind, number, **changes), LABELS, REPORT)
    assert score.shares[metric] == expected
    assert set(_changed(score)) <= {metric}
    assert any(item.note for item in score.items) is (expected.part < expected.whole)


def test_a_missed_item_has_no_attributes_to_judge() -> None:
    score = score_brief(only(BRIEF, "events", lambda event: event.id != "E1"), LABELS, REPORT)
    assert score.shares["events.place"] == Share(0, 0)
    assert score.shares["events.main_first"] == Share(0, 1)


def test_the_main_event_must_come_first() -> None:
    score = score_brief(BRIEF.model_copy(update={"events": BRIEF.events[::-1]}), LABELS, REPORT)
    assert _changed(score) == {"events.main_first": 0}


def test_without_a_main_event_nothing_has_to_come_first() -> None:
    labels = LABELS.model_copy(update={"events": LABELS.events[1:]})
    assert score_brief(brief_of(labels), labels).shares["events.main_first"] == Share(0, 0)


def _roles(brief: Brief, number: int, *roles: str) -> Brief:
    participants = brief.events[number].participants
    parts = [changed(part, role=role) for part, role in zip(participants, roles, strict=True)]
    return with_item(brief, "events", number, participants=tuple(parts))


def test_symmetric_types_do_not_tell_actor_from_recipient() -> None:
    assert _changed(score_brief(_roles(BRIEF, 0, "recipient", "actor", "attendee"), LABELS, REPORT)) == {}


def test_other_types_do() -> None:
    score = score_brief(_roles(BRIEF, 1, "recipient", "actor"), LABELS, REPORT)
    assert score.shares["participants.f1"] == Share(4, 8)
    assert score.shares["ceaf_rme.phi3.f1"] == Share(4, 8)


def test_an_attendee_is_no_actor_even_in_symmetric_types() -> None:
    score = score_brief(_roles(BRIEF, 0, "attendee", "recipient", "attendee"), LABELS, REPORT)
    assert (score.shares["participants.precision"], score.shares["participants.recall"]) == (Share(3, 4), Share(3, 4))


def test_an_okay_participant_is_allowed_in_its_own_role_only() -> None:
    score = score_brief(_roles(BRIEF, 0, "actor", "recipient", "mediator"), LABELS, REPORT)
    assert score.shares["participants.precision"] == Share(4, 5)


def test_a_participant_who_is_no_actor_of_the_reference_is_false() -> None:
    parts = (*BRIEF.events[1].participants, Participant(actor="A8", role="actor"))
    score = score_brief(with_item(BRIEF, "events", 1, participants=parts), LABELS, REPORT)
    assert score.shares["participants.precision"] == Share(4, 5)


def test_template_metrics_compare_source_spellings() -> None:
    other = with_item(BRIEF, "actors", 1, name_in_source=quoted("τον πλοίαρχο Οτάρ Βελίσκι"))
    score = score_brief(other, LABELS, REPORT)
    assert score.shares["actors.f1"].value == 1
    assert score.shares["ceaf_ree.f1"] == Share(4, 6)
    assert score.shares["ceaf_rme.phi3.f1"] == Share(6, 8)
    assert _values(score, "ceaf_rme.subset.precision", "ceaf_rme.subset.recall", "ceaf_rme.subset.f1") == [0.75] * 3


def test_template_metrics_know_template_types_and_ceaf_ree_does_not() -> None:
    score = score_brief(with_item(BRIEF, "events", 0, type="COOPERATE"), LABELS, REPORT)
    assert _values(score, "ceaf_ree.f1", "ceaf_rme.phi3.f1", "ceaf_rme.subset.f1") == [1, 0.5, 0.5]
    assert score.shares["events.type"] == Share(1, 2)
    assert score.items[0].note == "type: COOPERATE, not CONSULT"


def test_what_is_forbidden_is_counted() -> None:
    brief = BRIEF.model_copy(update={"headline": "President visits Koralli"})
    score = score_brief(brief, LABELS, REPORT)
    assert score.shares["forbidden"] == Share(2, 1)
    hits = [(item.reference, item.predicted) for item in score.items if item.kind == "forbidden"]
    assert hits == [
        ("the report names no president", "headline"),
        ("the report names no island but Leranthos", "headline"),
    ]


def test_a_report_without_patterns_does_not_dilute_what_is_forbidden() -> None:
    assert score_brief(BRIEF, LABELS.model_copy(update={"forbidden": ()})).shares["forbidden"] == Share(0, 0)


def test_nuggets_and_caveats_are_recalled() -> None:
    brief = BRIEF.model_copy(update={"summary": (statement("Kallidi, Veliski, Leranthos"),), "caveats": ()})
    score = score_brief(brief, LABELS, REPORT)
    assert _changed(score) == {"nuggets.vital": 0.5, "nuggets.all": pytest.approx(1 / 3), "caveats.recall": 0}


@pytest.mark.parametrize(
    ("field", "value", "metric"),
    [("language", "fa", "language"), ("published", None, "published"), ("published", "2024-03", "published")],
)
def test_language_and_date_of_publication_are_right_or_not(field: str, value: str | None, metric: str) -> None:
    document = BRIEF.document.model_copy(update={field: value})
    score = score_brief(BRIEF.model_copy(update={"document": document}), LABELS, REPORT)
    assert score.shares[metric] == Share(0, 1)


def test_a_date_of_publication_that_the_report_does_not_give_is_wrong() -> None:
    labels = LABELS.model_copy(update={"published": None})
    assert score_brief(BRIEF, labels).shares["published"] == Share(0, 1)
    assert score_brief(brief_of(labels), labels).shares["published"] == Share(1, 1)


def test_a_failure_misses_everything() -> None:
    score = score_failure(LABELS, "TransportError: no reply")
    assert score.failed == "TransportError: no reply"
    assert list(score.shares) == list(PERFECT.shares)
    assert score.shares["failures"] == Share(1, 1)
    for name in ("events.recall", "events.f1", "actors.f1", "aims.f1", "context.f1", "participants.f1", "nuggets.vital",
                 "caveats.recall", "ceaf_ree.f1", "ceaf_rme.phi3.f1", "ceaf_rme.subset.f1", "language", "published",
                 "events.main_first"):  # fmt: skip
        assert score.shares[name].value == 0, name
    for name in ("events.precision", "events.type", "aims.wording", "forbidden", "grounding.exact", "cost.usd"):
        assert score.shares[name].value is None, name
    assert {item.outcome for item in score.items} == {Outcome.MISSED, Outcome.ALLOWED}


def test_unsupported_wordings_do_not_count_as_the_labelled_ones() -> None:
    wording = BRIEF.aims[0].wording_in_source.model_copy(update={"match": Match.UNSUPPORTED})
    score = score_brief(with_item(BRIEF, "aims", 0, wording_in_source=wording), LABELS, REPORT)
    assert score.shares["aims.wording"] == Share(1, 2)
