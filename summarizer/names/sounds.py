"""How alike two words sound, whatever their scripts.

A word is a string of sound codes (`sounds.toml`). Two words are compared by an edit distance whose costs say how often
the transcriptions of one name swap, drop or add these sounds: Zobel and Dart, "Phonetic string matching: lessons from
information retrieval" (SIGIR 1996), call this editex.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from ..text.folding import fold
from .scripts import Script, latin, script_of, spelling
from .tables import table

_VOWELS = frozenset("aeiouy")
_WEAK = frozenset("awyh")
_CODES = spelling(
    "shch SC, tsch C, tch C, sch S, dzh J, dsh J, dj J, dz J, kh X, sh S, ch C, zh Z, gh G, th T, ph f, ts Q, tz Q, "
    "ck k, tkh T, ou u, oo u, ee i, ij iy"
)
_POLISH = spelling("sz S, drz J, trz C, cz C, cki Qki, cka Qka, cky Qki")
_REPEATED = re.compile(r"(.)\1+")
_VOWEL_Y = re.compile(r"(?<=[^aeiou])y(?![aeiou])")
_ABD = re.compile(r"^abd(?:[aeou]u?(?:l(?!l)|([rsnztd])(?=\1)))(?=.{3})")
_MAGIC_E = re.compile(r"([aiou])([bcdfgklmnprstvz])e$")
_LONG = {"a": "ei", "i": "ai", "o": "ou", "u": "u"}
_MOST = 4
_ENOUGH = 4
"""Syllables that make a word long enough to be known by ear."""
_SILENT = frozenset("هةہۃהۀ")
ACROSS = 1.06
"""What similarities of single words in two scripts are multiplied by."""

_READ = frozenset(("pinyin", "hangul", "korean"))


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
    heard = written[:-1] if style == "abjad" and len(written) > 2 and written[-1] in _SILENT else written
    plain = _ABD.sub("abd", latin(heard, language))
    found = [codes(plain, strict=script is not Script.LATIN)]
    if plain.startswith("x"):
        found.append(codes("s" + plain[1:], strict=True))
    if script is Script.LATIN:
        spoken = _by_language(written, language)
        if spoken is not None:
            found.append(codes(_ABD.sub("abd", spoken), strict=True))
        elif language in (None, "en"):
            found.append(codes(_english(plain), strict=True))
    if script is Script.ARABIC and heard.startswith("ال") and len(heard) > 3:
        found.append(codes(latin(heard[2:], language), strict=True))
    if style == "abjad":
        found = [_abjad(sounds) for sounds in found]
    if script is Script.KANA:
        found.append(found[0].replace("Ci", "ti").replace("Ji", "di"))
    if script is Script.GREEK:
        found.append(codes(latin(_nasal(written)), strict=True))
    return Word(fold(written), tuple(dict.fromkeys(filter(None, found))), style, written)


def _abjad(sounds: str) -> str:
    """A first alif or 'ayn stands for any vowel."""
    return "A" + sounds[1:] if sounds.startswith("a") else sounds


