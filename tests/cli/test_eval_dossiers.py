"""`summarizer eval` with labelled stories: check, run, compare, gate, report, agreement."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from summarizer.cli import NOTHING_RAN, main
from summarizer.errors import ReferenceFault
from tests.experiment.stories import STORY, write_story_suite
from tests.experiment.suites import write_suite

GATE = '[metrics."actors.f1"]\ndrop = 0.1\n[metrics."dossier.stories.b_cubed.f1"]\n'


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a suite and a run of the lead baseline."""
    folder = tmp_path_factory.mktemp("eval")
    write_story_suite(folder / "suite")
    assert call("run", folder / "suite", "--model", "lead-3", "--out", folder / "lead").exit_code == 0
    return folder


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["eval", *map(str, arguments)])


def test_check_names_the_stories(place: Path) -> None:
    assert "1 labelled stories: averna" in call("check", place / "suite").stdout


def test_check_refuses_bad_labels_of_a_story_with_file_and_line(tmp_path: Path) -> None:
    suite = write_story_suite(tmp_path / "suite")
    path = suite.folder / "references" / "dossiers" / "averna.yaml"
    path.write_text(STORY.replace('accept: [["12"]]', "accept: []"), "utf-8")
    result = call("check", suite.folder)
    assert isinstance(result.exception, ReferenceFault)
    assert f"{path}:16: discrepancies.0.readings.0.accept" in str(result.exception)


def test_a_run_prints_the_metrics_of_the_dossier(place: Path) -> None:
    result = call("run", place / "suite", "--model", "lead-3", "--out", place / "again")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["dossier.discrepancies.recall", "0.000", "1"] in lines
    assert any(line[:1] == ["dossier.stories.b_cubed.f1"] and line[-1] == "2" for line in lines)


def test_replies_that_are_missing_are_named_and_stop_nothing(place: Path, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("", "utf-8")
    result = call("run", place / "suite", "--replies", tmp_path / "none.jsonl", "--out", tmp_path / "out")
    assert result.exit_code == NOTHING_RAN
    assert "story averna: gazette.txt has no brief" in result.stderr
    assert (tmp_path / "out" / "dossier-1.json").exists()


def test_runs_are_compared_story_by_story(place: Path) -> None:
    result = call("compare", place / "lead", place / "lead")
    row = next(line.split() for line in result.stdout.splitlines() if line.startswith("dossier.stories.b_cubed.f1"))
    assert row[3] == "0.000"
    assert row[-1] == "2"


@pytest.mark.parametrize(("rule", "code"), [("drop = 0.0", 0), ("floor = 1.1", 1)])
def test_a_gate_has_rules_about_the_dossier(place: Path, tmp_path: Path, rule: str, code: int) -> None:
    (tmp_path / "gate.toml").write_text(GATE + rule, "utf-8")
    result = call("gate", place / "lead", place / "lead", "--config", tmp_path / "gate.toml")
    assert result.exit_code == code
    assert ("FAILED dossier.stories.b_cubed.f1" in result.stdout) == bool(code)


def test_a_report_tells_of_the_dossier(place: Path, tmp_path: Path) -> None:
    assert call("report", place / "lead", "--markdown", tmp_path / "r.md").exit_code == 0
    assert "### Dossier: 1 labelled stories" in (tmp_path / "r.md").read_text("utf-8")


def test_agreement_is_said_for_reports_and_for_stories(place: Path) -> None:
    result = call("agreement", place / "suite", place / "suite" / "references")
    assert "second annotator, 4 reports" in result.stdout
    assert "second annotator, 1 stories" in result.stdout
    assert any(line.split()[:2] == ["dossier.discrepancies.f1", "1.000"] for line in result.stdout.splitlines())


def test_agreement_without_labelled_stories_is_about_reports_only(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "suite", size=2)
    result = call("agreement", suite.folder, suite.folder / "references")
    assert result.exit_code == 0
    assert "stories" not in result.stdout
