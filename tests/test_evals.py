"""The evaluation suite that ships: in order, recorded, and as good as it was said to be."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from summarizer.engines.prompted import PromptedEngine
from summarizer.engines.recorded import Recording
from summarizer.evaluation import read_references
from summarizer.experiment.agreement import agreement
from summarizer.experiment.comparing import stories_of
from summarizer.experiment.gate import judge, read_gate
from summarizer.experiment.running import RunOptions, run_suite
from summarizer.experiment.runs import Run, load_run
from summarizer.experiment.suite import Suite, load_suite
from summarizer.models.outcome import Failure
from summarizer.prompts import Prompts

EVALS = Path(__file__).parent.parent / "evals"
REPLIES = EVALS / "replies" / "replies.jsonl"


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(EVALS)


@pytest.fixture(scope="module")
def run(suite: Suite) -> Run:
    """A run from the recorded replies."""
    return run_suite(suite, [PromptedEngine(Prompts(), Recording(REPLIES))], RunOptions(name="recorded"))


def test_the_suite_has_many_reports_in_many_languages(suite: Suite) -> None:
    assert len(suite.cases) >= 30
    assert len({case.reference.language for case in suite.cases}) >= 14
    assert len(list((EVALS / "documents").iterdir())) == len(suite.cases)


def test_stories_are_told_by_several_reports_and_some_tell_of_no_event(suite: Suite) -> None:
    stories = Counter(case.reference.document.partition("_")[2] for case in suite.cases)
    assert sum(count >= 3 for count in stories.values()) >= 6
    assert sum(not case.reference.events for case in suite.cases) >= 2


def test_every_language_is_detected(suite: Suite) -> None:
    wrong = [c.reference.document for c in suite.cases if c.document.language != c.reference.language]
    assert wrong == []


def test_no_label_is_what_it_forbids(suite: Suite, run: Run) -> None:
    assert run.intervals["forbidden"].value == 0.0


def test_every_report_has_its_recorded_reply(run: Run) -> None:
    assert [result for result in run.results[0] if isinstance(result, Failure)] == []
    header = json.loads(REPLIES.read_text("utf-8").splitlines()[0])
    assert header["what"] == "replies of a large language model to exactly these requests, not edited"


@pytest.mark.parametrize(
    ("metric", "least"),
    [("actors.f1", 0.90), ("events.f1", 0.85), ("nuggets.vital", 0.90), ("grounding.supported", 0.98), ("language", 1)],
)
def test_the_recorded_replies_are_as_good_as_they_should_be(run: Run, metric: str, least: float) -> None:
    value = run.intervals[metric].value
    assert value is not None
    assert value >= least


def test_the_accepted_run_is_of_this_suite_and_passes_its_own_gate(suite: Suite, run: Run) -> None:
    accepted = load_run(EVALS / "history" / "accepted")
    assert accepted.info.suite_hash == suite.hash
    stories = stories_of(accepted, run)
    assert judge(accepted.pooled, run.pooled, read_gate(EVALS / "gate.toml"), stories).findings == ()


@pytest.mark.parametrize(
    ("metric", "least"),
    [
        ("dossier.stories.b_cubed.f1", 0.95), ("dossier.actors.b_cubed.f1", 0.95),
        ("dossier.discrepancies.recall", 0.90), ("dossier.discrepancies.precision", 0.80),
    ],
)  # fmt: skip
def test_the_dossier_of_the_recorded_replies_is_as_good_as_it_should_be(run: Run, metric: str, least: float) -> None:
    value = run.intervals[metric].value
    assert value is not None
    assert value >= least


@pytest.mark.parametrize(
    "metric", ["dossier.false_contradictions", "dossier.actors.wrongly_merged", "dossier.failures"]
)
def test_the_dossier_has_none_of_the_worst_faults(run: Run, metric: str) -> None:
    assert run.intervals[metric].value == 0.0


def test_losing_every_third_actor_fails_the_gate(run: Run) -> None:
    from summarizer.evaluation import score_brief

    worse, seen = [], 0
    for case, result in zip(run.cases, run.results[0], strict=True):
        assert not isinstance(result, Failure)
        kept = []
        for actor in result.actors:
            seen += 1
            if seen % 3:
                kept.append(actor)
        worse.append(score_brief(result.model_copy(update={"actors": tuple(kept)}), case.reference))
    verdict = judge(run.pooled, worse, read_gate(EVALS / "gate.toml"), stories_of(run, run))
    assert "actors.f1" in {finding.metric for finding in verdict.findings}


def test_two_annotators_agree_on_most(suite: Suite) -> None:
    texts = {case.reference.document: case.document.text for case in suite.cases}
    second = read_references(EVALS / "agreement", texts)
    scores = agreement(suite, second)
    assert len(scores) == len(second)
    assert {entry.reference.annotator for entry in second} == {"a2"}
