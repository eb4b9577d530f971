"""A language model's discrepancies: kept when words prove two of their readings, refused with a reason otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.merge.linked import Report
from summarizer.merge.verification import Verified, label, span_of, verify
from summarizer.models.brief import Match
from summarizer.models.comparison import Comparison
from summarizer.models.dossier import DiscrepancyKind, FoundBy

from .planted import report

ENGLISH = report("en", ["Gunmen hold 14 sailors.", "The ferry left on 5 March 2024.", "Nobody spoke."], {})
GERMAN = report("de", ["Die Fähre fuhr am 7. März 2024 ab.", "Neunzehn Seeleute sind an Bord."], {}, language="de")
STORY = (ENGLISH, GERMAN)


def answer(
    *readings: tuple[str, list[tuple[str, str]]], kind: str = "contradiction", why: str = "One crew."
) -> Comparison:
    """A reply with one discrepancy: values, each with places and words."""
    found = {
        "about": "Sailors held", "attr": "number", "kind": kind, "why": why,
        "r": [{"value": value, "in": [{"at": at, "src": src} for at, src in where]} for value, where in readings],
    }  # fmt: skip
    return Comparison.model_validate({"d": [found]})


def asked(*readings: tuple[str, list[tuple[str, str]]], reports: tuple[Report, ...] = STORY, **more: Any) -> Verified:
    """What is left of such a reply."""
    return verify(answer(*readings, **more), reports)


HELD = ("14 sailors", [("R1.1", "14 sailors")])
ABOARD = ("19 sailors", [("R2.2", "Neunzehn Seeleute")])


def test_a_discrepancy_with_two_proven_readings_is_kept() -> None:
    """Each reading has its report, its sentence and its words with their places in the text."""
    result = asked(HELD, ABOARD)
    (found,) = result.discrepancies
    assert result.refused == ()
    assert (found.kind, found.found_by, found.note, found.items) == (
        DiscrepancyKind.CONTRADICTION, FoundBy.ENGINE, "One crew.", (),
    )  # fmt: skip
    (citation,) = found.readings[1].evidence
    (quoted,) = citation.wordings
    assert (citation.document, [span.sentence for span in citation.spans]) == ("de", [2])
    assert GERMAN.text is not None
    assert GERMAN.text[quoted.start : quoted.end] == quoted.text == "Neunzehn Seeleute"


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (("19 sailors", [("R3.1", "Neunzehn")]), "there is no sentence R3.1"),
        (("19 sailors", [("R2.9", "Neunzehn")]), "there is no sentence R2.9"),
        (("19 sailors", [("R0.1", "Neunzehn")]), "there is no sentence R0.1"),
        (("19 sailors", [("2.2", "Neunzehn")]), "there is no sentence 2.2"),
        (("19 sailors", [("R" + "9" * 5000 + ".1", "Neunzehn")]), "there is no sentence"),
        (("19 sailors", [("R2.2", "neunzig Matrosen")]), "does not stand in R2.2"),
        (("19 sailors", [("R2.2", "")]), "does not stand in R2.2"),
        (("21 sailors", [("R2.2", "Neunzehn Seeleute")]), "“21” is not in R2.2"),
        (("8 March 2024", [("R2.1", "am 7. März 2024")]), "“8 March 2024” is not in R2.1"),
    ],
)
def test_what_is_not_proven_is_refused_with_the_reason(reading: tuple[str, list[tuple[str, str]]], reason: str) -> None:
    """Sentences that are not there, words that do not stand in them, numbers and dates that they do not hold."""
    result = asked(HELD, reading)
    assert result.discrepancies == ()
    (refused,) = result.refused
    assert refused.startswith("Sailors held: ")
    assert reason in refused


def test_a_wording_in_another_sentence_of_the_report_is_found_there() -> None:
    """The number cited was wrong; the reading points to where the words are, to the letter only."""
    (found,) = asked(HELD, ("19 sailors", [("R2.1", "Neunzehn Seeleute")])).discrepancies
    assert [span.sentence for span in found.readings[1].evidence[0].spans] == [2]
    assert asked(HELD, ("19 sailors", [("R2.1", "Neunzehn Seeleuten")])).discrepancies == ()


def test_words_with_another_spelling_are_found_as_the_report_has_them() -> None:
    """Accents and case do not matter; the report's own characters are shown."""
    (found,) = asked(
        ("5 March 2024", [("R1.2", "left on 5 march 2024")]), ("7 March 2024", [("R2.1", "FAHRE fuhr am 7. Marz 2024")])
    ).discrepancies
    (quoted,) = found.readings[1].evidence[0].wordings
    assert (quoted.text, quoted.match) == ("Fähre fuhr am 7. März 2024", Match.FOLDED)


