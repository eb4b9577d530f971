"""A live model: modes found out, failures retried, tokens and cost counted; against the stub."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import pytest

from summarizer.engines.live import LiveModel, LiveSource
from summarizer.engines.openai_chat import OpenAIChat, Server, UnsupportedMode
from summarizer.engines.retry import RetryPolicy
from summarizer.engines.wire import Completion, Manner, OutputMode
from summarizer.errors import ConfigurationError, ContentFiltered, EngineError, Refusal, TransportError, TruncatedReply
from summarizer.models.exchange import Reply, Request, Usage

from ..stub import behaviours as b
from ..stub.server import StubServer
from .asking import PATIENCE, request_about, run_in_virtual_time

MODES = [str(mode) for mode in OutputMode]


class Asked:
    """What came of asking: replies and errors in the order of the requests, and the mode in the end."""

    def __init__(
        self, stub: StubServer, requests: Iterable[Request], model: LiveModel | None = None, at_once: bool = False
    ) -> None:
        self.source = LiveSource(
            OpenAIChat(Server(stub.url, "k", PATIENCE.timeout)), model or LiveModel("stub-model"), PATIENCE
        )
        self.outcomes: list[Reply | BaseException] = asyncio.run(self._ask(list(requests), at_once))

    async def _ask(self, requests: list[Request], at_once: bool) -> list[Reply | BaseException]:
        try:
            if at_once:
                return await asyncio.gather(*map(self.source.reply, requests), return_exceptions=True)
            found: list[Reply | BaseException] = []
            for request in requests:
                found += await asyncio.gather(self.source.reply(request), return_exceptions=True)
            return found
        finally:
            await self.source.close()

    def one(self) -> Reply:
        """The one reply; an error is raised."""
        (outcome,) = self.outcomes
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome


def test_a_live_reply_tells_where_it_comes_from(stub: StubServer, asked: Request) -> None:
    reply = Asked(stub, [asked]).one()
    assert reply.model == "stub-model"
    assert reply.replied.startswith("20")
    assert reply.replied.endswith("+00:00")
    assert reply.seconds > 0
    assert not reply.recorded


def test_our_live_engine_sends_exactly_one_request_per_attempt(stub: StubServer, asked: Request) -> None:
    stub.always("500")
    with pytest.raises(TransportError, match=f"tried {PATIENCE.attempts} times"):
        Asked(stub, [asked]).one()
    assert len(stub.received) == PATIENCE.attempts


def test_passing_failures_are_retried_and_counted_as_requests(stub: StubServer, asked: Request) -> None:
    stub.script(b.busy("0.01"), "reset", "html")
    reply = Asked(stub, [asked]).one()
    assert len(stub.received) == 4
    assert reply.usage.requests == 4


def test_a_retry_after_is_waited_for(stub: StubServer, asked: Request) -> None:
    stub.script(b.busy("0.3"))
    assert Asked(stub, [asked]).one().usage.requests == 2
    assert stub.times[1] - stub.times[0] >= 0.3


def test_a_time_out_is_retried(stub: StubServer, asked: Request) -> None:
    stub.script("hang")
    source = LiveSource(OpenAIChat(Server(stub.url, "k", 0.2)), LiveModel("m"), PATIENCE)

    async def ask() -> Reply:
        try:
            return await source.reply(asked)
        finally:
            await source.close()

    assert asyncio.run(ask()).usage.requests == 2


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [("refusal", Refusal), ("content_filter", ContentFiltered), ("length", TruncatedReply), ("401", TransportError),
     ("404", TransportError), ("quota", TransportError)],
)  # fmt: skip
def test_what_will_not_pass_costs_one_request(
    stub: StubServer, asked: Request, behaviour: str, kind: type[EngineError]
) -> None:
    stub.always(behaviour)
    with pytest.raises(kind) as caught:
        Asked(stub, [asked]).one()
    assert caught.value.document == "report"
    assert len(stub.received) == 1


@pytest.mark.parametrize("known", MODES)
def test_the_strictest_mode_that_the_server_takes_is_found(stub: StubServer, asked: Request, known: str) -> None:
    stub.always(b.accepts(known))
    found = Asked(stub, [asked])
    assert [sent.mode for sent in stub.received] == MODES[: MODES.index(known) + 1]
    assert found.source.mode == known
    assert found.one().usage.requests == MODES.index(known) + 1


def test_the_mode_is_found_once_for_all_reports(stub: StubServer) -> None:
    stub.always(b.accepts("tools", "text"))
    Asked(stub, [request_about(name) for name in ("one", "two", "three")])
    assert [sent.mode for sent in stub.received] == ["json_schema", "schema_object", "tools", "tools", "tools"]


def test_requests_at_once_find_the_same_mode(stub: StubServer) -> None:
    stub.always(b.accepts("json_object", "text"))
    found = Asked(stub, [request_about(f"r{n}") for n in range(8)], at_once=True)
    assert all(isinstance(outcome, Reply) for outcome in found.outcomes)
    assert found.source.mode is OutputMode.JSON_OBJECT


class Straggling:
    """Refuses the first mode: at once to one report, late to the other; takes every other mode."""

    async def complete(self, request: Request, manner: Manner) -> Completion:
        if manner.mode is OutputMode.JSON_SCHEMA:
            await asyncio.sleep(60.0 if request.about.document == "late" else 1.0)
            raise UnsupportedMode("no such mode")
        return Completion(manner.mode, "m", Usage(1))

    async def close(self) -> None:
        """Nothing is held open."""


def test_a_late_refusal_of_a_mode_that_was_left_already_is_no_failure() -> None:
    source = LiveSource(Straggling(), LiveModel("m"), RetryPolicy())

    async def ask() -> list[str]:
        replies = await asyncio.gather(*(source.reply(request_about(name)) for name in ("late", "early")))
        return [reply.text for reply in replies]

    assert run_in_virtual_time(ask()) == ["schema_object", "schema_object"]


def test_a_mode_that_was_asked_for_is_the_only_one_sent(stub: StubServer, asked: Request) -> None:
    found = Asked(stub, [asked], LiveModel("m", mode=OutputMode.TOOLS))
    assert [sent.mode for sent in stub.received] == ["tools"]
    assert found.source.mode is OutputMode.TOOLS


def test_a_mode_that_was_asked_for_is_never_left_for_another(stub: StubServer, asked: Request) -> None:
    stub.always(b.accepts("tools", "text"))
    with pytest.raises(ConfigurationError, match=r"json_schema is not to be had. Leave --mode out.*tools") as caught:
        Asked(stub, [asked], LiveModel("m", mode=OutputMode.JSON_SCHEMA)).one()
    assert caught.value.document == "report"
    assert len(stub.received) == 1


def test_after_the_first_reply_the_mode_stays(stub: StubServer) -> None:
    stub.script("ok", b.REFUSED_MODES["json_schema"])
    first, second, third = Asked(stub, [request_about(name) for name in ("one", "two", "three")]).outcomes
    assert isinstance(first, Reply)
    assert isinstance(second, TransportError)
    assert isinstance(third, Reply)
    assert {sent.mode for sent in stub.received} == {"json_schema"}


def test_one_report_that_is_too_long_does_not_change_the_mode(stub: StubServer) -> None:
    stub.script("too_long")
    first, second = Asked(stub, [request_about("long"), request_about("short")]).outcomes
    assert isinstance(first, TransportError)
    assert isinstance(second, Reply)
    assert stub.received[1].mode == "json_schema"


def test_a_server_that_takes_no_key_and_no_mode_tells_its_first_failure(stub: StubServer, asked: Request) -> None:
    stub.always("400")
    with pytest.raises(TransportError, match="This is no valid request"):
        Asked(stub, [asked]).one()
    assert len(stub.received) == 1


def test_tokens_have_a_price_where_the_provider_is_known(stub: StubServer, asked: Request) -> None:
    usage = Asked(stub, [asked], LiveModel("gpt-4o-mini", "openai")).one().usage
    assert usage.input_tokens is not None
    assert usage.output_tokens is not None
    expected = usage.input_tokens * 0.15e-6 + usage.output_tokens * 0.6e-6
    assert usage.cost_usd == pytest.approx(expected)


def test_a_server_of_ones_own_has_no_price(stub: StubServer, asked: Request) -> None:
    assert Asked(stub, [asked], LiveModel("gpt-4o-mini", None)).one().usage.cost_usd is None


def test_a_reply_without_a_models_name_gets_the_name_asked_for(stub: StubServer, asked: Request) -> None:
    stub.always(b.says({"choices": [{"message": {"content": "{}"}}]}))
    reply = Asked(stub, [asked], LiveModel("asked-for")).one()
    assert reply.model == "asked-for"
    assert reply.usage == replace(reply.usage, requests=1, input_tokens=None, output_tokens=None)
