"""Inputs in their order: files, folders, standard input and JSON lines, and every way in which one cannot be read."""

from __future__ import annotations

import io
import os
import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from summarizer.documents import LoadOptions, load
from summarizer.documents.loading import walk
from summarizer.errors import (
    DocumentTooLarge,
    DuplicateDocument,
    EmptyDocument,
    InputError,
    NoDocuments,
    UnreadableDocument,
)
from summarizer.models.document import Document

BRIDGE = "The bridge was opened again on Monday."
ROAD = "The road was closed on Tuesday."


def documents(inputs: Sequence[str | Path], stdin: BinaryIO | None = None) -> list[Document]:
    found = list(load(inputs, stdin=stdin))
    assert all(isinstance(one, Document) for one in found), found
    return [one for one in found if isinstance(one, Document)]


def failure(inputs: Sequence[str | Path], stdin: BinaryIO | None = None) -> InputError:
    (found,) = load(inputs, stdin=stdin)
    assert isinstance(found, InputError)
    return found


def texts(folder: Path, **content: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in content.items():
        (folder / f"{name}.txt").write_text(text)


@pytest.mark.parametrize("name", ["report.txt", "report.md", "report", "report.news", "REPORT.TXT"])
def test_a_file_named_by_the_user_may_have_any_suffix(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(BRIDGE)
    (document,) = documents([str(path)])
    assert (document.id, document.source, document.text) == (path.stem, str(path), BRIDGE)


def test_a_single_path_may_stand_for_a_list(tmp_path: Path) -> None:
    texts(tmp_path, a=BRIDGE)
    assert [one.id for one in documents(str(tmp_path / "a.txt"))] == ["a"]  # type: ignore[arg-type]
    assert [one.id for one in documents(tmp_path / "a.txt")] == ["a"]  # type: ignore[arg-type]


def test_the_text_is_exactly_what_the_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff One.\r\nTwo e\u0301.\r\n".encode())
    (document,) = documents([path])
    assert document.text == " One.\r\nTwo e\u0301.\r\n"


def test_inputs_come_in_the_order_given(tmp_path: Path) -> None:
    texts(tmp_path, b=BRIDGE, a=ROAD)
    assert [one.id for one in documents([tmp_path / "b.txt", tmp_path / "a.txt"])] == ["b", "a"]


def test_a_folder_is_read_sorted_nested_and_without_hidden_files(tmp_path: Path) -> None:
    texts(tmp_path, c="Text c.", a="Text a.")
    texts(tmp_path / "b", z="Text z.", y="Text y.")
    texts(tmp_path / ".git", hidden="Text hidden.")
    (tmp_path / ".secret.txt").write_text("Text secret.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "d.MD").write_text("Text d.")
    (tmp_path / "e.jsonl").write_text('{"id": "line", "text": "Text e."}\n')
    assert [one.id for one in documents([tmp_path])] == ["a", "y", "z", "c", "d", "line"]


def test_the_same_stem_in_two_folders_gets_the_folder_s_name(tmp_path: Path) -> None:
    texts(tmp_path / "monday", report=BRIDGE)
    texts(tmp_path / "tuesday", report=ROAD)
    texts(tmp_path / "x" / "tuesday", report="A third text.")
    assert [one.id for one in documents([tmp_path])] == ["report", "tuesday-report", "tuesday-report-2"]


def test_ids_of_json_lines_are_made_unique(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"id": "x", "text": "Text {number}."}}\n' for number in range(3)))
    assert [one.id for one in documents([path])] == ["x", "a-x", "a-x-2"]


def test_of_equal_texts_only_the_first_is_a_document(tmp_path: Path) -> None:
    texts(tmp_path, a=BRIDGE, b=BRIDGE, c=ROAD)
    first, second, third = load([tmp_path])
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert isinstance(second, DuplicateDocument)
    assert str(second) == f"{tmp_path / 'b.txt'}: the same text as a; it is briefed once. Leave one of the two out"


def test_a_refused_document_does_not_take_an_id(tmp_path: Path) -> None:
    texts(tmp_path / "one", a=BRIDGE)
    texts(tmp_path / "two", a=BRIDGE)
    texts(tmp_path / "two" / "three", a=ROAD)
    found = list(load([tmp_path]))
    assert [one.id for one in found if isinstance(one, Document)] == ["a", "three-a"]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    texts(tmp_path, a=BRIDGE, b="", d=ROAD)
    (tmp_path / "c.txt").write_bytes(b"%PDF-1.4 x")
    kinds = [type(one) for one in load([tmp_path / "missing.txt", tmp_path])]
    assert kinds == [UnreadableDocument, Document, EmptyDocument, UnreadableDocument, Document]


def test_documents_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    texts(tmp_path, a=BRIDGE, b="soon another text")
    found = load([tmp_path / "a.txt", tmp_path / "b.txt"])
    next(found)
    (tmp_path / "b.txt").write_text(ROAD)
    second = next(found)
    assert isinstance(second, Document)
    assert second.text == ROAD


def test_standard_input_is_a_text() -> None:
    (document,) = documents(["-"], io.BytesIO(BRIDGE.encode()))
    assert (document.id, document.source, document.text) == ("stdin", "-", BRIDGE)


@pytest.mark.parametrize("start", ["", "\n\n", "\ufeff"], ids=ascii)
def test_standard_input_is_json_lines_when_its_first_line_is_one(start: str) -> None:
    data = start + '{"id": "a", "text": "One."}\nno json\n{"id": "b", "text": "Two.", "published": "2025-08-26"}\n'
    first, second, third = load(["-"], stdin=io.BytesIO(data.encode()))
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert isinstance(second, UnreadableDocument)
    number = 1 + start.count("\n")
    assert (first.source, second.document, third.published) == (f"stdin:{number}", f"stdin:{number + 1}", "2025-08-26")


def test_a_file_of_json_lines_may_have_any_suffix(tmp_path: Path) -> None:
    path = tmp_path / "reports.json"
    path.write_text('{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n')
    assert [one.id for one in documents([path])] == ["a", "b"]


def test_a_json_array_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reports.json"
    path.write_text('[{"id": "a", "text": "One."}]')
    assert "a JSON document" in str(failure([path]))
    assert "stdin: a JSON document" in str(failure(["-"], io.BytesIO(path.read_bytes())))


@pytest.mark.parametrize("data", [b"", b"\n\n \n", b"\n" * 70_000])
def test_empty_standard_input_says_so(data: bytes) -> None:
    found = failure(["-"], io.BytesIO(data))
    assert isinstance(found, EmptyDocument)
    assert found.document == "stdin"


def test_standard_input_is_read_once() -> None:
    first, second = load(["-", "-"], stdin=io.BytesIO(BRIDGE.encode()))
    assert isinstance(first, Document)
    assert isinstance(second, DuplicateDocument)
    assert "Give - once" in str(second)


def test_a_closed_standard_input_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.BytesIO()
    closed.close()
    assert "standard input cannot be read" in str(failure(["-"], closed))
    monkeypatch.setattr("sys.stdin", None)
    assert "standard input cannot be read" in str(failure(["-"]))


def test_a_file_called_dash_can_be_read_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text(BRIDGE)
    assert documents(["./-"])[0].text == BRIDGE
    assert documents([Path("-")])[0].text == BRIDGE


@pytest.mark.parametrize(("content", "kind"), [("", EmptyDocument), (" \n\t", EmptyDocument), ("***", EmptyDocument)])
def test_a_file_without_text_is_named(tmp_path: Path, content: str, kind: type[InputError]) -> None:
    texts(tmp_path, a=content)
    found = failure([tmp_path / "a.txt"])
    assert type(found) is kind
    assert found.document == str(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["empty.jsonl", "empty.ndjson"])
def test_an_empty_file_of_json_lines_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("\n")
    found = failure([tmp_path / name])
    assert isinstance(found, EmptyDocument)
    assert found.document == str(tmp_path / name)


@pytest.mark.parametrize("name", ["big.txt", "big.jsonl"])
@pytest.mark.parametrize("lines", [True, False])
def test_fifty_megabytes_are_refused(tmp_path: Path, name: str, lines: bool) -> None:
    path = tmp_path / name
    piece = b"The bridge was opened again. " * 35_000 + (b"\n" if lines else b"")
    with path.open("wb") as stream:
        for _ in range(50):
            stream.write(piece)
    found = list(load([path]))
    if name == "big.jsonl" and lines:
        assert len(found) == 50
        assert all(isinstance(one, UnreadableDocument) for one in found)
    else:
        (error,) = found
        assert isinstance(error, DocumentTooLarge)
        assert "one report may have 10.0 MB" in str(error)


def test_fifty_megabytes_on_standard_input_are_not_all_read() -> None:
    stream = io.BytesIO(b"bridge " * 7_500_000)
    assert isinstance(failure(["-"], stream), DocumentTooLarge)
    assert stream.tell() < 11_000_000


def test_a_missing_file_is_named() -> None:
    assert str(failure(["nowhere.txt"])) == "nowhere.txt: no such file or directory. Check the name"


@pytest.mark.parametrize("pattern", ["reports/*.txt", "report?.txt", "report[12].txt"])
def test_a_pattern_that_found_nothing_is_told_from_a_missing_file(pattern: str) -> None:
    assert "expanded by the shell" in str(failure([pattern]))


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5_000, "a/b/c.txt/"], ids=["empty", "NUL", "long", "folder"])
def test_a_name_that_can_be_no_file_is_an_error_of_its_own(name: str) -> None:
    found = failure([name])
    assert isinstance(found, UnreadableDocument)
    assert found.remedy


