"""Names of persons in English and as a report spells them."""

from __future__ import annotations

import re

from ..models import draft as d
from ..text.folding import fold, is_unspaced, tokens

_BRACKETED = re.compile(r"\(([^)]*)\)")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_PARTICLES = frozenset(
    "al el ul bin ibn ben bint abu umm de da di do dos du del della van von der den ter la le y e and of the".split()
)


def name_stems(actor: d.Actor) -> tuple[str, ...]:
    """The last word of a person's English name, then the beginnings of the words of its source spelling."""
    wording = [t.text for t in tokens(fold(actor.name_in_source)) if len(t.text) > 2 or is_unspaced(t.text)]
    words = actor.name.split()
    if not wording or not words or actor.kind != d.ActorKind.PERSON:
        return ()
    if _is_function(actor.name):
        return ()
    return (words[-1], *(word[: max(4, len(word) - 2)] for word in wording))


def _is_function(name: str) -> bool:
    """Whether a person is called by a function ("military attaché in Libya") instead of a name."""
    return " of " in name or any(word[0].islower() and word not in _PARTICLES for word in name.split())


def sounds_in(name: str, folded: str) -> bool:
    """Whether a word of a folded text is nearly the name once both are written in Latin letters."""
    from anyascii import anyascii
    from rapidfuzz import fuzz

    sound = anyascii(fold(name))
    words = (token.text for token in tokens(folded) if len(token.text) > 2)
    return any(fuzz.ratio(sound, anyascii(word), score_cutoff=75) for word in words)


def added_name(actor: d.Actor, report: str) -> str | None:
    """A part of a person's English name that the report does not give: more words than its own spelling has.

    Args:
        actor: as it was drafted.
        report: the folded text; an alias in brackets counts as given when it is heard there.
    """
    if actor.kind != d.ActorKind.PERSON:
        return None
    there = tokens(fold(actor.name_in_source))
    if _is_function(actor.name) or any(is_unspaced(t.text[0]) for t in there) or _HANGUL.search(actor.name_in_source):
        return None  # written without spaces: how many names it holds cannot be counted
    aliases = [word for alias in _BRACKETED.findall(actor.name) for word in alias.split()]
    name = actor.name if any(not sounds_in(word, report) for word in aliases) else _BRACKETED.sub("", actor.name)
    mine = [word for word in fold(name).split() if word not in _PARTICLES and len(word.strip(".")) > 1]
    if len(mine) <= len(there):
        return None
    spelled = fold(actor.name_in_source)
    return next((word for word in name.split() if not sounds_in(word, spelled)), name.split()[0])
