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
import itertools
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


@functools.lru_cache(1 << 14)
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


def _fold_ascii(text: str) -> str:
    return text.lower().replace('"', "'").replace("`", "'")


@functools.lru_cache(1 << 14)
def _fold_word(word: str) -> str:
    if word.isascii():
        return _fold_ascii(word)
    if _EXTENDS.search(word):
        composed = unicodedata.normalize("NFC", word)
        if _EXTENDS.search(composed):
            return "".join(_fold_cluster(word[start:end]) for start, end in _clusters(word))
        word = composed
    return word.translate(_TABLE)


@functools.lru_cache(1 << 14)
def _fold_cluster(cluster: str) -> str:
    composed = unicodedata.normalize("NFC", cluster)
    if len(composed) == 1:
        return _TABLE[ord(composed)]
    return unicodedata.normalize("NFKC", cluster).translate(_TABLE)


class _Origins(NamedTuple):
    """Offsets in a word of the cluster that each of its folded characters comes from."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]


@functools.lru_cache(1 << 14)
def _origins(word: str) -> _Origins | None:
    """Where the folded characters of a word come from; None where each comes from the character of its own index."""
    if word.isascii():
        return None
    if _EXTENDS.search(word):
        places = [place for place in _clusters(word) for _ in _fold_cluster(word[slice(*place)])]
    elif len(_fold_word(word)) == len(word) and _TABLE.irregular.isdisjoint(word):
        return None
    else:
        places = [(i, i + 1) for i, char in enumerate(word) for _ in _TABLE[ord(char)]]
    return _Origins(tuple(start for start, _ in places), tuple(end for _, end in places))


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


class _Index:
    """The words of a source that fold to something, where each begins in it, and where in the folded text."""

    __slots__ = ("at", "starts", "words")

    def __init__(self, source: str, text: str, sizes: list[int]):
        self.words = source.split()
        self.starts = [match.start() for match in _WORD.finditer(source)]
        if text.count(" ") == len(sizes) - 1:
            self.at = list(itertools.accumulate((size + 1 for size in sizes[:-1]), initial=0))
            return
        kept = [i for i, size in enumerate(sizes) if size]
        self.words, self.starts = [self.words[i] for i in kept], [self.starts[i] for i in kept]
        self.at = []
        position = 0
        for i in kept:
            self.at.append(position)
            position += sizes[i]
            position += text[position : position + 1] == " "


class Folded:
    """A folded text that knows where each of its characters came from.

    Args:
        source: the text as it was read.
    """

    __slots__ = ("_sizes", "_words", "source", "text")

    def __init__(self, source: str):
        words = _folded_words(source)
        self.source = source
        self.text = _joined(words)
        self._sizes = list(map(len, words))
        self._words: _Index | None = None

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The (start, end) in the source of `text[start:end]`; None when it would cut a character in two."""
        first, last = self._place(start), self._place(end - 1)
        if first is None or last is None:
            return None
        if (start and self._place(start - 1) == first) or (end < len(self.text) and self._place(end) == last):
            return None
        finish = last[1]
        while finish < len(self.source) and unicodedata.combining(self.source[finish]):
            finish += 1
        return first[0], finish

    @property
    def _index(self) -> _Index:
        if self._words is None:
            self._words = _Index(self.source, self.text, self._sizes)
        return self._words

    def _place(self, position: int) -> tuple[int, int] | None:
        """Source (start, end) of one folded character; None for a space between words."""
        if self.text[position] == " ":
            return None
        index = self._index
        i = bisect.bisect_right(index.at, position) - 1
        start, offset = index.starts[i], position - index.at[i]
        origins = _origins(index.words[i])
        if origins is None:
            return start + offset, start + offset + 1
        return start + origins.starts[offset], start + origins.ends[offset]

    def position(self, offset: int) -> int:
        """Where in the folded text the source character at `offset` (or the first one kept after it) stands."""
        index = self._index
        i = bisect.bisect_right(index.starts, offset) - 1
        if i < 0:
            return 0
        word, within = index.words[i], offset - index.starts[i]
        origins = _origins(word)
        inner = within if origins is None else bisect.bisect_left(origins.starts, within)
        return index.at[i] + min(inner, len(_fold_word(word)))


def fold(text: str) -> str:
    """A text folded, without the way back. Folding twice changes nothing."""
    return _joined(_folded_words(text))


def _folded_words(text: str) -> list[str]:
    """What each word folds to, some to nothing."""
    return _fold_ascii(text).split() if text.isascii() else list(map(_fold_word, text.split()))


def _joined(words: list[str]) -> str:
    """Folded words as a text: without spaces where the script has none."""
    folded = " ".join(filter(None, words))
    if folded.isascii() or not _IS_UNSPACED.search(folded):
        return folded
    words = list(filter(None, words))
    ends = [is_unspaced(word[-1]) for word in words]
    joints = ["" if end and is_unspaced(word[0]) else " " for end, word in zip(ends, words[1:], strict=False)]
    return "".join(itertools.chain.from_iterable(zip(words, [*joints, ""], strict=True)))


def tokens(folded: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words, numbers (with inner separators) and unspaced characters of `folded[start:end]`, without punctuation."""
    stop = len(folded) if end is None else end
    return [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(folded, start, stop)]


def token_texts(folded: str, start: int, end: int) -> list[str]:
    """The texts of `tokens`, for when their places are of no interest."""
    return _TOKEN.findall(folded, start, end)
