"""Small briefs for tests of grouping: who, where, when and what, said in a line."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, field
from typing import Any

from summarizer.models.brief import Brief


@dataclass(frozen=True)
class Told:
    """What a made report tells.

    Args:
        people: full names or surnames of persons who take part in the main event.
        others: persons of a second event.
        places: where the events are.
        words: plain words of its bottom line.
        types: of its events, the main one first.
        date: of the main event (EDTF).
    """

    id: str
    people: tuple[str, ...] = ("Mira Toldane", "Oskar Vennik", "Ruth Kalomas")
    others: tuple[str, ...] = ()
    places: tuple[str, ...] = ("Port Averna", "Belmor")
    words: str = "signed treaty about fishing rights along disputed northern coast after lengthy bargaining"
    types: tuple[str, ...] = ("AGREE", "CONSULT")
    date: str | None = "2024-03-05"
    published: str | None = "2024-03-06"
    extra: dict[str, Any] = field(default_factory=dict)


def made(told: Told) -> Brief:
    """A valid brief of a made report."""
    named = [*told.people, *told.others]
    parts = itertools.chain([told.people], itertools.repeat(told.others or told.people))
    checked: dict[str, Any] = {"evidence": [], "supported": True}
    events = [
        {
            "id": f"E{number}", "type": type_, "mode": None, "contexts": [], "title": "it " + told.words,
            "factuality": "reported", "date": told.date if number == 1 else None, "date_in_source": None,
            "place": told.places[(number - 1) % len(told.places)] if told.places else None, "place_in_source": None,
            "country": None, "origins": [], **checked,
            "participants": [{"actor": f"A{named.index(name) + 1}", "role": "actor"} for name in part],
        }
        for number, (type_, part) in enumerate(zip(told.types, parts, strict=False), 1)
    ]  # fmt: skip
    return Brief.model_validate(
        {
            "schema_version": "1.0",
            "document": {
                "id": told.id, "source": told.id, "sha256": hashlib.sha256(told.id.encode()).hexdigest(),
                "language": "en", "title": None, "published": told.published, "outlet": None, "url": None,
                "characters": 9, "sentences": 1,
            },
            "headline": "it " + told.words,
            "bottom_line": {"text": "it " + told.words, **checked},
            "summary": [],
            "actors": [
                {
                    "id": f"A{number}", "name": name, "kind": "person", "sector": None, "role": None,
                    "name_in_source": {"text": name, "start": None, "end": None, "match": "unsupported"},
                    "affiliation": None, "country": None, **checked,
                }
                for number, name in enumerate(named, 1)
            ],
            "events": events, "aims": [], "context": [], "origins": [], "caveats": [],
            "checks": {"supported": 0, "unsupported": 0, "quotes": {}, "numbers_without_support": [], "problems": [],
                       "warnings": []},
            "provenance": {
                "engine": "offline", "model": None, "recorded": False, "prompt": None, "prompt_hash": None,
                "request": None, "schema_version": "1.0", "software": "0", "attempts": 0, "reasks": 0,
                "input_tokens": None, "output_tokens": None, "cost_usd": None, "seconds": 0.0, "replied": None,
            },
            **told.extra,
        }
    )  # fmt: skip
