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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..models.brief import Origin
from ..models.draft import OriginKind
from ..models.dossier import DossierOrigin
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
    behind = found.behind()
    numbered = found.numbered(behind)
    return Origins(
        tuple(found.described(f"O{number}", root, behind) for number, root in enumerate(numbered, 1)),
        _named(behind, numbered),
    )


def _named(behind: Mapping[Ref, frozenset[Key]], numbered: Sequence[Key]) -> dict[Ref, frozenset[str]]:
    ids = {root: f"O{number}" for number, root in enumerate(numbered, 1)}
    return {ref: frozenset(ids[root] for root in roots) for ref, roots in behind.items()}


class _Found:
    """What is known about origins: which are one, which reports share what, whom a report has what from."""

    def __init__(self, linked: Linked):
        self._linked = linked
        self._reports = {report.id: report for report in linked.reports}
        self._origins = {Key(r.id, o.id): o for r in linked.reports for o in r.brief.origins}
        self._attributions: dict[str, Attribution] = {r.id: attribution(r) for r in linked.reports}
        self._above: dict[Key, Key] = {}
        self._same: tuple[Same, ...] = same_origins(linked) if self._origins else ()
        for same in self._same:
            first, second = sorted((self._root(same.one), self._root(same.other)))
            if first != second:
                self._above[second] = first
        self._passages = passages_of(linked)
        self._common = [self._common_origins(number, passage) for number, passage in enumerate(self._passages)]

    def _root(self, key: Key) -> Key:
        while key in self._above:
            key = self._above[key]
        return key

    def _roots(self, document: str, origins: Iterable[str]) -> frozenset[Key]:
        return frozenset(self._root(Key(document, origin)) for origin in origins)

    def _common_origins(self, number: int, passage: Passage) -> frozenset[Key]:
        """The origins that carry most of a passage, and at least half of it, in a report; else an unnamed source."""
        carried: Counter[Key] = Counter()
        for document, sentences in passage.sides.items():
            votes = Counter(root for n in sentences for root in self._carriers(document, n))
            carried |= Counter({root: n for root, n in votes.items() if 2 * n >= len(sentences)})
        most = max(carried.values(), default=0)
        named = frozenset(root for root, count in carried.items() if count == most)
        return named or frozenset({Key("", f"{number}")})

    def _carriers(self, document: str, sentence: int) -> frozenset[Key]:
        return self._roots(document, self._attributions[document].of_sentences([sentence]))

    def behind(self) -> dict[Ref, frozenset[Key]]:
        """For every item, the origins from which its report can have it: its own, and those of shared passages."""
        found: dict[Ref, frozenset[Key]] = {}
        for report in self._linked.reports:
            sides = [(p.sides[report.id], c) for p, c in zip(self._passages, self._common, strict=True) if report.id in p.sides]
            for name, item in report.items.items():
                own = self._roots(report.id, self._attributions[report.id].behind(name, item))
                cited = {span.sentence for span in item.evidence}
                shared = (common for side, common in sides if cited and 2 * len(cited & side) >= len(cited))
                roots = own.union(*shared)
                found[Ref(report.id, name)] = roots or self._roots(report.id, [OWN])
        return found

    def numbered(self, behind: Mapping[Ref, frozenset[Key]]) -> list[Key]:
        """Origins, those of most reports first, then of most items, then as the reports name them."""
        items = Counter(root for roots in behind.values() for root in roots)
        roots = {*map(self._root, self._origins), *items}
        places = {report: place for place, report in enumerate(self._reports)}

        def order(root: Key) -> tuple[object, ...]:
            documents = self._documents(root, behind)
            return -len(documents), -items[root], places[documents[0]], root.origin == OWN, len(root.origin), root

        return sorted(roots, key=order)

    def _documents(self, root: Key, behind: Mapping[Ref, frozenset[Key]]) -> tuple[str, ...]:
        """Reports that name an origin or have an item from it, in order."""
        found = {key.document for key in self._origins if self._root(key) == root}
        found |= {ref.document for ref, roots in behind.items() if root in roots}
        return tuple(report for report in self._reports if report in found)

    def described(self, number: str, root: Key, behind: Mapping[Ref, frozenset[Key]]) -> DossierOrigin:
        """An origin with its name, reports and reasons."""
        documents = self._documents(root, behind)
        members = {key: origin for key, origin in self._origins.items() if self._root(key) == root}
        shared = [passage for passage, common in zip(self._passages, self._common, strict=True) if root in common]
        kind: OriginKind | None
        if members:
            name, kind = _name(members), _kind(members)
        elif root.document:
            name, kind = f"Own reporting of {self._outlet(root.document)}", None
        else:
            name, kind = f"Unnamed common source of {_listed(documents)}", OriginKind.UNNAMED_SOURCE
        why = [*self._named_by(members), *self._credits(members), *self._joins(root)]
        if root.document and not members:
            why.append(f"no other origin of some of what {_listed(documents)} says is named")
        return DossierOrigin(
            id=number, name=name, kind=kind, documents=documents, why=(*why, *(p.why for p in shared)),
        )  # fmt: skip

    def _outlet(self, document: str) -> str:
        return self._reports[document].brief.document.outlet or document

    def _named_by(self, members: Mapping[Key, Origin]) -> Iterable[str]:
        names: dict[str, list[str]] = defaultdict(list)
        for key, origin in members.items():
            names[key.document].append(f"'{origin.name}'")
        return (f"named by {document} as {_listed(called)}" for document, called in names.items())

    def _credits(self, members: Mapping[Key, Origin]) -> Iterable[str]:
        credited = (key.document for key in members if key.origin in self._attributions[key.document].credited)
        return (f"credited by {document} for the whole report" for document in dict.fromkeys(credited))

    def _joins(self, root: Key) -> Iterable[str]:
        """Why origins of unlike names are one."""
        told: dict[str, None] = {}
        for same in self._same:
            one, other = self._called(same.one), self._called(same.other)
            if self._root(same.one) == root and one != other:
                told[f"'{one}' is '{other}': {same.why}"] = None
        return itertools.islice(told, REASONS)

    def _called(self, key: Key) -> str:
        return self._origins[key].name if key in self._origins else self._outlet(key.document)


def _name(members: Mapping[Key, Origin]) -> str:
    """The name that most reports give; of those the fullest without a channel."""
    counts = Counter(name for _, name in {(key.document, origin.name) for key, origin in members.items()})
    return min(counts, key=lambda name: (-counts[name], plain_name(name) != name, -len(plain_name(name)), name))


def _kind(members: Mapping[Key, Origin]) -> OriginKind:
    counts = Counter(origin.kind for origin in members.values())
    return min(counts, key=lambda kind: (-counts[kind], list(OriginKind).index(kind)))


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