def test_a_folder_without_reports_says_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "b.xlsx").write_bytes(b"PK")
    (tmp_path / "Makefile").write_text("all:")
    found = failure([tmp_path])
    assert isinstance(found, NoDocuments)
    assert found.document == str(tmp_path)
    assert ".pdf, .docx, .parquet files are read from a directory; it holds .png, .xlsx, Makefile" in str(found)


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert isinstance(failure([tmp_path]), NoDocuments)


def _forbidden(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """As for a user who is not root: this file cannot be opened."""
    real = Path.open

    def opened(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self.name == name:
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", opened)


def test_a_file_without_permission_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts(tmp_path, a=BRIDGE, b=ROAD)
    _forbidden(monkeypatch, "a.txt")
    first, second = load([tmp_path])
    assert isinstance(first, UnreadableDocument)
    assert f"no permission to read it. Let the user who runs this read it (chmod u+r {tmp_path / 'a.txt'})" in str(
        first
    )
    assert isinstance(second, Document)


def test_a_folder_without_permission_does_not_stop_its_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts(tmp_path / "closed", a=BRIDGE)
    texts(tmp_path / "open", b=ROAD)
    real = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    first, second = load([tmp_path])
    assert isinstance(first, UnreadableDocument)
    assert first.document == str(tmp_path / "closed")
    assert isinstance(second, Document)


def test_a_disk_that_fails_while_reading_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts(tmp_path, a=BRIDGE)

    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", lambda self, mode: Broken())
    assert "cannot be read: Input/output error" in str(failure([tmp_path / "a.txt"]))
    assert "standard input cannot be read" in str(failure(["-"], Broken()))


def test_a_named_pipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(BRIDGE,), daemon=True)
    writer.start()
    (document,) = documents([path])
    writer.join(10)
    assert document.text == BRIDGE


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_refused(device: str) -> None:
    assert str(failure([device])) == f"{device}: a device, not a file. Give a file, or pipe the text in and give -"


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's name must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s")
        assert "a socket, not a file" in str(failure(["s"]))


def test_pipes_and_sockets_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    texts(tmp_path, a=BRIDGE)
    os.mkfifo(tmp_path / "pipe.txt")
    assert [one.id for one in documents([tmp_path])] == ["a"]


def test_links_to_folders_are_not_followed_so_loops_end(tmp_path: Path) -> None:
    texts(tmp_path / "deep", a=BRIDGE)
    (tmp_path / "deep" / "up").symlink_to(tmp_path)
    (tmp_path / "deep" / "up.txt").symlink_to(tmp_path)
    assert [one.id for one in documents([tmp_path])] == ["a"]


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    texts(tmp_path / "elsewhere", a=BRIDGE)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link.txt").symlink_to(tmp_path / "elsewhere" / "a.txt")
    assert [one.id for one in documents([tmp_path / "folder"])] == ["link"]


def test_links_that_lead_nowhere_are_named_and_the_others_are_read(tmp_path: Path) -> None:
    texts(tmp_path, a=BRIDGE)
    (tmp_path / "b.txt").symlink_to(tmp_path / "missing")
    (tmp_path / "c.txt").symlink_to(tmp_path / "c.txt")
    first, second, third = load([tmp_path])
    assert isinstance(first, Document)
    assert "b.txt: no such file" in str(second)
    assert "c.txt: cannot be read: Too many levels of symbolic links" in str(third)


def test_a_file_that_vanishes_after_the_folder_was_listed_is_named(tmp_path: Path) -> None:
    texts(tmp_path, a=BRIDGE, b=ROAD)
    found = load([tmp_path])
    next(found)
    (tmp_path / "b.txt").unlink()
    assert "b.txt: no such file" in str(next(found))


def test_a_name_of_odd_bytes_is_read_and_shown_escaped(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9\n.txt")  # noqa: PTH118 - a path of bytes
    with open(path, "wb") as stream:  # noqa: PTH123
        stream.write(BRIDGE.encode())
    (document,) = documents([tmp_path])
    assert document.id == r"caf\udce9\n"
    assert document.source.isprintable()
    document.model_dump_json()
    (again,) = documents([os.fsdecode(path)])
    assert again.id == document.id


def test_the_limit_can_be_set(tmp_path: Path) -> None:
    texts(tmp_path, a=BRIDGE)
    (found,) = load([tmp_path / "a.txt"], LoadOptions(max_bytes=5))
    assert isinstance(found, DocumentTooLarge)


def test_options_hold_for_all_inputs(tmp_path: Path) -> None:
    texts(tmp_path, a=BRIDGE, b="date 2020-01-01\n" + ROAD)
    found = list(load([tmp_path], LoadOptions(language="nl", published="2025-08-26")))
    assert [(one.language, one.published) for one in found if isinstance(one, Document)] == [("nl", "2025-08-26")] * 2


def test_a_file_to_be_left_out_is_read_when_it_is_named_itself(tmp_path: Path) -> None:
    texts(tmp_path, a=BRIDGE, b=ROAD)
    options = LoadOptions(leave_out={(tmp_path / "a.txt").resolve()})
    assert [one.id for one in load([tmp_path], options) if isinstance(one, Document)] == ["b"]
    assert [one.id for one in load([tmp_path / "a.txt"], options) if isinstance(one, Document)] == ["a"]


def test_walking_a_file_that_is_no_folder_is_an_error(tmp_path: Path) -> None:
    (found,) = walk(tmp_path / "missing")
    assert isinstance(found, UnreadableDocument)
