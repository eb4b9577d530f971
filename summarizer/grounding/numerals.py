"""The numbers that a sentence of a report can mean, in any script's digits, in words and in other numerals."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..text import lexicon
from ..text.folding import fold, token_texts, tokens

_SPACED = re.compile(r"(?<!\d)\d{1,3}(?:[ ']\d{3})+(?!\d)")
DATELIKE = re.compile(r"(?<![\d.,])(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[./:]\d\d?)(?![\d.,]\d|\d)")
_SLASHED = re.compile(r"(?<![\d/])\d{1,3}/\d{1,2}(?![\d/])")
_SLASH_LANGUAGES = frozenset({"fa", "ps", "ckb", "ur"})
"""Languages in which a slash divides whole and tenths: ۶/۳ is 6.3."""
_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月")
_ROMAN = re.compile(r"\b[IVXLC]{1,7}\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_CJK = re.compile(
    r"(?:\d[\d,.]*)?[〇零一二三四五六七八九十百千万萬亿億兆两兩](?:\d[\d,.]*|[〇零一二三四五六七八九十百千万萬亿億兆两兩])*"
)
_KOREAN = re.compile(r"\d[\d,.]*[십백천만억조](?:\d[\d,.]*|[십백천만억조])*")
_CJK_PARTS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\D")
_CJK_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_CJK_UNITS = {"十": 10, "百": 100, "千": 1000, "십": 10, "백": 100, "천": 1000}
_CJK_BLOCKS = {"万": 10**4, "萬": 10**4, "만": 10**4, "亿": 10**8, "億": 10**8, "억": 10**8, "兆": 10**12, "조": 10**12}
CJK_LANGUAGES = frozenset({"zh", "ja", "yue", "wuu"})


_PROCLITICS = {
    "ar": re.compile("[وف]?[بلك]?(?:ال|لل)?"),
    "he": re.compile("[והבלמשכ]{1,2}"),
}


class Passage(NamedTuple):
    """A sentence of a report, as it was read and folded."""

    text: str
    folded: str

    @classmethod
    def of(cls, text: str) -> Passage:
        """A passage of a text that has not been folded yet."""
        return cls(text, fold(text))


@functools.lru_cache(2048)
def digit_values(folded: str, language: str) -> frozenset[Decimal]:
    """Every number that digits in a folded text can mean, with and without the scale word behind it."""
    values: set[Decimal] = set()
    words = token_texts(folded, 0, len(folded))
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if not word[0].isdigit():
            continue
        readings = _readings(word)
        scale = _scale(following, language)
        values |= {reading * scale for reading in readings}
    for match in _SPACED.finditer(folded):
        values.add(Decimal(re.sub(r"\D", "", match[0])))
    for match in DATELIKE.finditer(folded):
        values |= {Decimal(part) for part in re.findall(r"\d+", match[0])}
    if language in _SLASH_LANGUAGES:
        values |= {Decimal(match[0].replace("/", ".")) for match in _SLASHED.finditer(folded)}
    return frozenset(values)


def _readings(token: str) -> set[Decimal]:
    """What a number with separators can mean: 12.345 is 12345 or 12.345, 12.5 is 12.5."""
    groups = re.split(r"[.,]", token)
    if len(groups) == 1:
        return {Decimal(token)}
    readings = {Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")}
    if all(len(g) == 3 for g in groups[1:]):
        readings.add(Decimal("".join(groups)))
    if len(groups) > 2 and len({len(g) for g in groups[1:]}) > 1:
        readings |= {Decimal(g) for g in groups}
    return readings


def _scale(word: str, language: str) -> int:
    scales = lexicon.scales(language)
    while word:
        if word in scales:
            return scales[word]
        word = word[:-1] if len(word) > 3 else ""
    return 1


def spelled_values(sentence: Passage, language: str) -> frozenset[Decimal]:
    """Every number that a text spells out: number words of its language or English, Chinese, Korean, Roman numerals."""
    values = {Decimal(_roman(m[0])) for m in _ROMAN.finditer(sentence.text)}
    numeral = _CJK if language in CJK_LANGUAGES else _KOREAN if language == "ko" else None
    if numeral:
        values |= {east_asian_number(m[0]) for m in numeral.finditer(unicodedata.normalize("NFKC", sentence.text))}
    return frozenset(values | _worded_values(sentence.folded.replace("'", ""), language))


def _worded_values(text: str, language: str) -> set[Decimal]:
    """Every number that number words spell, each alone and those in a row together; 0 besides."""
    written = token_texts(text, 0, len(text))
    numbers = [_number(*pair, language) for pair in zip(written, [*written[1:], ""], strict=False)]
    if not any(numbers):
        return {_composed(())}
    values: set[Decimal] = set()
    words = tokens(text)
    parts: list[int] = []
    taken = 0
    for i, (token, number) in enumerate(zip(words, numbers, strict=True)):
        if i and text[words[i - 1].end : token.start].strip(" -"):  # a comma or more ends a number
            values.add(_composed(parts))
            parts = []
        if number:
            following = written[i + 1] if i + 1 < len(words) else ""
            values |= {Decimal(number.value), Decimal(number.value * _scale(following, language))}
            if i >= taken:
                parts.append(number.value)
                taken = i + number.words
        elif token.text not in lexicon.joins():
            values.add(_composed(parts))
            parts = []
    return values | {_composed(parts)}


class _Number(NamedTuple):
    """What one or two number words mean."""

    value: int
    words: int


def _number(word: str, following: str, language: str) -> _Number | None:
    """The number that a word spells, together with the next one or alone, in its language or in English."""
    if word in _starts(language):
        names = lexicon.number_words(language)
        pair = names.get(f"{word}-{following}") or names.get(f"{word} {following}")
        if pair:
            return _Number(pair, 2)
    value = _lone_value(word, language)
    return _Number(value, 1) if value else None


@functools.cache
def _starts(language: str) -> frozenset[str]:
    """The first words of numbers that are written in several."""
    return frozenset(parts[0] for name in lexicon.number_words(language) if len(parts := re.split("[- ]", name)) > 1)


@functools.lru_cache(1 << 14)
def _lone_value(word: str, language: str) -> int | None:
    """The number that a word spells alone; most words are met again and again, and spell none."""
    scale = _scale(word, language)
    return (
        (scale if scale >= 1000 and len(word) > 2 else None)
        or _word_value(word, language)
        or next((found for bare in _bare(word, language) if (found := _word_value(bare, language))), None)
        or lexicon.number_words("en").get(word)  # of posts and quotations within a report in another language
    )


def months_in(folded: str) -> set[Decimal]:
    """The months that Chinese and Japanese text names by number: 5月, 五月."""
    return {east_asian_number(match[1]) for match in _MONTH.finditer(folded)}


def _bare(word: str, language: str) -> Iterator[str]:
    """The word without each of the prefixes (and, in, to, the) that it can begin with."""
    proclitic = _PROCLITICS.get(language)
    if proclitic:
        yield from (word[n:] for n in range(1, min(5, len(word) - 1)) if proclitic.fullmatch(word[:n]))


def _composed(parts: Sequence[int]) -> Decimal:
    """The number that number words in a row make: 5 100 20 3 is 523, 2 1000 30 is 2030."""
    total = current = 0
    for part in parts:
        if part >= 1000:
            total += (current or 1) * part
            current = 0
        elif part == 100 and 0 < current < 100:
            current *= part
        else:
            current += part
    return Decimal(total + current)


def _word_value(word: str, language: str) -> int | None:
    """The number a word spells, up to four letters of ending apart."""
    spelled = lexicon.number_words(language)
    if word in spelled:
        return spelled[word]
    stems = _stems(language)
    sizes = range(len(word), max(3, len(word) - 4) - 1, -1)
    return next((stems[word[:size]] for size in sizes if word[:size] in stems), None)


@functools.cache
def _stems(language: str) -> Mapping[str, int]:
    """Number words without their last letter, which endings replace; words of three letters as they are."""
    words = lexicon.number_words(language)
    return {name[:-1] if len(name) >= 4 else name: value for name, value in words.items() if len(name) >= 3}


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[c] for c in text]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


def east_asian_number(text: str) -> Decimal:
    """Value of a Chinese, Japanese or Korean numeral, also with digits (1万7千); 二〇二五 is read digit by digit."""
    if all(c in _CJK_DIGITS for c in text):
        return Decimal("".join(str(_CJK_DIGITS[c]) for c in text))
    total = block = digit = Decimal(0)
    for part in _CJK_PARTS.findall(text):
        if part in _CJK_DIGITS:
            digit = Decimal(_CJK_DIGITS[part])
        elif part in _CJK_UNITS:
            block += (digit or 1) * _CJK_UNITS[part]
            digit = Decimal(0)
        elif part in _CJK_BLOCKS:
            total += (block + digit or 1) * _CJK_BLOCKS[part]
            block = digit = Decimal(0)
        elif part.isdecimal() or "." in part[1:] or "," in part[1:]:
            digit = Decimal(part.replace(",", ""))
    return total + block + digit
