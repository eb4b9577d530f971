"""Extractions as a tree: every field under its name, marks on what stands nowhere, sentences below; and as JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from pydantic import BaseModel, Field, RootModel
from rich.console import Console

from summarizer.documents import from_text
from summarizer.errors import ConfigurationError
from summarizer.grounding.extracting import Lookup, check, document_info, extraction
from summarizer.models.extraction import Evidence, Extraction, Quoted, context
from summarizer.models.outcome import Failure
from summarizer.render.extraction import render, render_terminal, view
from summarizer.sentences import split

from .sample import LIVE

TEXT = "The crane is *red*.\nIt fell at 9.30 on the boat \u202eof Ada\u202c.\nالرافعة حمراء"
HARMFUL = "a\x1b[31mb\n# c\u202ed <b> [x](y)"


class Colour(StrEnum):
    RED = "bright red"


class Leaf(RootModel[list[Quoted]]):
    """Wordings."""


@dataclasses.dataclass
class Point:
    x: float


class Part(BaseModel):
    name: Quoted
    evidence: Evidence


class Whole(BaseModel):
    wording: Quoted = Field(alias="theWording")
    other_text: str = "text"
    nothing: str | None = None
    empty: str = ""
    truth: bool = True
    colour: Colour = Colour.RED
    money: Decimal = Decimal("1.50")
    day: dt.date = dt.date(2031, 5, 4)
    tags: list[str] = []
    leaf: Leaf | None = None
    point: Point | None = None
    table: dict[str, int] = {}
    parts: list[Part] = []
    groups: list[list[Part]] = []
    proof: Evidence | None = None


def made(reply: dict[str, Any], text: str = TEXT) -> Extraction[Any]:
    document = from_text(text, id="doc", source="folder/doc.txt", language="en")
    places = Lookup(document, split(text, "en"))
    checked = check(Whole.model_validate_json(json.dumps(reply), context=context(places)), places)
    return extraction(checked, document_info(document, places.sentences), LIVE)


SMALL = made({"theWording": "crane", "parts": [{"name": "x1", "evidence": [2]}, {"name": "boat", "evidence": []}]})


def terminal(result: Any, width: int = 80) -> str:
    stream = io.StringIO()
    render_terminal(result, Console(file=stream, width=width))
    return stream.getvalue()


def test_every_field_stands_under_its_own_name() -> None:
    lines = terminal(SMALL).splitlines()
    assert lines[1:4] == ["Whole", "doc (folder/doc.txt) · English, 3 sentences · 2 of 5 fields unsupported", ""]
    tree = lines[4 : lines.index("", 4)]
    assert tree == [
        "theWording: “crane”", "other text: text", "nothing: –", "empty: (empty)", "truth: yes", "colour: bright red",
        "money: 1.50", "day: 2031-05-04", "tags: –", "leaf: –", "point: –", "table: –", "parts",
        "  • name: “x1” [not in the document]", "    evidence: [2]", "  • name: “boat”",
        "    evidence: [cites no sentence]", "groups: –", "proof: –",
    ]  # fmt: skip


def test_cited_sentences_are_quoted_below_each_once() -> None:
    found = made({"theWording": "crane", "proof": [1, 2], "parts": [{"name": "boat", "evidence": [2]}]})
    assert [note.number for note in view(found).notes] == [1, 2]
    assert terminal(found).count("fell at 9.30") == 1
    assert "[1] The crane is *red*." in terminal(found)


def test_lists_of_values_stand_in_a_line_and_lists_of_parts_below() -> None:
    part = {"name": "boat", "evidence": [2]}
    found = made({
        "theWording": "crane", "tags": ["one", "two"], "leaf": ["boat", "x1"], "point": {"x": 1.5},
        "groups": [[part], [part, part]],
    })  # fmt: skip
    tree = terminal(found).split("\n\n")[1].splitlines()
    assert {"tags: one; two", "leaf: “boat”; “x1” [not in the document]", "point", "  x: 1.5"} <= set(tree)
    assert tree[tree.index("groups") + 1 : -1] == [
        "  • 1 item", "      • name: “boat”", "        evidence: [2]",
        "  • 2 items", "      • name: “boat”", "        evidence: [2]", "      • name: “boat”", "        evidence: [2]",
    ]  # fmt: skip


def test_a_wording_found_only_approximately_is_marked() -> None:
    text = "The old red crane of the harbour fell slowly on the small boat yesterday."
    found = made({"theWording": "old red crane of that harbour fell slowly on"}, text)
    assert "fell slowly on” [found only approximately]" in " ".join(terminal(found).split())


def test_checks_and_provenance_stand_at_the_end() -> None:
    shown = view(SMALL)
    assert shown.checks == "5 fields checked: 3 supported, 2 unsupported. Wordings: 2 exact, 1 not in the report."
    assert shown.provenance.startswith("Engine live: ")
    assert "schema 1.0" in shown.provenance


def test_markdown_is_a_list_of_lists() -> None:
    text = render(SMALL, "md")
    assert text.startswith(
        "# Whole\n\ndoc (folder/doc.txt) · English, 3 sentences · **2 of 5 fields unsupported**\n\n- "
    )
    assert "\n- **parts**\n  - **name**: “x1” **\\[not in the document\\]**\n    - **evidence**: [2]\n" in text
    assert "## Evidence\n\nSentences of the document, by their numbers in it.\n\n- [2] It fell at 9.30" in text
    assert text.endswith("\n")


def test_warnings_are_shown() -> None:
    found = made({"theWording": "crane", "proof": [1], "other_text": "31 cranes"})
    assert "- **Warning:** other\\_text: “31” is not in the sentences cited" in render(found, "md")
    assert "• Warning: other_text: “31” is not in the sentences cited" in terminal(found)


@pytest.mark.parametrize("field", ["other_text", "theWording"])
def test_what_a_document_or_a_model_says_cannot_command_a_terminal_or_a_page(field: str) -> None:
    found = made({"theWording": "crane", field: HARMFUL})
    assert "\x1b" not in terminal(found)
    assert "\u202e" not in terminal(found)
    assert "a␛[31mb # c⟨U+202E⟩d <b> [x](y)" in terminal(found)
    markdown = render(found, "md")
    assert "a␛\\[31mb \\# c⟨U+202E⟩d &lt;b&gt; \\[x\\](y)" in markdown
    assert "\x1b" not in render(found, "json")
    assert "\u202e" not in render(found, "jsonl")


def test_right_to_left_words_are_isolated() -> None:
    found = made({"theWording": "الرافعة حمراء"})
    assert "“\u2068الرافعة حمراء\u2069”" in terminal(found)
    assert "“\u2068الرافعة حمراء\u2069”" in render(found, "md")


@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_json_loads_to_an_equal_extraction_by_the_model_s_own_names(format_: str) -> None:
    text = render(SMALL, format_)
    assert Extraction[Whole].model_validate_json(text) == SMALL
    assert "theWording" in json.loads(text)["data"]
    assert ("\n" in text) is (format_ == "json")


def test_a_failure_says_that_nothing_was_extracted() -> None:
    failure = Failure(document="doc", kind="Refusal", message="doc: the model refused. Try *another*")
    assert render(failure, "md") == (
        "# Nothing extracted from doc\n\n**Refusal:** the model refused. Try \\*another\\*\n"
    )
    assert "Nothing extracted from doc\n  Refusal: the model refused. Try *another*\n" in terminal(failure)
    assert json.loads(render(failure, "jsonl"))["kind"] == "Refusal"


def test_another_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(ConfigurationError, match=r"'html'\. Choose one of md, json, jsonl"):
        render(SMALL, "html")


@pytest.mark.parametrize("width", [20, 40, 200])
def test_no_line_is_wider_than_the_terminal_or_than_is_good_to_read(width: int) -> None:
    found = made(
        {"theWording": "crane", "other_text": "a long text " * 20, "parts": [{"name": "x1 " * 9, "evidence": [2]}]}
    )
    assert max(map(len, terminal(found, width).splitlines())) <= min(width, 100)
