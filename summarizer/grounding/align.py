"""Where a wording stands in a report: exact, then folded, then fuzzy, or nowhere.

The fuzzy step is the pigeonhole filter of approximate matching (Baeza-Yates & Perleberg 1992; Navarro 2001): of a
wording with k edits, cut into more than k pieces, at least one piece stands whole. It is cut into halves
first, so that few places need a look; from each the rest is aligned word by word, and `guards` says what may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from ..models.brief import Match
from ..text.folding import Folded, Token, fold, is_mark, is_unspaced, token_texts, tokens
from . import guards

_PROCLITICS = re.compile(r"[وف]?[بکلس]?(?:ال)?|لل|[והבלמשכ]{1,3}")
_WORD_BEFORE = re.compile(r"[^\W\d_]*\Z")
_MAX_PLACES = 64
_MAX_WINDOWS = 12
_STEM = 4  # letters that two forms of a word have in common


@dataclass(frozen=True, slots=True)
class Located:
    """A wording found: `text[start:end]` of the report, in code points, and how it was found."""

    start: int
    end: int
    match: Match


class _Anchor(NamedTuple):
    """Words `first:last` of a wording stand whole at `start:end` of the folded text."""

    first: int
    last: int
    start: int
    end: int


class _Aligned(NamedTuple):
    """Words of the folded text that a wording covers, and how they differ from it."""

    there: list[Token]
    edits: list[guards.Edit]

    def holds(self, anchor: _Anchor) -> bool:
        """Whether an anchor lies inside these words."""
        return self.there[0].start <= anchor.start and anchor.end <= self.there[-1].end


class Source:
    """A report prepared for looking up wordings; the folded text is made on first need and kept.

    Args:
        text: the report.
        language: its ISO 639-1 code, for number words and calendar words.
        names: folded words of names in the report, which a fuzzy match must not bridge.
    """

    def __init__(self, text: str, language: str = "", names: frozenset[str] = frozenset()):
        self.text = text
        self.language = language
        self.names = names
        self._folded: Folded | None = None

    @property
    def folded(self) -> Folded:
        """The folded text with its way back."""
        if self._folded is None:
            self._folded = Folded(self.text)
        return self._folded

    def locate(self, wording: str, near: Sequence[tuple[int, int]] = ()) -> Located | None:
        """The best place of a wording, or None.

        Args:
            wording: what an engine says stands in the report.
            near: (start, end) ranges of the report in which it is expected; a place inside one of them comes first.
        """
        wording = wording.strip()
        if not wording:
            return None
        place = _choose(_exact_places(self.text, wording), near)
        if place:
            return Located(*place, Match.EXACT)
        sought = fold(wording)
        if not sought:
            return None
        place = _choose(self._folded_places(sought), near)
        if place:
            return Located(*place, Match.FOLDED)
        place = self._fuzzy_place(wording, sought)
        return Located(*place, Match.FUZZY) if place else None

    def _folded_places(self, sought: str) -> Iterator[tuple[int, int]]:
        text, at = self.folded.text, -1
        while (at := text.find(sought, at + 1)) >= 0:
            span = self.folded.span(at, at + len(sought)) if whole(text, at, at + len(sought)) else None
            if span:
                yield span

    def _fuzzy_place(self, wording: str, sought: str) -> tuple[int, int] | None:
        asked = tokens(sought)
        spared = guards.allowed_edits(asked)
        if not spared:
            return None
        refused: list[_Aligned] = []
        for anchor in self._anchors(sought, asked, spared):
            if any(other.holds(anchor) for other in refused):
                continue
            found = self._aligned(asked, anchor, spared)
            if found is None:
                continue
            if self._is_faithful(wording, asked, found):
                return self.folded.span(found.there[0].start, found.there[-1].end)
            refused.append(found)
        return None

    def _anchors(self, sought: str, asked: Sequence[Token], spared: int) -> Iterator[_Anchor]:
        """Places in the folded text where a piece of the wording stands whole, longest pieces first."""
        text = self.folded.text
        for pieces in (2, spared + 1):
            for k in range(pieces):
                first, last = len(asked) * k // pieces, len(asked) * (k + 1) // pieces
                piece, at = sought[asked[first].start : asked[last - 1].end], -1
                for _ in range(_MAX_WINDOWS):
                    at = text.find(piece, at + 1)
                    if at < 0:
                        break
                    yield _Anchor(first, last, at, at + len(piece))

    def _aligned(self, asked: Sequence[Token], anchor: _Anchor, spared: int) -> _Aligned | None:
        """The wording laid along the text from an anchor to both sides, when no more than `spared` words differ."""
        text, words = self.folded.text, [token.text for token in asked]
        room = (4 if is_unspaced(words[0][0]) else 12) * spared
        left = max(0, anchor.start - (asked[anchor.first].start - asked[0].start) - room)
        right = anchor.end + (asked[-1].end - asked[anchor.last - 1].end) + room
        before = token_texts(text, left, anchor.start)
        taken_before = _reach(words[: anchor.first][::-1], before[::-1], spared)
        taken_after = _reach(words[anchor.last :], token_texts(text, anchor.end, right), spared)
        if taken_before is None or taken_after is None:
            return None
        there = [
            *tokens(text, left, anchor.start)[len(before) - taken_before :],
            *tokens(text, anchor.start, anchor.end),
            *tokens(text, anchor.end, right)[:taken_after],
        ]
        if not there or not whole(text, there[0].start, there[-1].end):
            return None
        edits = [(e.tag, e.src_pos, e.dest_pos) for e in Levenshtein.editops(words, [t.text for t in there])]
        return _Aligned(there, edits) if len(edits) <= spared else None

    def _is_faithful(self, wording: str, asked: Sequence[Token], found: _Aligned) -> bool:
        guard = guards.Guard(self.language, self.names)
        unfolded = Folded(wording)
        pair = guards.Pair(asked, found.there, lambda t: _raw(unfolded, t), lambda t: _raw(self.folded, t))
        return not any(guard.forbids(pair, edit) for edit in found.edits)


def _raw(folded: Folded, token: Token) -> str:
    """The characters that a token was folded from."""
    span = folded.span(token.start, token.end)
    return folded.source[slice(*span)] if span else token.text


def _reach(asked: Sequence[str], there: Sequence[str], spared: int) -> int | None:
    """How many words of `there`, from its start, `asked` covers with the fewest edits, the last word being the same.

    So a wording begins and ends with its own words or other forms of them: at its ends nothing would show what a word
    has taken the place of. None when more than `spared` differ.
    """
    size = len(asked)
    if asked == there[:size]:
        return size
    best: tuple[int, int, int] | None = None
    for extra in range(-min(spared, size - 1), min(spared, len(there) - size) + 1):
        if _alike(asked[-1], there[size + extra - 1]):
            edits = Levenshtein.distance(asked, there[: size + extra], score_cutoff=spared)
            found = edits, abs(extra), size + extra
            if edits <= spared and (best is None or found < best):
                best = found
    return best[2] if best else None


def _alike(one: str, other: str) -> bool:
    return one == other or (len(one) >= _STEM and one[:_STEM] == other[:_STEM])


def _exact_places(text: str, wording: str) -> Iterator[tuple[int, int]]:
    at, size = -1, len(wording)
    while (at := text.find(wording, at + 1)) >= 0:
        end = at + size
        while end < len(text) and is_mark(text[end]) and text[end].isprintable():
            end += 1
        if end == at + size and whole(text, at, end):
            yield at, end


def _choose(places: Iterator[tuple[int, int]], near: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The first place inside a range of `near`, else the first place at all."""
    first = None
    for count, place in enumerate(places):
        if not near or any(start <= place[0] and place[1] <= end for start, end in near):
            return place
        first = first or place
        if count >= _MAX_PLACES:
            break
    return first


def whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` cuts no number, and begins no name or word in its middle.

    Endings may go on (`Haftar` in `Haftarla`), and Arabic and Hebrew prefixes may precede.
    """
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if first.isdigit() and (before.isdigit() or (before in ".,٫٬" and start > 1 and text[start - 2].isdigit())):
        return False
    if last.isdigit() and (after.isdigit() or (after in ".,٫٬" and end + 1 < len(text) and text[end + 1].isdigit())):
        return False
    if not (first.isalpha() and before.isalpha()) or is_unspaced(first):
        return True
    prefix = _WORD_BEFORE.search(text, max(0, start - 6), start)
    return bool(prefix and _PROCLITICS.fullmatch(fold(prefix[0])))
