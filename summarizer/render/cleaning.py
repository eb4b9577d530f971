"""Text of reports made harmless for whoever looks at it: no control of a terminal, no hidden change of direction.

Sources: Unicode Standard Annex 9 (isolates and overrides), ECMA-48 (control functions), XML 1.0 (characters).
"""

from __future__ import annotations

import re

ISOLATE = "\u2068"
"""FIRST STRONG ISOLATE: what follows, up to `POP_ISOLATE`, is laid out by its own first letter."""

POP_ISOLATE = "\u2069"

_WHITE = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f \x85\u2028\u2029]+")
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ud800-\udfff\ufffe\uffff]")
_HARMFUL_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff]")
_LETTER = "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_RIGHT_TO_LEFT = re.compile(_LETTER)
_STRETCH = re.compile(rf"({_LETTER}(?:(?:{_LETTER}|[\W\d_])*{_LETTER})?)")


def clean(text: str) -> str:
    """One line of `text`: line breaks and tabs become spaces, control characters visible signs.

    >>> clean("a\\x1b[31m\\nb\\u202e")
    'a␛[31m b⟨U+202E⟩'
    """
    return _HARMFUL.sub(_visible, _WHITE.sub(" ", text)).strip()


def _visible(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)  # control pictures: ␇, ␛
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def isolate(text: str) -> str:
    """A wording, isolated when it holds letters written from right to left, so that what stands around it stays."""
    return f"{ISOLATE}{text}{POP_ISOLATE}" if is_right_to_left(text) else text


def isolate_within(sentence: str) -> str:
    """An English sentence with each of its right-to-left stretches isolated."""
    return "".join(map(isolate, stretches(sentence)))


def stretches(sentence: str) -> list[str]:
    """A sentence cut where its direction changes; joined they are the sentence. Punctuation goes with the English."""
    return [stretch for stretch in _STRETCH.split(sentence) if stretch]


def is_right_to_left(text: str) -> bool:
    """Whether a text holds letters or marks of a script written from right to left."""
    return bool(_RIGHT_TO_LEFT.search(text))


def escape_json(text: str) -> str:
    """JSON with what a terminal or a reader of lines could take for a command written as escapes; it loads the same."""
    return _HARMFUL_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
