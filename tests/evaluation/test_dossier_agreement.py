"""Two annotators of one story, by the measures of dossiers."""

from __future__ import annotations

from typing import Any

from summarizer.evaluation import Share, score_labels

from . import dossiers as made

LABELLED = made.references()


def discrepancy(name: str, one: str, other: str, **changes: Any) -> dict[str, Any]:
    readings = [
        {"value": value, "documents": [document], "accept": [[value]]}
        for value, document in ((one, "a.txt"), (other, "b.txt"))
    ]
    fields = {"id": name, "salience": "vital", "kind": "contradiction", "attribute": "number", "about": name}
    return {**fields, "readings": readings, **changes}


def test_the_same_labels_agree_wholly() -> None:
    labels = made.labels(discrepancies=[discrepancy("D1", "12", "20")])
    score = score_labels(labels, labels, LABELLED)
    assert score.document == "port"
    assert score.shares["dossier.discrepancies.f1"] == Share(2, 2)
    assert score.shares["dossier.actors.b_cubed.f1"] == Share(6, 6)


def test_a_disagreement_is_counted_by_hand() -> None:
    first = made.labels(discrepancies=[discrepancy("D1", "12", "20"), discrepancy("D2", "5", "6")])
    second = made.labels(
        actors=[{"name": "Mira Solvang", "mentions": {"a.txt": "mira", "b.txt": "mira", "c.txt": "mira"}}],
        discrepancies=[discrepancy("D9", "about 12", "20"), discrepancy("D8", "7", "9", salience="okay")],
    )
    shares = score_labels(first, second, LABELLED).shares
    assert shares["dossier.discrepancies.precision"] == Share(1, 1)
    assert shares["dossier.discrepancies.recall"] == Share(1, 2)
    assert shares["dossier.actors.b_cubed.precision"] == Share(6, 6)
    assert shares["dossier.actors.b_cubed.recall"] == Share(4, 6)


def test_without_discrepancies_their_agreement_is_undefined() -> None:
    shares = score_labels(made.labels(), made.labels(), LABELLED).shares
    assert shares["dossier.discrepancies.f1"].value is None
