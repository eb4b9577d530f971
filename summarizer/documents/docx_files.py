"""Word documents (DOCX) as text with numbered paragraphs, by python-docx (the extra `docx`)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from ..errors import DocumentTooLarge, UnreadableDocument
from .extracted import Extracted, library, paragraphs
from .stated import Stated

_MOST_UNPACKED = 200_000_000
"""Bytes that the parts of a file may have when they are unpacked; more is a bomb, or a book of pictures."""


def read_docx(data: bytes, name: str) -> Extracted:
    """The text of a DOCX file: its paragraphs and table rows in their order, and the title and author it states.

    Headers, footers, comments and deleted text are not read.

    Args:
        data: the whole file.
        name: what messages call it.

    Raises:
        UnreadableDocument: it is broken or encrypted.
        DocumentTooLarge: it unpacks to more than 200 MB.
        MissingExtra: python-docx is not installed.
    """
    docx = library("docx", "docx", "reading DOCX files")
    _refuse_bomb(data, name)
    try:
        file = docx.Document(io.BytesIO(data))
        found = list(_blocks(file))
        core = file.core_properties
        about = Stated(title=" ".join((core.title or "").split()), author=" ".join((core.author or "").split()))
    except Exception as error:  # a broken part can raise anything
        raise _broken(name) from error
    return paragraphs(found, about)


def _blocks(file: Any) -> Iterator[str]:
    for block in file.iter_inner_content():
        if not hasattr(block, "rows"):
            yield block.text
            continue
        for row in block.rows:
            cells = dict.fromkeys((cell._tc, cell.text.strip()) for cell in row.cells)  # merged are one
            yield " | ".join(text for _, text in cells if text)


def _refuse_bomb(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _broken(name) from error
    if size > _MOST_UNPACKED:
        raise DocumentTooLarge(
            f"{size / 1e6:,.0f} MB when unpacked; a document may have {_MOST_UNPACKED / 1e6:.0f} MB",
            document=name,
            remedy="Save it without its pictures, or give its text",
        )


def _broken(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "a DOCX file that is broken, cut off or encrypted",
        document=name,
        remedy="Open it in a word processor and save it again, or give its text",
    )
