"""Every bad input gets a message that names the document and the remedy, the right exit code, and costs no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Cli
from .support import BRIDGE, ROAD, Answer, closed_address, lines, record, serving, write

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
BAD: dict[str, tuple[bytes, str, str]] = {
    "an empty file": (b"", "EmptyDocument", "Check where the report was saved from"),
    "white space": (b" \n\t\r\n ", "EmptyDocument", "Check where the report was saved from"),
    "no letter": (b"*** --- ***", "EmptyDocument", "not one letter or digit in it"),
    "a picture": (PNG, "BinaryDocument", "it looks like a PNG picture"),
    "a broken PDF": (b"%PDF-1.7\n1 0 obj", "UnreadableDocument", "Get the file again"),
    "a page without an article": (b"<!doctype html><html><p>Bridge</p>", "NoArticle", "next to no running text"),
    "a page that was not found": (b"<html><title>404 Not Found</title><p>Sorry!</p>", "NoArticle", "404 Not Found"),
    "a spreadsheet": (b"PK\x03\x04....xl/workbook.xml", "BinaryDocument", "an Excel workbook"),
    "random bytes": (bytes(range(256)) * 4, "BinaryDocument", "Give the report as plain text"),
    "a broken encoding": ("Η γέφυρα άνοιξε".encode()[:-1], "UnreadableDocument", "convert it to UTF-8"),
    "a JSON document": (b'{"headline": "Bridge"}', "UnreadableDocument", "Write one JSON object a line"),
}


@pytest.mark.parametrize(("content", "kind", "message"), BAD.values(), ids=BAD)
def test_a_bad_file_is_named_with_the_remedy_and_the_others_are_done(
    cli: Cli, folder: Path, tmp_path: Path, content: bytes, kind: str, message: str
) -> None:
    replies = record(tmp_path / "replies.jsonl", BRIDGE, ROAD)
    write(folder, a=BRIDGE, c=ROAD)
    (folder / "b.txt").write_bytes(content)
    done = cli("brief", folder, "--replies", replies, "-f", "jsonl")
    assert done.code == 1
    assert f"Error: {kind}: {folder / 'b.txt'}: " in done.err
    assert message in done.err
    assert "2 done, 1 failed" in done.err
    first, second, third = lines(done.out)
    assert (first["document"]["id"], third["document"]["id"]) == ("a", "c")
    assert (second["document"], second["kind"]) == (str(folder / "b.txt"), kind)
    assert message in second["message"]


@pytest.mark.parametrize(("content", "kind", "message"), BAD.values(), ids=BAD)
def test_a_bad_file_alone_means_that_nothing_ran(
    cli: Cli, folder: Path, tmp_path: Path, content: bytes, kind: str, message: str
) -> None:
    (folder / "b.txt").write_bytes(content)
    done = cli("brief", folder / "b.txt", "--replies", record(tmp_path / "replies.jsonl"), "-f", "jsonl")
    assert done.code == 3
    assert message in done.err
    assert [row["kind"] for row in lines(done.out)] == [kind]


def with_bridge(cli: Cli, tmp_path: Path, *inputs: str | Path) -> tuple[int, str, list[dict[str, Any]]]:
    """Run with these inputs and one good report after them."""
    write(tmp_path, good=BRIDGE)
    replies = record(tmp_path / "replies.jsonl", BRIDGE)
    done = cli("brief", *inputs, tmp_path / "good.txt", "--replies", replies, "-f", "jsonl")
    rows = lines(done.out)
    assert rows[-1]["document"]["id"] == "good"
    return done.code, done.err, rows


def test_fifty_megabytes_of_text_are_refused(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        for _ in range(50):
            stream.write(b"The bridge was opened again. " * 35_000)
    code, said, rows = with_bridge(cli, tmp_path, path)
    assert (code, rows[0]["kind"]) == (1, "DocumentTooLarge")
    assert f"{path}: more than 10.0 MB; one report may have 10.0 MB. Split it" in said


def test_a_folder_without_reports_says_what_is_read(cli: Cli, tmp_path: Path, folder: Path) -> None:
    (folder / "picture.png").write_bytes(PNG)
    code, said, rows = with_bridge(cli, tmp_path, folder)
    assert (code, rows[0]["kind"]) == (1, "NoDocuments")
    assert (
        f"{folder}: no reports: .txt, .md, .jsonl, .ndjson, .html, .htm, .xhtml, .mhtml, .mht, .pdf, .docx, .parquet files are read"
        in said
    )


def test_a_file_without_permission_says_how_to_get_it(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, closed=ROAD)
    real = Path.open

    def opened(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self.name == "closed.txt":
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", opened)
    code, said, rows = with_bridge(cli, tmp_path, tmp_path / "closed.txt")
    assert (code, rows[0]["kind"]) == (1, "UnreadableDocument")
    assert f"chmod u+r {tmp_path / 'closed.txt'}" in said


@pytest.mark.parametrize(("name", "message"), [("nowhere.txt", "Check the name"), ("*.text", "expanded by the shell")])
def test_a_missing_file_is_named(cli: Cli, tmp_path: Path, name: str, message: str) -> None:
    code, said, rows = with_bridge(cli, tmp_path, name)
    assert (code, rows[0]["kind"]) == (1, "UnreadableDocument")
    assert f"{name}: no such file or directory" in said
    assert message in said


def test_a_bad_line_of_json_lines_is_named_by_its_number(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text(json.dumps({"id": "x", "text": BRIDGE}) + "\n{broken\n" + json.dumps({"id": "y", "text": ROAD}))
    done = cli("brief", path, "--replies", record(tmp_path / "replies.jsonl", BRIDGE, ROAD), "-f", "jsonl")
    assert done.code == 1
    assert f"Error: UnreadableDocument: {path}:2: not JSON" in done.err
    first, second, third = lines(done.out)
    assert (first["document"]["id"], second["document"], third["document"]["id"]) == ("x", f"{path}:2", "y")


def test_an_empty_file_of_json_lines_does_not_end_in_silence(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    done = cli("brief", tmp_path / "none.jsonl", "--replies", record(tmp_path / "replies.jsonl"), "-f", "jsonl")
    assert done.code == 3
    assert "none.jsonl: not one line with a report" in done.err


def test_a_duplicate_is_noted_and_is_no_failure(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, a=BRIDGE, b=BRIDGE)
    done = cli("brief", folder, "--replies", record(tmp_path / "replies.jsonl", BRIDGE), "-f", "jsonl")
    assert done.code == 0
    assert done.err == f"{folder / 'b.txt'}: the same text as a; it is briefed once. Leave one of the two out\n"
    assert [row["document"]["id"] for row in lines(done.out)] == ["a"]


@pytest.mark.parametrize("text", ["Bridge", "Boil the potatoes for twenty minutes and add salt."])
def test_one_word_and_a_text_without_events_get_a_brief_with_empty_fields(
    cli: Cli, folder: Path, tmp_path: Path, text: str
) -> None:
    write(folder, a=text)
    done = cli("brief", folder, "--replies", record(tmp_path / "replies.jsonl", text), "-f", "jsonl")
    assert (done.code, done.err) == (0, "")
    (row,) = lines(done.out)
    assert (row["events"], row["actors"], row["document"]["sentences"]) == ([], [], 1)


def test_a_report_that_was_not_recorded_is_named_with_the_way_to_record_it(
    cli: Cli, folder: Path, tmp_path: Path
) -> None:
    write(folder, a=BRIDGE, b=ROAD)
    done = cli("brief", folder, "--replies", record(tmp_path / "replies.jsonl", ROAD), "-f", "jsonl")
    assert done.code == 1
    assert "Error: MissingReply: a: " in done.err
    assert "--record" in done.err
    assert [row.get("kind") for row in lines(done.out)] == ["MissingReply", None]


USAGE = {
    "an unknown provider": (["--model", "opnai/gpt-4o"], "there is no provider 'opnai'. Choose one of anthropic,"),
    "no provider": (["--model", "gpt-4o"], "'gpt-4o' is not a model's name. Write provider/model"),
    "no model": (["--model", "openai/"], "'openai/' is not a model's name"),
    "a server without a model": (["--base-url", "http://127.0.0.1:9/v1"], "Name the model too"),
    "no date": (["--model", "offline", "--published", "yesterday"], "Give the date of publication as YYYY-MM-DD"),
    "no language": (["--model", "offline", "--language", "Klingon!"], "'Klingon!' is not a language code"),
    "no time": (["--timeout", "0"], "timeout: Input should be greater than 0 (it is 0.0)"),
    "no jobs": (["--jobs", "0"], "Invalid value for '-j' / '--jobs'"),
    "no number": (["--temperature", "warm"], "'warm' is not a valid float"),
    "no format": (["--format", "docx"], "'docx' is not one of 'terminal', 'md', 'json', 'jsonl'"),
    "no mode": (["--mode", "yaml"], "'yaml' is not one of 'json_schema'"),
    "an unknown option": (["--modle", "openai/x"], "No such option"),
    "nothing to record": (["--model", "offline", "--record", "r.jsonl"], "the offline engine has no replies to record"),
}


@pytest.mark.parametrize(("options", "message"), USAGE.values(), ids=USAGE)
def test_wrong_use_is_told_before_anything_is_read(
    cli: Cli, folder: Path, options: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    write(folder, a=BRIDGE)
    done = cli("brief", folder, *options)
    assert done.code == 2
    assert message in done.err
    assert done.out == ""


def test_no_input_is_wrong_use(cli: Cli) -> None:
    done = cli("brief")
    assert done.code == 2
    assert "Missing argument 'INPUT...'" in done.err


def test_a_missing_key_names_the_variable(cli: Cli, folder: Path) -> None:
    done = cli("brief", write(folder, a=BRIDGE), "--model", "openai/gpt-4o-mini")
    assert done.code == 3
    assert "Error: openai needs a key, and OPENAI_API_KEY is not set. export OPENAI_API_KEY=...;" in done.err


@pytest.mark.parametrize("content", [None, "no recording", '{"recording": "other/9"}'])
def test_a_recording_that_is_none_means_that_nothing_ran(
    cli: Cli, folder: Path, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "replies.jsonl"
    if content is not None:
        path.write_text(content)
    done = cli("brief", write(folder, a=BRIDGE), "--replies", path)
    assert done.code == 3
    assert str(path) in done.err
    assert "Name a recording that --record wrote" in done.err


def test_a_store_that_is_none_means_that_nothing_ran(cli: Cli, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_text("this is no database, and long enough to be told from one" * 20)
    done = cli("brief", write(folder, a=BRIDGE), "--model", "ollama/llama3", "--store", path)
    assert done.code == 3
    assert f"the store {path} cannot be opened" in done.err
    assert "--store" in done.err


def test_a_prompt_folder_that_is_missing_is_named(cli: Cli, folder: Path, tmp_path: Path) -> None:
    done = cli("brief", write(folder, a=BRIDGE), "--model", "ollama/llama3", "--prompt-dir", tmp_path / "nowhere")
    assert done.code == 3
    assert f"there is no prompt folder {tmp_path / 'nowhere'}" in done.err


def test_a_template_that_does_not_render_fails_each_report_by_name(cli: Cli, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine" / "brief").mkdir(parents=True)
    (tmp_path / "mine" / "brief" / "user.md.j2").write_text("{{ reporter }}")
    replies = record(tmp_path / "replies.jsonl")
    done = cli("brief", write(folder, a=BRIDGE), "--replies", replies, "--prompt-dir", tmp_path / "mine", "-f", "jsonl")
    assert done.code == 1
    assert "Error: PromptError: a: the template brief/user.md.j2 does not render" in done.err
    assert "'reporter' is undefined" in done.err


def test_a_dead_server_is_named_with_the_remedy(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = closed_address()
    monkeypatch.setenv("SUMMARIZER_ATTEMPTS", "2")
    write(folder, a=BRIDGE, b=ROAD)
    done = cli("brief", folder, "--model", "openai/x", "--base-url", address, "-f", "jsonl")
    assert done.code == 1
    assert f"Error: TransportError: a: no connection to {address}" in done.err
    assert "Check that the server runs and --base-url is right" in done.err
    assert [row["kind"] for row in lines(done.out)] == ["TransportError"] * 2


def test_a_server_that_answers_html_is_named_with_the_remedy(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_ATTEMPTS", "1")
    write(folder, a=BRIDGE)
    with serving(lambda body: Answer("<html><body>Log in</body></html>", kind="text/html")) as server:
        done = cli("brief", folder, "--model", "openai/x", "--base-url", server.address, "-f", "jsonl")
    assert done.code == 1
    assert "Error: TransportError: a: the server answered HTML" in done.err
    assert "it usually ends in /v1" in done.err


def test_a_server_that_refuses_the_key_says_so(cli: Cli, folder: Path) -> None:
    said = Answer(json.dumps({"error": {"message": "Incorrect API key provided"}}), status=401)
    with serving(lambda body: said) as server:
        done = cli("brief", write(folder, a=BRIDGE), "--model", "openai/x", "--base-url", server.address, "-f", "jsonl")
    assert done.code == 1
    assert "AuthenticationFailed: a: " in done.err
    assert len(server.asked) == 1


def test_a_reply_that_never_fits_is_named(cli: Cli, folder: Path) -> None:
    with serving(lambda body: Answer(json.dumps({"choices": [{"message": {"content": "no"}}]}))) as server:
        done = cli(
            "brief", write(folder, a=BRIDGE), "--model", "openai/x", "--base-url", server.address, "--reasks", "1",
            "-f", "jsonl",
        )  # fmt: skip
    assert done.code == 1
    assert "Error: InvalidReply: a: the model replied 2 times" in done.err
    assert len(server.asked) == 2


def test_a_fault_of_the_program_costs_one_report_and_shows_its_traceback_when_asked(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import summarizer.pipeline

    real = summarizer.pipeline.split

    def faulty(text: str, language: str) -> Any:
        if text == BRIDGE:
            raise ZeroDivisionError("a fault")
        return real(text, language)

    monkeypatch.setattr(summarizer.pipeline, "split", faulty)
    write(folder, a=BRIDGE, b=ROAD)
    arguments = ["brief", folder, "--replies", record(tmp_path / "replies.jsonl", ROAD), "-f", "jsonl"]
    done = cli(*arguments)
    assert done.code == 1
    assert "Error: SummarizerError: a: unexpected ZeroDivisionError: a fault. Please report it" in done.err
    assert "Traceback" not in done.err
    assert [row.get("kind") for row in lines(done.out)] == ["SummarizerError", None]
    shown = cli(*arguments, "-v")
    assert "Traceback" in shown.err
    assert "ZeroDivisionError: a fault" in shown.err
