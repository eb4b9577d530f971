"""`summarizer eval`, from a suite on disk to a verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from summarizer.cli import main
from summarizer.errors import ConfigurationError, InputError, ReferenceFault
from tests.experiment.suites import write_suite

GATE = '[metrics."actors.f1"]\ndrop = 0.1\n[metrics."nuggets.vital"]\ndrop = 0.1\n'


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a suite, a run of the offline engine and one of the lead baseline."""
    folder = tmp_path_factory.mktemp("eval")
    write_suite(folder / "suite", size=4)
    (folder / "gate.toml").write_text(GATE, "utf-8")
    for model in ("offline", "lead-3"):
        assert call("run", folder / "suite", "--model", model, "--out", folder / model).exit_code == 0
    return folder


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["eval", *map(str, arguments)])


def test_a_run_prints_every_metric_with_interval_and_number(place: Path) -> None:
    result = call("run", place / "suite", "--model", "lead-3", "--out", place / "again", "--name", "second try")
    assert result.exit_code == 0
    assert "second try: 4 reports" in result.stdout
    assert any(line.split()[:3] == ["nuggets.vital", "1.000", "1.000"] for line in result.stdout.splitlines())
    assert f"written to {place / 'again'}" in result.stderr


def test_a_run_folder_stands_by_itself(place: Path) -> None:
    files = sorted(path.name for path in (place / "offline").iterdir())
    assert files == ["briefs-1.jsonl", "run.json", "scores-1.jsonl", "suite.jsonl", "summary.json"]
    info = json.loads((place / "offline" / "run.json").read_text("utf-8"))
    assert (info["engine"], info["model"], info["documents"]) == ("offline", "offline", 4)
    assert "libraries" in info


def test_a_run_is_not_written_over_another(place: Path) -> None:
    result = call("run", place / "suite", "--model", "lead-3", "--out", place / "offline")
    assert isinstance(result.exception, InputError)
    assert "there is a run already" in str(result.exception)


def test_part_of_a_suite_can_be_run(place: Path) -> None:
    result = call("run", place / "suite", "--model", "lead-3", "--only", "belmor", "--out", place / "one", "--quiet")
    assert "one: 1 reports" in result.stdout


def test_replies_that_are_missing_fail_the_run_and_name_each_report(place: Path, tmp_path: Path) -> None:
    recording = tmp_path / "replies.jsonl"
    recording.write_text('{"recording": "summarizer-replies/1"}\n', "utf-8")
    result = call("run", place / "suite", "--replies", recording, "--out", tmp_path / "run")
    assert result.exit_code == 3
    assert result.stderr.count("Error: MissingReply: ") == 4
    assert (tmp_path / "run" / "run.json").exists()


def test_a_changed_prompt_without_new_replies_fails_the_gate(place: Path, tmp_path: Path) -> None:
    recording = tmp_path / "replies.jsonl"
    recording.write_text('{"recording": "summarizer-replies/1"}\n', "utf-8")
    call("run", place / "suite", "--replies", recording, "--out", tmp_path / "run")
    result = call("gate", place / "offline", tmp_path / "run", "--config", place / "gate.toml")
    assert result.exit_code == 1
    assert "FAILED actors.f1" in result.stdout


def test_briefs_of_a_file_are_scored(place: Path, tmp_path: Path) -> None:
    briefs = tmp_path / "briefs.jsonl"
    lines = (place / "offline" / "briefs-1.jsonl").read_text("utf-8")
    briefs.write_text(lines, "utf-8")
    result = call("score", briefs, place / "suite", "--json")
    assert result.exit_code == 0
    summary = json.loads((place / "offline" / "summary.json").read_text("utf-8"))
    assert json.loads(result.stdout)["actors.f1"] == summary["actors.f1"]
    assert "4 of 4 reports" in call("score", briefs, place / "suite").stdout


def test_briefs_of_other_reports_are_refused(place: Path, tmp_path: Path) -> None:
    briefs = tmp_path / "briefs.jsonl"
    briefs.write_text('{"document": "elsewhere", "kind": "Refusal", "message": "no"}\n', "utf-8")
    result = call("score", briefs, place / "suite")
    assert "there is no reference for elsewhere" in str(result.exception)


