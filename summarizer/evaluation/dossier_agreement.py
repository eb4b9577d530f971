"""How far two annotators of one story agree, by the measures that score dossiers: what a tool can reach at most."""

from __future__ import annotations

from collections.abc import Mapping

from .dossier_discrepancies import Finding, LaidFindings, Said, is_required
from .dossier_linking import b_cubed_of, true_actors
from .dossier_references import DossierReference
from .dossier_scoring import LANGUAGES
from .references import Reference
from .scores import DocumentScore


def score_labels(
    first: DossierReference, second: DossierReference, references: Mapping[str, Reference]
) -> DocumentScore:
    """The score of one annotator's labels, taken for a dossier, against another's.

    Discrepancies are the second's vital ones; the groups of actors are compared over all labelled actors of all reports
    of the story. Nothing else of the labels is compared.

    Args:
        first: labels that count as true.
        second: labels of the same story.
        references: labels of the single reports, by the names of their documents.

    Raises:
        MissingExtra: scipy is not installed.
    """
    findings = [
        Finding(d.kind, d.about, tuple(Said(reading.value, frozenset(reading.documents)) for reading in d.readings))
        for d in second.discrepancies
        if is_required(d)
    ]
    laid = LaidFindings(findings, first.discrepancies)
    ours, theirs = true_actors(second, references), true_actors(first, references)
    mentions = sorted(mention for group in theirs for mention in group)
    return DocumentScore(
        document=first.story,
        language=LANGUAGES,
        shares={**laid.shares(), **b_cubed_of(mentions, ours, theirs, "dossier.actors.b_cubed")},
        items=tuple(laid.outcomes()),
    )
