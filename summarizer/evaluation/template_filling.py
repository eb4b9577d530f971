"""The field's metrics of template filling: CEAF-REE and CEAF-RME, reimplemented from their definitions.

A template is an event; its slots are roles; a slot is filled by entities; an entity is a set of mentions, which are
strings. Nothing here knows of okay items: take them out of both sides first, as `scoring` does.

Sources:
    CEAF: Luo 2005, "On coreference resolution performance metrics".
    CEAF-REE: Du, Rush & Cardie 2021, "GRIT: Generative role-filler transformers for document-level event entity
    extraction" (scorer in github.com/xinyadu/grit_doc_event_entity).
    CEAF-RME: Chen, Gantt, Gu, Chen, White & Van Durme 2023, "Iterative document-level information extraction via
    imitation learning" (scorer and scored outputs in github.com/wanmok/iterx).
"""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from ..models.base import Model
from .alignment import best_pairs
from .clustering import PrecisionRecall
from .scores import Share, Tally

Normalise = Callable[[str], str]
Entity = frozenset[str]
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


class Filler(Model):
    """An entity in a slot."""

    role: str
    mentions: tuple[str, ...]
    """Every form that counts as this entity; an entity without a mention is left out of account."""


class Template(Model):
    """An event with its fillers."""

    types: tuple[str, ...]
    """What it may be called; predicted templates have one."""
    fillers: tuple[Filler, ...]


class Phi(StrEnum):
    """How alike two templates are."""

    THREE = "phi-3"
    """Mentions in common, entities being aligned one to one."""
    SUBSET = "phi-subset"
    """Predicted entities that are mentions of a reference entity; several may be of the same."""


class Unit(StrEnum):
    """What the denominators of phi-3 count."""

    MENTIONS = "mentions"
    ENTITIES = "entities"


@functools.lru_cache(1 << 14)
def normalise_mention(text: str) -> str:
    """A mention in lower case, without ASCII punctuation, English articles and surplus white space, as published."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_NO_PUNCTUATION)).split())


def ceaf_ree(
    predicted: Sequence[Filler], reference: Sequence[Filler], normalise: Normalise = normalise_mention
) -> Tally:
    """Role-filler entities of one document, as if it had one template: matched, predicted and reference entities.

    Within each role, predicted and reference entities are aligned one to one; a pair counts 1 when every predicted
    mention is a mention of the reference entity, so a second prediction of an entity is a false one.

    Args:
        predicted: all fillers of a document; one that fills a role in two events should be given once.
        reference: the same from the labels.
        normalise: what makes two mentions the same; `str` compares them as they stand.

    Raises:
        MissingExtra: scipy is not installed.
    """
    total = Tally(0, 0, 0)
    for role in sorted({filler.role for filler in (*predicted, *reference)}):
        ours, theirs = _entities(predicted, role, normalise), _entities(reference, role, normalise)
        pairs = best_pairs([[float(one <= other) for other in theirs] for one in ours])
        total += Tally(len(pairs), len(ours), len(theirs))
    return total


def ceaf_rme(
    predicted: Sequence[Template],
    reference: Sequence[Template],
    phi: Phi = Phi.THREE,
    unit: Unit = Unit.MENTIONS,
    normalise: Normalise = normalise_mention,
) -> PrecisionRecall:
    """Templates of one document, aligned one to one so that the similarity `phi` is greatest in total.

    Fillers agree only in the same role of templates of the same type. A reference template with several types is of the
    one that the prediction gives it.

    Phi-3 aligns the entities of two templates one to one and counts the mentions they share. Its denominators are all
    mentions of a side, by Luo's definition and in the released scorer; the authors' scored outputs count entities,
    which is the same where each entity has one mention, and lets a system that names each entity once reach 1.

    Phi-subset counts predicted entities of which some mention belongs to a reference entity; recall counts the
    reference entities reached. Of alignments with equally many of the former the one with most of the latter counts
    (the released scorer leaves these ties to its solver, so that the order of templates matters).

    Args:
        predicted: templates of one type each.
        reference: templates of the types that are acceptable.
        phi: the similarity.
        unit: what the denominators of phi-3 count; phi-subset always counts entities.
        normalise: what makes two mentions the same; `str` compares them as they stand.

    Raises:
        MissingExtra: scipy is not installed.
    """
    ours = [_slots(template, normalise) for template in predicted]
    theirs = [_slots(template, normalise) for template in reference]
    comparable = [[bool({*one.types} & {*other.types}) for other in reference] for one in predicted]
    compare = _phi_3 if phi is Phi.THREE else _phi_subset
    none = _Similarity(0, 0)
    table = [
        [compare(one, other) if comparable[i][j] else none for j, other in enumerate(theirs)]
        for i, one in enumerate(ours)
    ]
    tie = 1 / (1 + sum(map(len, theirs)))
    pairs = best_pairs([[cell.predicted + tie * cell.reference for cell in row] for row in table])
    chosen = [table[pair.predicted][pair.reference] for pair in pairs]
    sizes = [_size(side, unit if phi is Phi.THREE else Unit.ENTITIES) for side in (ours, theirs)]
    return PrecisionRecall(
        Share(sum(cell.predicted for cell in chosen), sizes[0]), Share(sum(cell.reference for cell in chosen), sizes[1])
    )


class _Similarity(NamedTuple):
    """Of two templates: predicted things that are right, reference things that are found."""

    predicted: float
    reference: float


class _Slot(NamedTuple):
    role: str
    entity: Entity


def _phi_3(ours: Sequence[_Slot], theirs: Sequence[_Slot]) -> _Similarity:
    shared = [
        [float(len(one.entity & other.entity)) if one.role == other.role else 0.0 for other in theirs] for one in ours
    ]
    total = sum(pair.similarity for pair in best_pairs(shared))
    return _Similarity(total, total)


def _phi_subset(ours: Sequence[_Slot], theirs: Sequence[_Slot]) -> _Similarity:
    meets = [[float(one.role == other.role and bool(one.entity & other.entity)) for other in theirs] for one in ours]
    return _Similarity(sum(map(any, meets)), len(best_pairs(meets)))


def _slots(template: Template, normalise: Normalise) -> list[_Slot]:
    named = ((filler.role, frozenset(filter(None, map(normalise, filler.mentions)))) for filler in template.fillers)
    return [_Slot(role, entity) for role, entity in named if entity]


def _entities(fillers: Sequence[Filler], role: str, normalise: Normalise) -> list[Entity]:
    slots = _slots(Template(types=(), fillers=tuple(fillers)), normalise)
    return [slot.entity for slot in slots if slot.role == role]


def _size(side: Sequence[Sequence[_Slot]], unit: Unit) -> int:
    return sum(len(slot.entity) if unit is Unit.MENTIONS else 1 for slots in side for slot in slots)
