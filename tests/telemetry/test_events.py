"""Events: their names and fields, and that nothing is printed, nor any text told, unasked."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.engines.base import BriefTask, Filled
from summarizer.errors import EmptyDocument, Refusal, SummarizerError, TransportError
from summarizer.models.document import Document
from summarizer.models.outcome import Failure
from summarizer.pipeline import briefs
from summarizer.telemetry import events
from summarizer.telemetry.events import Event, fault, where, with_tracebacks

from ..engines.asking import Scripted, document, good_draft, reply, run_in_virtual_time
from .watching import Told, engine, watched

CANARY = "kanarienvogel"
TEXT = f"The {CANARY} of Norvale met the dockers on Monday.\nIt wants the cranes to work again by autumn."
GOOD = json.dumps(good_draft(TEXT))


async def _all(items: list[Document | SummarizerError], source: Scripted, text: bool) -> list[object]:
    return [result async for result in briefs(items, engine(source, text), jobs=2)]


def told_of(
    *replies: str | Exception, text: bool = False, items: list[Document | SummarizerError] | None = None
) -> Told:
    """What is told of briefs of reports that get these replies; a report is asked about twice more at most."""
    scripted = Scripted([reply(each) if isinstance(each, str) else each for each in replies])
    with watched(text) as told:
        run_in_virtual_time(_all(items or [document("a", TEXT)], scripted, text))
    return told


def documented() -> dict[str, list[str]]:
    """The fields of each event, as the module's own table says."""
    rows = re.findall(r"^\| ([\w., ]+) \| \w* \| (.*) \|$", events.__doc__ or "", re.MULTILINE)
    return {name: re.sub(r"\([^)]*\)", "", fields).replace(" ", "").split(",") for name, fields in rows}


def test_a_document_that_is_done_says_what_it_took() -> None:
    (line,) = told_of("no JSON", GOOD).events("document.done")
    assert {key: line[key] for key in line if key not in ("time", "sha256", "seconds", "trace_id", "span_id")} == {
        "level": "info", "logger": "summarizer.pipeline", "event": "document.done", "task": "brief", "document": "a",
        "language": "en", "requests": 2, "reasks": 1, "input_tokens": 20, "output_tokens": 40, "cached_tokens": 10,
        "cost_usd": 0.02, "recorded": False, "supported": 0, "unsupported": line["unsupported"],
    } | {"supported": line["supported"]}  # fmt: skip
    assert line["supported"] + line["unsupported"] > 0
    assert line["sha256"] == document("a", TEXT).sha256


def test_a_document_that_failed_says_why_and_what_it_took() -> None:
    (line,) = told_of("no JSON", Refusal(f"the model refused: {CANARY}")).events("document.failed")
    assert (line["level"], line["document"], line["error"], line["requests"]) == ("error", "a", "Refusal", 1)
    assert (line["input_tokens"], line["cost_usd"]) == (10, 0.01)


def test_a_document_that_could_not_be_loaded_has_failed() -> None:
    (line,) = told_of(items=[EmptyDocument("there is nothing", document="b.txt")]).events("document.failed")
    assert (line["task"], line["document"], line["error"]) == ("load", "b.txt", "EmptyDocument")


@pytest.mark.parametrize("recorded", [False, True])
def test_an_answer_says_who_gave_it(recorded: bool) -> None:
    with watched() as told:
        run_in_virtual_time(_all([document("a", TEXT)], Scripted([reply(GOOD, recorded=recorded)]), text=False))
    (line,) = told.events("request.answered")
    assert (line["model"], line["source"]) == ("model-x", "recorded" if recorded else "live")
    assert (line["asked"], line["attempts"]) == ("mistral/big", 1)
    assert (line["input_tokens"], line["output_tokens"], line["cached_tokens"]) == (10, 20, 5)
    assert re.fullmatch("[0-9a-f]{12}", line["request"])


def test_an_answer_that_is_asked_again_says_which_kinds_of_faults_it_has() -> None:
    (unfit,) = told_of(json.dumps({CANARY: 1}), GOOD).events("reply.asked_again")
    assert (unfit["fits"], unfit["faults"]) == (False, ["missing", "extra_forbidden"])
    (faulty,) = told_of(json.dumps(good_draft(TEXT, origins=[], headline=" ")), GOOD).events("reply.asked_again")
    assert (faulty["fits"], faulty["faults"]) == (True, ["empty", "reference"])


def test_the_fields_are_those_that_the_table_names() -> None:
    lines = told_of("no JSON", GOOD).lines + told_of(TransportError("no")).lines
    table = documented()
    seen = {line["event"] for line in lines}
    assert seen == {"document.done", "document.failed", "request.answered", "request.failed", "reply.asked_again"}
    for line in lines:
        assert {*line} - {"time", "level", "logger", "event", "trace_id", "span_id"} == set(table[line["event"]])


