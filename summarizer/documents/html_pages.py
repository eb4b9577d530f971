"""Saved web pages as the text of their article with numbered paragraphs, by trafilatura (the extra `html`)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from typing import Any

from ..errors import NoArticle, UnreadableDocument
from .about_page import hidden, restored, stated_by, text_of
from .charsets import decode_page
from .extracted import Extracted, library, paragraphs
from .furniture import without_furniture
from .walls import wall_in

_LEAST = 120
"""Letters that the text of an article has at least."""
_TRIES: tuple[dict[str, Any], ...] = ({"favor_precision": True}, {}, {"favor_recall": True})
"""How trafilatura is asked, one after the other, until it finds an article."""
_XML = re.compile(r"\A\s*<\?xml[^>]*\?>")
_BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
"""A line's end in the source of a page, which is a space on the page."""
_MARK = re.compile(r"\A- ")
_QUOTES = "\"'“”„‟«»‹›‘’「」『』 "
_PULLED = 20
"""Characters from which a line that stands within another is a pull quote."""
_NEAR = 30
"""Elements after the headline among which the standfirst is looked for."""
_STANDFIRST = 50
"""Characters that it has at least."""


def read_html(data: bytes, name: str, charset: str | None = None, url: str | None = None) -> Extracted:
    """The article of a page, a block of text a line, and what the page states about it.

    Menus, banners, comments, lists of other articles and scripts are left out. trafilatura is asked for precision
    first, then as usual, then for recall, then for the text of the page's metadata; the last resort is all text of the
    page outside its navigation. The headline and the standfirst open the text, as they do on the page.

    Args:
        data: the page as it was saved or sent.
        name: what messages call it.
        charset: encoding that came with it, if one did.
        url: where it was fetched from, for its metadata.

    Raises:
        NoArticle: an error page, a login wall, a page without running text.
        InputError: it cannot be decoded.
        MissingExtra: trafilatura is not installed.
    """
    trafilatura = library("trafilatura", "html", "reading HTML pages")
    tree = _parsed(decode_page(data, name, charset), name)
    about = stated_by(trafilatura, tree, url)
    article = without_furniture(tree)
    standfirst = _standfirst(article)
    for attempt in _attempts(trafilatura, article):
        blocks = _blocks(attempt())
        if sum(map(str.isalpha, "".join(blocks))) >= _LEAST:
            break
    else:
        blocks = []
    text = " ".join(blocks)
    wall = wall_in(about.get("title") or "", text)
    if wall or not blocks:
        raise _no_article(wall, name)
    opening = [line for line in (about.get("title"), standfirst) if line and line not in text]
    return paragraphs([*opening, *blocks], about)


def read_mhtml(data: bytes, name: str) -> Extracted:
    """The article of a page that a browser saved with all that belongs to it in one file (MHTML).

    Raises:
        UnreadableDocument: there is no page in it.
        NoArticle, InputError, MissingExtra: as in `read_html`.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                address = message.get("Snapshot-Content-Location") or part.get("Content-Location")
                return read_html(payload, name, part.get_content_charset(), str(address) if address else None)
    raise UnreadableDocument("a web archive without a page in it", document=name, remedy="Save the page again")


def _parsed(text: str, name: str) -> Any:
    html = library("lxml.html", "html", "reading HTML pages")
    try:
        tree = html.document_fromstring(_XML.sub("", text))
    except (html.etree.ParserError, ValueError) as error:
        raise NoArticle("an empty page", document=name, remedy="Save the page again, when it has loaded") from error
    for node in tree.iter():
        node.text, node.tail = (part and hidden(_BREAK.sub(" ", part)) for part in (node.text, node.tail))
    return tree


def _attempts(trafilatura: Any, tree: Any) -> Iterator[Callable[[], str]]:
    """Ways to get at the article, the most exact first."""
    from copy import deepcopy

    def asked(options: dict[str, Any]) -> str:
        found = trafilatura.bare_extraction(deepcopy(tree), include_comments=False, include_tables=True, **options)
        return (found.text if found else None) or ""

    for options in _TRIES:
        yield lambda options=options: asked(options)  # type: ignore[misc]
    yield lambda: trafilatura.baseline(deepcopy(tree))[1] or ""
    yield lambda: trafilatura.html2txt(deepcopy(tree)) or ""


def _blocks(text: str) -> list[str]:
    """The lines of an article without marks of lists and tables, and without pull quotes that repeat a piece of it."""
    lines = [_cells(_MARK.sub("", restored(line)).strip()) for line in text.splitlines()]
    whole = [line for line in lines if any(map(str.isalnum, line)) and not line.startswith("©")]
    return [line for number, line in enumerate(whole) if not _is_repeated(line, whole[:number], whole[number + 1 :])]


def _is_repeated(line: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a line is a pull quote, which stands within a longer one, or stood there before."""
    words = line.strip(_QUOTES)
    if len(words) < _PULLED:
        return False
    return any(words in other for other in before) or any(words in other and words != other for other in after)


def _cells(line: str) -> str:
    """A row of a table with its cells between bars, and none around them."""
    return line[2:-2].strip() if line.startswith("| ") and line.endswith(" |") else line


def _standfirst(tree: Any) -> str | None:
    """The first text after the headline that is long enough for one and leads nowhere."""
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return None
    following = headline.xpath("following::*[self::p or self::h2 or self::h3 or self::div or self::strong]")
    blocks = (node for node in following[:_NEAR] if not node.xpath(".//p or .//div or .//a"))
    return next((text for node in blocks if len(text := text_of(node)) >= _STANDFIRST), None)


def _no_article(wall: str | None, name: str) -> NoArticle:
    if wall:
        return NoArticle(
            f"no article: the page says “{wall}”",
            document=name,
            remedy="Open it in a browser, and save it there when the article shows",
        )
    return NoArticle(
        "no article in it: next to no running text",
        document=name,
        remedy="A page that is drawn by scripts has to be saved from a browser; else give the text",
    )
