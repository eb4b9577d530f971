"""Asking for a draft, reading the reply, and asking again with what was wrong."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.engines.base import Filled
from summarizer.engines.prompted import PromptedEngine, read_reply
from summarizer.errors import InvalidReply, MissingReply, Refusal, TransportError, TruncatedReply
from summarizer.models.exchange import Reply, Usage
from summarizer.prompts import Prompts

from .asking import TEXT, Scripted, good_draft, reply, task

GOOD = json.dumps(good_draft())
FAULTY = json.dumps(good_draft(origins=[]))
"""It fits the schema, but its event names an origin that it lacks."""
FAULTIER = json.dumps(good_draft(origins=[], actors=[]))
INVALID = json.dumps(good_draft(headline=None, aims="none"))
SENTENCES = range(1, len(task().sentences) + 1)


def filled(*replies: str | Reply | Exception, reasks: int = 2) -> tuple[Filled, Scripted]:
    """What an engine makes of these replies, and the source that gave them."""
    source = Scripted([reply(r) if isinstance(r, str) else r for r in replies])
    engine = PromptedEngine(Prompts(), source, reasks)
    return asyncio.run(engine.fill(task())), source


class TestReading:
    @pytest.mark.parametrize(
        "text",
        [GOOD, f"\n{GOOD}\n", f"```json\n{GOOD}\n```", f"```\n{GOOD}```", f"Here it is:\n```JSON\n{GOOD}\n```\nDone.",
         f"<think>\nThe report is short.\n</think>\n{GOOD}", json.dumps(json.loads(GOOD), indent=2)],
        ids=["bare", "blank lines", "fence", "unnamed fence", "fence in words", "thoughts", "indented"],
    )  # fmt: skip
    def test_a_draft_is_read_in_its_usual_wrappings(self, text: str) -> None:
        reading = read_reply(text, SENTENCES)
        assert reading.draft is not None
        assert reading.faults == ()

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("", "Invalid JSON: EOF"),
            ("I would rather not", "Invalid JSON"),
            (GOOD[:-20], "Invalid JSON"),
            ("}{", "Invalid JSON"),
            ("[]", "Input should be an object"),
            ("{}", "headline: Field required"),
            (json.dumps(good_draft(headline=3)), "headline: Input should be a valid string"),
            (json.dumps(good_draft(mood="grave")), "mood: Extra inputs are not permitted"),
        ],
    )
    def test_what_is_no_draft_has_faults_that_say_where(self, text: str, fault: str) -> None:
        reading = read_reply(text, SENTENCES)
        assert reading.draft is None
        assert fault in reading.faults[0]

    def test_a_draft_may_fit_and_still_be_faulty(self) -> None:
        reading = read_reply(FAULTY, SENTENCES)
        assert reading.draft is not None
        assert reading.faults
        assert all("'O1'" in fault for fault in reading.faults)

    def test_a_long_list_of_faults_is_cut(self) -> None:
        context = [{"topic": "t", "text": "x", "ev": [99]}] * 50
        assert len(read_reply(json.dumps(good_draft(context=context)), SENTENCES).faults) == 12

    @given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "surrogateescape")))
    def test_any_reply_is_read(self, text: str) -> None:
        reading = read_reply(text, SENTENCES)
        assert reading.draft is None
        assert reading.faults


class TestAsking:
    def test_a_good_reply_is_taken_at_once(self) -> None:
        result, source = filled(GOOD)
        assert len(source.requests) == 1
        assert result.draft.headline == "What the report says"
        assert result.reasks == 0
        assert result.request == source.requests[0].key
        assert result.prompt is not None
        assert result.prompt.name == "brief"

    def test_an_invalid_reply_is_asked_again_with_its_errors(self) -> None:
        result, source = filled(INVALID, GOOD)
        first, again = source.requests
        assert again.messages[:2] == first.messages
        assert [m.role for m in again.messages] == ["system", "user", "assistant", "user"]
        assert again.messages[2].content == INVALID
        assert "headline: Input should be a valid string" in again.messages[3].content
        assert "aims: Input should be a valid " in again.messages[3].content
        assert result.reasks == 1
        assert result.request == again.key

    def test_each_asking_again_holds_all_replies_before(self) -> None:
        _, source = filled("one", "two", GOOD)
        assert [m.content for m in source.requests[2].messages if m.role == "assistant"] == ["one", "two"]

    @pytest.mark.parametrize(("reasks", "requests", "words"), [(0, 1, "once"), (1, 2, "2 times"), (3, 4, "4 times")])
    def test_an_invalid_reply_is_asked_again_at_most_so_often(self, reasks: int, requests: int, words: str) -> None:
        source = Scripted([reply("no")] * 9)
        with pytest.raises(InvalidReply, match=rf"^report: the model replied {words} .*Invalid JSON.*--mode"):
            asyncio.run(PromptedEngine(Prompts(), source, reasks).fill(task()))
        assert len(source.requests) == requests

    def test_a_fitting_but_faulty_reply_is_asked_again_once(self) -> None:
        result, source = filled(FAULTY, FAULTY, GOOD)
        assert len(source.requests) == 2
        assert "'O1'" in source.requests[1].messages[-1].content
        assert result.draft.origins == ()
        assert result.reasks == 1

    def test_without_asking_again_a_faulty_reply_is_taken(self) -> None:
        result, source = filled(FAULTY, reasks=0)
        assert len(source.requests) == 1
        assert result.draft.origins == ()

    def test_of_two_faulty_replies_the_one_with_fewer_faults_is_taken(self) -> None:
        for replies in ((FAULTY, FAULTIER), (FAULTIER, FAULTY)):
            result, _ = filled(*replies)
            assert len(result.draft.actors) == 3

    def test_a_second_reply_that_is_invalid_does_not_cost_the_first(self) -> None:
        result, _ = filled(FAULTY, INVALID)
        assert result.draft.origins == ()

    @pytest.mark.parametrize("kind", [MissingReply, Refusal, TruncatedReply, TransportError])
    def test_a_second_request_that_fails_does_not_cost_the_first_reply(self, kind: type[Exception]) -> None:
        result, source = filled(FAULTY, kind("no"))
        assert len(source.requests) == 2
        assert result.reasks == 0
        assert result.request == source.requests[0].key

    @pytest.mark.parametrize("kind", [MissingReply, Refusal, TruncatedReply, TransportError])
    def test_without_a_usable_reply_a_failure_is_raised(self, kind: type[Exception]) -> None:
        for replies in ((kind("no"),), (INVALID, kind("no"))):
            with pytest.raises(kind):
                filled(*replies)

    def test_usage_is_not_double_counted_over_reasks(self) -> None:
        result, _ = filled(INVALID, INVALID, GOOD)
        assert result.usage == Usage(3, 30, 60, 15, pytest.approx(0.03))

    def test_a_filling_counts_as_recorded_only_if_all_replies_were(self) -> None:
        kept = reply(INVALID, recorded=True)
        assert filled(kept, reply(GOOD, recorded=True))[0].recorded
        assert not filled(kept, reply(GOOD))[0].recorded

    def test_seconds_add_up(self) -> None:
        result, _ = filled(reply(INVALID, seconds=1.5), reply(GOOD, seconds=2.0))
        assert result.seconds == 3.5

    def test_template_marks_in_a_report_or_a_reply_survive_asking_again(self) -> None:
        _, source = filled("{{ boom }} {% if %}", GOOD)
        messages = [m.content for m in source.requests[1].messages]
        assert "“{{ price }} is not what we asked for,” said the union {% if strike %} and left." in messages[1]
        assert messages[2] == "{{ boom }} {% if %}"

    def test_the_engine_has_the_name_of_its_source_and_closes_it(self) -> None:
        source = Scripted([])
        engine = PromptedEngine(Prompts(), source)
        assert engine.name == "live"
        asyncio.run(engine.close())
        assert source.closed


@given(st.recursive(st.none() | st.integers() | st.text(max_size=4), lambda v: st.lists(v, max_size=2), max_leaves=4))
def test_any_value_in_a_field_is_a_fault_that_can_be_asked_about(value: Any) -> None:
    for field in ("headline", "bottom_line", "events"):
        reading = read_reply(json.dumps(good_draft(TEXT, **{field: value})), SENTENCES)
        assert reading.draft is not None or reading.faults[0].startswith(field)
