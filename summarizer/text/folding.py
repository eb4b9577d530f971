"""Folding: two spellings of the same words become the same string, with a map back to the characters folded.

What is made equal: canonical and compatibility forms, case (with Turkish and Azerbaijani dotted and dotless i, Greek
final sigma), accents, Arabic and Persian letter variants, tashkeel and tatweel, zero-width characters, the digits of
all scripts, quotation marks, dashes, full-width and Arabic punctuation, white space. What is kept apart: letters that a
mark turns into other letters where readers take them for such (й, ї, kana voicing, Indic and Thai vowel signs, tones).

Sources: Unicode Standard Annexes 15 (normalization) and 29 (clusters); CaseFolding.txt.
"""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from typing import NamedTuple

_LETTERS = {
    "ı": "i", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ۃ": "ه", "ٱ": "ا",
    "й": "й", "ї": "ї", "。": ".", "、": ",", "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",",
    "ـ": "", "־": "-", "׳": "'", "״": "'", "−": "-", "⁄": "/",
}  # fmt: skip
_QUOTES = "\"'`´‘’‚‛“”„‟«»‹›′″ʹʺʻʼʽ「」『』〝〞〟"
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_EXTENDS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u074a\u07a6-\u07f3"
    "\u0816-\u109f\u1100-\u11ff\u135d-\u135f\u1700-\u17ff\u1a00-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ua66f-\ua69f"
    "\ua800-\uabff\ud7b0-\ud7ff\ufe00-\ufe0f\ufe20-\ufe2f\uff9e\uff9f\U00010a00-\U00011fff\U0001d165-\U0001d1ad]"
)
"""Characters that may belong to the one before them: marks, vowel signs, conjoining jamo."""
_JOINING = frozenset(map(chr, (*range(0x1160, 0x1200), 0xFF9E, 0xFF9F)))
"""Conjoining vowels and finals of Hangul, half-width voicing marks of kana."""
_WORD = re.compile(r"\S+")
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*|[{_UNSPACED}]|[^\s\d!-/:-@\[-`{{-~\u00a1-\u00bf\u0964\u0965\u2000-\u206f\u3000-\u303f{_UNSPACED}]+"
)


def is_unspaced(char: str) -> bool:
    """Whether a character is of a script that puts no spaces between words (Han, kana, Thai, Lao, Khmer, Burmese)."""
    return bool(_IS_UNSPACED.match(char))


def is_mark(char: str) -> bool:
    """Whether folding drops a character as an accent, a vowel point or an invisible sign."""
    combining = unicodedata.combining(char)
    return 10 <= combining <= 36 or combining >= 200 or bool(_INVISIBLE.match(char))


def _fold_char(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if char in _QUOTES:
        return "'"
    lowered = char.casefold()
    if lowered in _LETTERS:
        return _LETTERS[lowered]
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not is_mark(c) and not c.isspace())
    return "".join(map(_fold_plain, unicodedata.normalize("NFC", plain.casefold())))


def _fold_plain(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if unicodedata.category(char) == "Pd":
        return "-"
    return "'" if char in _QUOTES else _LETTERS.get(char, char)


class _Table(dict[int, str]):
    """For `str.translate`: each character to what it folds to, found out on first need."""

    def __init__(self) -> None:
        self.irregular: set[str] = set()
        """Characters seen so far that fold to none or to several."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        if len(folded) != 1:
            self.irregular.add(chr(code))
        return folded


_TABLE = _Table()


class _FoldedWord(NamedTuple):
    text: str
    starts: tuple[int, ...] | None
    """Offset in the word of the cluster each folded character comes from; None where it is its own index."""
    ends: tuple[int, ...] | None


@functools.lru_cache(1 << 16)
def _fold_word(word: str) -> _FoldedWord:
    if word.isascii():
        return _FoldedWord(word.lower().replace('"', "'").replace("`", "'"), None, None)
    if not _EXTENDS.search(word):
        return _fold_composed(word)
    text, starts, ends = [], [], []
    for start, end in _clusters(word):
        folded = unicodedata.normalize("NFKC", word[start:end]).translate(_TABLE)
        text.append(folded)
        starts += [start] * len(folded)
        ends += [end] * len(folded)
    identity = starts == list(range(len(word))) and ends == list(range(1, len(word) + 1))
    return _FoldedWord("".join(text), None if identity else tuple(starts), None if identity else tuple(ends))


def _fold_composed(word: str) -> _FoldedWord:
    """A word in which every character stands for itself."""
    folded = word.translate(_TABLE)
    if _TABLE.irregular.isdisjoint(word):
        return _FoldedWord(folded, None, None)
    starts = tuple(i for i, char in enumerate(word) for _ in _TABLE[ord(char)])
    return _FoldedWord(folded, starts, tuple(i + 1 for i in starts))


def _clusters(word: str) -> list[tuple[int, int]]:
    """(start, end) of each base character with the marks, vowel signs and conjoining jamo that follow it."""
    borders = [
        i
        for i, char in enumerate(word)
        if i == 0 or not (unicodedata.combining(char) or char in _JOINING or unicodedata.category(char) == "Mc")
    ]
    return list(zip(borders, [*borders[1:], len(word)], strict=True))


class Token(NamedTuple):
    """A word, number or single character of an unspaced script in a folded text: `text[start:end]`."""

    text: str
    start: int
    end: int


class Folded:
    """A folded text that knows where each of its characters came from.

    Args:
        source: the text as it was read.
    """

    __slots__ = ("_at", "_from", "_words", "source", "text")

    def __init__(self, source: str):
        self.source = source
        pieces: list[str] = []
        self._at: list[int] = []  # where each word begins in the folded text
        self._from: list[int] = []  # where it begins in the source
        self._words: list[_FoldedWord] = []
        size = 0
        for word in _WORD.finditer(source):
            folded = _fold_word(word[0])
            if not folded.text:
                continue
            if pieces and not (_IS_UNSPACED.match(folded.text) and _IS_UNSPACED.match(pieces[-1][-1])):
                pieces.append(" ")
                size += 1
            self._at.append(size)
            self._from.append(word.start())
            self._words.append(folded)
            pieces.append(folded.text)
            size += len(folded.text)
        self.text = "".join(pieces)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The (start, end) in the source of `text[start:end]`; None when it would cut a character in two."""
        first, last = self._place(start), self._place(end - 1)
        if first is None or last is None or self._inside(start) or self._inside(end):
            return None
        finish = last[1]
        while finish < len(self.source) and unicodedata.combining(self.source[finish]):
            finish += 1
        return first[0], finish

    def _place(self, position: int) -> tuple[int, int] | None:
        """Source (start, end) of one folded character; None for a space between words."""
        i = bisect.bisect_right(self._at, position) - 1
        word, offset = self._words[i], position - self._at[i]
        if i < 0 or offset >= len(word.text):
            return None
        if word.starts is None or word.ends is None:
            return self._from[i] + offset, self._from[i] + offset + 1
        return self._from[i] + word.starts[offset], self._from[i] + word.ends[offset]

    def _inside(self, position: int) -> bool:
        """Whether a border would fall between two folded characters of one source character."""
        if not 0 < position < len(self.text):
            return False
        before, after = self._place(position - 1), self._place(position)
        return before is not None and before == after

    def position(self, offset: int) -> int:
        """Where in the folded text the source character at `offset` (or the first one kept after it) stands."""
        i = bisect.bisect_right(self._from, offset) - 1
        if i < 0:
            return 0
        word, within = self._words[i], offset - self._from[i]
        inner = within if word.starts is None else bisect.bisect_left(word.starts, within)
        return self._at[i] + min(inner, len(word.text))


def fold(text: str) -> str:
    """A text folded, without the way back. Folding twice changes nothing."""
    return Folded(text).text


def tokens(folded: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words, numbers (with inner separators) and unspaced characters of `folded[start:end]`, without punctuation."""
    stop = len(folded) if end is None else end
    return [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(folded, start, stop)]
