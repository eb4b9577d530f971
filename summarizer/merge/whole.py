"""One draft of a long report, made of those of its parts, which are merged like the reports of a story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..models import brief as b
from ..models import draft as d
from ..models.comparison import AccountLine, Overview
from ..models.dossier import Citation, DiscrepancyKind, Merged
from ..text.folding import fold
from .claims import Claim, citations, claims_of
from .linked import Item, Report
from .parts import Parts
from .readings import value_key

I = TypeVar("I", bound=Item)  # noqa: E741
MOST_EVENTS = 8
"""Events that a brief tells in full; the others of a long report are minor ones."""
_MOST_CITED = 8
"""Sentences that one item cites at most, the first ones of each part."""
_MOST_CAVEATS = 6


@dataclass(frozen=True, slots=True)
class Whole:
    """A draft of a whole report, whose first events are its main ones.

    Args:
        main_events: how many those are.
    """

    draft: d.Draft
    main_events: int


def part_numbers(parts: Parts) -> Mapping[str, str]:
    """The parts that have each claim, by its id, such as `parts 2, 5`."""
    order = {report.document.id: number for number, report in enumerate(parts.reports, 1)}
    found = {}
    for claim, cited in citations(parts).items():
        numbers = sorted({order[citation.document] for citation in cited})
        found[claim] = f"part{'' if len(numbers) == 1 else 's'} {', '.join(map(str, numbers))}"
    return found


def shown_claims(parts: Parts, most: int) -> tuple[Claim, ...]:
    """The claims of a long report, as many as fit: events first, then what parts put first, then the rest.

    Args:
        parts: its parts, merged.
        most: characters of all claims.
    """
    claims = claims_of(parts)
    opening = {s.id for s in parts.statements if any(c.item == "bottom_line" for c in s.reports)}
    ranks = {"D": 0, "E": 1, "G": 3, "C": 4, "S": 5}
    order = sorted(range(len(claims)), key=lambda n: (2 if claims[n].id in opening else ranks[claims[n].id[0]], n))
    kept, size = set[int](), 0
    for number in order:
        size += len(claims[number].text) + 20
        if size > most:
            break
        kept.add(number)
    return tuple(claim for number, claim in enumerate(claims) if number in kept)


def whole(reports: Sequence[Report], parts: Parts, overview: Overview) -> Whole:
    """The draft of a whole report.

    Args:
        reports: its parts, each with a brief whose sentence numbers are those of the whole report.
        parts: these, merged.
        overview: its opening; lines that are not supported are left out by the caller.
    """
    return _Whole(reports, parts, overview).made()


class _Whole:
    def __init__(self, reports: Sequence[Report], parts: Parts, overview: Overview):
        self._reports = {report.id: report for report in reports}
        self._parts = parts
        self._overview = overview
        self._citations = citations(parts)
        self._origins = _Origins(reports)

    def made(self) -> Whole:
        known = {event.id for event in self._parts.events}
        main = list(dict.fromkeys(i for i in self._overview.main_events if i in known))[:MOST_EVENTS]
        rest = sorted((event.id for event in self._parts.events if event.id not in main), key=self._place)
        draft = d.Draft(
            headline=self._overview.headline.text,
            bottom_line=self._line(self._overview.bottom_line),
            summary=tuple(map(self._line, self._overview.summary)),
            actors=tuple(self._actors()),
            events=tuple(self._event(i) for i in (*main, *rest)),
            aims=tuple(self._aims()),
            context=tuple(self._context()),
            origins=self._origins.all(),
            caveats=tuple(self._caveats()),
        )
        return Whole(draft, len(main))

    def _place(self, claim: str) -> int:
        """The first sentence that carries a claim."""
        return min((s.sentence for cited in self._citations[claim] for s in cited.spans), default=0)

    def _line(self, line: AccountLine) -> d.Statement:
        cited = [citation for claim in line.claims for citation in self._citations.get(claim, ())]
        return d.Statement(text=line.text, evidence=_sentences(cited, most=3 * _MOST_CITED))

    def _actors(self) -> Iterable[d.Actor]:
        for actor in self._parts.actors:
            items = self._items(actor, b.Actor)
            named = next((item for item in items if item.name == actor.name and item.supported), items[0])
            yield d.Actor(
                id=actor.id, name=actor.name, name_in_source=named.name_in_source.text, kind=actor.kind,
                sector=actor.sector, role=actor.role, affiliation=actor.affiliation, country=actor.country,
                evidence=_sentences(actor.reports),
            )  # fmt: skip

    def _event(self, name: str) -> d.Event:
        event = next(each for each in self._parts.events if each.id == name)
        items = self._items(event, b.Event)
        dated = _best(items, lambda item: item.date == event.date and item.date_in_source is not None)
        placed = _best(items, lambda item: item.place_in_source is not None and _same(item.place, event.place))
        roles: dict[d.ParticipantRole, list[str]] = {role: [] for role in d.ParticipantRole}
        for each in event.participants:
            roles[each.role].append(each.actor)
        origins = [
            self._origins.id_of(cited.document, old) for cited, item in zip(event.reports, items, strict=True)
            for old in item.origins
        ]  # fmt: skip
        return d.Event(
            type=event.type, mode=event.mode, contexts=event.contexts[:2], title=event.title,
            factuality=event.factuality, date=event.date, date_in_source=_words(dated.date_in_source),
            place=event.place, place_in_source=_words(placed.place_in_source), country=event.country,
            actors=tuple(roles[d.ParticipantRole.ACTOR]), recipients=tuple(roles[d.ParticipantRole.RECIPIENT]),
            attendees=tuple(roles[d.ParticipantRole.ATTENDEE]), mediators=tuple(roles[d.ParticipantRole.MEDIATOR]),
            origins=tuple(dict.fromkeys(origins)), evidence=_sentences(event.reports),
        )  # fmt: skip

    def _aims(self) -> Iterable[d.Aim]:
        for aim in self._parts.aims:
            items = self._items(aim, b.Aim)
            said = next((item for item in items if item.text == aim.text), items[0])
            origins = [
                self._origins.id_of(cited.document, old)
                for cited, item in zip(aim.reports, items, strict=True)
                for old in item.origins
            ]
            yield d.Aim(
                text=aim.text, wording_in_source=said.wording_in_source.text, kind=aim.kind, held_by=aim.held_by,
                origins=tuple(dict.fromkeys(origins)), evidence=_sentences(aim.reports),
            )  # fmt: skip

    def _context(self) -> Iterable[d.ContextItem]:
        for item in self._parts.context:
            yield d.ContextItem(topic=item.topic, text=item.text, evidence=_sentences(item.reports))

    def _caveats(self) -> Iterable[d.Statement]:
        """Contradictions within the report, then what the parts' own briefs warn of, each once."""
        for found in self._parts.discrepancies:
            if found.kind is DiscrepancyKind.CONTRADICTION:
                versions = " / ".join(reading.value for reading in found.readings)
                cited = [citation for reading in found.readings for citation in reading.evidence]
                text = f"The report contradicts itself. {found.about}: {versions}"
                yield d.Statement(text=text, evidence=_sentences(cited))
        said: dict[str, d.Statement] = {}
        for report in self._reports.values():
            for caveat in report.brief.caveats:
                numbers = tuple(span.sentence for span in caveat.evidence)
                said.setdefault(fold(caveat.text), d.Statement(text=caveat.text, evidence=numbers))
        yield from list(said.values())[:_MOST_CAVEATS]

    def _items(self, merged: Merged, of: type[I]) -> list[I]:
        """The items of the parts that went into a merged one."""
        found = (self._reports[cited.document].items[cited.item or ""] for cited in merged.reports)
        return [item for item in found if isinstance(item, of)]


