"""What stands around an article on a web page: banners, teasers, boxes, comments.

trafilatura finds the article of most pages. Two things help it with the others, whatever language their markup is in:
boxes between and below the paragraphs are taken away beforehand, told by the words of their names and by their
headings (`furniture.toml`), and the element that holds most of the running text is marked as the article.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_HEADING = re.compile(r"[^\w\s\u200c]|\d")
_INLINE = frozenset("b strong em i q span u mark small abbr cite font".split())
_WHOLE = frozenset({"html", "body", "main"})
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "b", "strong", "span", "font", "p", "div")
_BLOCKS = ("p", "li", "blockquote", "td", "dd")
_BLOCKS_OF_PAGES = ("p", "div", "ul", "ol", "form", "h1", "h2", "h3")
"""What no cell of a table of data holds."""
_MOST = 0.4
"""Share of the page's text above which a box is no box, whatever its name says."""
_MOST_NAMES = 8
"""Words of a name above which it is a list of a theme's settings, such as those of a whole post."""
_TEASER = 500
"""Characters of a teaser marked up as an article, at most."""
_ARTICLE = 0.75
"""Share of the running text that the article's element holds at least."""
_RUNNING = 60
"""Characters, links not counted, from which a block is running text."""


@dataclass(frozen=True, slots=True)
class _Names:
    sure: frozenset[str]
    boxes: frozenset[str]
    pairs: frozenset[tuple[str, ...]]
    headings: frozenset[str]


@functools.cache
def _names() -> _Names:
    table = tomllib.loads(files(__package__).joinpath("furniture.toml").read_text("utf-8"))
    pairs = frozenset(tuple(pair.split("-")) for pair in table["pairs"].split())
    return _Names(
        frozenset(table["sure"].split()), frozenset(table["boxes"].split()), pairs, frozenset(table["headings"])
    )


def without_furniture(tree: Any) -> Any:
    """A copy of a page without the boxes around its article, and with the article marked as such."""
    tree = deepcopy(tree)
    body = tree.find("body")
    if body is None:
        return tree
    _unlay(body)
    most = _MOST * len(_text(body))
    _drop(body, lambda node: _is_box(node, most) or _is_teaser(node) or _is_form(node, most))
    _drop(body, lambda node: _is_headed_box(node, most))
    for moment in list(body.iter("time")):
        moment.tag = "span"
    _mark_article(body)
    return tree


def _unlay(body: Any) -> None:
    """Turn tables that only lay out the page, as those of old pages do, into plain boxes."""
    laid_out = {table for table in body.iter("table") if _is_layout(table)}
    cells = [cell for cell in body.iter("thead", "tbody", "tfoot", "tr", "td", "th") if _table_of(cell) in laid_out]
    for node in (*laid_out, *cells):
        node.tag = "div"


def _is_layout(table: Any) -> bool:
    """Whether a cell holds blocks, or no row has two cells."""
    if next(table.iter(*_BLOCKS_OF_PAGES), None) is not None or table.find(".//table") is not None:
        return True
    return all(len(row.findall("td") + row.findall("th")) < 2 for row in table.iter("tr"))


def _table_of(cell: Any) -> Any:
    return next(cell.iterancestors("table"), None)


def _drop(top: Any, unwanted: Callable[[Any], bool]) -> None:
    """Take away what is unwanted below an element; what stands in it is not looked at."""
    waiting = list(top)
    while waiting:
        node = waiting.pop()
        if not isinstance(node.tag, str):
            continue
        if node.tag not in _WHOLE and unwanted(node):
            node.drop_tree()
        else:
            waiting.extend(node)


def _is_box(node: Any, most: float) -> bool:
    """Whether an element is named as a box; what its own name does not say, the one of a custom tag may."""
    named = f"{node.get('class') or ''} {node.get('id') or ''} {node.tag if '-' in node.tag else ''} {_kind(node)}"
    words = [word.lower() for word in _WORD.findall(named)]
    if not words or len(words) > _MOST_NAMES:
        return False
    names = _names()
    if not names.sure.isdisjoint(words):
        return True
    is_named = not names.boxes.isdisjoint(words) or any(pair in names.pairs for pair in pairwise(words))
    return is_named and len(_text(node)) < most


def _kind(node: Any) -> str:
    """What a custom tag says of its content in an attribute."""
    return str(node.get("type") or "") if "-" in node.tag else ""


def _is_form(node: Any, most: float) -> bool:
    """Whether it asks for something; some servers wrap the whole page in a form."""
    return node.tag == "form" and len(_text(node)) < most


def _is_teaser(node: Any) -> bool:
    """Whether it is a short article whose heading leads elsewhere, one of several."""
    if node.tag != "article" or len(_text(node)) > _TEASER:
        return False
    leads = node.xpath(".//h2//a | .//h3//a | .//h4//a | .//a[.//h2 or .//h3 or .//h4]")
    return bool(leads) and len(node.getparent().findall("article")) > 1


def _is_headed_box(node: Any, most: float) -> bool:
    """Whether the first words of an element are the heading of a box, and more follows."""
    first = next((child for child in node if isinstance(child.tag, str)), None)
    if first is None or first.tag not in _HEADINGS or (node.text or "").strip() or node.tag in _BLOCKS:
        return False
    heading = " ".join(_HEADING.sub(" ", _text(first)).lower().split())
    return (heading in _names().headings or heading.startswith("more from ")) and len(_text(node)) < most


def _mark_article(body: Any) -> None:
    """Name the element that holds the running text as trafilatura knows articles.

    Each block of text counts for the element around it in full, for those further out by ever smaller shares (after
    Readability, Arc90 2009); from the best of them outwards, the first that holds three quarters of all is taken.
    """
    running = [(node, size) for node in body.iter() if (size := _running(node)) >= _RUNNING]
    score: dict[Any, float] = {}
    held: dict[Any, int] = {}
    for node, size in running:
        for distance, outer in enumerate(node.iterancestors(), 1):
            score[outer] = score.get(outer, 0) + size / distance
            held[outer] = held.get(outer, 0) + size
            if outer is body:
                break
    if not score:
        return
    best = max(score, key=lambda node: score[node])
    least = _ARTICLE * sum(size for _, size in running)
    article = next((node for node in (best, *best.iterancestors()) if held.get(node, 0) >= least), body)
    if article is not body:
        article.tag = "div"
        article.set("class", "article-body")


def _running(node: Any) -> int:
    """Characters of text that stand right in an element, links not counted; 0 for what is no block of text."""
    if not isinstance(node.tag, str) or node.tag not in (*_BLOCKS, "div"):
        return 0
    own = [node.text, *(child.tail for child in node)]
    inline = [_unlinked(child) for child in node if child.tag in _INLINE]
    whole = [text.strip() for text in own + inline if text]
    return 0 if any(text.startswith("©") for text in whole) else sum(map(len, whole))


def _unlinked(node: Any) -> str:
    return " ".join("".join(node.xpath(".//text()[not(ancestor::a)]")).split())


def _text(node: Any) -> str:
    return " ".join(node.text_content().split())
