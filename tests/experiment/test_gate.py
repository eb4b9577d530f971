"""A gate stops what got worse, says what, and lets everything else pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError
from summarizer.experiment.gate import GateConfig, Rule, judge, read_gate
from summarizer.experiment.suite import Suite

from .suites import run_of, write_suite


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return write_suite(tmp_path_factory.mktemp("gate") / "suite")


def config(**rules: dict[str, float]) -> GateConfig:
    return GateConfig(metrics={name.replace("__", "."): Rule(**rule) for name, rule in rules.items()})


def test_a_run_without_change_passes(suite: Suite) -> None:
    verdict = judge(run_of(suite).pooled, run_of(suite).pooled, config(actors__f1={"drop": 0.0, "floor": 0.9}))
    assert verdict.passed
    assert verdict.findings == ()


def test_an_engine_that_drops_every_third_actor_is_stopped(suite: Suite) -> None:
    verdict = judge(run_of(suite).pooled, run_of(suite, drops=3).pooled, config(actors__recall={"drop": 0.5}))
    (finding,) = verdict.findings
    assert finding.metric == "actors.recall"
    assert finding.why.startswith("went from 1.000 to 0.667 over 10 documents, a significant loss")
    assert len(finding.documents) == 5


def test_a_gross_loss_is_stopped_whether_significant_or_not(suite: Suite) -> None:
    few = suite.only(("averna", "belmor"))
    verdict = judge(run_of(few).pooled, run_of(few, drops=3).pooled, config(actors__recall={"drop": 0.1}))
    (finding,) = verdict.findings
    assert finding.why == "went from 1.000 to 0.667 over 2 documents, a loss of 0.333; 0.100 is allowed"
    assert finding.documents == ("averna.txt", "belmor.txt")


def test_a_value_below_its_floor_is_stopped_even_when_the_base_was_as_low(suite: Suite) -> None:
    low = run_of(suite, drops=3).pooled
    (finding,) = judge(low, low, config(actors__recall={"floor": 0.9})).findings
    assert finding.why == "is 0.667, below its floor of 0.900"


def test_files_swapped_between_documents_are_stopped(suite: Suite) -> None:
    run = run_of(suite)
    shares = [score.shares for score in run_of(suite, drops=3).pooled]
    swapped = [
        score.model_copy(update={"shares": share}) for score, share in zip(run.pooled, reversed(shares), strict=True)
    ]
    assert not judge(run.pooled, swapped, config(actors__f1={"drop": 0.05})).passed


def test_more_of_what_should_be_less_is_a_loss(suite: Suite) -> None:
    run = run_of(suite).pooled
    worse = [
        score.model_copy(update={"shares": {**score.shares, "forbidden": score.shares["forbidden"]._replace(part=1)}})
        for score in run
    ]
    (finding,) = judge(run, worse, config(forbidden={"drop": 0.5})).findings
    assert "a loss of 1.000" in finding.why
    (finding,) = judge(worse, worse, config(forbidden={"ceiling": 0.0})).findings
    assert finding.why == "is 1.000, above its ceiling of 0.000"
    assert judge(worse, run, config(forbidden={"drop": 0.0, "ceiling": 0.0})).passed


def test_a_rule_about_an_unknown_metric_names_the_known(suite: Suite) -> None:
    run = run_of(suite).pooled
    with pytest.raises(ConfigurationError, match=r"'actors.F1', which no run has. Known are actors.affiliation"):
        judge(run, run, config(actors__F1={"drop": 0.1}))


def test_rules_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text('[gate]\nalpha = 0.01\n[metrics."actors.f1"]\ndrop = 0.02\n', "utf-8")
    rules = read_gate(path)
    assert rules.gate.alpha == 0.01
    assert rules.metrics["actors.f1"] == Rule(drop=0.02)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[metrics", "cannot be read"),
        ("[gate]\nalpha = 0.05\n", "metrics: Field required"),
        ('[metrics."actors.f1"]\ndorp = 0.1\n', "metrics.actors.f1.dorp"),
        ('[metrics."actors.f1"]\ndrop = -1\n', "metrics.actors.f1.drop"),
    ],
)
def test_a_faulty_gate_file_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=said):
        read_gate(path)


def test_a_gate_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"gate.toml cannot be read"):
        read_gate(tmp_path / "gate.toml")
