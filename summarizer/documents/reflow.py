"""Pages of wrapped lines as running text: running heads dropped, lines joined to paragraphs, also across pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..models.document import Layout, Unit
from ..text.folding import is_unspaced

_EDGE = 2
"""Lines at the top and at the bottom of a page that can be running heads."""
_HEAD = 100
"""Characters of a running head at most."""
_FEWEST = 3
"""Pages on which a line must recur to be one."""
_SHARE = 0.4
"""Share of the pages on which it must recur."""
_NUMBER = re.compile(r"\d+")
_OPENS = re.compile(r"(?:\d{1,4}[.)]|[IVXLC]{1,6}[.)]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6})\)|[•‣▪●◦*–—-])\s|\|")
_CLOSES = re.compile(r"[.!?…:;。！？؟۔।][\"'”’»)\]]*\Z")
_HYPHEN = re.compile(r"[^\W\d_][-\u00ad\u2010]\Z")
_SOFT = re.compile("[\u00ad\ufffe\x02]\r?\n?")
_SHORT = 0.7
_FULL = 0.92
"""Shares of the usual length of lines: below the first a line ends its paragraph, below the other with a sentence."""
_SPARSE = 0.8
"""Share of the length of all lines that those of a page are taken to have at least: a cover has short ones only."""


@dataclass(frozen=True, slots=True)
class Flowed:
    """Running text, one paragraph a line, and where its pages begin."""

    text: str
    layout: Layout


def flow(pages: Sequence[str]) -> Flowed:
    """The running text of pages.

    A line ends its paragraph when it is clearly shorter than the lines of its page, or when the next line opens with a
    number or a bullet. A paragraph that goes on over a page break is joined; the next page then begins inside it.

    Args:
        pages: the text of each, one printed line a line.
    """
    parts: list[str] = []
    starts: list[int] = []
    position = 0
    before: _Line | None = None
    kept = list(_without_running_heads([_lines(page) for page in pages]))
    usual = _width([line for lines in kept for line in lines])
    for lines in kept:
        width = max(_width(lines), round(_SPARSE * usual))
        starts.append(position)
        for number, text in enumerate(lines):
            line = _Line(text, width)
            joint = _joint(before, line) if before else ""
            if joint is None:
                joint, parts[-1] = "", parts[-1][:-1]
                position -= 1
            parts += [joint, text]
            position += len(joint) + len(text)
            if number == 0:
                starts[-1] = position - len(text)
            before = line
    return Flowed("".join(parts), Layout(unit=Unit.PAGE, starts=tuple(starts)))


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line, and how long those of its page usually are."""

    text: str
    width: int


def _joint(one: _Line, other: _Line) -> str | None:
    """What stands between two lines: a line break, a space, nothing; None where the hyphen before goes too."""
    if _OPENS.match(other.text):
        return "\n"
    goes_on = other.text[:1].islower()
    if goes_on and _HYPHEN.search(one.text):
        return None
    length = len(one.text)
    ends = bool(_CLOSES.search(one.text))
    short = length < _SHORT * one.width or (ends and length < _FULL * one.width)
    if short and (ends or not goes_on):
        return "\n"
    return "" if is_unspaced(one.text[-1]) and is_unspaced(other.text[0]) else " "


def _width(lines: Sequence[str]) -> int:
    """How long a full line of a page is, in characters: nine tenths of its lines are no longer."""
    lengths = sorted(map(len, lines))
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _lines(page: str) -> list[str]:
    return [line for raw in _SOFT.sub("", page).splitlines() if (line := " ".join(raw.split()))]


def _without_running_heads(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """The lines of each page without those at its edges that recur from page to page, whatever number they hold."""
    seen = Counter(form for lines in pages for form in {_form(lines[n]) for n in _edges(lines)})
    least = max(_FEWEST, _SHARE * len(pages))
    for lines in pages:
        heads = {n for n in _edges(lines) if seen[_form(lines[n])] >= least}
        yield [line for n, line in enumerate(lines) if n not in heads]


def _edges(lines: Sequence[str]) -> set[int]:
    size = len(lines)
    edges = set(range(size)[:_EDGE]) | set(range(size)[-_EDGE:])
    return {n for n in edges if len(lines[n]) <= _HEAD}


def _form(line: str) -> str:
    return _NUMBER.sub("#", line)
