"""What reading a web page, a PDF or a DOCX file gives: its text, its pages or paragraphs, what it says of itself."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import ModuleType

from ..errors import MissingExtra
from ..models.document import Layout, Unit
from .stated import Stated


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text taken out of a format, with what the format says about it.

    Args:
        text: one block (heading, paragraph, table row) a line.
        layout: where its pages or paragraphs begin.
        about: title, author, date and so on, as far as the source states them.
        warnings: what a reader should know, such as pages without text.
    """

    text: str
    layout: Layout | None = None
    about: Stated = field(default_factory=Stated)
    warnings: tuple[str, ...] = ()


def paragraphs(blocks: Iterable[str], about: Stated) -> Extracted:
    """Blocks of text as numbered paragraphs, each in one line, blank ones left out."""
    lines = [line for block in blocks if (line := " ".join(block.split()))]
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line) + 1
    return Extracted("\n".join(lines), Layout(unit=Unit.PARAGRAPH, starts=tuple(starts)) if lines else None, about)


def library(module: str, extra: str, what: str) -> ModuleType:
    """An optional library.

    Raises:
        MissingExtra: it is not installed; the remedy is the install line.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        missing = error.name or module
        raise MissingExtra(
            f"{what} needs {missing}, which is not installed", remedy=f'pip install "summarizer[{extra}]"'
        ) from error
