"""`summarizer extract`: a user's model filled, checked, recorded, batched; and what is said when it cannot be."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.engines.extracting import Form
from summarizer.models.wire_schema import wire_schema

from .. import models
from ..models.orders import APPEAL, PAY, REPAIR, TEXT, Ruling, order, ruling
from .conftest import Cli, Outcome
from .support import Answer, Server, closed_address, completion, lines, serving, write

ORDERS = Path(models.__file__).parent / "orders.py"
SCHEMA = ["--schema", "tests.models.orders:Ruling"]
OTHER = f"{APPEAL}\n{PAY}"


@pytest.fixture(autouse=True)
def _modules() -> Iterator[None]:
    """Leave no module and no folder of a test behind."""
    modules, folders = set(sys.modules), list(sys.path)
    yield
    sys.path[:] = folders
    for name in set(sys.modules) - modules:
        if name.startswith(("_schema_", "mine")):
            del sys.modules[name]


def saying(*replies: Any) -> Callable[[dict[str, Any]], Answer]:
    """A server's answer: these replies in turn, the last one for ever."""
    left = list(replies)
    return lambda body: Answer(json.dumps(completion(left.pop(0) if len(left) > 1 else left[0])))


def live(server: Server) -> list[str]:
    return ["--model", "openai/x", "--base-url", server.address]


def extract(cli: Cli, inputs: Path, *arguments: str | Path) -> Outcome:
    return cli("extract", inputs, *SCHEMA, "-f", "jsonl", *arguments)


def test_a_document_fills_the_model_and_is_asked_about_once(cli: Cli, folder: Path) -> None:
    with serving(saying(ruling())) as server:
        done = extract(cli, write(folder, a=TEXT), *live(server))
        again = extract(cli, folder, *live(server))
    (row,) = lines(done.out)
    assert (done.code, again.code, done.err, len(server.asked)) == (0, 0, "", 1)
    assert row["schema_name"] == "Ruling"
    assert row["data"]["orders"][0]["evidence"][0]["text"] == PAY
    assert row["data"]["instance"] == 1
    assert lines(again.out)[0]["provenance"]["recorded"] is True


def test_the_schema_and_the_instructions_are_what_is_sent(cli: Cli, folder: Path, tmp_path: Path) -> None:
    prompt = tmp_path / "prompt.md"
    prompt.write_bytes(b"\xef\xbb\xbf# Orders\r\n\r\nOnly {{ those }} of {% today %}.\r\n")
    with serving(saying(ruling())) as server:
        assert extract(cli, write(folder, a=TEXT), *live(server), "--prompt", prompt).code == 0
    (body,) = server.asked
    assert body["response_format"]["json_schema"]["schema"] == wire_schema(Ruling).reply.schema
    assert body["response_format"]["json_schema"]["name"] == "extract_Ruling"
    assert "-----\n# Orders\n\nOnly {{ those }} of {% today %}.\n-----" in body["messages"][0]["content"]
    assert f"[2] {REPAIR}" in body["messages"][1]["content"]


def test_a_recording_that_was_written_answers_the_next_run(cli: Cli, folder: Path, tmp_path: Path) -> None:
    recording = tmp_path / "replies.jsonl"
    with serving(saying(ruling())) as server:
        first = extract(cli, write(folder, a=TEXT), *live(server), "--record", recording)
    again = extract(cli, folder, "--replies", recording)
    assert (first.code, again.code) == (0, 0)
    assert lines(again.out)[0]["data"] == lines(first.out)[0]["data"]
    other = extract(cli, folder, "--replies", recording, "--schema", "tests.models.orders:Order")
    assert other.code == 1
    assert "the report was recorded with the prompt" in other.err


@pytest.mark.parametrize("format_", ["terminal", "md", "json", "jsonl"])
def test_unsupported_wordings_are_marked_in_every_format(cli: Cli, folder: Path, format_: str) -> None:
    with serving(saying(ruling(order(wording="x1")))) as server:
        done = cli("extract", write(folder, a=TEXT), *SCHEMA, *live(server), "-f", format_)
    mark = {"md": "**\\[not in the document\\]**", "terminal": "[not in the document]"}.get(format_, "unsupported")
    assert done.code == 0
    assert mark in done.out
    assert PAY.split(" orders")[0] in done.out


