"""The Python interface: one report or many, awaited or not, also where an event loop is running already."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from summarizer import Brief, Document, Extraction, Failure, Settings, Summarizer
from summarizer.documents import from_text
from summarizer.engines.base import BriefTask, Filled
from summarizer.errors import (
    ConfigurationError,
    DocumentTooLarge,
    EmptyDocument,
    EngineError,
    InputError,
    MissingKey,
    MissingReply,
    PromptError,
    StoreError,
)
from summarizer.models.draft import Draft
from summarizer.store import open_store

from .cli.support import BRIDGE, DRAFT, ROAD, SCHOOL, record, serving
from .models.orders import TEXT, Ruling, ruling


class Counting:
    """An engine of one's own: the same draft for each report, and a count of what is asked and closed."""

    name = "offline"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.closed = 0

    async def fill(self, task: BriefTask) -> Filled:
        await asyncio.sleep(0)
        if task.document.text == SCHOOL:
            raise EngineError("no draft", document=task.document.id)
        self.asked.append(task.document.id)
        return Filled(Draft.model_validate(DRAFT))

    async def close(self) -> None:
        self.closed += 1


@pytest.fixture
def replies(tmp_path: Path) -> Path:
    return record(tmp_path / "replies.jsonl", BRIDGE, ROAD)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Options for a live model behind a store."""
    with serving() as server:
        yield {"model": "openai/x", "base_url": server.address, "store": tmp_path / "s.sqlite", "asked": server.asked}


def test_a_text_becomes_a_brief(replies: Path) -> None:
    brief = Summarizer(replies=replies).brief(BRIDGE)
    assert isinstance(brief, Brief)
    assert brief.headline == "A headline"
    assert brief.document.id.startswith("text-")


def test_a_document_becomes_a_brief(replies: Path) -> None:
    assert Summarizer(replies=replies).brief(from_text(BRIDGE, id="bridge")).document.id == "bridge"


def test_date_and_language_can_be_given() -> None:
    for report in (BRIDGE, from_text(BRIDGE)):
        brief = Summarizer(engine=Counting()).brief(report, published="2025-08-26", language="pt-BR")
        assert (brief.document.published, brief.document.language) == ("2025-08-26", "pt")
    with pytest.raises(ConfigurationError, match="YYYY-MM-DD"):
        Summarizer(engine=Counting()).brief(BRIDGE, published="yesterday")


def test_what_a_document_states_is_kept_when_nothing_is_given() -> None:
    document = from_text(BRIDGE, published="2025-08-26", language="nl")
    brief = Summarizer(engine=Counting()).brief(document)
    assert (brief.document.published, brief.document.language) == ("2025-08-26", "nl")


def test_a_brief_can_be_awaited(replies: Path) -> None:
    async def main() -> Brief:
        async with Summarizer(replies=replies) as summarizer:
            return await summarizer.abrief(BRIDGE)

    assert asyncio.run(main()).headline == "A headline"


def test_many_reports_give_briefs_and_failures_in_their_order() -> None:
    reports = [BRIDGE, "", from_text(SCHOOL, id="school"), from_text(ROAD, id="road")]
    first, second, third, fourth = Summarizer(engine=Counting()).briefs(reports)
    assert isinstance(first, Brief)
    assert first.document.id == "report 1"
    assert isinstance(second, Failure)
    assert (second.document, second.kind) == ("report 2", "EmptyDocument")
    assert isinstance(third, Failure)
    assert (third.document, third.kind) == ("school", "EngineError")
    assert isinstance(fourth, Brief)
    assert fourth.document.id == "road"


@pytest.mark.parametrize("report", [BRIDGE, from_text(BRIDGE)], ids=["text", "document"])
def test_a_single_report_is_not_taken_apart(report: str | Document) -> None:
    (brief,) = Summarizer(engine=Counting()).briefs(report)  # type: ignore[arg-type]
    assert isinstance(brief, Brief)


def test_many_reports_can_be_iterated_asynchronously(replies: Path) -> None:
    async def main() -> list[str]:
        async with Summarizer(replies=replies) as summarizer:
            return [type(result).__name__ async for result in summarizer.abriefs([BRIDGE, SCHOOL, ROAD])]

    assert asyncio.run(main()) == ["Brief", "Failure", "Brief"]


def test_the_plain_methods_work_inside_a_running_event_loop(replies: Path) -> None:
    async def notebook() -> tuple[Brief, list[Brief | Failure]]:
        summarizer = Summarizer(replies=replies)
        return summarizer.brief(BRIDGE), list(summarizer.briefs([BRIDGE, ROAD]))

    one, many = asyncio.run(notebook())
    assert one.headline == "A headline"
    assert [type(result) for result in many] == [Brief, Brief]


def test_reports_are_read_as_they_are_needed() -> None:
    read: list[int] = []

    def reports() -> Iterator[str]:
        for number in range(1_000):
            read.append(number)
            yield f"{BRIDGE} It was bridge {number}."

    results = Summarizer(engine=Counting(), jobs=2).briefs(reports())
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(read) < 1_000


def test_an_engine_of_one_s_own_is_used_and_closed_each_time() -> None:
    engine = Counting()
    summarizer = Summarizer(engine=engine)
    summarizer.brief(from_text(BRIDGE, id="a"))
    summarizer.brief(from_text(ROAD, id="b"))
    list(summarizer.briefs([from_text(BRIDGE, id="c")]))
    assert (engine.asked, engine.closed) == (["a", "b", "c"], 3)


def test_an_engine_is_closed_when_a_report_fails() -> None:
    engine = Counting()
    with pytest.raises(EngineError, match="no draft"):
        Summarizer(engine=engine).brief(SCHOOL)
    assert engine.closed == 1


def test_the_asynchronous_methods_share_an_engine_until_it_is_closed() -> None:
    engine = Counting()

    async def main() -> None:
        async with Summarizer(engine=engine) as summarizer:
            await asyncio.gather(summarizer.abrief(BRIDGE), summarizer.abrief(ROAD))
            assert engine.closed == 0
            assert summarizer.engine is engine
        assert engine.closed == 1
        await summarizer.aclose()
        assert engine.closed == 1, "nothing is open any more"
        await summarizer.abrief(BRIDGE)
        await summarizer.aclose()
        assert engine.closed == 2

    asyncio.run(main())


def test_a_live_model_is_asked_once_for_the_same_text(live: dict[str, Any]) -> None:
    asked = live.pop("asked")
    summarizer = Summarizer(**live)
    first, again = summarizer.brief(BRIDGE), summarizer.brief(BRIDGE)
    assert (first.provenance.recorded, again.provenance.recorded) == (False, True)
    assert len(asked) == 1


def test_without_cache_a_live_model_is_asked_each_time(live: dict[str, Any]) -> None:
    asked = live.pop("asked")
    summarizer = Summarizer(cache=False, **live)
    for _ in range(2):
        assert summarizer.brief(BRIDGE).provenance.recorded is False
    assert len(asked) == 2
    assert not live["store"].exists()


def test_one_summarizer_serves_several_threads(live: dict[str, Any]) -> None:
    del live["asked"]
    summarizer = Summarizer(**live)
    texts = [f"{BRIDGE} It was bridge {number}." for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        briefs = list(pool.map(summarizer.brief, texts))
    assert [brief.document.characters for brief in briefs] == [len(text) for text in texts]


def test_awaited_briefs_of_a_live_model_share_one_event_loop(live: dict[str, Any]) -> None:
    asked = live.pop("asked")

    async def main() -> list[Brief]:
        async with Summarizer(**live) as summarizer:
            return await asyncio.gather(*(summarizer.abrief(text) for text in (BRIDGE, ROAD, SCHOOL)))

    assert len(asyncio.run(main())) == len(asked) == 3


def test_a_report_without_text_is_refused() -> None:
    with pytest.raises(EmptyDocument):
        Summarizer(engine=Counting()).brief("  ")


@pytest.mark.parametrize("report", [Path("report.txt"), b"bytes", None], ids=repr)
def test_what_is_no_text_is_refused_with_the_way_to_read_files(report: Any) -> None:
    with pytest.raises(InputError, match=r"is no text.*summarizer\.documents\.load"):
        Summarizer(engine=Counting()).brief(report)
    (failure,) = Summarizer(engine=Counting()).briefs([report])
    assert isinstance(failure, Failure)
    assert failure.document == "report 1"


def test_an_unknown_option_is_told_the_valid_ones() -> None:
    with pytest.raises(
        ConfigurationError, match=r"^there is no setting 'modle'\. Known are model, base_url, mode, replies"
    ):
        Summarizer(modle="openai/x")


def test_an_option_that_is_not_valid_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"^jobs: Input should be greater than or equal to 1"):
        Summarizer(jobs=0)


def test_settings_are_given_whole_or_as_options() -> None:
    assert Summarizer(settings=Settings(jobs=3)).settings.jobs == 3
    for options in ({"model": "openai/x"}, {"jobs": 2}):
        with pytest.raises(ConfigurationError, match="settings and options are both given"):
            Summarizer(settings=Settings(), **options)  # type: ignore[arg-type]


class Filling(Counting):
    """An engine of one's own that fills the same reply into each form."""

    async def ask(self, question: Any) -> Filled:
        await asyncio.sleep(0)
        self.asked.append(question.about)
        return Filled(question.read(json.dumps(ruling())).draft)


