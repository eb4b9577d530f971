"""Discrepancies by rules: planted ones are found, and what can all be true is none."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.merge.discrepancies import by_rules
from summarizer.merge.linked import Linked, Report
from summarizer.models.dossier import Discrepancy, DiscrepancyAttribute, DiscrepancyKind, FoundBy

from .planted import linked, report

CONTRADICTION, GRANULARITY = DiscrepancyKind.CONTRADICTION, DiscrepancyKind.GRANULARITY


def grouped(item: str, *reports: Report) -> Linked:
    """Reports whose items of this id are the same."""
    return linked(reports, [(each.id, item) for each in reports])


def dated(name: str, date: str, **more: Any) -> Report:
    """A report of a meeting at a date."""
    return report(
        name, [f"Envoys met on {date}.", "It rained."], {"events": [{"date": date, "date_words": date, **more}]}
    )


def placed(name: str, place: str, **more: Any) -> Report:
    """A report of a meeting at a place."""
    return report(name, [f"Envoys met at {place}."], {"events": [{"place": place, **more}]})


def told(name: str, *actors: Mapping[str, Any]) -> Report:
    """A report that names these actors."""
    return report(name, ["It named them."], {"actors": actors})


def counted(name: str, text: str, sentence: str | None = None, **more: Any) -> Report:
    """A report with an event of this title, which stands in its sentence."""
    return report(name, ["News.", sentence or text], {"events": [{"title": text, "at": (1, 2)}]}, **more)


def shown(found: Sequence[Discrepancy]) -> list[tuple[str, str, list[tuple[str, list[str]]]]]:
    """What matters of discrepancies: attribute, kind, values with their reports."""
    return [
        (each.attribute.value, each.kind.value, [(r.value, list(r.documents)) for r in each.readings]) for each in found
    ]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("2024-03-05", "2024-03-07", CONTRADICTION),
        ("2024-03-05", "2024-03-06", CONTRADICTION),
        ("2024-03-05", "2024-03", GRANULARITY),
        ("2024-03-05/2024-03-07", "2024-03-06/2024-03-09", GRANULARITY),
        ("2024-03-05", "2024-03-05", None),
        ("2024-03-05", "2024-04~", None),
    ],
)
def test_dates_that_do_not_meet_contradict(one: str, other: str, kind: DiscrepancyKind | None) -> None:
    """Days apart; days within a month; the same day; a day that is not sure."""
    found = by_rules(grouped("E1", dated("a", one), dated("b", other)))
    assert [each.kind for each in found] == ([] if kind is None else [kind])


def test_a_finding_says_who_gives_what_and_where() -> None:
    """Values in EDTF, the most widely reported first, each with the sentence and the words of the date."""
    (found,) = by_rules(grouped("E1", dated("a", "2024-03-05"), dated("b", "2024-03-07"), dated("c", "2024-03-05")))
    assert shown([found]) == [("date", "contradiction", [("2024-03-05", ["a", "c"]), ("2024-03-07", ["b"])])]
    citation = found.readings[1].evidence[0]
    assert (citation.document, citation.item, [span.sentence for span in citation.spans]) == ("b", "E1", [1])
    assert [quoted.text for quoted in citation.wordings] == ["2024-03-07"]
    assert (found.id, found.items, found.found_by) == ("", ("E1",), FoundBy.RULES)


def test_a_plan_is_not_compared_with_what_came_of_it() -> None:
    """Planned for one day at one place, held on another day elsewhere."""
    plan = dated("a", "2024-03-05", factuality="planned", place="Cairo", place_words="Envoys")
    event = dated("b", "2024-03-07", place="Damascus", place_words="Envoys")
    assert by_rules(grouped("E1", plan, event)) == ()


def test_the_next_day_by_another_clock_is_none() -> None:
    """A report that tells the hour in its own country's time can be a day ahead, but not two."""
    text = {"text": "They signed at 04:30 Belmor time", "at": (1,)}
    far = {"events": [{"date": "2024-03-06", "date_words": "2024-03-06"}], "summary": [text]}
    abroad = report("b", ["Signed on 2024-03-06 at 04:30."], far)
    assert by_rules(grouped("E1", dated("a", "2024-03-05"), abroad)) == ()
    assert len(by_rules(grouped("E1", dated("a", "2024-03-03"), abroad))) == 1


def test_a_date_that_no_words_carry_proves_nothing() -> None:
    """Neither without a wording nor with one that stands nowhere in the report."""
    silent = report("b", ["Envoys met."], {"events": [{"date": "2024-03-07"}]})
    false = report("c", ["Envoys met."], {"events": [{"date": "2024-03-09", "date_words": "9 March"}]})
    assert by_rules(grouped("E1", dated("a", "2024-03-05"), silent, false)) == ()


