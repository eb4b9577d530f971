"""A dossier beside the briefs it was made from and the labels of their reports: whose item is which label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ..models.brief import Brief
from ..models.dossier import Citation, Dossier, DossierActor, DossierEvent
from .dossier_references import DossierReference
from .items import LaidBrief, lay
from .references import Reference


class Mention(NamedTuple):
    """A labelled actor or event of one report."""

    document: str
    label: str


class Unit(NamedTuple):
    """A labelled story, or a report that is in none."""

    name: str
    documents: tuple[str, ...]
    labels: DossierReference | None


@dataclass(frozen=True)
class Told:
    """What a dossier tells, in the names that the labels use.

    Args:
        dossier: of all briefs.
        briefs: that it was made from; reports without one are missing.
        references: labels of the single reports, by the names of their documents.
    """

    dossier: Dossier
    briefs: tuple[Brief, ...]
    references: Mapping[str, Reference]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of a document in the references, by its id in the dossier."""
        return {brief.document.id: Path(brief.document.source).name for brief in self.briefs}

    @cached_property
    def laid(self) -> Mapping[str, LaidBrief]:
        """Each brief laid against its reference, by the name of the document."""
        named = ((self.names[brief.document.id], brief) for brief in self.briefs)
        return {name: lay(brief, self.references[name]) for name, brief in named}

    def named(self, documents: Iterable[str]) -> frozenset[str]:
        """Names of documents by their ids."""
        return frozenset(self.names.get(document, document) for document in documents)

    def actor_mentions(self, actor: DossierActor) -> frozenset[Mention]:
        """The labelled actors that went into a merged one."""
        return frozenset(self._mentions(actor.reports, "actors"))

    def event_mentions(self, event: DossierEvent) -> frozenset[Mention]:
        """The labelled events that went into a merged one."""
        return frozenset(self._mentions(event.reports, "events"))

    def _mentions(self, reports: Iterable[Citation], kind: str) -> Iterator[Mention]:
        for citation in reports:
            name = self.names.get(citation.document, citation.document)
            laid = self.laid.get(name)
            label = getattr(laid, kind).label_of.get(citation.item) if laid else None
            if label:
                yield Mention(name, label.id)


def units_of(stories: Iterable[DossierReference], references: Mapping[str, Reference]) -> tuple[Unit, ...]:
    """The labelled stories, then every other report by itself."""
    told = [Unit(labels.story, labels.documents, labels) for labels in stories]
    taken = {name for unit in told for name in unit.documents}
    return (*told, *(Unit(name, (name,), None) for name in references if name not in taken))


def home_of(documents: frozenset[str], units: Iterable[Unit]) -> Unit:
    """The unit to which most of these documents belong, the first of several."""
    return max(units, key=lambda unit: len(documents.intersection(unit.documents)))
