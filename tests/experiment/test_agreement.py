"""A second annotator is scored like an engine; a skeleton of a reference is a draft until a person corrects it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from summarizer.errors import ReferenceFault
from summarizer.evaluation import bootstrap, read_references
from summarizer.experiment.agreement import agreement, brief_of
from summarizer.experiment.labelling import skeleton
from summarizer.experiment.suite import Suite, load_suite

from .suites import write_suite


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return write_suite(tmp_path / "suite", size=4)


def _second(suite: Suite, folder: Path, change: tuple[str, str] = ("", "")) -> Path:
    folder.mkdir()
    for path in sorted((suite.folder / "references").glob("*.yaml"))[:3]:
        (folder / path.name).write_text(path.read_text("utf-8").replace(*change), "utf-8")
    return folder


def test_an_annotator_agrees_with_himself(suite: Suite, tmp_path: Path) -> None:
    texts = {case.reference.document: case.document.text for case in suite.cases}
    intervals = bootstrap(agreement(suite, read_references(_second(suite, tmp_path / "b"), texts)))
    for metric in ("actors.f1", "events.f1", "events.date", "participants.f1", "aims.f1", "nuggets.vital"):
        assert (intervals[metric].value, intervals[metric].n) == (1.0, 3), metric


def test_what_annotators_see_differently_lowers_agreement(suite: Suite, tmp_path: Path) -> None:
    texts = {case.reference.document: case.document.text for case in suite.cases}
    second = _second(suite, tmp_path / "b", ("type: [CONSULT]", "type: [AGREE]"))
    intervals = bootstrap(agreement(suite, read_references(second, texts)))
    assert intervals["events.type"].value == 0.0
    assert intervals["actors.f1"].value == 1.0


def test_a_skeleton_is_a_draft_and_is_never_scored(suite: Suite) -> None:
    case = suite.cases[0]
    text = skeleton(brief_of(case.reference, case.document), case.reference.document)
    (suite.folder / "references" / "averna.yaml").write_text(text, "utf-8")
    assert yaml.safe_load(text)["status"] == "draft"
    assert len(load_suite(suite.folder).cases) == 3


def test_a_corrected_skeleton_is_a_reference(suite: Suite) -> None:
    case = suite.cases[0]
    text = skeleton(brief_of(case.reference, case.document), case.reference.document, annotator="b")
    path = suite.folder / "references" / "averna.yaml"
    path.write_text(text.replace("status: draft\n", ""), "utf-8")
    reference = load_suite(suite.folder).cases[0].reference
    assert reference.main_event is not None
    assert reference.main_event.date == ("2019-03-01",)
    assert [actor.names[0] for actor in reference.actors] == ["Anna Aveik", "Boris Aveikov", "Clara Aveiksen"]


def test_a_folder_of_drafts_holds_no_references(suite: Suite) -> None:
    for path in (suite.folder / "references").glob("*.yaml"):
        path.write_text(path.read_text("utf-8") + "status: draft\n", "utf-8")
    with pytest.raises(ReferenceFault, match="there are no references"):
        load_suite(suite.folder)
