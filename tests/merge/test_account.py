"""The account of a story: checked line by line against the claims that it cites, or composed of them."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.merge.account import account_faults, compose, lines
from summarizer.merge.claims import Claim, citations, claims_of
from summarizer.merge.merging import merge_reports
from summarizer.models.comparison import AccountDraft

from .stories import Planted, actor, aim, background, event, quoted, reports

CLAIMS = (
    Claim("E1", "Kolvers meets Vostrin in Arlenz; date 2031-05-04", "3 of 4 reports, 2 origins",
          "Kolvers meets Vostrin in Arlenz; date 2031-05-04\nDana Kolvers", ("2031-05-04",)),
    Claim("D1", "Soldiers: 12 (1 report) / 21 (2 reports)", "contradiction, 3 of 4 reports", "Soldiers\n12\n21"),
)  # fmt: skip


def faults(text: str, *cited: str, date: str | None = None) -> list[str]:
    """What is wrong with a line that cites these claims."""
    line = {"text": text, "ev": list(cited)}
    good = {"text": "Kolvers meets Vostrin.", "ev": ["E1"]}
    timeline = [] if date is None else [{"date": date, **good}]
    draft: dict[str, Any] = {"headline": line, "bottom_line": good, "summary": [], "timeline": timeline}
    return [fault.message for fault in account_faults(AccountDraft.model_validate(draft), CLAIMS)]


@pytest.mark.parametrize(
    "text",
    [
        "Kolvers meets Vostrin in Arlenz", "Kolvers met Vostrin on 4 May 2031.", "Dana Kolvers was in Arlenz.",
        "Three of four reports say that Kolvers met Vostrin.", "Two independent origins have it.", "The Arlenzers wait.",
        "On Sunday Kolvers met Vostrin.",
    ],
)  # fmt: skip
def test_what_the_cited_claims_say_is_supported(text: str) -> None:
    """Names in any form, dates in any wording, and the counts of reports and origins."""
    assert faults(text, "E1") == []


@pytest.mark.parametrize(
    ("text", "cited", "message"),
    [
        ("12 soldiers came.", ("E1",), "headline says “12”, which is not in the claims it cites"),
        ("They met on 5 May 2031.", ("E1",), "headline says “5 May 2031”, which is not in the claims it cites"),
        ("Kolvers met Lindqvist.", ("E1",), "headline names “Lindqvist”, which is not in the claims it cites"),
        (
            "Three of five reports say so.",
            ("E1",),
            "headline counts “Three of five reports”, which no claim it cites has",
        ),
        ("They met.", (), "headline cites no claim"),
        ("They met.", ("E1", "E9"), "headline cites 'E9', which is no claim"),
        (" ", ("E1",), "headline says nothing"),
    ],
)
def test_what_they_do_not_say_is_a_fault(text: str, cited: tuple[str, ...], message: str) -> None:
    """Figures, dates, names, counts, and claims that do not exist."""
    assert message in faults(text, *cited)


def test_a_number_counts_for_soldiers_and_not_for_reports() -> None:
    """4 reports are no 4 soldiers."""
    assert faults("12 or 21 soldiers came, depending on the report.", "D1") == []
    assert faults("4 soldiers came.", "E1", "D1") == ["headline says “4”, which is not in the claims it cites"]


def test_a_date_of_the_timeline_must_be_one_of_its_claims() -> None:
    """Even where the day is right and another claim gives it."""
    assert faults("Kolvers meets Vostrin", "E1", date="2031-05-04") == []
    assert faults("Kolvers meets Vostrin", "E1", date="2031-05-05") == [
        "timeline 1 has the date 2031-05-05, which no claim it cites gives"
    ]


def _story() -> Any:
    cast = (actor("A1", "Dana Kolvers", role="minister"), actor("A2", "Petar Vostrin"))
    meeting = event(
        "E1", "Kolvers meets Vostrin", cast="A1:actor A2:recipient", date="2031-05-04", date_in_source=quoted("x")
    )
    later = event("E2", "Vostrin opens the bridge", "AID", "A2:actor", date="2031-05-06")
    plan = event("E3", "Kolvers to visit Molde", cast="A1:actor", factuality="planned")
    one = Planted(
        "a", cast, (meeting, later), (aim("G1", "Build a bridge", ("A1",)),), (background("C1", "River", "It is wide."),),
        bottom_line="Kolvers met Vostrin.", summary=("They spoke of the bridge.",),
    )  # fmt: skip
    return merge_reports(reports(one, Planted("b", cast, (meeting, plan), bottom_line="Kolvers met Vostrin.")))


def test_claims_are_one_line_each_with_their_standing() -> None:
    """Events with their cast, aims with their holders, background, statements, disagreements."""
    found = {claim.id: claim for claim in claims_of(_story())}
    assert found["E1"].text == (
        "Kolvers meets Vostrin; date 2031-05-04; taking part: Dana Kolvers (minister), Petar Vostrin"
    )
    assert found["E1"].standing.startswith("2 of 2 reports, ")
    planned = next(claim for claim in found.values() if "Molde" in claim.text)
    assert planned.text.startswith("Kolvers to visit Molde; planned")
    assert found["G1"].text == "Build a bridge (demand; held by Dana Kolvers)"
    assert found["C1"].text == "River: It is wide."
    assert all("\n" not in claim.text for claim in found.values())


def test_every_claim_leads_to_what_the_reports_say() -> None:
    """By its id."""
    parts = _story()
    where = citations(parts)
    assert {claim.id for claim in claims_of(parts)} == set(where)
    assert {citation.document for citation in where["E1"]} == {"a", "b"}
    assert all(where.values())


def test_an_account_composed_of_claims_is_supported_by_them() -> None:
    """It has no sentence of its own; steps with a date come first, in order."""
    parts = _story()
    draft = compose(parts)
    assert account_faults(draft, claims_of(parts)) == ()
    assert draft.headline.text == "Kolvers meets Vostrin"
    assert [entry.date for entry in draft.timeline] == ["2031-05-04", "2031-05-06", None]
    assert len(list(lines(draft))) == 2 + len(draft.summary) + len(draft.timeline)


def test_the_account_of_one_report_is_that_of_its_brief() -> None:
    """Its own headline, bottom line and summary."""
    parts = merge_reports(reports(Planted("solo", bottom_line="It rained.", summary=("It rained all day long.",))))
    draft = compose(parts)
    assert draft.headline.text == "Headline of solo"
    assert draft.bottom_line.text == "It rained."
