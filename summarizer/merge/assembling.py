"""The merged items of a story, made of the items that were taken for the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from ..models.brief import Actor, Aim, ContextItem, Event, Statement
from ..models.dossier import (
    Attribute,
    Discrepancy,
    DiscrepancyAttribute,
    DiscrepancyKind,
    DossierActor,
    DossierAim,
    DossierContext,
    DossierEvent,
    DossierOrigin,
    DossierParticipant,
    DossierStatement,
)
from ..models.draft import AimKind, Factuality, OriginKind, ParticipantRole
from ..models.plover import Mode, Sector
from .credibility import Basis, credibility
from .linked import Group, Item, Linked, Ref
from .origins import Origins
from .readings import (
    Shown,
    attribute,
    central_text,
    citation,
    contrary,
    first_reading,
    fullest_name,
    most_common,
    name_forms,
)

I = TypeVar("I", bound=Item)  # noqa: E741
_COMMITMENT = (
    Factuality.REPORTED, Factuality.CLAIMED, Factuality.PLANNED, Factuality.HYPOTHETICAL, Factuality.DENIED,
)  # fmt: skip
"""Ways of presenting an event, from the one to which a report commits itself most."""
_SHOWN_AS = {
    DiscrepancyAttribute.DATE: "date", DiscrepancyAttribute.PLACE: "place", DiscrepancyAttribute.ROLE: "role",
    DiscrepancyAttribute.FACTUALITY: "factuality", DiscrepancyAttribute.NAME: "name",
    DiscrepancyAttribute.ACTION: "type",
}  # fmt: skip
"""Where a merged item shows the value that a discrepancy is about."""


@dataclass(frozen=True)
class Assembly:
    """Makes the merged items of a story.

    Args:
        linked: the story.
        behind: its origins.
        discrepancies: its discrepancies, numbered.
    """

    linked: Linked
    behind: Origins
    discrepancies: tuple[Discrepancy, ...]

    @cached_property
    def _touching(self) -> Mapping[str, list[Discrepancy]]:
        found: dict[str, list[Discrepancy]] = {}
        for each in self.discrepancies:
            for item in each.items:
                found.setdefault(item, []).append(each)
        return found

    @cached_property
    def _origins(self) -> Mapping[str, DossierOrigin]:
        return {origin.id: origin for origin in self.behind.origins}

    def actor(self, name: str, group: Group) -> DossierActor:
        """A merged actor."""
        items = self._items(group, Actor)
        attributes = self._attributes(
            [
                ("kind", [(ref, actor.kind.value) for ref, actor in items]),
                ("sector", [(ref, actor.sector.value if actor.sector else None) for ref, actor in items]),
                ("role", [(ref, actor.role) for ref, actor in items]),
                ("affiliation", [(ref, actor.affiliation) for ref, actor in items]),
                ("country", [(ref, actor.country) for ref, actor in items]),
            ]
        )
        sector = first_reading(attributes, "sector")
        shown = {
            "name": fullest_name([actor.name for _, actor in items]),
            "role": first_reading(attributes, "role"),
            "affiliation": first_reading(attributes, "affiliation"),
            "country": first_reading(attributes, "country"),
        }
        return DossierActor(
            **self._merged(name, Shown(group.refs, shown, is_said=False), group.why), **shown,
            kind=most_common([actor.kind for _, actor in items]), names=name_forms(items),
            sector=Sector(sector) if sector else None, attributes=attributes,
            may_be=tuple(f"A{other + 1}" for other in group.may_be),
        )  # fmt: skip

    def event(self, name: str, group: Group) -> DossierEvent:
        """A merged event."""
        items = self._items(group, Event)
        attributes = self._attributes(
            [
                ("type", [(ref, event.type.value) for ref, event in items]),
                ("mode", [(ref, event.mode.value if event.mode else None) for ref, event in items]),
                ("factuality", [(ref, event.factuality.value) for ref, event in items]),
                ("date", [(ref, event.date) for ref, event in items]),
                ("place", [(ref, event.place) for ref, event in items]),
                ("country", [(ref, event.country) for ref, event in items]),
                ("title", [(ref, event.title) for ref, event in items]),
            ]
        )
        mode = first_reading(attributes, "mode")
        told_as = min((event.factuality for _, event in items), key=_COMMITMENT.index)
        shown = {key: first_reading(attributes, key) for key in ("date", "place", "country", "type", "factuality")}
        merged = self._merged(name, Shown(group.refs, shown), group.why, told_as)
        return DossierEvent(
            **merged, attributes=attributes, type=most_common([event.type for _, event in items]),
            mode=Mode(mode) if mode else None,
            contexts=tuple(dict.fromkeys(context for _, event in items for context in event.contexts)),
            title=central_text([event.title for _, event in items]),
            factuality=most_common([event.factuality for _, event in items]), date=shown["date"], place=shown["place"],
            country=shown["country"], participants=self._participants(items), main=self._is_main(group),
        )  # fmt: skip

    def aim(self, name: str, group: Group) -> DossierAim:
        """A merged aim."""
        items = self._items(group, Aim)
        holders = {
            number for ref, aim in items for actor in aim.held_by if (number := self._actor(ref, actor)) is not None
        }
        kind: AimKind = most_common([aim.kind for _, aim in items])
        return DossierAim(
            **self._merged(name, Shown(group.refs, {}), group.why),
            text=central_text([aim.text for _, aim in items]), kind=kind,
            held_by=tuple(f"A{number + 1}" for number in sorted(holders)),
        )  # fmt: skip

    def context(self, name: str, group: Group) -> DossierContext:
        """Merged background."""
        items = [item for _, item in self._items(group, ContextItem)]
        text = central_text([item.text for item in items])
        topic = next(item.topic for item in items if item.text == text)
        return DossierContext(**self._merged(name, Shown(group.refs, {}), group.why), topic=topic, text=text)

    def statement(self, name: str, group: Group) -> DossierStatement:
        """A merged statement."""
        items = self._items(group, Statement)
        return DossierStatement(
            **self._merged(name, Shown(group.refs, {}), group.why), text=central_text([item.text for _, item in items])
        )

    def _items(self, group: Group, of: type[I]) -> list[tuple[Ref, I]]:
        found = [(ref, self.linked.item(ref)) for ref in group.refs]
        return [(ref, item) for ref, item in found if isinstance(item, of)]

    def _attributes(self, values: Iterable[tuple[str, list[tuple[Ref, str | None]]]]) -> tuple[Attribute, ...]:
        found = (attribute(self.linked, name, each) for name, each in values)
        return tuple(each for each in found if each is not None)

    def _actor(self, ref: Ref, actor: str) -> int | None:
        return self.linked.actor_of.get(Ref(ref.document, actor))

    def _participants(self, items: Iterable[tuple[Ref, Event]]) -> tuple[DossierParticipant, ...]:
        """Who takes part: by role, then the most widely reported first."""
        found: dict[tuple[ParticipantRole, int], dict[str, None]] = {}
        for ref, event in items:
            for part in event.participants:
                number = self._actor(ref, part.actor)
                if number is not None:
                    found.setdefault((part.role, number), {})[ref.document] = None
        roles = list(ParticipantRole)
        order = sorted(found, key=lambda key: (roles.index(key[0]), -len(found[key]), key[1]))
        return tuple(
            DossierParticipant(actor=f"A{number + 1}", role=role, documents=tuple(found[role, number]))
            for role, number in order
        )

    def _is_main(self, group: Group) -> bool:
        firsts = {Ref(report.id, report.brief.events[0].id) for report in self.linked.reports if report.brief.events}
        return not firsts.isdisjoint(group.refs)

    def _merged(
        self, name: str, shown: Shown, why: tuple[str, ...], told_as: Factuality | None = None
    ) -> dict[str, Any]:
        """What every merged item has.

        Args:
            name: its id.
            shown: its items and what it shows.
            why: its items are the same.
            told_as: how the report that commits itself most presents it.
        """
        touching = self._touching.get(name, [])
        origins = self.behind.fewest(shown.refs)
        supported = any(self.linked.item(ref).supported for ref in shown.refs)
        basis = Basis(
            origins=len(origins), opposed=self._opposed(shown, touching), supported=supported,
            named=self._is_named(shown.refs), told_as=told_as,
        )  # fmt: skip
        return {
            "id": name,
            "reports": tuple(citation(self.linked, ref) for ref in shown.refs),
            "sources": len({ref.document for ref in shown.refs}),
            "origins": origins,
            "independent_origins": len(origins),
            "credibility": credibility(basis),
            "supported": supported,
            "discrepancies": tuple(each.id for each in touching),
            "why": why,
        }

    def _is_named(self, refs: Iterable[Ref]) -> bool:
        """Whether one of the origins has a name: it is neither an unnamed source nor a mere handle."""
        behind = (self._origins[i] for ref in refs for i in sorted(self.behind.behind[ref]))
        return any(
            origin.kind is not OriginKind.UNNAMED_SOURCE
            and not (origin.kind is OriginKind.SOCIAL_MEDIA and origin.name.startswith("@"))
            for origin in behind
        )

    def _opposed(self, shown: Shown, touching: Iterable[Discrepancy]) -> int:
        """Independent origins that contradict what a merged item shows."""
        against: dict[Ref, None] = {}
        for each in touching:
            if each.kind is DiscrepancyKind.CONTRADICTION:
                found = contrary(self.linked, shown, each.readings, _SHOWN_AS.get(each.attribute))
                against |= dict.fromkeys(found)
        return len(self.behind.fewest(against)) if against else 0
