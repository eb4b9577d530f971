"""Keywords: whether an English text says something, decided without judgement."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from ..text.folding import fold
from .references import Keywords

_GROUPING = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def accepts(accept: Keywords, text: str) -> bool:
    """Whether a text holds every keyword of one of the alternatives; never that of an alternative without keywords.

    Keywords are substrings of the folded text (case, accents, quotation marks, dashes, white space), so stems match
    their endings. A figure matches whole figures only: "8" stands neither in "18" nor in "8.5"; "10000" is "10,000".
    """
    folded = _prepared(text)
    return any(alternative and all(_holds(folded, word) for word in alternative) for alternative in accept)


def said_in(accept: Keywords, texts: Iterable[str]) -> int | None:
    """Index of the first text that holds all keywords of one alternative; None when none does."""
    return next((number for number, text in enumerate(texts) if accepts(accept, text)), None)


@functools.lru_cache(1 << 12)
def _prepared(text: str) -> str:
    return _GROUPING.sub("", fold(text))


def _holds(folded: str, keyword: str) -> bool:
    sought = _prepared(keyword)
    at = folded.find(sought) if sought else -1
    while at >= 0:
        if not _cuts_figure(folded, at, at + len(sought)):
            return True
        at = folded.find(sought, at + 1)
    return False


def _cuts_figure(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins or ends inside a number."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if text[start].isdigit() and (before[-1:].isdigit() or (before[-1:] in (".", ",") and before[:1].isdigit())):
        return True
    return text[end - 1].isdigit() and (after[:1].isdigit() or (after[:1] in (".", ",") and after[1:].isdigit()))
