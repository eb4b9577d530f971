"""Which item of a brief is which item of a reference: likeness and its thresholds."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.evaluation import actor_similarity, aim_similarity, context_similarity, event_similarity
from summarizer.evaluation.matching import (
    ACTOR_THRESHOLD,
    AIM_THRESHOLD,
    CONTEXT_THRESHOLD,
    EVENT_THRESHOLD,
    wording_agrees,
)
from summarizer.evaluation.references import ReferenceActor, ReferenceAim, ReferenceContext, ReferenceEvent
from summarizer.grounding.align import Source
from summarizer.models.brief import Actor, ContextItem, Match

from .briefs import REPORT, brief_of, changed, quoted, reference

LABELS = reference()
BRIEF = brief_of(LABELS)
ACTORS = {"A1": "kallidi", "A2": "veliski", "A3": "union", "A4": "anninos"}


def _actor(name: str, source: str = "", kind: str = "person", country: str | None = None) -> Actor:
    return Actor(
        id="A1", name=name, name_in_source=quoted(source or "-"), kind=kind, sector=None, role=None, affiliation=None,
        country=country, evidence=(), supported=True,
    )  # fmt: skip


def _label(**fields: Any) -> ReferenceActor:
    return ReferenceActor.model_validate({"id": "a"} | fields)


HAFTAR = _label(names=["Khalifa Haftar"], in_source=["خليفة حفتر"], kind="person", country="LBY")

SAME_ACTOR = {
    "the same name": (_actor("Khalifa Haftar"), HAFTAR),
    "other spelling": (_actor("Khalifah Haftar"), HAFTAR),
    "the name in another script": (_actor("Haftar, Khalifa", "خليفة حفتر"), HAFTAR),
    "only the source spelling": (_actor("The Marshal", "خليفة حفتر"), HAFTAR),
    "a surname alone": (_actor("Haftar"), HAFTAR),
    "more names": (_actor("Khalifa Belqasim Haftar"), HAFTAR),
    "with a title": (_actor("Field Marshal Khalifa Haftar"), HAFTAR),
    "transliterated from the source": (_actor("Mira Kallidi"), _label(names=["The Mayor"], in_source=["Μίρα Καλλίδη"])),
    "a person taken for a group": (_actor("Khalifa Haftar", kind="group"), HAFTAR),
    "states by country": (_actor("Türkiye", kind="state", country="TUR"), _label(names="Republic of Turkey", kind="state", country="TUR")),
    "an organization with its country": (_actor("Turkish Ministry of Defence", kind="organization"), _label(names="Ministry of Defence", kind="organization")),
}  # fmt: skip

OTHER_ACTOR = {
    "another first name": (_actor("Saddam Haftar"), HAFTAR),
    "another name": (_actor("Aguila Saleh"), HAFTAR),
    "an army and its country": (_actor("Libyan National Army", kind="organization"), _label(names="Libya", kind="state", country="LBY")),
    "a group called after a person": (_actor("Haftar", kind="group"), HAFTAR),
    "states of like names": (_actor("Niger", kind="state", country="NER"), _label(names="Nigeria", kind="state", country="NGA")),
    "a part of an organization's name": (_actor("Union", kind="organization"), _label(names="African Union Commission", kind="organization")),
}  # fmt: skip


@pytest.mark.parametrize(("actor", "label"), SAME_ACTOR.values(), ids=SAME_ACTOR)
def test_an_actor_is_the_labelled_one(actor: Actor, label: ReferenceActor) -> None:
    assert ACTOR_THRESHOLD <= actor_similarity(actor, label) <= 1


@pytest.mark.parametrize(("actor", "label"), OTHER_ACTOR.values(), ids=OTHER_ACTOR)
def test_an_actor_is_not_the_labelled_one(actor: Actor, label: ReferenceActor) -> None:
    assert actor_similarity(actor, label) < ACTOR_THRESHOLD


def test_of_two_actors_of_a_name_kind_and_country_decide() -> None:
    right = actor_similarity(_actor("Khalifa Haftar", country="LBY"), HAFTAR)
    assert right > actor_similarity(_actor("Khalifa Haftar", country="EGY"), HAFTAR) > 0.9


MEETING, REQUEST = LABELS.events[0], LABELS.events[1]
SAME_EVENT: dict[str, dict[str, Any]] = {
    "the same": {},
    "told otherwise": {"title": "Kallidi receives Veliski"},
    "of another type, called alike": {"type": "COOPERATE"},
    "on another day": {"date": "2023-01-01"},
    "somewhere else": {"place": "Koralli", "country": "TUR"},
    "without anyone": {"participants": ()},
    "barely known": {"participants": (), "date": None, "place": None, "country": None, "title": "Talks"},
}
OTHER_EVENT: dict[str, dict[str, Any]] = {
    "of another type, called otherwise": {"type": "AID", "title": "Fire brigade helps the islanders"},
    "of others, on another day, called otherwise": {
        "title": "Ministers of two countries confer", "participants": (), "date": "2021", "place": "Koralli", "country": "TUR",
    },
}  # fmt: skip


@pytest.mark.parametrize("changes", SAME_EVENT.values(), ids=SAME_EVENT)
def test_an_event_is_the_labelled_one(changes: dict[str, Any]) -> None:
    event = changed(BRIEF.events[0], **changes)
    assert EVENT_THRESHOLD <= event_similarity(event, MEETING, ACTORS) <= 1


@pytest.mark.parametrize("changes", OTHER_EVENT.values(), ids=OTHER_EVENT)
def test_an_event_is_not_the_labelled_one(changes: dict[str, Any]) -> None:
    event = changed(BRIEF.events[0], **changes)
    assert event_similarity(event, MEETING, ACTORS) < EVENT_THRESHOLD


def test_two_events_of_a_story_are_told_apart() -> None:
    meeting, request = BRIEF.events[:2]
    assert event_similarity(meeting, REQUEST, ACTORS) < EVENT_THRESHOLD
    assert event_similarity(request, MEETING, ACTORS) < EVENT_THRESHOLD
    assert event_similarity(meeting, MEETING, ACTORS) == event_similarity(request, REQUEST, ACTORS) == 1


def test_likeness_of_events_is_the_weighted_mean_of_what_both_state() -> None:
    label = ReferenceEvent.model_validate({
        "id": "E", "salience": "vital", "type": "CONSULT", "title": "Talks", "date": "2024-03",
        "participants": [{"actor": "kallidi", "role": "actor"}, {"actor": "union", "role": "actor"}],
    })  # fmt: skip
    event = changed(BRIEF.events[0], type="AGREE", title="Talks", date="2024-03-03")
    # Type of the same class 3 x 1/2, title 2 x 1, one of 3 and one of 2 participants 3 x 2/5, date 1 x 1; no place.
    expected = (1.5 + 2 + 3 * 2 / 5 + 1) / (3 + 2 + 3 + 1)
    assert event_similarity(event, label, ACTORS) == pytest.approx(expected)


AIM = BRIEF.aims[0]
SLOGAN = LABELS.aims[0]


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"text": "A lighthouse for everyone"}, True),
        ({"text": "A tower that serves all", "wording_in_source": quoted("φάρος για όλους")}, True),
        ({"text": "A lighthouse for everyone", "wording_in_source": quoted("-")}, True),
        ({"text": "A tower that serves all", "wording_in_source": quoted("κόστος 40.000 ευρώ")}, False),
        ({"text": "A tower", "wording_in_source": quoted("Ένας φάρος", match=Match.UNSUPPORTED)}, False),
    ],
)
def test_an_aim_is_known_by_its_keywords_or_its_wording(changes: dict[str, Any], same: bool) -> None:
    assert (aim_similarity(changed(AIM, **changes), SLOGAN, ACTORS) >= AIM_THRESHOLD) is same


def test_of_two_aims_that_match_holder_and_wording_decide() -> None:
    rival = AIM.model_copy(update={"held_by": ("A3",), "wording_in_source": quoted("-")})
    assert aim_similarity(rival, SLOGAN, ACTORS) < aim_similarity(AIM, SLOGAN, ACTORS) <= 1


def test_context_is_known_by_its_keywords_in_topic_or_text() -> None:
    label = LABELS.context[0]
    item = ContextItem(id="C1", topic="Fire", text="Closed for 10 years.", evidence=(), supported=True)
    assert context_similarity(item, label) >= CONTEXT_THRESHOLD
    assert context_similarity(item.model_copy(update={"topic": "Flood"}), label) < CONTEXT_THRESHOLD
    assert context_similarity(BRIEF.context[0], label) <= 1


@pytest.mark.parametrize(
    ("wording", "accepted", "expected"),
    [
        ("Ένας φάρος για όλους", "Ένας φάρος για όλους", True),
        ("ΕΝΑΣ ΦΑΡΟΣ", "Ένας φάρος για όλους", True),
        ("«Ένας φάρος για όλους», είπε.", "Ένας φάρος για όλους", True),
        ("ένας φάρος για πολλούς", "Ένας φάρος για όλους", True),
        ("ένας στόλος για πολλούς", "Ένας φάρος για όλους", False),
        ("κόστος 40.000 ευρώ", "Ένας φάρος για όλους", False),
    ],
)
def test_wordings_agree_when_they_overlap(wording: str, accepted: str, expected: bool) -> None:
    assert wording_agrees(quoted(wording), [accepted]) is expected


def test_with_the_report_wordings_agree_when_their_places_overlap() -> None:
    ours, theirs = "τις 15 Μαρτίου. «Ένας φάρος", "«Ένας φάρος για όλους», είπε."
    assert not wording_agrees(quoted(ours), [theirs])
    assert wording_agrees(quoted(ours), [theirs], Source(REPORT, "el"))


def test_a_wording_that_stands_nowhere_agrees_with_nothing() -> None:
    said = "Ένας φάρος για όλους"
    assert not wording_agrees(quoted(said, match=Match.UNSUPPORTED), [said], Source(REPORT, "el"))


def test_labels_without_wordings_agree_with_none() -> None:
    label = ReferenceAim.model_validate({"id": "G", "salience": "vital", "text": "t", "accept": [["nothing"]]})
    assert aim_similarity(AIM, label, ACTORS) == 0
    assert context_similarity(
        BRIEF.context[0],
        ReferenceContext.model_validate({"id": "C", "salience": "vital", "topic": "t", "text": "t", "accept": [["x y z"]]}),
    ) == 0  # fmt: skip
