"""How many independent origins really stand behind what reports say.

Five outlets may print one ministry's statement. What a report has from whom is told by the origins that its brief
names, by the sentences that carry them, by agencies that it credits, and by passages that it shares with another
report. From this follows, for every item, the set of origins from which a report can have it; and for a group of items
the smallest number of origins that can account for all its reports. That number is a lower bound: reports may have more
origins than they let see, and never fewer.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..models.brief import Origin
from ..models.dossier import DossierOrigin
from ..models.draft import OriginKind
from . import hitting
from .attribution import OWN, Attribution, attribution
from .identities import Key, Same, plain_name, same_origins
from .linked import Linked, Ref
from .passages import Passage, passages_of

REASONS = 6
"""Reasons of one sort that an origin gives at most."""


@dataclass(frozen=True)
class Origins:
    """The origins of one story.

    Args:
        origins: O1, O2, ... in a stable order.
        behind: ids of the origins from which a report can have an item; never empty.
    """

    origins: tuple[DossierOrigin, ...]
    behind: Mapping[Ref, frozenset[str]]

    def fewest(self, refs: Iterable[Ref]) -> tuple[str, ...]:
        """Ids of the fewest origins from which all reports of these items can have them: a minimum hitting set."""
        by_report: dict[str, frozenset[str]] = {}
        for ref in refs:
            by_report[ref.document] = by_report.get(ref.document, frozenset()) | self.behind[ref]
        return hitting.fewest(by_report.values(), [origin.id for origin in self.origins])


def origins_of(linked: Linked) -> Origins:
    """The origins of a story's reports, the same one once."""
    found = _Found(linked)
    told = _Told(found, linked)
    ids = {root: f"O{number}" for number, root in enumerate(told.ordered, 1)}
    return Origins(
        tuple(told.origin(ids[root], root) for root in told.ordered),
        {ref: frozenset(ids[root] for root in roots) for ref, roots in found.behind.items()},
    )


class _Found:
    """What is known about origins: which are one, which reports share what, whom a report has what from.

    An origin is meant by the first of its keys (its root); a report's own work by `OWN`, an unnamed common source by
    the number of its passage and no document.
    """

    def __init__(self, linked: Linked):
        self.attributions: dict[str, Attribution] = {r.id: attribution(r) for r in linked.reports}
        self.same: tuple[Same, ...] = same_origins(linked)
        self._above: dict[Key, Key] = {}
        for same in self.same:
            first, second = sorted((self.root(same.one), self.root(same.other)))
            if first != second:
                self._above[second] = first
        passages = passages_of(linked)
        self.shared = [(passage, self._common(number, passage)) for number, passage in enumerate(passages)]
        self.behind: Mapping[Ref, frozenset[Key]] = dict(self._behind(linked))

    def root(self, key: Key) -> Key:
        """The key by which an origin is meant."""
        while key in self._above:
            key = self._above[key]
        return key

    def _roots(self, document: str, origins: Iterable[str]) -> frozenset[Key]:
        return frozenset(self.root(Key(document, origin)) for origin in origins)

    def _common(self, number: int, passage: Passage) -> frozenset[Key]:
        """The origins that carry most of a passage, and at least half of it, in a report; else an unnamed source."""
        carried: Counter[Key] = Counter()
        for document, sentences in passage.sides.items():
            told = self.attributions[document]
            votes = Counter(root for n in sentences for root in self._roots(document, told.of_sentences([n])))
            carried |= Counter({root: n for root, n in votes.items() if 2 * n >= len(sentences)})
        most = max(carried.values(), default=0)
        return frozenset(root for root, n in carried.items() if n == most) or frozenset({Key("", f"{number}")})

    def _behind(self, linked: Linked) -> Iterator[tuple[Ref, frozenset[Key]]]:
        """For every item, the origins from which its report can have it: its own, and those of shared passages."""
        for report in linked.reports:
            sides = [
                (passage.sides[report.id], common) for passage, common in self.shared if report.id in passage.sides
            ]
            for name, item in report.items.items():
                own = self._roots(report.id, self.attributions[report.id].behind(name, item))
                cited = {span.sentence for span in item.evidence}
                lying = (common for side, common in sides if cited and 2 * len(cited & side) >= len(cited))
                yield Ref(report.id, name), own.union(*lying) or self._roots(report.id, [OWN])


