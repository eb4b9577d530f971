"""Which format a file or an answer is in, told by its first bytes, and how it is read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from ..errors import MissingExtra
from .extracted import Extracted

SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".docx")
"""Of files in these formats."""

MOST_BYTES = 100_000_000
"""The most that a PDF or DOCX file, which hold pictures, may have."""

HEAD = 65_536
"""Bytes from which a format can be told."""

_DOCTYPE = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(rb"<(?:head|body|meta|div|p|title|script)\b[^>]*>", re.IGNORECASE)
_ARCHIVE = re.compile(rb"\A(?:[\w-]+:.*\r?\n(?:[ \t]+.*\r?\n)*)+", re.IGNORECASE)


class Format(StrEnum):
    """What is read besides plain text."""

    HTML = "html"
    MHTML = "mhtml"
    PDF = "pdf"
    DOCX = "docx"

    @property
    def is_packed(self) -> bool:
        """Whether it holds pictures beside its text, and may be larger than a text."""
        return self in (Format.PDF, Format.DOCX, Format.MHTML)


def format_of(head: bytes, named: str = "") -> Format | None:
    """The format of what begins with these bytes, None for plain text or what is not read.

    Args:
        head: the first `HEAD` bytes, or all.
        named: suffix or content type that says what it should be; what the bytes say goes before it.
    """
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return Format.DOCX if b"word/" in head or named in (".docx", "docx") else None
    start = head.removeprefix(codecs.BOM_UTF8)
    if _DOCTYPE.match(start):
        return Format.HTML
    headers = _ARCHIVE.match(start)
    if headers and b"multipart/related" in headers[0].lower():
        return Format.MHTML
    looks = named in (".html", ".htm", ".xhtml", "text/html", "application/xhtml+xml")
    if looks and (
        _MARKUP.search(start.replace(b"\0", b"")) or start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    ):
        return Format.HTML
    return None


def read(data: bytes, format_: Format, name: str, charset: str | None = None, url: str | None = None) -> Extracted:
    """The text of a file.

    Args:
        data: all of it.
        format_: as `format_of` found it.
        name: what messages call it.
        charset: encoding that was sent with a page.
        url: where a page was fetched from.

    Raises:
        InputError: it cannot be read, or holds no text.
        MissingExtra: the library that reads it is not installed.
    """
    try:
        return _reader(format_, charset, url)(data, name)
    except MissingExtra as error:
        raise error.about(name) from error


def _reader(format_: Format, charset: str | None, url: str | None) -> Callable[[bytes, str], Extracted]:
    match format_:
        case Format.HTML:
            from .html_pages import read_html

            return partial(read_html, charset=charset, url=url)
        case Format.MHTML:
            from .html_pages import read_mhtml

            return read_mhtml
        case Format.PDF:
            from .pdf_files import read_pdf

            return read_pdf
        case Format.DOCX:
            from .docx_files import read_docx

            return read_docx
