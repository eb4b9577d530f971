"""Dossiers as Markdown, in a terminal, and as data."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from summarizer.errors import ConfigurationError
from summarizer.models.dossier import Dossier, Story
from summarizer.render import render, to_json
from summarizer.render.dossier import render_terminal, to_markdown, to_page

from ..test_render import TEXTS as ANY_TEXT
from ..test_render import commands_in
from .hostile import STRINGS, hostile
from .sample import TEXTS, nothing, sample


def in_terminal(dossier, width=100, **options):
    stream = io.StringIO()
    render_terminal(dossier, Console(file=stream, width=width, **options))
    return stream.getvalue()


MARKDOWN = to_markdown(sample())
TERMINAL = in_terminal(sample())


def test_markdown_begins_with_what_is_most_important():
    parts = re.findall(r"^#+ (.*)$", MARKDOWN.partition("## Storm")[0], re.MULTILINE)
    assert parts[0] == "Dossier: 2 stories, 5 reports"
    assert parts[2:7] == ["Bottom line", "Summary", "Reports", "Where the reports differ", "Timeline"]
    assert parts[-3:] == ["Original sentences", "Checks", "Provenance"]


def test_each_sentence_is_followed_by_what_it_rests_on():
    line = "- Engineers of both sides took part, 12 by two reports. \\[R1:3; R2:3; R3:2\\] 1 origin, possibly true (3) **\\[sources differ: D4\\]**"
    assert line in MARKDOWN.splitlines()


def test_versions_stand_under_each_other_with_the_words_and_their_language():
    assert (
        """\
- **D3 Kind of the ship Aster**, other: contradiction (found by the language model)
  - Version 1: **frigate** \\[R1:5; R4:2\\]
  - R1 Azerbaijani: “freqatı”
  - R4 Persian: “\u2068ناوچه\u2069”
  - Version 2: **corvette** \\[R2:4\\]
  - R2 Greek: “κορβέτα”
  - Touches: The ship Aster anchors in the port; Aster
"""
        in MARKDOWN
    )


@pytest.mark.parametrize("text", [MARKDOWN, re.sub(r"\s+", " ", TERMINAL)], ids=["Markdown", "terminal"])
def test_every_part_of_a_story_is_told(text):
    for told in (
        "no date: ", "Sohrab Minaei or Siamak Minaei (left open)", "Kola meets Siamak Minaei", "The talks lasted 21 hours.",
        "the reply was no JSON", "az-liman-2 = az-liman", "R1 shares 6 of 8 sentences with R3", "One port, one law", "not in the report",
        "5+5 commission has been mediating", "empty.txt", "8,123 tokens in",
    ):  # fmt: skip
        assert told in text.replace("no date:** ", "no date: ")


def test_bold_is_closed_next_to_a_letter():
    bold = [text for line in MARKDOWN.splitlines() for text in re.findall(r"\*\*(.+?)\*\*", line)]
    assert len(bold) > 40
    assert [text for text in bold if text != text.strip()] == []


@pytest.mark.parametrize("text", [MARKDOWN, TERMINAL], ids=["Markdown", "terminal"])
def test_every_reference_leads_to_a_sentence(text):
    body, sentences = text.partition("Original sentences")[::2]
    listed = set(re.findall(r"(R\d+:\d+):? ", sentences.partition("Provenance")[0]))
    cited = {
        f"{report}:{number}"
        for report, numbers in re.findall(
            r"(R\d+):([\d,]+)", body.partition("──\nAlban")[2] or body.partition("## ")[2]
        )
        for number in numbers.split(",")
    }
    assert cited == listed
    assert len(listed) == 19


@pytest.mark.parametrize("width", [20, 40, 80, 100, 200])
def test_lines_fit_the_terminal(width):
    widths = [cell_len(line) for line in in_terminal(sample(), width).splitlines()]
    assert max(widths) == min(width, 100)


def test_nothing_is_told_by_colour_alone(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = in_terminal(sample(), force_terminal=True, color_system="standard")
    assert "\x1b[" in coloured
    assert re.sub("\x1b\\[[\\d;]*m", "", coloured) == TERMINAL


def test_each_line_closes_the_isolates_it_opens():
    for line in in_terminal(sample(), 50).splitlines():
        assert not re.search("[\u0600-\u06ff]", re.sub("\u2068[^\u2068\u2069]+\u2069", "", line))


@settings(deadline=None, max_examples=20)
@given(st.lists(ANY_TEXT | st.sampled_from(STRINGS), min_size=1, max_size=6), st.integers(1, 150))
def test_no_text_commands_a_terminal_or_a_reader(texts, width):
    dossier = hostile(tuple(texts))
    for text in (in_terminal(dossier, width), to_markdown(dossier), to_json(dossier)):
        assert not commands_in(text)


def test_markup_is_shown_as_it_stands():
    assert "<script>alert(1)</script>" in in_terminal(hostile(), 100)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in to_markdown(hostile())
    assert "<script" not in to_markdown(hostile())


def test_a_dossier_without_stories_is_shown():
    assert to_markdown(nothing()).startswith("# Dossier: 0 stories, 0 reports\n")
    assert "Dossier: 0 stories, 0 reports" in in_terminal(nothing())


def test_json_loads_to_an_equal_dossier():
    assert Dossier.model_validate_json(render(sample(), "json")) == sample()
    assert TEXTS["fa-bandar"][0] in render(sample(), "json")


def test_jsonl_is_a_story_a_line():
    lines = render(sample(), "jsonl").splitlines()
    assert tuple(Story.model_validate(json.loads(line)) for line in lines) == sample().stories
    assert [render(story, "jsonl") for story in sample().stories] == lines
    assert render(nothing(), "jsonl") == ""


def test_each_format_is_what_its_renderer_gives():
    assert render(sample(), "md") == MARKDOWN
    assert render(sample(), "html") == to_page(sample())


@pytest.mark.parametrize("format_", ["md", "html"])
def test_a_story_is_shown_as_a_dossier_of_one(format_):
    alone = Dossier(schema_version="1.0", stories=sample().stories[1:], duplicates=(), failures=())
    assert render(sample().stories[1], format_) == render(alone, format_)


def test_an_unknown_format_is_an_error_that_lists_the_known_ones():
    with pytest.raises(ConfigurationError) as caught:
        render(sample(), "pdf")
    assert "md, json, jsonl, html" in str(caught.value)


@pytest.mark.parametrize(
    "module", ["summarizer.render.dossier", "summarizer.render.dossier.page", "summarizer.render.dossier.markdown"]
)
def test_rich_is_loaded_only_for_a_terminal(module):
    code = f"import {module}, sys; print('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
