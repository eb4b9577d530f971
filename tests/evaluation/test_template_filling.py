"""CEAF-REE and CEAF-RME against published worked examples, hand counts and properties."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.evaluation import (
    Filler,
    Phi,
    PrecisionRecall,
    Share,
    Tally,
    Template,
    Unit,
    ceaf_ree,
    ceaf_rme,
    normalise_mention,
)

from .muc import GRIT, ITERX, TIED, Case, Document, fillers, template


def _rme(document: Document, phi: Phi, unit: Unit = Unit.ENTITIES) -> PrecisionRecall:
    predicted = [template(*item) for item in document.predicted]
    return ceaf_rme(predicted, [template(*item) for item in document.reference], phi, unit)


@pytest.mark.parametrize("case", GRIT.values(), ids=GRIT)
def test_ceaf_ree_of_the_published_cases(case: Case) -> None:
    tally = ceaf_ree(fillers({"Target": case.predicted}), fillers({"Target": case.reference}))
    shares = {name: share.value for name, share in tally.shares("ree").items()}
    assert shares == pytest.approx({"ree.precision": case.precision, "ree.recall": case.recall, "ree.f1": case.f1})


def test_ceaf_ree_of_the_published_suite_is_the_sum_over_documents_and_roles() -> None:
    # Case 7 of the same source: cases 4, 5 and 6, and a fourth document with the three of them in three roles.
    four, five, six = (next(case for name, case in GRIT.items() if name.startswith(f"case {n}")) for n in (4, 5, 6))
    total = Tally(0, 0, 0)
    for case in (four, five, six):
        total += ceaf_ree(fillers({"PerpInd": case.predicted}), fillers({"PerpInd": case.reference}))
    together = {"PerpInd": four, "PerpOrg": five, "Target": six}
    total += ceaf_ree(
        fillers({role: case.predicted for role, case in together.items()}),
        fillers({role: case.reference for role, case in together.items()}),
    )
    assert total == Tally(matched=20, predicted=24, reference=24)


@pytest.mark.parametrize("document", ITERX.values(), ids=ITERX)
@pytest.mark.parametrize("phi", Phi)
def test_ceaf_rme_of_the_published_outputs(document: Document, phi: Phi) -> None:
    found = _rme(document, phi)
    printed = document.phi_3 if phi is Phi.THREE else document.subset
    assert (found.precision.value, found.recall.value, found.f1) == pytest.approx(printed, abs=5e-5)


def test_among_equally_good_alignments_the_one_that_finds_more_counts() -> None:
    assert (_rme(TIED, Phi.THREE).precision.value, _rme(TIED, Phi.THREE).recall.value) == pytest.approx(
        TIED.phi_3[:2], abs=5e-5
    )
    found = _rme(TIED, Phi.SUBSET)
    assert found.precision.value == TIED.subset.precision
    assert found.recall == Share(4, 7)  # the published 3 of 7 is the other alignment


def test_phi_3_counts_mentions_as_the_released_scorer_does_unless_told_otherwise() -> None:
    # Document 0002: one shared mention, two predicted and five reference mentions.
    found = _rme(ITERX["0002"], Phi.THREE, Unit.MENTIONS)
    assert (found.precision, found.recall) == (Share(1, 2), Share(1, 5))
    predicted, reference = ([template(*item) for item in side] for side in ITERX["0002"][:2])
    assert ceaf_rme(predicted, reference) == found


def test_phi_3_counts_every_shared_mention_of_an_entity() -> None:
    found = ceaf_rme([template("a", {"x": [["m1", "m2", "m9"]]})], [template("a", {"x": [["m1", "m2", "m3"], ["m9"]]})])
    assert found == PrecisionRecall(Share(2, 3), Share(2, 4))


def test_phi_subset_forgives_naming_an_entity_twice_and_ree_does_not() -> None:
    predicted, reference = {"x": [["m1"], ["m2"]]}, {"x": [["m1", "m2"]]}
    assert ceaf_rme([template("a", predicted)], [template("a", reference)], Phi.SUBSET).f1 == 1
    assert ceaf_ree(fillers(predicted), fillers(reference)) == Tally(1, 2, 1)


def test_phi_subset_does_not_find_two_entities_by_one_mention() -> None:
    found = ceaf_rme([template("a", {"x": [["m1"]]})], [template("a", {"x": [["m1"], ["m1", "m2"]]})], Phi.SUBSET)
    assert found == PrecisionRecall(Share(1, 1), Share(1, 2))


@pytest.mark.parametrize("phi", Phi)
def test_templates_are_aligned_one_to_one(phi: Phi) -> None:
    event = template("a", {"x": [["m1"]]})
    assert ceaf_rme([event, event], [event], phi) == PrecisionRecall(Share(1, 2), Share(1, 1))
    assert ceaf_rme([event], [event, event], phi) == PrecisionRecall(Share(1, 1), Share(1, 2))


@pytest.mark.parametrize("phi", Phi)
@pytest.mark.parametrize(("kind", "slots"), [("b", {"x": [["m1"]]}), ("a", {"y": [["m1"]]})])
def test_another_type_or_role_is_wrong(phi: Phi, kind: str, slots: dict[str, Any]) -> None:
    found = ceaf_rme([template(kind, slots)], [template("a", {"x": [["m1"]]})], phi)
    assert (found.precision, found.recall, found.f1) == (Share(0, 1), Share(0, 1), 0)


@pytest.mark.parametrize("phi", Phi)
@pytest.mark.parametrize("kind", ["attack", "bombing"])
def test_a_reference_template_of_several_types_is_any_of_them_and_counts_once(phi: Phi, kind: str) -> None:
    found = ceaf_rme([template(kind, {"x": [["m1"]]})], [template("attack/bombing", {"x": [["m1"]]})], phi)
    assert found == PrecisionRecall(Share(1, 1), Share(1, 1))


@pytest.mark.parametrize("phi", Phi)
def test_empty_sides_are_undefined_or_zero(phi: Phi) -> None:
    event, bare = template("a", {"x": [["m1"]]}), template("a", {})
    assert ceaf_rme([], [], phi) == PrecisionRecall(Share(0, 0), Share(0, 0))
    assert ceaf_rme([bare], [bare], phi).f1 is None
    assert ceaf_rme([event], [], phi) == PrecisionRecall(Share(0, 1), Share(0, 0))
    assert ceaf_rme([], [event], phi) == PrecisionRecall(Share(0, 0), Share(0, 1))
    assert ceaf_rme([], [event], phi).f1 == ceaf_rme([event], [], phi).f1 == 0


def test_empty_sides_of_ceaf_ree() -> None:
    one = fillers({"x": [["m1"]]})
    assert ceaf_ree([], []) == Tally(0, 0, 0)
    assert ceaf_ree(one, []) == Tally(0, 1, 0)
    assert ceaf_ree([], one) == Tally(0, 0, 1)
    assert ceaf_ree(fillers({"x": [[]]}), one) == Tally(0, 0, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  U.S. Embassy", "us embassy"),
        ("A bomb, an M-79 and the theatre", "bomb m79 and theatre"),
        ("Ένας Φάρος", "ένας φάρος"),
        ("the", ""),
    ],
)
def test_mentions_are_normalised_as_published(text: str, expected: str) -> None:
    assert normalise_mention(text) == expected


def test_normalisation_is_an_option() -> None:
    one, other = fillers({"x": [["The Embassy"]]}), fillers({"x": [["embassy"]]})
    assert ceaf_ree(one, other).matched == 1
    assert ceaf_ree(one, other, normalise=str).matched == 0
    assert (
        ceaf_rme([Template(types=("a",), fillers=one)], [Template(types=("a",), fillers=other)], normalise=str).f1 == 0
    )


ENTITIES = st.lists(st.sampled_from("pqrs"), min_size=1, max_size=3).map(tuple)
FILLERS = st.builds(lambda role, mentions: Filler(role=role, mentions=mentions), st.sampled_from("xy"), ENTITIES)
TEMPLATES = st.lists(
    st.builds(
        lambda kind, group: Template(types=(kind,), fillers=tuple(group)),
        st.sampled_from("ab"),
        st.lists(FILLERS, max_size=4),
    ),
    max_size=3,
)


@settings(max_examples=50, deadline=None)
@given(TEMPLATES, TEMPLATES, st.randoms(use_true_random=False), st.sampled_from(Phi), st.sampled_from(Unit))
def test_order_does_not_matter(
    predicted: list[Template], reference: list[Template], random: Any, phi: Phi, unit: Unit
) -> None:
    def shuffled(templates: list[Template]) -> list[Template]:
        mixed = [
            item.model_copy(update={"fillers": tuple(random.sample(item.fillers, len(item.fillers)))})
            for item in templates
        ]
        return random.sample(mixed, len(mixed))

    def all_fillers(templates: list[Template]) -> list[Filler]:
        return [filler for item in templates for filler in item.fillers]

    found = ceaf_rme(shuffled(predicted), shuffled(reference), phi, unit)
    assert found == ceaf_rme(predicted, reference, phi, unit)
    tally = ceaf_ree(all_fillers(shuffled(predicted)), all_fillers(shuffled(reference)))
    assert tally == ceaf_ree(all_fillers(predicted), all_fillers(reference))


@settings(max_examples=50, deadline=None)
@given(TEMPLATES, st.sampled_from(Phi))
def test_templates_compared_with_themselves_are_perfect(templates: list[Template], phi: Phi) -> None:
    found = ceaf_rme(templates, templates, phi)
    perfect = 1 if any(item.fillers for item in templates) else None
    assert (found.precision.value, found.recall.value) == (perfect, perfect)


@settings(max_examples=50, deadline=None)
@given(TEMPLATES, TEMPLATES, st.sampled_from(Phi))
def test_shares_never_exceed_one(predicted: list[Template], reference: list[Template], phi: Phi) -> None:
    found = ceaf_rme(predicted, reference, phi)
    assert 0 <= found.precision.part <= found.precision.whole
    assert 0 <= found.recall.part <= found.recall.whole
