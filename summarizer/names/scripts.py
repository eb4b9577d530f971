"""Latin letters for words of other scripts: what the ear hears, as far as the script tells."""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from enum import StrEnum

from ..text.folding import fold
from .tables import table

_SPLIT = re.compile(r"[\s·・•･‧/]+")
_NOT_LATIN = re.compile("[^a-z0-9]")
_APART = re.compile("([άέό])([ιυ])|(?<=[αεο])()(?=[ϊϋΐΰ])")
"""Greek vowels that an accent or a diaeresis keeps from being one sound."""

_HAN_VARIANTS = re.compile("[\u3400-\u9fff]")


class Script(StrEnum):
    """How a word is written."""

    LATIN = "latin"
    GREEK = "greek"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    HEBREW = "hebrew"
    HAN = "han"
    KANA = "kana"
    HANGUL = "hangul"
    INDIC = "indic"
    OTHER = "other"


_RANGES = (
    (0x0250, Script.LATIN), (0x0370, Script.OTHER), (0x0400, Script.GREEK), (0x0530, Script.CYRILLIC),
    (0x0590, Script.OTHER), (0x0600, Script.HEBREW), (0x0700, Script.ARABIC), (0x0900, Script.OTHER),
    (0x0DFF, Script.INDIC), (0x1E00, Script.OTHER), (0x1F00, Script.LATIN), (0x2000, Script.GREEK),
    (0x3005, Script.OTHER), (0x3008, Script.HAN), (0x3040, Script.OTHER), (0x3100, Script.KANA), (0x31F0, Script.OTHER),
    (0x3200, Script.KANA), (0x3400, Script.OTHER), (0xA000, Script.HAN), (0xAC00, Script.OTHER),
    (0xD7B0, Script.HANGUL), (0xF900, Script.OTHER), (0xFB00, Script.HAN), (0xFB1D, Script.OTHER),
    (0xFB50, Script.HEBREW), (0xFF00, Script.ARABIC), (0x20000, Script.OTHER),
)  # fmt: skip


@functools.lru_cache(1 << 12)
def _script_of_letter(char: str) -> Script:
    return next((script for end, script in _RANGES if ord(char) < end), Script.HAN)


@functools.lru_cache(1 << 14)
def script_of(word: str) -> Script:
    """The script of a word's letters; kana where it has any, else that of its first letter."""
    found = [_script_of_letter(char) for char in word if char.isalpha()]
    if Script.KANA in found:
        return Script.KANA
    return found[0] if found else Script.LATIN


def split(text: str) -> list[str]:
    """The words of a name as they are written, between spaces and middle dots."""
    return [word for word in _SPLIT.split(unicodedata.normalize("NFC", text)) if word]


def romanise(text: str, language: str | None = None) -> str:
    """A name in folded Latin letters; of Arabic and Hebrew, the consonants and long vowels.

    Args:
        text: a name in any script.
        language: ISO 639 code of the text; some letters are read by it.
    """
    return " ".join(filter(None, (latin(word, language) for word in split(text))))


@functools.lru_cache(1 << 16)
def latin(word: str, language: str | None = None) -> str:
    """One word in folded Latin letters and digits."""
    script = script_of(word)
    if script is Script.LATIN:
        return _plain(word)
    if script is Script.HAN:
        return "".join(syllables(word))
    if script is Script.HANGUL:
        return "".join(syllables(word))
    known = table("letters")
    if script.value in known:
        return _plain(_spelled(_prepared(word, script), script.value, language))
    return _plain(word)


def _prepared(word: str, script: Script) -> str:
    if script is Script.KANA:
        return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in unicodedata.normalize("NFKC", word))
    lowered = word.lower()
    if script is Script.GREEK:
        marked = unicodedata.normalize("NFD", _APART.sub(r"\1|\2", lowered))
        return "".join(c for c in marked if not unicodedata.combining(c))
    if script in (Script.ARABIC, Script.HEBREW):
        return "".join(c for c in unicodedata.normalize("NFKC", lowered) if not unicodedata.combining(c))
    return lowered


def _plain(word: str) -> str:
    folded = fold(word)
    if not folded.isascii():
        from anyascii import anyascii

        folded = anyascii(folded).lower()
    return _NOT_LATIN.sub("", folded)


@functools.cache
def _letters(name: str, language: str | None) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for the spellings of a table, and what each becomes."""
    section = table("letters")[name]
    lines = section["letters"] + "," + section.get("language", {}).get(language or "", "")
    return spelling(lines)


def spelling(lines: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for the left sides of `left right, left right`, longest first, and the right sides (`-` for none)."""
    pairs = [entry.split() for entry in lines.replace("\n", " ").split(",") if entry.strip()]
    become = {left: "" if right == "-" else right for left, right in pairs}
    return re.compile("|".join(map(re.escape, sorted(become, key=len, reverse=True)))), become


def _spelled(word: str, name: str, language: str | None) -> str:
    pattern, become = _letters(name, language)
    return pattern.sub(lambda match: become[match[0]], word)


@functools.lru_cache(1 << 14)
def syllables(word: str) -> tuple[str, ...]:
    """Readings of the characters of a Han or Hangul word: pinyin, or Revised Romanisation letter by letter."""
    from anyascii import anyascii

    own = table("han")["transcription"]
    read = (own.get(char) or anyascii(char).lower() for char in word)
    return tuple(_NOT_LATIN.sub("", reading) for reading in read)


@functools.cache
def _hangul_readings() -> tuple[list[bytes], str]:
    entries = table("han")["hangul_readings"].split()
    return [entry[1].encode("euc_kr") for entry in entries], "".join(entry[0] for entry in entries)


@functools.cache
def _traditional() -> dict[str, tuple[str, ...]]:
    _, become = spelling(table("han")["variants"])
    found: dict[str, tuple[str, ...]] = {}
    for other, plain in become.items():
        found[plain] = (*found.get(plain, ()), other)
    return found


@functools.lru_cache(1 << 13)
def hangul(char: str) -> str | None:
    """The Sino-Korean reading of a Chinese character as a Hangul syllable, or None; by the order of KS X 1001."""
    known = table("han")["hanja"].get(char)
    if known:
        return str(known)
    borders, read = _hangul_readings()
    for form in (char, *_traditional().get(char, ())):
        try:
            code = form.encode("euc_kr")
        except UnicodeEncodeError:
            continue
        if code[0] >= 0xCA:
            return read[bisect.bisect_right(borders, code) - 1]
    return None


def simplified(word: str) -> str:
    """A word with the variants of Han characters (traditional, shinjitai) made equal."""
    if not _HAN_VARIANTS.search(word):
        return word
    pattern, become = spelling(table("han")["variants"])
    return pattern.sub(lambda match: become[match[0]], word)