def test_a_reading_keeps_the_reports_that_prove_it() -> None:
    """One of its two wordings is false."""
    (found,) = asked(("14 sailors", [("R1.1", "14 sailors"), ("R2.1", "14 Seeleute")]), ABOARD).discrepancies
    assert found.readings[0].documents == ("en",)


def test_several_wordings_of_one_report_are_one_citation() -> None:
    """With each sentence once."""
    where = [("R1.1", "14 sailors"), ("R1.1", "Gunmen hold 14"), ("R1.1", "14 sailors")]
    (found,) = asked(("14 sailors", where), ABOARD).discrepancies
    (citation,) = found.readings[0].evidence
    assert len(citation.spans) == 1


@pytest.mark.parametrize("other", ["14 Sailors", "fourteen sailors"])
def test_one_value_written_in_two_ways_is_no_discrepancy(other: str) -> None:
    """In words or in digits, in capitals or not."""
    two = (ENGLISH, report("b", ["They hold 14 Sailors, fourteen sailors."], {}))
    result = asked(HELD, (other, [("R2.1", "14 Sailors")]), reports=two)
    assert result.discrepancies == ()
    assert result.refused == ("Sailors held: there is only one reading",)


def test_small_words_can_be_all_the_difference() -> None:
    """As many, but not the same of them."""
    two = (ENGLISH, report("b", ["14 sailors went free."], {}))
    assert (
        len(asked(HELD, ("14 sailors went free", [("R2.1", "14 sailors went free")]), reports=two).discrepancies) == 1
    )


def test_what_the_model_dismissed_is_neither_kept_nor_refused() -> None:
    """Kind none."""
    assert asked(HELD, ABOARD, kind="none") == Verified((), ())


def test_one_report_can_disagree_with_itself() -> None:
    """Two values in two sentences of it."""
    one = report("a", ["It holds 14 sailors.", "It holds 19 sailors."], {})
    result = asked(HELD, ("19 sailors", [("R1.2", "19 sailors")]), reports=(one,))
    assert [each.documents for each in result.discrepancies[0].readings] == [("a",), ("a",)]


def test_a_date_counts_when_an_event_is_dated_from_the_sentence_and_only_then() -> None:
    """A weekday that the brief resolved proves the date in its own sentence, not in another one."""
    event = {"events": [{"date": "2024-03-06", "date_words": "Wednesday", "at": (1,)}]}
    one = report("a", ["They left on Wednesday.", "Nobody spoke that day."], event)
    two = (ENGLISH, one)
    left = ("5 March 2024", [("R1.2", "left on 5 March 2024")])
    assert len(asked(left, ("6 March 2024", [("R2.1", "left on Wednesday")]), reports=two).discrepancies) == 1
    assert asked(left, ("6 March 2024", [("R2.2", "Nobody spoke")]), reports=two).discrepancies == ()


def test_a_brief_without_its_report_proves_by_the_sentences_that_it_cites() -> None:
    """No text is needed for them; what it does not cite is not there."""
    cited = report(
        "de", ["Die Fähre fuhr ab.", "Neunzehn Seeleute sind an Bord."], {"events": [{"at": (2,)}]}, language="de"
    )
    (found,) = asked(HELD, ABOARD, reports=(ENGLISH, Report(cited.brief))).discrepancies
    assert found.readings[1].documents == ("de",)
    assert span_of(Report(cited.brief), 2).text == "Neunzehn Seeleute sind an Bord."
    uncited = ("19 sailors", [("R2.2", "Neunzehn Seeleute")])
    assert asked(HELD, uncited, reports=(ENGLISH, Report(GERMAN.brief))).discrepancies == ()


def test_sentences_in_brackets_are_read_too() -> None:
    """As they stand in the request."""
    assert len(asked(("14 sailors", [(f"[{label(1)}.1]", "14 sailors")]), ABOARD).discrepancies) == 1


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=12), st.text(max_size=30))
def test_no_reply_breaks_the_check(value: str, at: str, words: str) -> None:
    """Whatever stands in it, it is kept with proof, or refused."""
    result = asked(HELD, (value, [(at, words), ("R2.2", words)]))
    for each in result.discrepancies:
        assert all(citation.spans and citation.wordings for r in each.readings for citation in r.evidence)
    assert len(result.discrepancies) + len(result.refused) == 1
