"""How alike two names, places or titles are, whatever their script, accents and transliteration."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..text.folding import fold, token_texts

SAME_WORD = 0.8
"""Least similarity (rapidfuzz's ratio) of two spellings of a word; words of up to three letters must be equal."""

SAME_TEXT = 0.8
"""Least similarity of two spellings of a place, a role or an affiliation."""

_WEAK = frozenset(
    "a al an and at bin by da de del der des di do dos du el en et for from ibn in la le of on the to ul van von".split()
)


class Shared(NamedTuple):
    """Words that two texts have in common."""

    similarity: float
    """Shared letters by all letters, from 0 to 1; a word that is spelled otherwise counts as far as it agrees."""
    covers_first: bool
    """Every word of the first text is in the second."""
    covers_second: bool
    """Every word of the second text is in the first."""


def name_similarity(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1, in any order of their words; 0 where either has no word."""
    return shared_words(one, other).similarity


def names_it(text: str, accepted: Iterable[str]) -> bool:
    """Whether a text is or contains one of the accepted forms: "Port of Benghazi, Libya" names Benghazi."""
    return any(
        shared.covers_second or shared.similarity >= SAME_TEXT
        for shared in (shared_words(text, form) for form in accepted)
    )


@functools.lru_cache(1 << 16)
def shared_words(one: str, other: str) -> Shared:
    """The words that two texts share; articles and prepositions do not count unless there is nothing else."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return Shared(0.0, False, False)
    if sorted(first) == sorted(second):
        return Shared(1.0, True, True)
    pairs = _same_words(first, second)
    letters = sum(map(len, first)) + sum(map(len, second))
    agreed = sum(pair.ratio * (len(first[pair.one]) + len(second[pair.other])) for pair in pairs)
    return Shared(agreed / letters, len(pairs) == len(first), len(pairs) == len(second))


class _SameWord(NamedTuple):
    ratio: float
    one: int
    other: int


def _same_words(first: Sequence[str], second: Sequence[str]) -> list[_SameWord]:
    """Words of both that are the same, the most alike first, each word once."""
    found = sorted(
        (_SameWord(ratio, i, j) for i, a in enumerate(first) for j, b in enumerate(second) if (ratio := _alike(a, b))),
        key=lambda pair: (-pair.ratio, first[pair.one], second[pair.other]),
    )
    chosen: list[_SameWord] = []
    for pair in found:
        if all(pair.one != earlier.one and pair.other != earlier.other for earlier in chosen):
            chosen.append(pair)
    return chosen


def _alike(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    if one == other:
        return 1.0
    if min(len(one), len(other)) <= 3:
        return 0.0
    ratio = fuzz.ratio(one, other) / 100
    return ratio if ratio >= SAME_WORD else 0.0


@functools.lru_cache(1 << 14)
def _words(text: str) -> tuple[str, ...]:
    """Folded words in Latin letters."""
    folded = fold(text)
    if not folded.isascii():
        from anyascii import anyascii

        folded = anyascii(folded).lower()
    words = token_texts(folded, 0, len(folded))
    return tuple(word for word in words if word not in _WEAK) or tuple(words)
