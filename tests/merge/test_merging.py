"""Merged stories: what is shown of each item, and what must hold whatever the reports."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.merge import assembling
from summarizer.merge.linked import Report, in_order
from summarizer.merge.linking import link
from summarizer.merge.merging import merge_reports
from summarizer.merge.parts import Parts
from summarizer.merge.readings import central_text, fullest_name, script, value_key
from summarizer.models.dossier import (
    Citation,
    Discrepancy,
    DiscrepancyAttribute,
    DiscrepancyKind,
    FoundBy,
    Reading,
)

from .stories import Planted, actor, event, meeting, origin, reports

NAMES = (
    "Yusuf Demirkan",
    "Youssef Demirkan",
    "Demirkan",
    "Elena Markou",
    "Markou",
    "Ilir Hoxha",
    "protesters",
    "GDR citizens",
)
TITLES = ("Demirkan meets Markou in Volos", "Protesters march in Volos", "Markou resigns", "Ship docks in Volos port")


@st.composite
def planted(draw: st.DrawFn, document: str) -> Planted:
    """A report of a few actors and events with names that resemble those of other reports."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=5))
    kinds = {"protesters": "group", "GDR citizens": "group"}
    roles = st.sampled_from((None, "minister", "Foreign Minister", "foreign minister"))
    cast = [
        actor(f"A{n}", name, kinds.get(name, "person"), role=draw(roles), country=draw(st.sampled_from((None, "GRC"))))
        for n, name in enumerate(names, 1)
    ]
    titles = draw(st.lists(st.sampled_from(TITLES), max_size=4))
    dates = st.sampled_from((None, "2024-05-01", "2024-05-02", "2024-05"))
    parts = st.lists(st.sampled_from([each.id for each in cast]), max_size=2, unique=True) if cast else st.just([])
    events = [
        event(f"E{n}", title, date=draw(dates), cast=" ".join(f"{a}:actor" for a in draw(parts)))
        for n, title in enumerate(titles, 1)
    ]
    return Planted(document, cast, events, published=draw(st.sampled_from((None, "2024-05-03"))))


STORIES = st.integers(1, 4).flatmap(lambda size: st.tuples(*(planted(f"r{n}") for n in range(size))))


def items(parts: Parts) -> list:
    """All merged items."""
    return [*parts.actors, *parts.events, *parts.aims, *parts.context, *parts.statements]


def cited(parts: Parts) -> list[tuple[str, str | None]]:
    """Every report's item that went into a merged one."""
    return [(citation.document, citation.item) for item in items(parts) for citation in item.reports]


@given(STORIES, st.randoms())
@settings(deadline=None, max_examples=60)
def test_the_order_of_reports_does_not_matter(story, rng: random.Random):
    """Shuffled reports, put in order, merge to the same."""
    one = [each.report() for each in story]
    other = list(one)
    rng.shuffle(other)
    assert merge_reports(in_order(one)) == merge_reports(in_order(other))


@given(STORIES)
@settings(deadline=None, max_examples=60)
def test_every_item_of_every_brief_is_in_exactly_one_merged_item(story):
    """Nothing is lost and nothing stands twice."""
    parts = merge_reports(reports(*story))
    wanted = sorted((report.id, item) for report in reports(*story) for item in report.items)
    assert sorted(cited(parts)) == wanted
    assert [item.id for item in items(parts)] == [name for name, _ in link(reports(*story)).named()]


@given(STORIES)
@settings(deadline=None, max_examples=60)
def test_two_items_of_one_report_are_never_one_actor_or_event(story):
    """The cannot-link."""
    parts = merge_reports(reports(*story))
    for item in (*parts.actors, *parts.events):
        assert len({citation.document for citation in item.reports}) == len(item.reports) == item.sources