def test_several_results_are_an_array_in_json(cli: Cli, folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    with serving(saying(ruling())) as server:
        done = cli("extract", write(folder, a=TEXT, b=OTHER, c=""), *SCHEMA, *live(server), "-o", output)
    first, second, third = json.loads(output.read_text())
    assert (done.code, done.out) == (1, "")
    assert (first["document"]["id"], second["document"]["id"], third["kind"]) == ("a", "b", "EmptyDocument")
    assert f"written to {output}" in done.err


def test_strict_counts_a_document_with_an_unsupported_field_as_failed(cli: Cli, folder: Path) -> None:
    with serving(saying(ruling(order(wording="x1")))) as server:
        arguments = [write(folder, a=TEXT), *live(server)]
        assert extract(cli, *arguments).code == 0
        strict = extract(cli, *arguments, "--strict")
    assert strict.code == 1
    assert "Error: a: 1 unsupported items (--strict): orders.0.wording" in strict.err


def test_a_wording_that_stands_nowhere_is_asked_again(cli: Cli, folder: Path) -> None:
    with serving(saying(ruling(order(wording="x1")), ruling())) as server:
        done = extract(cli, write(folder, a=TEXT), *live(server), "-v")
    assert len(server.asked) == 2
    assert "a: en, live, 2 requests, 1 re-asks, 3 supported, 0 unsupported" in done.err
    assert "orders.0.wording: the wording “x1”" in server.asked[1]["messages"][-1]["content"]


def test_one_failing_document_does_not_cost_the_others(cli: Cli, folder: Path) -> None:
    def answer(body: dict[str, Any]) -> Answer:
        fits = PAY in body["messages"][1]["content"].splitlines()[2]
        return Answer(json.dumps(completion(ruling() if fits else "no JSON")))

    with serving(answer) as server:
        done = extract(cli, write(folder, a=OTHER, b=TEXT), *live(server))
    first, second = lines(done.out)
    assert (done.code, first["kind"], second["document"]["id"]) == (1, "InvalidReply", "b")
    assert "a: the model replied 3 times with what does not fit the schema (it is no JSON object" in done.err


def test_a_dead_server_is_named_and_nothing_is_extracted(cli: Cli, folder: Path) -> None:
    done = extract(
        cli, write(folder, a=TEXT), "--model", "openai/x", "--base-url", closed_address(), "--deadline", "0.2"
    )
    assert done.code == 1
    assert "TransportError: a: " in done.err
    assert lines(done.out)[0]["document"] == "a"


def test_the_same_text_twice_is_filled_once(cli: Cli, folder: Path) -> None:
    with serving(saying(ruling())) as server:
        done = extract(cli, write(folder, a=TEXT, b=TEXT), *live(server))
    assert (done.code, len(lines(done.out)), len(server.asked)) == (0, 1, 1)
    assert "b.txt: the same text as a" in done.err


def test_nothing_to_read_is_nothing_run(cli: Cli, folder: Path) -> None:
    with serving(saying(ruling())) as server:
        assert extract(cli, folder / "nowhere.txt", *live(server)).code == 3


def test_a_document_that_is_too_long_is_refused_with_the_way_out(cli: Cli, folder: Path) -> None:
    with serving(saying(ruling())) as server:
        write(folder, a=TEXT * 12)
        done = extract(cli, folder, *live(server), "--context", "2000")
        assert extract(cli, folder, *live(server)).code == 0
    assert done.code == 1
    assert "DocumentTooLarge: a: it has 2,244 characters, and one request may hold 2,000. Cut it" in done.err


@pytest.mark.parametrize("model", [[], ["--model", "offline"]])
def test_without_a_language_model_it_is_said_at_once(cli: Cli, folder: Path, model: list[str]) -> None:
    done = extract(cli, write(folder, a=TEXT), *model)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "Error: a schema of your own is filled by a language model, and the offline engine has none. Name one with "
        "--model, such as openai/gpt-4o-mini, or a recording with --replies\n"
    )


