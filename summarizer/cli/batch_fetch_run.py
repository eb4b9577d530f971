"""What `summarizer batch fetch` does: the results of batches that are over come into the store."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ..engines.batch import Imported
from ..engines.batch_api import BatchApi
from ..engines.batch_jobs import FETCHED, results, to_fetch
from ..engines.batch_objects import Batch
from ..pipeline import run_sync
from ..settings import load_settings, store_place
from ..store import BatchEntry, Store, open_store
from . import NOTHING_RAN, SOME_FAILED
from .batch_run import Tally
from .batch_servers import Servers
from .batch_watch import Watch, chosen, counts_of, fault_lines
from .progress import Progress

FIRST_WAIT, LONGEST_WAIT = 15.0, 120.0
"""Seconds between two looks at batches that are not over; each wait is half as long again as the one before."""


def fetch(ids: tuple[str, ...], given: dict[str, Any]) -> int:
    """Keep what came of batches that are over; with --wait, of all of them once they are over."""
    progress = Progress(quiet=given["quiet"])
    settings = load_settings({"store": given["store"]})

    async def run(store: Store, folder: Path) -> int:
        async with AsyncExitStack() as stack:
            watch = Watch(store, Servers(stack, settings, progress.note), progress, patient=given["wait"])
            return await _Fetching(store, watch, progress, folder).run(ids, given["wait"])

    with (
        closing(open_store(store_place(settings))) as store,
        tempfile.TemporaryDirectory(prefix="summarizer-") as folder,
    ):
        return run_sync(run(store, Path(folder)))


class _Fetching:
    """Fetches batches and tells what came of them."""

    def __init__(self, store: Store, watch: Watch, progress: Progress, folder: Path):
        self._store = store
        self._watch = watch
        self._progress = progress
        self._folder = folder
        self._tally = Tally()
        self._told: dict[str, str] = {}

    async def run(self, ids: tuple[str, ...], wait: bool) -> int:
        entries = self._store.batches()
        labels = [entry.label for entry in (chosen(ids, entries) if ids else filter(to_fetch, entries))]
        if not labels:
            self._progress.note("no batches to fetch")
        await self._watch.settle([entry for entry in entries if entry.label in labels])
        pause = FIRST_WAIT
        while labels := [label for label in labels if not await self._over(label)]:
            if not wait:
                self._progress.note(f"{len(labels)} batches are not over; fetch later, or with --wait")
                break
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, LONGEST_WAIT)
        self._progress.note(str(self._tally))
        if self._watch.given_up:
            return SOME_FAILED if self._tally.kept else NOTHING_RAN
        return self._tally.exit_code()

    async def _over(self, label: str) -> bool:
        """Fetch a batch; whether nothing more can be done for it now."""
        entry = next(each for each in self._store.batches() if each.label == label)
        if not entry.id:
            return True
        batch = await self._watch.look(entry)
        if batch is not None:
            said = counts_of(batch, entry)
            if self._told.get(label) != said:
                self._progress.note(f"{batch.id}: {said}")
                self._told[label] = said
            if batch.over and await self._watch.asked(entry, partial(self._keep, entry, batch)):
                return True
        return label in self._watch.given_up

    async def _keep(self, entry: BatchEntry, batch: Batch, api: BatchApi) -> bool:
        """Keep what came of a batch that is over; it is noted as fetched once all of it is kept."""
        failed: set[str] = set()

        def take(line: Imported) -> None:
            self._tally.add(line)
            if line.error is not None:
                failed.add(line.request)
                self._progress.error(f"{batch.id}: {line.document or line.request[:12] or 'a line'}: {line.error}")

        for error in await results(api, self._store, batch, self._folder, take):
            self._progress.error(f"{batch.id}: {error}")
        without = [asked for asked in self._store.unanswered() if asked.batch == entry.label]
        self._tally.lost += sum(asked.request not in failed for asked in without)
        if batch.state == "failed":
            for line in fault_lines(batch, entry, self._store):
                self._progress.error(f"{batch.id}: {line}")
            self._progress.error(f"{batch.id}: the provider refused it; the next submit sends its requests again")
        else:
            for asked in without:
                if asked.request not in failed:
                    self._progress.error(f"{batch.id}: {asked.about.document}: no reply, the batch is {batch.state}")
            if without:
                self._progress.note(f"{batch.id}: the next submit sends {len(without)} requests again")
        self._store.note_batch(replace(entry, state=FETCHED))
        return True
