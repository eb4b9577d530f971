"""Discrepancies by rules and those that an engine found, put into one list, each thing once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..models.dossier import Citation, Discrepancy, DiscrepancyAttribute, DiscrepancyKind, FoundBy, Reading
from . import values
from .findings import readings
from .linked import Linked
from .wording import wording

MOST = 3
"""Merged items that a discrepancy names at most."""
_ORDER = {DiscrepancyKind.CONTRADICTION: 0, DiscrepancyKind.GRANULARITY: 1, DiscrepancyKind.OMISSION: 2}
_OF_PERSONS = frozenset({DiscrepancyAttribute.ROLE, DiscrepancyAttribute.NAME, DiscrepancyAttribute.ACTOR})
_OF_ITEMS = frozenset({DiscrepancyAttribute.DATE, DiscrepancyAttribute.PLACE})
_BY_FIGURES = frozenset({DiscrepancyAttribute.NUMBER, DiscrepancyAttribute.DATE, DiscrepancyAttribute.TIME})


def combine(rules: Sequence[Discrepancy], found: Sequence[Discrepancy], linked: Linked) -> tuple[Discrepancy, ...]:
    """One list of discrepancies, each thing once, numbered D1, D2, ...

    Two findings of one attribute are one when they share values that the same reports give: two of them, or one and
    the merged item, or one and the words of what they are about. Two findings of the engine must be about the same in
    words, as it lists each thing once. Their readings are united (the engine's words for a report stand for those of
    the rules), and the judgement of the finding that has more of the readings stands. When both have the same ones,
    places, roles and other words are for the engine to judge, numbers and dates for the rules; between two findings
    of the engine, or two of the rules, the milder judgement stands.

    Args:
        rules: as from `by_rules`.
        found: as from `verification.verify`, of one part of the story or of several.
        linked: the story's reports with their items grouped.

    Returns:
        Contradictions, then granularity, then omissions; those of more reports first.
    """
    items = _Items(linked)
    places = {report.id: place for place, report in enumerate(linked.reports)}
    known = [each.model_copy(update={"items": each.items or items.of(each)}) for each in (*found, *rules)]
    distinct: list[Discrepancy] = []
    for each in sorted(known, key=_sort_key):
        for other in [other for other in distinct if _is_one(each, other)]:
            distinct.remove(other)
            each = _united(other, each, places)  # noqa: PLW2901
        distinct.append(each)
    ordered = sorted(distinct, key=_sort_key)
    return tuple(each.model_copy(update={"id": f"D{number}"}) for number, each in enumerate(ordered, 1))


def _sort_key(each: Discrepancy) -> tuple[int, int, str, tuple[str, ...]]:
    return _ORDER[each.kind], -len(_documents(each)), each.about, tuple(reading.value for reading in each.readings)


def _documents(each: Discrepancy) -> set[str]:
    return {document for reading in each.readings for document in reading.documents}


def _is_one(one: Discrepancy, other: Discrepancy) -> bool:
    """Whether two findings are about the same thing."""
    if _family(one) is not _family(other):
        return False
    agreeing = [(a, b) for a in one.readings for b in other.readings if _agree(one.attribute, a.value, b.value)]
    shared = [(a, b) for a, b in agreeing if set(a.documents) & set(b.documents) and _meet(a, b)]
    if _is_one_attribute(one, other):
        return True
    if not agreeing:
        return False
    alike = values.mostly(one.about, other.about)
    if one.found_by is other.found_by is FoundBy.ENGINE:
        return alike  # an engine lists each thing once: only its answers about other parts repeat it
    several = len({a.value for a, _ in agreeing}) > 1 and len({b.value for _, b in agreeing}) > 1
    return bool(shared and (several or set(one.items) & set(other.items))) or alike


def _is_one_attribute(one: Discrepancy, other: Discrepancy) -> bool:
    """Whether the engine and the rules read the date or place of one item in the same sentences of two reports."""
    if {one.found_by, other.found_by} != {FoundBy.ENGINE, FoundBy.RULES} or _family(one) not in _OF_ITEMS:
        return False
    cited = [_sentences(c for r in each.readings for c in r.evidence) for each in (one, other)]
    both = {document for document, _ in cited[0] & cited[1]}
    if len(both) < 2 or set(one.items).isdisjoint(other.items):
        return False
    pairs = [(a, b) for a in one.readings for b in other.readings if both & set(a.documents) & set(b.documents)]
    return all(values.fit(a.value, b.value) for a, b in pairs)


def _family(each: Discrepancy) -> DiscrepancyAttribute:
    """The attribute, taking the day and the hour of one thing together."""
    return DiscrepancyAttribute.DATE if each.attribute is DiscrepancyAttribute.TIME else each.attribute


def _agree(attribute: DiscrepancyAttribute, one: str, other: str) -> bool:
    """Whether two values are the same; counts are, when their first figures are, whatever else is said of them."""
    if values.same(one, other):
        return True
    return attribute is DiscrepancyAttribute.NUMBER and values.same_count(one, other)


def _meet(one: Reading, other: Reading) -> bool:
    """Whether two readings rest on a sentence of the same report, or their values share a word that is no number."""
    if _sentences(one.evidence) & _sentences(other.evidence):
        return True
    return bool(wording(one.value).stems & wording(other.value).stems)


def _sentences(evidence: Iterable[Citation]) -> set[tuple[str, int]]:
    return {(citation.document, span.sentence) for citation in evidence for span in citation.spans}


def _united(one: Discrepancy, other: Discrepancy, places: Mapping[str, int]) -> Discrepancy:
    """Two findings about the same thing as one; the engine's words go first, except for dates."""
    first, second = sorted((one, other), key=lambda each: (each.found_by is FoundBy.RULES, _sort_key(each)))
    own, added = (second, first) if second.attribute is DiscrepancyAttribute.DATE else (first, second)
    told = _documents(own)
    given = [(reading.value, citation) for reading in own.readings for citation in reading.evidence]
    for reading in added.readings:
        known = _known_as(reading.value, own)
        if known is None and added.found_by is FoundBy.RULES and told.issuperset(reading.documents):
            continue  # the engine's words for these reports stand
        given += [(known or reading.value, citation) for citation in reading.evidence]
    given.sort(key=lambda pair: places.get(pair[1].document, len(places)))
    kinds = {one.found_by, other.found_by}
    return first.model_copy(
        update={
            "kind": _judged(first, second),
            "readings": readings(given),
            "note": first.note or second.note,
            "items": tuple(sorted({*second.items, *first.items}, key=_in_order)[:MOST]),
            "found_by": first.found_by if len(kinds) == 1 else FoundBy.BOTH,
        }
    )


