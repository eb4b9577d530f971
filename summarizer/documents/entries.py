"""Entries of web pages and of files that are not plain text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ..errors import EmptyDocument
from .addresses import shown_url
from .building import Entry, shown, too_large
from .decoding import decode
from .extracted import Extracted
from .formats import HEAD, Format, format_of, read
from .stated import Stated

if TYPE_CHECKING:
    from .pages import Page

_SUFFIXES = (".html", ".htm", ".xhtml", ".php", ".aspx", ".asp", ".pdf", ".docx", ".txt", ".amp")


def file_entry(entry: Entry, data: bytes, format_: Format, limit: int) -> Entry:
    """The entry of a file in some format, with the text that it holds.

    Args:
        entry: what is known of the file.
        data: all of it.
        format_: as it was found.
        limit: the most that its text may have, in bytes of UTF-8.

    Raises:
        SummarizerError: it cannot be read, or its text is too large.
    """
    return _with(entry, read(data, format_, entry.name), limit)


def web_entry(page: Page, limit: int) -> Entry:
    """The entry of a page that was fetched.

    Args:
        page: what came.
        limit: the most that its text may have, in bytes of UTF-8.

    Raises:
        SummarizerError: it holds no article, or cannot be read.
    """
    url = shown_url(page.url)
    entry = Entry("", _id_of(page.url), url, shown_url(page.asked), urlsplit(page.url).hostname or "", Stated(url=url))
    if not page.body.strip():
        raise EmptyDocument("the answer is empty", document=entry.name, remedy="Open it in a browser and save the page")
    found = format_of(page.body[:HEAD], page.content_type)
    if found is None:
        text = decode(page.body, entry.name) if not page.charset else _decoded(page, entry.name)
        return replace(entry, text=_within(text, entry.name, limit))
    return _with(entry, read(page.body, found, entry.name, page.charset, page.url), limit)


def _decoded(page: Page, name: str) -> str:
    from .charsets import decode_page

    return decode_page(page.body, name, page.charset)


def _with(entry: Entry, found: Extracted, limit: int) -> Entry:
    about = Stated(**{**found.about, **{key: value for key, value in entry.stated.items() if value}})  # type: ignore[typeddict-item]
    text = _within(found.text, entry.name, limit)
    return replace(entry, text=text, stated=about, layout=found.layout, warnings=found.warnings)


def _within(text: str, name: str, limit: int) -> str:
    size = len(text.encode(errors="surrogatepass"))
    if size > limit:
        raise too_large(name, size, limit)
    return text


def _id_of(url: str) -> str:
    """A short name for a page: the last part of its path that says something, else its host."""
    parts = urlsplit(url)
    for part in reversed(unquote(parts.path).split("/")):
        name = part
        for suffix in _SUFFIXES:
            name = name.removesuffix(suffix)
        if sum(map(str.isalpha, name)) > 2 and name not in ("index", "default", "article", "news"):
            return shown(name)[:80]
    return parts.hostname or "page"
