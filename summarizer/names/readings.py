"""The words of a name, made ready: articles off, `Abd` and `Abu` joined, names without spaces taken apart."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..text.folding import fold
from . import japanese
from .scripts import Script, hangul, script_of, simplified, syllables
from .sounds import Word, joined, reading, word
from .tables import table, words

Reading = tuple[Word, ...]
"""The words of a name in order, read in one way."""

_EDGES = re.compile(r"^\W+|[^\w.']+$")
_HYPHENS = re.compile(r"[-‐‑–־]+")
_JOINER = re.compile("\u200c(?:ال)?")
_GLUED = re.compile(r"^(محمد|علی|غلام|عبدال)(?=\w{3})")


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
    kept = [made for made in several[:-1] if made.text not in particles] + several[-1:]
    if language != "ko" and len(kept) == 3 and all(map(_is_korean, kept)):
        kept = several = [made._replace(style="korean") for made in kept]
    if len(kept) == len(several):
        return (_joined(kept),)
    return tuple(dict.fromkeys((_joined(kept), _glued(several, particles))))


def _is_korean(made: Word) -> bool:
    """Whether a word is one syllable in Cyrillic, as each part of a Korean name is."""
    return script_of(made.text) is Script.CYRILLIC and len(re.findall("[аеёиоуыэюя]", made.text)) == 1


def _glued(several: list[Word], particles: frozenset[str]) -> Reading:
    """The words with each particle written together with what follows, as "Vonderleyen"."""
    found: list[Word] = []
    for made in reversed(several):
        if made.text in particles and found:
            found[0] = joined(made, found[0])
        else:
            found.insert(0, made)
    return tuple(found)


def _words(written: str, language: str | None) -> Iterator[Word]:
    script = script_of(written)
    if script in (Script.HAN, Script.HANGUL):
        yield _whole(written, script)
        return
    bare = _EDGES.sub("", written)
    particles = words("persons", "particles")
    parts = [part for part in _HYPHENS.split(bare) if part]
    if len(parts) > 1:
        articles = particles | words("persons", "articles")
        after = [not part[:1].islower() for part in parts[1:]]
        parts = [p for p, name in zip(parts, after, strict=False) if not (name and fold(p) in articles)] + parts[-1:]
    if "." in bare.rstrip(".") and all(len(part) <= 2 for part in bare.split(".")):
        parts = [part for part in bare.split(".") if part]
        yield from filter(_sounds, (word(part, language) for part in parts))
        return
    if script is Script.ARABIC:
        parts = [_JOINER.sub("", part) for part in parts]
        parts = [piece for part in parts for piece in _GLUED.sub(r"\1 ", part).split()]
    made = [made for part in parts if (made := word(part.rstrip("."), language)).sounds]
    if script is Script.ARABIC:
        yield from made
    elif made:
        yield functools.reduce(joined, made)


def _sounds(made: Word) -> bool:
    return bool(made.sounds)


def _abd(made: Word) -> Word:
    """The first part of Abdullah, Abdel Nasser or Abdurrahman without the article that it ends in."""
    if made.style == "alphabet" and made.sounds[0].startswith("abd"):
        return word("abd")._replace(shown=made.shown)
    return made


def _joined(several: list[Word]) -> Reading:
    prefixes, endings = words("persons", "prefixes"), words("persons", "endings")
    found: list[Word] = []
    before: Word | None = None
    for made in several:
        if made.text in prefixes and made is not several[-1]:
            before = _abd(made) if before is None else joined(before, _abd(made))
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
    return (whole, *_chinese(written), *_sino_korean(written), *_japanese(written, language))


def _whole(written: str, script: Script) -> Word:
    text = fold(simplified(written))
    style = "han" if script is Script.HAN else "hangul"
    if script is Script.HAN:
        spelled = _pinyin(simplified(written))
        return reading(text, (*spelled, spelled[0].replace("ng", "n")), style)
    surname = table("han")["hangul_surnames"].get(written, "")
    return reading(text, ("|".join(syllables(written)), *surname.split()), style)


def _korean(written: str) -> Iterator[Reading]:
    surnames = table("han")["hangul_surnames"]
    for size in (2, 1):
        family, given = written[:size], written[size:]
        if family in surnames and 1 <= len(given) <= 2:
            first = reading(family, tuple(surnames[family].split()), "korean")
            spelled = "|".join(syllables(given))
            softened = re.sub("^[lr](?=[ao])", "n", re.sub("[lr](?=y|i(?!$))", "", spelled))
            yield first, reading(given, (spelled, softened), "korean")


def _chinese(written: str) -> Iterator[Reading]:
    text = simplified(written)
    size = 2 if text[:2] in table("han")["double_surnames"].split() and len(text) > 2 else 1
    family, given = text[:size], text[size:]
    if not 1 <= len(given) <= 2:
        return
    own = table("han")["han_surnames"].get(family, "")
    first = reading(family, (*_pinyin(family), *own.split()), "pinyin")
    yield first, reading(given, _pinyin(given), "pinyin")


def _sino_korean(written: str) -> Iterator[Reading]:
    text = simplified(written)
    read = "".join(filter(None, (hangul(char) for char in text)))
    if len(read) == len(text):
        for first, *rest in _korean(read):
            size = len(first.text)
            if rest and size < len(text):
                yield (
                    first._replace(text=text[:size], shown=text[:size]),
                    rest[0]._replace(text=text[size:], shown=text[size:]),
                )


def _pinyin(text: str) -> tuple[str, str]:
    """How the Chinese say it, in our spelling, with sh and with s for x."""
    spelled = "|".join(syllables(text))
    for left, right in (("zh", "j"), ("q", "ch"), ("c(?!h)", "ts")):
        spelled = re.sub(left, right, spelled)
    return spelled.replace("x", "sh"), spelled.replace("x", "s")


def _japanese(written: str, language: str | None) -> Iterator[Reading]:
    if language not in ("ja", None, "zh"):
        return
    parts = japanese.read(written)
    if 1 <= len(parts) <= 3:
        yield tuple(reading(fold(simplified(part.written)), (part.read,), "pinyin") for part in parts)
