"""Responses of providers' own clients, in the shapes that they have."""

from __future__ import annotations

import json
from enum import Enum
from types import SimpleNamespace as Response
from typing import Any

import pytest

from summarizer.engines.raw import read_raw, usage_of
from summarizer.errors import ContentFiltered, Refusal, TransportError, TruncatedReply
from summarizer.models.draft import Draft
from summarizer.models.exchange import Usage

from .asking import good_draft


class FinishReason(Enum):
    """As Google's client has it."""

    STOP = "STOP"
    SAFETY = "SAFETY"
    MAX_TOKENS = "MAX_TOKENS"


def anthropic(*content: Any, stop: str = "end_turn") -> Response:
    """A message as Anthropic's client returns it."""
    usage = Response(input_tokens=11, output_tokens=7)
    return Response(model="claude", content=list(content), stop_reason=stop, usage=usage)


def google(*parts: Any, finish: FinishReason = FinishReason.STOP) -> Response:
    """Candidates as Google's client returns them."""
    usage = Response(prompt_token_count=11, candidates_token_count=7)
    return Response(
        candidates=[Response(content=Response(parts=list(parts)), finish_reason=finish)], usage_metadata=usage
    )


def cohere(*content: Any, finish: str = "COMPLETE") -> Response:
    """A chat response as Cohere's client returns it."""
    return Response(message=Response(content=list(content)), finish_reason=finish, usage=None)


TEXTS = {
    "anthropic, a tool": (anthropic(Response(type="tool_use", input={"a": "é"})), '{"a": "é"}'),
    "anthropic, text": (anthropic(Response(type="text", text="{}")), "{}"),
    "anthropic, thoughts before": (anthropic(Response(thinking="…"), Response(text="{}")), "{}"),
    "google, a function": (google(Response(function_call=Response(args={"a": 1}))), '{"a": 1}'),
    "google, text": (google(Response(function_call=None, text="{}")), "{}"),
    "cohere, text": (cohere(Response(type="text", text="{}")), "{}"),
    "text alone": (Response(text="{}"), "{}"),
    "nothing": (Response(), ""),
    "content that is none": (Response(content=None, text=None), ""),
}


@pytest.mark.parametrize(("raw", "text"), TEXTS.values(), ids=TEXTS)
def test_the_reply_is_found_in_every_shape(raw: Response, text: str) -> None:
    assert read_raw(raw, "r").text == text


def test_why_an_answer_ended_is_told_where_it_says_so() -> None:
    assert read_raw(anthropic(Response(text="{}")), "r").finish == "end_turn"
    assert read_raw(google(Response(text="{}")), "r").finish == "stop"
    assert read_raw(Response(text="{}"), "r").finish is None
    assert read_raw(anthropic(stop="it said: a word"), "r").finish is None


def test_what_instructor_read_is_taken_before_what_the_shape_shows() -> None:
    draft = Draft.model_validate(good_draft())
    assert json.loads(read_raw(Response(), "r", draft).text) == good_draft()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (anthropic(stop="refusal"), Refusal),
        (anthropic(Response(text="{"), stop="max_tokens"), TruncatedReply),
        (google(finish=FinishReason.SAFETY), ContentFiltered),
        (google(Response(text="{"), finish=FinishReason.MAX_TOKENS), TruncatedReply),
        (cohere(Response(text="{"), finish="MAX_TOKENS"), TruncatedReply),
        ("<html></html>", TransportError),
    ],
)
def test_refusal_filter_truncation_and_no_answer_are_told_apart(raw: Any, kind: type[Exception]) -> None:
    with pytest.raises(kind) as caught:
        read_raw(raw, "r")
    assert type(caught.value) is kind or kind is TransportError
    assert getattr(caught.value, "document", None) == "r"


@pytest.mark.parametrize(
    ("raw", "usage"),
    [
        (anthropic(), Usage(1, 11, 7)),
        (google(), Usage(1, 11, 7)),
        (Response(usage=Response(input_tokens=11, output_tokens=7, cache_read_input_tokens=None)), Usage(1, 11, 7)),
        (
            Response(
                usage=Response(
                    input_tokens=11, output_tokens=7, cache_read_input_tokens=2000, cache_creation_input_tokens=300
                )
            ),
            Usage(1, 2311, 7, 2000, None, 300),
        ),
        (
            Response(
                usage_metadata=Response(
                    prompt_token_count=2011,
                    candidates_token_count=7,
                    cached_content_token_count=2000,
                    thoughts_token_count=90,
                )
            ),
            Usage(1, 2011, 97, 2000),
        ),
        (Response(usage=Response(prompt_tokens=0, completion_tokens=0)), Usage(1, 0, 0)),
        (Response(usage=Response(input_tokens="many")), Usage(1)),
        (Response(usage=[3]), Usage(1)),
        (Response(), Usage(1)),
    ],
)
def test_tokens_are_found_under_any_name(raw: Response, usage: Usage) -> None:
    assert usage_of(raw) == usage
