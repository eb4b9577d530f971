"""Scores of briefs against hand-labelled references: pure functions and plain records.

    from summarizer.evaluation import bootstrap, read_references, score_brief

    scores = [score_brief(brief, labelled.reference, text) for brief, labelled, text in ...]
    for metric, interval in bootstrap(scores).items():
        print(metric, interval.value, interval.low, interval.high, interval.n)

Names are imported on first use; numpy and scipy only where something is computed with them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agreement import Kappa, cohen_kappa
    from .alignment import Pair, align
    from .clustering import PrecisionRecall, b_cubed
    from .comparison import Difference, holm, paired_test, paired_tests
    from .dossier_agreement import score_labels
    from .dossier_references import DossierReference, read_dossier_references
    from .dossier_scoring import score_dossier
    from .keywords import accepts
    from .matching import actor_similarity, aim_similarity, context_similarity, event_similarity
    from .names import name_similarity
    from .overlap import Rouge, chrf, rouge
    from .power import (
        Demand,
        MinimumDifference,
        RunSpread,
        detectable_difference,
        minimum_detectable_difference,
        repeated_runs,
    )
    from .reading import Labelled, read_reference, read_references
    from .references import Reference, Salience
    from .scores import DocumentScore, ItemOutcome, Outcome, Share, Tally, is_better_lower, summed
    from .scoring import score_brief, score_failure
    from .statistics import Interval, bootstrap, bootstrap_interval
    from .template_filling import Filler, Phi, Template, Unit, ceaf_ree, ceaf_rme, normalise_mention
    from .texts import NuggetRecall, nugget_recall

_HOMES = {
    "agreement": ("Kappa", "cohen_kappa"),
    "alignment": ("Pair", "align"),
    "clustering": ("PrecisionRecall", "b_cubed"),
    "comparison": ("Difference", "holm", "paired_test", "paired_tests"),
    "dossier_agreement": ("score_labels",),
    "dossier_references": ("DossierReference", "read_dossier_references"),
    "dossier_scoring": ("score_dossier",),
    "keywords": ("accepts",),
    "matching": ("actor_similarity", "aim_similarity", "context_similarity", "event_similarity"),
    "names": ("name_similarity",),
    "overlap": ("Rouge", "chrf", "rouge"),
    "power": (
        "Demand",
        "MinimumDifference",
        "RunSpread",
        "detectable_difference",
        "minimum_detectable_difference",
        "repeated_runs",
    ),
    "reading": ("Labelled", "read_reference", "read_references"),
    "references": ("Reference", "Salience"),
    "scores": ("DocumentScore", "ItemOutcome", "Outcome", "Share", "Tally", "is_better_lower", "summed"),
    "scoring": ("score_brief", "score_failure"),
    "statistics": ("Interval", "bootstrap", "bootstrap_interval"),
    "template_filling": ("Filler", "Phi", "Template", "Unit", "ceaf_ree", "ceaf_rme", "normalise_mention"),
    "texts": ("NuggetRecall", "nugget_recall"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Demand",
    "Difference",
    "DocumentScore",
    "DossierReference",
    "Filler",
    "Interval",
    "ItemOutcome",
    "Kappa",
    "Labelled",
    "MinimumDifference",
    "NuggetRecall",
    "Outcome",
    "Pair",
    "Phi",
    "PrecisionRecall",
    "Reference",
    "Rouge",
    "RunSpread",
    "Salience",
    "Share",
    "Tally",
    "Template",
    "Unit",
    "accepts",
    "actor_similarity",
    "aim_similarity",
    "align",
    "b_cubed",
    "bootstrap",
    "bootstrap_interval",
    "ceaf_ree",
    "ceaf_rme",
    "chrf",
    "cohen_kappa",
    "context_similarity",
    "detectable_difference",
    "event_similarity",
    "holm",
    "is_better_lower",
    "minimum_detectable_difference",
    "name_similarity",
    "normalise_mention",
    "nugget_recall",
    "paired_test",
    "paired_tests",
    "read_dossier_references",
    "read_reference",
    "read_references",
    "repeated_runs",
    "rouge",
    "score_brief",
    "score_dossier",
    "score_failure",
    "score_labels",
    "summed",
]


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(importlib.import_module(f".{_HOME_OF[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