def test_a_file_is_a_schema_wherever_it_lies(cli: Cli, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text(ORDERS.read_text() + "from mine_shared import *\nprint('loading')\n")
    (tmp_path / "mine_shared.py").write_text("SHARED = 1\n")
    with serving(saying(ruling())) as server:
        arguments = ["extract", write(folder, a=TEXT), "-f", "jsonl", *live(server)]
        by_file = cli(*arguments, "--schema", f"{tmp_path / 'json.py'}:Ruling")
        by_name = cli(*arguments, *SCHEMA)
    assert (by_file.code, by_file.err) == (0, "loading\n")
    assert lines(by_file.out)[0]["data"] == lines(by_name.out)[0]["data"]
    assert len(server.asked) == 1, "where a model comes from does not change what is asked"


def test_the_current_folder_is_searched_for_modules(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "schemas.py").write_text(ORDERS.read_text())
    monkeypatch.chdir(tmp_path)
    with serving(saying(ruling())) as server:
        done = cli("extract", write(folder, a=TEXT), "--schema", "mine.schemas:Ruling", *live(server))
    assert done.code == 0


BAD_SCHEMAS: dict[str, tuple[str, str]] = {
    "no class": ("tests.models.orders", "--schema tests.models.orders names no model. Write package.module:Model or"),
    "no module": ("nowhere.at_all:Ruling", "there is no module nowhere. Write package.module:Model or"),
    "no module in a package": ("tests.models.none:Ruling", "there is no module tests.models.none. Write"),
    "no file": ("nowhere/orders.py:Ruling", "there is no file nowhere/orders.py. Write"),
    "no such class": ("tests.models.orders:Rulin", "there is no Rulin in tests.models.orders. Its models are Order, R"),
    "no model at all": ("json:Ruling", "there is no Ruling in json. It has no Pydantic models"),
    "a function": ("tests.models.orders:order", "tests.models.orders:order is no Pydantic model (function). Name a"),
    "another class": ("pathlib:Path", "pathlib:Path is no Pydantic model (type). Name a subclass of pydantic.BaseMod"),
    "the base class": ("pydantic:BaseModel", "pydantic:BaseModel is no Pydantic model"),
}


@pytest.mark.parametrize(("schema", "message"), BAD_SCHEMAS.values(), ids=BAD_SCHEMAS)
def test_a_schema_that_is_none_is_told(cli: Cli, folder: Path, schema: str, message: str) -> None:
    done = cli("extract", write(folder, a=TEXT), "--schema", schema, "--model", "openai/x")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"Error: {message}")
    assert len(done.err.splitlines()) == 1


BAD_FILES: dict[str, tuple[str, str]] = {
    "a module that raises": ("raise RuntimeError('first\\nsecond')", "cannot be imported (RuntimeError: first second)"),
    "a syntax error": ("class Ruling(:\n", "cannot be imported (SyntaxError: "),
    "a missing import": (
        "import nowhere_at_all",
        "(ModuleNotFoundError: No module named 'nowhere_at_all'). Correct it",
    ),
    "an exit": ("import sys; sys.exit('over')", "cannot be imported (SystemExit: over)"),
    "a dictionary": (
        "from pydantic import BaseModel\nclass Part(BaseModel):\n    table: dict[str, int]\n"
        "class Ruling(BaseModel):\n    '''x'''\n    parts: list[Part]\n",
        "the field Part.table is a dictionary with any keys, which strict structured output cannot express. Write a list",
    ),
    "an unknown type": (
        "from __future__ import annotations\nfrom pydantic import BaseModel\n"
        "class Ruling(BaseModel):\n    '''x'''\n    part: Missing\n",
        "Ruling is no complete model (`Ruling` is not fully defined",
    ),
    "no docstring": (
        "from pydantic import BaseModel\nclass Ruling(BaseModel):\n    a: int\n",
        "Ruling has no docstring, so nothing says what is wanted. Say in a prompt (--prompt FILE)",
    ),
}


@pytest.mark.parametrize(("text", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_holds_no_usable_schema_is_told_in_one_line(
    cli: Cli, folder: Path, tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "mine.py").write_text(text)
    done = cli("extract", write(folder, a=TEXT), "--schema", f"{tmp_path / 'mine.py'}:Ruling", "--model", "openai/x")
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b" \n", "the prompt is empty, so nothing says what is wanted"),
        (b"caf\xe9", "is not UTF-8 (byte 3). Save it as UTF-8"),
        (None, "cannot be read (No such file or directory). Name a text file with --prompt"),
    ],
)
def test_a_prompt_that_says_nothing_is_told(
    cli: Cli, folder: Path, tmp_path: Path, content: bytes | None, message: str
) -> None:
    prompt = tmp_path / "prompt.md"
    if content is not None:
        prompt.write_bytes(content)
    done = extract(cli, write(folder, a=TEXT), "--prompt", prompt, "--model", "openai/x")
    assert (done.code, done.out) == (2, "")
    assert message in done.err