def test_what_holds_no_briefs_is_refused(place: Path, tmp_path: Path) -> None:
    briefs = tmp_path / "briefs.jsonl"
    briefs.write_text("not JSON\n", "utf-8")
    result = call("score", briefs, place / "suite")
    assert isinstance(result.exception, InputError)
    assert "holds no briefs" in str(result.exception)


def test_two_runs_are_compared_metric_by_metric(place: Path) -> None:
    result = call("compare", place / "lead-3", place / "offline")
    assert result.exit_code == 0
    assert "offline against lead-3" in result.stdout
    assert "p (Holm)" in result.stdout
    assert "actors.f1" in result.stdout


def test_a_gate_passes_a_run_against_itself_and_stops_a_worse_one(place: Path) -> None:
    same = call("gate", place / "offline", place / "offline", "--config", place / "gate.toml")
    assert (same.exit_code, same.stdout) == (0, "passed: 2 metrics of offline against offline\n")
    worse = call("gate", place / "offline", place / "lead-3", "--config", place / "gate.toml")
    assert worse.exit_code == 1
    assert "FAILED actors.f1 went from" in worse.stdout
    assert "worst: " in worse.stdout


def test_a_gate_without_rules_is_refused(place: Path) -> None:
    result = call("gate", place / "offline", place / "offline", "--config", place / "none.toml")
    assert isinstance(result.exception, ConfigurationError)


def test_a_report_is_written_in_every_kind_that_is_named(place: Path, tmp_path: Path) -> None:
    wanted = {"html": "<!DOCTYPE html>", "markdown": "## offline: 4 reports", "junit": "<?xml"}
    options = [part for kind in wanted for part in (f"--{kind}", tmp_path / kind)]
    compared = ("--base", place / "offline", "--config", place / "gate.toml")
    result = call("report", place / "offline", place / "lead-3", *compared, *options)
    assert result.exit_code == 0, result.output
    for kind, begin in wanted.items():
        assert (tmp_path / kind).read_text("utf-8").startswith(begin)


def test_a_report_of_no_kind_is_wrong_use(place: Path) -> None:
    assert call("report", place / "offline").exit_code == 2


def test_a_history_grows_and_keeps_the_accepted_run(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "history" / "history.jsonl"
    assert call("history", path, "--add", place / "lead-3", "--accept").exit_code == 0
    result = call("history", path, "--add", place / "offline", "--accept")
    assert "2 runs" in result.stdout
    assert json.loads((path.parent / "accepted" / "run.json").read_text("utf-8"))["name"] == "offline"
    assert len(path.read_text("utf-8").splitlines()) == 2
    assert call("history", path, "--accept").exit_code == 2


def test_agreement_of_annotators_is_printed(place: Path) -> None:
    result = call("agreement", place / "suite", place / "suite" / "references")
    assert "second annotator, 4 reports" in result.stdout
    assert any(line.split()[:2] == ["events.f1", "1.000"] for line in result.stdout.splitlines())
    assert "cost." not in result.stdout


def test_a_report_is_labelled_as_a_draft(place: Path, tmp_path: Path) -> None:
    report = place / "suite" / "documents" / "averna.txt"
    result = call("label", report, "--model", "offline", "--output", tmp_path / "averna.yaml")
    assert result.exit_code == 0
    text = (tmp_path / "averna.yaml").read_text("utf-8")
    assert text.startswith("# A skeleton: correct every line")
    assert "\nstatus: draft\n" in text
    assert "document: averna.txt" in text


def test_a_suite_in_order_is_counted_and_a_fault_is_named(place: Path, tmp_path: Path) -> None:
    assert call("check", place / "suite").stdout == "4 labelled reports in 1 languages: en\n"
    suite = write_suite(tmp_path / "suite", size=1)
    path = suite.folder / "references" / "averna.yaml"
    path.write_text(path.read_text("utf-8").replace("salience: main", "saliense: main"), "utf-8")
    result = call("check", suite.folder)
    assert isinstance(result.exception, ReferenceFault)
    assert "averna.yaml:7: events.0.saliense is no key of the format" in str(result.exception)
