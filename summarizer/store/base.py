"""What a store is, whatever database keeps it, and the records that it takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from ..models.exchange import Reply, Request, Subject

T = TypeVar("T")
BUSY_SECONDS = 60.0
"""How long another process's write is waited for, and a server that is away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was exported for a batch: its hash, settings, what it is about, the label of its newest batch."""

    request: str
    settings: str
    task: str
    about: Subject
    batch: str = ""


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """A line of the ledger of batches: one handed to a provider, as it stood at a moment.

    Attributes:
        id: the provider's; empty as long as it has not answered.
        place: base URL, "" for the provider's own.
        model: as configured: provider/model.
        state: as the provider says: validating, in_progress, completed, failed, expired, cancelled; "fetched" once the
            results are kept.
        requests: how many it holds.
        noted: when it was submitted, ISO 8601 in UTC.
        label: ours, known before the provider's id.
    """

    id: str
    place: str
    model: str
    state: str
    requests: int
    noted: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class SharedLimit:
    """What all processes that ask one server know of it together.

    Attributes:
        limit: requests that all workers together may have under way.
        pause_until: Unix time before which nobody sends.
        lowered: Unix time at which the limit was lowered last.
        workers: workers that have beaten lately.
    """

    limit: float
    pause_until: float
    lowered: float
    workers: int


class Store(Protocol):
    """Replies by the hash of their request, with the ledgers of what is asked and what a server bears.

    Every method raises `StoreError` when the store does not answer. They block: in an event loop they are called
    through `awaited`.
    """

    @property
    def place(self) -> str:
        """Where it is, for people to read: a path, or an address without its password."""

    @property
    def local(self) -> bool:
        """Whether its answers come so fast that an event loop can wait for them."""

    async def awaited(self, call: Callable[[], T]) -> T:
        """What a call of the store's methods gives; it goes on to its end when the waiting task is cancelled."""

    def close(self) -> None:
        """Close it; the store cannot be used after it."""

    def get(self, request: str, settings: str | None = None) -> Reply | None:
        """The newest reply to a request, under these settings or (None) under any."""

    def put(self, request: Request, settings: str, reply: Reply) -> None:
        """Keep a reply."""

    def put_by_key(self, asked: Asked, reply: Reply) -> None:
        """Keep a reply to a request of which only the ledger is known."""

    def mark_asked(self, requests: Iterable[Request], settings: str, batch: str = "") -> None:
        """Note in the ledger that requests were exported, into the batch with this label if there is one."""

    def exported(self, prefix: str) -> list[Asked]:
        """The exported requests whose hash begins so, one for each settings."""

    def unanswered(self) -> Iterator[Asked]:
        """Exported requests that have no reply under their settings yet, oldest first."""

    def in_batch(self, label: str) -> list[str]:
        """Hashes of the requests that were exported into a batch, in their order."""

    def answers(self, settings: str) -> bool:
        """Whether any reply is kept under these settings."""

    def language_of(self, sha256: str) -> str | None:
        """The language that an earlier run found for the text with this hash."""

    def note_batch(self, entry: BatchEntry) -> None:
        """Add a line to the ledger of batches."""

    def batches(self) -> list[BatchEntry]:
        """The newest line of each batch, told apart by label, else by id; the oldest batch first."""

    def beat(self, server: str, worker: str, now: float) -> SharedLimit | None:
        """Note that a worker is alive.

        Args:
            server: whom it asks.
            worker: its name, unlike those of all others.
            now: Unix time. Workers on several machines need clocks that differ by less than the five seconds in which
                a worker is counted.

        Returns:
            What is known of the server; None as long as nobody has set a limit.
        """

    def set_limit(self, server: str, limit: float, pause_until: float, lowered: float) -> None:
        """Say what all workers keep to from now on; times are Unix times."""
