"""The store: response cache, crash journal, recording, ledger of batches and of what a server bears, all at once."""

from __future__ import annotations

from pathlib import Path

from .address import is_address, shown
from .base import BUSY_SECONDS, Asked, BatchEntry, SharedLimit, Store

__all__ = ["BUSY_SECONDS", "Asked", "BatchEntry", "SharedLimit", "Store", "is_address", "open_store", "shown"]


def open_store(place: Path | str, patience: float = BUSY_SECONDS) -> Store:
    """The store at a place, made when there is none; whoever opens it closes it.

    Args:
        place: a file, or a database as postgresql://user@host/database; ":memory:" keeps nothing.
        patience: seconds for which others' writes, and a server that went away, are waited for.

    Raises:
        MissingExtra: the library that it needs is not installed.
        StoreError: it cannot be opened.
    """
    if isinstance(place, str) and is_address(place):
        from .postgresql import PostgreSQLStore

        return PostgreSQLStore(place, patience)
    from .sqlite import SQLiteStore

    return SQLiteStore(place, patience)
