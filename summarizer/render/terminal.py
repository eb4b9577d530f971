"""Briefs for a terminal, in one column that is no wider than is good to read.

What a line means is told by words and place, never by colour alone. Lines are broken here and not by the console,
because each line that holds a piece of right-to-left text must isolate it for itself.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from ..models.brief import Brief
from ..models.outcome import Failure
from .cleaning import ISOLATE, POP_ISOLATE, isolate, isolate_within
from .runs import Item, Note, Row, Run, Section, Style
from .view import failure_view, view

WIDTH = 100
"""The widest that lines get, in cells."""

_NARROWEST = 20
_LINES_OF_A_NOTE = 5
_STYLES = {Style.STRONG: "bold", Style.MARK: "bold not dim yellow", Style.FAINT: "dim"}
_HEADING, _FAINT, _NOTE, _UNSUPPORTED = "bold", "dim", "cyan", "bold red"


def render_terminal(brief: Brief, console: Console) -> None:
    """Print a brief; the console decides about width and colour."""
    shown = view(brief)
    page = Page(console)
    page.rule()
    page.put(set_item(shown.headline))
    page.put(set_runs(shown.report), style=_FAINT)
    for section in shown.sections:
        page.section(section)
    page.notes(shown.notes)
    page.checks(shown.checks, shown.warnings, shown.provenance)
    page.print()


def render_failure_terminal(failure: Failure, console: Console) -> None:
    """Print why there is no brief."""
    shown = failure_view(failure)
    page = Page(console)
    page.rule()
    page.put(Text(isolate_within(shown.title), _UNSUPPORTED))
    page.put(Text.assemble((f"{shown.kind}: ", "bold"), isolate_within(shown.message)), indent=2)
    page.print()


def clip(text: str, cells: int) -> str:
    """`text`, or its beginning and end with an ellipsis between them when it takes more than `cells` cells."""
    if cell_len(text) <= cells:
        return text
    room = cells - 3
    head = _beginning(text, room * 2 // 3)
    tail = _beginning(text[::-1], room // 3)[::-1]
    while tail and unicodedata.combining(tail[0]):
        tail = tail[1:]
    return f"{head.rstrip()} … {tail.lstrip()}"


def _beginning(text: str, cells: int) -> str:
    """As much of the beginning as fits, up to the last space in it unless that is far away."""
    end = bisect_right(list(accumulate(map(cell_len, text))), cells)
    space = text.rfind(" ", end * 2 // 3, end)
    return text[: space if space > 0 else end]


class Page:
    """Lines of one result, printed together."""

    def __init__(self, console: Console):
        self._console = console
        self._width = max(_NARROWEST, min(console.width, WIDTH))
        self._lines: list[Text] = []

    def print(self) -> None:
        """Print all lines and an empty one."""
        self._console.print(Text("\n").join([*self._lines, Text()]), soft_wrap=True, highlight=False)

    def put(self, text: Text, first: str | Text = "", indent: int = 0, style: str = "") -> None:
        """Add text in lines of the page's width.

        Args:
            text: what to print.
            first: what stands before its first line, as wide as `indent`; spaces when empty.
            indent: cells before each line.
            style: of the text.
        """
        text.stylize_before(style)
        start = first or " " * indent
        for line in _isolating(text.wrap(self._console, self._width - indent)):
            self._lines.append(Text.assemble(start, line))
            start = " " * indent

    def rule(self) -> None:
        """Add a line across the page."""
        self.put(Text("─" * self._width, _FAINT))

    def heading(self, title: str) -> None:
        """Add an empty line and a heading."""
        self._lines.append(Text())
        self.put(Text(title, _HEADING))

    def section(self, section: Section) -> None:
        """Add a section: items with details as blocks, items without as a list."""
        self.heading(section.title)
        labels = max((len(row.label) for item in section.items for row in item.rows), default=0)
        for place, item in enumerate(section.items):
            if place and labels:
                self._lines.append(Text())
            if labels or len(section.items) == 1:
                self.put(set_item(item), indent=2)
            else:
                self.put(set_item(item), first="  • ", indent=4)
            for row in item.rows:
                self._row(row, labels)

    def _row(self, row: Row, labels: int) -> None:
        """A detail, its label in a column of this width, or before it where that would leave too little room."""
        if 2 * (labels + 6) > self._width:
            self.put(Text.assemble((f"{row.label}: ", _FAINT), set_runs(row.runs)), indent=4)
        else:
            label = Text(f"    {row.label:<{labels}}  ", _FAINT)
            self.put(set_runs(row.runs), first=label, indent=labels + 6)

    def notes(self, notes: Sequence[Note]) -> None:
        """Add the sentences cited, if any."""
        if not notes:
            return
        self.heading("Evidence: sentences of the report, by number")
        wide = max(len(f"[{note.number}]") for note in notes)
        for note in notes:
            number = f"[{note.number}]"
            text = Text(isolate(clip(note.text, _LINES_OF_A_NOTE * (self._width - wide - 3))))
            if note.place:
                text = Text.assemble((f"{note.place}  ", _FAINT), text)
            self.put(text, first=Text(f"  {number:>{wide}} ", _NOTE), indent=wide + 3)

    def checks(self, outcome: str, warnings: Sequence[str], provenance: str) -> None:
        """Add what the checks found, and where it all comes from."""
        self.heading("Checks")
        self.put(Text(isolate_within(outcome)), indent=2)
        for warning in warnings:
            self.put(Text.assemble(("Warning: ", "yellow"), isolate_within(warning)), first="  • ", indent=4)
        self.heading("Provenance")
        self.put(Text(isolate_within(provenance)), indent=2)


def set_item(item: Item) -> Text:
    """An item, with the numbers of its notes and its mark."""
    text = set_runs(item.runs)
    if item.notes:
        text.append(f" [{','.join(map(str, item.notes))}]", _NOTE)
    if item.mark:
        text.append(" ").append(isolate_within(f"[{item.mark}]"), _UNSUPPORTED)
    return text


def set_runs(runs: Sequence[Run]) -> Text:
    """Runs of text in their styles."""
    return Text.assemble(*((isolate(run.text), _STYLES.get(run.style, "")) for run in runs))


def _isolating(lines: Iterable[Text]) -> Iterator[Text]:
    """The lines of one text, an isolate that goes over a line's end being closed there and opened again."""
    is_open = False
    for line in lines:
        line.rstrip()
        whole = Text.assemble(ISOLATE, line) if is_open else line
        is_open = whole.plain.rfind(ISOLATE) > whole.plain.rfind(POP_ISOLATE)
        yield Text.assemble(whole, POP_ISOLATE) if is_open else whole
