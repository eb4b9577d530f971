"""Readings of names in Chinese characters as Japanese reads them, where SudachiPy is installed.

SudachiPy and its dictionaries are under the Apache licence: `pip install summarizer[japanese]`. Without them only equal
characters make equal names.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from typing import Any, NamedTuple

from .scripts import latin


class Part(NamedTuple):
    """A part of a name: its characters, and its reading in Latin letters."""

    written: str
    read: str


@functools.cache
def _tokenizer() -> Any | None:
    if importlib.util.find_spec("sudachipy") is None:
        return None
    sudachipy = importlib.import_module("sudachipy")
    for size in ("core", "small", "full"):
        if importlib.util.find_spec(f"sudachidict_{size}") is not None:
            dictionary = sudachipy.Dictionary(dict=size)
            make = getattr(dictionary, "tokenizer", None) or dictionary.create
            return make(mode=sudachipy.SplitMode.A)
    return None


@functools.lru_cache(1 << 13)
def read(text: str) -> tuple[Part, ...]:
    """The parts of a name and how they are read; empty where they are not all known as names."""
    tokenizer = _tokenizer()
    if tokenizer is None:
        return ()
    found = tokenizer.tokenize(text)
    if any(m.part_of_speech()[1] != "固有名詞" for m in found):
        return ()
    parts = tuple(Part(m.surface(), latin(m.reading_form())) for m in found)
    return parts if all(part.read.isascii() and part.read for part in parts) else ()
