"""Results in every format, whatever their texts hold."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from enum import StrEnum
from itertools import cycle
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError, EmptyDocument
from summarizer.models.brief import Brief
from summarizer.models.outcome import Failure
from summarizer.render import FORMATS, render, to_json
from summarizer.render.html import to_html
from summarizer.render.markdown import to_markdown

from .sample import greek_brief, persian_brief
from .test_terminal import shown as in_terminal

SAMPLE = persian_brief().model_dump()
FAILURE = Failure.of(EmptyDocument("no text in it", document="a|b.txt", remedy="Leave it out"))
CODED = {"date", "published"}
TURNS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
TEXTS = st.text(st.sampled_from("a [*<&\x00\x07\x1b\x7f\x9b\u2028\u202e\u2066\u2069\u200dسα2") | st.characters())


def filled(value, texts, key=""):
    """The same data with other texts."""
    if isinstance(value, dict):
        return {name: filled(entry, texts, name) for name, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return tuple(filled(entry, texts) for entry in value)
    is_text = isinstance(value, str) and not isinstance(value, StrEnum) and key not in CODED
    return next(texts) if is_text else value


briefs = st.lists(TEXTS, min_size=1, max_size=8).map(lambda t: Brief.model_validate(filled(SAMPLE, cycle(t))))


def commands_in(text):
    """Characters that a terminal obeys or that turn the direction of text, line breaks aside."""
    return {char for char in text if char != "\n" and (unicodedata.category(char) in ("Cc", "Cs") or char in TURNS)}


@settings(deadline=None, max_examples=50)
@given(briefs, st.integers(1, 200))
def test_a_terminal_gets_no_commands_from_any_text(brief, width):
    text = in_terminal(brief, width)
    assert not commands_in(text)
    assert all(line.count("\u2068") == line.count("\u2069") for line in text.splitlines())


@settings(deadline=None, max_examples=50)
@given(briefs)
def test_markdown_holds_no_commands_from_any_text(brief):
    text = to_markdown(brief)
    assert not commands_in(text)
    assert text.count("\u2068") == text.count("\u2069")


@settings(deadline=None, max_examples=50)
@given(briefs)
def test_html_is_well_formed_with_any_text(brief):
    html = to_html(brief)
    assert not commands_in(html)
    ET.fromstring(html)


@settings(deadline=None, max_examples=50)
@given(briefs)
def test_json_loads_to_an_equal_brief_and_can_be_looked_at(brief):
    assert not commands_in(to_json(brief))
    assert Brief.model_validate(json.loads(to_json(brief))) == brief


@settings(deadline=None, max_examples=50)
@given(briefs)
def test_jsonl_is_one_line_that_loads_to_an_equal_brief(brief):
    line = render(brief, "jsonl")
    assert len(line.splitlines()) == 1
    assert Brief.model_validate(json.loads(line)) == brief


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_a_failure_with_any_text_is_shown_in_every_format(document, message):
    failure = Failure(document=document, kind="InvalidReply", message=message)
    for text in (to_markdown(failure), in_terminal(failure, 60), to_html(failure), to_json(failure)):
        assert not commands_in(text)
        assert "InvalidReply" in text
    assert Failure.model_validate(json.loads(render(failure, "jsonl"))) == failure


def test_json_is_indented_and_keeps_letters():
    text = render(greek_brief(), "json")
    assert text == to_json(greek_brief())
    assert Brief.model_validate_json(text) == greek_brief()
    assert '\n  "headline": "Mayor visits the port",\n' in text
    assert "Νίκος Βέλλης" in text
    assert json.loads(text)["events"][0]["date_in_source"]["match"] == "exact"


def test_jsonl_is_one_line_also_with_line_separators_in_a_text():
    brief = greek_brief().model_copy(update={"headline": "a\u2028b\u2029c\x85d\ne"})
    assert len(render(brief, "jsonl").splitlines()) == 1


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("md", "# No brief for a\\|b.txt\n\n**EmptyDocument:** no text in it. Leave it out\n"),
        ("jsonl", '{"document":"a|b.txt","kind":"EmptyDocument","message":"a|b.txt: no text in it. Leave it out"}'),
        ("json", '{\n  "document": "a|b.txt",\n  "kind": "EmptyDocument",\n'
                 '  "message": "a|b.txt: no text in it. Leave it out"\n}'),
    ],
)  # fmt: skip
def test_a_failure_in_each_format(format_, text):
    assert render(FAILURE, format_) == text


def test_a_failure_as_html():
    text = " ".join(ET.fromstring(to_html(FAILURE)).itertext())
    assert " ".join(text.split()) == "No brief for a|b.txt EmptyDocument: no text in it. Leave it out"


def test_markdown_is_what_the_format_md_gives():
    assert render(greek_brief(), "md") == to_markdown(greek_brief())


def test_an_unknown_format_is_an_error_that_lists_the_known_ones():
    with pytest.raises(ConfigurationError) as caught:
        render(greek_brief(), "yaml")
    assert "'yaml'" in str(caught.value)
    assert all(name in str(caught.value) for name in FORMATS)


@pytest.mark.parametrize("module", ["summarizer.render", "summarizer.render.markdown", "summarizer.render.html"])
def test_rich_is_loaded_only_for_a_terminal(module):
    code = f"import {module}, sys; print('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
