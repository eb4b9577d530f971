"""Overlap of an English text with a reference text: ROUGE and chrF, computed by the libraries that define them.

Both measure wording, not truth; use them beside nugget recall, never instead of it.
"""

from __future__ import annotations

from typing import NamedTuple

from .extras import extra

_KINDS = ("rouge1", "rouge2", "rougeL")


class Rouge(NamedTuple):
    """F1 of shared words, shared word pairs and the longest common subsequence of words, from 0 to 1.

    Source: Lin 2004, "ROUGE: a package for automatic evaluation of summaries".
    """

    rouge_1: float
    rouge_2: float
    rouge_l: float


def rouge(predicted: str, reference: str, stem: bool = False) -> Rouge | None:
    """ROUGE of a text against a reference text by rouge-score; None where the reference has no word.

    Args:
        predicted: an English text.
        reference: the text to compare it with.
        stem: reduce words to their stems (Porter) first.

    Raises:
        MissingExtra: rouge-score is not installed.
    """
    if not any(map(str.isalnum, reference)):
        return None
    scores = extra("rouge_score.rouge_scorer").RougeScorer(list(_KINDS), use_stemmer=stem).score(reference, predicted)
    return Rouge(*(scores[kind].fmeasure for kind in _KINDS))


def chrf(predicted: str, reference: str) -> float | None:
    """ChrF2 of a text against a reference text by sacrebleu, from 0 to 1; None where the reference is blank.

    Raises:
        MissingExtra: sacrebleu is not installed.

    Source: Popović 2015, "chrF: character n-gram F-score for automatic MT evaluation".
    """
    if not reference.strip():
        return None
    return float(extra("sacrebleu.metrics").CHRF().sentence_score(predicted, [reference]).score) / 100