class _Origins:
    """The origins that parts name, each once."""

    def __init__(self, reports: Sequence[Report]):
        self._made: dict[tuple[str, d.OriginKind], d.Origin] = {}
        self._ids: dict[tuple[str, str], str] = {}
        for report in reports:
            for origin in report.brief.origins:
                self._add(report.id, origin)

    def all(self) -> tuple[d.Origin, ...]:
        return tuple(self._made.values())

    def id_of(self, part: str, old: str) -> str:
        return self._ids[part, old]

    def _add(self, part: str, origin: b.Origin) -> None:
        key = (value_key(origin.name), origin.kind)
        numbers = tuple(span.sentence for span in origin.evidence)
        known = self._made.get(key)
        new = known.id if known else f"O{len(self._made) + 1}"
        cited = tuple(dict.fromkeys((*(known.evidence if known else ()), *numbers)))[:_MOST_CITED]
        self._made[key] = d.Origin(id=new, name=known.name if known else origin.name, kind=origin.kind, evidence=cited)
        self._ids[part, origin.id] = new


def _sentences(cited: Iterable[Citation], most: int = _MOST_CITED) -> tuple[int, ...]:
    """Numbers of the sentences of citations, ascending: as many of each in turn as there is room for."""
    left = [list(dict.fromkeys(span.sentence for span in citation.spans)) for citation in cited]
    found: dict[int, None] = {}
    while len(found) < most and any(left):
        for numbers in left:
            if numbers and len(found) < most:
                found[numbers.pop(0)] = None
    return tuple(sorted(found))


def _best(items: Sequence[I], fits: Callable[[I], bool]) -> I:
    """The first item that fits, else the first."""
    return next((item for item in items if fits(item)), items[0])


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and value_key(one) == value_key(other)


def _words(quoted: b.Quoted | None) -> str | None:
    return quoted.text if quoted else None
