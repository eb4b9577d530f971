"""Names of organisations, groups, ships, units: acronyms, countries, numbers, and words translated in various ways."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from ..text.folding import fold
from . import atlas, concepts
from .alignment import align
from .judged import Judged, listed, same_name
from .mention import Mention, Verdict
from .readings import Reading, readings
from .sounds import Word, alike_across
from .tables import groups, words

BODY_WORD = 0.84
"""Least similarity of two words of an organisation's name."""

_BRACKETED = re.compile(r"[(（]([^)）]*)[)）]")
_CAPITALS = re.compile(r"^(?:[^\W\d_]\.?){2,7}$")
_NUMBER = re.compile(r"\d+")


class Body(NamedTuple):
    """A form of an organisation's, group's or asset's name."""

    acronyms: frozenset[str]
    """Written as such, folded."""
    initials: frozenset[str]
    """First letters of its words, with and without small words."""
    reading: Reading
    """Its words without its country."""
    country: str | None
    """Alpha-3 code that the name itself tells."""
    numbers: frozenset[str]
    hulls: frozenset[str]
    """Numbers in brackets."""
    generic: bool
    """It is called only what many are called."""
    known: str | None = None
    """Usual English name, when it is known by several."""


@functools.lru_cache(1 << 14)
def body(text: str, language: str | None = None) -> Body:
    """An organisation's name taken apart.

    Args:
        text: a name in any script.
        language: ISO 639 code of the text.
    """
    aside = [inner for inner in _BRACKETED.findall(text) if inner.strip()]
    plain = _BRACKETED.sub(" ", text).strip() or text
    written = concepts.split_unspaced(plain, language) or [plain]
    acronyms = {_letters(w) for w in (*aside, *([plain] if len(written) == 1 else ())) if _is_acronym(w)}
    small = words("bodies", "small")
    kept = [w for w in written if fold(w) not in small] or written
    if fold(kept[0]) in words("bodies", "ships"):
        kept = kept[1:] or kept
    country, rest = _country(kept, language)
    return Body(
        frozenset(acronyms),
        frozenset(filter(None, (_initials(written), _initials(kept), _initials(rest)))),
        _read(rest, language),
        country,
        _numbers(plain),
        _numbers(" ".join(aside)),
        all(concepts.concept(w) is not None for w in rest) and not acronyms,
        next(filter(None, map(concepts.known_body, (plain, text, *aside))), None),
    )


def _numbers(text: str) -> frozenset[str]:
    return frozenset(n.lstrip("0") for n in _NUMBER.findall(fold(text)))


def _is_acronym(word: str) -> bool:
    return bool(_CAPITALS.match(word)) and word == word.upper() and word != word.lower()


def _letters(word: str) -> str:
    return fold(word).replace(".", "")


def _initials(written: list[str]) -> str:
    letters = "".join(fold(w)[:1] for w in written)
    return letters if len(letters) > 1 else ""


def _country(written: list[str], language: str | None) -> tuple[str | None, list[str]]:
    navy = groups("navies").get(fold(written[0])) if written[0].isupper() and len(written) > 1 else None
    if navy:
        return navy, written[1:]
    for i, w in enumerate(written):
        for size in (3, 2, 1):
            code = atlas.country(" ".join(written[i : i + size]), language) if i + size <= len(written) else None
            if code and len(written) > size and not (size == 1 and _is_acronym(w) and len(w) < 2):
                return code, [*written[:i], *written[i + size :]]
    return None, written


def _read(written: list[str], language: str | None) -> Reading:
    found: list[Word] = []
    for w in written:
        concept = concepts.concept(w)
        if concept is None:
            found += readings((w,), language)[0]
        elif concept:
            found.append(concepts.as_word(concept))
    return tuple(found)


def _conflict(one: Body, other: Body) -> Judged | None:
    """What in the names themselves makes them two."""
    if one.numbers != other.numbers and (one.numbers and other.numbers):
        pair = f"{min(one.numbers)} and {min(other.numbers)}"
        return Judged(Verdict.DIFFERENT, 0.3, f"their numbers differ ({pair})")
    if one.hulls and other.hulls and one.hulls.isdisjoint(other.hulls):
        return Judged(Verdict.DIFFERENT, 0.5, f"their hull numbers differ ({min(one.hulls)} and {min(other.hulls)})")
    if one.country and other.country and one.country != other.country:
        both = f"one is of {atlas.called(one.country)}, the other of {atlas.called(other.country)}"
        return Judged(Verdict.DIFFERENT, 0.4, both)
    return None


def judge(one: Body, other: Body) -> Judged:
    """Whether two forms can name one body."""
    conflict = _conflict(one, other)
    if conflict:
        return conflict
    if one.known and other.known:
        same = one.known == other.known
        why = f"both are names of {_title(one.known)}" if same else f"{_title(one.known)} is not {_title(other.known)}"
        return Judged(Verdict.SAME if same else Verdict.DIFFERENT, 1.0 if same else 0.2, why)
    shared = (one.acronyms & (other.acronyms | other.initials)) | (other.acronyms & one.initials)
    if shared:
        return Judged(Verdict.SAME, 0.95, f"{min(shared).upper()} stands for both")
    judged = _by_words(one.reading, other.reading)
    if judged.verdict is Verdict.SAME and one.numbers != other.numbers:
        return Judged(Verdict.OPEN, judged.similarity, "only one has a number")
    return judged


def _title(known: str) -> str:
    return " ".join(w if w in ("of", "the", "for", "and", "in") else w.title() for w in known.split("_"))


def _by_words(one: Reading, other: Reading) -> Judged:
    found = align(one, other, alike_across, BODY_WORD)
    names = f"{listed(one)} and {listed(other)}"
    left = [found.one[i] for i in found.left_one]
    right = [found.other[i] for i in found.left_other]
    if not found.pairs or (left and right):
        return Judged(Verdict.DIFFERENT, found.similarity, f"{names} are different names")
    rest = left or right
    if rest and not all(word.text in words("bodies", "slight") for word in rest):
        return Judged(Verdict.OPEN, found.similarity, f"of {names}, one is a part of the other")
    unlike = [p for p in found.pairs if found.one[p.one].text != found.other[p.other].text]
    why = "; ".join(same_name(found.one[p.one], found.other[p.other]) for p in unlike[:3])
    return Judged(Verdict.SAME, max(found.similarity, 0.9), why or f"both are called {listed(one)}")


def forms(mention: Mention) -> tuple[Body, ...]:
    """The forms of a mention, English first."""
    named = (body(mention.name),) if mention.name else ()
    return (*named, body(mention.wording, mention.language)) if mention.wording else named
