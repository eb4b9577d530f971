"""One list of discrepancies from two finders: each thing once, by a stated rule."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest

from summarizer.merge.combining import combine
from summarizer.merge.linked import Linked
from summarizer.models.brief import Span
from summarizer.models.dossier import Citation, Discrepancy, DiscrepancyAttribute, DiscrepancyKind, FoundBy, Reading

from .planted import linked, report

CONTRADICTION, GRANULARITY, OMISSION = DiscrepancyKind
DATE, NUMBER, PLACE = DiscrepancyAttribute.DATE, DiscrepancyAttribute.NUMBER, DiscrepancyAttribute.PLACE


def story() -> Linked:
    """Three reports with two events, an actor and background in sentences of their own; the events are merged."""
    reports = [
        report(
            name, ["They met.", "They left.", "Yara Molk led.", "It rained."],
            {"events": [{"at": (1,)}, {"at": (2,)}], "actors": [{"name": "Yara Molk", "at": (3,)}],
             "context": [{"text": "It rained", "at": (1, 4)}]},
        )
        for name in "abc"
    ]  # fmt: skip
    return linked(reports, *([(name, item) for name in "abc"] for item in ("E1", "E2", "A1", "C1")))


def reading(value: str, documents: str, sentence: int = 1) -> Reading:
    """A value that each of these reports gives in the same sentence."""
    span = Span(sentence=sentence, start=0, end=4, text="They")
    evidence = tuple(Citation(document=name, item=None, spans=(span,)) for name in documents)
    return Reading(value=value, documents=tuple(documents), evidence=evidence)


def finding(*readings: Reading, **more: Any) -> Discrepancy:
    """A contradiction of dates that an engine found, unless said otherwise."""
    plain = {"about": "Day of the talks", "attribute": DATE, "kind": CONTRADICTION, "note": None, "items": (),
             "found_by": FoundBy.ENGINE}  # fmt: skip
    return Discrepancy(id="", readings=readings, **{**plain, **more})


def by_rule(*readings: Reading, **more: Any) -> Discrepancy:
    """The same, found by rules in the first event."""
    plain = {"about": "Date: they meet", "found_by": FoundBy.RULES, "items": ("E1",)}
    return finding(*readings, **{**plain, **more})


def shown(each: Discrepancy) -> list[tuple[str, str]]:
    """Values with their reports."""
    return [(reading.value, "".join(reading.documents)) for reading in each.readings]


def test_two_findings_of_the_same_values_are_one() -> None:
    """Dates are the same however written; the engine's line and the rules' EDTF are kept."""
    rule = by_rule(reading("2024-03-05", "a"), reading("2024-03-07", "b"))
    engine = finding(reading("5 March 2024", "a"), reading("7 March 2024", "b"), note="One day only.")
    (found,) = combine([rule], [engine], story())
    assert (found.id, found.about, found.note, found.found_by) == (
        "D1",
        "Day of the talks",
        "One day only.",
        FoundBy.BOTH,
    )
    assert shown(found) == [("2024-03-05", "a"), ("2024-03-07", "b")]
    assert "E1" in found.items


def test_readings_are_united_and_the_same_value_stands_once() -> None:
    """A report more on one value, a value more from the engine."""
    rule = by_rule(reading("4 boats", "a"), reading("Five boats", "b"), attribute=NUMBER)
    engine = finding(reading("four boats", "ac"), reading("6 boats", "b", 2), reading("5 boats", "b"), attribute=NUMBER)
    (found,) = combine([rule], [engine], story())
    assert shown(found) == [("four boats", "ac"), ("6 boats", "b"), ("5 boats", "b")]
    assert found.found_by is FoundBy.BOTH


@pytest.mark.parametrize(
    ("rule", "engine"),
    [
        (by_rule(reading("2024-03-05", "a"), reading("2024-03-07", "b")), finding(reading("2024-03-01", "a"), reading("2024-03-02", "b"))),
        (by_rule(reading("3 boats", "a"), reading("4 boats", "b"), attribute=NUMBER), finding(reading("3 days", "a"), reading("4 days", "b"), attribute=NUMBER)),
        (by_rule(reading("Athens", "a"), reading("Cairo", "b"), attribute=PLACE), finding(reading("4 boats", "a"), reading("5 boats", "b"), attribute=NUMBER)),
        (by_rule(reading("2024-03-05", "a"), reading("2024-03-07", "b")), finding(reading("2024-03-05", "c", 2), reading("2024-03-09", "b", 2))),
    ],
)  # fmt: skip
def test_findings_about_different_things_stay_apart(rule: Discrepancy, engine: Discrepancy) -> None:
    """Other dates, as many of another thing, another attribute, a shared date that another report gives elsewhere."""
    found = combine([rule], [engine], story())
    assert {each.found_by for each in found} == {FoundBy.RULES, FoundBy.ENGINE}
    assert len(found) == 2


def test_parts_of_a_large_story_give_one_finding() -> None:
    """Two answers of the engine about other reports, with one value in common, told in the same words."""
    one = finding(
        reading("12 dead", "a"), reading("13 dead", "b"), about="Number of dead in the fire", attribute=NUMBER
    )
    other = finding(
        reading("12 dead", "c"), reading("14 dead", "b", 4), about="Number of dead in the great fire", attribute=NUMBER
    )
    (found,) = combine([], [one, other], story())
    assert shown(found) == [("12 dead", "ac"), ("13 dead", "b"), ("14 dead", "b")]
    assert found.found_by is FoundBy.ENGINE


@pytest.mark.parametrize(
    ("attribute", "values", "rule", "engine", "expected"),
    [
        (PLACE, ("Dolna port", "Merrow camp"), CONTRADICTION, GRANULARITY, GRANULARITY),
        (PLACE, ("Dolna port", "Merrow camp"), GRANULARITY, CONTRADICTION, CONTRADICTION),
        (NUMBER, ("14 boats", "19 boats"), CONTRADICTION, GRANULARITY, CONTRADICTION),
        (NUMBER, ("about 20 boats", "18 boats"), GRANULARITY, CONTRADICTION, GRANULARITY),
        (DATE, ("2024-03-05", "2024-03-07"), CONTRADICTION, GRANULARITY, CONTRADICTION),
        (DATE, ("2024-03-05", "2024-03"), GRANULARITY, CONTRADICTION, GRANULARITY),
    ],
)
def test_words_are_judged_by_the_engine_and_figures_by_rules(
    attribute: DiscrepancyAttribute, values: tuple[str, str], rule: DiscrepancyKind, engine: DiscrepancyKind,
    expected: DiscrepancyKind,
) -> None:  # fmt: skip
    """When both have the same readings."""
    readings = [reading(value, name) for value, name in zip(values, "ab", strict=True)]
    ruled = by_rule(*readings, attribute=attribute, kind=rule)
    (found,) = combine([ruled], [finding(*readings, attribute=attribute, kind=engine)], story())
    assert found.kind is expected


def test_the_finding_with_more_readings_judges() -> None:
    """Rounding explains two of the numbers and not the third."""
    rule = by_rule(reading("about 20 boats", "a"), reading("18 boats", "b"), attribute=NUMBER, kind=GRANULARITY)
    engine = finding(
        reading("about 20 boats", "a"), reading("18 boats", "b"), reading("14 boats", "c"), attribute=NUMBER
    )
    (found,) = combine([rule], [engine], story())
    assert found.kind is CONTRADICTION


def test_contradictions_come_first_then_what_most_reports_have() -> None:
    """And they are numbered in that order."""
    found = combine(
        [by_rule(reading("2024-03-05", "a"), reading("2024-03-07", "b"), about="Second")],
        [
            finding(
                reading("Athens", "a", 2),
                reading("port of Athens", "bc", 2),
                kind=GRANULARITY,
                attribute=PLACE,
                about="Last",
            ),
            finding(reading("4 boats", "a", 4), reading("5 boats", "bc", 4), attribute=NUMBER, about="First"),
        ],
        story(),
    )
    assert [(each.id, each.about) for each in found] == [("D1", "First"), ("D2", "Second"), ("D3", "Last")]


def test_an_engines_finding_is_tied_to_the_merged_items_of_its_sentences() -> None:
    """Events first; actors only for what is of persons."""

    def items(sentence: int, **more: Any) -> tuple[str, ...]:
        (found,) = combine([], [finding(reading("x", "a", sentence), reading("y", "b", sentence), **more)], story())
        return found.items

    assert items(1) == ("E1", "C1")
    assert items(2) == ("E2",)
    assert items(3) == ()
    assert items(3, attribute=DiscrepancyAttribute.ROLE) == ("A1",)


def test_the_order_in_which_findings_come_does_not_matter() -> None:
    """Every order of four, two of which are one."""
    several = [
        finding(reading("5 March 2024", "a"), reading("7 March 2024", "b")),
        finding(reading("2024-03-05", "c"), reading("2024-03-09", "b")),
        finding(reading("4 boats", "a", 2), reading("5 boats", "b", 2), attribute=NUMBER, about="Boats"),
        finding(reading("Athens", "a"), reading("Cairo", "c"), attribute=PLACE, about="Place"),
    ]
    found = [combine([], each, story()) for each in itertools.permutations(several)]
    assert len(found[0]) == 3
    assert all(each == found[0] for each in found)


def test_nothing_and_nothing_is_nothing() -> None:
    """No findings."""
    empty: Sequence[Discrepancy] = ()
    assert combine(empty, empty, story()) == ()


def test_combining_again_changes_nothing() -> None:
    """A combined list is its own combination."""
    rule = by_rule(reading("2024-03-05", "a"), reading("2024-03-07", "b"))
    once = combine([rule], [finding(reading("5 March 2024", "a"), reading("7 March 2024", "b"))], story())
    assert combine(once, [], story()) == once
