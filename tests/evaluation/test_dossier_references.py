"""Labels of stories: read as written, and refused with file, line and remedy where they do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import ReferenceFault
from summarizer.evaluation import read_dossier_references
from summarizer.models.dossier import DiscrepancyKind

from . import dossiers as made

GOOD = """\
story: port
documents: [a.txt, b.txt, c.txt]
annotator: t
actors:
  - name: Mira Solvang
    mentions: {a.txt: mira, b.txt: mira}
  - name: Tarek Odun
    mentions: {a.txt: tarek, c.txt: tarek}
never:
  - [{a.txt: mira}, {b.txt: tarek}]
discrepancies:
  - id: D1
    salience: vital
    kind: contradiction
    attribute: number
    about: the dead
    readings:
      - {value: "12", documents: [a.txt, b.txt], accept: [["12"], [twelve]]}
      - {value: "20", documents: [b.txt, c.txt], accept: [["20"]]}
origins:
  - about: the meeting
    accept: [[meeting]]
    events: {a.txt: E1, c.txt: E1}
    independent: 2
shared:
  - {documents: [a.txt, b.txt], origin: an agency, accept: [[agency]]}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "port.yaml"
    file.write_text(GOOD, "utf-8")
    return file


def test_labels_are_read_as_written(path: Path) -> None:
    (labels,) = read_dossier_references(path.parent, made.references())
    assert labels.documents == ("a.txt", "b.txt", "c.txt")
    assert labels.actors[0].mentions == {"a.txt": "mira", "b.txt": "mira"}
    assert labels.never == (({"a.txt": "mira"}, {"b.txt": "tarek"}),)
    (discrepancy,) = labels.discrepancies
    assert discrepancy.kind is DiscrepancyKind.CONTRADICTION
    assert discrepancy.documents == ("a.txt", "b.txt", "c.txt")
    assert discrepancy.readings[0].accept == (("12",), ("twelve",))
    assert labels.origins[0].independent == 2


def test_without_a_folder_there_are_no_stories(tmp_path: Path) -> None:
    assert read_dossier_references(tmp_path / "none", made.references()) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("annotator: t", "annotator: t\nmood: good", 4, "mood is no key of the format"),
        ("annotator: t\n", "", 1, "annotator is missing"),
        ("story: port", "story: [port", 2, "is no YAML"),
        ("story: port", "story: harbour", 1, "tells of harbour.*Name the file harbour.yaml"),
        ("annotator: t", "annotator: t\nannotator: u", 4, "'annotator' is given twice"),
        ("[a.txt, b.txt, c.txt]", "[a.txt, b.txt, c.txt, z.txt]", 2, "no labelled report z.txt"),
        ("[a.txt, b.txt, c.txt]", "[a.txt, b.txt, c.txt, a.txt]", 2, "a.txt is named twice"),
        ("[a.txt, b.txt, c.txt]", "[a.txt]", 2, "documents"),
        ("mentions: {a.txt: mira, b.txt: mira}", "mentions: {a.txt: mira, b.txt: nobody}", 6,
         "the reference of b.txt has no actor 'nobody'"),
        ("mentions: {a.txt: mira, b.txt: mira}", "mentions: {a.txt: mira, lone.txt: mira}", 6,
         "lone.txt is no report of this story"),
        ("mentions: {a.txt: mira, b.txt: mira}", "mentions: {a.txt: mira}", 6, "actors.0.mentions"),
        ("mentions: {a.txt: tarek, c.txt: tarek}", "mentions: {a.txt: mira, c.txt: tarek}", 8,
         "mira is a mention of actor 1"),
        ("- [{a.txt: mira}, {b.txt: tarek}]", "- [{a.txt: mira}, {b.txt: mira}]", 10, "the two are one actor"),
        ("- [{a.txt: mira}, {b.txt: tarek}]", "- [{a.txt: mira}]", 10, "never.0.1 is missing"),
        ("- [{a.txt: mira}, {b.txt: tarek}]", "- [{a.txt: mira}, {b.txt: ghost}]", 10, "no actor 'ghost'"),
        ("- [{a.txt: mira}, {b.txt: tarek}]", "- [{a.txt: mira}, {}]", 10, "never.0.1"),
        ("salience: vital", "salience: main", 13, "main is for events"),
        ("kind: contradiction", "kind: omission", 14, "omissions are not listed"),
        ("attribute: number", "attribute: weather", 15, "discrepancies.0.attribute"),
        ("documents: [a.txt, b.txt], accept: [[\"12\"]", "documents: [a.txt, a.txt], accept: [[\"12\"]", 12,
         "reading '12' names a document twice"),
        ("documents: [b.txt, c.txt], accept: [[\"20\"]", "documents: [b.txt, a.txt], accept: [[\"20\"]", 12,
         "the same documents have every reading"),
        ("documents: [b.txt, c.txt], accept: [[\"20\"]", "documents: [], accept: [[\"20\"]", 19, "readings.1.documents"),
        ("documents: [b.txt, c.txt], accept: [[\"20\"]", "documents: [lone.txt], accept: [[\"20\"]", 19,
         "lone.txt is no report of this story"),
        ("      - {value: \"20\", documents: [b.txt, c.txt], accept: [[\"20\"]]}\n", "", 17, "discrepancies.0.readings"),
        ("accept: [[\"20\"]]", "accept: []", 19, "readings.1.accept"),
        ("accept: [[\"20\"]]", "accept: [[]]", 19, "an alternative without keywords"),
        ("accept: [[\"20\"]]", "accept: [[\"20\", \" \"]]", 19, "an alternative without keywords"),
        ("events: {a.txt: E1, c.txt: E1}", "events: {a.txt: E1, c.txt: E7}", 23, "the reference of c.txt has no event 'E7'"),
        ("independent: 2", "independent: 3", 24, "2 reports have 2 origins at most"),
        ("independent: 2", "independent: 0", 24, "origins.0.independent"),
        ("{documents: [a.txt, b.txt], origin", "{documents: [a.txt, lone.txt], origin", 26, "lone.txt is no report"),
        ("{documents: [a.txt, b.txt], origin", "{documents: [a.txt], origin", 26, "shared.0.documents"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line_and_a_remedy(path: Path, old: str, new: str, line: int, said: str) -> None:
    assert GOOD.count(old) == 1
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(ReferenceFault, match=rf"(?s)port\.yaml:{line}: .*{said}") as caught:
        read_dossier_references(path.parent, made.references())
    assert caught.value.remedy


def test_an_id_of_a_discrepancy_is_used_once(path: Path) -> None:
    start, end = GOOD.index("  - id: D1"), GOOD.index("origins:")
    path.write_text(GOOD[:end] + GOOD[start:end] + GOOD[end:], "utf-8")
    with pytest.raises(ReferenceFault, match=r"port\.yaml:12: the id 'D1' is used twice"):
        read_dossier_references(path.parent, made.references())


def test_a_report_is_of_one_story(path: Path) -> None:
    (path.parent / "quay.yaml").write_text("story: quay\ndocuments: [c.txt, lone.txt]\nannotator: t\n", "utf-8")
    with pytest.raises(ReferenceFault, match=r"quay\.yaml:2: c\.txt is a report of port already"):
        read_dossier_references(path.parent, made.references())


def test_an_origin_may_name_no_event(path: Path) -> None:
    path.write_text(GOOD.replace("    events: {a.txt: E1, c.txt: E1}\n", ""), "utf-8")
    (labels,) = read_dossier_references(path.parent, made.references())
    assert labels.origins[0].events == {}
