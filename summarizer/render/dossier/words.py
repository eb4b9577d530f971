"""Codes of a dossier in the words of a reader, and the language and direction of foreign text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ...models.countries import country_name
from ...models.dossier import DiscrepancyAttribute, DiscrepancyKind, FoundBy
from ..cleaning import clean
from ..dates import in_words
from ..runs import Run, Style

CREDIBILITY = {
    1: "confirmed",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}
"""The NATO scale of the credibility of information (AJP-2.1)."""

KINDS = {
    DiscrepancyKind.CONTRADICTION: "contradiction",
    DiscrepancyKind.GRANULARITY: "one is coarser or rounded",
    DiscrepancyKind.OMISSION: "some do not say it",
}

ATTRIBUTES = {
    DiscrepancyAttribute.NAME: "name",
    DiscrepancyAttribute.ACTOR: "who",
    DiscrepancyAttribute.ACTION: "what was done",
    DiscrepancyAttribute.FACTUALITY: "whether it happened",
    DiscrepancyAttribute.OTHER: "other",
}

FOUND_BY = {
    FoundBy.RULES: "found by rules",
    FoundBy.ENGINE: "found by the language model",
    FoundBy.BOTH: "found by rules and by the language model",
}

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_LEFT, _RIGHT = frozenset({"L"}), frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class Foreign(Run):
    """A report's own words.

    Args:
        language: its tag (BCP 47); "und" when not known.
    """

    language: str = "und"

    @property
    def direction(self) -> str:
        """Of its text, as `direction` says."""
        return direction(self.text)


def foreign(text: str, language: str) -> Foreign:
    """A report's own words, cleaned."""
    return Foreign(clean(text) or "(empty)", Style.SOURCE, tag(language))


def tag(language: str) -> str:
    """A language as the attribute `lang` wants it: its tag, "und" for what is none."""
    return language if _TAG.fullmatch(language) else "und"


def direction(text: str) -> str:
    """The direction of a text: "rtl" when most of its letters are written from right to left (UAX 9), else "ltr".

    The first letter would not do: a Persian sentence may open with the name of a ship in Latin letters.
    """
    classes = [unicodedata.bidirectional(char) for char in text]
    right = sum(of in _RIGHT for of in classes)
    return "rtl" if right > sum(of in _LEFT for of in classes) else "ltr"


def attribute_in_words(attribute: DiscrepancyAttribute) -> str:
    """What readings are about: "date", "whether it happened"."""
    return ATTRIBUTES.get(attribute, str(attribute))


def credibility_in_words(grade: int) -> str:
    """A grade with its number: "probably true (2)"."""
    return f"{CREDIBILITY[grade]} ({grade})"


def value_in_words(attribute: str, value: str) -> str:
    """A reading for a reader: a date in words, a country by name, all else as it is."""
    text = clean(value) or "(empty)"
    if attribute == "date":
        return in_words(text)
    if attribute == "country":
        return country_name(text) or text
    return text
