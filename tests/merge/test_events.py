"""Events of different reports: matched one to one, by what they share."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from summarizer.merge.grouping import Grouping, Link, best_pairs
from summarizer.merge.linking import link

from .stories import Planted, actor, event, reports

CAST = (
    actor("A1", "Mirela Hadran", role="foreign minister"),
    actor("A2", "Oren Sarik", role="commander"),
    actor("A3", "Halcyon Star", "asset"),
)

OPENING = ("Hadran opens a hospital", "AID", "A1:actor")
"""A first event of a report that no other one tells."""


def groups(*planted: Planted) -> set[tuple[str, ...]]:
    """The groups of events as `report.event`."""
    linked = link(reports(*planted))
    return {tuple(f"{ref.document}.{ref.item}" for ref in group.refs) for group in linked.events}


def told(document: str, *events: tuple[str, str, str], **more: object) -> Planted:
    """A report with the usual cast; each event is its title, type and cast."""
    made = [event(f"E{n}", title, plover, cast, **more) for n, (title, plover, cast) in enumerate(events, 1)]
    return Planted(document, CAST, made)


def test_one_meeting_told_twice_is_one():
    """The same type, actors and words."""
    assert groups(
        told("a", ("Hadran talks with Sarik aboard", "CONSULT", "A1:actor A2:recipient")),
        told("b", ("Foreign minister Hadran holds talks with Sarik", "CONSULT", "A1:actor A2:recipient")),
    ) == {("a.E1", "b.E1")}


def test_another_date_does_not_part_one_event():
    """All else agrees: the dates contradict each other, which is what readers want to see."""
    one = Planted("a", CAST, [event("E1", "Hadran talks with Sarik", cast="A1:actor A2:recipient", date="2024-05-01")])
    other = Planted(
        "b", CAST, [event("E1", "Hadran talks with Sarik", cast="A1:actor A2:recipient", date="2024-05-09")]
    )
    assert groups(one, other) == {("a.E1", "b.E1")}


def test_a_first_and_a_second_meeting_are_two():
    """Ordinal numbers tell events with the same actors apart."""
    assert groups(
        told("a", ("Hadran and Sarik hold first meeting", "CONSULT", "A1:actor A2:recipient")),
        told("b", ("Hadran and Sarik hold second meeting", "CONSULT", "A1:actor A2:recipient")),
    ) == {("a.E1",), ("b.E1",)}


def test_the_same_person_doing_something_else_is_another_event():
    """One shared actor and nothing else in common does not make one event."""
    assert groups(
        told("a", ("Hadran opens a hospital", "AID", "A1:actor")),
        told("b", ("Hadran resigns over the licence", "RETREAT", "A1:actor")),
    ) == {("a.E1",), ("b.E1",)}


def test_a_report_that_splits_an_event_gets_the_right_half():
    """The talks of one report match the talks, not the landing, of the other."""
    found = groups(
        told("a", ("Hadran talks with Sarik for 40 minutes", "CONSULT", "A1:actor A2:recipient")),
        told(
            "b",
            ("Hadran reaches the ship", "CONSULT", "A1:actor A3:recipient"),
            ("Hadran talks with Sarik for 40 minutes aboard", "CONSULT", "A1:actor A2:recipient"),
        ),
    )
    assert found == {("a.E1", "b.E2"), ("b.E1",)}


def test_two_events_of_one_report_are_never_one():
    """At most one event a report in a group, even with the same title."""
    twice = ("Hadran talks with Sarik", "CONSULT", "A1:actor A2:recipient")
    found = groups(told("a", twice, twice), told("b", twice))
    assert sorted(map(len, found)) == [1, 2]


def test_events_without_actors_are_told_by_words_and_place():
    """An explosion that no report ascribes to anybody."""
    one = Planted("a", (), [event("E1", "Missiles hit Odesa port", "ASSAULT", place="Odesa port", country="UKR")])
    other = Planted("b", (), [event("E1", "Explosion at Odesa port", "ASSAULT", place="Port of Odesa", country="UKR")])
    assert groups(one, other) == {("a.E1", "b.E1")}


def test_what_lies_ahead_is_not_what_has_happened():
    """The same actor and type, but one report has it planned and the other done."""
    opening = event("E1", *OPENING)
    for first, found in (("reported", {("a.E1",), ("a.E2",), ("b.E1",)}), ("planned", {("a.E1",), ("a.E2", "b.E1")})):
        one = event("E2", "Sarik yields a harbour", "CONCEDE", "A2:actor", factuality=first)
        other = event("E1", "Sarik returns the docks", "CONCEDE", "A2:actor", factuality="planned")
        assert groups(Planted("a", CAST, [opening, one]), Planted("b", CAST, [other])) == found


def test_statements_on_the_same_sentence_tell_more_than_a_title():
    """The title of one report stands in the summary of the other."""
    opening = event("E1", *OPENING)
    one = event("E2", "Villagers leave the harbour district", "RETREAT", place="Volos")
    other = event("E1", "Homes are emptied", "RETREAT", place="Volos")
    said = ("Villagers left the harbour district.",)
    told_more = Planted("b", (), [other], summary=said)
    longer = Planted("a", CAST, [opening, one])
    assert groups(longer, Planted("b", (), [other])) == {("a.E1",), ("a.E2",), ("b.E1",)}
    assert groups(longer, told_more) == {("a.E1",), ("a.E2", "b.E1")}


def test_named_persons_who_do_the_same_to_one_recipient_are_two_events():
    """Two demands on one firm, each by somebody else."""
    found = groups(
        told("a", OPENING, ("Hadran demands back wages and pensions for crews", "REQUEST", "A1:actor A3:recipient")),
        told("b", ("Sarik demands the full list of missing passengers", "REQUEST", "A2:actor A3:recipient")),
    )
    assert found == {("a.E1",), ("a.E2",), ("b.E1",)}


def test_main_events_come_first_then_the_most_widely_reported():
    """The order of the ids."""
    linked = link(
        reports(
            told("a", ("Hadran opens a hospital", "AID", "A1:actor"), ("Sarik shells the port", "ASSAULT", "A2:actor")),
            told(
                "b", ("Halcyon Star sinks", "ASSAULT", "A3:recipient"), ("Sarik shells the port", "ASSAULT", "A2:actor")
            ),
        )
    )
    titles = [linked.item(group.refs[0]).title for group in linked.events]  # type: ignore[union-attr]
    assert titles == ["Hadran opens a hospital", "Halcyon Star sinks", "Sarik shells the port"]


SCORES = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(10, 13)), st.integers(1, 100).map(lambda n: n / 10), min_size=1
)


@given(SCORES)
def test_best_pairs_have_the_greatest_sum(scores):
    """Compared with every assignment there is."""
    pairs = best_pairs(scores)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    every = (c for size in range(1, 5) for c in itertools.combinations(scores, size))
    valid = (c for c in every if len({r for r, _ in c}) == len({k for _, k in c}) == len(c))
    assert abs(sum(scores[p] for p in pairs) - max(sum(scores[p] for p in c) for c in valid)) < 1e-9


def test_links_join_the_strongest_first_and_never_two_of_one_report():
    """0 and 1 are of one report: 2 goes to the one it fits better."""
    groups = Grouping([0, 0, 1])
    groups.link([Link(0, 2, 0.5, "weak"), Link(1, 2, 0.9, "strong")], lambda _a, _b: True)
    assert (list(groups.members(2)), groups.why(2)) == ([1, 2], ("strong",))
    assert list(groups.members(0)) == [0]


def test_a_group_that_is_forbidden_is_not_made():
    """`allows` has the last word."""
    groups = Grouping([0, 1])
    groups.link([Link(0, 1, 0.9, "strong")], lambda _a, _b: False)
    assert groups.roots() == (0, 1)