def test_places_in_each_other_are_granularity_and_grounds_of_other_use_contradict() -> None:
    """All three readings are kept, whichever pair makes it a contradiction."""
    city, port = placed("a", "Athens"), placed("b", "port of Athens")
    camp = placed("c", "army headquarters, Dolna")
    assert shown(by_rules(grouped("E1", city, port))) == [
        ("place", "granularity", [("Athens", ["a"]), ("port of Athens", ["b"])])
    ]
    (found,) = by_rules(grouped("E1", city, port, camp))
    assert (found.kind, {reading.value for reading in found.readings}) == (
        CONTRADICTION, {"Athens", "port of Athens", "army headquarters, Dolna"},
    )  # fmt: skip


def test_unknown_places_contradict_only_across_countries_that_nobody_mixes_up() -> None:
    """Two villages say nothing, unless one is in Egypt and the other in Peru."""

    def between(one: str, other: str) -> int:
        return len(by_rules(grouped("E1", placed("a", "Dolna", country=one), placed("b", "Merrow", country=other))))

    assert between("EGY", "EGY") == 0
    assert between("EGY", "PER") == 1
    assert between("ISR", "PSE") == between("DDR", "DEU") == 0


def test_what_one_reports_and_the_other_denies_is_a_contradiction() -> None:
    """A claim against a denial is two views and none."""
    reported, denied = placed("a", "Dolna"), placed("b", "Dolna", factuality="denied")
    claimed = placed("c", "Dolna", factuality="claimed")
    (found,) = by_rules(grouped("E1", reported, denied))
    assert (found.attribute, found.kind) == (DiscrepancyAttribute.FACTUALITY, CONTRADICTION)
    assert by_rules(grouped("E1", claimed, denied)) == ()


def test_opposite_types_contradict() -> None:
    """Released against abducted; two types that are not opposite say nothing."""
    freed = placed("a", "Dolna", type="RETREAT", mode="release", title="Three sailors go free")
    taken = placed("b", "Dolna", type="ASSAULT", mode="abduct", title="Three sailors are taken")
    other = placed("c", "Dolna", type="AID", title="Three sailors get help")
    assert [each.attribute.value for each in by_rules(grouped("E1", freed, taken))] == ["action"]
    assert by_rules(grouped("E1", freed, other)) == ()


def test_counts_of_one_thing_contradict_and_each_sentence_holds_its_number() -> None:
    """The number is looked up in the report's own language and narrowed to its sentence."""
    one = counted("a", "4 patrol boats surround the island", "Vier Boote.", language="de")
    other = counted("b", "Five patrol boats encircle the island")
    (found,) = by_rules(grouped("E1", one, other))
    assert shown([found]) == [("number", "contradiction", [("4 patrol boats", ["a"]), ("Five patrol boats", ["b"])])]
    assert [span.sentence for r in found.readings for c in r.evidence for span in c.spans] == [2, 2]


def test_a_number_that_its_sentences_do_not_hold_proves_nothing() -> None:
    """An engine's own figure is no reading."""
    one = counted("a", "4 boats surround the island", "Boats surround it.")
    assert by_rules(grouped("E1", one, counted("b", "5 boats surround the island"))) == ()


def test_a_report_that_gives_both_numbers_tells_of_two_things() -> None:
    """Four in the title, five of the same in its background."""
    one = report(
        "a", ["4 boats surround the island, 5 boats wait."],
        {"events": [{"title": "4 boats surround the island"}], "context": [{"text": "In the harbour 5 boats wait"}]},
    )  # fmt: skip
    assert by_rules(grouped("E1", one, counted("b", "5 boats surround the island"))) == ()


def test_tolls_are_compared_only_between_reports_of_one_day() -> None:
    """A toll grows; of one day it contradicts."""

    def between(one: str | None, other: str | None) -> int:
        first = counted("a", "Storm in Dolna leaves 12 dead", published=one)
        second = counted("b", "Storm in Dolna leaves 15 dead", published=other)
        return len(by_rules(grouped("E1", first, second)))

    assert between("2024-03-05", "2024-03-06") == between(None, None) == 0
    assert between("2024-03-05", "2024-03-05") == 1


