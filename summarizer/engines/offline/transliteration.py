"""Names in Latin letters, for English text: no translation, only other letters."""

from __future__ import annotations

import re
import unicodedata

from .lexicon import concepts

_KEPT = re.compile(r"[^A-Za-z .-]")


def transliterated(name: str) -> str:
    """A name in plain Latin letters, each word with a capital.

    Greek spellings of foreign sounds (`μπ` for b, `ντ` for d) are undone and the Arabic article is written `al-`; all
    else is anyascii's work. The words are as many as those of `name`, the article not counted.
    """
    words = [_word(word) for word in name.split()]
    return " ".join(filter(None, words)) or name


def _word(word: str) -> str:
    from anyascii import anyascii

    if word.startswith("ال") and len(word) > 4:
        return f"al-{_word(word[2:])}"
    latin = _KEPT.sub("", anyascii(_undigraphed(word)))
    if word.isupper() and len(word) > 3:
        latin = latin.lower()
    return "-".join(part[:1].upper() + part[1:] for part in latin.split("-"))


def _undigraphed(word: str) -> str:
    if not any("Ͱ" <= char <= "Ͽ" or "ἀ" <= char <= "῿" for char in word):
        return word
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).lower()
    if plain.endswith("μπ"):
        plain = plain[:-2] + "mp"
    for digraph, latin in concepts()["digraphs"].items():
        plain = plain.replace(digraph, latin)
    return plain
