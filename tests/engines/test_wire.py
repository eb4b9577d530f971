"""Requests and answers on the wire of the chat completions API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.engines.wire import (
    Manner,
    OutputMode,
    Sampling,
    read_completion,
    read_usage,
    request_body,
    request_bytes,
)
from summarizer.errors import ContentFiltered, EngineError, Refusal, TransportError, TruncatedReply
from summarizer.models.exchange import Request, Usage
from summarizer.models.json_schema import draft_schema

from .asking import TEXT, request_about

SCHEMA = draft_schema().schema


def answer(**message: Any) -> dict[str, Any]:
    """A chat completion with this message."""
    return {"model": "m-1", "choices": [{"finish_reason": "stop", "message": {"role": "assistant", **message}}]}


def ended(finish: str) -> dict[str, Any]:
    """A chat completion that ended so."""
    return {"choices": [{"finish_reason": finish, "message": {"content": "{"}}], "usage": {"completion_tokens": 7}}


def shared(one: bytes, other: bytes) -> bytes:
    """What both begin with."""
    return one[: next(n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)]


class TestRequests:
    def test_strict_schema_is_really_sent(self, asked: Request) -> None:
        sent = request_body(asked, Manner("m", mode=OutputMode.JSON_SCHEMA))["response_format"]
        assert sent == {"type": "json_schema", "json_schema": {"name": "Draft", "strict": True, "schema": SCHEMA}}

    def test_a_tool_is_strict_and_must_be_called(self, asked: Request) -> None:
        body = request_body(asked, Manner("m", mode=OutputMode.TOOLS))
        function = {"name": "Draft", "strict": True, "parameters": SCHEMA}
        assert body["tools"] == [{"type": "function", "function": function}]
        assert body["tool_choice"] == {"type": "function", "function": {"name": "Draft"}}
        assert "response_format" not in body

    def test_a_schema_object_holds_the_schema(self, asked: Request) -> None:
        body = request_body(asked, Manner("m", mode=OutputMode.SCHEMA_OBJECT))
        assert body["response_format"] == {"type": "json_object", "schema": SCHEMA}

    @pytest.mark.parametrize(
        ("mode", "shape"), [(OutputMode.JSON_OBJECT, {"type": "json_object"}), (OutputMode.TEXT, None)]
    )
    def test_without_a_schema_on_the_wire_it_stands_in_the_system_prompt(
        self, asked: Request, mode: OutputMode, shape: Any
    ) -> None:
        body = request_body(asked, Manner("m", mode=mode))
        assert body.get("response_format") == shape
        system = body["messages"][0]["content"]
        assert system.startswith(asked.messages[0].content)
        assert json.loads(system[system.rindex('{"$defs"') :]) == SCHEMA

    @pytest.mark.parametrize("mode", [OutputMode.JSON_SCHEMA, OutputMode.SCHEMA_OBJECT, OutputMode.TOOLS])
    def test_with_a_schema_on_the_wire_the_prompt_is_left_alone(self, asked: Request, mode: OutputMode) -> None:
        sent = request_body(asked, Manner("m", mode=mode))["messages"]
        assert sent == [{"role": m.role, "content": m.content} for m in asked.messages]

    def test_settings_are_sent_only_when_given(self, asked: Request) -> None:
        assert not {"temperature", "max_tokens", "seed"} & set(request_body(asked, Manner("m")))
        body = request_body(asked, Manner("m", Sampling(temperature=0.0, max_tokens=9, seed=0)))
        assert (body["temperature"], body["max_tokens"], body["seed"]) == (0.0, 9, 0)

    @pytest.mark.parametrize("mode", OutputMode)
    def test_template_marks_in_a_report_are_sent_unchanged(self, mode: OutputMode) -> None:
        body = request_body(request_about("r", TEXT), Manner("m", mode=mode))
        assert (
            "“{{ price }} is not what we asked for,” said the union {% if strike %}" in body["messages"][1]["content"]
        )

    @pytest.mark.parametrize("mode", OutputMode)
    def test_requests_are_the_same_byte_for_byte_up_to_the_report_and_after_it(self, mode: OutputMode) -> None:
        texts = ("Aachen met Bonn. They agreed.", "Zwolle met Cuijk. They parted without a word.")
        manner = Manner("m", Sampling(0.0, 900, 1), mode, cache_key=True)
        one, other = (request_bytes(request_about(text[0], text), manner) for text in texts)
        prefix = shared(one, other)
        suffix = shared(one[::-1], other[::-1])[::-1]
        assert prefix.endswith(b'"content":"Published: not known\\n----- report ')
        in_prompt = mode in (OutputMode.JSON_OBJECT, OutputMode.TEXT)  # the schema, which is the larger half
        assert len(prefix) > (15_500 if in_prompt else 6_500)  # providers cache from 1,024 tokens on
        assert all(len(body) - len(prefix) - len(suffix) < 300 for body in (one, other))  # the report, in sentences

    @pytest.mark.parametrize("mode", OutputMode)
    def test_the_key_of_the_cache_is_the_prompts_hash_and_changes_nothing_else(
        self, asked: Request, mode: OutputMode
    ) -> None:
        without = request_body(asked, Manner("m", Sampling(0.0), mode))
        assert "prompt_cache_key" not in without
        keyed = Manner("m", Sampling(0.0), mode, cache_key=True)
        assert request_body(asked, keyed) == without | {"prompt_cache_key": asked.prompt.hash}
        assert json.loads(request_bytes(asked, keyed)) == request_body(asked, keyed)

    @pytest.mark.parametrize(
        ("sampling", "text"),
        [
            (Sampling(), "m"),
            (Sampling(temperature=0.0), "m&temperature=0.0"),
            (Sampling(0.5, 100, 7), "m&temperature=0.5&max_tokens=100&seed=7"),
        ],
    )
    def test_settings_tell_replies_apart(self, sampling: Sampling, text: str) -> None:
        assert sampling.settings("m") == text


class TestAnswers:
    @pytest.mark.parametrize(
        ("message", "text"),
        [
            ({"content": "{}"}, "{}"),
            ({"content": "{}", "tool_calls": None, "refusal": None}, "{}"),
            ({"content": "{}", "tool_calls": []}, "{}"),
            ({"content": None, "tool_calls": [{"function": {"name": "Draft", "arguments": '{"a": 1}'}}]}, '{"a": 1}'),
            ({"tool_calls": [{"function": {"arguments": {"a": [1]}}}]}, '{"a": [1]}'),
            ({"content": [{"type": "text", "text": '{"a":'}, {"type": "text", "text": "1}"}]}, '{"a":1}'),
            ({"content": [None, 3, {"text": None}]}, ""),
            ({"content": None}, ""),
            ({}, ""),
        ],
    )
    def test_the_text_is_found_wherever_servers_put_it(self, message: dict[str, Any], text: str) -> None:
        assert read_completion(answer(**message), "r").text == text

    def test_half_a_surrogate_pair_does_not_get_into_a_reply(self) -> None:
        body = json.loads(r'{"model": "m\ud800", "choices": [{"message": {"content": "a\ud83d b\ud83d\ude00"}}]}')
        completion = read_completion(body, "r")
        assert completion.text == "a\ufffd b\U0001f600"
        assert completion.model == "m\ufffd"

    def test_a_refusal_is_told_with_the_models_words(self) -> None:
        with pytest.raises(Refusal, match=r"^r: the model refused: I cannot help. Try"):
            read_completion(answer(content=None, refusal="I cannot\nhelp."), "r")

    def test_a_filtered_reply_is_no_refusal(self) -> None:
        with pytest.raises(ContentFiltered, match="content filter"):
            read_completion(ended("content_filter"), "r")

    def test_a_truncated_reply_says_after_how_many_tokens(self) -> None:
        with pytest.raises(TruncatedReply, match=r"after 7 tokens.*--max-tokens"):
            read_completion(ended("length"), "r")

    @pytest.mark.parametrize(
        "body",
        [None, 3, "", "busy", [], {}, {"choices": []}, {"choices": None}, {"choices": [None]}, {"choices": [{}]},
         {"choices": [{"message": None}]}, {"choices": [{"message": "text"}]}, {"error": "overloaded"},
         {"choices": [{"message": {"tool_calls": [{}]}}]}, {"choices": [{"message": {"tool_calls": {"a": 1}}}]}],
    )  # fmt: skip
    def test_what_is_no_completion_is_shown_and_names_the_document(self, body: object) -> None:
        with pytest.raises(TransportError, match="no chat completion") as caught:
            read_completion(body, "r")
        assert caught.value.document == "r"

    def test_html_is_called_html(self) -> None:
        with pytest.raises(TransportError, match=r"answered HTML \(<!doctype html>"):
            read_completion("\n<!doctype html>\n<html>…", "r")

    @pytest.mark.parametrize(
        ("usage", "expected"),
        [
            ({"prompt_tokens": 3, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 2}}, (3, 5, 2)),
            (
                {
                    "prompt_tokens": 9,
                    "completion_tokens": 5,
                    "prompt_tokens_details": {"cached_tokens": 2, "cache_write_tokens": 4},
                },
                (9, 5, 2, None, 4),
            ),
            ({"prompt_tokens": 3, "completion_tokens": 5, "prompt_tokens_details": None}, (3, 5, None)),
            ({"prompt_tokens": 3, "completion_tokens": 5, "prompt_tokens_details": "none"}, (3, 5, None)),
            ({"prompt_tokens": "3", "completion_tokens": -1, "prompt_tokens_details": []}, (None, None, None)),
            ({"prompt_tokens": 10**30, "completion_tokens": 1.5}, (None, None, None)),
            ([1, 2], (None, None, None)),
            ("many", (None, None, None)),
            (None, (None, None, None)),
        ],
    )
    def test_tokens_are_counted_only_where_they_are_numbers(self, usage: object, expected: tuple[Any, ...]) -> None:
        assert read_usage({"usage": usage}) == Usage(1, *expected)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "message", "content", "tool_calls", "function", "arguments", "text", "usage"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
NEARLY = st.fixed_dictionaries(
    {"choices": st.lists(st.fixed_dictionaries({"message": JSON, "finish_reason": JSON}), max_size=1) | JSON},
    optional={"usage": st.fixed_dictionaries({"prompt_tokens": JSON, "prompt_tokens_details": JSON}), "model": JSON},
)


@given(JSON | NEARLY)
def test_any_body_gives_an_answer_or_an_engine_error(body: object) -> None:
    try:
        read = read_completion(body, "r").text
    except EngineError as error:
        read = str(error)
    assert read.encode() is not None


@given(JSON)
def test_any_usage_is_read(usage: object) -> None:
    read = read_usage({"usage": usage})
    assert all(n is None or 0 <= n < 2**63 for n in (read.input_tokens, read.output_tokens, read.cached_tokens))
