"""What `summarizer batch status` without reports and `batch cancel` do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import replace
from functools import partial
from typing import Any

import click

from ..engines.batch_api import BatchApi, UnknownBatch
from ..engines.batch_jobs import FETCHED, LOST, SUBMITTING, holds_requests, refresh, to_fetch
from ..engines.batch_objects import OVER, Batch
from ..errors import MissingKey
from ..pipeline import run_sync
from ..settings import Settings, load_settings, store_place
from ..store import BatchEntry, Store, open_store
from . import ALL_DONE, NOTHING_RAN, SOME_FAILED
from .batch_servers import Servers
from .batch_watch import Watch, age_of, chosen, counts_of, fault_lines
from .progress import Progress


def batches_status(given: dict[str, Any]) -> int:
    """Say how the batches stand, and which requests have no reply yet."""
    progress = Progress(quiet=given["quiet"])
    settings = load_settings({"store": given["store"]})
    with closing(open_store(store_place(settings))) as store:
        failed = run_sync(_tell_batches(store, settings, progress, online=not given["offline"]))
        _tell_waiting(store)
    return SOME_FAILED if failed else ALL_DONE


def cancel(ids: tuple[str, ...], given: dict[str, Any]) -> int:
    """Have batches stopped."""
    progress = Progress(quiet=given["quiet"])
    settings = load_settings({"store": given["store"]})
    if not ids and not given["all_"]:
        raise click.UsageError("Name the batches to cancel, or say --all.")
    with closing(open_store(store_place(settings))) as store:
        return run_sync(_cancel(store, settings, progress, ids))


async def _tell_batches(store: Store, settings: Settings, progress: Progress, online: bool) -> int:
    """Print a line for each batch that is not fetched; how many could not be asked about."""
    async with _watching(store, settings, progress) as (watch, servers):
        if online:
            await watch.settle([entry for entry in store.batches() if await _has_key(servers, entry)])
        entries = store.batches()
        for entry in filter(to_fetch, entries):
            batch = await watch.look(entry) if online and entry.id and await _has_key(servers, entry) else None
            said = counts_of(batch, entry) if batch else f"{entry.state}, {entry.requests} requests"
            place = f" at {entry.place}" if entry.place else ""
            then = "; `summarizer batch fetch` gets it" if (batch.state if batch else entry.state) in OVER else ""
            click.echo(f"{entry.id or entry.label}: {said}, {age_of(entry)}, {entry.model}{place}{then}")
            for line in fault_lines(batch, entry, store) if batch else ():
                click.echo(f"  {line}")
        fetched = sum(entry.state == FETCHED for entry in entries)
        if fetched:
            click.echo(f"{fetched} batches fetched before")
        return len(watch.given_up)


def _tell_waiting(store: Store) -> None:
    batches = {entry.label: entry for entry in store.batches()}
    waiting = list(store.unanswered())
    for asked in waiting:
        batch = batches.get(asked.batch)
        where = ", to be submitted again" if asked.batch else ""
        if batch and holds_requests(batch):
            where = f", in {batch.id or batch.label}"
        click.echo(f"{asked.about.document}: waits for a reply of {asked.settings} ({asked.request[:12]}){where}")
    click.echo(f"{len(waiting)} requests wait for a reply")


async def _cancel(store: Store, settings: Settings, progress: Progress, ids: tuple[str, ...]) -> int:
    async with _watching(store, settings, progress) as (watch, _):
        named = {entry.label for entry in chosen(ids, store.batches())}
        await watch.settle(store.batches())
        done = 0
        for entry in store.batches():
            wanted = entry.label in named if ids else holds_requests(entry) and entry.state not in OVER
            if wanted and entry.id:
                batch = await watch.asked(entry, partial(_stop, store, entry, bool(ids)))
                if batch is not None:
                    done += 1
                    progress.note(f"{batch.id}: {batch.state}; `summarizer batch fetch` gets what is answered")
            elif entry.label in named - watch.given_up and entry.state == SUBMITTING:
                done += 1
                store.note_batch(replace(entry, state=LOST))
                progress.note(f"{entry.label}: forgotten; the next submit sends its {entry.requests} requests again")
        if not done and not watch.given_up:
            progress.note("no batches to cancel")
        if watch.given_up:
            return SOME_FAILED if done else NOTHING_RAN
        return ALL_DONE


async def _stop(store: Store, entry: BatchEntry, forget: bool, api: BatchApi) -> Batch:
    """Stop a batch that is not over; one that the provider does not know is forgotten, when that is wanted."""
    try:
        batch = await refresh(api, store, entry)
    except UnknownBatch:
        if forget:
            store.note_batch(replace(entry, state=LOST))
        raise
    if batch.over:
        return batch
    stopped = await api.cancel(entry.id)
    store.note_batch(replace(entry, state=stopped.state))
    return stopped


@asynccontextmanager
async def _watching(store: Store, settings: Settings, progress: Progress) -> AsyncIterator[tuple[Watch, Servers]]:
    async with AsyncExitStack() as stack:
        servers = Servers(stack, settings, progress.note)
        yield Watch(store, servers, progress), servers


async def _has_key(servers: Servers, entry: BatchEntry) -> bool:
    try:
        await servers.of(entry)
    except MissingKey:
        return False
    return True
