"""An engine that takes its time, for the tests of the pipeline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from summarizer.engines.base import BriefTask, Filled
from summarizer.models.brief import Brief
from summarizer.models.document import Document
from summarizer.models.draft import Draft
from summarizer.models.outcome import Failure

from .engines.asking import document, good_draft

DRAFT = Draft.model_validate(good_draft())


class Engine:
    """Fills each draft after some seconds, or fails; knows what is under way."""

    name = "live"

    def __init__(
        self, seconds: Callable[[str], float] = lambda _: 0.0, failures: dict[str, Exception] | None = None
    ) -> None:
        self.seconds = seconds
        self.failures = failures or {}
        self.under_way = 0
        self.most_at_once = 0
        self.begun: list[str] = []
        self.cancelled: list[str] = []

    async def fill(self, task: BriefTask) -> Filled:
        name = task.document.id
        self.begun.append(name)
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            await asyncio.sleep(self.seconds(name))
            if name in self.failures:
                raise self.failures[name]
            return Filled(DRAFT)
        except asyncio.CancelledError:
            self.cancelled.append(name)
            raise
        finally:
            self.under_way -= 1

    async def close(self) -> None:
        """Nothing is held open."""


def documents(*names: str) -> list[Document]:
    """Reports of these names."""
    return [document(name) for name in names]


def names(results: Iterable[Brief | Failure]) -> list[str]:
    """What the results are about."""
    return [r.document if isinstance(r, Failure) else r.document.id for r in results]
