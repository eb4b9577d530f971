"""One request to an OpenAI-compatible server, against the stub."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from collections.abc import Callable

import aiohttp
import pytest

from summarizer.engines.failures import NoCompletion, RetryableError
from summarizer.engines.openai_chat import MOST_BYTES, OpenAIChat, Server, UnsupportedMode
from summarizer.engines.wire import Completion, Manner, OutputMode
from summarizer.errors import (
    AuthenticationFailed,
    ContentFiltered,
    EngineError,
    Refusal,
    TransportError,
    TruncatedReply,
)
from summarizer.models.draft import Draft
from summarizer.models.exchange import Request
from summarizer.version import __version__

from ..stub import behaviours as b
from ..stub.server import StubServer
from .asking import MANNER


def complete(url: str | None, request: Request, manner: Manner = MANNER, timeout: float = 9.0) -> Completion:
    """One request by a client of its own."""

    async def ask() -> Completion:
        chat = OpenAIChat(Server(url, "sk-test", timeout))
        try:
            async with asyncio.timeout(4.0):
                return await chat.complete(request, manner)
        finally:
            await chat.close()

    return asyncio.run(ask())


def test_a_draft_comes_back_with_its_tokens(stub: StubServer, asked: Request) -> None:
    completion = complete(stub.url, asked)
    assert Draft.model_validate_json(completion.text).headline == "What the report says"
    assert completion.model == "stub-model"
    assert completion.usage.input_tokens is not None
    assert completion.usage.output_tokens is not None


def test_the_request_is_what_the_api_wants(stub: StubServer, asked: Request) -> None:
    complete(stub.url, asked)
    (sent,) = stub.received
    assert (sent.method, sent.path) == ("POST", "/v1/chat/completions")
    assert sent.headers["authorization"] == "Bearer sk-test"
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["accept-encoding"] == "gzip, deflate"
    assert sent.headers["user-agent"] == f"summarizer/{__version__}"
    assert set(sent.json) == {"model", "messages", "response_format"}


@pytest.mark.parametrize(
    ("end", "path"),
    [
        ("", "/v1/chat/completions"),
        ("/", "/v1/chat/completions"),
        ("/a%20b/", "/v1/a%20b/chat/completions"),
        ("?version=3", "/v1/chat/completions"),
    ],
)
def test_the_path_is_joined_to_the_address(stub: StubServer, asked: Request, end: str, path: str) -> None:
    complete(stub.url + end, asked)
    (sent,) = stub.received
    assert sent.path == path
    assert sent.head.startswith(f"POST {path}{end if '?' in end else ''} HTTP/1.1".encode())


def test_a_user_and_password_in_the_address_go_before_the_key(stub: StubServer, asked: Request) -> None:
    complete(stub.url.replace("://", "://ann:secret@"), asked)
    assert stub.received[0].headers["authorization"] == aiohttp.encode_basic_auth("ann", "secret")


def test_a_password_in_the_address_is_not_told(asked: Request) -> None:
    with pytest.raises(RetryableError, match=r"no connection to http://127.0.0.1:9/v1") as caught:
        complete("http://ann:secret@127.0.0.1:9/v1?key=secret", asked)
    assert "secret" not in str(caught.value)


def test_strict_schema_is_really_sent(stub: StubServer, asked: Request) -> None:
    complete(stub.url, asked)
    sent = stub.received[0].json["response_format"]["json_schema"]
    assert sent["strict"] is True
    assert sent["schema"]["properties"].keys() >= {"headline", "bottom_line", "events"}


@pytest.mark.parametrize("mode", OutputMode)
def test_a_report_with_template_marks_reaches_the_server_unchanged(
    stub: StubServer, asked: Request, mode: OutputMode
) -> None:
    complete(stub.url, asked, Manner("m", mode=mode))
    assert stub.received[0].messages[1]["content"] == asked.messages[1].content
    assert "{{ price }}" in stub.received[0].text
    assert "{% if strike %}" in stub.received[0].text


FAILURES: dict[str, tuple[type[EngineError], str]] = {
    "429": (RetryableError, r"answered 429 \(Rate limit reached"),
    "500": (RetryableError, "answered 500"),
    "503": (RetryableError, "answered 503"),
    "reset": (RetryableError, "no connection to"),
    "cut": (RetryableError, "no connection to"),
    "html": (NoCompletion, "answered HTML"),
    "empty_body": (NoCompletion, "no chat completion"),
    "cut_json": (NoCompletion, "no chat completion"),
    "quota": (TransportError, r"exceeded your current quota.*Check the plan"),
    "400": (TransportError, "answered 400"),
    "404": (TransportError, r"does not exist.*Check the model's name"),
    "too_long": (TransportError, r"maximum context length.*length of the report"),
    "401": (AuthenticationFailed, r"did not accept the key.*Check the API key"),
    "filtered": (ContentFiltered, "content filter"),
    "content_filter": (ContentFiltered, "content filter"),
    "refusal": (Refusal, "I cannot help with that"),
    "length": (TruncatedReply, r"cut off at its token limit after \d+ tokens"),
}


@pytest.mark.parametrize(("behaviour", "expected"), FAILURES.items(), ids=FAILURES)
def test_each_failure_has_its_own_error_and_costs_one_request(
    stub: StubServer, asked: Request, behaviour: str, expected: tuple[type[EngineError], str]
) -> None:
    kind, words = expected
    stub.always(behaviour)
    with pytest.raises(EngineError, match=words) as caught:
        complete(stub.url, asked)
    assert type(caught.value) is kind
    assert caught.value.document == "report"
    assert caught.value.remedy
    assert len(stub.received) == 1


@pytest.mark.parametrize(("said", "least", "most"), [("7", 7, 7), ("0.25", 0.25, 0.25), ("soon", None, None)])
def test_the_wait_that_a_server_asks_for_is_passed_on(
    stub: StubServer, asked: Request, said: str, least: float | None, most: float | None
) -> None:
    stub.script(b.busy(said))
    with pytest.raises(RetryableError) as caught:
        complete(stub.url, asked)
    assert caught.value.retry_after == least == most


def test_a_wait_until_a_date_is_passed_on_in_seconds(stub: StubServer, asked: Request) -> None:
    stub.script(b.busy(b.http_date(3600)))
    with pytest.raises(RetryableError) as caught:
        complete(stub.url, asked)
    assert caught.value.retry_after is not None
    assert 3500 < caught.value.retry_after <= 3600


def test_a_server_that_does_not_answer_in_time_is_given_up(stub: StubServer, asked: Request) -> None:
    stub.script("hang")
    with pytest.raises(RetryableError, match=r"did not answer within 0.2 s. Raise --timeout"):
        complete(stub.url, asked, timeout=0.2)


def test_a_server_that_drips_is_given_up_too(asked: Request) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not reader.at_eof():
            writer.write(b" ")
            await asyncio.wait([asyncio.ensure_future(reader.read(1 << 20))], timeout=0.02)
        writer.close()

    async def ask() -> None:
        server = await asyncio.start_server(drip, "127.0.0.1", 0)
        chat = OpenAIChat(Server(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", "k", 0.3))
        try:
            await chat.complete(asked, MANNER)
        finally:
            await chat.close()
            server.close()
            await server.wait_closed()

    with pytest.raises(RetryableError, match="did not answer within"):
        asyncio.run(ask())


ENCODINGS = {"gzip": gzip.compress, "deflate": zlib.compress}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_compressed_answer_is_read(stub: StubServer, asked: Request, encoding: str) -> None:
    stub.script(lambda r: b.Answer(body=ENCODINGS[encoding](b.ok(r).body), headers={"Content-Encoding": encoding}))
    assert Draft.model_validate_json(complete(stub.url, asked).text)


def test_an_answer_that_is_not_compressed_as_it_says_may_pass(stub: StubServer, asked: Request) -> None:
    stub.script(lambda r: b.Answer(body=b.ok(r).body, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(RetryableError, match="no connection to"):
        complete(stub.url, asked)


def test_an_answer_without_an_end_is_not_read_to_it(stub: StubServer, asked: Request) -> None:
    bomb = gzip.compress(bytes(MOST_BYTES + 1))
    stub.script(lambda _: b.Answer(body=bomb, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(TransportError, match=r"more than 33,554,432 bytes") as caught:
        complete(stub.url, asked)
    assert type(caught.value) is TransportError
    assert caught.value.document == "report"


def test_a_server_that_has_moved_is_followed(stub: StubServer, asked: Request) -> None:
    stub.script(lambda r: b.Answer(307, headers={"Location": r.path.replace("/v1", "/v2")}))
    assert complete(stub.url, asked).text
    assert [sent.path for sent in stub.received] == ["/v1/chat/completions", "/v2/chat/completions"]
    assert stub.received[0].json == stub.received[1].json


def test_the_environments_proxy_is_used(stub: StubServer, asked: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", stub.url.removeprefix("http://").removesuffix("/v1"))
    complete("http://model.example/v1", asked)
    assert stub.received[0].path == "http://model.example/v1/chat/completions"


def test_no_proxy_stands_before_what_the_environment_leaves_out(
    stub: StubServer, asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,model.example")
    assert complete(stub.url, asked).text


def test_a_proxy_of_another_kind_is_named(asked: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://user:secret@127.0.0.1:1080")
    with pytest.raises(TransportError, match="socks5 proxy; only HTTP proxies can be used") as caught:
        complete("http://model.example/v1", asked)
    assert type(caught.value) is TransportError
    assert "secret" not in str(caught.value)


def test_a_closed_port_may_open_later(asked: Request) -> None:
    with pytest.raises(RetryableError, match=r"no connection to http://127.0.0.1:9/v1.*--base-url is right"):
        complete("http://127.0.0.1:9/v1", asked)


@pytest.mark.parametrize(
    "url", ["127.0.0.1:9/v1", "localhost:9/v1", "ftp://127.0.0.1/v1", "http://", "http://[::1/v1", ""]
)
def test_an_address_that_is_none_is_not_tried_again(asked: Request, url: str) -> None:
    with pytest.raises(TransportError, match="--base-url is right") as caught:
        complete(url, asked)
    assert not isinstance(caught.value, RetryableError)


@pytest.mark.parametrize("mode", [mode for mode in OutputMode if mode is not OutputMode.TEXT])
def test_a_mode_that_the_server_does_not_know_is_told_apart(stub: StubServer, asked: Request, mode: OutputMode) -> None:
    stub.always(b.accepts("text"))
    with pytest.raises(UnsupportedMode):
        complete(stub.url, asked, Manner("m", mode=mode))


OTHER_MODE_REFUSALS: dict[str, b.Behaviour] = {
    "llama.cpp cannot compile the grammar": b.failure(500, "Failed to parse grammar"),
    "OpenRouter has no endpoint": b.failure(404, "No endpoints found that support tool use"),
    "FastAPI names the field": lambda _: b.Answer(
        422, json.dumps({"detail": [{"loc": ["body", "response_format", "type"], "type": "literal_error"}]}).encode()
    ),
}


@pytest.mark.parametrize("behaviour", OTHER_MODE_REFUSALS.values(), ids=OTHER_MODE_REFUSALS)
def test_other_ways_to_refuse_a_mode_are_known(stub: StubServer, asked: Request, behaviour: b.Behaviour) -> None:
    stub.script(behaviour)
    with pytest.raises(UnsupportedMode):
        complete(stub.url, asked)


NO_MODE_REFUSALS: dict[str, b.Behaviour | str] = {
    "a report that is too long": "too_long",
    "a model that is not there": b.failure(404, "The model `functionary-7b` does not exist", "model_not_found"),
    "a server with a fault of its own": b.failure(500, "Unhandled exception in function forward()"),
    "a filter": b.failure(400, "Your response_format tripped the filter", "content_filter"),
}


@pytest.mark.parametrize("behaviour", NO_MODE_REFUSALS.values(), ids=NO_MODE_REFUSALS)
def test_what_is_not_about_the_mode_is_not_taken_for_it(
    stub: StubServer, asked: Request, behaviour: b.Behaviour | str
) -> None:
    stub.script(behaviour)
    with pytest.raises(EngineError) as caught:
        complete(stub.url, asked)
    assert not isinstance(caught.value, UnsupportedMode)


def test_without_any_mode_a_complaint_is_no_refusal_of_a_mode(stub: StubServer, asked: Request) -> None:
    stub.script(b.failure(400, "the schema of your message is wrong"))
    with pytest.raises(TransportError, match="the schema of your message"):
        complete(stub.url, asked, Manner("m", mode=OutputMode.TEXT))


@pytest.mark.parametrize(
    "body", [b"[]", b'"busy"', b'{"error": []}', b'{"error": {"message": 5, "code": [1]}}', b"\xff\xfe", b"[" * 100_000]
)
@pytest.mark.parametrize("status", [200, 400, 500])
def test_strange_bodies_are_failures_like_any_other(stub: StubServer, asked: Request, status: int, body: bytes) -> None:
    stub.script(lambda _: b.Answer(status, body))
    with pytest.raises(TransportError, match="the server answered"):
        complete(stub.url, asked)


def test_many_requests_share_few_connections_and_all_are_closed(stub: StubServer, asked: Request) -> None:
    async def ask() -> list[Completion]:
        chat = OpenAIChat(Server(stub.url, "k", 5.0))
        answers = []
        for _ in range(3):
            answers += await asyncio.gather(*(chat.complete(asked, MANNER) for _ in range(4)))
        await chat.close()
        await chat.close()
        return answers

    assert len(asyncio.run(ask())) == 12
    assert stub.counts["connections"] <= 4


def test_a_closed_client_opens_again_when_it_is_asked(stub: StubServer, asked: Request) -> None:
    chat = OpenAIChat(Server(stub.url, "k", 5.0))

    async def ask() -> str:
        try:
            return (await chat.complete(asked, MANNER)).text
        finally:
            await chat.close()

    assert asyncio.run(ask()) == asyncio.run(ask())


def test_a_request_that_is_cancelled_leaves_the_server(stub: StubServer, asked: Request) -> None:
    stub.always("hang")

    async def ask() -> None:
        chat = OpenAIChat(Server(stub.url, "k", 5.0))
        under_way = asyncio.create_task(chat.complete(asked, MANNER))
        await _until(lambda: stub.counts["under way"] == 1)
        under_way.cancel()
        await asyncio.wait([under_way])
        await _until(lambda: stub.counts["under way"] == 0)
        await chat.close()

    asyncio.run(ask())
    assert stub.counts["given up by the client"] == 1


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)
