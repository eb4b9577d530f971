"""Other providers through instructor: for real, with the provider openai, against the stub."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from importlib.metadata import metadata
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any

import instructor
import pytest
from instructor.core.exceptions import ModeError
from instructor.v2.providers.anthropic.handlers import AnthropicToolsHandler

from summarizer.engines.failures import NoCompletion, RetryableError
from summarizer.engines.instructor_chat import InstructorChat
from summarizer.engines.live import LiveModel, LiveSource
from summarizer.engines.openai_chat import Server
from summarizer.engines.prompted import PromptedEngine
from summarizer.engines.providers import THROUGH_INSTRUCTOR
from summarizer.engines.wire import Completion, Manner, OutputMode, Sampling
from summarizer.errors import (
    AuthenticationFailed,
    ConfigurationError,
    ContentFiltered,
    EngineError,
    MissingExtra,
    Refusal,
    TransportError,
    TruncatedReply,
)
from summarizer.models.draft import Draft
from summarizer.models.exchange import Message, ReplySchema, Request
from summarizer.prompts import Prompts

from ..stub import behaviours as b
from ..stub.server import StubServer
from .asking import MANNER, PATIENCE, good_draft, task

MODES = (OutputMode.JSON_SCHEMA, OutputMode.TOOLS, OutputMode.JSON_OBJECT, OutputMode.TEXT)


def complete(
    url: str, request: Request, mode: OutputMode | None = None, manner: Manner = MANNER, timeout: float = 9.0
) -> Completion:
    """One request by a client of its own."""

    async def ask() -> Completion:
        chat = InstructorChat("openai/stub-model", Server(url, "sk-test", timeout), mode)
        try:
            async with asyncio.timeout(4.0):
                return await chat.complete(request, manner)
        finally:
            await chat.close()

    return asyncio.run(ask())


@pytest.mark.parametrize("mode", [None, *MODES])
def test_a_draft_comes_back_with_its_tokens(stub: StubServer, asked: Request, mode: OutputMode | None) -> None:
    completion = complete(stub.url, asked, mode)
    assert Draft.model_validate_json(completion.text).headline == "What the report says"
    assert completion.model == "stub-model"
    assert completion.usage.requests == 1
    assert completion.usage.input_tokens == len(stub.received[0].body) // 4


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_that_was_asked_for_is_sent(stub: StubServer, asked: Request, mode: OutputMode) -> None:
    complete(stub.url, asked, mode)
    assert [sent.mode for sent in stub.received] == [mode]


def test_a_question_that_is_not_for_a_draft_is_asked_as_such(stub: StubServer, asked: Request) -> None:
    schema = ReplySchema.of("Probe", {"type": "object", "properties": {"answer": {"type": "string"}}})
    probe = replace(asked, schema=schema, messages=(Message("user", "Are you ready?"),))
    assert complete(stub.url, probe).text == '{"answer":"ready"}'
    function = stub.received[0].json["tools"][0]["function"]
    assert function["name"] == "Probe"
    assert function["parameters"]["properties"].keys() == {"answer"}


def test_a_schema_of_a_user_is_shown_whole_whatever_its_keys(stub: StubServer, asked: Request) -> None:
    part = {"type": "object", "properties": {"json": {"type": "integer"}}, "required": ["json"]}
    properties = {"answer": {"$ref": "#/$defs/Part"}, "model_x": {"type": "string"}, "§ 1": {"type": "string"}}
    schema = {"type": "object", "properties": properties, "required": [*properties], "$defs": {"Part": part}}
    probe = replace(asked, schema=ReplySchema.of("extract_Probe", schema), messages=(Message("user", "Ready?"),))
    complete(stub.url, probe)
    shown = stub.received[0].json["tools"][0]["function"]["parameters"]
    assert (shown["properties"], shown["$defs"]) == (properties, {"Part": part})


def test_without_a_mode_the_default_of_instructor_is_used(stub: StubServer, asked: Request) -> None:
    complete(stub.url, asked)
    chat = InstructorChat("openai/m", Server(stub.url, "k", 1.0))
    assert stub.received[0].mode == chat.mode == OutputMode.TOOLS
    asyncio.run(chat.close())


def test_a_mode_that_instructor_does_not_have_is_refused(stub: StubServer) -> None:
    with pytest.raises(ConfigurationError, match=r"openai/m cannot be asked in the mode schema_object.*tools"):
        InstructorChat("openai/m", Server(stub.url, "k", 1.0), OutputMode.SCHEMA_OBJECT)


def test_a_mode_that_instructor_would_leave_aside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERPLEXITY_API_KEY", "k")
    with pytest.raises(ConfigurationError, match=r"perplexity/m cannot be asked in the mode tools. Leave --mode out"):
        InstructorChat("perplexity/m", Server(None, "", 1.0), OutputMode.TOOLS)


def test_a_mode_that_instructor_does_not_know_for_the_provider_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ModeError("markdown_json_mode", "anthropic", ["tool_call"])

    monkeypatch.setattr(instructor, "from_provider", refuse)
    with pytest.raises(ConfigurationError, match="anthropic/m cannot be asked in the mode text"):
        InstructorChat("anthropic/m", Server(None, "k", 1.0), OutputMode.TEXT)


@pytest.mark.parametrize("mode", [None, *MODES])
def test_a_report_with_template_marks_reaches_the_server_unchanged(
    stub: StubServer, asked: Request, mode: OutputMode | None
) -> None:
    complete(stub.url, asked, mode)
    report = asked.messages[1].content
    assert any(report in message["content"] for message in stub.received[0].messages)


class _Client:
    """A client as instructor makes them, which keeps what it is asked."""

    def __init__(self) -> None:
        self.mode = instructor.Mode.TOOLS
        self.client = SimpleNamespace(base_url="https://api.anthropic.com")
        self.asked: list[dict[str, Any]] = []

    async def create(self, **given: Any) -> None:
        self.asked.append(given)
        raise TimeoutError


@pytest.mark.parametrize("name", ["anthropic/claude-sonnet-4-5", "mistral/small"])
def test_only_anthropic_is_told_to_cache_the_instructions(
    asked: Request, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    client = _Client()
    monkeypatch.setattr(instructor, "from_provider", lambda *_, **__: client)
    chat = InstructorChat(name, Server(None, "k", 1.0))
    with pytest.raises(RetryableError):
        asyncio.run(chat.complete(asked, MANNER))
    (given,) = client.asked
    marked = [{"type": "text", "text": asked.messages[0].content, "cache_control": {"type": "ephemeral"}}]
    assert given["messages"] == [
        {"role": "system", "content": marked if name.startswith("anthropic/") else asked.messages[0].content},
        {"role": "user", "content": asked.messages[1].content},
    ]


def test_instructor_hands_the_mark_on_to_anthropic_behind_the_schema(asked: Request) -> None:
    text = {"type": "text", "text": asked.messages[0].content, "cache_control": {"type": "ephemeral"}}
    messages = [{"role": "system", "content": [text]}, {"role": "user", "content": asked.messages[1].content}]
    _, sent = AnthropicToolsHandler().prepare_request(Draft, {"messages": messages})
    assert sent["system"] == [text]
    assert sent["messages"] == messages[1:]
    assert [tool["name"] for tool in sent["tools"]] == ["Draft"]


def test_settings_are_sent_only_when_given(stub: StubServer, asked: Request) -> None:
    complete(stub.url, asked)
    complete(stub.url, asked, manner=Manner("m", Sampling(temperature=0.0, max_tokens=900, seed=3)))
    first, second = (sent.json for sent in stub.received)
    assert not {"temperature", "max_tokens", "seed"} & set(first)
    assert (second["temperature"], second["max_tokens"], second["seed"]) == (0.0, 900, 3)


FAILURES: dict[str, tuple[type[EngineError], str]] = {
    "429": (RetryableError, r"answered 429 \(Rate limit reached"),
    "500": (RetryableError, "answered 500"),
    "503": (RetryableError, "answered 503"),
    "reset": (RetryableError, "Connection"),
    "cut": (RetryableError, "Connection"),
    "html": (NoCompletion, "answered HTML"),
    "empty_body": (RetryableError, "JSONDecodeError"),
    "cut_json": (RetryableError, "JSONDecodeError"),
    "quota": (TransportError, "Check the plan"),
    "400": (TransportError, "answered 400"),
    "404": (TransportError, "Check the model's name"),
    "401": (AuthenticationFailed, "Check the API key"),
    "filtered": (ContentFiltered, "content filter"),
    "content_filter": (ContentFiltered, "content filter"),
    "refusal": (Refusal, "I cannot help with that"),
    "length": (TruncatedReply, r"after \d+ tokens"),
}


@pytest.mark.parametrize(("behaviour", "expected"), FAILURES.items(), ids=FAILURES)
def test_retries_of_the_sdk_and_of_instructor_are_off_and_each_failure_has_its_error(
    stub: StubServer, asked: Request, behaviour: str, expected: tuple[type[EngineError], str]
) -> None:
    kind, words = expected
    stub.always(behaviour)
    with pytest.raises(EngineError, match=words) as caught:
        complete(stub.url, asked)
    assert type(caught.value) is kind
    assert caught.value.document == "report"
    assert len(stub.received) == 1


@pytest.mark.parametrize("mode", [OutputMode.JSON_SCHEMA, OutputMode.TEXT])
@pytest.mark.parametrize(
    ("behaviour", "kind"), [("refusal", Refusal), ("content_filter", ContentFiltered), ("length", TruncatedReply)]
)
def test_a_refusal_costs_one_request_in_the_modes_without_tools_too(
    stub: StubServer, asked: Request, behaviour: str, kind: type[EngineError], mode: OutputMode
) -> None:
    stub.always(behaviour)
    with pytest.raises(kind):
        complete(stub.url, asked, mode)
    assert len(stub.received) == 1


@pytest.mark.parametrize("mode", [OutputMode.TOOLS, OutputMode.TEXT])
@pytest.mark.parametrize(
    ("behaviour", "text"), [("invalid", '{"unexpected":true}'), ("malformed", '{"headline": "a", ]'), ("empty", "")]
)
def test_a_reply_that_does_not_fit_comes_back_as_it_is(
    stub: StubServer, asked: Request, behaviour: str, text: str, mode: OutputMode | None
) -> None:
    stub.always(behaviour)
    completion = complete(stub.url, asked, mode)
    assert completion.text == text
    assert completion.usage.output_tokens is not None
    assert len(stub.received) == 1


def test_the_wait_that_a_server_asks_for_is_passed_on(stub: StubServer, asked: Request) -> None:
    stub.script(b.busy("7"))
    with pytest.raises(RetryableError) as caught:
        complete(stub.url, asked)
    assert caught.value.retry_after == 7


def test_a_server_that_does_not_answer_in_time_is_given_up(stub: StubServer, asked: Request) -> None:
    stub.script("hang")
    with pytest.raises(RetryableError, match=r"openai/stub-model did not answer within 0.2 s"):
        complete(stub.url, asked, timeout=0.2)


def test_an_empty_reply_is_not_sent_back_as_an_empty_message(stub: StubServer, asked: Request) -> None:
    complete(stub.url, asked.followed_by(Message("assistant", ""), Message("user", "Mend it")))
    assert all(message["content"] for message in stub.received[0].messages)


def test_the_same_question_is_asked_again_because_no_cache_is_used(stub: StubServer, asked: Request) -> None:
    async def ask_twice() -> None:
        chat = InstructorChat("openai/m", Server(stub.url, "k", 5.0))
        await chat.complete(asked, MANNER)
        await chat.complete(asked, MANNER)
        await chat.close()

    asyncio.run(ask_twice())
    assert len(stub.received) == 2


def test_usage_is_not_double_counted_over_reasks(stub: StubServer) -> None:
    stub.script("invalid", "malformed", b.busy("0"), "ok")

    async def fill() -> tuple[int | None, int | None, int, int]:
        chat = InstructorChat("openai/m", Server(stub.url, "k", 5.0))
        engine = PromptedEngine(Prompts(), LiveSource(chat, LiveModel("m", mode=chat.mode), PATIENCE))
        filled = await engine.fill(task())
        await engine.close()
        usage = filled.usage
        return usage.input_tokens, usage.output_tokens, usage.requests, filled.reasks

    given, made, requests, reasks = asyncio.run(fill())
    answered = [sent for n, sent in enumerate(stub.received) if n != 2]
    good = json.dumps(good_draft(), ensure_ascii=False, separators=(",", ":"))
    replies = ['{"unexpected":true}', '{"headline": "a", ]', good]
    assert given == sum(len(sent.body) // 4 for sent in answered)
    assert made == sum(len(reply) // 4 + 1 for reply in replies)
    assert (requests, reasks) == (4, 2)


def test_a_failure_writes_nothing_to_standard_error(
    stub: StubServer, asked: Request, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    logger = logging.getLogger("instructor")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "propagate", False)  # pytest's own handlers stand at the root
    stub.always("500")
    with pytest.raises(RetryableError):
        complete(stub.url, asked)
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(find_spec("anthropic") is not None, reason="the package is installed")
def test_a_missing_package_is_told_with_the_line_that_installs_it() -> None:
    with pytest.raises(MissingExtra, match="anthropic needs a package that is not installed") as caught:
        InstructorChat("anthropic/claude-sonnet-4-5", Server(None, "k", 1.0))
    assert caught.value.remedy == 'pip install "instructor[anthropic]"'


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("provider", THROUGH_INSTRUCTOR)
def test_every_provider_lacks_a_package_or_a_key_and_says_which(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    extras = {f'pip install "instructor[{extra}]"' for extra in metadata("instructor").get_all("Provides-Extra") or ()}
    for variable in ("ANYSCALE_API_KEY", "AZURE_OPENAI_API_KEY", "DATABRICKS_TOKEN", "PERPLEXITY_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(ConfigurationError) as caught:
        InstructorChat(f"{provider}/m", Server(None, "", 1.0))
    if isinstance(caught.value, MissingExtra):
        assert caught.value.remedy in extras | {"pip install google-generativeai jsonref"}
    else:
        assert caught.value.remedy == f"Set the key that {provider} wants in the environment; see `summarizer doctor`"
