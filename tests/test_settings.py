"""Settings: where they come from, which goes before which, and what is said of those that are not valid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarizer import store as stores
from summarizer.engines.observed import Traced
from summarizer.engines.prompted import PromptedEngine
from summarizer.engines.recorded import Recording, Stored
from summarizer.engines.wire import OutputMode, Sampling
from summarizer.errors import ConfigurationError, MissingKey, PromptError, StoreError
from summarizer.settings import (
    Settings,
    build_engine,
    build_source,
    config_path,
    load_settings,
    open_store,
    store_place,
)

from .cli.support import BRIDGE, record


def configured(tmp_path: Path, text: str) -> dict[str, str]:
    """Variables that name a configuration file with this text."""
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return {"SUMMARIZER_CONFIG": str(path)}


def test_without_anything_the_defaults_hold() -> None:
    settings = load_settings({}, {})
    assert settings == Settings()
    assert (settings.model, settings.cache, settings.jobs, settings.reasks) == (None, True, 8, 2)
    assert (settings.policy.timeout, settings.policy.deadline, settings.policy.attempts) == (180.0, 600.0, 6)


def test_every_setting_can_be_given_as_an_option_a_variable_or_in_the_file(tmp_path: Path) -> None:
    given: dict[str, Any] = {
        "model": "openai/x", "base_url": "http://localhost:1/v1", "mode": "text", "replies": "r.jsonl",
        "store": "s.sqlite", "cache": False, "prompt_dir": "p", "temperature": 0.5, "max_tokens": 9, "seed": 7, "repeat": 2,
        "timeout": 1.5, "deadline": 2.5, "attempts": 3, "reasks": 0, "jobs": 4, "start_jobs": 2, "part": 8000, "context": 9000,
        "log_text": True,
    }  # fmt: skip
    assert set(given) == set(Settings.model_fields), "each setting must stand in this table"
    expected = Settings.model_validate(given)
    lines = [
        f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}" for key, value in given.items()
    ]
    assert load_settings(given, {}) == expected
    assert load_settings({}, {f"SUMMARIZER_{key.upper()}": str(value) for key, value in given.items()}) == expected
    assert load_settings({}, configured(tmp_path, "\n".join(lines))) == expected


def test_options_go_before_variables_and_variables_before_the_file(tmp_path: Path) -> None:
    file = configured(tmp_path, 'model = "file/m"\njobs = 1\nseed = 1')
    variables = file | {"SUMMARIZER_MODEL": "variable/m", "SUMMARIZER_JOBS": "2"}
    settings = load_settings({"model": "option/m", "jobs": None}, variables)
    assert (settings.model, settings.jobs, settings.seed) == ("option/m", 2, 1)


def test_the_process_s_own_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_JOBS", "3")
    assert load_settings({}).jobs == 3


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load_settings({}, {"SUMMARIZER_MODEL": "", "SUMMARIZER_CONFIG": ""}).model is None


@pytest.mark.parametrize("value", ["false", "0", "no", "off", "False"])
def test_a_variable_can_turn_the_cache_off(value: str) -> None:
    assert load_settings({}, {"SUMMARIZER_CACHE": value}).cache is False


@pytest.mark.parametrize("field", ["store", "replies", "prompt_dir"])
def test_a_tilde_is_the_user_s_folder(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    assert getattr(load_settings({}, {f"SUMMARIZER_{field.upper()}": "~/x"}), field) == Path("/somewhere/x")


INVALID = {
    "an option": ({"timeout": 0.0}, {}, "timeout: Input should be greater than 0 (it is 0.0). Correct the value"),
    "a variable": ({}, {"SUMMARIZER_JOBS": "many"}, "SUMMARIZER_JOBS, jobs: Input should be a valid integer"),
    "a mode": (
        {},
        {"SUMMARIZER_MODE": "yaml"},
        "SUMMARIZER_MODE, mode: Input should be 'json_schema', 'schema_object'",
    ),
    "an unknown option": ({"modle": "x"}, {}, "there is no setting 'modle'. Known are model, base_url, mode,"),
    "an option over a bad variable": ({"jobs": -1}, {"SUMMARIZER_JOBS": "2"}, "jobs: Input should be greater than"),
}


@pytest.mark.parametrize(("given", "variables", "message"), INVALID.values(), ids=INVALID)
def test_what_is_not_valid_is_named_with_its_place(
    given: dict[str, Any], variables: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(given, variables)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('modle = "x"', "{path}: there is no setting 'modle'. Known are model"),
        ('jobs = "many"', "{path}: jobs: Input should be a valid integer"),
        ('[models]\nfast = "x"', "{path}: there is no setting 'models'"),
        ("jobs = ", "the configuration file {path} cannot be read"),
        ("jobs = 1\njobs = 2", "the configuration file {path} cannot be read"),
    ],
)
def test_a_fault_in_the_file_is_named_with_the_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings({}, configured(tmp_path, text))
    assert str(caught.value).startswith(message.format(path=tmp_path / "config.toml"))


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    variables = configured(tmp_path, "")
    (tmp_path / "config.toml").write_bytes(b'model = "caf\xe9"')
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_settings({}, variables)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no configuration file .*SUMMARIZER_CONFIG"):
        load_settings({}, {"SUMMARIZER_CONFIG": str(tmp_path / "nowhere.toml")})


def test_the_usual_file_need_not_be_there_and_is_read_when_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = config_path({})
    assert path.name == "config.toml"
    assert load_settings({}, {}).jobs == 8
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("jobs = 5")
    try:
        assert load_settings({}, {}).jobs == 5
    finally:
        path.unlink()


def test_the_store_is_in_the_user_s_cache_unless_it_is_named(tmp_path: Path) -> None:
    assert store_place(Settings()).name == "replies.sqlite"
    assert store_place(Settings(store=tmp_path / "x")) == tmp_path / "x"


def test_sampling_and_the_server_tell_replies_apart() -> None:
    base = {"model": "openai/x"}
    variants: list[dict[str, Any]] = [
        {}, {"model": "openai/y"}, {"base_url": "http://localhost:1/v1"}, {"temperature": 0.0}, {"max_tokens": 5},
        {"seed": 0}, {"repeat": 1},
    ]  # fmt: skip
    assert len({Settings.model_validate(base | variant).answer_settings for variant in variants}) == len(variants)
    same = [{"jobs": 1}, {"timeout": 1.0}, {"attempts": 1}, {"reasks": 0}, {"mode": OutputMode.TEXT}]
    assert {Settings.model_validate(base | variant).answer_settings for variant in same} == {"openai/x"}
    assert Settings(temperature=0.0, seed=1).sampling == Sampling(temperature=0.0, seed=1)


@pytest.mark.parametrize(
    ("settings", "offline", "live"),
    [
        (Settings(), True, False),
        (Settings(model="offline"), True, False),
        (Settings(model="openai/x"), False, True),
        (Settings(replies=Path("r.jsonl")), False, False),
        (Settings(model="openai/x", replies=Path("r.jsonl")), False, False),
        (Settings(model="offline", replies=Path("r.jsonl")), False, False),
    ],
)
def test_it_is_clear_whether_a_model_is_asked(settings: Settings, offline: bool, live: bool) -> None:
    assert (settings.offline, settings.live) == (offline, live)


def test_a_store_is_opened_only_for_a_live_model_with_its_cache(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    assert open_store(Settings(store=path)) is None
    assert open_store(Settings(store=path, model="openai/x", cache=False)) is None
    assert not path.exists()
    store = open_store(Settings(store=path, model="openai/x"))
    assert store is not None
    store.close()
    assert path.exists()


def test_replies_come_from_a_recording_before_any_model(tmp_path: Path) -> None:
    replies = record(tmp_path / "replies.jsonl", BRIDGE)
    assert isinstance(build_source(Settings(replies=replies, model="openai/x"), None), Recording)
    with pytest.raises(StoreError, match="Name a recording"):
        build_source(Settings(replies=tmp_path / "nowhere.jsonl"), None)


def test_a_live_model_is_asked_behind_the_store(tmp_path: Path) -> None:
    settings = Settings(model="ollama/llama3", store=tmp_path / "s.sqlite")
    assert isinstance(build_source(settings, None), Traced)
    store = stores.open_store(tmp_path / "s.sqlite")
    assert isinstance(build_source(settings, store), Stored)
    store.close()


@pytest.mark.parametrize("model", [None, "offline"])
def test_without_a_model_there_is_no_source(model: str | None) -> None:
    assert build_source(Settings(model=model), None) is None


def test_a_server_without_a_model_is_no_reason_to_go_offline() -> None:
    with pytest.raises(ConfigurationError, match=r"http://localhost:1/v1 is configured, but no model.*--model"):
        build_source(Settings(base_url="http://localhost:1/v1"), None)
    assert build_source(Settings(base_url="http://localhost:1/v1", model="offline"), None) is None


def test_a_missing_key_is_told_when_the_source_is_built() -> None:
    with pytest.raises(MissingKey, match="OPENAI_API_KEY"):
        build_source(Settings(model="openai/x"), None)


def test_the_engine_uses_the_user_s_prompts(tmp_path: Path) -> None:
    source = build_source(Settings(model="ollama/llama3"), None)
    engine = build_engine(Settings(), source)
    assert isinstance(engine, PromptedEngine)
    assert engine.name == "live"
    with pytest.raises(PromptError, match="there is no prompt folder"):
        build_engine(Settings(prompt_dir=tmp_path / "nowhere"), source)


def test_settings_cannot_be_changed() -> None:
    from pydantic import ValidationError

    with pytest.raises(ValidationError, match="frozen"):
        Settings().jobs = 3  # type: ignore[misc]


def test_a_store_is_a_file_or_the_address_of_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql://u:pa55@h/d"
    for settings in (Settings(store=address), load_settings({}, {"SUMMARIZER_STORE": address})):
        assert store_place(settings) == address
        assert "pa55" not in repr(settings)
    monkeypatch.setenv("HOME", "/home/somebody")
    assert store_place(Settings(store="~/replies.sqlite")) == Path("/home/somebody/replies.sqlite")
