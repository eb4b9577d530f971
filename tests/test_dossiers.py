"""Briefs to dossiers: what engines are asked, what is taken from their answers, and what stays when they fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.dossiers import DossierOptions, dossier
from summarizer.engines.base import BriefTask, Filled
from summarizer.engines.questions import AccountQuestion, DiscrepancyQuestion
from summarizer.errors import EngineError, TransportError
from summarizer.merge.linked import Report
from summarizer.models.comparison import AccountDraft, Comparison
from summarizer.models.dossier import Dossier, FoundBy
from summarizer.models.exchange import PromptInfo, Usage
from summarizer.models.outcome import Failure

from .merge.stories import Planted, actor, event, quoted, reports

DATED = quoted("Sentence.")
VISIT = "Minister Dana Kolvers met General Petar Vostrin in Arlenz about the bridge."


def told(name: str, date: str | None = "2031-05-04", **more: Any) -> Planted:
    """A report of one visit."""
    cast = (actor("A1", "Dana Kolvers", role="minister"), actor("A2", "Petar Vostrin", role="general"))
    visit = event(
        "E1",
        "Kolvers meets Vostrin in Arlenz",
        cast="A1:actor A2:recipient",
        date=date,
        date_in_source=DATED,
        place="Arlenz",
    )
    return Planted(name, cast, (visit,), bottom_line=VISIT, published="2031-05-05", **more)


OTHER = Planted(
    "other", (actor("A1", "Ruben Tasker"),), (event("E1", "Tasker opens a school", "AID", "A1:actor"),),
    bottom_line="Ruben Tasker opened a school in Molde.", published="2031-01-01",
)  # fmt: skip
THREE = reports(told("a"), told("b"), told("c", "2031-05-06"))


@dataclass
class Scripted:
    """An engine that answers questions as it is told, and remembers them."""

    compare: Callable[[DiscrepancyQuestion], Comparison] = lambda _: Comparison(discrepancies=())
    tell: Callable[[AccountQuestion], AccountDraft] = lambda question: question.offline()
    asked: list[Any] = field(default_factory=list)
    name: str = "live"

    async def fill(self, task: BriefTask) -> Filled:
        raise AssertionError("briefs are made already")

    async def ask(self, question: Any) -> Filled:
        self.asked.append(question)
        answer = self.compare(question) if isinstance(question, DiscrepancyQuestion) else self.tell(question)
        return Filled(
            answer, model="m", prompt=PromptInfo("p", "h"), request="r", usage=Usage(requests=1, input_tokens=5)
        )

    async def close(self) -> None:
        """Nothing is held open."""


def made(engine: Any, given_reports: Sequence[Report] = THREE, **options: Any) -> Dossier:
    """The dossier of these reports."""
    return asyncio.run(dossier(given_reports, engine, DossierOptions(**options)))


def account(headline: str, *summary: str, claims: Sequence[str] = ("E1",)) -> AccountDraft:
    """An account whose lines all cite the same claims."""
    line = {"text": headline, "ev": list(claims)}
    lines = [{"text": text, "ev": list(claims)} for text in summary]
    return AccountDraft.model_validate({"headline": line, "bottom_line": line, "summary": lines, "timeline": []})


def test_a_story_is_compared_and_then_told_and_a_lone_report_neither() -> None:
    """Two requests for a story of several reports, none for one that stands alone."""
    engine = Scripted()
    found = made(engine, [*THREE, OTHER.report()])
    assert [len(story.reports) for story in found.stories] == [3, 1]
    assert [type(question) for question in engine.asked] == [DiscrepancyQuestion, AccountQuestion]
    provenance = found.stories[0].provenance
    assert (provenance.account, provenance.discrepancies, provenance.attempts) == ("live", "live", 2)
    assert found.stories[1].provenance.account == "offline"
    assert found.stories[1].headline.text == "Headline of other"


def test_sentences_of_the_account_that_no_claim_carries_are_dropped_and_counted() -> None:
    """A supported one stays, with its reports, origins and credibility."""
    good, bad = "Kolvers and Vostrin met in Arlenz.", "Kolvers brought 40 engineers to Arlenz."
    engine = Scripted(tell=lambda _: account("Kolvers meets Vostrin", good, bad))
    (story,) = made(engine).stories
    assert [line.text for line in story.summary] == [good]
    assert len(story.checks.sentences_dropped) == 1
    assert story.checks.sentences_dropped[0].startswith(bad)
    assert "“40”" in story.checks.sentences_dropped[0]
    assert (story.summary[0].sources, story.summary[0].claims) == (3, ("E1",))
    assert {citation.document for citation in story.summary[0].reports} == {"a", "b", "c"}


def test_a_headline_without_support_is_replaced_by_one_composed_of_claims() -> None:
    """A story always has one."""
    engine = Scripted(tell=lambda _: account("Zarko Lindt resigns", "Kolvers met Vostrin in Arlenz."))
    (story,) = made(engine).stories
    assert story.headline.text == "Kolvers meets Vostrin in Arlenz"
    assert len(story.checks.sentences_dropped) == 2  # the bottom line too
    assert len(story.summary) == 1


def test_without_an_answer_rules_and_claims_stand_and_the_failure_is_named() -> None:
    """A dead server costs the answer, not the dossier; the account is not asked for then."""

    def dead(_: Any) -> Any:
        raise TransportError("no connection")

    engine = Scripted(compare=dead)
    (story,) = made(engine).stories
    assert [type(question) for question in engine.asked] == [DiscrepancyQuestion]
    assert [failure.kind for failure in story.checks.failures] == ["TransportError"]
    assert "a + b + c" in story.checks.failures[0].message
    assert [each.found_by for each in story.discrepancies] == [FoundBy.RULES]
    assert story.provenance.account == "offline"


def test_an_engine_that_cannot_be_asked_is_treated_like_the_offline_engine() -> None:
    """One's own engine may only fill briefs."""

    class Simple:
        name = "mine"

        async def fill(self, task: BriefTask) -> Filled:
            raise AssertionError

        async def close(self) -> None:
            """Nothing."""

    (story,) = made(Simple()).stories
    assert story.provenance.account == "offline"
    assert story.discrepancies


