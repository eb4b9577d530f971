"""How alike two names, places or titles are, whatever their script, accents and transliteration."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from ..text.folding import fold, token_texts

SAME_WORD = 0.8
"""Least similarity (rapidfuzz's ratio) of two spellings of a word; words of up to three letters must be equal."""

SAME_FORM = 0.9
"""The same for the words of places, roles and affiliations, which are accepted or not: Izmir is not Izmit."""

_WEAK = frozenset(
    "a al an and at bin by da de del der des di do dos du el et for from ibn in la le of on the to ul van von".split()
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
    """Whether a text is or contains one of the accepted forms: "Port of Benghazi, Libya" names Benghazi.

    The reverse does not hold: "Benghazi" does not name the port.
    """
    return any(shared_words(text, form, SAME_FORM).covers_second for form in accepted)


def shared_words(one: str, other: str, least: float = SAME_WORD) -> Shared:
    """The words that two texts share; articles and prepositions do not count unless there is nothing else.

    Args:
        one: a name, in any script.
        other: another.
        least: similarity from which on two spellings are one word.
    """
    first, second = _words(one), _words(other)
    if first == second:
        return Shared(1.0, True, True) if first else _NOTHING
    pairs = _same_words(first, second, least)
    if not pairs:
        return _NOTHING
    letters = sum(map(len, first)) + sum(map(len, second))
    agreed = sum(pair.ratio * (len(first[pair.one]) + len(second[pair.other])) for pair in pairs)
    return Shared(agreed / letters, len(pairs) == len(first), len(pairs) == len(second))


_NOTHING = Shared(0.0, False, False)


def share_a_word(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether any text of one side shares a word with any of the other side: quick, to spare pairs that do not."""
    first, second = _vocabulary(ones), _vocabulary(others)
    return not first.isdisjoint(second) or any(
        fuzz.ratio(one, other, score_cutoff=100 * SAME_WORD)
        for one in first
        for other in second
        if _may_be_alike(len(one), len(other), SAME_WORD)
    )


class _SameWord(NamedTuple):
    ratio: float
    one: int
    other: int


def _same_words(first: Sequence[str], second: Sequence[str], least: float) -> list[_SameWord]:
    """Words of both that are the same, the most alike first, each word once."""
    found = [
        _SameWord(ratio, i, j)
        for i, one in enumerate(first)
        for j, other in enumerate(second)
        if (ratio := 1.0 if one == other else _alike(one, other, least))
    ]
    if len(found) < 2:
        return found
    found.sort(key=lambda pair: (-pair.ratio, first[pair.one], second[pair.other]))
    chosen: list[_SameWord] = []
    for pair in found:
        if all(pair.one != earlier.one and pair.other != earlier.other for earlier in chosen):
            chosen.append(pair)
    return chosen


def _alike(one: str, other: str, least: float) -> float:
    if not _may_be_alike(len(one), len(other), least):
        return 0.0
    return fuzz.ratio(one, other, score_cutoff=100 * least) / 100


def _may_be_alike(size: int, other: int, least: float) -> bool:
    """Whether words of these lengths that are not equal can be one word: more unlike lengths cannot reach `least`."""
    return size > 3 and other > 3 and 2 * min(size, other) >= least * (size + other)


@functools.lru_cache(1 << 14)
def _vocabulary(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _words(text))


@functools.lru_cache(1 << 14)
def _words(text: str) -> tuple[str, ...]:
    """Folded words in Latin letters, sorted."""
    folded = fold(text)
    if not folded.isascii():
        from anyascii import anyascii

        folded = anyascii(folded).lower()
    words = token_texts(folded, 0, len(folded))
    return tuple(sorted(word for word in words if word not in _WEAK) or sorted(words))
