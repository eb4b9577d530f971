"""Times of stages: counted from any thread while somebody measures, else nothing at all."""

from __future__ import annotations

import asyncio
import threading

import pytest

from summarizer.telemetry.stages import STAGES, each_timed, measuring, stage, waiting


def test_nothing_is_counted_nor_made_while_nobody_measures() -> None:
    assert stage("ground") is stage("read") is waiting("wait")


def test_calls_wall_time_and_cpu_are_counted_by_stage() -> None:
    with measuring() as stages:
        for _ in range(3):
            with stage("ground"):
                sum(range(10_000))
        with stage("read"):
            pass
    ground = stages.took["ground"]
    assert (ground.calls, stages.took["read"].calls, stages.took["split"].calls) == (3, 1, 0)
    assert ground.wall > 0
    assert ground.cpu > 0
    assert tuple(stages.took) == STAGES


def test_a_stage_that_fails_counts() -> None:
    with measuring() as stages, pytest.raises(ZeroDivisionError), stage("ground"):
        _ = 1 / 0
    assert stages.took["ground"].calls == 1


def test_threads_count_together() -> None:
    def work() -> None:
        for _ in range(500):
            with stage("store"):
                pass

    with measuring() as stages:
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert stages.took["store"].calls == 2000


def test_what_is_awaited_has_no_cpu_of_its_own() -> None:
    async def wait() -> None:
        with waiting("wait"):
            await asyncio.sleep(0)
            sum(range(10_000))

    with measuring() as stages:
        asyncio.run(wait())
    assert (stages.took["wait"].calls, stages.took["wait"].cpu) == (1, 0.0)
    assert stages.took["wait"].wall > 0


def test_the_making_of_each_item_is_a_call() -> None:
    with measuring() as stages:
        assert list(each_timed("load", iter("abc"))) == ["a", "b", "c"]
    assert stages.took["load"].calls == 4  # the last one finds the end


def test_items_pass_unmeasured_too() -> None:
    assert list(each_timed("load", iter("abc"))) == ["a", "b", "c"]