@given(STORIES)
@settings(deadline=None, max_examples=60)
def test_another_report_never_removes_a_reading(story):
    """Every attribute that a report gives is still given for it when one more report is merged."""

    def readings(parts: Parts) -> set[tuple[str, str, str]]:
        merged = (*parts.actors, *parts.events)
        return {
            (attribute.name, value_key(reading.value), document)
            for item in merged
            for attribute in item.attributes
            for reading in attribute.readings
            for document in reading.documents
        }

    before = merge_reports(reports(*story[:-1])) if len(story) > 1 else None
    if before is not None:
        assert readings(before) <= readings(merge_reports(reports(*story)))


@given(planted("a"))
@settings(deadline=None, max_examples=40)
def test_a_single_report_merges_to_itself(one):
    """Each of its actors and events stands alone, as its brief tells it."""
    parts = merge_reports([one.report()])
    assert sorted(a.name for a in parts.actors) == sorted(a.name for a in one.actors)
    assert [e.title for e in parts.events] == [e.title for e in one.events]
    assert all(item.sources == 1 for item in items(parts))
    assert parts.discrepancies == ()


def test_a_brief_without_anything_still_merges():
    """No actors, no events, no aims: an opinion, a recipe."""
    parts = merge_reports(reports(Planted("a"), Planted("b"), meeting("c")))
    assert {report.document.id for report in parts.reports} == {"a", "b", "c"}
    assert len(parts.events) == 2


def test_a_meeting_told_by_three_reports():
    """Names by script, readings by document, the parts taken, and who says so."""
    parts = merge_reports(reports(meeting("a", 1), meeting("b", 2), meeting("c", 3)))
    assert [len(parts.actors), len(parts.events), len(parts.aims), len(parts.context)] == [3, 2, 1, 1]
    minister = next(each for each in parts.actors if "Demirkan" in each.name)
    assert (minister.sources, minister.role, minister.country) == (3, "Foreign Minister", "TUR")
    assert {form.text: form.documents for form in minister.names} == {
        "Yusuf Demirkan": ("b", "c"), "Youssef Demirkan": ("a",),
    }  # fmt: skip
    main = parts.events[0]
    assert main.main
    dates = next(each for each in main.attributes if each.name == "date")
    assert [(r.value, r.documents) for r in dates.readings] == [
        ("2024-05-01", ("a",)), ("2024-05-02", ("b",)), ("2024-05-03", ("c",)),
    ]  # fmt: skip
    assert [(p.role.value, p.documents) for p in main.participants] == [
        ("actor", ("a", "b", "c")), ("recipient", ("a", "b", "c")),
    ]  # fmt: skip
    assert set(parts.aims[0].held_by) == {each.id for each in parts.actors[:2]}


def test_the_id_of_a_story_tells_its_reports_only():
    """The same reports, the same id; another report, another id."""
    two = merge_reports(reports(meeting("a"), meeting("b")))
    assert two.id == merge_reports(reports(meeting("b"), meeting("a"))).id
    assert two.id != merge_reports(reports(meeting("a"))).id
    assert len(two.id) == 12


def test_the_most_widely_reported_reading_is_shown():
    """Two against one; equal ones in other words are one reading."""
    casts = (("a", "Maj. Gen."), ("b", "governor"), ("c", "major general"))
    story = reports(*(Planted(name, [actor("A1", "Ilkay Altindag", role=role)]) for name, role in casts))
    (merged,) = merge_reports(story).actors
    (role,) = (each for each in merged.attributes if each.name == "role")
    assert [(reading.value, reading.documents) for reading in role.readings] == [
        ("Maj. Gen.", ("a", "c")), ("governor", ("b",)),
    ]  # fmt: skip
    assert merged.role == "Maj. Gen."


