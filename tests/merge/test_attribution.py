"""Whom one report has its items from."""

from __future__ import annotations

import pytest

from summarizer.merge.attribution import Attribution, attribution

from .sketch import Sketch, report

AGENCY = ("Coastal Press Agency (CPA)", "news_agency")
LINES = ("They met.", "They talked.", "They left.", "They wrote.")


def _behind(sketch: Sketch, item: str) -> frozenset[str]:
    made = report(sketch)
    return attribution(made).behind(item, made.items[item])


def test_stated_origins_come_first() -> None:
    """An event that names its origin has it from there, whoever else its sentences name."""
    origins = (("Harbour Office", "official_statement", (2,)), ("Mira Toldane", "interview", (1,)))
    assert _behind(Sketch("a", LINES, origins, ((("O1",), (1,)),)), "E1") == {"O1"}


def test_an_item_without_one_has_that_of_its_sentences() -> None:
    """The sentence that names the origin is the item's evidence."""
    origins = (("Harbour Office", "official_statement", (2,)),)
    assert _behind(Sketch("a", LINES, origins, (((), (2,)),)), "E1") == {"O1"}
    assert _behind(Sketch("a", LINES, origins, (((), (3,)),)), "E1") == frozenset()


def test_the_origin_of_most_sentences_wins() -> None:
    """One sentence of three does not make an event the ministry's; one of two may."""
    origins = (("Harbour Office", "official_statement", (3,)),)
    assert _behind(Sketch("a", LINES, origins, (((), (1, 2, 3)),)), "E1") == frozenset()
    assert _behind(Sketch("a", LINES, origins, (((), (2, 3)),)), "E1") == {"O1"}


def test_what_an_event_has_from_an_origin_its_sentences_carry() -> None:
    """Only the first sentence names the office, but the event that cites the second as well has all of it from there."""
    origins = (("Harbour Office", "official_statement", (1,)),)
    people = (("Mira Toldane", None, None, None, (2,)),)
    assert _behind(Sketch("a", LINES, origins, ((("O1",), (1, 2)),), people), "A1") == {"O1"}


def test_a_sentence_of_events_with_unlike_origins_is_nobodys() -> None:
    """A lead that two events of two origins cite tells of neither's."""
    origins = (("Harbour Office", "official_statement", (3,)), ("Mira Toldane", "interview", (4,)))
    sketch = Sketch("a", LINES, origins, ((("O1",), (1, 3)), (("O2",), (1, 4)), ((), (1,))))
    assert _behind(sketch, "E3") == frozenset()


def test_a_sentence_between_two_of_an_origin_is_its_own() -> None:
    """Said, went on, said."""
    origins = (("Harbour Office", "official_statement", (1, 3)),)
    assert _behind(Sketch("a", LINES, origins, (((), (2,)),)), "E1") == {"O1"}


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("By Ruth Kalomas, with reporting from Coastal Press Agency", 0),
        (
            "AVERNA, 3 May (CPA) - The two delegations met in the harbour on Monday and talked for hours about the strait",
            0,
        ),
        ("(rk, CPA)", 4),
    ],
)
def test_a_credit_covers_what_has_no_other_origin(line: str, place: int) -> None:
    """Byline, dateline, closing line."""
    lines = (*LINES[:place], line, *LINES[place:])
    named = lines.index("They left.") + 1
    origins = ((*AGENCY, (named,)), ("Mira Toldane", "interview", (named + 1,)))
    talked = lines.index("They talked.") + 1
    sketch = Sketch("a", lines, origins, (((), (talked,)), (("O2",), (named + 1,))))
    assert _behind(sketch, "E1") == {"O1"}
    assert _behind(sketch, "E2") == {"O2"}


@pytest.mark.parametrize(
    "line", ["Photo CPA", "The strike was first told by CPA in a long dispatch of that very same rainy night."]
)
def test_a_caption_or_a_mention_is_no_credit(line: str) -> None:
    """An agency's photograph does not make the report the agency's."""
    filler = tuple(f"Sentence {n} of the report." for n in range(12))
    sketch = Sketch("a", (*filler, line), ((*AGENCY, (12,)),), (((), (2,)),))
    assert _behind(sketch, "E1") == frozenset()


def test_an_agency_that_a_sentence_names_carries_it() -> None:
    """The brief cites one sentence for the agency; the acronym stands in another."""
    lines = ("They met.", "CPA adds that they left.", "They wrote.", *(f"Line {n}." for n in range(9)), "CPA told it.")
    sketch = Sketch("a", lines, ((*AGENCY, (13,)),), (((), (2,)), ((), (1,))))
    assert (_behind(sketch, "E1"), _behind(sketch, "E2")) == ({"O1"}, frozenset())


def test_what_an_agency_quotes_can_come_from_the_agency() -> None:
    """An official quoted in the agency's sentence, and one whose description names the agency."""
    origins = (
        (*AGENCY, (1,)),
        ("Senior official", "unnamed_source", (1,)),
        ("Captain, speaking to CPA", "interview", (3,)),
        ("Mira Toldane", "interview", (4,)),
    )
    events = ((("O2",), (1,)), (("O3",), (3,)), (("O4",), (4,)))
    sketch = Sketch("a", LINES, origins, events)
    assert [_behind(sketch, f"E{n}") for n in (1, 2, 3)] == [{"O1", "O2"}, {"O1", "O3"}, {"O4"}]


def test_without_a_text_the_cited_sentences_speak() -> None:
    """A brief alone has no bylines but keeps what it states."""
    origins = (("Harbour Office", "official_statement", (2,)),)
    assert _behind(Sketch("a", LINES, origins, (((), (2,)),), with_text=False), "E1") == {"O1"}


def test_a_report_without_origins_has_nothing_to_tell() -> None:
    """All of it is its own."""
    assert attribution(report(Sketch("a", LINES))) == Attribution({}, frozenset(), {}, {})
