"""What is shown of a brief, in which order and in which words: every renderer only typesets this."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..models.brief import Brief, Checks, DocumentInfo, Match, Provenance
from ..models.outcome import Failure
from .cleaning import clean
from .dates import in_words, moment_in_words
from .items import Items
from .runs import Item, Note, Run, Section, Style, address, joined, place_of, plain
from .words import MATCHES, counted, language_in_words


@dataclass(frozen=True, slots=True)
class View:
    """A brief, ready to be typeset.

    Args:
        report: which report it is about, and how much of the brief is unsupported, if anything is.
        sections: what the brief says, the bottom line first; none is empty.
        notes: the sentences cited, each once, ascending; every number of an item is here, and no other.
        checks: how the checks ended.
        warnings: what a careful reader should know.
        language: language of the report's own words, ISO 639.
        key: letters and digits that tell this report from others on one page.
    """

    headline: Item
    report: tuple[Run, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    checks: str
    warnings: tuple[str, ...]
    provenance: str
    language: str
    key: str


@dataclass(frozen=True, slots=True)
class FailureView:
    """A failure, ready to be typeset."""

    title: str
    kind: str
    message: str


def view(brief: Brief) -> View:
    """The view of a brief."""
    items = Items(brief)
    return View(
        headline=items.headline(),
        report=_report(brief.document, brief.checks),
        sections=items.sections(),
        notes=_notes(brief),
        checks=_checks(brief.checks),
        warnings=tuple(_warnings(brief.checks, items.names)),
        provenance=clean("; ".join(provenance_in_words(brief.provenance))),
        language=clean(brief.document.language),
        key=re.sub("[^0-9A-Za-z]", "", brief.document.sha256)[:12],
    )


def failure_view(failure: Failure) -> FailureView:
    """The view of a failure."""
    document = clean(failure.document) or "a document without a name"
    message = clean(failure.message.removeprefix(f"{failure.document}: "))
    return FailureView(f"No brief for {document}", clean(failure.kind), message)


def _report(document: DocumentInfo, checks: Checks) -> tuple[Run, ...]:
    read_from = f" ({document.source})" if document.source not in (document.id, "-", "text") else ""
    size = counted(document.sentences, "sentence")
    if document.pages:
        size = f"{counted(document.pages, 'page')}, {size}"
    parts: list[Sequence[Run]] = [(plain(document.id + read_from),)]
    if document.title:
        parts.append((Run("“"), Run(clean(document.title), Style.SOURCE), Run("”")))
    parts += [(plain(name),) for name in (document.author, document.outlet) if name]
    if document.published:
        parts.append((plain(f"published {in_words(document.published)}"),))
    parts.append((plain(f"{language_in_words(document.language)}, {size}"),))
    if document.url:
        parts.append((address(document.url),))
    if checks.unsupported:
        parts.append((Run(f"{checks.unsupported} of {_checked(checks)} unsupported", Style.MARK),))
    return joined(parts, " · ")


def _notes(brief: Brief) -> tuple[Note, ...]:
    cited = [brief.bottom_line, *brief.summary, *brief.all_events, *brief.actors, *brief.aims]
    cited += [*brief.context, *brief.origins, *brief.caveats]
    texts: dict[int, dict[str, None]] = {}
    places: dict[int, str] = {}
    for checked in cited:
        for span in checked.evidence:
            texts.setdefault(span.sentence, {})[clean(span.text)] = None
            places.setdefault(span.sentence, place_of(span))
    return tuple(Note(number, " … ".join(texts[number]), places[number]) for number in sorted(texts))


def _checks(checks: Checks) -> str:
    parts = [f"{_checked(checks)} checked: {checks.supported} supported, {checks.unsupported} unsupported"]
    found = [f"{checks.quotes[match]} {MATCHES[match]}" for match in Match if checks.quotes.get(match)]
    if found:
        parts.append(f"Wordings of the report: {', '.join(found)}")
    if checks.numbers_without_support:
        parts.append(f"Figures without support: {'; '.join(map(clean, checks.numbers_without_support))}")
    return ". ".join(parts) + "."


def _checked(checks: Checks) -> str:
    return counted(checks.supported + checks.unsupported, "item")


def _warnings(checks: Checks, names: dict[str, str]) -> Iterator[str]:
    """The warnings, and problems of items that are not shown; ids are told as names."""
    for problem in checks.problems:
        if problem.item not in names:
            yield clean(f"{problem.item}: {problem.message}")
    for warning in checks.warnings:
        item, colon, rest = warning.partition(": ")
        yield clean(f"{names[item]}: {rest}" if colon and item in names else warning)


def provenance_in_words(provenance: Provenance) -> Iterator[str]:
    """Where a brief or an extraction comes from, in short phrases."""
    if provenance.engine == "offline":
        yield "Engine offline: no language model was used and nothing was translated"
    else:
        yield f"Engine {provenance.engine}: {_asked(provenance)}"
        if provenance.parts > 1:
            yield f"read in {provenance.parts} parts"
        yield f"model {provenance.model or 'not known'}"
        yield f"prompt {provenance.prompt or 'not known'}@{provenance.prompt_hash or 'not known'}"
        yield f"reply of {moment_in_words(provenance.replied)}" if provenance.replied else "date of the reply not known"
        yield _tokens(provenance)
        yield _cost(provenance.cost_usd)
    yield f"{provenance.seconds:.1f} s"
    yield f"schema {provenance.schema_version}"
    yield provenance.software


def _asked(provenance: Provenance) -> str:
    if provenance.recorded:
        return "a recorded reply, nothing was asked"
    again = f" ({provenance.reasks} to mend a reply)" if provenance.reasks else ""
    return f"{counted(provenance.attempts, 'request')}{again}"


def _tokens(provenance: Provenance) -> str:
    if provenance.input_tokens is None and provenance.output_tokens is None:
        return "tokens not known"
    given, made = (
        "?" if count is None else f"{count:,}" for count in (provenance.input_tokens, provenance.output_tokens)
    )
    return f"{given} tokens in, {made} out"


def _cost(cost: float | None) -> str:
    if cost is None:
        return "cost not known"
    if 0 < cost < 0.0001:
        return "less than USD 0.0001"
    return f"USD {cost:.4f}" if cost < 1 else f"USD {cost:.2f}"