def test_numbers_of_items_that_were_not_merged_need_words_in_common() -> None:
    """Alike texts are compared, others with the same noun are not."""
    one = counted("a", "Front demands release of 14 prisoners from Kolm")
    alike = counted("b", "Kolm: release of 19 prisoners is what the Front demands")
    other = counted("c", "Warden of Nirra counts 23 prisoners at breakfast after release of water")
    assert [each.attribute.value for each in by_rules(linked([one, alike]))] == ["number"]
    assert by_rules(linked([one, other])) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"role": "rear admiral"}, {"role": "Commodore"}, "contradiction"),
        ({"role": "general"}, {"role": "major general"}, "granularity"),
        ({"role": "commander", "body": "Northern Fleet"}, {"role": "deputy commander", "body": "Northern Fleet"}, "contradiction"),
        ({"role": "commander", "body": "Northern Fleet"}, {"role": "deputy commander", "body": "Coast Guard"}, None),
        ({"role": "commander"}, {"role": "deputy commander"}, None),
        ({"role": "commander, deputy commander", "body": "Northern Fleet"}, {"role": "deputy commander", "body": "Northern Fleet"}, None),
        ({"role": "works minister"}, {"role": "deputy works minister"}, "contradiction"),
        ({"role": "president"}, {"role": "chairman of the board", "body": "Dolna Bank"}, None),
        ({"role": "painter"}, {"role": "co-founder"}, None),
        ({"role": None}, {"role": "commodore"}, None),
    ],
)  # fmt: skip
def test_roles_of_one_person(one: dict[str, Any], other: dict[str, Any], expected: str | None) -> None:
    """Ranks by their order; functions only as principal and deputy of one body."""
    reports = [told("a", {"name": "Yara Molk", **one}), told("b", {"name": "Yara Molk", **other})]
    found = by_rules(grouped("A1", *reports))
    assert [(each.attribute.value, each.kind.value) for each in found] == ([("role", expected)] if expected else [])


def test_types_of_a_ship_are_taken_from_roles_and_from_words_before_its_name() -> None:
    """A corvette in a role, a frigate before the name in a title."""
    one = told("a", {"name": "Halma", "kind": "asset", "role": "corvette"})
    other = report(
        "b", ["The frigate Halma came."],
        {"actors": [{"name": "Halma", "kind": "asset"}], "events": [{"title": "Navy frigate Halma arrives"}]},
    )  # fmt: skip
    assert shown(by_rules(grouped("A1", one, other))) == [
        ("other", "contradiction", [("corvette", ["a"]), ("frigate", ["b"])])
    ]


@pytest.mark.parametrize(
    ("title", "ships", "expected"),
    [
        ("Turkish delegation arrives by frigate", 1, 1),
        ("Greek delegation arrives by frigate", 1, 0),
        ("Turkish delegation arrives by frigate", 2, 0),
        ("Turkish delegation sees two frigates", 1, 0),
        ("Turkish frigate follows the Halma", 1, 0),
    ],
)
def test_a_type_without_a_name_is_that_of_the_only_ship(title: str, ships: int, expected: int) -> None:
    """Only of the same country, and never where another ship could be meant."""
    halma = {"name": "Halma", "kind": "asset", "role": "corvette", "country": "TUR"}
    fleet = [halma, {"name": "Otra", "kind": "asset", "role": "frigate", "country": "TUR"}]
    one, other = told("a", halma), report("b", ["It came."], {"actors": fleet[:ships], "events": [{"title": title}]})
    assert len(by_rules(grouped("A1", one, other))) == expected


def holding(name: str, *people: tuple[str, str, str | None]) -> Report:
    """A report in which these people have these roles in these bodies."""
    return told(name, *({"name": who, "role": role, "body": body, "country": "LBY"} for who, role, body in people))


def test_one_function_held_by_two_persons_is_a_contradiction_across_actors() -> None:
    """Both are named, and the finding touches both actors."""
    one = holding("a", ("Omar Zeft", "deputy commander", "National Guard"))
    other = holding("b", ("Salim Zeft", "general, deputy commander", "National Guard"))
    (found,) = by_rules(linked([one, other]))
    assert (found.about, found.items) == ("Who is deputy commander of National Guard", ("A1", "A2"))
    assert shown([found]) == [("role", "contradiction", [("Omar Zeft", ["a"]), ("Salim Zeft", ["b"])])]


def test_a_minister_is_of_his_country_where_no_body_is_named() -> None:
    """The line says of which."""
    one, other = (
        holding("a", ("Omar Zeft", "works minister", None)),
        holding("b", ("Ida Ruun", "minister of works", None)),
    )
    (found,) = by_rules(linked([one, other]))
    assert found.about == "Who is works minister of Libya"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([("Omar Zeft", "deputy commander", "National Guard")], [("Zeft", "deputy commander", "National Guard")]),
        ([("Omar Zeft", "deputy commander", "National Guard")], [("Salim Zeft", "deputy commander", "Coast Guard")]),
        ([("Omar Zeft", "deputy commander", "National Guard")], [("Salim Zeft", "commander", "National Guard")]),
        ([("Omar Zeft", "former works minister", None)], [("Salim Zeft", "works minister", None)]),
        ([("Omar Zeft", "works minister", None)], [("works minister", "works minister", None)]),
        ([("Omar Zeft", "spokesman", "National Guard")], [("Salim Zeft", "spokesman", "National Guard")]),
        (
            [("Omar Zeft", "deputy commander", "National Guard"), ("Ida Ruun", "deputy commander", "National Guard")],
            [("Salim Zeft", "deputy commander", "National Guard")],
        ),
    ],
)
def test_a_function_that_two_can_hold_or_one_name_could_mean_both_is_none(one: list, other: list) -> None:
    """A bare surname, another body, a predecessor, a description, spokesmen, a report that names two deputies."""
    assert by_rules(linked([holding("a", *one), holding("b", *other)])) == ()


