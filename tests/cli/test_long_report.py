"""A report of 60 pages, with recorded replies: one brief, the right pages, and what pages 3, 30 and 58 say."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.evaluation.keywords import accepts
from summarizer.models.brief import Brief, Event, Match, Span
from summarizer.text.folding import fold

from .. import long
from .conftest import Cli
from .support import completion, lines
from .test_batch import MODEL, results

NUGGETS = tomllib.loads((long.HERE / "nuggets.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    folder = tmp_path_factory.mktemp("long")
    (folder / "sorrin.pdf").write_bytes(long.pdf())
    wanted = ["brief", "sorrin.pdf", "--replies", str(long.HERE / "replies.jsonl"), "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", *wanted], capture_output=True, text=True, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stderr
    return Brief.model_validate_json(done.stdout)


def statements(brief: Brief) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Everything that a reader is told, with its evidence."""
    names = {actor.id: actor.name for actor in brief.actors}
    for event in brief.all_events:
        yield said_by(event, names), event.evidence
    for statement in (brief.bottom_line, *brief.summary, *brief.aims, *brief.context, *brief.caveats):
        yield statement.text, statement.evidence


def said_by(event: Event, names: dict[str, str]) -> str:
    return " ".join([event.title, event.place or "", *(names[p.actor] for p in event.participants)])


def test_sixty_pages_are_one_brief_of_few_events(brief: Brief) -> None:
    assert brief.document.pages == 60
    assert brief.provenance.parts > 3
    assert 3 <= len(brief.events) <= 8
    assert brief.minor_events
    assert not [problem for problem in brief.checks.problems if "summary" in problem.item]


def test_evidence_stands_on_the_page_that_it_names(brief: Brief) -> None:
    pages = [fold(" ".join(page.split())) for page in long.pages()]
    evidence = [span for _, spans in statements(brief) for span in spans]
    assert len({span.page for span in evidence}) > 12
    for span in evidence:
        assert span.page
        words = fold(" ".join(span.text.split()))[:40]
        assert words in pages[span.page - 1], (span.page, words)


@pytest.mark.parametrize("nugget", NUGGETS["vital"], ids=lambda n: f"{n['page']}: {n['text'][:40]}")
def test_what_is_vital_is_said_with_its_page(brief: Brief, nugget: dict[str, Any]) -> None:
    on_page = [said for said, spans in statements(brief) if nugget["page"] in {span.page for span in spans}]
    assert any(accepts(nugget["accept"], said) for said in on_page), on_page


def test_wordings_of_the_source_are_found(brief: Brief) -> None:
    quotes = brief.checks.quotes
    assert quotes.get(Match.UNSUPPORTED, 0) <= 0.02 * sum(quotes.values())


def test_a_batch_asks_for_the_parts_in_rounds_and_gives_the_same_brief(cli: Cli, tmp_path: Path, brief: Brief) -> None:
    recorded = lines((long.HERE / "replies.jsonl").read_text("utf-8"))[1:]
    (tmp_path / "sorrin.pdf").write_bytes(long.pdf())
    rounds = []
    while True:
        asked = tmp_path / f"round {len(rounds)}.jsonl"
        assert cli("batch", "export", tmp_path / "sorrin.pdf", *MODEL, "-o", asked).code == 0
        if not asked.exists():
            break
        names = [row["custom_id"] for row in lines(asked.read_text("utf-8"))]
        rounds.append(len(names))
        answers = [(n, completion(row["reply"])) for n in names for row in recorded if row["request"][:48] == n[:48]]
        assert cli("batch", "import", results(tmp_path / "out.jsonl", *answers)).code == 0
    assert rounds == [1, 1, 2, 1, 1], "parts, each knowing the actors of earlier rounds, then the opening"
    done = cli("brief", tmp_path / "sorrin.pdf", *MODEL, "--format", "json")
    told = Brief.model_validate_json(done.out)
    assert told.model_dump(exclude={"document", "provenance"}) == brief.model_dump(exclude={"document", "provenance"})
