"""Whom one report has its items from: stated origins, those of cited sentences, an agency credited for all of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..models.brief import Aim, Event, Origin
from ..models.draft import OriginKind
from ..text.folding import fold, token_texts
from .linked import Item, Report

OWN = ""
"""Stands for a report's own work among the ids of its origins."""
HEAD = TAIL = 10
"""First and last sentences of a report, among which credit lines stand."""
CREDIT = 15
"""Words that a credit line has at most."""

_BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]")
_WHOLLY_BRACKETED = re.compile(r"\s*[(（\[/][^()（）\[\]/]*[)）\]/]\.?\s*")
_DATELINE = re.compile(r".{0,80}?[(（]([^()（）]*)[)）]\s*(?:[-–—―:]|[.।]\s)")
_PASSES_ON = (OriginKind.NEWS_AGENCY, OriginKind.MEDIA)


@dataclass(frozen=True)
class Attribution:
    """Whom a report has its items from.

    Args:
        sentences: ids of the brief's origins that carry each sentence.
        credited: agencies that the report credits for all of it.
        passed_on: for an origin, the agencies and media through which the report has it.
        stated: origins that events and aims name, by item.
    """

    sentences: Mapping[int, frozenset[str]]
    credited: frozenset[str]
    passed_on: Mapping[str, frozenset[str]]
    stated: Mapping[str, frozenset[str]]

    def behind(self, name: str, item: Item) -> frozenset[str]:
        """Ids of the brief's origins from which an item can come; empty for the report's own work.

        The origins that the item states; else those that carry most of its sentences, ties included.

        Args:
            name: id of the item.
            item: of the report.
        """
        found = self.stated.get(name) or self.of_sentences(span.sentence for span in item.evidence)
        return found.union(*(self.passed_on.get(origin, ()) for origin in found))

    def of_sentences(self, numbers: Iterable[int]) -> frozenset[str]:
        """The origins that carry the most of these sentences; empty when that is the report itself."""
        counts = Counter(origin for number in set(numbers) for origin in self._carriers(number))
        most = max(counts.values(), default=0)
        return frozenset(origin for origin, count in counts.items() if count == most and origin != OWN)

    def _carriers(self, number: int) -> frozenset[str]:
        return self.sentences.get(number) or self.credited or frozenset({OWN})


def attribution(report: Report) -> Attribution:
    """Whom a report has what from.

    A sentence is carried by the origins whose evidence it is or, of agencies and media, that it names; otherwise by
    those that every event and aim citing it names, as far as they name any; between two sentences of an origin, by that
    one. An agency in a byline, dateline or closing credit is credited for all that has no other origin.

    Args:
        report: without its text, only what the brief cites is known.
    """
    origins = report.brief.origins
    names = {origin.id: aliases(origin) for origin in origins if origin.kind in _PASSES_ON}
    direct: dict[int, set[str]] = defaultdict(set)
    for origin in origins:
        for span in origin.evidence:
            direct[span.sentence].add(origin.id)
    folded = {number: f" {' '.join(_words(text))} " for number, text in report.known.items()} if names else {}
    for number, text in folded.items():
        direct[number].update(origin for origin, own in names.items() if _names(own, text))
    stated = dict(_stated(report))
    agencies = {o.id: names[o.id] for o in origins if o.kind is OriginKind.NEWS_AGENCY}
    return Attribution(
        _continued({**_implied(report, stated), **{n: frozenset(found) for n, found in direct.items() if found}}),
        frozenset(_credited(report, agencies)),
        {o.id: frozenset(_passing(o, names, direct)) for o in origins},
        stated,
    )


def aliases(origin: Origin) -> frozenset[str]:
    """How an agency or outlet is called: its name, its acronym, and what its sentences put in brackets for that.

    Args:
        origin: an agency or outlet.
    """
    plain = _BRACKETED.sub(" ", origin.name).split(",")[0]
    found = [plain, *_BRACKETED.findall(origin.name)]
    if any(_is_acronym(name.strip()) for name in found):
        inner = (text for span in origin.evidence for text in _BRACKETED.findall(span.text))
        found += [text for text in inner if len(text) <= 10 and " " not in text and not any(map(str.isdigit, text))]
    folded = (" ".join(_words(name)) for name in found)
    return frozenset(name for name in folded if len(name) > 2)


def _is_acronym(name: str) -> bool:
    return 2 <= len(name) <= 6 and name.isupper()


def _words(text: str) -> list[str]:
    folded = fold(text)
    return token_texts(folded, 0, len(folded))


def _names(called: Iterable[str], words: str) -> bool:
    return any(f" {name} " in words for name in called)


def _stated(report: Report) -> Iterator[tuple[str, frozenset[str]]]:
    known = {origin.id for origin in report.brief.origins}
    for name, item in report.items.items():
        if isinstance(item, Event | Aim) and known.intersection(item.origins):
            yield name, frozenset(known.intersection(item.origins))


def _implied(report: Report, stated: Mapping[str, frozenset[str]]) -> dict[int, frozenset[str]]:
    """Origins that all events and aims name which cite a sentence and name any."""
    found: dict[int, frozenset[str]] = {}
    for name, origins in stated.items():
        for span in report.items[name].evidence:
            found[span.sentence] = found.get(span.sentence, origins) & origins
    return {number: origins for number, origins in found.items() if origins}


def _continued(carried: Mapping[int, frozenset[str]]) -> dict[int, frozenset[str]]:
    """Sentences with the origins of both neighbours where they have none of their own."""
    found = dict(carried)
    for number in carried:
        between = carried[number] & carried.get(number + 2, frozenset())
        if number + 1 not in carried and between:
            found[number + 1] = between
    return found


def _passing(origin: Origin, names: Mapping[str, frozenset[str]], direct: Mapping[int, set[str]]) -> Iterator[str]:
    """Agencies and media that quote an origin: in all its sentences, or by its name ("speaking to ...")."""
    called = f" {' '.join(_words(origin.name))} "
    for other, own in names.items():
        quoted = origin.evidence and all(other in direct[span.sentence] for span in origin.evidence)
        if other != origin.id and (quoted or _names(own, called)):
            yield other


def _credited(report: Report, agencies: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Agencies that a byline, a dateline or a closing line in brackets names."""
    if not agencies:
        return
    cited = {span.sentence for item in report.items.values() for span in item.evidence}
    last = report.brief.document.sentences
    for number, text in report.known.items():
        words = _words(text)
        line = f" {' '.join(words)} "
        dateline = _DATELINE.match(text)
        for origin, own in agencies.items():
            byline = number <= HEAD and number not in cited and len(words) <= CREDIT and _names(own, line)
            opening = number <= HEAD and dateline and _names(own, f" {' '.join(_words(dateline[1]))} ")
            closing = number > last - TAIL and _WHOLLY_BRACKETED.fullmatch(text) and _names(own, line)
            if byline or opening or closing:
                yield origin
