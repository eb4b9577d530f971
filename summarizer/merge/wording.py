"""English texts as bags of stems, numbers and negation: how alike two items of different reports are in words."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import fsum, log, sqrt

from ..grounding.figures import figures
from ..text.folding import fold
from ..text.lexicon import negations
from .spelling import skeleton

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_NAME = re.compile(r"(?<=[^.?!] )[^\W\d_a-z][^\W\d_]{2,}")
_ENDINGS = re.compile(r"(?:'s|ies|ations?|ions?|ments?|ings?|edly|ed|ers?|ors?|es|s|ly|e|y)$")
_LONGEST = 6
"""Letters of a stem that count; what endings leave differs behind them."""
_FUNCTION_WORDS = frozenset(
    "a about after again all also an and any are as at be been before being between both but by can could did do does "
    "during each even ever every for from further had has have he her here him his how i if in into is it its just "
    "more most much must of off on once only or other our out over own per said same say says she should since so some "
    "still such than that the their them then there these they this those through to too under until up upon very was "
    "we were what when where which while who whom whose will with within would you your".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """What counts of an English text when it is compared; `wording` gives the same object for the same text.

    Args:
        stems: of its content words.
        numbers: values of its figures; parts of dates are no figures here.
        negated: whether the number of negations in it is odd.
        head: the first of its stems; empty where it has none.
    """

    stems: frozenset[str]
    numbers: frozenset[Decimal]
    negated: bool
    head: str


@functools.lru_cache(1 << 15)
def wording(text: str) -> Wording:
    """A text's stems, numbers and negation.

    >>> sorted(wording("Talks on 21 soldiers' release did not begin").stems)
    ['begin', 'relea', 'soldi', 'talk']
    """
    words = _WORD.findall(fold(text))
    negative = negations()
    stems = [stem(word) for word in words if word not in _FUNCTION_WORDS and word not in negative]
    numbers = frozenset(figure.value for figure in figures(text) if figure.value is not None)
    negated = sum(word in negative or word.endswith("n't") for word in words) % 2 == 1
    return Wording(frozenset(stems), numbers, negated, stems[0] if stems else "")


@functools.lru_cache(1 << 15)
def stem(word: str) -> str:
    """A folded word without its usual endings: Porter's idea (1980), in two steps and six letters."""
    for _ in range(2):
        shorter = _ENDINGS.sub("", word)
        if len(shorter) < 4:
            break
        word = shorter
    return word[:_LONGEST]


class Weights:
    """How telling each stem is among the texts of one story: the fewer hold it, the more (inverse document frequency).

    Names that are spelled in several ways in a story count as one word.

    Args:
        texts: those of all items of one kind.
    """

    def __init__(self, texts: Iterable[str]):
        texts = list(texts)
        self._spelled = _spellings(texts)
        self._bags: dict[frozenset[str], frozenset[str]] = {}  # a frozen set keeps its hash
        self._sizes: dict[Wording, float] = {}
        bags = [self._bag(wording(text)) for text in texts]
        counts = Counter(stem for bag in bags for stem in bag)
        self._weights: Mapping[str, float] = {
            stem: 0.25 + 0.75 * (1 - log(count) / log(len(bags) + 1)) for stem, count in counts.items()
        }

    def alike(self, one: Wording, other: Wording) -> float:
        """Cosine-like likeness of two texts from 0 to 1, numbers being words as telling as a rare one."""
        first, second = self._bag(one), self._bag(other)
        if first.isdisjoint(second) and one.numbers.isdisjoint(other.numbers):
            return 0.0
        shared = self._of(first & second) + len(one.numbers & other.numbers)
        return shared / sqrt(self._size(one) * self._size(other))

    def _size(self, text: Wording) -> float:
        if text not in self._sizes:
            self._sizes[text] = self._of(self._bag(text)) + len(text.numbers)
        return self._sizes[text]

    def _bag(self, text: Wording) -> frozenset[str]:
        bag = self._bags.get(text.stems)
        if bag is None:
            bag = self._bags[text.stems] = frozenset(self._spelled.get(stem, stem) for stem in text.stems)
        return bag

    def _of(self, stems: Iterable[str]) -> float:
        return fsum(self._weights.get(stem, 1.0) for stem in stems)


def _spellings(texts: Iterable[str]) -> Mapping[str, str]:
    """Stems of names that sound alike, each with the first of them; a name is capitalised inside a sentence."""
    sounds: dict[str, set[str]] = {}
    for name in {name for text in texts for name in _NAME.findall(text)}:
        sound = skeleton(name)
        if len(sound) > 2:
            sounds.setdefault(sound, set()).add(stem(fold(name)))
    return {each: min(stems) for stems in sounds.values() if len(stems) > 1 for each in stems}


def disagree(one: Wording, other: Wording) -> bool:
    """Whether each text has a number that the other lacks, or one negates and the other does not."""
    return one.negated != other.negated or not (one.numbers <= other.numbers or other.numbers <= one.numbers)
