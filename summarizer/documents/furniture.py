"""What stands around an article on a web page and is marked as such: banners, teasers, boxes, comments.

trafilatura finds the article; this takes away beforehand what pages put between its paragraphs, told by the words in
class names and ids, and keeps the times of a live blog, which trafilatura drops.
"""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import pairwise
from typing import Any

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SURE = frozenset("comments comment disqus cookie cookies consent gdpr cmp newsletter subscribe paywall".split())
"""Words of boxes that may be longer than the article."""
_BOXES = frozenset(
    "related recommended recommendations recirc teaser teasers promo cta share sharing social bio breadcrumb"
    " breadcrumbs sidebar widget popular trending advert adverts advertisement ads sponsored outbrain taboola tags"
    " pullquote".split()
)
_TWO = frozenset(
    {("read", "also"), ("read", "more"), ("see", "also"), ("most", "read"), ("keep", "reading"), ("author", "box"),
     ("author", "card"), ("about", "author"), ("more", "from"), ("pull", "quote"), ("also", "read"), ("bio", "card")}
)  # fmt: skip
_WHOLE = frozenset({"html", "body", "main"})
_MOST = 0.4
"""Share of the page's text above which a box is no box, whatever its name says."""
_TEASER = 500
"""Characters of a teaser marked up as an article, at most."""


def without_furniture(tree: Any) -> Any:
    """A copy of a page without the boxes around its article."""
    tree = deepcopy(tree)
    body = tree.find("body")
    if body is None:
        return tree
    most = _MOST * len(_text(body))
    for node in [node for node in body.iter() if isinstance(node.tag, str)]:
        if node.getparent() is None or node.tag in _WHOLE:
            continue
        if _is_box(node, most) or _is_teaser(node):
            node.drop_tree()
    for moment in list(tree.iter("time")):
        moment.tag = "span"
    return tree


def _is_box(node: Any, most: float) -> bool:
    words = [word.lower() for word in _WORD.findall(f"{node.get('class') or ''} {node.get('id') or ''}")]
    if not words:
        return False
    if not _SURE.isdisjoint(words):
        return len(words) <= 8
    named = not _BOXES.isdisjoint(words) or any(pair in _TWO for pair in pairwise(words))
    return named and len(_text(node)) < most


def _is_teaser(node: Any) -> bool:
    """Whether it is a short article whose heading leads elsewhere, one of several."""
    if node.tag != "article" or len(_text(node)) > _TEASER:
        return False
    leads = node.xpath(".//h2//a | .//h3//a | .//h4//a | .//a[.//h2 or .//h3 or .//h4]")
    return bool(leads) and len(node.getparent().findall("article")) > 1


def _text(node: Any) -> str:
    return " ".join(node.text_content().split())