def test_a_text_fills_a_model_of_one_s_own() -> None:
    engine = Filling()
    found = Summarizer(engine=engine).extract(TEXT, Ruling, published="2025-08-26", language="en")
    assert (found.data.court.text, found.data.orders[0].evidence[0].sentence) == ("court of Norvale", 1)
    assert (found.document.published, found.document.language, engine.closed) == ("2025-08-26", "en", 1)


def test_an_extraction_can_be_awaited_and_iterated_over() -> None:
    async def main() -> list[str]:
        async with Summarizer(engine=Filling()) as summarizer:
            one = await summarizer.aextract(TEXT, Ruling, prompt="Only the first.")
            more = [type(result).__name__ async for result in summarizer.aextractions([TEXT, ""], Ruling)]
            return [type(one).__name__, *more]

    assert asyncio.run(main()) == ["Extraction[Ruling]", "Extraction[Ruling]", "Failure"]


def test_many_documents_give_extractions_and_failures_in_their_order() -> None:
    engine = Filling()
    first, second, third = Summarizer(engine=engine).extractions([TEXT, "", TEXT], Ruling)
    assert isinstance(first, Extraction)
    assert isinstance(second, Failure)
    assert (second.document, second.kind) == ("report 2", "EmptyDocument")
    assert isinstance(third, Extraction)
    assert (third.document.id, third.data, engine.closed) == ("report 3", first.data, 1)


