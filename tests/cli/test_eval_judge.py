"""`summarizer eval judge` and `eval prefer`: asking, recording, exporting, and what may be used for a gate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.experiment.runs import save_run
from tests.experiment.judges import Rule, always_good, hand_line, hand_text, reply_of
from tests.experiment.suites import run_of, write_suite

from .conftest import Cli, Outcome
from .support import Answer, completion, lines, serving

MODEL = ("--model", "openai/gpt-4o-mini")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs over three reports, the second without every second actor."""
    folder = tmp_path_factory.mktemp("judge")
    suite = write_suite(folder / "suite", size=3)
    save_run(run_of(suite, "good"), folder / "good")
    save_run(run_of(suite, "worse", drops=2), folder / "worse")
    return folder


def judging(rule: Rule = always_good) -> Any:
    """A server that judges by a rule."""
    return serving(lambda body: Answer(json.dumps(completion(reply_of(body, rule)))))


def judge_live(cli: Cli, *arguments: object, rule: Rule = always_good, command: str = "judge") -> Outcome:
    with judging(rule) as server:
        return cli("eval", command, *map(str, arguments), "--model", "stub-1", "--base-url", server.address, "--quiet")


def by_hand(path: Path, size: int = 24) -> Path:
    """Judgements of claims, of which every second is labelled as not in the source."""
    labels = ("supported", "not_in_source")
    path.write_text(hand_text(*[hand_line(number, label=labels[number % 2]) for number in range(size)]), "utf-8")
    return path


def like_people(kind: str, text: str) -> str:
    first = text.split(maxsplit=1)[0]
    return "not_in_source" if kind == "Statement" and first.isdigit() and int(first) % 2 else always_good(kind, text)


def row(text: str, metric: str) -> list[str]:
    return next(line.split() for line in text.splitlines() if line.split()[:1] == [metric])


def test_a_run_is_judged_and_its_shares_are_printed_with_intervals(cli: Cli, place: Path) -> None:
    done = judge_live(cli, place / "good")
    assert (done.code, done.err) == (0, "")
    assert "good, judged: 3 reports" in done.out
    assert row(done.out, "judge.nuggets.vital") == ["judge.nuggets.vital", "1.000", "1.000", "to", "1.000", "3"]
    assert "not used for the gate: no judgements made by hand were given" in done.out


def test_a_recording_of_the_judge_is_enough_to_judge_again(cli: Cli, place: Path, tmp_path: Path) -> None:
    recording = tmp_path / "judge.jsonl"
    first = judge_live(cli, place / "good", "--record", recording)
    assert len(recording.read_text("utf-8").splitlines()) == 7
    again = cli("eval", "judge", place / "good", "--replies", recording)
    assert (again.code, again.out, again.err) == (0, first.out, "")


def test_a_missing_reply_is_named_and_the_rest_is_judged(cli: Cli, place: Path, tmp_path: Path) -> None:
    recording = tmp_path / "judge.jsonl"
    judge_live(cli, place / "good", "--record", recording)
    kept = [line for line in recording.read_text("utf-8").splitlines() if "belmor" not in line.split('"reply"')[0]]
    recording.write_text("\n".join(kept) + "\n", "utf-8")
    done = cli("eval", "judge", place / "good", "--replies", recording)
    assert done.code == 1
    assert done.err.count("MissingReply: belmor.txt: ") == 2
    assert "nugget judgements: " in done.err
    assert row(done.out, "judge.claims.supported")[-1] == "2"


def test_without_any_reply_nothing_could_be_judged(cli: Cli, place: Path, tmp_path: Path) -> None:
    recording = tmp_path / "none.jsonl"
    recording.write_text('{"recording": "summarizer-replies/1"}\n', "utf-8")
    done = cli("eval", "judge", place / "good", "--replies", recording)
    assert done.code == 3
    assert row(done.out, "judge.claims.supported")[1:] == ["–", "0"]


def test_a_judge_needs_a_language_model(cli: Cli, place: Path) -> None:
    done = cli("eval", "judge", place / "good", "--model", "offline")
    assert done.code == 2
    assert "a judge needs a language model" in done.err


