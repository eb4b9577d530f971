"""How alike two words sound, whatever their scripts.

A word is a string of sound codes (`sounds.toml`). Two words are compared by an edit distance whose costs say how often
the transcriptions of one name swap, drop or add these sounds: Zobel and Dart, "Phonetic string matching: lessons from
information retrieval" (SIGIR 1996), call this editex.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from ..text.folding import fold
from .scripts import Script, latin, script_of, spelling
from .tables import table

_VOWELS = frozenset("aeiouy")
_WEAK = frozenset("awyh")
_CODES = spelling(
    "shch SC, tsch C, tch C, sch S, dzh J, dsh J, dj J, kh X, sh S, ch C, zh Z, gh G, th T, ph f, ts Q, tz Q, cz C, ck k, "
    "dh d, rh r, bh b, ou u, oo u, ee i, ij iy"
)
_REPEATED = re.compile(r"(.)\1+")
_LAST_H = re.compile(r"(?<=[aeiou])h$")
_MOST = 4


_STYLES = {
    Script.ARABIC: "abjad", Script.HEBREW: "abjad", Script.INDIC: "abjad", Script.KANA: "kana", Script.HANGUL: "hangul",
}  # fmt: skip


class Word(NamedTuple):
    """A word of a name, ready to be compared."""

    text: str
    """Folded, in its script."""
    sounds: tuple[str, ...]
    """Ways to read it, in sound codes."""
    style: str
    """Which sounds its script leaves out: alphabet, abjad, kana, hangul, han or pinyin."""
    shown: str
    """As it is written."""

    @property
    def initial(self) -> bool:
        """Whether only the first letter is given."""
        return self.style == "alphabet" and sum(map(str.isalpha, self.text)) == 1


@functools.lru_cache(1 << 16)
def word(written: str, language: str | None = None) -> Word:
    """A word as it is written, made ready; an empty one has no sounds."""
    script = script_of(written)
    style = _STYLES.get(script, "alphabet")
    plain = latin(written, language)
    found = [codes(plain, strict=script is not Script.LATIN)]
    if script is Script.LATIN:
        spoken = _by_language(written, language)
        if spoken is not None:
            found.append(codes(spoken, strict=True))
    if script is Script.ARABIC and written.startswith("ال") and len(written) > 4:
        found.append(codes(latin(written[2:], language), strict=True))
    return Word(fold(written), tuple(dict.fromkeys(filter(None, found))), style, written)


def reading(text: str, spellings: tuple[str, ...], style: str) -> Word:
    """A word with Latin spellings of one's own for its sounds."""
    return Word(text, tuple(dict.fromkeys(filter(None, (codes(s, strict=True) for s in spellings)))), style, text)


def joined(one: Word, other: Word) -> Word:
    """Two words written as one."""
    sounds = tuple(first + second for first in one.sounds for second in other.sounds)
    style = one.style if one.style != "alphabet" else other.style
    return Word(one.text + other.text, sounds[:_MOST], style, f"{one.shown} {other.shown}")


def codes(plain: str, *, strict: bool) -> str:
    """Sound codes of folded Latin letters.

    Args:
        plain: letters and digits.
        strict: j, c and x are what our own romanisation means by them, not what any language may.
    """
    pattern, become = _CODES
    text = pattern.sub(lambda match: become[match[0]], _LAST_H.sub("", plain))
    if strict:
        text = text.replace("j", "J").replace("c", "k")
    text = ("S" + text[1:] if text.startswith("x") else text).replace("x", "ks")
    return _REPEATED.sub(r"\1", text)


def _by_language(written: str, language: str | None) -> str | None:
    lowered = unicodedata.normalize("NFC", written.replace("I", "ı") if language in ("tr", "az") else written).lower()
    known = table("letters")["latin"]
    if language not in known:
        tells = table("letters")["tells"]
        language = next((code for code, signs in tells.items() if any(sign in lowered for sign in signs)), None)
    if language is None or language not in known:
        return None
    pattern, become = _orthography(language)
    return latin(pattern.sub(lambda match: become[match[0]], lowered))


@functools.cache
def _orthography(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    return spelling(table("letters")["latin"][language])


class _Costs(NamedTuple):
    swap: dict[str, float]
    alone: dict[str, float]


@functools.cache
def _costs(mode: str) -> _Costs:
    if mode == "alphabet":
        base = _Costs({}, {})
    elif mode == "consonants":
        base = _costs("abjad")
    elif mode in ("kana", "hangul", "han"):
        base = _costs("syllables")
    else:
        base = _costs("alphabet")
    own = table("sounds")[mode]
    swap, alone = dict(base.swap), dict(base.alone)
    entries = own.get("pairs", "").split()
    for pair, cost in zip(entries[::2], entries[1::2], strict=True):
        swap[pair] = swap[pair[::-1]] = float(cost)
    entries = own.get("alone", "").split()
    alone |= {sound: float(cost) for sound, cost in zip(entries[::2], entries[1::2], strict=True)}
    return _Costs(swap, alone)


@functools.lru_cache(1 << 17)
def alike(one: Word, other: Word) -> float:
    """How alike two words sound, from 0 to 1; 1 where they are spelled the same in one script."""
    if one.text == other.text:
        return 1.0
    if one.style == other.style == "pinyin":
        return 0.3
    mode = _mode(one.style, other.style)
    return max((_similarity(a, b, mode) for a in one.sounds for b in other.sounds), default=0.0)


def _mode(one: str, other: str) -> str:
    if one == other:
        return "consonants" if one == "abjad" else "alphabet"
    styles = {one, other}
    return next((style for style in ("abjad", "han", "kana", "hangul") if style in styles), "alphabet")


@functools.lru_cache(1 << 17)
def _similarity(one: str, other: str, mode: str) -> float:
    if one == other:
        return 0.99
    size = (_weight(one, mode) + _weight(other, mode)) / 2
    worst = max(0.0, 1 - _distance(one, other, mode) / size) if size else 0.0
    consonants = min(len([c for c in sounds if c not in _VOWELS]) for sounds in (one, other))
    return worst * (0.9 if mode == "han" and consonants < 3 else 0.98)


def _weight(sounds: str, mode: str) -> float:
    if mode in ("abjad", "consonants"):
        return sum(0.4 if c in _WEAK else 0.1 if c in _VOWELS else 1.0 for c in sounds)
    return sum(0.35 if c in _VOWELS else 1.0 for c in sounds)


def _distance(one: str, other: str, mode: str) -> float:
    swap, alone = _costs(mode)
    row = [0.0]
    for i, b in enumerate(other):
        row.append(row[-1] + _alone(b, other[i - 1] if i else "", alone))
    for i, a in enumerate(one):
        drop = _alone(a, one[i - 1] if i else "", alone)
        last, row = row, [row[0] + drop]
        for j, b in enumerate(other):
            change = last[j] + (0.0 if a == b else swap.get(a + b, 1.0))
            add = row[j] + _alone(b, other[j - 1] if j else "", alone)
            row.append(min(change, last[j + 1] + drop, add))
    return row[-1]


def _alone(sound: str, before: str, alone: dict[str, float]) -> float:
    """What a sound costs that the other word does not have: less next to a vowel when it is one, more at the start."""
    cost = alone.get(sound, 1.0)
    if sound in _VOWELS and before in _VOWELS and before:
        return cost * 0.4
    if sound == "g" and before == "n":
        return 0.3
    return cost if before else max(cost, 0.35)
