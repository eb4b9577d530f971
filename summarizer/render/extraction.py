"""Extractions as a tree for a terminal or in Markdown, and as JSON.

The tree shows every field of the user's model under its own name, wordings in quotation marks, evidence as the numbers
of sentences that are quoted below it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic import RootModel

from ..errors import ConfigurationError
from ..models.brief import Match
from ..models.extraction import Evidence, Extraction, ExtractionChecks, Quoted
from ..models.outcome import Failure
from ..models.records import fields_of, is_record
from .cleaning import clean, escape_json, isolate_within
from .markdown import escape, escape_opening, set_checks, set_notes, set_runs, set_sentence
from .runs import Note, Run, Style, joined, place_of, plain, quoted, strong
from .view import FailureView, failure_view, provenance_in_words
from .words import MATCHES, counted, language_in_words

if TYPE_CHECKING:
    from rich.console import Console

FORMATS = ("md", "json", "jsonl")

Result = Extraction[Any] | Failure
_Runs = tuple[Run, ...]
_NOTHING: _Runs = (Run("–", Style.FAINT),)
_MARKS = {Match.FUZZY: "[found only approximately]", Match.UNSUPPORTED: "[not in the document]"}


@dataclass(frozen=True, slots=True)
class Line:
    """One field.

    Args:
        depth: how far it is indented, in steps.
        label: the field's name; empty for an item of a list that has none.
        runs: its value; empty when its parts follow.
        notes: numbers of the sentences that it names.
        opens: whether an item of a list begins here.
    """

    depth: int
    label: str
    runs: _Runs = ()
    notes: tuple[int, ...] = ()
    opens: bool = False

    @property
    def holds(self) -> bool:
        """Whether the value stands in this line."""
        return bool(self.runs or self.notes)


@dataclass(frozen=True, slots=True)
class View:
    """An extraction, ready to be typeset."""

    title: str
    about: _Runs
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    checks: str
    warnings: tuple[str, ...]
    provenance: str


def render(result: Result, format: str) -> str:  # noqa: A002
    """An extraction or a failure as text.

    Args:
        result: an extraction, or why there is none.
        format: "md" (ends with a line break), "json" (indented) or "jsonl" (one line, without its break).

    Raises:
        ConfigurationError: there is no such format.
    """
    if format == "md":
        return "\n\n".join(_failed(result) if isinstance(result, Failure) else _markdown(view(result))) + "\n"
    if format not in FORMATS:
        raise ConfigurationError(f"no format is called {format!r}", remedy=f"Choose one of {', '.join(FORMATS)}")
    layout: dict[str, Any] = {"indent": 2} if format == "json" else {"separators": (",", ":")}
    return escape_json(json.dumps(result.model_dump(mode="json", by_alias=True), ensure_ascii=False, **layout))


def render_terminal(result: Result, console: Console) -> None:
    """Print an extraction or a failure; the console decides about width and colour."""
    from rich.text import Text

    from . import terminal as t

    page = t.Page(console)
    page.rule()
    if isinstance(result, Failure):
        failed = _failure_view(result)
        page.put(Text(isolate_within(failed.title), "bold red"))
        page.put(Text.assemble((f"{failed.kind}: ", "bold"), isolate_within(failed.message)), indent=2)
        page.print()
        return
    shown = view(result)
    page.put(Text(shown.title, "bold"))
    page.put(t.set_runs(shown.about), style="dim")
    page.put(Text())
    for line in shown.lines:
        before = "  " * line.depth + ("• " if line.opens else "")
        label = (f"{line.label}: ", "dim") if line.label and line.holds else (line.label, "bold")
        value = Text(_bracketed(line.notes), "cyan") if line.notes else t.set_runs(line.runs)
        page.put(Text.assemble(label, value), first=before, indent=len(before))
    page.notes(shown.notes)
    page.checks(shown.checks, shown.warnings, shown.provenance)
    page.print()


def view(extraction: Extraction[Any]) -> View:
    """The view of an extraction."""
    notes: dict[int, Note] = {}
    return View(
        title=clean(extraction.schema_name),
        about=_about(extraction),
        lines=tuple(_of(extraction.data, "", 0, notes)),
        notes=tuple(notes[number] for number in sorted(notes)),
        checks=_checks(extraction.checks),
        warnings=tuple(map(clean, extraction.checks.warnings)),
        provenance=clean("; ".join(provenance_in_words(extraction.provenance))),
    )


def _markdown(shown: View) -> Iterator[str]:
    yield f"# {set_sentence(shown.title)}"
    yield escape_opening(set_runs(shown.about))
    yield "\n".join(map(_markdown_line, shown.lines))
    if shown.notes:
        yield "## Evidence"
        yield "Sentences of the document, by their numbers in it."
        yield set_notes(shown.notes)
    yield from set_checks(shown.checks, shown.warnings, shown.provenance)


def _markdown_line(line: Line) -> str:
    label = set_runs((strong(line.label),)) if line.label else ""
    colon = ": " if line.label and line.holds else ""
    text = _bracketed(line.notes) if line.notes else set_runs(line.runs)
    text = text if line.label or line.notes else escape_opening(text)
    return f"{'  ' * line.depth}- {label}{colon}{text}"


def _failed(failure: Failure) -> Iterator[str]:
    shown = _failure_view(failure)
    yield f"# {set_sentence(shown.title)}"
    yield f"**{escape(shown.kind)}:** {set_sentence(shown.message)}"


def _failure_view(failure: Failure) -> FailureView:
    shown = failure_view(failure)
    return replace(shown, title=f"Nothing extracted from {shown.title.removeprefix('No brief for ')}")


def _about(extraction: Extraction[Any]) -> _Runs:
    document, unsupported = extraction.document, extraction.checks.unsupported
    read_from = f" ({document.source})" if document.source not in (document.id, "-", "text") else ""
    size = counted(document.sentences, "sentence")
    parts = [(plain(document.id + read_from),), (plain(f"{language_in_words(document.language)}, {size}"),)]
    if unsupported:
        parts.append((Run(f"{unsupported} of {_checked(extraction.checks)} unsupported", Style.MARK),))
    return joined(parts, " · ")


def _of(value: Any, label: str, depth: int, notes: dict[int, Note]) -> Iterator[Line]:
    """The lines of a value: one for what fits into it, else one with the label and those of its parts."""
    if isinstance(value, RootModel) and not isinstance(value, Evidence):
        yield from _of(value.root, label, depth, notes)
        return
    if isinstance(value, Evidence) and len(value):
        notes |= {span.sentence: Note(span.sentence, clean(span.text), place_of(span)) for span in value}
        yield Line(depth, label, notes=tuple(span.sentence for span in value))
        return
    runs = _runs(value)
    if runs is not None:
        yield Line(depth, label, runs)
        return
    if label:
        yield Line(depth, label)
    inner = depth + bool(label)
    if is_record(value):
        for each in fields_of(value):
            yield from _of(each.value, _in_words(each.known_as), inner, notes)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _of(each, clean(str(key)), inner, notes)
    else:
        for each in value:
            yield from _item(each, inner, notes)


def _item(value: Any, depth: int, notes: dict[int, Note]) -> Iterator[Line]:
    """The lines of an item of a list: the first opens it, the others stand below it."""
    is_list = isinstance(value, (list, tuple, set, frozenset)) and _runs(value) is None
    lines = list(_of(value, counted(len(value), "item") if is_list else "", 0, notes))
    yield replace(lines[0], depth=depth, opens=True)
    for line in lines[1:]:
        yield replace(line, depth=depth + 1 + line.depth)


def _runs(value: Any) -> _Runs | None:
    """A value that fits into a line; None for one with parts that need lines of their own."""
    if isinstance(value, Quoted):
        return _quoted(value)
    if isinstance(value, Evidence):
        return None if len(value) else (Run("[cites no sentence]", Style.MARK),)
    if isinstance(value, (list, tuple, set, frozenset)):
        parts = [_runs(each) for each in value]
        simple = [part for part in parts if part is not None]
        return (joined(simple, "; ") or _NOTHING) if len(simple) == len(parts) else None
    if isinstance(value, Mapping):
        return None if value else _NOTHING
    if is_record(value):
        return None if any(True for _ in fields_of(value)) else _NOTHING
    return _NOTHING if value is None else (plain(_in_text(value)),)


def _in_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value if isinstance(value, Enum) else value)


def _quoted(wording: Quoted) -> _Runs:
    mark = _MARKS.get(wording.match)
    words = quoted(wording)[:3]
    return (*words, Run(" "), Run(mark, Style.MARK)) if mark else words


def _bracketed(numbers: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, numbers))}]"


def _in_words(name: str) -> str:
    return clean(name.replace("_", " "))


def _checks(checks: ExtractionChecks) -> str:
    text = f"{_checked(checks)} checked: {checks.supported} supported, {checks.unsupported} unsupported."
    found = [f"{checks.quotes[match]} {MATCHES[match]}" for match in Match if checks.quotes.get(match)]
    return f"{text} Wordings: {', '.join(found)}." if found else text


def _checked(checks: ExtractionChecks) -> str:
    return counted(checks.supported + checks.unsupported, "field")
