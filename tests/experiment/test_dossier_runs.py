"""A suite with labelled stories: run, stored, read again, compared, stopped by a gate, reported."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from summarizer.errors import ConfigurationError, InputError, ReferenceFault
from summarizer.evaluation import Share, read_dossier_references
from summarizer.experiment.agreement import dossier_agreement
from summarizer.experiment.baselines import LeadEngine
from summarizer.experiment.comparing import Runs, stories_of
from summarizer.experiment.gate import GateConfig, Rule, Verdict, judge
from summarizer.experiment.history import entry_of
from summarizer.experiment.report import Report, write
from summarizer.experiment.running import RunOptions, run_suite
from summarizer.experiment.runs import Run, load_run, save_run
from summarizer.experiment.suite import Suite

from .stories import STORY, ScriptedEngine, run_stories, write_story_suite

FOUND = "dossier.discrepancies.recall"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return write_story_suite(tmp_path_factory.mktemp("stories") / "suite")


@pytest.fixture(scope="module")
def good(suite: Suite) -> Run:
    return run_stories(suite, "good")


@pytest.fixture(scope="module")
def mute(suite: Suite) -> Run:
    """A run in which the question about the story has no reply."""
    return run_stories(suite, "mute", mute=True)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run of the same reports before any story was labelled."""
    return run_stories(write_story_suite(tmp_path_factory.mktemp("old") / "suite", story=None), "old")


def gated(base: Run, new: Run, **rules: dict[str, float]) -> Verdict:
    config = GateConfig(metrics={f"dossier.{name.replace('__', '.')}": Rule(**rule) for name, rule in rules.items()})
    return judge(base.pooled, new.pooled, config, stories_of(base, new))


def test_one_dossier_is_made_of_all_briefs_and_scored_story_by_story(good: Run) -> None:
    (dossier,) = good.dossiers
    assert [[report.document.id for report in story.reports] for story in dossier.stories] == [
        ["gazette", "herald", "mirror"], ["other"],
    ]  # fmt: skip
    assert [score.document for score in good.pooled_stories] == ["averna", "other.txt"]
    for metric in ("stories.b_cubed.f1", "actors.b_cubed.f1", "discrepancies.f1", "readings.recall", "account.nuggets"):
        assert good.intervals[f"dossier.{metric}"].value == 1.0, metric
    assert good.intervals["dossier.stories.b_cubed.f1"].n == 2
    assert good.intervals["actors.f1"].n == 4


def test_a_missing_reply_is_a_named_failure_of_its_story_and_stops_nothing(mute: Run) -> None:
    story, other = mute.pooled_stories
    assert story.failed == "MissingReply: gazette + herald + mirror: nothing is recorded. Record it"
    assert other.failed is None
    assert mute.intervals["dossier.failures"].value == 1.0
    assert mute.intervals[FOUND].value == 0.0
    assert mute.intervals["dossier.stories.b_cubed.f1"].value == 1.0
    assert mute.intervals["failures"].value == 0.0


def test_an_engine_that_answers_no_questions_has_a_dossier_by_rules(suite: Suite) -> None:
    run = run_suite(suite, [LeadEngine()], RunOptions(name="lead"))
    assert run.intervals["dossier.failures"].value == 0.0
    assert run.intervals[FOUND].value == 0.0
    assert run.intervals["dossier.actors.b_cubed.f1"].value is None


def test_the_engine_is_closed_after_the_dossier(suite: Suite) -> None:
    engine = ScriptedEngine([case.reference for case in suite.cases], mute=True)
    run_suite(suite, [engine], RunOptions(name="x"))
    assert engine.closed


def test_a_suite_without_labelled_stories_makes_no_dossier(old: Run) -> None:
    assert old.dossiers == old.dossier_scores == old.pooled_stories == ()
    assert not any(metric.startswith("dossier.") for metric in old.intervals)


