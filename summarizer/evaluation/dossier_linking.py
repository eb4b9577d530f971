"""Whether reports were put into the right stories and mentions to the right actors: B-cubed, item by item.

Each item has a precision (of its predicted group, the share that is of its true group) and a recall (the reverse);
their harmonic mean is Dice's coefficient of the two groups. All three are averaged over items, so that they add up
over stories and F1 is a mean of the items' values, not a mean of two means.

Source: Bagga & Baldwin 1998, "Algorithms for scoring coreference chains"; items missing on one side as in Pradhan et
al. 2014, "Scoring coreference partitions of predicted mentions: a reference implementation".
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

from .dossier_references import DossierReference
from .dossier_told import Mention, Told, Unit
from .references import Reference
from .scores import ItemOutcome, Outcome, Share

Groups = Sequence[Collection[Hashable]]


def b_cubed_of(items: Iterable[Hashable], predicted: Groups, reference: Groups, name: str) -> dict[str, Share]:
    """NAME.precision, NAME.recall and NAME.f1 of some of the items that are grouped.

    Args:
        items: that count here.
        predicted: groups of items; an item that is in none is missing, which costs recall and F1.
        reference: the true groups; an item that is in none costs precision and F1.
        name: of the metrics.
    """
    ours = {item: frozenset(group) for group in predicted for item in group}
    theirs = {item: frozenset(group) for group in reference for item in group}
    counted = [item for item in dict.fromkeys(items) if item in ours or item in theirs]
    nothing: frozenset[Hashable] = frozenset()
    sides = [(ours.get(item, nothing), theirs.get(item, nothing)) for item in counted]
    common = [len(mine & true) for mine, true in sides]
    return {
        f"{name}.precision": _mean((n, len(mine)) for n, (mine, _) in zip(common, sides, strict=True)),
        f"{name}.recall": _mean((n, len(true)) for n, (_, true) in zip(common, sides, strict=True)),
        f"{name}.f1": _mean((2 * n, len(mine) + len(true)) for n, (mine, true) in zip(common, sides, strict=True)),
    }


def story_shares(unit: Unit, told: Told, units: Sequence[Unit]) -> dict[str, Share]:
    """How well the reports of one story were put together; all reports of the suite are grouped."""
    predicted = [told.named(report.document.id for report in story.reports) for story in told.dossier.stories]
    return b_cubed_of(unit.documents, predicted, [other.documents for other in units], "dossier.stories.b_cubed")


def actor_shares(labels: DossierReference, told: Told) -> dict[str, Share]:
    """How well the mentions of a story's actors were put together, and how many that must stay apart were not.

    A mention is an actor of a brief that is a labelled actor of its report. The tool may group only those, so labelled
    actors that no brief has are left out on both sides; they are missed by the brief and not by the dossier.
    """
    mentions = {
        Mention(name, label.id)
        for name in labels.documents
        if name in told.laid
        for label in told.laid[name].actors.label_of.values()
    }
    predicted = [told.actor_mentions(actor) & mentions for story in told.dossier.stories for actor in story.actors]
    truth = [group & mentions for group in true_actors(labels, told.references)]
    merged = sum(_is_merged(pair, predicted) for pair in labels.never)
    return {
        **b_cubed_of(sorted(mentions), predicted, truth, "dossier.actors.b_cubed"),
        "dossier.actors.wrongly_merged": Share(merged, 1) if labels.never else Share(0, 0),
    }


def actor_outcomes(labels: DossierReference, told: Told) -> Iterator[ItemOutcome]:
    """The actors that must stay apart and were taken for one."""
    predicted = [told.actor_mentions(actor) for story in told.dossier.stories for actor in story.actors]
    for pair in labels.never:
        if _is_merged(pair, predicted):
            names = " = ".join(", ".join(f"{actor} ({name})" for name, actor in side.items()) for side in pair)
            yield ItemOutcome(kind="never", outcome=Outcome.FALSE, predicted=names)


def true_actors(labels: DossierReference, references: Mapping[str, Reference]) -> list[frozenset[Mention]]:
    """The true groups of a story's labelled actors; one that only one report has is a group of one."""
    groups = [frozenset(Mention(*mention) for mention in actor.mentions.items()) for actor in labels.actors]
    grouped = frozenset().union(*groups)
    every = [Mention(name, actor.id) for name in labels.documents for actor in references[name].actors]
    return [*groups, *(frozenset({mention}) for mention in every if mention not in grouped)]


def _is_merged(pair: tuple[dict[str, str], dict[str, str]], groups: Iterable[Collection[Mention]]) -> bool:
    one, other = ({Mention(*mention) for mention in side.items()} for side in pair)
    return any(one & set(group) and other & set(group) for group in groups)


def _mean(quotients: Iterable[tuple[int, int]]) -> Share:
    values = [part / whole for part, whole in quotients if whole]
    return Share(sum(values), len(values))
