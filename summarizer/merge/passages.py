"""Passages that two reports share: the same words in one language, the same facts in the same order across languages.

Words: runs of common words are seeds (shingles, Broder 1997) that are chained along both texts, over small edits.
Facts: figures are the same in every language, so sentences that give the same figures are anchors, chained in the same
way; unlike figures in between count against it, quotations and actors on both sides for it. Two independent reports of
one event share figures too, but rarely as many in the same order, over several sentences, with nothing else between.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, TypeVar

from ..grounding.numerals import Passage as Sentence
from ..grounding.numerals import digit_values, spelled_values
from ..text.folding import is_unspaced, token_texts
from .linked import Linked, Report

SHINGLE = 5
"""Words of a seed."""
EDIT = 6
"""Words that may lie between two seeds of a passage, in either report."""
WORDS = 20
"""Words in common from which a passage counts as shared; a character of an unspaced script is half a word."""
APART = 3
"""Sentences by which two anchors of a passage may lie apart, in either report."""
FIGURES = 2
"""Figures that a passage across languages must share at least."""
ENOUGH = 3.0
"""Points from which it counts as shared: a figure 1, one of four digits and more 2, quotations and each actor 1/2."""
OFTEN = 2
"""Seeds and figures that a report has more often tell no place in it."""
SMALL = 31
"""Figures up to this are days, hours and counts that everyone gives."""

_QUOTE = re.compile("[\"“”„«»「『״‟]|(?<!\\w)['‘]")
_SCALES = tuple(Decimal(10) ** power for power in (1, 2, 3, 4, 5, 6, 8, 9))


class Shared(NamedTuple):
    """A passage that two reports share.

    Args:
        one: sentences of the first report.
        other: sentences of the second.
        why: what they share, as in "share a passage of 74 words".
    """

    one: frozenset[int]
    other: frozenset[int]
    why: str


class Passage(NamedTuple):
    """A passage that two or more reports share.

    Args:
        sides: its sentences in each report.
        why: which reports share what.
    """

    sides: Mapping[str, frozenset[int]]
    why: str


class Facts(NamedTuple):
    """What a sentence says in any language: figures, actors by their groups, whether it quotes."""

    figures: frozenset[Decimal]
    actors: frozenset[int]
    quotes: bool


class Reading:
    """A report as its passages are compared."""

    def __init__(self, report: Report, linked: Linked):
        self._report, self._linked = report, linked
        self._sentences = {number: Sentence.of(text) for number, text in report.known.items()}

    @cached_property
    def words(self) -> list[tuple[str, int]]:
        """Folded words in order, each with its sentence."""
        return [(word, number) for number, sentence in self._sentences.items() for word in _words(sentence.folded)]

    @cached_property
    def lengths(self) -> Mapping[int, int]:
        """Words of each sentence."""
        return Counter(number for _, number in self.words)

    @cached_property
    def shingles(self) -> Mapping[tuple[str, ...], list[int]]:
        """Places of each run of words."""
        return _seldom((shingle, place) for place, shingle in enumerate(_shingles(self.words)))

    @cached_property
    def facts(self) -> Mapping[int, Facts]:
        """Sentences by number, with their facts."""
        language = self._report.brief.document.language
        named: dict[int, set[int]] = defaultdict(set)
        for ref, group in self._linked.actor_of.items():
            if ref.document == self._report.id:
                for span in self._report.items[ref.item].evidence:
                    named[span.sentence].add(group)
        return {
            number: Facts(_figures(sentence, language), frozenset(named[number]), bool(_QUOTE.search(sentence.text)))
            for number, sentence in self._sentences.items()
        }

    @cached_property
    def figures(self) -> Mapping[Decimal, list[int]]:
        """Sentences of each figure."""
        return _seldom((figure, number) for number, facts in self.facts.items() for figure in facts.figures)


def passages_of(linked: Linked) -> tuple[Passage, ...]:
    """The passages that reports of a story share; those that overlap in a report are one.

    Args:
        linked: the reports, with their actors grouped.
    """
    readings = {report.id: Reading(report, linked) for report in linked.reports}
    clusters: list[list[_Pair]] = []
    for one, other in itertools.combinations(readings, 2):
        for shared in shared_passages(readings[one], readings[other]):
            pair = _Pair({one: shared.one, other: shared.other}, f"{one} and {other} {shared.why}")
            touching = [cluster for cluster in clusters if any(_overlap(pair, each) for each in cluster)]
            clusters = [cluster for cluster in clusters if cluster not in touching]
            clusters.append([*itertools.chain.from_iterable(touching), pair])
    return tuple(map(_united, clusters))


class _Pair(NamedTuple):
    sides: Mapping[str, frozenset[int]]
    why: str


def _overlap(one: _Pair, other: _Pair) -> bool:
    """Whether two passages have at least half of the shorter one's sentences in common in some report."""
    both = one.sides.keys() & other.sides.keys()
    lengths = ((len(one.sides[d] & other.sides[d]), min(len(one.sides[d]), len(other.sides[d]))) for d in both)
    return any(2 * common >= shorter for common, shorter in lengths)


def _united(cluster: Sequence[_Pair]) -> Passage:
    sides: dict[str, frozenset[int]] = {}
    for pair in cluster:
        for document, sentences in pair.sides.items():
            sides[document] = sides.get(document, frozenset()) | sentences
    return Passage(sides, "; ".join(pair.why for pair in cluster))


K = TypeVar("K")


def _seldom(places: Iterable[tuple[K, int]]) -> dict[K, list[int]]:
    """Places of each thing, without things that are at too many."""
    found: dict[K, list[int]] = defaultdict(list)
    for thing, place in places:
        found[thing].append(place)
    return {thing: several for thing, several in found.items() if len(several) <= OFTEN}


