"""Slogans, demands and goals that a report quotes, in its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...models.draft import AimKind
from .lexicon import Lexicon
from .reading import Passage, Reading

_QUOTED = re.compile(
    r"«([^«»\n]+)»|“([^“”\n]+)[”“]|„([^„“”\n]+)[“”]|\"([^\"\n]+)\"|‘([^‘’\n]+)’(?!\w)|「([^「」\n]+)」|『([^『』\n]+)』"
    r"|(?<!\w)'([^'\n]+)'(?!\w)|”([^”\n]+)”|״([^״\n]+)״|»([^«»\n]+)«"
)
_LONGEST = 120  # characters
_KINDS = {"slogan": AimKind.SLOGAN, "demand": AimKind.DEMAND, "goal": AimKind.GOAL}


@dataclass(frozen=True, slots=True)
class Quote:
    """A wording in quotation marks beside a word for slogan, demand or goal; `wording` has no marks."""

    passage: Passage
    wording: str
    kind: AimKind


def find_aims(reading: Reading, lexicon: Lexicon, past: frozenset[int]) -> list[Quote]:
    """Quoted aims outside the background sentences, each wording once."""
    found: dict[str, Quote] = {}
    for passage in reading.passages:
        if passage.number in past:
            continue
        keys = {hit.key for hit in lexicon.cues.find(passage)}
        kind = next((kind for key, kind in _KINDS.items() if key in keys), None)
        if kind is None:
            continue
        for wording in quoted(passage.text):
            if _is_aim(wording):
                found.setdefault(wording, Quote(passage, wording, kind))
    return list(found.values())


def quoted(text: str) -> list[str]:
    """The wordings in quotation marks of any kind, without the marks."""
    return [next(filter(None, match.groups())).strip() for match in _QUOTED.finditer(text)]


def _is_aim(wording: str) -> bool:
    """Whether a quoted wording has the size of a slogan or demand and is no mere name or number."""
    letters = sum(map(str.isalpha, wording))
    unspaced = any("\u3040" <= char <= "\u9fff" for char in wording)
    return letters >= 4 and len(wording) <= _LONGEST and (unspaced or len(wording.split()) >= 2)
