"""The reports of a dossier: held, or left in files of briefs."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.documents.kept import KeptBriefs
from summarizer.models.document import sha256_of
from summarizer.render import render
from summarizer.shelf import Shelf

from .merge.stories import Planted

TEXT = "The mayor opened the bridge. It rained."


def brief_of(source: Path, text: str = TEXT):
    """A brief whose report was read from this file."""
    brief = Planted("bridge").brief()
    info = brief.document.model_copy(update={"source": str(source), "sha256": sha256_of(text)})
    return brief.model_copy(update={"document": info})


def shelved(path: Path, brief) -> Shelf:
    """A shelf with a file of one brief."""
    path.write_text(render(brief, "jsonl") + "\n", "utf-8")
    shelf = Shelf()
    assert isinstance(shelf.put_file(path), KeptBriefs)
    return shelf


def test_reports_are_found_by_position_whether_held_or_in_a_file(tmp_path: Path) -> None:
    """In the order in which they were put."""
    shelf = shelved(tmp_path / "b.jsonl", brief_of(tmp_path / "absent.txt"))
    shelf.put(Planted("other").report())
    assert [report.id for report in shelf] == ["bridge", "other"]
    assert [entry.key[1] for entry in shelf.entries] == ["bridge", "other"]
    assert [report.id for report in shelf[0:2]] == ["bridge", "other"]
    shelf.close()


def test_a_report_that_can_still_be_read_comes_with_its_sentences(tmp_path: Path) -> None:
    """From where the brief says that it was."""
    source = tmp_path / "bridge.txt"
    source.write_text(TEXT, "utf-8")
    shelf = shelved(tmp_path / "b.jsonl", brief_of(source))
    assert shelf[0].text == TEXT
    assert shelf[0].known == {1: "The mayor opened the bridge.", 2: "It rained."}
    shelf.close()


@pytest.mark.parametrize("content", [None, "Another text stands there now."])
def test_a_report_that_is_gone_or_changed_comes_with_what_its_brief_cites(tmp_path: Path, content: str | None) -> None:
    """Never with another text."""
    source = tmp_path / "bridge.txt"
    if content is not None:
        source.write_text(content, "utf-8")
    shelf = shelved(tmp_path / "b.jsonl", brief_of(source))
    assert shelf[0].text is None
    assert shelf[0].known == {1: "Sentence."}
    shelf.close()


def test_a_second_report_of_one_name_gets_a_number() -> None:
    """Also a third, and also where that name is taken."""
    shelf = Shelf()
    for name in ("a", "a", "a-2", "a"):
        shelf.put(Planted(name).report())
    assert [report.id for report in shelf] == ["a", "a-2", "a-2-2", "a-3"]
    assert all(report.id == entry.key[1] for report, entry in zip(shelf, shelf.entries, strict=True))
