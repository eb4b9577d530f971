"""A report made ready for extraction: its body sentences as words with their places in the text."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...models.document import Document, Sentence
from ...text.folding import Folded, is_unspaced, tokens

_JOINTS = frozenset(("-", "'", "’", "ʼ", "‑", ". ", ".", " ", "\u00a0", "\u200c"))
"""What may stand between two words of one name."""

_MOST_WORDS = 600
_MOST_CHARACTERS = 6_000
"""What is read of one sentence; what is longer is none."""
_FORMER = ("ex", "vice")
"""Prefixes of titles: exalcalde, vicepresidente."""


class Word(NamedTuple):
    """A word of the report: `document.text[start:end]`."""

    text: str
    """Folded."""
    raw: str
    start: int
    end: int
    sentence: int
    gap: str
    """What stands between the word before it in the sentence and itself; empty for the first."""
    forms: tuple[str, ...]
    """The folded word, then what is left of it when prefixes (articles, prepositions, ex-) are taken off."""

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.raw[0].isupper()

    @property
    def joins(self) -> bool:
        """Whether nothing but a space, hyphen, apostrophe or the dot of an initial parts it from the word before."""
        return self.gap in _JOINTS


@dataclass(frozen=True, slots=True)
class Passage:
    """A body sentence as words."""

    number: int
    start: int
    end: int
    text: str
    words: tuple[Word, ...]

    @property
    def is_unspaced(self) -> bool:
        """Whether most of it is written without spaces between words."""
        return sum(is_unspaced(word.text[0]) for word in self.words) * 2 > len(self.words)


@dataclass(frozen=True, slots=True)
class Reading:
    """A report with the passages that are its body.

    Args:
        document: the report.
        passages: its body sentences, in their order.
        is_cased: whether its script tells capital letters from small ones.
        lowercase: folded words that it has in small letters somewhere, which makes them no names.
    """

    document: Document
    passages: tuple[Passage, ...]
    is_cased: bool
    lowercase: frozenset[str]

    @property
    def language(self) -> str:
        """ISO 639 code of the report."""
        return self.document.language


def read(document: Document, passages: Sequence[Passage]) -> Reading:
    """A reading of a report from the passages that are its body."""
    words = [word for passage in passages for word in passage.words]
    cased = sum(word.raw[0].isupper() or word.raw[0].islower() for word in words)
    small = frozenset(word.text for word in words if word.raw[0].islower())
    return Reading(document, tuple(passages), cased * 2 > len(words), small)


def passage(document: Document, sentence: Sentence) -> Passage:
    """A sentence of a report as words."""
    text = document.text[sentence.start : sentence.end]
    words = tuple(itertools.islice(_words(text, sentence, document.language), _MOST_WORDS))
    if len(words) == _MOST_WORDS:
        text = document.text[sentence.start : words[-1].end]
    return Passage(sentence.number, sentence.start, sentence.end, text, words)


def _words(text: str, sentence: Sentence, language: str) -> Iterator[Word]:
    folded = Folded(text[:_MOST_CHARACTERS])
    before = 0
    for token in tokens(folded.text):
        span = folded.span(token.start, token.end)
        if span is None:
            continue
        start, end = span
        gap = text[before:start] if before else ""
        raw = text[start:end]
        forms = _forms(token.text, language)
        yield Word(token.text, raw, sentence.start + start, sentence.start + end, sentence.number, gap, forms)
        before = end


def _forms(word: str, language: str) -> tuple[str, ...]:
    if language == "ar":
        return tuple(dict.fromkeys((word, *_bare_arabic(word))))
    if language == "he" and len(word) > 3:
        cuts = [word[k:] for k in (1, 2) if all(c in "והבלמשכ" for c in word[:k]) and len(word) - k >= 2]
        return (word, *cuts)
    former = next((word.removeprefix(prefix) for prefix in _FORMER if word.startswith(prefix)), "")
    return (word, former) if len(former) >= 5 else (word,)


def _bare_arabic(word: str) -> Iterator[str]:
    """An Arabic word without `and`/`so`, then without preposition, then without article, as far as two letters stay."""
    for prefixes in ("وف", "بکل"):
        if word[0] in prefixes and len(word) > 3:
            word = word[1:]
            yield word
    if word.startswith("ال") and len(word) > 4:
        yield word[2:]
    elif word[0] == "ل" and len(word) > 4:  # the article after `li-` loses its alif
        yield word[1:]
