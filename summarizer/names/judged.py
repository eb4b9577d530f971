"""What two forms say, and how to say it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .mention import Verdict
from .sounds import Word


class Judged(NamedTuple):
    """What two forms of names say about two mentions."""

    verdict: Verdict
    similarity: float
    why: str

    @property
    def rank(self) -> tuple[int, float]:
        """For choosing: SAME before OPEN before DIFFERENT, then by similarity."""
        return _ORDER[self.verdict], self.similarity


_ORDER = {Verdict.DIFFERENT: 0, Verdict.OPEN: 1, Verdict.SAME: 2}


def said(word: Word) -> str:
    """A word in quotation marks."""
    return f"'{word.shown}'"


def listed(several: Sequence[Word]) -> str:
    """Words in quotation marks."""
    return f"'{' '.join(word.shown for word in several)}'"


def same_name(one: Word, other: Word) -> str:
    """Why two words are one name."""
    if one.text == other.text:
        return f"both are called {said(one)}"
    if one.initial or other.initial:
        return f"{said(one)} fits {said(other)}"
    if one.text.isascii() and other.text.isascii():
        return f"{said(one)} and {said(other)} are spellings of one name"
    return f"{said(one)} and {said(other)} are one name in two scripts"
