"""Texts that attack whoever shows them, put everywhere into the sample."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import cycle

from summarizer.models.dossier import Dossier

from .sample import sample

STRINGS = (
    "<script>alert(1)</script>", "</script><svg onload=alert(1)>", "javascript:alert(1)", "\" onmouseover='x' \"", "\u202egnp.exe\u2066",
    "x" * 300, "", " ", "\x1b[31mred\x00", "{{ 7*7 }}{% raw %}", "]]>&amp;<!--", "[bold]a[/bold] **b** | `c`", "وزیر\u200f<b>", "😀\u0301\ud800",
)  # fmt: skip
"""Markup, addresses, controls of direction and of terminals, templates, lengths."""

_KEPT = {"date", "published", "document", "documents", "id", "items", "claims", "origins", "discrepancies", "may_be", "held_by", "events", "actor"}  # fmt: skip


def filled(value: object, texts: Iterator[str], key: str = "") -> object:
    """The same data with other texts; ids and dates stay, so that all still refers to what it did."""
    if isinstance(value, dict):
        return {name: filled(entry, texts, name) for name, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return tuple(filled(entry, texts, key) for entry in value)
    is_text = isinstance(value, str) and not isinstance(value, StrEnum) and key not in _KEPT
    return next(texts) if is_text else value


def hostile(texts: tuple[str, ...] = STRINGS) -> Dossier:
    """The sample, every text in it one of these."""
    return Dossier.model_validate(filled(sample().model_dump(), cycle(texts)))


def renamed(text: str) -> Dossier:
    """The sample with this in every id."""
    changed = (
        sample()
        .model_dump_json()
        .replace('"az-liman"', '"@"')
        .replace('"D1"', '"@1"')
        .replace('"A1"', '"@2"')
        .replace('"O1"', '"@3"')
    )
    return Dossier.model_validate_json(changed.replace('"@', '"' + text))
