"""Briefs read from where they stand in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.documents.kept import KeptBriefs, holds_briefs
from summarizer.errors import UnreadableDocument
from summarizer.models.brief import Brief
from summarizer.models.outcome import Failure
from summarizer.render import render

from ..evaluation.briefs import brief_of, reference

ONE = brief_of(reference())
OTHER = ONE.model_copy(update={"headline": "Another", "document": ONE.document.model_copy(update={"id": "other"})})
FAILURE = Failure(document="third", kind="EmptyDocument", message="third: there is no sentence in it")


def _file(path: Path, *lines: str, end: str = "\n") -> Path:
    path.write_text(end.join((*lines, "")), "utf-8")
    return path


def test_json_lines_are_read_by_position_in_any_order(tmp_path: Path) -> None:
    """Only the places are held; each brief is read when it is asked for."""
    path = _file(tmp_path / "b.jsonl", render(ONE, "jsonl"), "", render(OTHER, "jsonl"))
    kept = KeptBriefs(path)
    assert (len(kept), kept[1], kept[0], list(kept)) == (2, OTHER, ONE, [ONE, OTHER])
    assert kept[0:1] == [ONE]
    kept.close()


def test_indented_json_of_one_brief_and_of_several_is_read(tmp_path: Path) -> None:
    """What --format json writes: an object, or an array of them."""
    one = KeptBriefs(_file(tmp_path / "one.json", render(ONE, "json")))
    several = KeptBriefs(_file(tmp_path / "two.json", f"[{render(ONE, 'json')},\n{render(OTHER, 'json')}]"))
    assert list(one) == [ONE]
    assert list(several) == [ONE, OTHER]
    one.close()
    several.close()


def test_a_byte_order_mark_and_other_line_ends_do_no_harm(tmp_path: Path) -> None:
    """As an editor on another system may leave them."""
    path = tmp_path / "b.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + f"{render(ONE, 'jsonl')}\r\n{render(OTHER, 'jsonl')}\r\n".encode())
    kept = KeptBriefs(path)
    assert list(kept) == [ONE, OTHER]
    kept.close()


def test_failures_are_kept_apart_and_other_lines_are_named(tmp_path: Path) -> None:
    """Neither costs the briefs beside them."""
    lines = [render(ONE, "jsonl"), FAILURE.model_dump_json(), '{"schema_version": "1.0", "document": 7}', "no JSON"]
    kept = KeptBriefs(_file(tmp_path / "b.jsonl", *lines))
    assert list(kept) == [ONE]
    assert kept.failures == [FAILURE]
    assert [error.document for error in kept.errors] == [f"{kept.path}, line 3", f"{kept.path}, line 4"]
    kept.close()


def test_each_brief_is_shown_to_a_visitor_while_the_file_is_first_read(tmp_path: Path) -> None:
    """So that what is needed of all of them costs no second reading."""
    seen: list[Brief] = []
    KeptBriefs(_file(tmp_path / "b.jsonl", render(ONE, "jsonl"), "x", render(OTHER, "jsonl")), seen.append).close()
    assert seen == [ONE, OTHER]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (render(ONE, "jsonl"), True), (render(ONE, "json"), True), (f"[\n{render(ONE, 'json')}]", True),
        (FAILURE.model_dump_json(), True), (json.dumps({"id": "a", "text": "A report."}), False), ("A report.", False),
        ("", False), ("[1, 2]", False),
    ],
)  # fmt: skip
def test_files_of_briefs_are_told_from_reports_by_their_beginning(tmp_path: Path, text: str, expected: bool) -> None:
    """JSON lines may hold reports, too."""
    assert holds_briefs(_file(tmp_path / "f.jsonl", text)) is expected


def test_a_file_that_is_not_there_or_no_json_is_an_error_that_names_it(tmp_path: Path) -> None:
    """With what to do."""
    assert not holds_briefs(tmp_path / "absent")
    with pytest.raises(UnreadableDocument, match="absent"):
        KeptBriefs(tmp_path / "absent")
    with pytest.raises(UnreadableDocument, match=r"broken\.json: is no JSON"):
        KeptBriefs(_file(tmp_path / "broken.json", "{", '"schema_version": 1,'))
