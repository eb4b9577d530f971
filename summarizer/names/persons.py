"""Names of persons: which word is which part, and whether two names can be one person's."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..text.folding import fold
from .alignment import Alignment, Pair, align
from .judged import Judged, listed, said, same_name
from .mention import Mention, Verdict
from .readings import Reading, readings
from .scripts import latin, script_of, split
from .sounds import Word, alike, codes, joined
from .tables import classes, words

GIVEN = 0.82
"""Least similarity of two given names; brothers' names are often alike."""

OTHER = 0.7
"""Most similarity of two given names that are known not to be one, as Hassan and Hussein."""

ACROSS = 0.77
"""The same between two scripts, which blurs more."""

BLURRED = 0.72
"""The same where one script leaves vowels out or writes syllables, if the whole name is alike."""

WHOLE_NAME = 0.8
"""Least similarity of two full names."""

CLEAR = 0.93
"""From this similarity of one word on, the first ones must be alike too, or they are those of a relative."""

RELATIVE = 0.82
"""How alike the first words must be then."""

STRICT = 0.9
"""The same between two scripts that write syllables, which blurs most."""

WHOLE = 0.9
"""The same of a name that is written without spaces and one in several words."""

SURNAME = 0.72
"""Least similarity of two surnames beside the same given name."""

_BRACKETS = re.compile(r"[(\[（].*?[)\]）]|[\"“”«»]")
_POSSESSIVE = re.compile(r"['’](?:s\b|[nd]?[ıiuü]n\b|[yn]?[aeıiuü]\b|[dt][ae]n?\b)")


@dataclass(frozen=True, slots=True)
class Parted:
    """A person's name without titles.

    Args:
        readings: the ways to read its words in order.
        female: of a title that tells; None where none does.
        generation: of "Jr", "Sr", "II"; empty where there is none.
        spaced: its words are written apart.
        vowelless: it is written in consonants only.
    """

    readings: tuple[Reading, ...]
    female: bool | None = None
    generation: str = ""
    spaced: bool = False
    vowelless: bool = False


@functools.lru_cache(1 << 15)
def parted(text: str, language: str | None = None) -> Parted:
    """The parts of a person's name.

    Args:
        text: a name in any script, with or without titles.
        language: ISO 639 code of the text.
    """
    written = split(_POSSESSIVE.sub("", _BRACKETS.sub(" ", text)))
    titles, generations = words("persons", "titles"), words("persons", "generations")
    bare = [(w, fold(w).strip(".,")) for w in written]
    female = any(f in words("persons", "female") for _, f in bare)
    male = any(f in words("persons", "male") for _, f in bare)
    generation = next((f for _, f in bare[1:] if f in generations), "")
    named = [(w, f) for w, f in bare if f not in generations] or bare
    first = next((i for i, (w, f) in enumerate(named) if not _is_title(w, f, titles)), 0)
    kept = [w for w, _ in named[first:]]
    found = readings(tuple(kept), language)
    return Parted(
        found,
        female if female != male else None,
        generation,
        spaced=all(len(reading) > 1 for reading in found[:1]),
        vowelless=all(word.style == "abjad" for word in found[0]),
    )


def _is_title(word: str, folded: str, titles: frozenset[str]) -> bool:
    if len(folded) == 1 and word[:1].isupper():
        return False
    return all(part in titles for part in folded.split("-"))


@functools.cache
def _given_names() -> Mapping[str, frozenset[int]]:
    """Given names and their sounds with the numbers of the lines of `words.toml` that they stand in."""
    found = dict(classes("given"))
    for name, numbers in classes("given").items():
        key = codes(latin(name), strict=False)
        found[key] = found.get(key, frozenset()) | numbers
    return found


@functools.lru_cache(1 << 17)
def same_given(one: Word, other: Word) -> float:
    """How alike two words of persons' names are; forms of one name in two languages are the same one."""
    if one.initial or other.initial:
        return _initial(one, other)
    known = _given_names()
    first = frozenset(number for key in (one.text, *one.sounds) for number in known.get(key, ()))
    second = frozenset(number for key in (other.text, *other.sounds) for number in known.get(key, ()))
    if first & second:
        return 0.97
    return min(alike(one, other), OTHER) if first and second else alike(one, other)


def _initial(one: Word, other: Word) -> float:
    starts = {sounds[:1] for sounds in one.sounds}
    return 0.9 if any(sounds[:1] in starts for sounds in other.sounds) else 0.0


@functools.lru_cache(1 << 15)
def judge(one: Parted, other: Parted, country: str | None = None) -> Judged:
    """Whether two forms can be one person's name, by their words alone.

    Args:
        one: a form.
        other: another.
        country: of the person, where both mentions agree about it or one knows it.
    """
    found = [_judge(a, b, country) for a in one.readings for b in other.readings]
    best = max(found, key=lambda judged: judged.rank)
    if one.generation and other.generation and one.generation != other.generation:
        return Judged(
            Verdict.DIFFERENT, best.similarity, f"one is called {one.generation}, the other {other.generation}"
        )
    if best.verdict is not Verdict.DIFFERENT and {one.female, other.female} == {True, False}:
        return Judged(Verdict.DIFFERENT, best.similarity, "one is called a man, the other a woman")
    return best


def _judge(one: Reading, other: Reading, country: str | None) -> Judged:
    if not one or not other:
        return Judged(Verdict.DIFFERENT, 0.0, "no name to compare")
    if len(one) > len(other):
        one, other = other, one
    if len(one) == 1:
        return _bare(one[0], other)
    found = align(one, other, same_given, SURNAME)
    return _full(found, country)


