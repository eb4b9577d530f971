"""The parts that a view is made of: runs of text, rows, items, sections, notes.

All text in them is clean (`cleaning.clean`): one line, no control characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ..models.brief import Match, Quoted, Span
from .cleaning import clean

_NOTHING = "(empty)"
_ADDRESS = re.compile(r"https?://[!-;=?-\[\]^_a-~]+")


class Style(Enum):
    """What a run of text is; a renderer decides how it looks."""

    PLAIN = auto()
    STRONG = auto()
    """The words of an item to look for."""
    SOURCE = auto()
    """The report's own words, in its language."""
    MARK = auto()
    """A word of warning."""
    LINK = auto()
    """An address that is safe to follow: http or https, ASCII."""
    FAINT = auto()
    """What is to be read second: what a text rests on."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style; runs are set one after the other without spaces between them."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Row:
    """A named detail of an item."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the brief says.

    Args:
        runs: its text.
        notes: numbers of the notes that carry it, ascending.
        mark: why it is not supported, or None when it is.
        rows: its details.
    """

    runs: tuple[Run, ...]
    notes: tuple[int, ...] = ()
    mark: str | None = None
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Items under a heading."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A cited sentence of the report: its number, its words, and where it stands, such as `p. 3`, if that is known."""

    number: int
    text: str
    place: str = ""


def place_of(span: Span) -> str:
    """Where a sentence stands, in short: `p. 3`, `para. 12`, or nothing."""
    if span.page is not None:
        return f"p. {span.page}"
    return f"para. {span.paragraph}" if span.paragraph is not None else ""


def plain(text: str) -> Run:
    """Text of the brief, cleaned."""
    return Run(clean(text) or _NOTHING)


def strong(text: str) -> Run:
    """Text of the brief to be made out at a glance, cleaned."""
    return Run(clean(text) or _NOTHING, Style.STRONG)


def address(url: str) -> Run:
    """An address, to be followed when that is safe and every program takes it for the same one."""
    return Run(url, Style.LINK) if _ADDRESS.fullmatch(url) else plain(url)


def quoted(wording: Quoted) -> tuple[Run, ...]:
    """The report's words in quotation marks, with a mark when they were found only approximately or not at all."""
    runs = (Run("“"), Run(clean(wording.text) or _NOTHING, Style.SOURCE), Run("”"))
    if wording.match == Match.FUZZY:
        return (*runs, Run(" "), Run("[found only approximately]", Style.MARK))
    if wording.match == Match.UNSUPPORTED:
        return (*runs, Run(" "), Run("[not in the report]", Style.MARK))
    return runs


def joined(parts: Iterable[Sequence[Run]], separator: str) -> tuple[Run, ...]:
    """Several pieces as one, with a separator between them."""
    runs: list[Run] = []
    for part in parts:
        if runs:
            runs.append(Run(separator))
        runs.extend(part)
    return tuple(runs)