def dispute(kind: DiscrepancyKind = DiscrepancyKind.CONTRADICTION) -> Discrepancy:
    """Two reports against one about the date of the first event."""
    values = {"2024-05-01": ("a", "b"), "2024-05-09": ("c",)}
    readings = tuple(
        Reading(value=value, documents=documents,
                evidence=tuple(Citation(document=d, item="E1", spans=()) for d in documents))
        for value, documents in values.items()
    )  # fmt: skip
    return Discrepancy(
        id="D1", about="Date", attribute=DiscrepancyAttribute.DATE, kind=kind, readings=readings, note=None,
        items=("E1",), found_by=FoundBy.ENGINE,
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "opposed"), [(DiscrepancyKind.CONTRADICTION, 1), (DiscrepancyKind.GRANULARITY, 0)])
def test_credibility_sees_who_contradicts(monkeypatch, kind, opposed):
    """The origins behind the other reading of a contradiction count against the event, those of a coarser one do not."""
    seen = []
    monkeypatch.setattr(assembling, "credibility", lambda basis: seen.append(basis) or 2)
    monkeypatch.setattr("summarizer.merge.merging.by_rules", lambda _linked: ())
    monkeypatch.setattr("summarizer.merge.merging.combine", lambda _rules, found, _linked: tuple(found))
    told = [("a", "2024-05-01"), ("b", "2024-05-01"), ("c", "2024-05-09")]
    cast = (actor("A1", "Elena Markou"),)
    story = reports(
        *(
            Planted(name, cast, [event("E1", "Elena Markou opens the port", cast="A1:actor", date=date)])
            for name, date in told
        )
    )
    parts = merge_reports(story, [dispute(kind)])
    (merged,) = parts.events
    basis = next(b for b in seen if b.told_as is not None)
    assert (merged.date, merged.discrepancies, basis.opposed, basis.origins) == ("2024-05-01", ("D1",), opposed, 3)


def test_an_unnamed_source_is_no_named_origin(monkeypatch):
    """What rests on unnamed sources alone is judged so."""
    seen = []
    monkeypatch.setattr(assembling, "credibility", lambda basis: seen.append(basis) or 2)
    cast = (actor("A1", "Elena Markou"),)
    told = event("E1", "Elena Markou opens the port", cast="A1:actor", origins=("O1",))
    for kind, named in (("unnamed_source", False), ("official_statement", True)):
        seen.clear()
        merge_reports(reports(Planted("a", cast, [told], origins=[origin("O1", "Somebody", kind)])))
        assert next(b for b in seen if b.told_as is not None).named is named


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Kalın", "Latin"), ("خلیفه", "Arabic"), ("Χαλίφα", "Greek"), ("菅直人", "Han"), ("ひらがな", "Kana"), ("김", "Hangul"), ("12", "Common")],
)  # fmt: skip
def test_scripts_are_named_as_in_unicode(text, expected):
    """By the letters, whatever else stands beside them."""
    assert script(text) == expected


def test_the_central_text_is_most_like_the_others():
    """Not the first one, when that is the odd one out; the first of equals."""
    assert central_text(["Bakers strike", "The port opens", "The old port opens"]) == "The port opens"
    assert central_text(["b", "a"]) == "b"


def test_the_fullest_name_is_shown():
    """A full name rather than a surname that more reports have."""
    assert fullest_name(["Sadat", "Anwar Sadat", "Sadat"]) == "Anwar Sadat"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Maj. Gen.", "major general", True), ("the Port of Aden", "Aden port", True), ("TUR", "TUR", True),
        ("2024-05-01", "2024-05-10", False), ("commander", "deputy commander", False),
    ],
)  # fmt: skip
def test_equal_values_in_other_words_are_one(one, other, same):
    """Case, order, articles, abbreviations; nothing else."""
    assert (value_key(one) == value_key(other)) is same


def test_five_small_reports_merge_quickly():
    """Tens of milliseconds at most, so that 20,000 stories take minutes; generous, for slow machines."""
    story: tuple[Report, ...] = reports(*(meeting(f"r{n}", n % 9 + 1) for n in range(5)))
    merge_reports(story)
    started = time.perf_counter()
    for _ in range(5):
        merge_reports(story)
    assert (time.perf_counter() - started) / 5 < 0.25


def test_the_cost_grows_with_the_square_of_the_reports_at_most():
    """24 reports on one meeting, in seconds and not in minutes."""
    started = time.perf_counter()
    parts = merge_reports(reports(*(meeting(f"r{n:02}", n % 9 + 1) for n in range(24))))
    assert parts.events[0].sources == 24
    assert time.perf_counter() - started < 20