def test_a_line_names_the_span_it_belongs_to() -> None:
    told = told_of(GOOD)
    spans = {f"{span.context.span_id:016x}": span.name for span in told.spans if span.context}
    assert [(line["event"], spans[line["span_id"]]) for line in told.lines] == [
        ("request.answered", "summarizer.brief"), ("document.done", "summarizer.brief"),
    ]  # fmt: skip


def test_as_text_an_event_is_its_name_and_what_is_known() -> None:
    assert str(Event("document.done", {"document": "a", "cost_usd": None, "seconds": 1.5})) == (
        "document.done document=a seconds=1.5"
    )


_JSON = st.recursive(
    st.just(CANARY) | st.none() | st.integers() | st.booleans() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from((CANARY, "headline", "events", "origins", "actors", "summary")), inner, max_size=4
        )
    ),
    max_leaves=12,
)
_EDITED = st.dictionaries(st.sampled_from(tuple(good_draft(TEXT))), _JSON, min_size=1, max_size=3).map(
    lambda fields: json.dumps(good_draft(TEXT, **fields))
)
_ERRORS = st.sampled_from((Refusal, TransportError, SummarizerError, ValueError, ZeroDivisionError, RuntimeError)).map(
    lambda kind: kind(f"it said {CANARY}")
)
_REPLIES = st.just(CANARY) | st.just(f"```\n{CANARY}{{") | _JSON.map(json.dumps) | _EDITED | _ERRORS | st.just(GOOD)


@settings(max_examples=150, deadline=None)
@given(st.lists(_REPLIES, min_size=3, max_size=3))
def test_no_word_of_a_report_or_a_reply_is_told(replies: list[str | Exception]) -> None:
    told = told_of(*replies)
    assert told.lines
    assert CANARY not in told.everything


def test_texts_are_told_when_they_are_asked_for() -> None:
    told = told_of(f"no {CANARY}", Refusal(f"said {CANARY}"), text=True)
    again, failed = told.events("reply.asked_again"), told.events("document.failed")
    assert CANARY in failed[0]["error_message"]
    assert "error_message" in again[0]
    first = told.events("request.answered")[0]
    assert CANARY in first["prompt"]
    assert CANARY in first["reply"]


def test_a_server_that_puts_the_question_into_the_models_name_is_not_quoted() -> None:
    echoed = Scripted([reply(GOOD)])
    echoed._replies = [type(reply(GOOD))(GOOD, f"you asked: {CANARY}", "2025-01-01")]
    with watched() as told:
        run_in_virtual_time(_all([document("a", TEXT)], echoed, text=False))
    assert told.events("request.answered")[0]["model"] is None
    assert CANARY not in told.everything


class _Broken:
    name = "live"

    async def fill(self, task: BriefTask) -> Filled:
        raise KeyError(task.document.text)

    async def close(self) -> None:
        """Nothing is held open."""


async def _of_broken() -> list[object]:
    return [result async for result in briefs([document("a", TEXT)], _Broken())]


def test_a_fault_of_the_program_is_placed_without_its_words() -> None:
    with watched() as told:
        (failure,) = run_in_virtual_time(_of_broken())
    assert isinstance(failure, Failure)
    (line,) = told.events("fault")
    assert (line["about"], line["error"]) == ("a", "KeyError")
    assert re.search(r"test_events\.py:\d+ fill$", line["where"])
    assert CANARY not in told.everything
    assert set(line) >= set(documented()["fault"])


def test_tracebacks_are_logged_where_they_are_asked_for_and_not_in_the_lines() -> None:
    with watched() as told, with_tracebacks():
        run_in_virtual_time(_of_broken())
    assert "Traceback" in told.plain.getvalue()
    assert "Traceback" not in told.page.getvalue()
    assert CANARY not in told.page.getvalue()


def test_an_error_that_was_never_raised_was_nowhere() -> None:
    assert where(ValueError()) is None


def test_nobody_listens_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "Event", None)
    logger = logging.getLogger("summarizer.nobody")
    logger.setLevel(logging.CRITICAL)
    events.tell(logger, logging.ERROR, "x", {})
    fault(logger, "x", ValueError())


def test_embedded_nothing_is_printed_by_default(root: Path) -> None:
    program = """
from summarizer import Failure, Summarizer
from tests.engines.asking import Scripted, reply
from tests.telemetry.watching import engine
from tests.telemetry.test_events import GOOD, TEXT
replies = [reply("{}"), reply(GOOD), *map(ValueError, "abc")]
done = list(Summarizer(engine=engine(Scripted(replies))).briefs([TEXT, TEXT, "", TEXT]))
assert sum(isinstance(each, Failure) for each in done) >= 2, done
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
