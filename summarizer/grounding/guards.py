"""What a fuzzy match must never bridge: a changed number, a negation, a different name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..text import lexicon
from ..text.folding import Token, is_unspaced

Edit = tuple[str, int, int]
"""Operation (replace, delete, insert), index in the wording, index in the window; as rapidfuzz gives them."""

_NEGATIVE_PREFIXES = (
    "un",
    "in",
    "im",
    "ir",
    "il",
    "dis",
    "non",
    "не",
    "ни",
    "ن",
    "نمی",
    "بی",
    "نا",
    "غیر",
    "na",
    "bi",
    "α",
    "αν",
    "ikke",
    "on",
    "niet",
)
_TURKIC_NEGATION = re.compile(r"m[aeəiu](?:d|y|z|s|m|l|r|n|k|g|t|c)")
_CONTRACTED = re.compile(r"n't$")
_CJK_NUMERALS = frozenset("〇零一二三四五六七八九十百千万萬亿億兩两")


def allowed_edits(asked: Sequence[Token]) -> int:
    """How many words (characters, where words are not spaced) may differ in a wording of these tokens."""
    if asked and sum(is_unspaced(t.text[0]) for t in asked) * 2 > len(asked):
        return 0 if len(asked) < 8 else 2 if len(asked) < 12 else 4
    return 0 if len(asked) < 4 else 1 if len(asked) < 6 else max(2, len(asked) // 10)


@dataclass(frozen=True, slots=True)
class Pair:
    """A wording and a window of the report, both as folded tokens, with ways to see them unfolded."""

    asked: Sequence[Token]
    there: Sequence[Token]
    asked_raw: Callable[[Token], str]
    there_raw: Callable[[Token], str]


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules for one report: its language and the folded words of the names in it."""

    language: str
    names: frozenset[str]

    def forbids(self, pair: Pair, edit: Edit) -> bool:
        """Whether an edit changes more than words that may be changed."""
        operation, i, j = edit
        mine = pair.asked[i] if operation != "insert" else None
        theirs = pair.there[j] if operation != "delete" else None
        changed = [t.text for t in (mine, theirs) if t]
        if any(self._is_protected(word) for word in changed):
            return True
        if mine and theirs:
            return _negates(mine.text, theirs.text) or self._other_name(pair, i, j)
        if mine:
            return mine.text in self.names or (i > 0 and _is_capitalised(pair.asked_raw(mine)))
        return False

    def _is_protected(self, word: str) -> bool:
        if any(c.isdigit() for c in word) or word in lexicon.negations() or word in _CJK_NUMERALS:
            return True
        if not self.language:
            return False
        return (
            word in lexicon.number_words(self.language)
            or word in lexicon.scales(self.language)
            or word in lexicon.months(self.language)
            or word in lexicon.weekdays(self.language)
        )

    def _other_name(self, pair: Pair, i: int, j: int) -> bool:
        """Whether a replaced word puts one name in the place of another.

        With capitals, a capitalised word for a capitalised word; without, a word after a title, or a known name.
        """
        mine, theirs = pair.asked[i], pair.there[j]
        if mine.text in self.names or theirs.text in self.names:
            return not _inflects(mine.text, theirs.text)
        if _is_cased(mine.text):
            named = _is_capitalised(pair.asked_raw(mine)) and _is_capitalised(pair.there_raw(theirs))
            return named and not _inflects(mine.text, theirs.text)
        return any(
            0 < k <= len(ts) and ts[k - 1].text in lexicon.titles() for k, ts in ((i, pair.asked), (j, pair.there))
        )


def _is_cased(word: str) -> bool:
    return word[:1].upper() != word[:1]


def _is_capitalised(raw: str) -> bool:
    return raw[:1].isupper() and (len(raw) == 1 or not raw.isupper())


def _inflects(one: str, other: str) -> bool:
    """Whether one word is the other with an ending."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 5


def _negates(one: str, other: str) -> bool:
    """Whether two forms of one word differ in being negated by a prefix or an infix."""
    if bool(_CONTRACTED.search(one)) != bool(_CONTRACTED.search(other)):
        return True
    short, long = sorted((one, other), key=len)
    if any(long == prefix + short for prefix in _NEGATIVE_PREFIXES):
        return True
    common = 0
    while common < len(short) and short[common] == long[common]:
        common += 1
    if common < 3 or not (one.isascii() or "ə" in one + other):
        return False
    return _has_turkic_negation(one, common) != _has_turkic_negation(other, common)


def _has_turkic_negation(word: str, stem: int) -> bool:
    """Whether the negative suffix follows a stem of about this many letters (Turkish -me/-ma, Azerbaijani -mə/-ma)."""
    return any(_TURKIC_NEGATION.match(word, at) for at in (stem - 1, stem) if at >= 2)