def shared_passages(one: Reading, other: Reading) -> tuple[Shared, ...]:
    """The passages that two reports share, word for word or fact by fact; symmetric but for the sides.

    Args:
        one: a report.
        other: another one of the same story, in the same or another language.
    """
    return (*_same_words(one, other), *_same_facts(one, other))


def _words(folded: str) -> list[str]:
    return [word for word in token_texts(folded, 0, len(folded)) if any(map(str.isalnum, word))]


def _shingles(words: Sequence[tuple[str, int]]) -> Iterator[tuple[str, ...]]:
    texts = [word for word, _ in words]
    return zip(*(texts[start:] for start in range(SHINGLE)), strict=False)


def _same_words(one: Reading, other: Reading) -> Iterator[Shared]:
    common = one.shingles.keys() & other.shingles.keys()
    seeds = [(here, there) for shingle in common for here in one.shingles[shingle] for there in other.shingles[shingle]]
    for chain in _chains(seeds, EDIT):
        here, there = _covered([i for i, _ in chain]), _covered([j for _, j in chain])
        size = min(_size(one.words[i][0] for i in here), _size(other.words[j][0] for j in there))
        if size >= WORDS:
            yield Shared(_mostly(one, here), _mostly(other, there), f"share a passage of {int(size)} words")


def _mostly(reading: Reading, places: Iterable[int]) -> frozenset[int]:
    """Sentences of which at least half of the words are at these places."""
    counts = Counter(reading.words[place][1] for place in places)
    return frozenset(number for number, count in counts.items() if 2 * count >= reading.lengths[number])


def _covered(places: Iterable[int]) -> set[int]:
    return {place + step for place in places for step in range(SHINGLE)}


def _size(words: Iterable[str]) -> float:
    return sum(0.5 if is_unspaced(word[0]) else 1.0 for word in words)


def _chains(pairs: Iterable[tuple[int, int]], gap: int) -> list[list[tuple[int, int]]]:
    """Pairs of places that go on together in both texts, at most `gap` apart; each pair in one chain."""
    chains: list[list[tuple[int, int]]] = []
    growing: list[list[tuple[int, int]]] = []
    for here, there in sorted(pairs):
        growing = [chain for chain in growing if here - chain[-1][0] <= gap]
        fitting = [chain for chain in growing if 0 <= there - chain[-1][1] <= gap]
        if fitting:
            nearest = min(fitting, key=lambda chain: (here - chain[-1][0] + there - chain[-1][1], -len(chain)))
            nearest.append((here, there))
        else:
            growing.append([(here, there)])
            chains.append(growing[-1])
    return chains


def _figures(sentence: Sentence, language: str) -> frozenset[Decimal]:
    """Figures that tell something: no years, days, small counts or "thousands"; of 68 and 68 thousand the larger."""
    spelled = (v for v in _telling(spelled_values(sentence, language)) if v.normalize().as_tuple().digits != (1,))
    return _distinct(frozenset(_telling(digit_values(sentence.folded, language))).union(spelled))


def _telling(figures: Iterable[Decimal]) -> Iterator[Decimal]:
    return (v for v in figures if v > SMALL and not (1900 <= v <= 2100 and v == int(v)))


def _same_facts(one: Reading, other: Reading) -> Iterator[Shared]:
    common = one.figures.keys() & other.figures.keys()
    anchors = {(n, m) for figure in common for n in one.figures[figure] for m in other.figures[figure]}
    for chain in _chains(anchors, APART):
        found = _judge(one.facts, other.facts, chain)
        if found is not None:
            yield found


def _judge(one: Mapping[int, Facts], other: Mapping[int, Facts], chain: list[tuple[int, int]]) -> Shared | None:
    """Whether what lies between the ends of a chain of sentences is one passage."""
    here = [n for n in one if chain[0][0] <= n <= chain[-1][0]]
    there = [m for m in other if chain[0][1] <= m <= chain[-1][1]]
    first, second = [one[n] for n in here], [other[m] for m in there]
    figures = _distinct(frozenset().union(*(one[n].figures & other[m].figures for n, m in chain)))
    if len(figures) < FIGURES or min(len(here), len(there)) < 2:
        return None
    unlike = _all(first) ^ _all(second)
    unlike = _distinct(frozenset(v for v in unlike if not any(_scaled(v, figure) for figure in figures)))
    actors = _actors(first) & _actors(second)
    quotes = any(facts.quotes for facts in first) and any(facts.quotes for facts in second)
    points = sum(2.0 if _precise(figure) else 1.0 for figure in figures) + (len(actors) + quotes) / 2 - len(unlike)
    if points < ENOUGH:
        return None
    return Shared(frozenset(here), frozenset(there), f"give the same {len(figures)} figures in the same order")


def _all(facts: Iterable[Facts]) -> frozenset[Decimal]:
    return frozenset(itertools.chain.from_iterable(each.figures for each in facts))


def _actors(facts: Iterable[Facts]) -> frozenset[int]:
    return frozenset(itertools.chain.from_iterable(each.actors for each in facts))


def _distinct(figures: frozenset[Decimal]) -> frozenset[Decimal]:
    """Without those that are another one before its scale word: 68 beside 68 thousand."""
    if len(figures) < 2:
        return figures
    return frozenset(v for v in figures if not any(v * scale in figures for scale in _SCALES))


def _scaled(one: Decimal, other: Decimal) -> bool:
    return one == other or any(one * scale == other or other * scale == one for scale in _SCALES)


def _precise(figure: Decimal) -> bool:
    return len(figure.normalize().as_tuple().digits) >= 4
