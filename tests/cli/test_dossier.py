"""`summarizer dossier`: from reports or briefs to stories, in each format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.models.dossier import Dossier
from summarizer.models.outcome import Failure
from summarizer.render import render

from ..merge.stories import Planted
from ..test_dossiers import OTHER, told
from .conftest import Cli
from .support import BRIDGE, DRAFT, closed_address, completion, lines, record, serving, write

THREE = (told("a"), told("b"), told("c", "2031-05-06"))


def briefs(path: Path, *planted: Planted, more: str = "") -> Path:
    """A file of briefs, as `summarizer brief --format jsonl` writes it."""
    path.write_text("".join(render(each.brief(), "jsonl") + "\n" for each in planted) + more, "utf-8")
    return path


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Briefs of two stories."""
    return briefs(tmp_path / "briefs.jsonl", *THREE, OTHER)


def offline(cli: Cli, *arguments: str | Path, **more: Any) -> Any:
    """The command without a language model."""
    return cli("dossier", *arguments, "--model", "offline", **more)


def test_briefs_made_before_are_merged_into_stories(cli: Cli, kept: Path) -> None:
    """Without a model rules compare, and the account is composed of claims."""
    done = offline(cli, kept, "--format", "json")
    dossier = Dossier.model_validate_json(done.out)
    assert (done.code, done.err) == (0, "")
    assert [[report.document.id for report in story.reports] for story in dossier.stories] == [
        ["a", "b", "c"],
        ["other"],
    ]
    assert [each.attribute.value for each in dossier.stories[0].discrepancies] == ["date"]


@pytest.mark.parametrize(("format_", "said"), [("terminal", "Kolvers"), ("md", "Kolvers"), ("html", "<!DOCTYPE html>")])
def test_each_format_is_written(cli: Cli, kept: Path, format_: str, said: str) -> None:
    """To standard output."""
    done = offline(cli, kept, "--format", format_)
    assert done.code == 0
    assert said.lower() in done.out.lower()


def test_json_lines_hold_a_story_each(cli: Cli, kept: Path) -> None:
    """As each is told."""
    found = lines(offline(cli, kept, "--format", "jsonl").out)
    assert [len(story["reports"]) for story in found] == [3, 1]


def test_the_format_follows_the_suffix_of_the_output(cli: Cli, kept: Path, tmp_path: Path) -> None:
    """And the file appears in one step at the end."""
    target = tmp_path / "out.html"
    done = offline(cli, kept, "--output", target)
    assert (done.code, done.out) == (0, "")
    assert f"written to {target}" in done.err
    assert target.read_text("utf-8").lower().startswith("<!doctype html>")


def test_the_order_of_inputs_does_not_matter(cli: Cli, tmp_path: Path) -> None:
    """Nor how they are spread over files."""
    one = briefs(tmp_path / "one.jsonl", THREE[2], OTHER)
    two = briefs(tmp_path / "two.jsonl", THREE[0], THREE[1])
    three = briefs(tmp_path / "three.jsonl", *THREE, OTHER)
    assert offline(cli, one, two, "-f", "json").out == offline(cli, three, "-f", "json").out


def test_the_same_report_twice_is_one_source(cli: Cli, tmp_path: Path) -> None:
    """Whether its brief stands twice in a file or in two files."""
    kept = briefs(tmp_path / "twice.jsonl", *THREE, THREE[0])
    done = offline(cli, kept, "-f", "json")
    assert "a-2 = a: the same text, counted as one report" in done.err
    (story,) = Dossier.model_validate_json(done.out).stories
    assert {report.document.id for report in story.reports} == {"a", "b", "c"}
    assert story.events[0].sources == 3


def test_other_reports_of_one_name_are_told_apart(cli: Cli, tmp_path: Path) -> None:
    """Two feeds may both have called a report 1."""
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    briefs(one, THREE[0])
    text = render(THREE[1].brief(), "jsonl").replace('"id":"b"', '"id":"a"', 1)
    two.write_text(text, "utf-8")
    (story,) = Dossier.model_validate_json(offline(cli, one, two, "-f", "json").out).stories
    assert {report.document.id for report in story.reports} == {"a", "a-2"}


