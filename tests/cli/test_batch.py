"""`summarizer batch`: requests out, replies back, and the round in which unfit replies are asked again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Cli, Outcome
from .support import BRIDGE, DRAFT, ROAD, SCHOOL, completion, lines, write

MODEL = ["--model", "openai/gpt-4o-mini"]


def export(cli: Cli, folder: Path, name: str = "requests.jsonl", *options: str) -> list[dict[str, Any]]:
    """The requests that an export writes; none when it writes no file."""
    path = folder.parent / name
    done = cli("batch", "export", folder, *MODEL, "-o", path, *options)
    assert done.code == 0, done.err
    return lines(path.read_text("utf-8")) if path.exists() else []


def results(path: Path, *answers: tuple[str, Any]) -> Path:
    """An output file of a batch: (custom_id, draft, text or body) for each answer."""
    rows = []
    for name, said in answers:
        body = said if isinstance(said, dict) and "choices" in said else completion(said)
        rows.append({"id": "x", "custom_id": name, "response": {"status_code": 200, "body": body}, "error": None})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def brief(cli: Cli, folder: Path) -> Outcome:
    return cli("brief", folder, *MODEL, "-f", "jsonl")


def test_an_export_holds_one_request_a_report_in_the_batch_api_s_form(cli: Cli, folder: Path) -> None:
    rows = export(cli, write(folder, a=BRIDGE, b=ROAD))
    assert [set(row) for row in rows] == [{"custom_id", "method", "url", "body"}] * 2
    assert len({row["custom_id"] for row in rows}) == 2
    assert {(row["method"], row["url"]) for row in rows} == {("POST", "/v1/chat/completions")}
    body = rows[0]["body"]
    assert body["model"] == "gpt-4o-mini"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert BRIDGE in body["messages"][1]["content"]


def test_a_batch_s_replies_become_briefs_without_asking_and_without_a_key(
    cli: Cli, folder: Path, tmp_path: Path
) -> None:
    rows = export(cli, write(folder, a=BRIDGE, b=ROAD))
    output = results(tmp_path / "output.jsonl", *[(row["custom_id"], DRAFT) for row in reversed(rows)])
    imported = cli("batch", "import", output)
    said = "2 replies kept, 0 without a reply; they cost $0.000027, $0.000027 less than live\n"
    assert (imported.code, imported.err) == (0, said)
    done = brief(cli, folder)
    assert (done.code, done.err) == (0, "")
    first, second = lines(done.out)
    assert (first["document"]["id"], second["document"]["id"]) == ("a", "b")
    assert first["provenance"]["recorded"] is True
    assert first["provenance"]["input_tokens"] == 100


def test_what_has_a_reply_is_not_exported_again(cli: Cli, folder: Path, tmp_path: Path) -> None:
    (row,) = export(cli, write(folder, a=BRIDGE))
    cli("batch", "import", results(tmp_path / "output.jsonl", (row["custom_id"], DRAFT)))
    write(folder, b=ROAD)
    (new,) = export(cli, folder, "second.jsonl")
    assert ROAD in new["body"]["messages"][1]["content"]
    cli("batch", "import", results(tmp_path / "output.jsonl", (new["custom_id"], DRAFT)))
    done = cli("batch", "export", folder, *MODEL, "-o", tmp_path / "third.jsonl")
    assert (done.code, done.err) == (0, "0 requests in no file; 2 reports have their replies already\n")
    assert not (tmp_path / "third.jsonl").exists()


def test_a_reply_that_does_not_fit_is_asked_again_by_the_next_export(cli: Cli, folder: Path, tmp_path: Path) -> None:
    first, other = export(cli, write(folder, a=BRIDGE, b=ROAD))
    cli(
        "batch", "import",
        results(tmp_path / "output.jsonl", (first["custom_id"], "{broken"), (other["custom_id"], DRAFT)),
    )  # fmt: skip
    status = cli("batch", "status", folder, *MODEL)
    assert status.code == 0
    assert status.out == "a: to be asked again, not exported yet\n1 with a reply, 1 without\n"
    (again,) = export(cli, folder, "second.jsonl")
    assert [message["role"] for message in again["body"]["messages"]] == ["system", "user", "assistant", "user"]
    assert again["body"]["messages"][2]["content"] == "{broken"
    assert cli("batch", "status", folder, *MODEL).out.startswith("a: to be asked again, exported\n")
    cli("batch", "import", results(tmp_path / "second_output.jsonl", (again["custom_id"], DRAFT)))
    assert cli("batch", "status", folder, *MODEL).out == "2 with a reply, 0 without\n"
    done = brief(cli, folder)
    assert done.code == 0
    assert [row["provenance"]["reasks"] for row in lines(done.out)] == [1, 0]


def test_a_report_whose_replies_never_fit_is_a_failure_and_not_done(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, a=BRIDGE)
    for number in range(3):
        (row,) = export(cli, folder, f"{number}.jsonl")
        cli("batch", "import", results(tmp_path / "output.jsonl", (row["custom_id"], f"no JSON {number}")))
    for done in (
        cli("batch", "export", folder, *MODEL, "-o", tmp_path / "last.jsonl"),
        cli("batch", "status", folder, *MODEL),
    ):
        assert done.code == 3
        assert "Error: InvalidReply: a: the model replied 3 times" in done.err
    assert brief(cli, folder).code == 1


def test_a_template_that_does_not_render_does_not_pass_for_done(cli: Cli, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine" / "brief").mkdir(parents=True)
    (tmp_path / "mine" / "brief" / "user.md.j2").write_text("{{ reporter }}")
    done = cli(
        "batch", "export", write(folder, a=BRIDGE), *MODEL, "-o", tmp_path / "r.jsonl", "--prompt-dir", tmp_path / "mine"
    )  # fmt: skip
    assert done.code == 3
    assert "Error: PromptError: a: the template brief/user.md.j2 does not render" in done.err
    assert "0 reports have their replies already" in done.err


def test_bad_reports_are_named_and_the_others_exported(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, a=BRIDGE, b="", c=BRIDGE)
    done = cli("batch", "export", folder, *MODEL, "-o", tmp_path / "requests.jsonl")
    assert done.code == 1
    assert f"Error: EmptyDocument: {folder / 'b.txt'}: no text in it" in done.err
    assert f"{folder / 'c.txt'}: the same text as a" in done.err
    assert len(lines((tmp_path / "requests.jsonl").read_text())) == 1


def test_status_tells_what_waits_for_a_reply(cli: Cli, folder: Path) -> None:
    write(folder, a=BRIDGE)
    assert (
        cli("batch", "status", folder, *MODEL).out
        == "a: without a reply, not exported yet\n0 with a reply, 1 without\n"
    )
    assert cli("batch", "status").out == "0 requests wait for a reply\n"
    export(cli, folder)
    assert cli("batch", "status", folder, *MODEL).out == "a: without a reply, exported\n0 with a reply, 1 without\n"
    waiting = cli("batch", "status")
    assert waiting.code == 0
    assert waiting.out.startswith("a: waits for a reply of openai/gpt-4o-mini (")
    assert waiting.out.endswith("1 requests wait for a reply\n")


def test_two_models_have_replies_of_their_own(cli: Cli, folder: Path, tmp_path: Path) -> None:
    (row,) = export(cli, write(folder, a=BRIDGE))
    cli("batch", "import", results(tmp_path / "output.jsonl", (row["custom_id"], DRAFT)))
    other = cli("batch", "status", folder, "--model", "openai/gpt-4o")
    assert other.out == "a: without a reply, not exported yet\n0 with a reply, 1 without\n"


def failed(name: str, **response: Any) -> str:
    return json.dumps({"custom_id": name, "response": response or None, "error": {"message": "quota exceeded"}}) + "\n"


def test_an_error_file_is_named_line_by_line_and_its_requests_go_out_again(
    cli: Cli, folder: Path, tmp_path: Path
) -> None:
    one, two, three = export(cli, write(folder, a=BRIDGE, b=ROAD, c=SCHOOL))
    output = results(tmp_path / "output.jsonl", (one["custom_id"], DRAFT))
    errors = tmp_path / "errors.jsonl"
    errors.write_text(failed(two["custom_id"]) + failed(three["custom_id"], status_code=500, body={}) + "no JSON\n")
    done = cli("batch", "import", output, errors)
    assert done.code == 1
    assert f"Error: {errors}, line 1: b: the batch failed for it" in done.err
    assert f"Error: {errors}, line 2: c: the batch failed for it (500" in done.err
    assert f"Error: {errors}, line 3: " in done.err
    assert "quota exceeded" in done.err
    assert "\n1 replies kept, 3 without a reply; they cost $" in done.err
    assert len(export(cli, folder, "again.jsonl")) == 2


def test_results_of_another_store_are_refused_with_the_remedy(cli: Cli, tmp_path: Path) -> None:
    done = cli("batch", "import", results(tmp_path / "output.jsonl", ("f" * 64, DRAFT)))
    assert done.code == 3
    assert "this store exported no such request; import it with the --store of the export" in done.err


def test_a_file_of_results_that_is_missing_is_named_and_the_next_is_read(
    cli: Cli, folder: Path, tmp_path: Path
) -> None:
    (row,) = export(cli, write(folder, a=BRIDGE))
    output = results(tmp_path / "output.jsonl", (row["custom_id"], DRAFT))
    done = cli("batch", "import", tmp_path / "nowhere.jsonl", output)
    assert done.code == 1
    assert f"Error: {tmp_path / 'nowhere.jsonl'} cannot be read" in done.err
    assert "Name the batch's output or error file" in done.err
    assert "\n1 replies kept, 1 without a reply; they cost $" in done.err


def test_the_store_can_be_named(cli: Cli, folder: Path, tmp_path: Path, store: Path) -> None:
    mine = tmp_path / "mine.sqlite"
    (row,) = export(cli, write(folder, a=BRIDGE), "requests.jsonl", "--store", str(mine))
    output = results(tmp_path / "output.jsonl", (row["custom_id"], DRAFT))
    assert cli("batch", "import", output).code == 3
    assert cli("batch", "import", output, "--store", mine).code == 0
    assert cli("batch", "status", folder, *MODEL, "--store", mine).out == "1 with a reply, 0 without\n"


def test_a_file_that_would_pass_the_limits_is_written_in_parts(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.engines.batch.MAX_LINES", 2)
    write(folder, a=BRIDGE, b=ROAD, c=SCHOOL)
    done = cli("batch", "export", folder, *MODEL, "-o", tmp_path / "requests.jsonl")
    first, second = tmp_path / "requests.jsonl", tmp_path / "requests-2.jsonl"
    assert done.err == f"3 requests in {first}, {second}; 0 reports have their replies already\n"
    assert (len(lines(first.read_text())), len(lines(second.read_text()))) == (2, 1)


@pytest.mark.parametrize(
    ("mode", "key"), [("tools", "tools"), ("json_object", "response_format"), ("text", None)], ids=str
)
def test_the_mode_shapes_the_requests(cli: Cli, folder: Path, mode: str, key: str | None) -> None:
    (row,) = export(cli, write(folder, a=BRIDGE), "requests.jsonl", "--mode", mode)
    assert set(row["body"]) - {"model", "messages"} - {"tool_choice"} == ({key} if key else set())


@pytest.mark.parametrize("command", ["export", "status"])
@pytest.mark.parametrize("model", [[], ["--model", "offline"]])
def test_a_batch_needs_a_model(cli: Cli, folder: Path, command: str, model: list[str]) -> None:
    output = ["-o", "requests.jsonl"] if command == "export" else []
    done = cli("batch", command, write(folder, a=BRIDGE), *model, *output)
    assert done.code == 2
    assert "Error: a batch needs a model. Name it with --model, such as openai/gpt-4o-mini" in done.err


def test_quiet_says_errors_alone(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, a=BRIDGE)
    done = cli("batch", "export", folder, *MODEL, "-o", tmp_path / "requests.jsonl", "-q")
    assert (done.code, done.out, done.err) == (0, "", "")
