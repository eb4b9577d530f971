"""Saved web pages as the text of their article with numbered paragraphs, by trafilatura (the extra `html`)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

from ..errors import NoArticle, UnreadableDocument
from ..models.dates import edtf
from .charsets import decode_page
from .extracted import Extracted, library, paragraphs
from .furniture import without_furniture
from .stated import Stated
from .walls import wall_in

_LEAST = 120
"""Letters that the text of an article has at least."""
_TRIES: tuple[dict[str, Any], ...] = ({"favor_precision": True}, {}, {"favor_recall": True})
"""How trafilatura is asked, one after the other, until it finds an article."""
_XML = re.compile(r"\A\s*<\?xml[^>]*\?>")
_MARK = re.compile(r"\A- ")
_QUOTES = "\"'“”„‟«»‹›‘’「」『』 "
_PULLED = 20
"""Characters from which a line that stands within another is a pull quote."""
_NEAR = 30
"""Elements after the headline among which the standfirst is looked for."""
_STANDFIRST = 50
"""Characters that it has at least."""
_JOINER = "\u200c"
_SOFT_HYPHEN = "\u00ad"
_STAND_IN = "\ua66e"
"""A letter nobody uses, for the zero-width non-joiner, which is part of Persian words and which trafilatura drops."""


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
    about = _about(trafilatura, tree, url)
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
        node.text, node.tail = (part and part.replace(_JOINER, _STAND_IN) for part in (node.text, node.tail))
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
    lines = [_cells(_MARK.sub("", _restored(line)).strip()) for line in text.splitlines()]
    whole = [line for line in lines if any(map(str.isalnum, line)) and not line.startswith("©")]
    bare = [line.strip(_QUOTES) for line in whole]
    return [
        line
        for number, (line, words) in enumerate(zip(whole, bare, strict=True))
        if len(words) < _PULLED or not any(words in other for n, other in enumerate(whole) if n != number)
    ]


def _cells(line: str) -> str:
    """A row of a table with its cells between bars, and none around them."""
    return line[2:-2].strip() if line.startswith("| ") and line.endswith(" |") else line


def _about(trafilatura: Any, tree: Any, url: str | None) -> Stated:
    """What the page states in its metadata, in JSON-LD, or where pages usually say it; its date is never guessed."""
    from copy import deepcopy

    dating = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
    found = trafilatura.extract_metadata(deepcopy(tree), default_url=url, date_config=dating, extensive=False)
    about = Stated()
    if found is None:
        return Stated(url=url)
    title = next((text for node in tree.iter("h1") if (text := _text_of(node))), None)
    said = _text(found.title)
    about["title"] = title if title and (not said or title in said or said in title) else said or title
    about["author"] = _text(found.author)
    about["outlet"] = _text(found.sitename)
    about["url"] = url or _text(found.url)
    try:
        about["published"] = edtf(found.date) if found.date else None
    except ValueError:
        about["published"] = None
    return about


def _standfirst(tree: Any) -> str | None:
    """The first text after the headline that is long enough for one and leads nowhere."""
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return None
    following = headline.xpath("following::*[self::p or self::h2 or self::h3 or self::div or self::strong]")
    blocks = (node for node in following[:_NEAR] if not node.xpath(".//p or .//div or .//a"))
    return next((text for node in blocks if len(text := _text_of(node)) >= _STANDFIRST), None)


def _text_of(node: Any) -> str:
    return _restored(" ".join(node.text_content().split()))


def _restored(text: str) -> str:
    return text.replace(_STAND_IN, _JOINER).replace(_SOFT_HYPHEN, "")


def _text(value: object) -> str | None:
    return _restored(" ".join(str(value).split())) or None if value else None


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
