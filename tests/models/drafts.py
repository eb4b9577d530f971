"""A small draft, as the tests of other modules use it: the report, and what an engine would say of it."""

from __future__ import annotations

from typing import Any

from summarizer.models.draft import Draft

REPORT = (
    "Mayor Ayla Demir opened the bridge in Izmit on Monday.\n"
    'The city council said: "We want a second bridge".\n'
    "The old bridge was closed in 2021."
)


def wire() -> dict[str, Any]:
    """The draft of `REPORT` with the keys that language models write."""
    return {
        "headline": "Mayor opens bridge in Izmit",
        "bottom_line": {"text": "Mayor Ayla Demir opened the bridge in Izmit.", "ev": [1]},
        "summary": [
            {"text": "Mayor Ayla Demir opened the bridge in Izmit on Monday.", "ev": [1]},
            {"text": "The city council wants a second bridge.", "ev": [2]},
        ],
        "actors": [
            {
                "id": "A1", "name": "Ayla Demir", "src": "Ayla Demir", "kind": "person", "sector": "GOV",
                "role": "mayor", "org": None, "iso3": "TUR", "ev": [1],
            },
            {
                "id": "A2", "name": "city council", "src": "city council", "kind": "organization", "sector": "GOV",
                "role": None, "org": None, "iso3": None, "ev": [2],
            },
        ],
        "events": [
            {
                "type": "COOPERATE", "mode": None, "ctx": ["economic"], "title": "Mayor opens bridge",
                "fact": "reported", "date": None, "date_src": "on Monday", "place": "Izmit", "place_src": "Izmit",
                "iso3": "TUR", "by": ["A1"], "to": [], "with": [], "med": [], "via": [], "ev": [1],
            }
        ],
        "aims": [
            {
                "text": "A second bridge", "src": "We want a second bridge", "kind": "demand", "by": ["A2"],
                "via": ["O1"], "ev": [2],
            }
        ],
        "context": [{"topic": "Old bridge", "text": "The old bridge was closed in 2021.", "ev": [3]}],
        "origins": [{"id": "O1", "name": "City council", "kind": "official_statement", "ev": [2]}],
        "caveats": [],
    }  # fmt: skip


def draft() -> Draft:
    """The draft of `REPORT`."""
    return Draft.model_validate(wire())
