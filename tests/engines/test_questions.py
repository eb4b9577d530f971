"""What engines are asked about a story, and how their replies are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents import from_text
from summarizer.engines.questions import DiscrepancyQuestion, parts_of
from summarizer.merge.linked import Report
from summarizer.models.brief import Brief
from summarizer.models.json_schema import reply_schema
from summarizer.prompts import Prompts
from summarizer.sentences import split

from ..evaluation.briefs import brief_of, reference

BRIEF = brief_of(reference())
GERMAN = "Am Montag kamen 12 Soldaten in den Hafen. Der General sprach mit ihnen."
FRENCH = "Lundi, 21 soldats sont arrivés au port. Le général leur a parlé."


def report(name: str, text: str, language: str, **about: Any) -> Report:
    """A report with all its sentences, and a brief that says something else."""
    document = from_text(text, id=name, language=language, **about)
    info = BRIEF.document.model_copy(
        update={
            "id": name, "sha256": document.sha256, "language": language, "published": document.published,
            "outlet": document.outlet, "title": document.title,
        }
    )  # fmt: skip
    return Report(BRIEF.model_copy(update={"document": info}), document.text, split(document.text, language))


TWO = (report("de", GERMAN, "de", outlet="Abendblatt", published="2025-08-26"), report("fr", FRENCH, "fr"))
QUESTION = DiscrepancyQuestion("de + fr", TWO)


def wording(at: str, src: str) -> dict[str, str]:
    """Words of a reply."""
    return {"at": at, "src": src}


def reply(*readings: tuple[str, Sequence[dict[str, str]]], kind: str = "contradiction") -> str:
    """A reply with one discrepancy."""
    found = {
        "about": "Number of soldiers who came", "attr": "number",
        "r": [{"value": value, "in": list(words)} for value, words in readings], "why": "two counts", "kind": kind,
    }  # fmt: skip
    return json.dumps({"d": [found]})


def test_the_request_shows_every_sentence_with_its_report_and_number() -> None:
    """And the id of a document, which can hold anything, does not stand in it."""
    request = QUESTION.request(Prompts())
    shown = request.messages[-1].content.splitlines()
    assert shown[2] == "Report R1, language de, published 2025-08-26 (Tuesday), outlet: Abendblatt"
    assert "[R1.1] Am Montag kamen 12 Soldaten in den Hafen." in shown
    assert "[R2.2] Le général leur a parlé." in shown
    assert request.task == "discrepancies"
    assert request.schema is reply_schema(type(QUESTION.offline()))
    assert request.about.document == "de + fr"


def test_the_key_of_a_request_does_not_depend_on_names_of_files() -> None:
    """So that a recording holds wherever the reports lie."""
    moved = DiscrepancyQuestion("x", (report("a", GERMAN, "de", outlet="Abendblatt", published="2025-08-26"), TWO[1]))
    assert moved.request(Prompts()).key == QUESTION.request(Prompts()).key


def test_readings_whose_words_and_figures_stand_in_the_reports_are_taken() -> None:
    """Nothing to complain about."""
    read = QUESTION.read(
        reply(("12 soldiers", [wording("R1.1", "12 Soldaten")]), ("21 soldiers", [wording("R2.1", "21 soldats")]))
    )
    assert read.draft is not None
    assert read.faults == ()


@pytest.mark.parametrize(
    ("first", "fault"),
    [
        (("12 soldiers", [wording("R1.9", "12 Soldaten")]), "there is no sentence R1.9"),
        (("12 soldiers", [wording("R3.1", "12 Soldaten")]), "there is no sentence R3.1"),
        (("12 soldiers", [wording("sentence 1", "12 Soldaten")]), "there is no sentence sentence 1"),
        (("12 soldiers", [wording("R1.1", "13 Soldaten")]), "“13 Soldaten” does not stand in R1.1"),
        (("13 soldiers", [wording("R1.1", "Soldaten")]), "“13” is not in R1.1"),
        (("12 soldiers", []), "there is only one reading"),
    ],
)  # fmt: skip
def test_a_reading_that_no_words_prove_is_a_fault_that_can_be_asked_again(first: Any, fault: str) -> None:
    """Named with what it is about."""
    read = QUESTION.read(reply(first, ("21 soldiers", [wording("R2.1", "21 soldats")])))
    assert read.draft is not None
    assert read.faults == (f"Number of soldiers who came: {fault}",)


def test_what_the_model_dismissed_itself_is_no_fault() -> None:
    """It is not kept either; merging sees to that."""
    assert QUESTION.read(reply(("13", [wording("R1.1", "13")]), kind="none")).faults == ()


@pytest.mark.parametrize("text", ["", "no object", '{"d": 1}', '{"e": []}'])
def test_a_reply_that_does_not_fit_is_refused_with_what_is_wrong(text: str) -> None:
    """As with briefs."""
    read = QUESTION.read(text)
    assert read.draft is None
    assert read.faults


def test_without_a_text_the_sentences_that_the_brief_cites_are_shown() -> None:
    """A brief that was kept without its report."""
    known = Report(BRIEF)
    assert known.known == {span.sentence: span.text for span in known.cited_spans}


def test_reports_that_fit_are_read_together() -> None:
    """One request a story."""
    assert list(parts_of(TWO, 10_000)) == [TWO]


@given(st.lists(st.integers(1, 30), min_size=2, max_size=12), st.integers(10, 200))
def test_every_two_reports_are_read_together_in_some_part(sizes: list[int], most: int) -> None:
    """However large the story is; and parts stay small as long as no single report is larger than half of one."""
    reports = [report(f"r{n}", f"{'word ' * size}end.", "en") for n, size in enumerate(sizes)]
    groups = list(parts_of(reports, most))
    together = {(a.id, b.id) for group in groups for a in group for b in group}
    assert together >= {(a.id, b.id) for a in reports for b in reports}
    lengths = {r.id: sum(map(len, r.known.values())) for r in reports}
    if max(lengths.values()) <= most // 2:
        assert all(sum(lengths[r.id] for r in group) <= most for group in groups)


def test_the_seeds_of_the_repository_can_be_asked_about(root: Path) -> None:
    """Every sentence of every report stands in the request, once."""
    texts = sorted((root / "seeds").glob("*.txt"))
    reports = tuple(report(path.stem, path.read_text("utf-8"), path.stem[:2]) for path in texts)
    content = DiscrepancyQuestion("seeds", reports).request(Prompts()).messages[-1].content
    for number, each in enumerate(reports, 1):
        for sentence, text in each.known.items():
            assert content.count(f"[R{number}.{sentence}] {' '.join(text.split())}\n") == 1
    assert all(isinstance(each.brief, Brief) for each in reports)
