"""Fixtures of the engines' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.models.exchange import Request
from summarizer.store import Store, open_store

from ..stub.server import StubServer
from .asking import request_about


@pytest.fixture
def stub() -> Iterator[StubServer]:
    """A running stub server."""
    with StubServer() as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    opened = open_store(tmp_path / "replies.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def asked() -> Request:
    """The request for the brief of a short report."""
    return request_about("report")
