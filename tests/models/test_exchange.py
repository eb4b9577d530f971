"""Requests are known by a hash of what is asked; replies and their cost add up."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents import from_text
from summarizer.models.exchange import Message, PromptInfo, ReplySchema, Request, Subject, Usage, canonical_hash
from summarizer.models.json_schema import draft_schema
from summarizer.prompts import Prompts
from summarizer.sentences import split

from .drafts import REPORT

SCHEMA = ReplySchema.of("Answer", {"type": "object", "properties": {}})
REQUEST = Request(
    "brief",
    Subject("a", "0" * 64, "en"),
    (Message("system", "Rules."), Message("user", "Report.")),
    SCHEMA,
    PromptInfo("brief", "abc"),
)


def asked(text: str, **about: str) -> Request:
    document = from_text(text, **about)  # type: ignore[arg-type]
    return Prompts().brief(document, split(document.text, document.language), draft_schema())


def test_a_key_is_a_sha_256_that_stays_the_same_over_versions() -> None:
    assert REQUEST.key == "efbc5462d307bb1d78cd01f8ad85657260f9dd433814e169bf8f2578afdf44f5"


CHANGES = {
    "task": replace(REQUEST, task="merge"),
    "schema": replace(REQUEST, schema=ReplySchema.of("Answer", {"type": "object", "properties": {"a": {}}})),
    "text": replace(REQUEST, messages=(REQUEST.messages[0], Message("user", "Another report."))),
    "prompt": replace(REQUEST, messages=(Message("system", "Other rules."), REQUEST.messages[1])),
    "role": replace(REQUEST, messages=(REQUEST.messages[0], Message("assistant", "Report."))),
    "order": replace(REQUEST, messages=REQUEST.messages[::-1]),
    "a re-ask": REQUEST.followed_by(Message("assistant", "{}"), Message("user", "Again.")),
}


@pytest.mark.parametrize("request_", CHANGES.values(), ids=CHANGES)
def test_the_key_changes_with_what_is_asked(request_: Request) -> None:
    assert request_.key != REQUEST.key


def test_the_key_does_not_depend_on_the_document_s_name_nor_its_source() -> None:
    assert replace(REQUEST, about=Subject("b", "1" * 64, "de")).key == REQUEST.key
    assert asked(REPORT, id="one", source="x").key == asked(REPORT, id="two", source="y").key


@pytest.mark.parametrize("about", [{"published": "2025-08-26"}, {"title": "Bridge"}, {"outlet": "Paper"}])
def test_the_key_changes_with_what_is_known_of_the_report(about: dict[str, str]) -> None:
    assert asked(REPORT, **about).key != asked(REPORT).key


def test_the_key_changes_with_one_letter_of_the_report() -> None:
    assert asked(REPORT).key != asked(REPORT.replace("Monday", "monday")).key


def test_a_re_ask_keeps_what_was_asked() -> None:
    again = REQUEST.followed_by(Message("assistant", "{}"))
    assert again.messages[:2] == REQUEST.messages
    assert (again.task, again.about, again.schema, again.prompt) == ("brief", REQUEST.about, SCHEMA, REQUEST.prompt)


def test_the_hash_of_a_value_does_not_depend_on_the_order_of_its_keys() -> None:
    assert canonical_hash({"a": 1, "b": {"c": 2, "d": 3}}) == canonical_hash({"b": {"d": 3, "c": 2}, "a": 1})
    assert canonical_hash({"a": 1}) != canonical_hash({"a": 2})
    assert canonical_hash({"a": "é"}) != canonical_hash({"a": "e"})


@given(st.dictionaries(st.text(st.characters(exclude_categories=("Cs",))), st.integers() | st.booleans() | st.none()))
def test_a_value_read_back_from_json_has_the_same_hash(value: dict[str, object]) -> None:
    assert canonical_hash(json.loads(json.dumps(value))) == canonical_hash(value)


def test_usage_adds_up_and_what_is_unknown_stays_unknown() -> None:
    total = Usage(1, 10, 5, None, 0.5) + Usage(2, 20, None, None, 0.25)
    assert total == Usage(3, 30, 5, None, 0.75)
    assert Usage() + Usage() == Usage()
    assert sum((Usage(1, 1, 1), Usage(1, 2, 2)), Usage()) == Usage(2, 3, 3)
