"""Two runs side by side: metrics of documents over documents, those of the dossier over stories, corrected together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..evaluation.comparison import Difference, holm, in_order_of, paired_tests
from ..evaluation.scores import DocumentScore
from .runs import Run

STORIES = "dossier."
"""Beginning of the names of metrics that stories have."""


class Stories(NamedTuple):
    """The scores of two runs story by story; none for a run that made no dossier."""

    base: Sequence[DocumentScore] = ()
    new: Sequence[DocumentScore] = ()


NO_STORIES = Stories()


class Scored(NamedTuple):
    """The scores of one document or story in two runs."""

    before: DocumentScore
    after: DocumentScore


@dataclass(frozen=True)
class Runs:
    """The scores of two runs over the same documents.

    Args:
        base: of the run to compare with, document by document.
        new: of the run in question.
        stories: of both; where only one made a dossier, its metrics are undefined for the other.
    """

    base: Sequence[DocumentScore]
    new: Sequence[DocumentScore]
    stories: Stories = NO_STORIES

    @classmethod
    def of(cls, base: Run, new: Run) -> Runs:
        """The scores of two runs, repeats added up."""
        return cls(base.pooled, new.pooled, stories_of(base, new))

    @property
    def metrics(self) -> tuple[str, ...]:
        """Names of all metrics that either has, in order."""
        scores = (*self.base, *self.new, *self.stories.base, *self.stories.new)
        return tuple(dict.fromkeys(name for score in scores for name in score.shares))

    def differences(self, metrics: Sequence[str]) -> dict[str, Difference]:
        """Differences of metrics, as `paired_tests` gives them, with one correction for all of them.

        Raises:
            InputError: the runs are not over the same documents, or both made dossiers and not of the same stories.
            MissingExtra: numpy is not installed.
        """
        told = [metric for metric in metrics if metric.startswith(STORIES)]
        others = [metric for metric in metrics if not metric.startswith(STORIES)]
        found = paired_tests(self.base, self.new, others) if others else {}
        found |= paired_tests(*self._told(), told) if told else {}
        corrected = holm({metric: found[metric].p_permutation for metric in metrics})
        return {metric: found[metric].model_copy(update={"p_holm": corrected[metric]}) for metric in metrics}

    def paired(self, metric: str) -> Iterator[Scored]:
        """Each document, or for a metric of the dossier each story, in both runs."""
        one, other = self._told() if metric.startswith(STORIES) else (self.base, self.new)
        yield from map(Scored._make, zip(one, in_order_of(one, other), strict=True))

    def _told(self) -> Stories:
        base, new = self.stories
        return Stories(base or _bare(new), new or _bare(base))


def stories_of(base: Run, new: Run) -> Stories:
    """The scores of the stories of two runs, repeats added up."""
    return Stories(base.pooled_stories, new.pooled_stories)


def _bare(scores: Iterable[DocumentScore]) -> list[DocumentScore]:
    return [DocumentScore(document=score.document, language=score.language, shares={}) for score in scores]
