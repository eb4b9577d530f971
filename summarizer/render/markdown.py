"""Briefs as Markdown that reads well as it stands and renders the same in every dialect.

Only headings, lists, bold and escapes are used. Notes are plain bracketed numbers and not footnotes (`[^1]`): these are
renumbered by some programs, taken for links by others, and clash when several briefs stand in one file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..models.brief import Brief
from ..models.outcome import Failure
from .cleaning import isolate, isolate_within
from .runs import Item, Note, Run, Section, Style
from .view import FailureView, View, failure_view, view

_SPECIAL = re.compile(r"[`*_\[\]{}|~$^]|@(?=[\w-]+\.)|:(?=//)|(?<= )#|(?<=www)\.", re.IGNORECASE)
_OPENING = re.compile(r"[#+\-=:]|\d+(?=[.)])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\\": "&#92;"})


def to_markdown(result: Brief | Failure) -> str:
    """A brief or a failure as Markdown; ends with a line break."""
    blocks = _failure(failure_view(result)) if isinstance(result, Failure) else _brief(view(result))
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Clean text as Markdown that shows just this text, within a line.

    >>> escape("not *bold* <b>")
    'not \\*bold\\* &lt;b&gt;'
    """
    return _SPECIAL.sub(r"\\\g<0>", text.translate(_ENTITIES))


def escape_opening(line: str) -> str:
    """A line of Markdown that its first characters do not make a heading, a list or a rule.

    >>> escape_opening("1. May")
    '1\\. May'
    """
    opening = _OPENING.match(line)
    if not opening:
        return line
    at = opening.end() if opening[0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


def _brief(shown: View) -> Iterator[str]:
    yield f"# {set_item(shown.headline, bold=False)}"
    yield escape_opening(set_runs(shown.report))
    for section in shown.sections:
        yield f"## {section.title}"
        yield set_section(section)
    if shown.notes:
        yield "## Evidence"
        yield "Sentences of the report, by their numbers in it."
        yield set_notes(shown.notes)
    yield from set_checks(shown.checks, shown.warnings, shown.provenance)


def _failure(shown: FailureView) -> Iterator[str]:
    yield f"# {set_sentence(shown.title)}"
    yield f"**{escape(shown.kind)}:** {set_sentence(shown.message)}"


def set_section(section: Section) -> str:
    """The items of a section: a list, or a paragraph when there is one alone."""
    if len(section.items) == 1 and not section.items[0].rows:
        return set_item(section.items[0])
    lines = []
    for item in section.items:
        lines.append(f"- {set_item(item)}")
        lines += [f"  - {set_runs((Run(row.label),))}: {set_runs(row.runs)}" for row in item.rows]
    return "\n".join(lines)


def set_item(item: Item, bold: bool = True) -> str:
    """An item, with the numbers of its notes and its mark."""
    text = escape_opening(set_runs(item.runs, bold))
    if item.notes:
        text += f" [{', '.join(map(str, item.notes))}]"
    return f"{text} **{set_sentence(f'[{item.mark}]')}**" if item.mark else text


def set_runs(runs: Sequence[Run], bold: bool = True) -> str:
    """Runs of text in their styles."""
    return "".join(_run(run, bold) for run in runs)


def _run(run: Run, bold: bool) -> str:
    if run.style == Style.LINK:
        return f"<{run.text}>"
    text = isolate(escape(run.text))
    if run.style == Style.MARK or (run.style == Style.STRONG and bold):
        return f"**{text}**"
    return text


def set_checks(outcome: str, warnings: Sequence[str], provenance: str) -> Iterator[str]:
    """What the checks found, and where it all comes from, as blocks."""
    yield "## Checks"
    yield set_sentence(outcome)
    if warnings:
        yield "\n".join(f"- **Warning:** {set_sentence(warning)}" for warning in warnings)
    yield "## Provenance"
    yield set_sentence(provenance)


def set_notes(notes: Sequence[Note]) -> str:
    """Cited sentences as a list, each with its number and where it stands."""
    return "\n".join(
        f"- [{note.number}] {f'({note.place}) ' if note.place else ''}{isolate(escape(note.text))}" for note in notes
    )


def set_sentence(text: str) -> str:
    """An English sentence, whatever it holds."""
    return isolate_within(escape(text))
