"""A report as it was read, and its numbered sentences."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from .base import Model
from .dates import EdtfDate


class Unit(StrEnum):
    """What a document is divided into by the format that it was read from."""

    PAGE = "page"
    PARAGRAPH = "paragraph"


class Layout(Model):
    """Where the pages or paragraphs of a document begin in its text."""

    unit: Unit
    starts: tuple[int, ...] = Field(description="Where each begins, in code points, ascending; the first is number 1.")

    def number_at(self, position: int) -> int:
        """Number of the page or paragraph that holds a position, counted from 1."""
        return max(1, bisect_right(self.starts, position))


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
    author: str | None = Field(None, description="Who wrote it, as the page or file names them.")
    layout: Layout | None = Field(None, description="Its pages or paragraphs, if the format has them.")
    warnings: tuple[str, ...] = Field((), description="What a reader should know of how the text was read.")

    @property
    def pages(self) -> int | None:
        """How many pages it has; None when its format has none."""
        return len(self.layout.starts) if self.layout and self.layout.unit is Unit.PAGE else None


class Sentence(NamedTuple):
    """A sentence of a document: `document.text[start:end]`, without white space around it."""

    number: int
    """Counted from 1."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a long report is read.

    Args:
        number: counted from 1.
        of: how many there are.
        known: actors that earlier parts named, each with what it is, in English.
    """

    number: int
    of: int
    known: tuple[str, ...] = ()


def sha256_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
