"""From a model's name to a source of replies."""

from __future__ import annotations

import asyncio

import pytest

from summarizer.engines import providers
from summarizer.engines.instructor_chat import InstructorChat
from summarizer.engines.live import LiveSource
from summarizer.engines.openai_chat import Server
from summarizer.engines.providers import (
    COMPATIBLE,
    Compatible,
    LiveOptions,
    key_of,
    known_providers,
    live_source,
    priced_as,
    split_name,
    takes_cache_key,
)
from summarizer.engines.wire import OutputMode, Sampling
from summarizer.errors import ConfigurationError, MissingKey
from summarizer.models.exchange import Reply, Request

from ..stub.server import StubServer
from .asking import PATIENCE

URL = "http://127.0.0.1:8000/v1"


@pytest.mark.parametrize(
    ("name", "base_url", "provider", "model"),
    [
        ("openai/gpt-4o-mini", None, "openai", "gpt-4o-mini"),
        ("openrouter/meta-llama/llama-3", None, "openrouter", "meta-llama/llama-3"),
        ("anthropic/claude-sonnet-4-5", None, "anthropic", "claude-sonnet-4-5"),
        ("openai/gpt-4o-mini", URL, "openai", "gpt-4o-mini"),
        ("ollama/llama3", URL, "ollama", "llama3"),
        ("llama-3-8b", URL, "openai", "llama-3-8b"),
        ("meta-llama/Llama-3", URL, "openai", "meta-llama/Llama-3"),
        ("google/gemma-3-4b-it", URL, "openai", "google/gemma-3-4b-it"),
        ("mistral/small", URL, "openai", "mistral/small"),
    ],
)
def test_a_name_has_a_provider_and_a_model(name: str, base_url: str | None, provider: str, model: str) -> None:
    assert split_name(name, base_url) == (provider, model)


@pytest.mark.parametrize("name", ["gpt-4o-mini", "openai/", "openai", ""])
def test_a_name_without_a_model_is_told_how_to_write_it(name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"is not a model's name. Write provider/model"):
        split_name(name)


def test_an_unknown_provider_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        ConfigurationError, match=r"no provider 'openia'. Choose one of .*anthropic.*openai.*--base-url"
    ):
        split_name("openia/gpt-4o")


def test_providers_are_listed_once_and_in_order() -> None:
    assert known_providers() == sorted(set(known_providers()))
    assert {"openai", "anthropic", "ollama"} <= set(known_providers())


@pytest.mark.parametrize(
    ("provider", "options", "key"),
    [
        ("openai", LiveOptions(environment={"OPENAI_API_KEY": "sk"}), "sk"),
        ("openai", LiveOptions(api_key="mine", environment={"OPENAI_API_KEY": "sk"}), "mine"),
        ("openai", LiveOptions(environment={"OPENAI_API_KEY": ""}), None),
        ("openai", LiveOptions(), None),
        ("openai", LiveOptions(base_url=URL), "none"),
        ("openai", LiveOptions(base_url=URL, environment={"OPENAI_API_KEY": "sk"}), "sk"),
        ("ollama", LiveOptions(), "none"),
        ("groq", LiveOptions(environment={"OPENAI_API_KEY": "sk"}), None),
    ],
)
def test_a_key_is_looked_up_where_the_provider_keeps_it(provider: str, options: LiveOptions, key: str | None) -> None:
    assert key_of(provider, options) == key


@pytest.mark.parametrize("provider", [name for name, entry in COMPATIBLE.items() if entry.key])
def test_a_missing_key_names_its_variable(provider: str) -> None:
    with pytest.raises(MissingKey, match=rf"{provider} needs a key, and {COMPATIBLE[provider].key} is not set"):
        live_source(f"{provider}/m", LiveOptions())


def asked_of(source: LiveSource, request: Request) -> Reply:
    """The reply of a source, which is closed after it."""

    async def ask() -> Reply:
        try:
            return await source.reply(request)
        finally:
            await source.close()

    return asyncio.run(ask())


def test_a_source_sends_what_the_options_say(stub: StubServer, asked: Request) -> None:
    options = LiveOptions(stub.url, "sk-mine", OutputMode.TOOLS, Sampling(seed=4), PATIENCE)
    reply = asked_of(live_source("google/gemma-3", options), asked)
    (sent,) = stub.received
    assert sent.headers["authorization"] == "Bearer sk-mine"
    assert sent.json["model"] == "google/gemma-3"
    assert sent.json["seed"] == 4
    assert sent.mode == "tools"
    assert reply.usage.requests == 1