def test_the_hash_of_a_suite_covers_the_labels_of_its_stories(suite: Suite, tmp_path: Path) -> None:
    bare = write_story_suite(tmp_path / "bare" / "suite", story=None)
    other = write_story_suite(tmp_path / "other" / "suite", story=STORY.replace("vital", "okay"))
    assert len({suite.hash, bare.hash, other.hash}) == 3
    assert write_story_suite(tmp_path / "same" / "suite").hash == suite.hash


def test_part_of_a_suite_keeps_the_stories_of_which_it_has_all_reports(suite: Suite) -> None:
    assert suite.only(()).stories == suite.stories
    assert suite.only(("gazette", "herald", "mirror")).stories == suite.stories
    assert suite.only(("gazette", "herald")).stories == ()


def test_bad_labels_of_a_story_are_refused_with_the_suite(tmp_path: Path) -> None:
    with pytest.raises(
        ReferenceFault, match=r"dossiers/averna\.yaml:5: the reference of mirror\.txt has no actor 'carl'"
    ):
        write_story_suite(tmp_path / "suite", STORY.replace("mirror.txt: anna", "mirror.txt: carl"))


@pytest.mark.parametrize("repeats", [1, 2])
def test_a_run_reads_back_as_it_was_written(suite: Suite, tmp_path: Path, repeats: int) -> None:
    run = run_stories(suite, repeats=repeats)
    save_run(run, tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"stories.jsonl", f"dossier-{repeats}.json", f"dossier-scores-{repeats}.jsonl"} <= names
    again = load_run(tmp_path / "out")
    assert again == run
    assert again.intervals == run.intervals
    assert FOUND in (tmp_path / "out" / "summary.json").read_text("utf-8")


@pytest.mark.parametrize("broken", ["stories.jsonl", "dossier-1.json", "dossier-scores-1.jsonl"])
def test_a_broken_dossier_of_a_run_is_named(good: Run, tmp_path: Path, broken: str) -> None:
    save_run(good, tmp_path / "out")
    (tmp_path / "out" / broken).write_text("{\n", "utf-8")
    with pytest.raises(InputError, match="out: cannot be read"):
        load_run(tmp_path / "out")


def test_an_old_run_without_dossiers_reads_as_before(old: Run, tmp_path: Path) -> None:
    save_run(old, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "briefs-1.jsonl", "run.json", "scores-1.jsonl", "suite.jsonl", "summary.json",
    ]  # fmt: skip
    assert load_run(tmp_path / "out") == old


def test_repeats_add_up_to_their_mean(suite: Suite) -> None:
    labels = [case.reference for case in suite.cases]
    engines = [ScriptedEngine(labels), ScriptedEngine(labels, mute=True)]
    run = run_suite(suite, engines, RunOptions(name="x", jobs=1))
    assert run.intervals[FOUND].value == 0.5
    assert run.pooled_stories[0].failed


def test_the_history_holds_the_metrics_of_the_dossier(good: Run, old: Run) -> None:
    assert entry_of(good, accepted=True).metrics[FOUND] == 1.0
    assert FOUND not in entry_of(old, accepted=True).metrics


def test_metrics_are_compared_over_their_own_units_and_corrected_together(good: Run, mute: Run) -> None:
    found = Runs.of(good, mute).differences(("actors.f1", FOUND, "dossier.stories.b_cubed.f1"))
    assert list(found) == ["actors.f1", FOUND, "dossier.stories.b_cubed.f1"]
    assert (found["actors.f1"].n, found["dossier.stories.b_cubed.f1"].n, found[FOUND].n) == (4, 2, 1)
    assert found[FOUND].difference == -1.0
    assert found["actors.f1"].p_holm == 1.0
    assert [(a.document, b.document) for a, b in Runs.of(good, mute).paired(FOUND)] == [
        ("averna", "averna"), ("other.txt", "other.txt"),
    ]  # fmt: skip


def test_against_a_run_without_a_dossier_nothing_is_a_difference(good: Run, old: Run) -> None:
    for runs, known in ((Runs.of(old, good), (None, 1.0)), (Runs.of(good, old), (1.0, None))):
        difference = runs.differences((FOUND,))[FOUND]
        assert (difference.first, difference.second, difference.difference) == (*known, None)


