"""Words that change what a sentence says: negations, number words, months and weekdays, titles.

Number words come from num2words, months and weekdays from CLDR through babel, the rest from `lexicon.toml`. All of it
is loaded on first use, because most documents never need it.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from .folding import fold

_NOT_IN_WORDS = dict.fromkeys(map(ord, "0.¤"))
_COUNTED = (*range(2, 101), *range(200, 1000, 100), 1000)


@functools.cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text("utf-8"))


@functools.cache
def negations() -> frozenset[str]:
    """Folded words (single characters for Chinese) that negate, of all languages together."""
    return frozenset(map(fold, _lexicon()["negations"].split()))


@functools.cache
def titles() -> frozenset[str]:
    """Folded words that a name follows, in scripts without capitals."""
    return frozenset(map(fold, _lexicon()["titles"].split()))


@functools.cache
def number_words(language: str) -> Mapping[str, int]:
    """Folded spellings of 2 to 100, the hundreds and 1000 in a language; empty where nobody knows them."""
    import num2words

    spelled = _more("numerals", language)
    if language in ("ar", "he"):  # num2words knows one case and one gender
        return spelled
    spell: Callable[..., str] = num2words.num2words
    if language not in num2words.CONVERTER_CLASSES:
        return spelled
    for value in _COUNTED:
        try:
            spelled.setdefault(fold(spell(value, lang=language)).replace("'", ""), value)
        except (RuntimeError, IndexError, KeyError, TypeError, ValueError, OverflowError):
            continue
    return spelled


@functools.cache
def twos(language: str) -> tuple[str, ...]:
    """How folded words for two begin in a language; empty where nobody knows them."""
    own = _lexicon()["two"].get(language)
    if own is None:
        import num2words

        spell: Callable[..., str] = num2words.num2words
        own = spell(2, lang=language) if language in num2words.CONVERTER_CLASSES else ""
    return tuple(map(fold, own.split()))


@functools.cache
def halves() -> tuple[str, ...]:
    """How folded words for one half begin, in all languages together."""
    return tuple(map(fold, _lexicon()["half"].split()))


@functools.cache
def joins() -> frozenset[str]:
    """Folded words that stand between the parts of a number, in all languages together."""
    return frozenset(map(fold, _lexicon()["joins"].split()))


def has_dual(language: str) -> bool:
    """Whether a language says two of a thing without a word for two."""
    return language in _lexicon()["dual"].split()


@functools.cache
def scales(language: str) -> Mapping[str, int]:
    """Folded words for thousand, million, billion and trillion in a language, from CLDR's compact number patterns."""
    locale = _locale(language)
    found: dict[str, int] = {"k": 1000, "万": 10**4, "億": 10**8, "亿": 10**8, "만": 10**4, "억": 10**8}
    if locale is None:
        return found
    for style in ("long", "short"):
        for patterns in locale.compact_decimal_formats.get(style, {}).values():
            for magnitude, pattern in patterns.items():
                text = str(getattr(pattern, "pattern", pattern))
                word, zeros = fold(text.translate(_NOT_IN_WORDS)).strip("' "), text.count("0")
                if word.replace(" ", "").isalpha() and zeros:
                    found.setdefault(word, int(magnitude) // 10 ** (zeros - 1))
    return found


@functools.cache
def months(language: str) -> Mapping[str, int]:
    """Folded month names of a language (wide, abbreviated, in running text and alone) with their numbers."""
    return _calendar(language, "months") | _more("months", language)


@functools.cache
def weekdays(language: str) -> Mapping[str, int]:
    """Folded weekday names of a language with their numbers, Monday being 0."""
    return _calendar(language, "days") | _more("weekdays", language)


def _more(what: str, language: str) -> dict[str, int]:
    """Spellings of the lexicon's own with their numbers."""
    own = _lexicon()[what].get(language, {})
    return {fold(word): int(number) for number, words in own.items() for word in words.split()}


def _calendar(language: str, what: str) -> dict[str, int]:
    locale = _locale(language)
    names: dict[str, int] = {}
    if locale is None:
        return names
    widths = ("wide", "abbreviated")
    for context in ("format", "stand-alone"):
        for width in widths:
            for number, name in getattr(locale, what)[context].get(width, {}).items():
                word = fold(name).rstrip(".")
                if len(word) > 1 and not word.isdigit():
                    names.setdefault(word, number)
    return names


def _locale(language: str) -> Any:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