def test_kappa_with_hand_judgements_says_whether_the_judge_may_be_used(cli: Cli, place: Path, tmp_path: Path) -> None:
    hand = by_hand(tmp_path / "hand.jsonl")
    good = judge_live(cli, place / "good", "--judgements", hand, rule=like_people)
    assert (
        "claim judgements against hand labels: kappa 1.000 (1.000 to 1.000), n = 24: may be used for the gate"
        in good.out
    )
    poor = judge_live(cli, place / "worse", "--judgements", hand, "--store", tmp_path / "other.sqlite")
    assert "kappa 0.000 (0.000 to 0.000), n = 24: not used for the gate: kappa is 0.00, below 0.60" in poor.out


def test_the_threshold_is_an_option(cli: Cli, place: Path, tmp_path: Path) -> None:
    hand = by_hand(tmp_path / "hand.jsonl", size=10)
    arguments = (place / "good", "--judgements", hand)
    assert "compared on 10 items, fewer than 20" in judge_live(cli, *arguments, rule=like_people).out
    assert "may be used" in judge_live(cli, *arguments, "--least-items", "10", rule=like_people).out


def test_a_fault_in_the_judgements_is_named_before_anything_is_asked(cli: Cli, place: Path, tmp_path: Path) -> None:
    hand = tmp_path / "hand.jsonl"
    hand.write_text(hand_text(hand_line(1), hand_line(2, label="maybe")), "utf-8")
    done = cli("eval", "judge", place / "good", *MODEL, "--judgements", hand, "--export", tmp_path / "requests.jsonl")
    assert done.code == 3
    assert f"{hand}:2: 'maybe' is no label of a claim" in done.err
    assert not (tmp_path / "requests.jsonl").exists()


def results(path: Path, requests: list[dict[str, Any]], rule: Rule = always_good) -> Path:
    """The output file of a batch."""
    rows = []
    for request in requests:
        body = completion(reply_of(request["body"], rule))
        rows.append({"custom_id": request["custom_id"], "response": {"status_code": 200, "body": body}, "error": None})
    path.write_text("".join(json.dumps(line) + "\n" for line in rows), "utf-8")
    return path


def test_requests_go_out_as_a_batch_and_its_results_are_the_judge_s_replies(
    cli: Cli, place: Path, tmp_path: Path
) -> None:
    hand, requests = by_hand(tmp_path / "hand.jsonl"), tmp_path / "requests.jsonl"
    options = (*MODEL, "--judgements", hand)
    out = cli("eval", "judge", place / "good", *options, "--export", requests)
    assert (out.code, out.out) == (0, "")
    assert out.err == f"30 requests to the judge in {requests}\n"
    exported = lines(requests.read_text("utf-8"))
    assert len({line["custom_id"] for line in exported}) == 30
    assert exported[0]["body"]["response_format"]["json_schema"]["strict"] is True
    waiting = cli("batch", "status")
    assert "30 requests wait for a reply" in waiting.out
    imported = cli("batch", "import", results(tmp_path / "output.jsonl", exported, like_people))
    assert (imported.code, imported.err) == (
        0,
        "30 replies kept, 0 without a reply; they cost $0.000405, $0.000405 less than live\n",
    )
    again = cli("eval", "judge", place / "good", *options, "--export", tmp_path / "more.jsonl")
    assert again.err == "0 requests to the judge in no file\n"
    done = cli("eval", "judge", place / "good", *options)
    assert (done.code, done.err) == (0, "")
    assert "n = 24: may be used for the gate" in done.out


def test_a_reply_of_a_batch_that_cannot_be_used_is_asked_again_by_the_next_export(
    cli: Cli, place: Path, tmp_path: Path
) -> None:
    requests = tmp_path / "requests.jsonl"
    cli("eval", "judge", place / "good", *MODEL, "--export", requests)
    exported = lines(requests.read_text("utf-8"))
    bad = results(tmp_path / "output.jsonl", exported, lambda kind, text: "maybe")
    cli("batch", "import", bad)
    cli("eval", "judge", place / "good", *MODEL, "--export", tmp_path / "again.jsonl")
    again = lines((tmp_path / "again.jsonl").read_text("utf-8"))
    assert [len(line["body"]["messages"]) for line in again] == [4] * 6
    assert "v.0.is: Input should be" in again[0]["body"]["messages"][-1]["content"]


