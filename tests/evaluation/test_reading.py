"""References from YAML: bad ones are refused with file, line and remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from summarizer.errors import ReferenceFault
from summarizer.evaluation import read_reference, read_references

from .briefs import DATA, LABELS, REPORT

TEXTS = {"el_lighthouse.txt": REPORT}
GOOD = LABELS.read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the one good reference."""
    shutil.copy(LABELS, tmp_path / LABELS.name)
    return tmp_path


def _line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_references_are_read_with_the_file_they_come_from() -> None:
    (labelled,) = read_references(DATA / "references", TEXTS)
    assert labelled.path == LABELS
    assert labelled.reference.document == "el_lighthouse.txt"
    assert [event.id for event in labelled.reference.events] == ["E1", "E2", "E3"]


def test_drafts_are_left_out_though_their_report_is_nowhere() -> None:
    assert read_reference(DATA / "references" / "en_left_out.yaml").status == "draft"
    assert len(read_references(DATA / "references", TEXTS)) == 1


def test_references_come_in_the_order_of_their_file_names(folder: Path) -> None:
    (folder / "a.yaml").write_text(GOOD.replace("el_lighthouse.txt", "other.txt"), "utf-8")
    found = read_references(folder, TEXTS | {"other.txt": REPORT})
    assert [labelled.path.name for labelled in found] == ["a.yaml", "el_lighthouse.yaml"]


BAD = {
    "an unknown key": ("    salience: main", "    salience: main\n    weight: 3", r":8: events\.0\.weight is no key of the format"),
    "a missing key": ("    title: Mayor and captain meet in the port of Leranthos\n", "", r":6: events\.0\.title is missing"),
    "an unknown value": ("salience: main", "salience: chief", r":7: events\.0\.salience .*'main'"),
    "an actor that is not there": ("{actor: veliski,", "{actor: velisky,", r"there is no actor 'velisky'"),
    "a wrong language code": ("language: el", "language: greek", r":2: language: 'greek' is no language code"),
    "a language in capitals": ("language: el", "language: EL", r":2: language: 'EL' is no language code"),
    "broken YAML": ("annotator: t1", "annotator: [t1", r"is no YAML"),
    "a doubled key": ("annotator: t1", "annotator: t1\nlanguage: fa", r":5: the key 'language' is given twice"),
    "a doubled key deep down": ("    salience: main", "    salience: main\n    id: E9", r":8: the key 'id' is given twice"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BAD.values(), ids=BAD)
def test_a_bad_reference_is_refused_with_its_place(old: str, new: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(ReferenceFault, match=rf"bad\.yaml.*{message}") as caught:
        read_reference(path)
    assert caught.value.remedy


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "just words"])
def test_a_file_without_labels_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(ReferenceFault, match=r"empty\.yaml: holds no labels. See evals/GUIDELINES.md"):
        read_reference(path)


def test_a_file_that_is_not_there_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceFault, match="cannot be read"):
        read_reference(tmp_path / "nowhere.yaml")
    (tmp_path / "latin.yaml").write_bytes("document: caf\xe9".encode("latin-1"))
    with pytest.raises(ReferenceFault, match="cannot be read"):
        read_reference(tmp_path / "latin.yaml")


def test_a_wording_that_the_report_does_not_have_is_refused_with_its_line(folder: Path) -> None:
    wrong = GOOD.replace("[Πέτρος Άννινος]", "[Παύλος Άννινος]")
    (folder / LABELS.name).write_text(wrong, "utf-8")
    line = _line_of(wrong, "Παύλος")
    with pytest.raises(ReferenceFault, match=rf":{line}: “Παύλος Άννινος” does not stand in el_lighthouse.txt. Copy"):
        read_references(folder, TEXTS)


def test_a_wording_may_differ_in_case_and_accents(folder: Path) -> None:
    (folder / LABELS.name).write_text(GOOD.replace("[Πέτρος Άννινος]", "[ΠΕΤΡΟΣ ΑΝΝΙΝΟΣ]"), "utf-8")
    assert read_references(folder, TEXTS)


def test_a_reference_to_no_report_is_refused(folder: Path) -> None:
    with pytest.raises(ReferenceFault, match=r"yaml:1: there is no report el_lighthouse.txt. Correct `document`"):
        read_references(folder, {})


def test_two_references_to_one_report_are_refused(folder: Path) -> None:
    shutil.copy(LABELS, folder / "z_again.yaml")
    with pytest.raises(
        ReferenceFault, match=r"z_again.yaml: labels el_lighthouse.txt, which .*el_lighthouse.yaml labels"
    ):
        read_references(folder, TEXTS)


def test_a_folder_without_references_is_refused(tmp_path: Path) -> None:
    shutil.copy(DATA / "references" / "en_left_out.yaml", tmp_path)
    with pytest.raises(ReferenceFault, match=r"there are no references\. Name the folder"):
        read_references(tmp_path, {})
