"""PDF files as text with page numbers, by pypdfium2 (the extra `pdf`)."""

from __future__ import annotations

import re
from typing import Any

from ..errors import NoArticle, SummarizerError, UnreadableDocument
from .extracted import Extracted, library
from .reflow import flow
from .stated import Stated

_LEAST = 20
"""Letters that a page of text has at least; with fewer it may be a picture of one."""
_MOST_PAGES = 2_000
_MOMENT = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def read_pdf(data: bytes, name: str) -> Extracted:
    """The text of a PDF, its pages, and the title and author that it states.

    Its dates say when the file was made, not when the report was published, and are not taken.

    Args:
        data: the whole file.
        name: what messages call it.

    Raises:
        NoArticle: its pages are pictures.
        UnreadableDocument: it is broken, encrypted, or has too many pages.
        MissingExtra: pypdfium2 is not installed.
    """
    pdfium = library("pypdfium2", "pdf", "reading PDF files")
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _unreadable(str(error), name) from error
    try:
        pages = _pages(file, name)
        about = _about(file)
    except pdfium.PdfiumError as error:
        raise _unreadable(str(error), name) from error
    finally:
        file.close()
    bare = [number for number, text in enumerate(pages, 1) if sum(map(str.isalpha, text)) < _LEAST]
    if len(bare) == len(pages):
        raise NoArticle(
            f"its {len(pages)} pages hold pictures, not text: a scan"
            if len(pages) > 1
            else "a picture of a page: a scan",
            document=name,
            remedy="Recognise its text first, for example with ocrmypdf",
        )
    flowed = flow(pages)
    return Extracted(flowed.text, flowed.layout, about, _warnings(bare, len(pages)))


def _pages(file: Any, name: str) -> list[str]:
    count = len(file)
    if not 0 < count <= _MOST_PAGES:
        raise UnreadableDocument(
            f"{count:,} pages; one report may have {_MOST_PAGES:,}" if count else "a PDF without a page",
            document=name,
            remedy="Split it" if count else "Get the file again (it may be cut off)",
        )
    pages = []
    for page in file:
        text = page.get_textpage()
        pages.append(text.get_text_range())
        text.close()
        page.close()
    return pages


def _about(file: Any) -> Stated:
    said = file.get_metadata_dict(skip_empty=True)
    title, author = (" ".join(said.get(key, "").split()) for key in ("Title", "Author"))
    about = Stated()
    if title and not re.search(r"\.\w{2,4}\Z|\bMicrosoft Word\b|\Auntitled\b", title, re.IGNORECASE):
        about["title"] = title
    if author:
        about["author"] = author
    return about


def _warnings(bare: list[int], pages: int) -> tuple[str, ...]:
    if not bare:
        return ()
    named = ", ".join(map(str, bare[:12])) + (", ..." if len(bare) > 12 else "")
    which = f"page {named} holds" if len(bare) == 1 else f"pages {named} hold"
    return (f"{which} next to no text, of {pages} pages: if they are scans, what they say is missing here",)


def _unreadable(said: str, name: str) -> SummarizerError:
    if "password" in said.lower():
        return UnreadableDocument(
            "an encrypted PDF",
            document=name,
            remedy="Save it without a password first, for example with qpdf --decrypt",
        )
    return UnreadableDocument(
        "a PDF that is broken or cut off", document=name, remedy="Get the file again, or give its text"
    )