class _Told:
    """The origins as a dossier gives them: those of most reports first, then of most items, then as they are named."""

    def __init__(self, found: _Found, linked: Linked):
        self._found = found
        self._outlets = {r.id: r.brief.document.outlet or r.id for r in linked.reports}
        self._origins = {Key(r.id, origin.id): origin for r in linked.reports for origin in r.brief.origins}
        self._members: dict[Key, list[Key]] = defaultdict(list)
        self._reports: dict[Key, set[str]] = defaultdict(set)
        self._joins: dict[Key, list[Same]] = defaultdict(list)
        for key in self._origins:
            self._members[found.root(key)].append(key)
            self._reports[found.root(key)].add(key.document)
        for ref, roots in found.behind.items():
            for root in roots:
                self._reports[root].add(ref.document)
        for same in found.same:
            self._joins[found.root(same.one)].append(same)
        items = Counter(root for roots in found.behind.values() for root in roots)
        places = {key: place for place, key in enumerate((*self._origins, *(Key(r, OWN) for r in self._outlets)))}
        self.ordered = sorted(
            self._reports,
            key=lambda root: (-len(self._reports[root]), -items[root], places.get(root, len(places)), root),
        )

    def origin(self, number: str, root: Key) -> DossierOrigin:
        """An origin with its name, reports and reasons."""
        documents = tuple(document for document in self._outlets if document in self._reports[root])
        shared = [passage.why for passage, common in self._found.shared if root in common]
        members = {key: self._origins[key] for key in self._members[root]}
        kind: OriginKind | None = None
        if members:
            name, kind = _name(members), _kind(members)
        elif root.document:
            name = f"Own reporting of {self._outlets[root.document]}"
            shared.append(f"no origin is named for some of what {_listed(documents)} says")
        else:
            name, kind = f"Unnamed common source of {_listed(documents)}", OriginKind.UNNAMED_SOURCE
        why = (*_named_by(members), *self._credits(members), *self._reasons(root), *shared)
        return DossierOrigin(id=number, name=name, kind=kind, documents=documents, why=why)

    def _credits(self, members: Iterable[Key]) -> Iterator[str]:
        for document, origins in itertools.groupby(members, lambda key: key.document):
            if any(key.origin in self._found.attributions[document].credited for key in origins):
                yield f"credited by {document} for the whole report"

    def _reasons(self, root: Key) -> Iterable[str]:
        """Why origins of unlike names are one."""
        told: dict[str, None] = {}
        for same in self._joins[root]:
            one, other = self._called(same.one), self._called(same.other)
            if one != other:
                told[f"'{one}' is '{other}': {same.why}"] = None
        return itertools.islice(told, REASONS)

    def _called(self, key: Key) -> str:
        return self._origins[key].name if key in self._origins else self._outlets[key.document]


def _named_by(members: Mapping[Key, Origin]) -> Iterator[str]:
    names: dict[str, list[str]] = defaultdict(list)
    for key, origin in members.items():
        names[key.document].append(f"'{origin.name}'")
    return (f"named by {document} as {_listed(called)}" for document, called in names.items())


def _name(members: Mapping[Key, Origin]) -> str:
    """The name that most reports give; of those the fullest without a channel."""
    counts = Counter(name for _, name in {(key.document, origin.name) for key, origin in members.items()})
    return min(counts, key=lambda name: (-counts[name], plain_name(name) != name, -len(plain_name(name)), name))


def _kind(members: Mapping[Key, Origin]) -> OriginKind:
    counts = Counter(origin.kind for origin in members.values())
    return min(counts, key=lambda kind: (-counts[kind], list(OriginKind).index(kind)))


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
