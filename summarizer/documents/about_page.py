"""What a web page states about its article, by trafilatura and where that reads too much or too little into a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from ..models.dates import edtf
from .stated import Stated

_DATING = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
_BY = re.compile(r"\A(?:\w+ )?by\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[-–—|:·»«]+\s+|\s*[|_]\s*")
"""What stands between headline and outlet in a page's title."""
_LONGEST_OUTLET = 40
_AROUND = " ·|,;:[]【】()（）"
_JOINER = "\u200c"
_SOFT_HYPHEN = "\u00ad"
_STAND_IN = "\ua66e"
"""A letter nobody uses, for the zero-width non-joiner, which is part of Persian words and which trafilatura drops."""


def stated_by(trafilatura: Any, tree: Any, url: str | None) -> Stated:
    """What a page states in its metadata, in JSON-LD, or where pages usually say it; its date is never guessed.

    Args:
        trafilatura: the module.
        tree: the page, its text `hidden`.
        url: where it was fetched from, if it was.
    """
    copy = deepcopy(tree)
    for changed in copy.xpath("//meta[contains(@name, 'modif') or contains(@property, 'modif')]"):
        changed.drop_tree()
    found = trafilatura.extract_metadata(copy, default_url=url, date_config=_DATING, extensive=False)
    if found is None:
        return Stated(url=url)
    heading = next((text for node in tree.iter("h1") if (text := text_of(node))), None)
    said = _text(found.title)
    title = heading if heading and (not said or heading in said or said in heading) else said or heading
    outlet = _text(found.sitename)
    if outlet is None or outlet == title:
        outlet = next(_publishers(tree), None) or _beside(title, tree)
    return Stated(
        title=title,
        author=_author(_text(found.author)),
        outlet=outlet,
        url=url or _text(found.url),
        published=_date(found.date),
    )


def text_of(node: Any) -> str:
    """The text of an element in one line, as it stands on the page."""
    return restored(" ".join(node.text_content().split()))


def hidden(text: str) -> str:
    """Text in which nothing stands that trafilatura would drop."""
    return text.replace(_JOINER, _STAND_IN)


def restored(text: str) -> str:
    """Text as it was before it was `hidden`; without soft hyphens, which nobody sees."""
    return text.replace(_STAND_IN, _JOINER).replace(_SOFT_HYPHEN, "")


def _author(said: str | None) -> str | None:
    """The name in a byline, without the word before it and the date behind it."""
    if not said:
        return None
    return _BY.sub("", said).split(" · ")[0].split(" | ")[0].strip(_AROUND) or None


def _date(found: str | None) -> str | None:
    try:
        return edtf(found) if found else None
    except ValueError:
        return None


def _publishers(tree: Any) -> Iterator[str]:
    """Names of publishers in the page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                waiting.append(value.get("@graph"))
                publisher = value.get("publisher")
                if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                    yield restored(publisher["name"])


def _beside(title: str | None, tree: Any) -> str | None:
    """The outlet that a page's title names before or after the headline."""
    whole = next((text_of(node) for node in tree.iter("title")), "")
    if not title or title not in whole or title == whole:
        return None
    before, _, after = whole.partition(title)
    beside = [part for part in _SEPARATOR.split(f"{before} | {after}") if part.strip()]
    outlet = beside[0].strip(_AROUND + "-–—") if len(beside) == 1 else ""
    return outlet if 0 < len(outlet) <= _LONGEST_OUTLET else None


def _text(value: object) -> str | None:
    return restored(" ".join(str(value).split())) or None if value else None