def test_a_document_that_is_too_large_for_a_request_is_refused() -> None:
    with pytest.raises(DocumentTooLarge, match="characters, and one request may hold 2,000"):
        Summarizer(engine=Filling(), context=2000).extract(TEXT * 20, Ruling)


def test_without_a_language_model_nothing_is_extracted() -> None:
    for summarizer in (Summarizer(), Summarizer(model="offline")):
        with pytest.raises(ConfigurationError, match=r"filled by a language model.*Name one with --model"):
            summarizer.extract(TEXT, Ruling)
        with pytest.raises(ConfigurationError, match="offline engine has none"):
            summarizer.extractions([TEXT], Ruling)
    with pytest.raises(ConfigurationError, match="offline engine has none"):
        Summarizer(engine=Counting()).extract(TEXT, Ruling)


def test_an_extraction_shows_itself_in_a_notebook_as_markdown() -> None:
    found = Summarizer(engine=Filling()).extract(TEXT, Ruling)
    assert found._repr_html_() is None
    assert str(found._repr_markdown_()).startswith("# Ruling\n")


FAULTS: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"model": "openai/x"}, MissingKey),
    ({"model": "opnai/x"}, ConfigurationError),
    ({"replies": "nowhere.jsonl"}, StoreError),
    ({"base_url": "http://127.0.0.1:9/v1"}, ConfigurationError),
    ({"model": "ollama/x", "prompt_dir": "nowhere"}, PromptError),
]


@pytest.mark.parametrize(("options", "kind"), FAULTS, ids=[str(options) for options, _ in FAULTS])
def test_a_model_that_cannot_be_used_is_told_at_the_first_brief(
    options: dict[str, Any], kind: type[Exception], tmp_path: Path
) -> None:
    summarizer = Summarizer(store=tmp_path / "s.sqlite", **options)
    with pytest.raises(kind):
        summarizer.brief(BRIDGE)
    with pytest.raises(kind):
        list(summarizer.briefs([BRIDGE]))
    if (tmp_path / "s.sqlite").exists():
        open_store(tmp_path / "s.sqlite").close()


def test_a_missing_reply_names_the_document(replies: Path) -> None:
    with pytest.raises(MissingReply) as caught:
        Summarizer(replies=replies).brief(from_text(SCHOOL, id="school"))
    assert caught.value.document == "school"


def test_a_brief_shows_itself_in_a_notebook(replies: Path) -> None:
    brief = Summarizer(replies=replies).brief(BRIDGE)
    html, markdown = brief._repr_html_(), brief._repr_markdown_()
    assert html is not None
    assert markdown is not None
    assert "A headline" in html
    assert html.lstrip().startswith("<")
    assert "A headline" in markdown


def test_a_brief_shows_itself_without_the_interface_being_used_first(replies: Path, root: Path) -> None:
    brief = Summarizer(replies=replies).brief(BRIDGE)
    program = (
        "import sys, summarizer\n"
        "brief = summarizer.Brief.model_validate_json(sys.stdin.read())\n"
        "print(brief._repr_markdown_())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=brief.model_dump_json(), capture_output=True, text=True, cwd=root,
        check=True,
    )  # fmt: skip
    assert "A headline" in done.stdout
