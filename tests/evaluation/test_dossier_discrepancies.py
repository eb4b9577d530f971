"""Discrepancies against labels: what is the same, what counts, what is spared; every figure counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.dossier_discrepancies import Finding, LaidFindings, Said, common_readings, in_words
from summarizer.evaluation.dossier_references import ReferenceDiscrepancy
from summarizer.evaluation.scores import Outcome, Share
from summarizer.models.dossier import DiscrepancyKind


def label(name: str, values: dict[str, str], **changes: Any) -> ReferenceDiscrepancy:
    """A vital contradiction of numbers whose readings are given as {value: documents, one letter each}."""
    fields: dict[str, Any] = {
        "id": name, "salience": "vital", "kind": "contradiction", "attribute": "number", "about": f"about {name}",
        "readings": [
            {"value": value, "documents": tuple(documents), "accept": [[value]]} for value, documents in values.items()
        ],
    }  # fmt: skip
    return ReferenceDiscrepancy.model_validate(fields | changes)


def finding(values: dict[str, str], kind: str = "contradiction") -> Finding:
    """A finding with readings as `label` takes them."""
    readings = tuple(Said(value, frozenset(documents)) for value, documents in values.items())
    return Finding(DiscrepancyKind(kind), "found", readings)


def test_two_labelled_readings_in_common_make_a_match() -> None:
    found = common_readings(finding({"12 dead": "a", "about 20 dead": "b"}), label("D1", {"12": "a", "20": "bc"}))
    assert [(pair.predicted, pair.reference) for pair in found] == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    "values",
    [{"12 dead": "a", "30 dead": "b"}, {"12": "a", "12 people": "a"}, {"12": "b", "20": "a"}, {"120": "a", "220": "b"}],
    ids=["one other value", "the same reading twice", "documents exchanged", "figures cut"],
)
def test_less_than_two_readings_with_their_documents_are_no_match(values: dict[str, str]) -> None:
    laid = LaidFindings([finding(values)], [label("D1", {"12": "a", "20": "b"})])
    assert laid.pairs == ()
    assert laid.shares()["dossier.discrepancies.f1"] == Share(0, 2)


def test_dates_are_the_same_by_their_days_and_by_how_people_write_them() -> None:
    days = {"1989-11-09": "a", "1989-11-10": "b"}
    by_day = label("D1", days, attribute="date")
    assert len(common_readings(finding(days), by_day)) == 2
    spoken = label("D2", {"9 November": "a", "November 10": "b"}, attribute="date")
    assert len(common_readings(finding(days), spoken)) == 2
    whole_month = label("D3", {"2025-08": "a", "2025-09": "b"}, attribute="date")
    assert len(common_readings(finding({"2025-08-01/2025-08-31": "a", "2025-09": "b"}), whole_month)) == 2
    assert common_readings(finding(days), label("D4", {"x": "a", "y": "b"}, attribute="date")) == ()


@pytest.mark.parametrize(("attribute", "common"), [("date", 2), ("number", 0)])
def test_only_dates_are_compared_as_dates(attribute: str, common: int) -> None:
    months = finding({"2025-08-01/2025-08-31": "a", "2025-09-01/2025-09-30": "b"})
    unsaid = [
        {"value": "2025-08", "documents": ["a"], "accept": [["never said"]]},
        {"value": "2025-09", "documents": ["b"], "accept": [["never said"]]},
    ]
    assert len(common_readings(months, label("D1", {}, attribute=attribute, readings=unsaid))) == common


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2025-08-05", "2025-08-05; 5 August 2025; August 5, 2025"),
        ("2025-08", "2025-08; August 2025"),
        ("2025-21", "2025-21"),
        ("2025-02-30", "2025-02-30"),
        ("DEU", "DEU; Germany"),
        ("SUN", "SUN; Soviet Union"),
        ("12 dead", "12 dead"),
        ("", ""),
    ],
)
def test_dates_and_codes_are_put_in_words(value: str, words: str) -> None:
    assert in_words(value) == words


def test_each_label_and_each_finding_is_used_once_so_that_most_readings_agree() -> None:
    labels = [label("D1", {"12": "a", "20": "b"}), label("D2", {"12": "a", "20": "b", "30": "c"})]
    three, two = finding({"12": "a", "20": "b", "30": "c"}), finding({"12": "a", "20": "b"})
    pairs = LaidFindings([three, two], labels).pairs
    assert [(pair.finding, pair.label.id) for pair in pairs] == [(three, "D2"), (two, "D1")]
    doubled = LaidFindings([two, two], labels[:1]).shares()
    assert doubled["dossier.discrepancies.precision"] == Share(1, 2)


def test_between_equal_labels_one_of_the_same_kind_then_a_vital_one_is_taken() -> None:
    values = {"12": "a", "20": "b"}
    okay, vital = label("D1", values, salience="okay"), label("D2", values)
    granular = label("D3", values, kind="granularity")
    (pair,) = LaidFindings([finding(values)], [okay, granular, vital]).pairs
    assert pair.label.id == "D2"
    (pair,) = LaidFindings([finding(values, "granularity")], [okay, vital, granular]).pairs
    assert pair.label.id == "D3"


LABELS = [
    label("D1", {"12": "a", "20": "b"}),
    label("D2", {"Elin": "a", "Orrin": "bc"}, attribute="place"),
    label("D3", {"red": "a", "blue": "b"}, salience="okay"),
    label("D4", {"noon": "a", "12:10": "b"}, kind="granularity"),
    label("D5", {"5 ships": "a", "several": "b"}, kind="granularity", salience="okay"),
]
FINDINGS = [
    finding({"12": "a", "20": "bc"}),  # D1, with a document too many in one reading
    finding({"red": "a", "blue": "b"}),  # okay: spared
    finding({"5 ships": "a", "several": "b"}),  # an okay granularity: spared, and a false contradiction
    finding({"noon": "a", "12:10": "b"}, "granularity"),  # D4
    finding({"1": "a", "2": "b"}),  # labelled nowhere
]


def test_a_worked_example_of_every_metric() -> None:
    assert LaidFindings(FINDINGS, LABELS).shares() == {
        "dossier.discrepancies.precision": Share(1, 2),
        "dossier.discrepancies.recall": Share(1, 2),
        "dossier.discrepancies.f1": Share(2, 4),
        "dossier.discrepancies.recall_all": Share(2, 3),
        "dossier.discrepancies.kind": Share(2, 2),
        "dossier.false_contradictions": Share(1, 1),
        "dossier.false_contradictions.share": Share(1, 4),
        "dossier.granularity.precision": Share(1, 1),
        "dossier.granularity.recall": Share(1, 1),
        "dossier.granularity.f1": Share(2, 2),
        "dossier.granularity.recall_all": Share(1, 2),
        "dossier.readings.recall": Share(4, 6),
        "dossier.readings.documents": Share(3, 4),
    }


def test_a_worked_example_of_what_became_of_each() -> None:
    outcomes = [
        (item.kind, item.outcome.value, (item.reference or "")[:2])
        for item in LaidFindings(FINDINGS, LABELS).outcomes()
    ]
    assert outcomes == [
        ("contradiction", "hit", "D1"), ("contradiction", "missed", "D2"), ("contradiction", "allowed", "D3"),
        ("granularity", "hit", "D4"), ("granularity", "false", "D5"), ("contradiction", "false", ""),
    ]  # fmt: skip


def test_a_vital_granularity_taken_for_a_contradiction_is_false_and_the_reverse_is_missed() -> None:
    values = {"12": "a", "20": "b"}
    laid = LaidFindings([finding(values)], [label("D1", values, kind="granularity")])
    assert laid.shares()["dossier.discrepancies.precision"] == Share(0, 1)
    assert laid.shares()["dossier.false_contradictions"] == Share(1, 1)
    assert laid.shares()["dossier.discrepancies.kind"] == Share(0, 1)
    (outcome,) = laid.outcomes()
    assert (outcome.outcome, outcome.note) == (Outcome.FALSE, "kind: contradiction, not granularity")
    laid = LaidFindings([finding(values, "granularity")], [label("D1", values)])
    assert laid.shares()["dossier.discrepancies.recall"] == Share(0, 1)
    assert laid.shares()["dossier.false_contradictions"] == Share(0, 1)
    (outcome,) = laid.outcomes()
    assert (outcome.outcome, outcome.note) == (Outcome.MISSED, "kind: granularity, not contradiction")


def test_outcomes_name_documents_and_readings() -> None:
    values = {"12": "a", "20": "cb"}
    missed, false = LaidFindings([finding({"1": "a", "2": "b"})], [label("D1", values)]).outcomes()
    assert missed.reference == "D1 about D1: 12 (a); 20 (b, c)"
    assert false.predicted == "found: 1 (a); 2 (b)"


def test_without_labels_and_findings_nothing_is_defined() -> None:
    assert {share.value for share in LaidFindings([], []).shares().values()} == {None}
    assert list(LaidFindings([], []).outcomes()) == []


def test_without_findings_every_label_is_missed_and_precision_is_undefined() -> None:
    shares = LaidFindings([], LABELS).shares()
    assert shares["dossier.discrepancies.recall"].value == 0
    assert shares["dossier.discrepancies.precision"].value is None
    assert shares["dossier.false_contradictions"].value == 0


@given(st.permutations(range(len(FINDINGS))), st.permutations(range(len(LABELS))))
def test_the_order_of_findings_and_labels_does_not_matter(findings: list[int], labels: list[int]) -> None:
    mixed = LaidFindings([FINDINGS[n] for n in findings], [LABELS[n] for n in labels])
    assert mixed.shares() == LaidFindings(FINDINGS, LABELS).shares()