BATCH = ["--model", "openai/any"]


def results(path: Path, *answers: tuple[str, Any]) -> Path:
    rows = [
        {"custom_id": name, "response": {"status_code": 200, "body": completion(said)}, "error": None}
        for name, said in answers
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_extractions_go_through_a_batch(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, a=TEXT, b=OTHER)
    requests = tmp_path / "batch.jsonl"
    exported = cli("batch", "export", folder, *SCHEMA, *BATCH, "-o", requests)
    assert exported.err == f"2 requests in {requests}; 0 reports have their replies already\n"
    first, second = lines(requests.read_text("utf-8"))
    assert first["body"]["response_format"]["json_schema"]["name"] == "extract_Ruling"
    status = cli("batch", "status", folder, *SCHEMA, *BATCH)
    assert status.out.splitlines()[0] == "a: without a reply, exported"
    bad = ruling(order(wording="x1"))
    answered = results(tmp_path / "out.jsonl", (first["custom_id"], ruling()), (second["custom_id"], bad))
    assert cli("batch", "import", answered).code == 0
    status = cli("batch", "status", folder, *SCHEMA, *BATCH)
    assert status.out == "b: to be asked again, not exported yet\n1 with a reply, 1 without\n"
    again = cli("batch", "export", folder, *SCHEMA, *BATCH, "-o", requests)
    assert again.err == f"1 requests in {requests}; 1 reports have their replies already\n"
    (mended,) = lines(requests.read_text("utf-8"))
    assert "orders.0.wording: the wording “x1”" in mended["body"]["messages"][-1]["content"]
    cli("batch", "import", results(tmp_path / "out.jsonl", (mended["custom_id"], ruling())))
    recording = tmp_path / "replies.jsonl"
    done = extract(cli, folder, *BATCH, "--record", recording, "--strict")
    assert (done.code, [row["checks"]["unsupported"] for row in lines(done.out)]) == (0, [0, 0])
    assert [row["provenance"]["reasks"] for row in lines(done.out)] == [0, 1]
    assert lines(extract(cli, folder, "--replies", recording).out)[1]["data"] == lines(done.out)[1]["data"]


def test_briefs_and_extractions_of_one_document_wait_apart(cli: Cli, folder: Path, tmp_path: Path) -> None:
    write(folder, a=TEXT)
    cli("batch", "export", folder, *BATCH, "-o", tmp_path / "briefs.jsonl")
    status = cli("batch", "status", folder, *SCHEMA, *BATCH)
    assert status.out == "a: without a reply, not exported yet\n0 with a reply, 1 without\n"


def test_a_document_that_no_batch_can_ask_about_is_named(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_CONTEXT", "2000")
    write(folder, a=TEXT * 12, b=TEXT)
    done = cli("batch", "export", folder, *SCHEMA, *BATCH, "-o", tmp_path / "batch.jsonl")
    assert done.code == 1
    assert "Error: DocumentTooLarge: a: it has 2,244 characters" in done.err
    assert "1 requests in" in done.err


@pytest.mark.parametrize("command", ["export", "status"])
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([*SCHEMA, "--dossier"], "--dossier and --schema are both given"),
        (["--prompt", ORDERS], "--prompt goes with --schema"),
        (["--schema", "nowhere:X"], "there is no module nowhere"),
    ],
)
def test_a_batch_is_asked_for_one_thing(
    cli: Cli, folder: Path, tmp_path: Path, command: str, given: list[str | Path], message: str
) -> None:
    output = ["-o", tmp_path / "batch.jsonl"] if command == "export" else []
    done = cli("batch", command, write(folder, a=TEXT), *BATCH, *given, *output)
    assert done.code == 2
    assert message in done.err


@pytest.mark.parametrize("name", ["recipe.py:Recipe", "ruling.py:Ruling"])
def test_the_example_schemas_can_be_asked_for(root: Path, name: str) -> None:
    from summarizer.cli.user_schema import form_of

    from ..models.strict_mode import violations

    file = root / "seeds" / "own_schemas" / name
    form = form_of(str(file), file.with_name(name.partition(".")[0] + ".md"))
    assert isinstance(form, Form)
    assert violations(form.schema.reply.schema) == []
    assert len([part for part in form.schema.reply.schema["$defs"].values() if part["type"] == "object"]) == 4
