"""What `summarizer extract` does: the user's model filled from each document."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Any

from ..engines.extracting import no_language_model
from ..errors import SummarizerError
from ..models.document import Document
from ..pipeline import extractions
from .brief_run import Run as BriefRun
from .output import ExtractionWriter
from .session import Session, settings_of
from .user_schema import form_of


class Run(BriefRun):
    """One call of the command, with the options given."""

    _writer = ExtractionWriter

    def __init__(self, given: dict[str, Any]):
        super().__init__(given)
        self._form = form_of(given["schema"], given["prompt"])
        if settings_of(given).offline:
            raise no_language_model()

    def _results(self, documents: Iterable[Document | SummarizerError], opened: Session) -> AsyncIterator[Any]:
        settings = opened.settings
        return extractions(documents, opened.engine, self._form, settings.jobs, settings.context)
