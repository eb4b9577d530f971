"""Briefs as HTML: a fragment that stands in a notebook or in any page, without scripts and outside style sheets.

It is written by a tree builder, so that it is well formed and everything in it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from xml.etree import ElementTree as ET

from ..models.brief import Brief
from ..models.outcome import Failure
from .cleaning import is_right_to_left, stretches
from .runs import Item, Note, Run, Section, Style
from .view import FailureView, View, failure_view, view

_UNTOUCHED = "tex2jax_ignore mathjax_ignore"  # notebooks would take $5 and $6 for a formula
_PAGE = "max-width: 46em; line-height: 1.5"
_FAINT = "opacity: 0.75; font-size: 0.9em"


def to_html(result: Brief | Failure) -> str:
    """A brief or a failure as an HTML fragment: one `article` element, which is also well-formed XML."""
    writer = _Writer()
    if isinstance(result, Failure):
        writer.failure(failure_view(result))
    else:
        writer.brief(view(result))
    return writer.text()


class _Writer:
    def __init__(self) -> None:
        self._tree = ET.TreeBuilder()
        self._language = ""
        self._key = ""

    def text(self) -> str:
        return ET.tostring(self._tree.close(), encoding="unicode", short_empty_elements=False)

    def brief(self, shown: View) -> None:
        self._language, self._key = shown.language, shown.key
        with self._in("article", {"class": f"summarizer-brief {_UNTOUCHED}", "lang": "en", "style": _PAGE}):
            with self._in("h2"):
                self._item(shown.headline, bold=False)
            with self._in("p", {"style": _FAINT}):
                self._runs(shown.report)
            for section in shown.sections:
                self._section(section)
            self._notes(shown.notes)
            self._closing(shown)

    def failure(self, shown: FailureView) -> None:
        with self._in("article", {"class": f"summarizer-failure {_UNTOUCHED}", "lang": "en", "style": _PAGE}):
            with self._in("h2"):
                self._sentence(shown.title)
            with self._in("p"):
                self._put("strong", f"{shown.kind}:")
                self._data(" ")
                self._sentence(shown.message)

    def _section(self, section: Section) -> None:
        self._put("h3", section.title)
        if len(section.items) == 1 and not section.items[0].rows:
            with self._in("p"):
                self._item(section.items[0])
            return
        with self._in("ul"):
            for item in section.items:
                with self._in("li"):
                    self._item(item)
                    if item.rows:
                        self._rows(item)

    def _rows(self, item: Item) -> None:
        with self._in("ul"):
            for row in item.rows:
                with self._in("li"):
                    self._data(f"{row.label}: ")
                    self._runs(row.runs)

    def _notes(self, notes: Sequence[Note]) -> None:
        if not notes:
            return
        self._put("h3", "Evidence")
        self._put("p", "Sentences of the report, by their numbers in it.")
        with self._in("ol"):
            for note in notes:
                with self._in("li", {"value": str(note.number), "id": self._anchor(note.number)}):
                    if note.place:
                        self._put("span", note.place, {"style": _FAINT})
                        self._data(" ")
                    self._source(note.text)

    def _closing(self, shown: View) -> None:
        self._put("h3", "Checks")
        with self._in("p"):
            self._sentence(shown.checks)
        if shown.warnings:
            with self._in("ul"):
                for warning in shown.warnings:
                    with self._in("li"):
                        self._put("strong", "Warning:")
                        self._data(" ")
                        self._sentence(warning)
        self._put("h3", "Provenance")
        with self._in("p", {"style": _FAINT}):
            self._sentence(shown.provenance)

    def _item(self, item: Item, bold: bool = True) -> None:
        self._runs(item.runs, bold)
        if item.notes:
            self._data(" ")
            with self._in("sup"):
                for place, number in enumerate(item.notes):
                    self._data(", " if place else "[")
                    self._put("a", str(number), {"href": f"#{self._anchor(number)}"})
                self._data("]")
        if item.mark:
            self._data(" ")
            with self._in("mark"):
                self._sentence(f"[{item.mark}]")

    def _runs(self, runs: Sequence[Run], bold: bool = True) -> None:
        for run in runs:
            if run.style == Style.SOURCE:
                self._source(run.text)
            elif run.style == Style.LINK:
                self._put("a", run.text, {"href": run.text, "rel": "nofollow noopener noreferrer"})
            elif run.style == Style.MARK:
                self._put("mark", run.text)
            elif run.style == Style.STRONG and bold:
                with self._in("strong"):
                    self._text(run.text)
            else:
                self._text(run.text)

    def _source(self, text: str) -> None:
        self._put("bdi", text, {"lang": self._language, "dir": "auto"})

    def _text(self, text: str) -> None:
        if is_right_to_left(text):
            self._put("bdi", text, {"dir": "auto"})
        else:
            self._data(text)

    def _sentence(self, text: str) -> None:
        for stretch in stretches(text):
            self._text(stretch)

    def _anchor(self, number: int) -> str:
        return f"report-{self._key}-sentence-{number}"

    def _put(self, tag: str, text: str, attributes: dict[str, str] | None = None) -> None:
        with self._in(tag, attributes):
            self._data(text)

    def _data(self, text: str) -> None:
        self._tree.data(text)

    @contextmanager
    def _in(self, tag: str, attributes: dict[str, str] | None = None) -> Iterator[None]:
        self._tree.start(tag, attributes or {})
        yield
        self._tree.end(tag)
