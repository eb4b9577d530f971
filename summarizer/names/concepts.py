"""Words that organisations are called by in many languages, translated."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from ..text.folding import fold
from . import atlas
from .scripts import Script, script_of, simplified, split
from .sounds import Word, word
from .tables import table

_HYPHENS = re.compile(r"[-‐‑–]+")


@functools.cache
def _whole() -> Mapping[str, str]:
    """Folded words of `bodies.toml` with what they mean."""
    return {
        fold(simplified(w)): english
        for english, text in table("bodies")["concepts"].items()
        for w in (english, *text.split())
        if not w.endswith("*")
    }


@functools.cache
def _stems() -> Mapping[str, str]:
    return {
        fold(w[:-1]): english for english, text in table("bodies")["concepts"].items() for w in text.split() if w[-1] == "*"
    }


@functools.lru_cache(1 << 14)
def concept(written: str, language: str | None = None) -> str | None:
    """The English word for what a word means; None where it is a name."""
    folded = fold(simplified(written)).strip(".,")
    if folded in _whole():
        return _whole()[folded]
    stems = _stems()
    return next((stems[folded[:i]] for i in range(len(folded), 2, -1) if folded[:i] in stems), None)


def as_word(english: str) -> Word:
    """A meaning as a word to be compared."""
    return word(english)


@functools.lru_cache(1 << 14)
def _split_unspaced(written: str, language: str | None) -> tuple[str, ...]:
    rest, found = simplified(written), []
    name = ""
    while rest:
        known = next((rest[:i] for i in range(min(len(rest), 8), 0, -1) if _known(rest[:i], language)), "")
        if known:
            found += [name, known]
            name = ""
        else:
            name += rest[0]
        rest = rest[len(known or rest[0]) :]
    return tuple(filter(None, (*found, name)))


def _known(text: str, language: str | None) -> bool:
    return text in _whole() or (len(text) > 1 and atlas.country(text, language) is not None)


def split_unspaced(text: str, language: str | None) -> list[str]:
    """The words of a name; Chinese, Japanese and Korean ones cut where a known word begins."""
    found: list[str] = []
    for written in split(_HYPHENS.sub(" ", text)):
        if script_of(written) in (Script.HAN, Script.KANA, Script.HANGUL):
            found += _split_unspaced(written, language)
        else:
            found.append(written.strip("'\"«»“”,"))
    return [w for w in found if w]