def test_a_fault_in_one_story_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with the reports of the story."""
    from summarizer import dossiers

    merge = dossiers.merge_reports

    def broken(given_reports: Sequence[Report], found: Any) -> Any:
        if len(given_reports) == 3:
            raise ZeroDivisionError("a bug")
        return merge(given_reports, found)

    monkeypatch.setattr(dossiers, "merge_reports", broken)
    found = made(Scripted(), [*THREE, OTHER.report()])
    assert [len(story.reports) for story in found.stories] == [1]
    assert [(failure.document, failure.kind) for failure in found.failures] == [("a + b + c", "SummarizerError")]
    assert "ZeroDivisionError" in found.failures[0].message


def test_the_same_text_twice_is_one_source() -> None:
    """It is named, and counts once."""
    copy = Report(
        THREE[0].brief.model_copy(update={"document": THREE[0].brief.document.model_copy(update={"id": "z"})})
    )
    found = made(Scripted(), [copy, *THREE])
    assert found.duplicates == ("z = a",)
    assert len(found.stories[0].reports) == 3


def test_nothing_gives_an_empty_dossier() -> None:
    """And no error."""
    assert made(Scripted(), []).stories == ()


def test_a_large_story_is_compared_by_parts() -> None:
    """Every two reports together in one of them."""
    engine = Scripted()
    (story,) = made(engine, context=20).stories
    assert story.checks.warnings == (
        "only the sentences that their briefs cite were compared of a, b, c",
        "the reports do not fit into one request and were compared in 3 parts, each two in one of them",
    )
    parts = [question for question in engine.asked if isinstance(question, DiscrepancyQuestion)]
    assert len(parts) == 3
    assert all(len(question.reports) == 2 for question in parts)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([*THREE, OTHER.report()]))
def test_the_order_of_reports_does_not_change_the_dossier(order: list[Report]) -> None:
    """Whatever comes first."""
    assert made(Scripted(), order) == made(Scripted(), [*THREE, OTHER.report()])


def test_adding_a_report_never_removes_a_reading() -> None:
    """Every value that a report gives for an attribute of an event or an actor is still there."""

    def readings(found: Dossier) -> set[tuple[str, str, str]]:
        items = [item for story in found.stories for item in (*story.actors, *story.events)]
        return {
            (attribute.name, reading.value, document)
            for item in items for attribute in item.attributes
            for reading in attribute.readings for document in reading.documents
        }  # fmt: skip

    assert readings(made(Scripted(), THREE[:2])) < readings(made(Scripted(), THREE))


def test_failures_of_reports_are_passed_on() -> None:
    """A report without a brief is in the dossier by name."""
    failure = Failure.of(EngineError("no draft", document="d"))
    found = asyncio.run(dossier(THREE, Scripted(), failures=[failure]))
    assert found.failures == (failure,)
