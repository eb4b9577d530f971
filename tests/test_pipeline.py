"""From documents to briefs: order, bounds, failures, laziness, cancellation, and the way out of the event loop."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from summarizer.engines.base import BriefTask, Filled
from summarizer.engines.prompted import PromptedEngine
from summarizer.engines.providers import LiveOptions, live_source
from summarizer.engines.recorded import Stored
from summarizer.errors import EmptyDocument, EngineError, Refusal, SummarizerError, UnreadableDocument
from summarizer.grounding.check import ground
from summarizer.models.brief import Brief
from summarizer.models.document import Document
from summarizer.models.draft import Draft
from summarizer.models.exchange import PromptInfo, Usage
from summarizer.models.outcome import Failure
from summarizer.pipeline import brief_one, briefs, iterate_sync, run_sync, under_way
from summarizer.prompts import Prompts
from summarizer.store import Store, open_store

from .engines.asking import PATIENCE, document, for_document, run_in_virtual_time
from .stub import behaviours as b
from .stub.server import StubServer
from .timed_engine import DRAFT, Engine, documents, names


async def gathered(results: AsyncIterator[Brief | Failure]) -> list[Brief | Failure]:
    """All results."""
    return [result async for result in results]


def results_of(items: Iterable[Document | SummarizerError], engine: Engine, jobs: int = 8) -> list[Brief | Failure]:
    """All results, in virtual time."""
    return run_in_virtual_time(gathered(briefs(items, engine, jobs)))


class TestBriefs:
    def test_results_come_in_the_order_of_the_documents(self) -> None:
        engine = Engine(lambda name: {"a": 30.0, "b": 20.0, "c": 10.0}[name])
        assert names(results_of(documents("a", "b", "c"), engine)) == ["a", "b", "c"]

    @pytest.mark.parametrize("jobs", [1, 3, 8])
    def test_at_most_so_many_are_under_way_at_once(self, jobs: int) -> None:
        engine = Engine(lambda name: float(int(name) % 7 + 1))
        results = results_of(documents(*map(str, range(40))), engine, jobs)
        assert names(results) == [str(n) for n in range(40)]
        assert engine.most_at_once == jobs

    @pytest.mark.parametrize("jobs", [0, -1])
    def test_less_than_one_at_once_is_one_at_once(self, jobs: int) -> None:
        engine = Engine(lambda _: 1.0)
        assert len(results_of(documents("a", "b"), engine, jobs)) == 2
        assert engine.most_at_once == 1

    def test_a_slow_document_does_not_stop_those_behind_it(self) -> None:
        engine = Engine(lambda name: 100.0 if name == "slow" else 1.0)

        async def until_the_slow_one_is_done() -> float:
            async for _ in briefs(documents("slow", *map(str, range(7))), engine, jobs=2):
                return asyncio.get_running_loop().time()
            return 0.0

        assert run_in_virtual_time(until_the_slow_one_is_done()) == pytest.approx(100.0)
        assert engine.begun == ["slow", *map(str, range(7))]

    def test_the_next_request_goes_out_before_the_last_reply_is_checked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        engine, begun_before_check = Engine(lambda _: 1.0), dict[str, int]()

        def check(draft: Draft, document: Document, *rest: Any) -> Brief:
            begun_before_check[document.id] = len(engine.begun)
            return ground(draft, document, *rest)

        monkeypatch.setattr("summarizer.pipeline.ground", check)
        assert names(results_of(documents("a", "b", "c", "d", "e"), engine, jobs=2)) == ["a", "b", "c", "d", "e"]
        assert begun_before_check == {"a": 3, "b": 4, "c": 5, "d": 5, "e": 5}
        assert engine.most_at_once == 2

    def test_one_failing_document_does_not_cost_the_others(self) -> None:
        engine = Engine(failures={"b": Refusal("the model refused"), "c": EngineError("no", document="c")})
        first, second, third, fourth = results_of(documents("a", "b", "c", "d"), engine)
        assert isinstance(first, Brief)
        assert second == Failure(document="b", kind="Refusal", message="b: the model refused")
        assert isinstance(third, Failure)
        assert isinstance(fourth, Brief)

    def test_an_unexpected_exception_becomes_a_named_failure(self) -> None:
        engine = Engine(failures={"b": ZeroDivisionError("division by zero")})
        _, failure, _ = results_of(documents("a", "b", "c"), engine)
        assert isinstance(failure, Failure)
        assert failure.document == "b"
        assert failure.message.startswith("b: unexpected ZeroDivisionError: division by zero. Please report it")

    def test_a_document_that_could_not_be_loaded_keeps_its_place(self) -> None:
        broken = UnreadableDocument("no such file", document="b.txt", remedy="Correct the name")
        first, second, third = results_of([document("a"), broken, document("c")], Engine())
        assert names([first, third]) == ["a", "c"]
        expected = Failure(document="b.txt", kind="UnreadableDocument", message="b.txt: no such file. Correct the name")
        assert second == expected

    def test_a_document_without_a_sentence_is_a_failure_that_says_so(self) -> None:
        (failure,) = results_of([document("a", "***\n---")], Engine())
        assert isinstance(failure, Failure)
        assert failure.kind == "EmptyDocument"

    def test_nothing_in_nothing_out(self) -> None:
        assert results_of([], Engine()) == []

    def test_an_unbounded_iterable_is_read_only_as_needed(self) -> None:
        read = itertools.count()

        def endless() -> Iterator[Document]:
            for n in read:
                yield document(str(n))

        async def first_ten() -> list[Brief | Failure]:
            async with aclosing(briefs(endless(), Engine(lambda _: 1.0), jobs=2)) as results:
                return [result async for result, _ in _zipped(results, range(10))]

        assert names(run_in_virtual_time(first_ten())) == [str(n) for n in range(10)]
        assert next(read) <= 10 + 2 * 4

    def test_a_result_is_given_before_the_next_documents_are_read(self) -> None:
        read: list[int] = []

        def reading() -> Iterator[Document]:
            for n in range(20):
                read.append(n)
                yield document(str(n))

        async def first() -> int:
            async with aclosing(briefs(reading(), Engine(), jobs=8)) as results:
                await anext(results)
                return len(read)

        assert run_in_virtual_time(first()) <= 3

    def test_what_reading_raises_is_raised_after_the_results_before_it(self) -> None:
        def reading() -> Iterator[Document]:
            yield from documents("a", "b")
            raise OSError("the disk is gone")

        async def all_that_come() -> list[str]:
            found: list[str] = []
            try:
                async for result in briefs(reading(), Engine(lambda _: 5.0)):
                    found += names([result])
            except OSError as error:
                found.append(str(error))
            return found

        assert run_in_virtual_time(all_that_come()) == ["a", "b", "the disk is gone"]

    def test_cancellation_stops_the_work(self) -> None:
        engine = Engine(lambda _: 100.0)

        async def cancelled() -> bool:
            work = asyncio.create_task(gathered(briefs(documents(*"abcdef"), engine, jobs=2)))
            await asyncio.sleep(1.0)
            work.cancel()
            await asyncio.wait([work])
            return work.cancelled() and len(asyncio.all_tasks()) == 1

        assert run_in_virtual_time(cancelled())
        assert engine.begun == engine.cancelled == ["a", "b"]

    def test_an_early_stop_cancels_what_is_under_way(self) -> None:
        engine = Engine(lambda name: 1.0 if name == "a" else 100.0)

        async def only_the_first() -> None:
            async with aclosing(briefs(documents(*"abcdef"), engine, jobs=2)) as results:
                assert names([await anext(results)]) == ["a"]

        run_in_virtual_time(only_the_first())
        assert engine.under_way == 0
        assert engine.cancelled == ["b", "c"]


async def _zipped(
    results: AsyncIterator[Brief | Failure], numbers: range
) -> AsyncIterator[tuple[Brief | Failure, int]]:
    """Results as far as the numbers go."""
    for number in numbers:
        yield await anext(results), number


class TestOneBrief:
    def test_a_brief_tells_where_its_draft_comes_from(self) -> None:
        class Remembering(Engine):
            async def fill(self, task: BriefTask) -> Filled:
                usage = Usage(3, 100, 50, 0, 0.25)
                return Filled(DRAFT, "m", PromptInfo("brief", "hash"), "key", True, 1, usage, 1.23456, "2025-01-02")

        found = run_sync(brief_one(document(), Remembering())).provenance
        assert found.model_dump(exclude={"software", "schema_version"}) == {
            "engine": "live", "model": "m", "recorded": True, "prompt": "brief", "prompt_hash": "hash",
            "request": "key", "parts": 1, "attempts": 3, "reasks": 1, "input_tokens": 100, "output_tokens": 50, "cost_usd": 0.25,
            "seconds": 1.235, "replied": "2025-01-02",
        }  # fmt: skip

    def test_a_document_without_a_sentence_is_refused_by_name(self) -> None:
        with pytest.raises(EmptyDocument, match=r"^blank: there is no sentence in it"):
            run_sync(brief_one(document("blank", " \n "), Engine()))

    def test_errors_pass(self) -> None:
        with pytest.raises(Refusal):
            run_sync(brief_one(document("a"), Engine(failures={"a": Refusal("no")})))


class TestAgainstAServer:
    """The whole way, with a live source behind a store."""

    @pytest.fixture
    def stub(self) -> Iterator[StubServer]:
        with StubServer() as server:
            yield server

    def run(
        self, stub: StubServer, items: Iterable[Document], store: Store, stop_after: int = 99
    ) -> list[Brief | Failure]:
        source = Stored(store, "m", live_source("m", LiveOptions(stub.url, policy=PATIENCE)))
        engine = PromptedEngine(Prompts(), source)

        async def results() -> AsyncIterator[Brief | Failure]:
            try:
                async with aclosing(briefs(items, engine, jobs=3)) as stream:
                    async for result in stream:
                        yield result
            finally:
                await engine.close()

        return list(itertools.islice(iterate_sync(results()), stop_after))

    def reports(self, count: int) -> list[Document]:
        return [
            document(f"r{n}", f"Report {n} stands here. The council of Norvale met the dockers.") for n in range(count)
        ]

    def test_briefs_are_grounded_and_the_server_is_not_pressed(self, stub: StubServer, tmp_path: Path) -> None:
        stub.latency = 0.02
        store = open_store(tmp_path / "replies.sqlite")
        results = self.run(stub, self.reports(9), store)
        store.close()
        assert all(isinstance(r, Brief) and r.checks.unsupported == 0 and r.checks.supported > 5 for r in results)
        assert stub.counts["most at once"] <= 3

    def test_a_faulty_document_costs_only_itself(self, stub: StubServer, tmp_path: Path) -> None:
        stub.always(for_document("Report 2 stands", b.BEHAVIOURS["refusal"], b.ok))
        store = open_store(tmp_path / "replies.sqlite")
        results = self.run(stub, self.reports(5), store)
        store.close()
        assert [r.kind if isinstance(r, Failure) else "brief" for r in results] == [
            "brief", "brief", "Refusal", "brief", "brief",
        ]  # fmt: skip

    def test_a_run_that_was_stopped_asks_only_for_what_is_missing(self, stub: StubServer, tmp_path: Path) -> None:
        reports = self.reports(8)
        store = open_store(tmp_path / "replies.sqlite")
        self.run(stub, reports, store, stop_after=3)
        asked = {sent.messages[1]["content"] for sent in stub.received}
        kept = {r.id for r in reports if store.language_of(r.sha256)}
        assert len(kept) >= 3
        results = self.run(stub, reports, store)
        store.close()
        assert names(results) == [r.id for r in reports]
        again = [sent.messages[1]["content"] for sent in stub.received][len(asked) :]
        assert all(f"Report {name[1:]} stands" not in sent for name in kept for sent in again)


def test_items_come_as_they_are_done_when_no_order_is_wanted() -> None:
    slow = asyncio.Event()

    async def work(item: int) -> int:
        if item == 0:
            await slow.wait()
        elif item == 9:
            slow.set()
        return item

    async def collected() -> list[int]:
        return [item async for item in under_way(range(10), work, jobs=2, ordered=False)]

    found = run_sync(collected())
    assert sorted(found) == list(range(10))
    assert found[0] == 1
    assert found.index(0) > 5
