"""Names of persons: which word is which part, and whether two names can be one person's."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..text.folding import fold
from .alignment import Alignment, align
from .judged import Judged, listed, said, same_name
from .mention import Mention, Verdict
from .readings import Reading, readings
from .scripts import split
from .sounds import Word, alike
from .tables import classes, words

GIVEN = 0.82
"""Least similarity of two given names; brothers' names are often alike."""

SURNAME = 0.77
"""Least similarity of two surnames beside the same given name."""

_BRACKETS = re.compile(r"[(\[（].*?[)\]）]|[\"“”«»]")
_POSSESSIVE = re.compile(r"['’](?:s\b|[nd]?[ıiuü]n\b|[yn]?[aeıiuü]\b|[dt][ae]n?\b)")


@dataclass(frozen=True, slots=True)
class Parted:
    """A person's name without titles.

    Args:
        readings: the ways to read its words in order.
        female: of a title that tells; None where none does.
        generation: of "Jr", "Sr", "II"; empty where there is none.
    """

    readings: tuple[Reading, ...]
    female: bool | None = None
    generation: str = ""


@functools.lru_cache(1 << 15)
def parted(text: str, language: str | None = None) -> Parted:
    """The parts of a person's name.

    Args:
        text: a name in any script, with or without titles.
        language: ISO 639 code of the text.
    """
    written = split(_POSSESSIVE.sub("", _BRACKETS.sub(" ", text)))
    titles, generations = words("persons", "titles"), words("persons", "generations")
    bare = [(w, fold(w).strip(".,")) for w in written]
    female = any(f in words("persons", "female") for _, f in bare)
    male = any(f in words("persons", "male") for _, f in bare)
    generation = next((f for _, f in bare[1:] if f in generations), "")
    kept = [w for w, f in bare if not _is_title(w, f, titles) and f not in generations]
    kept = kept or [w for w, f in bare if f not in titles] or written
    return Parted(readings(tuple(kept), language), female if female != male else None, generation)


def _is_title(word: str, folded: str, titles: frozenset[str]) -> bool:
    if len(folded) == 1 and word[:1].isupper():
        return False
    return all(part in titles for part in folded.split("-"))


def same_given(one: Word, other: Word) -> float:
    """How alike two given names are; forms of one name in two languages are the same one."""
    if one.initial or other.initial:
        return _initial(one, other)
    known = classes("given")
    first = {known[key] for key in (one.text, *one.sounds) if key in known}
    second = {known[key] for key in (other.text, *other.sounds) if key in known}
    if first & second:
        return 0.97
    return alike(one, other)


def _initial(one: Word, other: Word) -> float:
    starts = {sounds[:1] for sounds in one.sounds}
    return 0.9 if any(sounds[:1] in starts for sounds in other.sounds) else 0.0


@functools.lru_cache(1 << 15)
def judge(one: Parted, other: Parted, country: str | None = None) -> Judged:
    """Whether two forms can be one person's name, by their words alone.

    Args:
        one: a form.
        other: another.
        country: of the person, where both mentions agree about it or one knows it.
    """
    found = [_judge(a, b, country) for a in one.readings for b in other.readings]
    best = max(found, key=lambda judged: judged.rank)
    if one.generation and other.generation and one.generation != other.generation:
        return Judged(Verdict.DIFFERENT, best.similarity, f"one is called {one.generation}, the other {other.generation}")
    if best.verdict is not Verdict.DIFFERENT and {one.female, other.female} == {True, False}:
        return Judged(Verdict.DIFFERENT, best.similarity, "one is called a man, the other a woman")
    return best


def _judge(one: Reading, other: Reading, country: str | None) -> Judged:
    if not one or not other:
        return Judged(Verdict.DIFFERENT, 0.0, "no name to compare")
    if len(one) > len(other):
        one, other = other, one
    if len(one) == 1:
        return _bare(one[0], other)
    found = align(one, other, same_given, SURNAME)
    return _full(found, country)


def _bare(one: Word, other: Sequence[Word]) -> Judged:
    scores = [same_given(one, word) for word in other]
    best = max(scores)
    word = other[scores.index(best)]
    if one.initial or word.initial or best < SURNAME:
        return Judged(Verdict.DIFFERENT, best, f"{said(one)} and {listed(other)} are different names")
    if len(other) > 1:
        return Judged(Verdict.OPEN, best, f"{said(one)} is a part of {listed(other)}")
    if best < GIVEN or _wife(one, word):
        return Judged(Verdict.DIFFERENT, best, f"{said(one)} and {said(word)} are different names")
    return Judged(Verdict.SAME, best, same_name(one, word))


_FEMININE = (("ova", "ov"), ("eva", "ev"), ("ina", "in"), ("ska", "ski"), ("ska", "skiy"), ("skaia", "ski"), ("skaya", "skiy"))


def _wife(one: Word, other: Word) -> bool:
    """Whether one surname is the feminine of the other: alone, it names another person."""
    return any(
        (a.endswith(woman) and b.endswith(man)) or (b.endswith(woman) and a.endswith(man))
        for a in one.sounds
        for b in other.sounds
        for woman, man in _FEMININE
    )


def _full(found: Alignment, country: str | None) -> Judged:
    one, other = found.one, found.other
    names = f"{listed(one)} and {listed(other)}"
    conflict = Judged(Verdict.DIFFERENT, found.similarity, f"{names} differ")
    shared = [pair for pair in found.pairs if not (one[pair.one].initial or other[pair.other].initial)]
    left = [one[i] for i in found.left_one]
    right = [other[i] for i in found.left_other]
    if not shared:
        return conflict
    if left and right:
        why = f"both are called {said(one[shared[0].one])}, but {said(left[0])} is not {said(right[0])}"
        return Judged(Verdict.DIFFERENT, found.similarity, why)
    if left:
        return conflict
    weakest = min(pair.score for pair in found.pairs)
    firsts = [pair for pair in found.pairs if pair.one == 0 or pair.other == 0]
    if min((pair.score for pair in firsts), default=0.0) < GIVEN and max(pair.score for pair in found.pairs) < 0.97:
        return conflict
    if weakest < GIVEN and not any(pair.score >= 0.9 for pair in found.pairs):
        return conflict
    first = 0 in {pair.other for pair in found.pairs}
    if first or other[0].initial or _skippable(other[0]):
        return Judged(Verdict.SAME, found.similarity, _same_full(found, shared))
    if country in _later_names():
        return Judged(Verdict.OPEN, found.similarity, f"{listed(one)} is a part of {listed(other)}")
    return Judged(Verdict.DIFFERENT, found.similarity, f"{said(other[0])} comes first in {listed(other)} only")


@functools.cache
def _later_names() -> frozenset[str]:
    return frozenset(code.upper() for code in words("persons", "later_names"))


def _skippable(word: Word) -> bool:
    return word.text in words("persons", "skippable")


def _same_full(found: Alignment, shared: Sequence[object]) -> str:
    one, other = found.one, found.other
    unlike = [p for p in found.pairs if one[p.one].text != other[p.other].text]
    if not unlike:
        return f"both are called {listed(one)}"
    return "; ".join(same_name(one[p.one], other[p.other]) for p in unlike[:3])


def forms(mention: Mention) -> tuple[Parted, ...]:
    """The parted forms of a mention, English first; bare ones only where there is no fuller one."""
    found = []
    if mention.name:
        found.append(parted(mention.name))
    if mention.wording:
        found.append(parted(mention.wording, mention.language))
    full = [form for form in found if any(len(reading) > 1 for reading in form.readings)]
    return tuple(full or found)
