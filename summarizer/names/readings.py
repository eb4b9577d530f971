"""The words of a name, made ready: articles off, `Abd` and `Abu` joined, names without spaces taken apart."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..text.folding import fold
from . import japanese
from .scripts import Script, latin, script_of, simplified, syllables
from .sounds import Word, joined, reading, word
from .tables import table, words

Reading = tuple[Word, ...]
"""The words of a name in order, read in one way."""

_EDGES = re.compile(r"^\W+|[^\w.']+$")
_HYPHENS = re.compile(r"[-‐‑–־]+")
_ABD = re.compile(r"(?<=^abd)[aeou]u?l(?=[^aeiou]|$)")


def readings(written: tuple[str, ...], language: str | None = None) -> tuple[Reading, ...]:
    """Every way to read the words of a name.

    Args:
        written: its words, in order.
        language: ISO 639 code of the text.
    """
    if len(written) == 1:
        script = script_of(written[0])
        if script in (Script.HAN, Script.HANGUL):
            return _unspaced(written[0], script, language)
    several = [made for w in written for made in _words(w, language)]
    particles = words("persons", "particles")
    kept = [made for made in several if made.text not in particles] or several
    return (_joined(kept),)


def _words(written: str, language: str | None) -> Iterator[Word]:
    script = script_of(written)
    if script in (Script.HAN, Script.HANGUL):
        yield _whole(written, script)
        return
    bare = _EDGES.sub("", written)
    particles = words("persons", "particles")
    parts = [part for part in _HYPHENS.split(bare) if part]
    if len(parts) > 1:
        parts = [part for part in parts if fold(part) not in particles] or parts
    if "." in bare.rstrip(".") and all(len(part) <= 2 for part in bare.split(".")):
        parts = [part for part in bare.split(".") if part]
        yield from filter(_sounds, (word(part, language) for part in parts))
        return
    made = [word(part.rstrip("."), language) for part in parts]
    made = [part for part in made if part.sounds]
    if made:
        yield functools.reduce(joined, made)


def _sounds(made: Word) -> bool:
    return bool(made.sounds)


def _joined(several: list[Word]) -> Reading:
    prefixes, endings = words("persons", "prefixes"), words("persons", "endings")
    found: list[Word] = []
    before: Word | None = None
    for made in several:
        if made.text in prefixes and made is not several[-1]:
            before = made if before is None else joined(before, made)
        elif before is not None:
            found.append(joined(before, made))
            before = None
        elif made.text in endings and found:
            found[-1] = joined(found[-1], made)
        else:
            found.append(made)
    return tuple(found)


@functools.lru_cache(1 << 14)
def _unspaced(written: str, script: Script, language: str | None) -> tuple[Reading, ...]:
    """A name without spaces: as a whole (a foreign name), and as a family's name with a given one."""
    whole = (_whole(written, script),)
    if not 2 <= len(written) <= 5:
        return (whole,)
    if script is Script.HANGUL:
        return (whole, *_korean(written))
    return (whole, *_chinese(written), *_japanese(written, language))


def _whole(written: str, script: Script) -> Word:
    text = fold(simplified(written))
    style = "han" if script is Script.HAN else "hangul"
    spelled = latin(simplified(written))
    surname = table("han")["hangul_surnames"].get(written) if script is Script.HANGUL else None
    return reading(text, (spelled, *(surname or "").split()), style)


def _korean(written: str) -> Iterator[Reading]:
    surnames = table("han")["hangul_surnames"]
    for size in (2, 1):
        family, given = written[:size], written[size:]
        if family in surnames and 1 <= len(given) <= 2:
            first = reading(family, tuple(surnames[family].split()), "hangul")
            yield first, reading(given, ("".join(syllables(given)),), "hangul")


def _chinese(written: str) -> Iterator[Reading]:
    text = simplified(written)
    size = 2 if text[:2] in table("han")["double_surnames"].split() and len(text) > 2 else 1
    family, given = text[:size], text[size:]
    if not 1 <= len(given) <= 2:
        return
    own = table("han")["han_surnames"].get(family, "")
    first = reading(family, (_pinyin(family), *own.split()), "pinyin")
    yield first, reading(given, (_pinyin(given),), "pinyin")


def _pinyin(text: str) -> str:
    spelled = "".join(syllables(text))
    for left, right in (("zh", "j"), ("q", "ch"), ("x", "sh"), ("c", "ts")):
        spelled = re.sub(f"{left}(?!h)", right, spelled)
    return spelled


def _japanese(written: str, language: str | None) -> Iterator[Reading]:
    if language not in ("ja", None, "zh"):
        return
    parts = japanese.read(written)
    if 1 <= len(parts) <= 3:
        yield tuple(reading(fold(simplified(part.written)), (part.read,), "pinyin") for part in parts)
