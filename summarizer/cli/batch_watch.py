"""The batches in the ledger, each asked about at its server: what goes wrong is told, and the others go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import TypeVar

from ..engines.batch_api import BatchApi
from ..engines.batch_jobs import SUBMITTING, refresh, settle
from ..engines.batch_objects import Batch
from ..engines.failures import RetryableError
from ..errors import AuthenticationFailed, ConfigurationError, TransportError
from ..store import BatchEntry, Store
from .batch_servers import Servers
from .progress import Progress

T = TypeVar("T")


class Watch:
    """Asks servers about batches.

    Args:
        store: holds the ledger.
        servers: the servers in it.
        progress: told what goes wrong.
        patient: what may pass is told, and the batch is not given up.

    Attributes:
        given_up: labels of batches about which the server could not be asked.
    """

    def __init__(self, store: Store, servers: Servers, progress: Progress, patient: bool = False):
        self._store = store
        self._servers = servers
        self._progress = progress
        self._patient = patient
        self._unusable: set[tuple[str, str]] = set()
        self.given_up: set[str] = set()

    async def asked(self, entry: BatchEntry, call: Callable[[BatchApi], Awaitable[T]]) -> T | None:
        """What a call to a batch's server gives; None where it fails. A server that refuses the key is asked once."""
        server = entry.place, entry.model
        if server in self._unusable:
            self.given_up.add(entry.label)
            return None
        try:
            return await call(await self._servers.of(entry))
        except (AuthenticationFailed, ConfigurationError) as error:
            self._unusable.add(server)
            self._tell(entry, error, passing=False)
        except TransportError as error:
            self._tell(entry, error, passing=isinstance(error.__cause__, (RetryableError, TimeoutError)))
        return None

    async def look(self, entry: BatchEntry) -> Batch | None:
        """What the provider says of a batch now."""
        return await self.asked(entry, lambda api: refresh(api, self._store, entry))

    async def settle(self, entries: Sequence[BatchEntry]) -> None:
        """Find out what became of those whose submission was cut short."""
        for entry in entries:
            if entry.state == SUBMITTING:
                await self._settle(entry)

    async def _settle(self, entry: BatchEntry) -> None:
        await self.asked(entry, lambda api: settle(api, self._store, [entry], self._progress.note))

    def _tell(
        self, entry: BatchEntry, error: AuthenticationFailed | ConfigurationError | TransportError, passing: bool
    ) -> None:
        self._progress.error(str(error))
        if not (passing and self._patient):
            self.given_up.add(entry.label)


def chosen(ids: Sequence[str], entries: Sequence[BatchEntry]) -> list[BatchEntry]:
    """The batches with these ids.

    Raises:
        ConfigurationError: the ledger does not have one.
    """
    by_name = {name: entry for entry in entries for name in (entry.label, entry.id) if name}
    for name in ids:
        if name not in by_name:
            known = ", ".join(entry.id or entry.label for entry in entries[-10:]) or "none"
            remedy = f"Its batches are: {known}; one that was submitted from another store is reached with its --store"
            raise ConfigurationError(f"this store knows no batch {name}", remedy=remedy)
    return [by_name[name] for name in dict.fromkeys(ids)]


def counts_of(batch: Batch, entry: BatchEntry) -> str:
    """State and progress in words."""
    return f"{batch.state}, {batch.done} done, {batch.failed} failed of {batch.total or entry.requests}"


def age_of(entry: BatchEntry) -> str:
    """How long ago a batch was submitted."""
    minutes = int((dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(entry.noted)).total_seconds() // 60)
    if minutes < 60:
        return f"{max(0, minutes)} min old"
    hours = minutes // 60
    return f"{hours} h {minutes % 60} min old" if hours < 48 else f"{hours // 24} days old"


def fault_lines(batch: Batch, entry: BatchEntry, store: Store) -> Iterator[str]:
    """What the provider found wrong with a batch's file, with the document of each line."""
    requests = store.in_batch(entry.label) if batch.faults else []
    for fault in batch.faults:
        where = ""
        if fault.line is not None:
            asked = store.exported(requests[fault.line - 1]) if 0 < fault.line <= len(requests) else []
            where = f"line {fault.line} ({asked[0].about.document}): " if asked else f"line {fault.line}: "
        yield f"{where}{fault.message}" + (f" ({fault.code})" if fault.code else "")
