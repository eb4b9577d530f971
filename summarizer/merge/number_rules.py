"""Discrepancies between counts and measures that reports give of the same thing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..grounding.held import SourceFigures
from ..grounding.numerals import Passage
from ..models.brief import Actor, ContextItem, Event
from ..models.dossier import Citation, Discrepancy, DiscrepancyAttribute
from ..models.draft import ActorKind
from .agreement import Relation
from .findings import Told, Topic, discrepancy
from .linked import Item, Linked, Ref, Report
from .quantities import MEASURES, Quantity, comparable, quantities, relation
from .wording import stem, wording

WORDS = 12
"""Words of a title at most."""
MOST = 3
"""Merged items that a finding names at most."""
ALIKE = 3
"""Words that two items which were not merged must share for their numbers to be of one thing."""
SHARE = 0.25
"""Least share of the shorter item's words that these are."""


@dataclass(frozen=True)
class _Count:
    """A quantity, the item that gives it, and the merged item which that went into."""

    quantity: Quantity
    ref: Ref
    group: str
    text: str


@dataclass
class Numbers:
    """Compares the counts of one story.

    Two counts are compared when they are of the same noun in items that were merged, or in items that are alike in
    words; never when one of the reports gives both numbers, for then they are of two things.

    Args:
        linked: the story.
    """

    linked: Linked
    _known: dict[str, Mapping[Decimal, frozenset[str]]] = field(init=False, default_factory=dict)

    def found(self) -> Iterator[Discrepancy]:
        """The discrepancies between the numbers of the story."""
        by_noun: dict[frozenset[str], list[_Count]] = {}
        for count in self._counts():
            by_noun.setdefault(count.quantity.counted, []).append(count)
        for counts in by_noun.values():
            for part in self._parts(counts):
                found = self._discrepancy(part)
                if found:
                    yield found

    def _counts(self) -> Iterator[_Count]:
        for name, group in self.linked.named():
            for ref in group.refs:
                text = text_of(self.linked.item(ref))
                yield from (_Count(quantity, ref, name, text) for quantity in quantities(text))

    def _parts(self, counts: Sequence[_Count]) -> list[list[_Count]]:
        """What is certain to count the same thing, put together; only what two reports differ about."""
        parts: list[set[int]] = []
        for one, other in itertools.combinations(range(len(counts)), 2):
            if self._relation(counts[one], counts[other]) in (Relation.APART, Relation.NESTED):
                near = [part for part in parts if one in part or other in part]
                parts = [part for part in parts if part not in near] + [{one, other}.union(*near)]
        return [[counts[number] for number in sorted(part)] for part in parts]

    def _discrepancy(self, part: Sequence[_Count]) -> Discrepancy | None:
        told = [Told(each.quantity.text, each, proof) for each in part if (proof := self._proof(each))]
        if not told:
            return None
        title = min((_title(self.linked.item(each.what.ref)) for each in told), key=lambda text: (len(text), text))
        items = sorted(dict.fromkeys(each.what.group for each in told), key=lambda name: "EAGCS".index(name[0]))
        about = f"Number of {told[0].what.quantity.noun}: {title}"
        topic = Topic(about, DiscrepancyAttribute.NUMBER, tuple(items[:MOST]))
        return discrepancy(topic, told, self._relation)

    def _proof(self, count: _Count) -> Citation | None:
        """The first sentence of the item that holds the number."""
        language = self.linked.report(count.ref.document).brief.document.language
        for span in self.linked.item(count.ref).evidence:
            if SourceFigures([Passage.of(span.text)], language).holds(count.quantity.figure):
                return Citation(document=count.ref.document, item=count.ref.item, spans=(span,))
        return None

    def _relation(self, one: _Count, other: _Count) -> Relation:
        first, second = one.ref.document, other.ref.document
        if first == second or not comparable(one.quantity, other.quantity):
            return Relation.UNKNOWN
        found = relation(one.quantity, other.quantity)
        if found not in (Relation.APART, Relation.NESTED) or (one.group != other.group and not _is_alike(one, other)):
            return Relation.UNKNOWN
        if self._knows(first, other.quantity) or self._knows(second, one.quantity):
            return Relation.UNKNOWN
        if one.quantity.grows and not self._of_one_day(first, second):
            return Relation.UNKNOWN
        return found

    def _knows(self, document: str, quantity: Quantity) -> bool:
        """Whether a report gives this number, too, in a text with the same noun."""
        if document not in self._known:
            self._known[document] = _numbers(self.linked.report(document))
        nouns = {stem(noun) for noun in quantity.counted}
        return not nouns.isdisjoint(self._known[document].get(quantity.value, frozenset()))

    def _of_one_day(self, one: str, other: str) -> bool:
        first, second = (self.linked.report(document).brief.document.published for document in (one, other))
        return first is not None and first == second


def _is_alike(one: _Count, other: _Count) -> bool:
    """Whether two items that were not merged tell of one thing."""
    first, second = wording(one.text).stems, wording(other.text).stems
    shared = len(first & second)
    if one.quantity.counted & MEASURES and len(one.quantity.about & other.quantity.about) < ALIKE:
        return False
    return shared >= ALIKE and shared >= SHARE * min(len(first), len(second))


def text_of(item: Item) -> str:
    """The English of an item in which numbers can stand."""
    if isinstance(item, Event):
        return item.title
    if isinstance(item, Actor):
        return f"{item.name} {item.role or ''}" if item.kind is ActorKind.GROUP else ""
    return item.text


def _title(item: Item) -> str:
    if isinstance(item, Actor):
        return item.name
    if isinstance(item, ContextItem):
        return item.topic
    words = text_of(item).split()
    return " ".join(words[:WORDS]) + " ..." * (len(words) > WORDS)


def _numbers(report: Report) -> Mapping[Decimal, frozenset[str]]:
    """Every number of a report's English with the stems of the texts that it stands in."""
    found: dict[Decimal, frozenset[str]] = {}
    for text in filter(None, map(text_of, report.items.values())):
        said = wording(text)
        stems = said.stems | frozenset(_nouns(quantities(text)))
        for number in said.numbers:
            found[number] = found.get(number, frozenset()) | stems
    return found


def _nouns(several: Iterable[Quantity]) -> Iterator[str]:
    return (stem(noun) for quantity in several for noun in quantity.counted)
