"""The tables of this package: letters, sounds and words, read once."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from ..text.folding import fold


@functools.cache
def table(name: str) -> dict[str, Any]:
    """A table file of this package: letters, sounds or words."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


@functools.cache
def words(section: str, key: str) -> frozenset[str]:
    """The folded words of one list of `words.toml`."""
    return frozenset(map(fold, table("words")[section][key].split()))


@functools.cache
def groups(section: str) -> Mapping[str, str]:
    """Each folded word of a section of `words.toml` with the name of the list that it stands in."""
    return {fold(word): key for key, text in table("words")[section].items() for word in text.split()}


@functools.cache
def classes(section: str) -> Mapping[str, frozenset[int]]:
    """Each folded word of the lines of a section's `same` text with the numbers of its lines: words that are equal."""
    lines = filter(None, map(str.strip, table("words")[section]["same"].splitlines()))
    found: dict[str, frozenset[int]] = {}
    for number, line in enumerate(lines):
        for word in map(fold, line.split()):
            found[word] = found.get(word, frozenset()) | {number}
    return found