def test_failures_and_broken_lines_are_named_and_the_rest_is_done(cli: Cli, tmp_path: Path) -> None:
    """Exit code 1, as for briefs."""
    failure = Failure(document="d", kind="EmptyDocument", message="d: there is no sentence in it")
    kept = briefs(tmp_path / "b.jsonl", *THREE, more=failure.model_dump_json() + "\nno JSON\n")
    done = offline(cli, kept, "-f", "json")
    assert done.code == 1
    assert "d: there is no sentence in it" in done.err
    assert f"{kept}, line 5: is no brief" in done.err
    dossier = Dossier.model_validate_json(done.out)
    assert len(dossier.stories) == 1
    assert [each.kind for each in dossier.failures] == ["EmptyDocument", "UnreadableDocument"]


@pytest.mark.parametrize("text", ["", " \n", '{"schema_version": "9", "document": 1}\n'])
def test_an_input_without_any_report_runs_nothing(cli: Cli, tmp_path: Path, text: str) -> None:
    """Exit code 3, and the input is named."""
    path = tmp_path / "empty.jsonl"
    path.write_text(text)
    done = offline(cli, path)
    assert (done.code, done.out) == (3, "")
    assert "empty.jsonl" in done.err


def test_a_single_report_is_a_story_of_its_own(cli: Cli, tmp_path: Path) -> None:
    """With the account of its brief, and no question to any model."""
    done = cli(
        "dossier", briefs(tmp_path / "one.jsonl", OTHER), "--model", "openai/any", "--base-url", closed_address()
    )
    assert done.code == 0
    assert "Headline of other" in done.out


def test_documents_are_briefed_first_and_a_brief_finds_its_text_again(cli: Cli, folder: Path, tmp_path: Path) -> None:
    """Reports and briefs can be mixed; ids stay those of the reports."""
    write(folder, bridge=BRIDGE)
    replies = record(tmp_path / "replies.jsonl", BRIDGE)
    kept = tmp_path / "kept.jsonl"
    assert cli("brief", folder, "--replies", replies, "-o", kept).code == 0
    done = cli("dossier", folder, briefs(tmp_path / "b.jsonl", OTHER), "--replies", replies, "-f", "json")
    assert done.code == 0
    assert sorted(s.reports[0].document.id for s in Dossier.model_validate_json(done.out).stories) == [
        "bridge",
        "other",
    ]
    assert cli("dossier", kept, "--replies", replies, "-f", "md").code == 0


def test_a_dead_server_leaves_rules_and_claims_and_says_so(cli: Cli, kept: Path) -> None:
    """What is known without the model is written all the same; exit code 1."""
    arguments = ("--model", "openai/any", "--base-url", closed_address(), "--deadline", "0.2", "-f", "json")
    done = cli("dossier", kept, *arguments)
    assert done.code == 1
    assert "1 stories without an answer of the model" in done.err
    stories = Dossier.model_validate_json(done.out).stories
    assert len(stories) == 2
    assert [failure.kind for failure in stories[0].checks.failures] == ["TransportError"]


def test_a_live_model_compares_and_tells_and_its_replies_are_recorded(cli: Cli, kept: Path, tmp_path: Path) -> None:
    """The recording answers the same command again, without a server."""

    def answer(body: dict[str, Any]) -> Any:
        from .support import Answer

        name = body["response_format"]["json_schema"]["name"]
        line = {"text": "Kolvers met Vostrin in Arlenz.", "ev": ["E1"]}
        account = {"headline": line, "bottom_line": line, "summary": [line], "timeline": []}
        return Answer(json.dumps(completion({"Comparison": {"d": []}, "AccountDraft": account}.get(name, DRAFT))))

    recording = tmp_path / "recorded.jsonl"
    with serving(answer) as server:
        arguments = ("--model", "openai/any", "--base-url", server.address, "--no-cache")
        first = cli("dossier", kept, *arguments, "--record", recording, "-f", "json")
    assert (first.code, len(server.asked)) == (0, 2)
    again = cli("dossier", kept, "--replies", recording, "-f", "json")
    assert again.code == 0
    one, other = (Dossier.model_validate_json(done.out).stories[0] for done in (first, again))
    assert one.headline.text == other.headline.text == "Kolvers met Vostrin in Arlenz."
    assert (one.provenance.account, other.provenance.account) == ("live", "recorded")


def test_a_batch_asks_round_by_round(cli: Cli, folder: Path, tmp_path: Path) -> None:
    """Briefs first; stories once all reports are briefed."""
    write(folder, bridge=BRIDGE)
    out = tmp_path / "requests.jsonl"
    done = cli("batch", "export", folder, "--dossier", "--model", "openai/any", "--output", out)
    assert done.code == 0
    assert len(out.read_text().splitlines()) == 1
    assert "Published" in out.read_text()
