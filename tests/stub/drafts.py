"""Drafts put together from the numbered sentences of a request: valid on the wire, and borne out by the report."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from typing import Any

_BEGINS = re.compile(r"^----- report \w+ -----$", re.MULTILINE)
_ENDS = "----- end of report"
_NUMBERED = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_NAME = re.compile(r"[^\W\d_]{4,}")
_OPENING = re.compile(r"\S+(?:\s+\S+){0,4}")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence of the report with its number."""

    number: int
    text: str


@functools.lru_cache(4096)
def draft_text(message: str) -> str | None:
    """The JSON of a draft for the report in a message, or None when the message holds no report."""
    sentences = sentences_in(message)
    return json.dumps(draft(sentences), ensure_ascii=False, separators=(",", ":")) if sentences else None


def sentences_in(message: str) -> list[Numbered]:
    """The numbered sentences between the report's marker lines."""
    begins = _BEGINS.search(message)
    if begins is None:
        return []
    report = message[begins.end() : message.rfind(_ENDS)]
    return [Numbered(int(number), text) for number, text in _NUMBERED.findall(report)]


def draft(sentences: list[Numbered]) -> dict[str, Any]:
    """A draft with its wire names; no English text holds a figure, so that none can be wrong."""
    actors = _actors(sentences)
    ids = [actor["id"] for actor in actors]
    first, *others = sentences
    return {
        "headline": "What the report says",
        "bottom_line": _statement("The report tells the news in its opening sentence.", first),
        "summary": [_statement("The report says so in this sentence.", s) for s in sentences[:5]],
        "actors": actors,
        "events": [_event("Those named in the report meet", s, ids) for s in sentences[:2]] if ids else [],
        "aims": [_aim(s, ids[:1]) for s in others[:2]],
        "context": [
            {"topic": "Background", "text": "The report gives background here.", "ev": [s.number]} for s in others[-2:]
        ],
        "origins": [{"id": "O1", "name": "The outlet itself", "kind": "media", "ev": [first.number]}],
        "caveats": [],
    }


def _statement(text: str, sentence: Numbered) -> dict[str, Any]:
    return {"text": text, "ev": [sentence.number]}


def _actors(sentences: list[Numbered]) -> list[dict[str, Any]]:
    """Up to three actors, each a long word of another sentence."""
    found: dict[str, int] = {}
    for sentence in sentences:
        word = max(_NAME.findall(sentence.text), key=len, default="")
        if word and len(word) <= _LONGEST and len(found) < 3:
            found.setdefault(word, sentence.number)
    return [
        {"id": f"A{n}", "name": word, "src": word, "kind": "organization", "sector": None, "role": None, "org": None,
         "iso3": None, "ev": [number]}
        for n, (word, number) in enumerate(found.items(), 1)
    ]  # fmt: skip


def _event(title: str, sentence: Numbered, ids: list[str]) -> dict[str, Any]:
    return {
        "type": "CONSULT", "mode": None, "ctx": ["diplomatic"], "title": title, "fact": "reported", "date": None,
        "date_src": None, "place": None, "place_src": None, "iso3": None, "by": ids[:1], "to": ids[1:2],
        "with": ids[2:], "med": [], "via": ["O1"], "ev": [sentence.number],
    }  # fmt: skip


def _aim(sentence: Numbered, ids: list[str]) -> dict[str, Any]:
    opening = _OPENING.match(sentence.text)
    wording = opening[0] if opening and len(opening[0]) <= _LONGEST else sentence.text
    return {
        "text": "It wants what it says", "src": wording, "kind": "goal", "by": ids, "via": [], "ev": [sentence.number]
    }  # fmt: skip