_TELLING = st.builds(
    lambda date, place, size: (date, place, size),
    st.sampled_from(["2024-03-05", "2024-03-07", "2024-03", "2024"]),
    st.sampled_from(["Athens", "port of Athens", "Cairo", "Dolna"]),
    st.sampled_from(
        ["4 boats surround the island", "6 boats surround the island", "about 5 boats surround the island"]
    ),
)


def _report(name: str, telling: tuple[str, str, str]) -> Report:
    date, place, title = telling
    return report(
        name, [f"{title} at {place} on {date}."],
        {"events": [{"date": date, "date_words": date, "place": place, "title": title}]},
    )  # fmt: skip


def _readings(found: Sequence[Discrepancy]) -> set[tuple[str, str, str]]:
    return {(e.attribute.value, r.value, d) for e in found for r in e.readings for d in r.documents}


@settings(deadline=None)
@given(st.lists(_TELLING, min_size=1, max_size=5))
def test_a_further_report_never_takes_a_reading_away(tellings: list[tuple[str, str, str]]) -> None:
    """Nor does it turn a contradiction into something milder."""
    reports = [_report(f"r{number}", telling) for number, telling in enumerate(tellings)]
    fewer, more = by_rules(grouped("E1", *reports[:-1])) if reports[1:] else (), by_rules(grouped("E1", *reports))
    assert _readings(fewer) <= _readings(more)
    hard = {each.attribute for each in fewer if each.kind is CONTRADICTION}
    assert hard <= {each.attribute for each in more if each.kind is CONTRADICTION}


@settings(deadline=None)
@given(st.lists(_TELLING, min_size=2, max_size=4), st.randoms())
def test_the_order_of_reports_does_not_matter(tellings: list[tuple[str, str, str]], chance: Any) -> None:
    """The same values by the same reports, of the same kinds."""
    reports = [_report(f"r{number}", telling) for number, telling in enumerate(tellings)]
    mixed = list(reports)
    chance.shuffle(mixed)
    one, other = by_rules(grouped("E1", *reports)), by_rules(grouped("E1", *mixed))
    assert _readings(one) == _readings(other)
    assert {(each.attribute, each.kind) for each in one} == {(each.attribute, each.kind) for each in other}


@settings(deadline=None)
@given(_TELLING, st.integers(2, 4))
def test_reports_that_say_the_same_give_nothing(telling: tuple[str, str, str], size: int) -> None:
    """However many there are."""
    assert by_rules(grouped("E1", *(_report(f"r{number}", telling) for number in range(size)))) == ()


@settings(deadline=None)
@given(st.lists(_TELLING, min_size=2, max_size=4))
def test_every_reading_is_proven_by_sentences_of_its_reports(tellings: list[tuple[str, str, str]]) -> None:
    """Documents are those of the evidence; each has spans; values differ."""
    reports = [_report(f"r{number}", telling) for number, telling in enumerate(tellings)]
    for each in by_rules(grouped("E1", *reports)):
        assert len({reading.value for reading in each.readings}) == len(each.readings) >= 2
        for reading in each.readings:
            assert set(reading.documents) == {citation.document for citation in reading.evidence}
            assert all(citation.spans for citation in reading.evidence)


def test_a_story_of_one_report_has_no_discrepancies() -> None:
    """Not even between its own items."""
    assert by_rules(linked([dated("a", "2024-03-05")])) == ()
    assert by_rules(linked([])) == ()


def test_a_small_story_is_compared_in_a_few_milliseconds() -> None:
    """The best of several runs, which noise cannot make faster."""
    tellings = itertools.cycle([("2024-03-05", "Athens", "4 boats surround the island"),
                                ("2024-03-07", "Cairo", "6 boats surround the island")])  # fmt: skip
    story = grouped(
        "E1", *(_report(f"r{number}", telling) for number, telling in zip(range(4), tellings, strict=False))
    )

    def run() -> float:
        start = time.perf_counter()
        by_rules(story)
        return time.perf_counter() - start

    assert min(run() for _ in range(20)) < 0.003
