"""What comes out for a document when no brief does."""

from __future__ import annotations

from ..errors import SummarizerError
from .base import Model


class Failure(Model):
    """A document without a brief, and why."""

    document: str
    """Id or source of the document."""
    kind: str
    """Class of the error."""
    message: str
    """The error's whole message, remedy included."""

    @classmethod
    def of(cls, error: SummarizerError, document: str | None = None) -> Failure:
        """The failure that an error means; `document` names it when the error does not."""
        return cls(document=error.document or document or "", kind=type(error).__name__, message=str(error))
