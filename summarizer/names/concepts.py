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

_POSSESSIVE = re.compile(r"['’]s?$")
_HYPHENS = re.compile(r"[-‐‑–]+")


@functools.cache
def _whole() -> Mapping[str, str]:
    """Folded words of `bodies.toml` with what they mean."""
    return {
        fold(simplified(w)): english
        for english, text in table("bodies")["concepts"].items()
        for w in (english, *text.split())
        if not w.endswith("*") and "_" not in w
    }


@functools.cache
def _known_bodies() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, others in table("bodies")["known"].items():
        for other in (name.replace("_", " "), *others.split(";")):
            found.setdefault(_plain(other), name)
    return found


def _plain(text: str) -> str:
    return fold(simplified(text.strip())).replace("'", "").replace(".", "").removeprefix("the ")


@functools.lru_cache(1 << 13)
def known_body(text: str) -> str | None:
    """The usual English name of a body that is known by several names, or None; short acronyms only in capitals."""
    plain = _plain(text)
    if len(plain) < 4 and plain.isascii() and text != text.upper():
        return None
    return _known_bodies().get(plain)


@functools.cache
def _stems() -> Mapping[str, str]:
    return {
        fold(w[:-1]): english
        for english, text in table("bodies")["concepts"].items()
        for w in text.split()
        if w.endswith("*")
    }


@functools.lru_cache(1 << 14)
def concept(written: str) -> str | None:
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
            found.append(_POSSESSIVE.sub("", written).strip("'\"«»“”,"))
    return [w for w in found if w]