def _nasal(written: str) -> str:
    """A Greek word whose inner μπ, ντ and γκ are what they were: mp, nt and ng."""
    first, rest = written[:1], written[1:].lower()
    return first + rest.replace("μπ", "μп").replace("ντ", "νт").replace("γκ", "νг")


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
        plain: letters and digits; | keeps two letters from being read as one sound.
        strict: j, c and x are what our own romanisation means by them, not what any language may.
    """
    if not strict:
        pattern, become = _POLISH
        plain = pattern.sub(lambda match: become[match[0]], plain)
    pattern, become = _CODES
    text = pattern.sub(lambda match: become[match[0]], plain)
    text = text.replace("|", "")
    if strict:
        text = text.replace("j", "J").replace("c", "k")
    text = ("S" + text[1:] if text.startswith("x") else text).replace("x", "ks")
    return _REPEATED.sub(r"\1", _VOWEL_Y.sub("i", text))


def _english(plain: str) -> str:
    """Folded letters as English reads them: Mike is maik, George is jeorj."""
    pattern, become = _orthography("en")
    long = _MAGIC_E.sub(lambda match: _LONG[match[1]] + match[2], plain)
    return pattern.sub(lambda match: become[match[0]], long)


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
    if mode == "blurred":
        return _blurred(_costs("abjad"), _costs("han"))
    if mode == "alphabet":
        base = _Costs({}, {})
    elif mode in ("consonants", "abjads"):
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


def _blurred(one: _Costs, other: _Costs) -> _Costs:
    """The lesser cost of two tables."""

    def least(first: dict[str, float], second: dict[str, float]) -> dict[str, float]:
        return {key: min(first.get(key, 1.0), second.get(key, 1.0)) for key in first.keys() | second.keys()}

    return _Costs(least(one.swap, other.swap), least(one.alone, other.alone))


@functools.lru_cache(1 << 17)
def alike(one: Word, other: Word) -> float:
    """How alike two words sound, from 0 to 1; 1 where they are spelled the same in one script."""
    if one.text == other.text:
        return 1.0
    if _is_han(one.text) and _is_han(other.text) and {one.style, other.style} & _READ:
        return 0.3
    mode = _mode(one.style, other.style)
    if mode == "consonants" and script_of(one.text) is not script_of(other.text):
        mode = "abjads"
    found = max((_similarity(a, b, mode) for a in one.sounds for b in other.sounds), default=0.0)
    return found * 0.9 if one.style == other.style == "han" else found


def alike_across(one: Word, other: Word) -> float:
    """The same for words that stand alone: what two scripts blur is made up for, unless few syllables are."""
    found = alike(one, other)
    short = [len(word.text) < _ENOUGH for word in (one, other) if word.style not in ("alphabet", "abjad")]
    if len(short) == 2 and one.style != other.style:
        return found * (2 - ACROSS)
    return found if any(short) or script_of(one.text) is script_of(other.text) else min(found * ACROSS, 1.0)


def _is_han(text: str) -> bool:
    return script_of(text) is Script.HAN


def _mode(one: str, other: str) -> str:
    if one == other:
        return {"abjad": "consonants", "korean": "korean"}.get(one, "alphabet")
    styles = {one, other}
    if "abjad" in styles and styles & {"han", "kana", "hangul"}:
        return "blurred"
    return next((style for style in ("abjad", "han", "kana", "korean", "hangul") if style in styles), "alphabet")


@functools.lru_cache(1 << 17)
def _similarity(one: str, other: str, mode: str) -> float:
    if one == other:
        return 0.99
    size = (_weight(one, mode) + _weight(other, mode)) / 2
    worst = max(0.0, 1 - _distance(one, other, mode) / size) if size else 0.0
    consonants = min(len([c for c in sounds if c not in _VOWELS]) for sounds in (one, other))
    return worst * (0.9 if mode == "han" and consonants < 2 else 0.98)


def _weight(sounds: str, mode: str) -> float:
    if mode in ("abjad", "abjads", "blurred", "consonants"):
        return sum(0.4 if c in _WEAK else 0.1 if c in _VOWELS else 1.0 for c in sounds)
    return sum(0.35 if c in _VOWELS else 1.0 for c in sounds)


def _distance(one: str, other: str, mode: str) -> float:
    """Weighted edit distance (Wagner & Fischer 1974), row by row."""
    swaps, adds = _swaps(mode), _each_alone(other, mode)
    row = [0.0, *itertools.accumulate(adds)]
    for a, drop in zip(one, _each_alone(one, mode), strict=True):
        swap = swaps.get(a, _NO_SWAPS)
        diagonal = row[0]
        cost = diagonal + drop
        following = [cost]
        for b, add, above in zip(other, adds, row[1:], strict=True):
            cost += add
            change = diagonal if a == b else diagonal + swap.get(b, 1.0)
            if change < cost:  # noqa: PLR1730 - `min` takes longer, and no loop of merging runs as often
                cost = change
            if above + drop < cost:  # noqa: PLR1730
                cost = above + drop
            following.append(cost)
            diagonal = above
        row = following
    return row[-1]


_NO_SWAPS: Mapping[str, float] = {}


@functools.cache
def _swaps(mode: str) -> Mapping[str, Mapping[str, float]]:
    """What swapping costs, by the one sound and the other."""
    found: dict[str, dict[str, float]] = {}
    for pair, cost in _costs(mode).swap.items():
        found.setdefault(pair[0], {})[pair[1:]] = cost
    return found


@functools.lru_cache(1 << 16)
def _each_alone(sounds: str, mode: str) -> tuple[float, ...]:
    """What each sound of a word costs that the other word does not have."""
    alone = _costs(mode).alone
    return tuple(_alone(sound, before, alone) for before, sound in zip(("", *sounds), sounds, strict=False))


def _alone(sound: str, before: str, alone: dict[str, float]) -> float:
    """What a sound costs that the other word does not have: less next to a vowel when it is one, more at the start."""
    cost = alone.get(sound, 1.0)
    if sound in _VOWELS and before in _VOWELS and before:
        return cost * 0.4
    if sound == "g" and before == "n":
        return 0.15
    return cost if before else max(cost, 0.35)
