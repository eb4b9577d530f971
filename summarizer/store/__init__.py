"""The store: response cache, crash journal, recording, ledger of batches and of what a server bears, all at once."""

from __future__ import annotations

from pathlib import Path

from .base import BUSY_SECONDS, Asked, BatchEntry, SharedLimit, Store

__all__ = ["BUSY_SECONDS", "Asked", "BatchEntry", "SharedLimit", "Store", "open_store"]


def open_store(place: Path | str, patience: float = BUSY_SECONDS) -> Store:
    """The store at a place, made when there is none; whoever opens it closes it.

    Args:
        place: a file; ":memory:" keeps nothing.
        patience: seconds for which others' writes are waited for.

    Raises:
        StoreError: it cannot be opened.
    """
    from .sqlite import SQLiteStore

    return SQLiteStore(place, patience)