def _known_as(value: str, own: Discrepancy) -> str | None:
    """The value of a finding that is the same as this one."""
    return next((r.value for r in own.readings if _agree(own.attribute, r.value, value)), None)


def _judged(engine: Discrepancy, rule: Discrepancy) -> DiscrepancyKind:
    """Which of two judgements stands; see `combine`."""
    if engine.kind is rule.kind:
        return engine.kind
    sizes = [sum(_has(each, r) for r in (*engine.readings, *rule.readings)) for each in (engine, rule)]
    if sizes[0] != sizes[1]:
        return engine.kind if sizes[0] > sizes[1] else rule.kind
    if (engine.found_by is FoundBy.RULES) == (rule.found_by is FoundBy.RULES):
        return max((engine.kind, rule.kind), key=lambda kind: _ORDER[kind])
    return rule.kind if rule.attribute in _BY_FIGURES else engine.kind


def _has(each: Discrepancy, reading: Reading) -> bool:
    return any(values.same(own.value, reading.value) for own in each.readings)


class _Items:
    """Finds the merged items whose sentences a discrepancy rests on.

    Args:
        linked: the story.
    """

    def __init__(self, linked: Linked):
        self._sentences = {
            name: frozenset((ref.document, s.sentence) for ref in group.refs for s in linked.item(ref).evidence)
            for name, group in linked.named()
        }

    def of(self, each: Discrepancy) -> tuple[str, ...]:
        """Ids of merged items: events first, actors for what is of persons; those that meet most reports."""
        own = _sentences(citation for reading in each.readings for citation in reading.evidence)
        met = {
            name: len({document for document, _ in own & sentences})
            for name, sentences in self._sentences.items()
            if own & sentences and (name[0] != "A" or each.attribute in _OF_PERSONS)
        }
        most = max(met.values(), default=0)
        fitting = [name for name, documents in met.items() if documents >= min(2, most)]
        fitting.sort(key=lambda name: (_in_order(name)[0], -met[name]))
        return tuple(fitting[:MOST])


def _in_order(name: str) -> tuple[int, int]:
    """Events first, then actors, aims, background and statements."""
    return "EAGCS".index(name[0]), int(name[1:])
