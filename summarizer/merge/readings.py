"""What the reports give for the attributes of a merged item, and which item of a group speaks for all."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..models.brief import Match
from ..models.dossier import Attribute, Citation, NameForm, Reading
from ..text.folding import fold
from .linked import Item, Linked, Ref
from .wording import Weights, wording

T = TypeVar("T")
_RANKS = {
    "maj": "major", "gen": "general", "col": "colonel", "lt": "lieutenant", "ltc": "lieutenant colonel",
    "brig": "brigadier", "capt": "captain", "cmdr": "commander", "adm": "admiral", "sgt": "sergeant", "cpl": "corporal",
    "pm": "prime minister", "prof": "professor", "dr": "doctor", "ex": "former",
}  # fmt: skip
"""Abbreviations of ranks and offices as news agencies use them, written out."""
_SMALL = frozenset("the a an of".split())
_WORD = re.compile(r"[^\W_]+")
_SCRIPTS = {"CJK": "Han", "HIRAGANA": "Kana", "KATAKANA": "Kana"}
_PLAIN = Weights(())


def value_key(value: str) -> str:
    """What two values have in common that are one reading: the same words in any case, accents, order, abbreviation.

    >>> value_key("Maj. Gen.") == value_key("major general"), value_key("Port of Aden") == value_key("Aden port")
    (True, True)
    """
    folded = fold(value)
    if not any(char.isalpha() for char in folded):
        return folded
    words = (_RANKS.get(word, word) for word in _WORD.findall(folded) if word not in _SMALL)
    return " ".join(sorted(words))


def citation(linked: Linked, ref: Ref) -> Citation:
    """An item of a report with its evidence."""
    return linked.citation(ref)


def attribute(linked: Linked, name: str, values: Iterable[tuple[Ref, str | None]]) -> Attribute | None:
    """The readings of an attribute, the most widely reported first, ties in the order of the reports.

    Args:
        linked: the story.
        name: of the attribute.
        values: what each item of the group gives, in order; None where it gives nothing.
    """
    kept: dict[str, tuple[str, dict[Ref, None]]] = {}
    for ref, value in values:
        if value:
            kept.setdefault(value_key(value), (value, {}))[1][ref] = None
    readings = [
        Reading(
            value=value,
            documents=tuple(dict.fromkeys(ref.document for ref in refs)),
            evidence=tuple(citation(linked, ref) for ref in refs),
        )
        for value, refs in kept.values()
    ]
    readings.sort(key=lambda reading: -len(reading.documents))
    return Attribute(name=name, readings=tuple(readings)) if readings else None


def first_reading(attributes: Iterable[Attribute], name: str) -> str | None:
    """The most widely reported value of an attribute."""
    return next((attribute.readings[0].value for attribute in attributes if attribute.name == name), None)


def most_common(values: Sequence[T]) -> T:
    """The most frequent value, ties in order; `values` must not be empty."""
    return Counter(values).most_common(1)[0][0]


def central_text(texts: Sequence[str]) -> str:
    """The text that is most like all the others in words, ties in order."""
    if len(texts) < 3:
        return texts[0]
    bags = [wording(text) for text in texts]
    likeness = [sum(_PLAIN.alike(bag, other) for other in bags) for bag in bags]
    return texts[max(range(len(texts)), key=lambda n: (round(likeness[n], 9), -n))]


def fullest_name(names: Sequence[str]) -> str:
    """The name that holds most of what the others say, ties in order: Khalifa Haftar before Haftar."""
    bags = [frozenset(_WORD.findall(fold(name))) for name in names]
    held = [sum(len(bag & other) / max(1, len(other)) for other in bags) for bag in bags]
    return names[max(range(len(names)), key=lambda n: (round(held[n], 9), -n))]


def name_forms(items: Iterable[tuple[Ref, Item]]) -> tuple[NameForm, ...]:
    """The spellings of a name in English and in the reports' own languages, the most widely used first."""
    documents: dict[str, dict[str, None]] = {}
    for ref, item in items:
        texts = [item.name] if hasattr(item, "name") else []
        source = getattr(item, "name_in_source", None)
        if source is not None and source.match is not Match.UNSUPPORTED:
            texts.append(source.text)
        for text in texts:
            documents.setdefault(text, {})[ref.document] = None
    forms = [NameForm(text=text, script=script(text), documents=tuple(found)) for text, found in documents.items()]
    return tuple(sorted(forms, key=lambda form: -len(form.documents)))


@functools.lru_cache(1 << 12)
def script(text: str) -> str:
    """The Unicode script that most letters of a text belong to, such as Latin, Arabic or Han.

    >>> script("İbrahim Kalın"), script("菅直人")
    ('Latin', 'Han')
    """
    names = [unicodedata.name(char, "UNKNOWN").split()[0] for char in text if char.isalpha()]
    if not names:
        return "Common"
    found = most_common(names)
    return _SCRIPTS.get(found, found.capitalize())


@dataclass(frozen=True, slots=True)
class Shown:
    """What a merged item shows.

    Args:
        refs: its items.
        values: what it shows, by attribute: date, place, role, name, ...
        is_said: whether it is something that reports say, and no actor: numbers in its text are its own, too.
    """

    refs: tuple[Ref, ...]
    values: Mapping[str, str | None]
    is_said: bool = True


def contrary(linked: Linked, shown: Shown, readings: Sequence[Reading], attribute: str | None) -> tuple[Ref, ...]:
    """Items behind the readings that contradict what a merged item shows.

    Args:
        linked: the story.
        shown: what it shows.
        readings: of a contradiction.
        attribute: which of its values they are about; None for one that has no field.

    Returns:
        Of each report with a contrary reading, the item of the group, or else what the reading cites; nothing when no
        reading is the item's own.
    """
    mine = _mine(shown, readings, attribute)
    if mine is None:
        return ()
    found: dict[Ref, None] = {}
    for cited in (cited for reading in readings if reading is not mine for cited in reading.evidence):
        if cited.document not in mine.documents:
            inside = [ref for ref in shown.refs if ref.document == cited.document]
            item = cited.item if cited.item in linked.report(cited.document).items else None
            found |= dict.fromkeys(inside or [Ref(cited.document, item or "bottom_line")])
    return tuple(found)


def _mine(shown: Shown, readings: Sequence[Reading], attribute: str | None) -> Reading | None:
    """The reading that is a merged item's own: that of its value, or else, of what is said, of most of its reports."""
    first = shown.values.get(attribute) if attribute else None
    for value in filter(None, (first, *shown.values.values())):
        own = next((reading for reading in readings if value_key(reading.value) == value_key(value)), None)
        if own is not None:
            return own
    documents = {ref.document for ref in shown.refs}
    most = max(readings, key=lambda reading: len(documents.intersection(reading.documents)))
    return most if shown.is_said and documents.intersection(most.documents) else None
