"""The ids and texts of a run, in memory that does not grow with their number."""

from __future__ import annotations

from typing import Any

from ..errors import DuplicateDocument, StoreError
from .building import Entry

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE texts (digest BLOB PRIMARY KEY, name TEXT) WITHOUT ROWID;
CREATE TABLE names (name TEXT PRIMARY KEY, uses INTEGER) WITHOUT ROWID;
BEGIN;
"""


class Register:
    """Gives each document an id of its own, and refuses a text that was there before.

    What it knows is in SQLite's tables, which go to a temporary file when they take more than 2 MB.
    """

    def __init__(self) -> None:
        import sqlite3

        self._error = sqlite3.Error
        self._tables = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._tables.executescript(_TABLES)

    def identify(self, entry: Entry, digest: str) -> str:
        """The id of a document.

        Args:
            entry: what was read.
            digest: SHA-256 of its text, in hexadecimal.

        Raises:
            DuplicateDocument: an earlier one has the same text.
            StoreError: the temporary file cannot be written.
        """
        try:
            return self._identify(entry, bytes.fromhex(digest)[:16])
        except self._error as error:
            raise StoreError(
                f"the ids of the reports cannot be kept in a temporary file ({error})",
                document=entry.name,
                remedy="Make room in the folder for temporary files, or name another one in SQLITE_TMPDIR",
            ) from error

    def close(self) -> None:
        """Give the memory or the file back."""
        self._tables.close()

    def _identify(self, entry: Entry, key: bytes) -> str:
        earlier = self._value("SELECT name FROM texts WHERE digest = ?", key)
        if earlier is not None:
            raise DuplicateDocument(
                f"the same text as {earlier}; it is briefed once",
                document=entry.name,
                remedy="Leave one of the two out",
            )
        name = self._unique(entry)
        self._tables.execute("INSERT INTO texts VALUES (?, ?)", (key, name))
        return name

    def _unique(self, entry: Entry) -> str:
        first = entry.id
        if entry.group and self._uses(first):
            first = f"{entry.group}-{entry.id}"
        name = first
        while not self._is_new(name):
            self._tables.execute("UPDATE names SET uses = uses + 1 WHERE name = ?", (first,))
            name = f"{first}-{self._uses(first)}"
        return name

    def _is_new(self, name: str) -> bool:
        """Whether no document had this id; now one has."""
        return self._tables.execute("INSERT OR IGNORE INTO names VALUES (?, 1)", (name,)).rowcount == 1

    def _uses(self, name: str) -> int:
        """How often an id was wanted so far."""
        return self._value("SELECT uses FROM names WHERE name = ?", name) or 0

    def _value(self, statement: str, key: object) -> Any:
        row = self._tables.execute(statement, (key,)).fetchone()
        return row[0] if row else None
