"""A report as it was read, and its numbered sentences."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from pydantic import Field

from .base import Model
from .dates import EdtfDate


class Document(Model):
    """One report. All offsets in this package are code points into `text`, which is kept exactly as it was read."""

    id: str = Field(description="Name of the report in outputs and messages; unique within a run.")
    source: str = Field(description="Where it was read from: a path, '-' for standard input, or a label of the caller.")
    text: str = Field(description="The whole text, exactly as read; a byte order mark is not text.")
    sha256: str = Field(description="SHA-256 of the text in UTF-8, in hexadecimal.")
    language: str = Field(description="ISO 639-1 code (639-3 where there is none), detected or stated.")
    title: str | None = Field(None, description="Title, if the input has one apart from the text.")
    published: EdtfDate | None = Field(
        None, description="Date of publication in EDTF, if the input or its header states it."
    )
    outlet: str | None = Field(None, description="Who published it.")
    url: str | None = Field(None, description="Address it was published at.")


class Sentence(NamedTuple):
    """A sentence of a document: `document.text[start:end]`, without white space around it."""

    number: int
    """Counted from 1."""
    start: int
    end: int


def sha256_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