def _bare(one: Word, other: Sequence[Word]) -> Judged:
    scores = [same_given(one, word) for word in other]
    best = max(scores)
    word = other[scores.index(best)]
    whole = _whole(one, other)
    if whole > best:
        return Judged(Verdict.SAME, whole, f"{said(one)} and {listed(other)} are one name in two scripts")
    if one.initial or word.initial or best < ACROSS:
        return Judged(Verdict.DIFFERENT, best, f"{said(one)} and {listed(other)} are different names")
    if len(other) > 1:
        return Judged(Verdict.OPEN, best, f"{said(one)} is a part of {listed(other)}")
    blurred = one.style != word.style and {one.style, word.style} <= _SYLLABLES
    if best < (STRICT if blurred else _least(one, word)) or _wife(one, word):
        return Judged(Verdict.DIFFERENT, best, f"{said(one)} and {said(word)} are different names")
    return Judged(Verdict.SAME, best, same_name(one, word))


_SYLLABLES = frozenset(("han", "hangul", "kana", "pinyin", "korean"))


def _needed(found: Alignment, pair: Pair) -> float:
    """From which similarity on a pair of words counts: more for given names, and where a word has no partner."""
    one, other = found.one[pair.one], found.other[pair.other]
    least = _least(one, other)
    if found.left_other and not (one.initial or other.initial):
        return max(least, GIVEN)
    native = {one.style, other.style} & {"korean", "pinyin"}
    return least if native or 0 in pair[:2] else min(least, ACROSS)


def _whole(one: Word, other: Sequence[Word]) -> float:
    """How alike a word is to all the others written together, where its script puts no spaces; 0 when too little so."""
    if len(other) < 2 or one.style not in _SYLLABLES or {word.style for word in other} & _SYLLABLES:
        return 0.0
    found = same_given(one, functools.reduce(joined, other))
    return found if found >= WHOLE else 0.0


def _least(one: Word, other: Word) -> float:
    """From which similarity on two words can be one name: less between scripts that hear differently."""
    styles = {one.style, other.style}
    if styles & {"korean", "pinyin"} or script_of(one.text) is script_of(other.text):
        return GIVEN
    return BLURRED if styles != {"alphabet"} else ACROSS


_FEMININE = (
    ("ova", "ov"),
    ("eva", "ev"),
    ("ina", "in"),
    ("ska", "ski"),
    ("ska", "skiy"),
    ("skaia", "ski"),
    ("skaya", "skiy"),
)


def _wife(one: Word, other: Word) -> bool:
    """Whether one surname is the feminine of the other: alone, it names another person."""
    return any(
        (a.endswith(woman) and b.endswith(man)) or (b.endswith(woman) and a.endswith(man))
        for a in one.sounds
        for b in other.sounds
        for woman, man in _FEMININE
    )


def _full(found: Alignment, country: str | None) -> Judged:
    one, other = found.one, found.other
    names = f"{listed(one)} and {listed(other)}"
    conflict = Judged(Verdict.DIFFERENT, found.similarity, f"{names} differ")
    shared = [pair for pair in found.pairs if not (one[pair.one].initial or other[pair.other].initial)]
    left = [one[i] for i in found.left_one]
    right = [other[i] for i in found.left_other]
    if shared and left and right:
        why = f"both are called {said(one[shared[0].one])}, but {said(left[0])} is not {said(right[0])}"
        return Judged(Verdict.DIFFERENT, found.similarity, why)
    if not shared or left or (len(found.pairs) < 2 and right):
        return conflict
    mean = sum(pair.score for pair in found.pairs) / len(found.pairs)
    clear = max(pair.score for pair in found.pairs) >= CLEAR
    relatives = clear and any(pair.score < RELATIVE and 0 in pair[:2] for pair in found.pairs)
    if relatives or mean < WHOLE_NAME or any(pair.score < _needed(found, pair) for pair in found.pairs):
        return conflict
    first = 0 in {pair.other for pair in found.pairs}
    if first or other[0].initial or _skippable(other[0]):
        return Judged(Verdict.SAME, found.similarity, _same_full(found))
    if country in _later_names():
        return Judged(Verdict.OPEN, found.similarity, f"{listed(one)} is a part of {listed(other)}")
    return Judged(Verdict.DIFFERENT, found.similarity, f"{said(other[0])} comes first in {listed(other)} only")


@functools.cache
def _later_names() -> frozenset[str]:
    return frozenset(code.upper() for code in words("persons", "later_names"))


def _skippable(word: Word) -> bool:
    return word.text in words("persons", "skippable")


def _same_full(found: Alignment) -> str:
    one, other = found.one, found.other
    unlike = [p for p in found.pairs if one[p.one].text != other[p.other].text]
    if not unlike:
        return f"both are called {listed(one)}"
    return "; ".join(same_name(one[p.one], other[p.other]) for p in unlike[:3])


@functools.lru_cache(1 << 15)
def forms(mention: Mention) -> tuple[Parted, ...]:
    """The parted forms of a mention, English first; bare ones only where there is no fuller one."""
    found = []
    if mention.name:
        found.append(parted(mention.name))
    if mention.wording:
        found.append(parted(mention.wording, mention.language))
    full = [form for form in found if form.spaced]
    rest = [form for form in found if not form.spaced and not any(_is_surname(form, other) for other in full)]
    fuller = [form for form in rest if any(len(reading) > 1 for reading in form.readings)]
    return tuple(dict.fromkeys(full + fuller or found))


def _is_surname(form: Parted, full: Parted) -> bool:
    """Whether a form without spaces is only one word of a full name, as 拜登 is of Joe Biden."""
    whole = [reading[0] for reading in form.readings if len(reading) == 1]
    return any(alike(one, word) >= ACROSS for one in whole for reading in full.readings for word in reading)