def test_openai_is_asked_where_and_for_whom_its_own_variables_say(stub: StubServer, asked: Request) -> None:
    variables = {
        "OPENAI_API_KEY": "sk", "OPENAI_BASE_URL": stub.url, "OPENAI_ORG_ID": "org-1", "OPENAI_PROJECT_ID": "proj-2",
    }  # fmt: skip
    asked_of(live_source("openai/gpt-4o-mini", LiveOptions(policy=PATIENCE, environment=variables)), asked)
    (sent,) = stub.received
    assert sent.headers["openai-organization"] == "org-1"
    assert sent.headers["openai-project"] == "proj-2"


def test_other_providers_are_not_told_of_openais_variables(
    stub: StubServer, asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COMPATIBLE, "groq", Compatible(stub.url, "GROQ_API_KEY"))
    variables = {"GROQ_API_KEY": "gsk", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "OPENAI_ORG_ID": "org-1"}
    asked_of(live_source("groq/m", LiveOptions(policy=PATIENCE, environment=variables)), asked)
    assert stub.received[0].headers["authorization"] == "Bearer gsk"
    assert "openai-organization" not in stub.received[0].headers


def test_a_server_of_ones_own_needs_no_key_and_has_no_price(stub: StubServer, asked: Request) -> None:
    reply = asked_of(live_source("openai/gpt-4o-mini", LiveOptions(stub.url, policy=PATIENCE)), asked)
    assert reply.model == "gpt-4o-mini"
    assert reply.usage.cost_usd is None


@pytest.mark.parametrize(
    ("address", "takes"),
    [
        ("https://api.openai.com/v1", True),
        ("https://eu.api.openai.com/v1", True),
        ("https://me.openai.azure.com/openai/v1", False),
        ("https://notapi.openai.com.example.org/v1", False),
        ("https://fakeapi.openai.com/v1", False),
        ("http://localhost:8080/v1", False),
        ("http://[broken", False),
        (None, False),
        *((entry.base_url, name == "openai") for name, entry in COMPATIBLE.items()),
    ],
)
def test_only_openai_itself_is_sent_the_key_of_its_cache(address: str | None, takes: bool) -> None:
    assert takes_cache_key(address) is takes


@pytest.mark.parametrize("takes", [False, True])
def test_the_key_of_the_cache_goes_where_it_is_taken(
    stub: StubServer, asked: Request, monkeypatch: pytest.MonkeyPatch, takes: bool
) -> None:
    monkeypatch.setattr(providers, "takes_cache_key", lambda address: takes and address == stub.url)
    asked_of(live_source("openai/gpt-4o-mini", LiveOptions(stub.url, policy=PATIENCE)), asked)
    assert stub.received[0].json.get("prompt_cache_key") == (asked.prompt.hash if takes else None)


def test_a_provider_behind_instructor_is_asked_through_it(
    stub: StubServer, asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    def openai_instead(name: str, server: Server, mode: OutputMode | None) -> InstructorChat:
        assert name == "anthropic/claude-3-haiku-20240307"
        assert server.base_url is None
        return InstructorChat("openai/claude", Server(stub.url, "k", server.timeout), mode)

    monkeypatch.setattr("summarizer.engines.providers.InstructorChat", openai_instead)
    source = live_source("anthropic/claude-3-haiku-20240307", LiveOptions(policy=PATIENCE))
    assert source.mode is OutputMode.TOOLS
    reply = asked_of(source, asked)
    assert reply.usage.cost_usd is not None
    assert [sent.mode for sent in stub.received] == ["tools"]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ("openai/gpt-4o-mini", ("openai", "gpt-4o-mini")),
        ("groq/llama-3&temperature=0.0&repeat=2", ("groq", "llama-3")),
        ("vertexai/claude@20250101", ("vertexai", "claude@20250101")),
        ("openai/m@http://localhost:8080/v1&seed=1", None),
        ("google/gemma-3@https://example.org/v1", None),
        ("nobody/model", None),
        ("", None),
    ],
)
def test_settings_of_a_reply_tell_whose_prices_hold(settings: str, named: tuple[str, str] | None) -> None:
    assert priced_as(settings) == named