@pytest.mark.parametrize("option", ["--replies", "--record", "--out"])
def test_an_export_goes_with_nothing_that_needs_replies(cli: Cli, place: Path, tmp_path: Path, option: str) -> None:
    done = cli("eval", "judge", place / "good", *MODEL, "--export", tmp_path / "a", option, tmp_path / "b")
    assert done.code == 2
    assert "--export asks nothing" in done.err


def judged(cli: Cli, place: Path, folder: Path, run: str, rule: Rule, *options: object) -> Path:
    path = folder / f"{run}.json"
    store = folder / f"{run}.sqlite"
    assert judge_live(cli, place / run, "--out", path, "--store", store, *options, rule=rule).code == 0
    return path


def worse(kind: str, text: str) -> str:
    """Judges the hand-labelled statements as people do, and finds none of a brief's statements in its sources."""
    label = like_people(kind, text)
    return label if text.split(maxsplit=1)[0].isdigit() or kind == "Fact" else "not_in_source"


def test_the_gate_uses_a_judge_that_agrees_with_people_and_no_other(cli: Cli, place: Path, tmp_path: Path) -> None:
    config = tmp_path / "gate.toml"
    config.write_text('[metrics."judge.claims.supported"]\ndrop = 0.1\n[metrics."events.f1"]\ndrop = 0.9\n', "utf-8")
    hand = by_hand(tmp_path / "hand.jsonl")
    base = judged(cli, place, tmp_path, "good", like_people, "--judgements", hand)
    new = judged(cli, place, tmp_path, "worse", worse, "--judgements", hand)
    compared = ("eval", "gate", place / "good", place / "worse", "--config", config)
    stopped = cli(*compared, "--judged", base, new)
    assert stopped.code == 1
    assert "FAILED judge.claims.supported went from 1.000 to 0.000 over 3 documents" in stopped.out
    without = cli(*compared)
    assert (without.code, without.out.splitlines()[0]) == (
        0,
        "the judge is not used for judge.claims.*: no judged runs are given (--judged)",
    )
    weak = judged(cli, place, tmp_path, "worse", worse, "--judgements", hand, "--least-items", "100")
    refused = cli(*compared, "--judged", base, weak)
    assert refused.code == 0
    assert "the judge is not used for judge.claims.*: it is compared on 24 items, fewer than 100" in refused.out


def test_a_judged_run_of_another_run_is_refused(cli: Cli, place: Path, tmp_path: Path) -> None:
    config = tmp_path / "gate.toml"
    config.write_text('[metrics."events.f1"]\ndrop = 0.9\n', "utf-8")
    good = judged(cli, place, tmp_path, "good", always_good)
    done = cli("eval", "gate", place / "good", place / "worse", "--config", config, "--judged", good, good)
    assert done.code == 3
    assert "judges the run 'good', not 'worse'" in done.err
    broken = cli("eval", "gate", place / "good", place / "worse", "--config", config, "--judged", config, good)
    assert "is no judged run" in broken.err


def fuller(kind: str, text: str) -> str:
    return "first" if text.count("actor A") == 3 else "second"


def test_the_run_that_is_preferred_in_both_orders_wins(cli: Cli, place: Path, tmp_path: Path) -> None:
    out = tmp_path / "preferences.jsonl"
    done = judge_live(cli, place / "good", place / "worse", "--out", out, rule=fuller, command="prefer")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("first: good, second: worse\n3 reports in both orders")
    assert row(done.out, "prefer.first")[1] == "1.000"
    assert row(done.out, "prefer.second_or_half")[1] == "0.000"
    assert {line["better"] for line in lines(out.read_text("utf-8"))} == {"first"}


def test_a_judge_that_prefers_a_place_gives_ties(cli: Cli, place: Path) -> None:
    done = judge_live(cli, place / "good", place / "worse", command="prefer")
    assert row(done.out, "prefer.tie")[1] == "1.000"
    assert row(done.out, "prefer.same_choice")[1] == "0.000"


def test_preferences_are_exported_too(cli: Cli, place: Path, tmp_path: Path) -> None:
    requests = tmp_path / "requests.jsonl"
    done = cli("eval", "prefer", place / "good", place / "worse", *MODEL, "--export", requests)
    assert (done.code, len(lines(requests.read_text("utf-8")))) == (0, 6)
