"""A server with OpenAI's API, which the environment leads to, and three short reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.engines.retry import RetryPolicy
from summarizer.settings import Settings

from ...stub.batch_server import BatchServer
from ..support import BRIDGE, ROAD, SCHOOL, write
from .support import KEY


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[BatchServer]:
    """OpenAI's API as far as the tests can tell: its address and key are in the environment."""
    with BatchServer(KEY) as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        yield running


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that a test can afford."""
    policy = RetryPolicy(attempts=3, deadline=60.0, timeout=20.0, first_wait=0.001, longest_wait=0.01)
    monkeypatch.setattr(Settings, "policy", property(lambda _: policy))
    monkeypatch.setattr("summarizer.cli.batch_fetch_run.FIRST_WAIT", 0.0)


@pytest.fixture
def reports(folder: Path) -> Path:
    """Three short reports: a tells of a bridge, b of a road, c of a school."""
    return write(folder, a=BRIDGE, b=ROAD, c=SCHOOL)
