"""Batches from their submission to their results, with the ledger in the store kept in step with the provider.

A batch has a label of ours besides the provider's id. Its requests are noted under the label, and the batch itself
before the provider is asked to make it: one whose making was cut short is then found by its label in the provider's
list, and is not made twice. A request waits as long as its newest batch is neither fetched nor refused nor lost.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import TransportError
from ..store import BatchEntry, Store
from .batch import Imported, import_results
from .batch_api import BatchApi, OutcomeUnknown, UnknownBatch, Unlisted
from .batch_objects import Batch

SUBMITTING = "submitting"
"""The provider was asked to make it, and has not answered yet."""
LOST = "lost"
"""The provider never made it, or knows it no more."""
FETCHED = "fetched"
"""What came of it is kept."""

_FREE = frozenset({FETCHED, LOST, "failed"})


def new_label() -> str:
    """A label that no other batch has."""
    return f"summarizer-{secrets.token_hex(8)}"


def holds_requests(entry: BatchEntry) -> bool:
    """Whether the requests of a batch must not be submitted again yet."""
    return entry.state not in _FREE


def to_fetch(entry: BatchEntry) -> bool:
    """Whether something may still come of a batch."""
    return entry.state not in (FETCHED, LOST)


def in_batches(store: Store) -> dict[str, BatchEntry]:
    """The batches that hold requests, by label."""
    return {entry.label: entry for entry in store.batches() if holds_requests(entry)}


async def settle(api: BatchApi, store: Store, cut_short: Sequence[BatchEntry], say: Callable[[str], None]) -> None:
    """Find out what became of batches whose submission was cut short; where nobody can tell, they stay as they are.

    Raises:
        ConfigurationError, TransportError: the provider does not say.
    """
    if not cut_short:
        return
    try:
        made = {batch.label: batch for batch in await api.find({entry.label for entry in cut_short})}
    except Unlisted as error:
        for entry in cut_short:
            held = f"its {entry.requests} requests are held until `summarizer batch cancel {entry.label}` frees them"
            say(f"{entry.label}: its submission was cut short, and {error.message}; {held}")
        return
    for entry in cut_short:
        batch = made.get(entry.label)
        if batch:
            store.note_batch(replace(entry, id=batch.id, state=batch.state))
            say(f"{batch.id}: its submission was cut short, but the provider has it; it is taken up")
        else:
            store.note_batch(replace(entry, state=LOST))
            say(f"{entry.label}: its submission was cut short before the provider had it; its requests are free again")


async def submit_part(api: BatchApi, store: Store, path: Path, entry: BatchEntry) -> BatchEntry:
    """Upload a file of requests and have a batch made of it; noted as soon as the provider has accepted it.

    Args:
        api: the provider.
        store: holds the ledger; the requests are noted in it already, under the entry's label.
        path: the file.
        entry: the batch, which has no id yet.

    Raises:
        OutcomeUnknown: the provider may have made it; `settle` finds out.
        ConfigurationError, TransportError: it has not.
    """
    source = await api.upload(path)
    store.note_batch(entry)
    try:
        batch = await api.create(source, entry.label, {"model": entry.model[:512], "requests": str(entry.requests)})
    except OutcomeUnknown:
        raise
    except TransportError:
        store.note_batch(replace(entry, state=LOST))
        raise
    accepted = replace(entry, id=batch.id, state=batch.state)
    store.note_batch(accepted)
    return accepted


async def refresh(api: BatchApi, store: Store, entry: BatchEntry) -> Batch:
    """What the provider says of a batch; a new state is noted.

    Raises:
        UnknownBatch: it has none of this id.
        ConfigurationError, TransportError: it does not say.
    """
    batch = await api.retrieve(entry.id)
    if batch.state != entry.state:
        store.note_batch(replace(entry, state=batch.state))
    return batch


async def results(
    api: BatchApi, store: Store, batch: Batch, folder: Path, take: Callable[[Imported], None]
) -> list[UnknownBatch]:
    """Keep what came of a batch that is over, from its output and its error file; each line is handed to `take`.

    Done twice, it keeps nothing twice.

    Returns:
        What the provider has no more.

    Raises:
        TransportError: a file did not come whole.
        InputError: a file cannot be kept in the folder.
    """
    gone: list[UnknownBatch] = []
    for number, file in enumerate(batch.results):
        path = folder / f"results-{number}.jsonl"
        try:
            await api.download(file, path)
        except UnknownBatch as error:
            gone.append(error)
            continue
        for line in import_results(path, store):
            take(line)
        path.unlink()
    return gone
