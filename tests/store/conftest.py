"""Places for stores: a file, and a database of its own in a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.store import Store, open_store

Place = Path | str
"""What `open_store` takes."""


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a store can be made."""
    if request.param == "PostgreSQL":
        return str(request.getfixturevalue("database"))
    return tmp_path / "folder" / "replies.sqlite"


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(place)
    yield opened
    opened.close()
