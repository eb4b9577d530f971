"""The two examples of schemas of one's own, filled from recorded replies: what stands in the documents is in the data.

The facts below are labelled from the documents.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.models.document import Document
from summarizer.models.extraction import Quoted
from summarizer.text.folding import fold

from .conftest import Cli

RECIPE_FACTS: dict[str, dict[str, Any]] = {
    "recipe": {
        "title": "Fagottini di grano saraceno con zucca e ricotta affumicata",
        "groups": 3,
        "ingredients": ["farina 00", "farina di grano saraceno", "uova", "olio extravergine", "zucca", "ricotta affumicata",
                        "scalogno", "pangrattato", "latte intero", "burro", "timo", "nocciole"],
        "quantities": {"zucca": 700, "farina di grano saraceno": 100, "ricotta": 150, "nocciole": 30},
        "celsius": {200, 180},
        "minutes": {10, 15, 30, 20, 5},
        "contradictions": [],
    },
    "recipe_2": {
        "title": "AUNT VELDA'S HAM & CABBAGE NOODLE BAKE",
        "groups": 1,
        "ingredients": ["cabbage", "ham", "egg noodles", "sour cream", "milk", "eggs", "onions", "butter", "caraway", "salt",
                        "pepper", "paprika", "crackers"],
        "quantities": {"egg noodles": 12, "eggs": 2, "onions": 2},
        "celsius": set(),
        "minutes": {8, 20, 45, 10},
        "contradictions": ["sour cream"],
    },
}  # fmt: skip
ORDERS = [
    "insoweit aufgehoben",
    "Klage abgewiesen",
    "ein Drittel",
    "vorläufig vollstreckbar",
    "Berufung wird zugelassen",
]
CITATIONS = ["§ 22 Abs. 1 Satz 1", "§ 31 Abs. 2 UfRG"]


@pytest.fixture(scope="module")
def examples(root: Path) -> Path:
    return root / "seeds" / "own_schemas"


def extracted(cli: Cli, examples: Path, schema: str, *names: str) -> list[dict[str, Any]]:
    module = schema.lower()
    done = cli(
        "extract", *(examples / name for name in names), "--schema", f"{examples / module}.py:{schema}",
        "--prompt", examples / f"{module}.md", "--replies", examples / "replies.jsonl", "--format", "jsonl",
    )  # fmt: skip
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def test_a_recipe_site_and_a_typed_newsletter_fill_a_schema_of_nested_models(cli: Cli, examples: Path) -> None:
    found = extracted(cli, examples, "Recipe", "recipe.html", "recipe_2.txt")
    assert [each["document"]["id"] for each in found] == list(RECIPE_FACTS)
    for each in found:
        facts, data = RECIPE_FACTS[each["document"]["id"]], each["data"]
        assert data["title"]["text"] == facts["title"]
        named = [one for group in data["groups"] for one in group["ingredients"]]
        assert len(data["groups"]) >= facts["groups"]
        missing = [
            name for name in facts["ingredients"] if not any(name in one["name_in_source"]["text"] for one in named)
        ]
        assert missing == []
        for name, quantity in facts["quantities"].items():
            assert any(
                name in one["name_in_source"]["text"] and float(one["quantity"] or 0) == quantity for one in named
            )
        assert facts["celsius"] <= {step["celsius"] for step in data["steps"]}
        assert facts["minutes"] <= {step["minutes"] for step in data["steps"]}
        told = " ".join(fold(contradiction["about"]) for contradiction in data["contradictions"])
        assert [about for about in facts["contradictions"] if about not in told] == []


def test_a_court_s_ruling_fills_a_schema_of_five_nested_models(cli: Cli, examples: Path) -> None:
    (found,) = extracted(cli, examples, "Ruling", "ruling.txt")
    data = found["data"]
    assert data["court"]["text"].casefold() == "verwaltungsgericht quellenstedt"
    assert data["case_number"]["text"].startswith("3 K 412/23")
    assert data["decided_on"] == "2024-05-28"
    assert [party["role"] for party in data["parties"]] == ["claimant", "defendant", "other"]
    assert [party["name"]["text"].split()[-1] for party in data["parties"]] == ["GmbH", "Werrtal", "V."]
    wordings = [order["wording"]["text"] for order in data["orders"]]
    assert [words for words in ORDERS if not any(words in wording for wording in wordings)] == []
    cited = " ".join(citation["wording"]["text"] for citation in data["citations"])
    assert [words for words in CITATIONS if words not in cited] == []


@pytest.mark.parametrize(
    ("schema", "name"), [("Recipe", "recipe.html"), ("Recipe", "recipe_2.txt"), ("Ruling", "ruling.txt")]
)
def test_every_wording_of_the_examples_stands_where_its_span_says(
    cli: Cli, examples: Path, schema: str, name: str
) -> None:
    from summarizer.documents import load

    (found,) = extracted(cli, examples, schema, name)
    (document,) = load([str(examples / name)])
    assert isinstance(document, Document)
    quotes = list(quoted(found["data"]))
    assert len(quotes) > 15
    assert found["checks"]["unsupported"] == 0
    for quote in quotes:
        assert document.text[quote.start : quote.end] == quote.text or quote.match != "exact"


def quoted(data: Any) -> list[Quoted]:
    """All quotations in a filled model."""
    if isinstance(data, dict):
        if set(data) == {"text", "start", "end", "match"}:
            return [Quoted.model_validate(data)]
        return [one for value in data.values() for one in quoted(value)]
    return [one for value in data for one in quoted(value)] if isinstance(data, list) else []
