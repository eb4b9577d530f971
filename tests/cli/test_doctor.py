"""`summarizer doctor`: what it finds, and the line that mends each thing that is missing."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from ..models.strict_mode import violations
from .conftest import Cli
from .support import BRIDGE, Answer, closed_address, completion, record, serving

READY = Answer(json.dumps(completion('{"answer": "ready"}')))


def ready(body: dict[str, Any]) -> Answer:
    return READY


def without(monkeypatch: pytest.MonkeyPatch, *missing: str) -> None:
    """As if these modules, and none else, were not installed."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in missing else object())


def test_with_nothing_configured_it_says_what_is_used_and_how_to_do_better(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    without(monkeypatch)
    done = cli("doctor")
    assert done.code == 0
    assert "config.toml: none\n" in done.out
    assert f"ok      store {store}\n" in done.out
    assert "ok      prompts of the package (" in done.out
    assert "keys in the environment: none\n" in done.out
    assert "providers: anthropic, " in done.out
    assert "model: none, the offline engine is used\n        -> export SUMMARIZER_MODEL=openai/gpt-4o-mini" in done.out
    assert "MISSING" not in done.out
    assert not store.exists(), "a diagnosis leaves nothing behind"


def test_a_missing_extra_that_is_needed_is_named_with_its_install_line(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "dateparser", "scipy")
    done = cli("doctor")
    assert done.code == 3
    assert (
        'MISSING extra offline: not installed (dateparser)\n        -> pip install "summarizer[offline]"\n' in done.out
    )
    assert '        extra eval: not installed (scipy)\n        -> pip install "summarizer[eval]"\n' in done.out
    without(monkeypatch, "dateparser")
    assert "ok      extra eval\n" in cli("doctor").out


def test_an_extra_that_is_not_needed_is_no_fault(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without(monkeypatch, "dateparser")
    monkeypatch.setenv("SUMMARIZER_REPLIES", str(record(tmp_path / "replies.jsonl", BRIDGE)))
    done = cli("doctor")
    assert done.code == 0
    assert f"ok      1 recorded replies in {tmp_path / 'replies.jsonl'}\n" in done.out


def test_a_model_without_a_key_is_told_which_variable_to_set(cli: Cli) -> None:
    done = cli("doctor", "--model", "openai/gpt-4o-mini")
    assert done.code == 3
    assert "MISSING openai/gpt-4o-mini: openai needs a key, and OPENAI_API_KEY is not set" in done.out
    assert "        -> export OPENAI_API_KEY=..." in done.out


def test_keys_are_named_and_never_shown(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROQ_API_KEY", "very-secret")
    done = cli("doctor")
    assert "keys in the environment: GROQ_API_KEY\n" in done.out
    assert "very-secret" not in done.out + done.err


def test_an_unknown_provider_is_told_the_known_ones(cli: Cli) -> None:
    done = cli("doctor", "--model", "opnai/gpt-4o")
    assert done.code == 3
    assert "MISSING opnai/gpt-4o: there is no provider 'opnai'\n        -> Choose one of anthropic" in done.out


def test_a_server_that_answers_is_named_with_the_mode_that_works(cli: Cli) -> None:
    with serving(ready) as server:
        done = cli("doctor", "--model", "openai/x", "--base-url", server.address)
    assert done.code == 0
    assert "ok      openai, model x: answers in mode json_schema in " in done.out
    (body,) = server.asked
    assert violations(body["response_format"]["json_schema"]["schema"]) == []


def test_a_server_without_strict_schemas_is_named_with_the_mode_it_takes(cli: Cli) -> None:
    refused = Answer(json.dumps({"error": {"message": "response_format is not supported"}}), status=400)
    with serving(lambda body: refused if "response_format" in body else READY) as server:
        done = cli("doctor", "--model", "openai/x", "--base-url", server.address)
    assert done.code == 0
    assert "answers in mode tools in " in done.out


def test_a_mode_can_be_tried(cli: Cli) -> None:
    with serving(ready) as server:
        done = cli("doctor", "--model", "openai/x", "--base-url", server.address, "--mode", "text")
    assert "answers in mode text in " in done.out
    assert "response_format" not in server.asked[0]


def test_a_server_that_answers_something_else_is_told(cli: Cli) -> None:
    with serving(lambda body: Answer(json.dumps(completion("Good morning!")))) as server:
        done = cli("doctor", "--model", "openai/x", "--base-url", server.address)
    assert "though not to the schema\n" in done.out


def test_a_dead_server_is_named_with_the_remedy(cli: Cli) -> None:
    address = closed_address()
    done = cli("doctor", "--model", "openai/x", "--base-url", address)
    assert done.code == 3
    assert f"MISSING openai/x: no connection to {address}" in done.out
    assert "(tried once)" in done.out
    assert "        -> Check that the server runs and --base-url is right\n" in done.out


def test_a_server_that_is_too_slow_is_given_up(cli: Cli) -> None:
    import threading

    over = threading.Event()

    def slow(body: dict[str, Any]) -> Answer:
        over.wait(10)
        return READY

    with serving(slow) as server:
        done = cli("doctor", "--model", "openai/x", "--base-url", server.address, "--timeout", "0.2")
        over.set()
    assert done.code == 3
    assert "did not answer within 0.2 s" in done.out


@pytest.mark.parametrize("content", [None, "no recording"])
def test_a_recording_that_is_none_is_named(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    path = tmp_path / "replies.jsonl"
    if content:
        path.write_text(content)
    monkeypatch.setenv("SUMMARIZER_REPLIES", str(path))
    done = cli("doctor")
    assert done.code == 3
    assert "MISSING replies: " in done.out
    assert "-> Name a recording that --record wrote" in done.out


def test_a_file_that_is_no_store_is_named(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_text("this is no database, and long enough to be told from one" * 20)
    done = cli("doctor", "--store", path)
    assert done.code == 3
    assert f"MISSING the store {path} cannot be opened" in done.out


def test_a_store_below_a_file_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = cli("doctor", "--store", tmp_path / "file" / "store.sqlite")
    assert done.code == 3
    assert f"MISSING store {tmp_path / 'file' / 'store.sqlite'} cannot be written" in done.out
    assert "SUMMARIZER_STORE" in done.out


def test_a_template_that_does_not_render_is_named(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "brief").mkdir()
    (tmp_path / "brief" / "reask.md.j2").write_text("{{ mistakes }}")
    done = cli("doctor", "--prompt-dir", tmp_path)
    assert done.code == 3
    assert "MISSING the template brief/reask.md.j2 does not render" in done.out
    assert "'mistakes' is undefined" in done.out


def test_a_configuration_that_is_not_valid_is_named_and_ends_the_diagnosis(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text('modle = "openai/x"')
    monkeypatch.setenv("SUMMARIZER_CONFIG", str(path))
    done = cli("doctor")
    assert done.code == 3
    assert f"configuration file {path}: read\n" in done.out
    assert f"MISSING {path}: there is no setting 'modle'\n        -> Known are model, base_url" in done.out
    assert "store" not in done.out.split("Known are")[0]
