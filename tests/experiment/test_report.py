"""Reports of a run: what they show, and that nothing of a report's text gets out of hand."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.references import Reference
from summarizer.experiment.gate import GateConfig, Rule
from summarizer.experiment.history import entry_of
from summarizer.experiment.report import Report, write
from summarizer.experiment.report.marking import pieces
from summarizer.experiment.runs import Run
from summarizer.experiment.suite import Suite
from summarizer.models.outcome import Failure

from .suites import run_of, write_suite

GATE = GateConfig(metrics={"actors.recall": Rule(drop=0.1), "events.f1": Rule(drop=0.1)})


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return write_suite(tmp_path_factory.mktemp("report") / "suite", size=4)


@pytest.fixture(scope="module")
def bad(suite: Suite) -> Report:
    """A run that lost actors, beside its base and another run, with a history."""
    base, new = run_of(suite, "yesterday"), run_of(suite, "today", drops=3)
    history = (entry_of(base, accepted=True), entry_of(new, accepted=False))
    return Report(run=new, others=(run_of(suite, "floor", drops=2),), base=base, history=history, gate=GATE)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.addresses: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href")]
        if tag not in ("meta", "br", "link", "path", "use"):
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("path", "use"):
            return
        if not self.opened or self.opened.pop() != tag:
            self.wrong.append(tag)


def test_the_page_is_well_formed_and_asks_for_nothing(bad: Report) -> None:
    tags = _Tags()
    page = write(bad, "html")
    tags.feed(page)
    assert tags.wrong == []
    assert tags.opened == []
    assert tags.addresses
    assert all(address.startswith("#") for address in tags.addresses)
    assert "<script" not in page
    assert "@import" not in page
    assert "url(http" not in page


def test_the_page_says_what_failed_and_links_the_worst_documents(bad: Report) -> None:
    page = write(bad, "html")
    assert "<strong>Failed</strong> against yesterday" in page
    assert "went from 1.000 to 0.667 over 4 documents" in page
    assert '<a href="#averna.txt">averna.txt</a>' in page
    assert '<details id="averna.txt">' in page


def test_the_page_shows_labels_missed_and_found_in_the_text(bad: Report) -> None:
    page = write(bad, "html")
    assert '<mark class="hit">Anna Aveik</mark>' in page
    assert '<mark class="missed">Clara Aveiksen</mark>' in page
    assert "<td>missed</td>" in page
    assert "<td>hit</td>" in page


def test_the_page_has_pictures_of_metrics_and_of_the_trend(bad: Report) -> None:
    page = write(bad, "html")
    assert page.count("<svg ") == 2
    assert "currentColor" in page
    one = Report(run=bad.run)
    assert write(one, "html").count("<svg ") == 1


def test_the_page_is_the_same_each_time(bad: Report) -> None:
    assert write(bad, "html") == write(bad, "html")


def test_text_of_a_report_stays_text(suite: Suite, tmp_path: Path) -> None:
    case = suite.cases[0]
    hostile = case.document.text + "<script>alert(1)</script> {{ 7 * 7 }} & <b>bold</b>"
    changed = case.model_copy(update={"document": case.document.model_copy(update={"text": hostile})})
    run = run_of(suite)
    run = Run(run.info, (changed, *run.cases[1:]), run.results, run.scores)
    page = write(Report(run=run), "html")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }} &amp; &lt;b&gt;bold&lt;/b&gt;" in page


def test_a_failed_document_is_shown_in_every_kind(suite: Suite) -> None:
    from summarizer.experiment.running import score_results

    run = run_of(suite)
    failure = Failure(document="averna", kind="Refusal", message="averna: the model refused")
    results = (failure, *run.results[0][1:])
    run = Run(run.info, run.cases, (results,), (score_results(run.cases, results),))
    about = Report(run=run)
    assert "Refusal: averna: the model refused" in write(about, "html")
    assert "`averna.txt` (Refusal: averna: the model refused)" in write(about, "markdown")
    root = ET.fromstring(write(about, "junit"))
    assert [error.get("message") for error in root.iter("error")] == ["Refusal: averna: the model refused"]


def test_markdown_holds_figures_verdict_and_languages(bad: Report) -> None:
    text = write(bad, "markdown")
    assert text.startswith("## today: 4 reports, live\n\n**Failed** against `yesterday`:\n- `actors.recall` went from")
    assert "| Actors, F1 | **0.800** |" in text
    assert "| en | 4 |" in text
    assert text.count("|") > 100


def test_junit_has_a_case_for_each_document_and_each_rule(bad: Report) -> None:
    root = ET.fromstring(write(bad, "junit"))
    documents, gate = root.findall("testsuite")
    assert (documents.get("tests"), documents.get("failures")) == ("4", "0")
    assert (gate.get("tests"), gate.get("failures")) == ("2", "1")
    assert "went from 1.000 to 0.667" in str(next(gate.iter("failure")).get("message"))


def test_a_passed_gate_says_so(suite: Suite) -> None:
    run = run_of(suite)
    about = Report(run=run, base=run, gate=GATE)
    assert "<strong>Passed</strong>" in write(about, "html")
    assert "**Passed** against `run`." in write(about, "markdown")


@given(st.text(min_size=1, max_size=80), st.lists(st.text(min_size=1, max_size=10), max_size=4))
def test_pieces_of_a_text_join_to_it(text: str, wordings: list[str]) -> None:
    actors = [{"id": str(n), "names": ["x"], "in_source": [w]} for n, w in enumerate(wordings)]
    labels = {"document": "d", "language": "en", "published": None, "annotator": "t", "actors": actors}
    assert "".join(piece.text for piece in pieces(text, Reference.model_validate(labels), None)) == text
