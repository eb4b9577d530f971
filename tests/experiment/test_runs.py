"""Suites and runs: read, run, written, read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import InputError, NoDocuments, ReferenceFault
from summarizer.experiment.baselines import LeadEngine
from summarizer.experiment.running import RunOptions, run_suite
from summarizer.experiment.runs import load_run, save_run
from summarizer.experiment.suite import Suite, load_suite

from .suites import KnowingEngine, run_of, write_suite


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return write_suite(tmp_path / "suite")


def test_a_suite_holds_each_labelled_report(suite: Suite) -> None:
    assert len(suite.cases) == 10
    assert suite.name == "suite"
    assert suite.cases[0].document.published == "2019-03-01"


def test_the_hash_of_a_suite_changes_with_a_label(suite: Suite) -> None:
    before = suite.hash
    path = suite.folder / "references" / "averna.yaml"
    path.write_text(path.read_text("utf-8").replace("general", "admiral"), "utf-8")
    assert load_suite(suite.folder).hash != before


def test_part_of_a_suite_is_named_by_documents(suite: Suite) -> None:
    assert [case.reference.document for case in suite.only(("belmor", "averna.txt")).cases] == [
        "belmor.txt",
        "averna.txt",
    ]
    with pytest.raises(NoDocuments, match="no labelled report nowhere"):
        suite.only(("nowhere",))


def test_a_folder_without_documents_is_no_suite(tmp_path: Path) -> None:
    with pytest.raises(ReferenceFault, match="no folder `documents`"):
        load_suite(tmp_path)


def test_a_label_for_a_missing_report_names_file_and_line(suite: Suite) -> None:
    (suite.folder / "documents" / "averna.txt").unlink()
    with pytest.raises(ReferenceFault, match=r"averna.yaml:1: there is no report averna.txt"):
        load_suite(suite.folder)


def test_an_engine_that_says_what_the_labels_say_has_full_marks(suite: Suite) -> None:
    run = run_of(suite)
    for metric in ("actors.f1", "events.f1", "participants.f1", "aims.f1", "nuggets.vital", "events.date", "language"):
        assert run.intervals[metric].value == 1.0, metric
    assert run.intervals["forbidden"].value == 0.0
    assert run.intervals["failures"].value == 0.0


def test_an_engine_is_closed_after_its_run(suite: Suite) -> None:
    engine = KnowingEngine([case.reference for case in suite.cases])
    run_suite(suite, [engine], RunOptions(name="x"))
    assert engine.closed


def test_every_third_actor_lost_is_a_third_of_recall(suite: Suite) -> None:
    assert run_of(suite, drops=3).intervals["actors.recall"].value == pytest.approx(2 / 3)


def test_a_run_reads_back_as_it_was_written(suite: Suite, tmp_path: Path) -> None:
    run = run_of(suite, repeats=2)
    save_run(run, tmp_path / "out")
    again = load_run(tmp_path / "out")
    assert again == run
    assert again.intervals == run.intervals


def test_repeats_add_up_to_their_mean(suite: Suite) -> None:
    references = [case.reference for case in suite.cases]
    engines = [KnowingEngine(references), KnowingEngine(references, drops=3)]
    run = run_suite(suite, engines, RunOptions(name="x", jobs=1))
    assert run.intervals["actors.recall"].value == pytest.approx((1 + 2 / 3) / 2)
    assert run.intervals["actors.recall"].n == 10


def test_a_run_folder_is_never_written_over(suite: Suite, tmp_path: Path) -> None:
    save_run(run_of(suite), tmp_path / "out")
    with pytest.raises(InputError, match="there is a run already"):
        save_run(run_of(suite), tmp_path / "out")


@pytest.mark.parametrize("broken", ["run.json", "scores-1.jsonl", "briefs-1.jsonl", "suite.jsonl"])
def test_a_broken_run_folder_is_named(suite: Suite, tmp_path: Path, broken: str) -> None:
    save_run(run_of(suite), tmp_path / "out")
    (tmp_path / "out" / broken).write_text("{\n", "utf-8")
    with pytest.raises(InputError, match="out: cannot be read"):
        load_run(tmp_path / "out")


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no run"):
        load_run(tmp_path)


def test_the_lead_baseline_says_the_first_sentences(suite: Suite) -> None:
    run = run_suite(suite, [LeadEngine()], RunOptions(name="lead"))
    assert run.intervals["nuggets.vital"].value == 1.0
    assert run.intervals["actors.recall"].value == 0.0
    assert run.intervals["grounding.supported"].value == 1.0