def test_a_gate_stops_a_story_that_lost_and_names_it(good: Run, mute: Run) -> None:
    lost, failed = gated(good, mute, discrepancies__recall={"drop": 0.5}, failures={"ceiling": 0.0}).findings
    assert lost.why == "went from 1.000 to 0.000 over 1 stories, a loss of 1.000; 0.500 is allowed"
    assert lost.documents == ("averna",)
    assert failed.why == "is 1.000, above its ceiling of 0.000"
    assert gated(good, good, discrepancies__recall={"drop": 0.0, "floor": 1.0}, failures={"ceiling": 0.0}).passed


def test_a_gate_holds_floors_against_a_base_without_a_dossier_but_sees_no_loss(good: Run, mute: Run, old: Run) -> None:
    assert gated(old, good, discrepancies__recall={"drop": 0.0, "floor": 0.9}).passed
    (finding,) = gated(old, mute, discrepancies__recall={"drop": 0.0, "floor": 0.9}).findings
    assert finding.why == "is 0.000, below its floor of 0.900"
    (finding,) = gated(good, old, discrepancies__recall={"floor": 0.9}).findings
    assert finding.why == "is undefined; it was 1.000"


def test_a_rule_about_the_dossier_is_unknown_where_no_run_made_one(old: Run) -> None:
    with pytest.raises(ConfigurationError, match=FOUND):
        gated(old, old, discrepancies__recall={"floor": 0.9})


def test_reports_have_a_part_about_the_dossier(good: Run, mute: Run) -> None:
    gate = GateConfig(metrics={FOUND: Rule(drop=0.1)})
    about = Report(run=mute, base=good, others=(good,), gate=gate)
    page, text = write(about, "html"), write(about, "markdown")
    assert "### Dossier: 1 labelled stories" in text
    assert "| Vital contradictions found | **0.000** |  | 1 | -1.000 | 1.000 |" in text
    assert "| metric | averna |" in text
    missed = "D1 How many passengers died: 12 (gazette.txt); 40 (herald.txt, mirror.txt)"
    assert f"- `averna` missed (contradiction): {missed}" in text
    assert "- `averna` failed: MissingReply: gazette + herald + mirror: nothing is recorded." in text
    assert '<tr id="averna"><td>averna</td>' in page
    assert missed in page
    assert '<a href="#averna">averna</a>' in page
    root = ET.fromstring(write(about, "junit"))
    stories = next(each for each in root if each.get("name", "").endswith(" stories"))
    assert (stories.get("tests"), stories.get("errors")) == ("2", "1")


def test_reports_of_a_run_without_a_dossier_have_no_such_part(old: Run) -> None:
    for kind in ("html", "markdown", "junit"):
        assert "ossier" not in write(Report(run=old), kind)


def test_words_of_a_dossier_do_not_become_markup(mute: Run) -> None:
    score = mute.dossier_scores[0][0]
    items = [item.model_copy(update={"reference": "a\n<script>"}) for item in score.items if item.reference]
    scores = ((score.model_copy(update={"items": tuple(items)}), *mute.dossier_scores[0][1:]),)
    about = Report(run=Run(mute.info, mute.cases, mute.results, mute.scores, mute.stories, mute.dossiers, scores))
    assert "a &lt;script>" in write(about, "markdown")
    assert "<script>" not in write(about, "html")


def test_a_second_annotator_of_a_story_is_scored_by_the_same_measures(suite: Suite, tmp_path: Path) -> None:
    second_labels = STORY.replace('value: "12"', 'value: "about 12 people"').replace(", mirror.txt: boris", "")
    (tmp_path / "averna.yaml").write_text(second_labels, "utf-8")
    second = read_dossier_references(tmp_path, suite.references)
    (score,) = dossier_agreement(suite, second)
    assert score.shares["dossier.discrepancies.f1"].value == 1.0
    assert score.shares["dossier.actors.b_cubed.precision"] == Share(6, 6)
    assert score.shares["dossier.actors.b_cubed.recall"] == Share(pytest.approx(3 + 5 / 3), 6)
    assert dossier_agreement(suite.only(("other",)), second) == ()
