"""A place where it is named in a report."""

from __future__ import annotations

from dataclasses import dataclass

from .gazetteer import City
from .reading import Passage, Word

_DATELINE = frozenset((" - ", " – ", " — ", ". — ", " (", " / "))


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named by the words `first:last` of a passage.

    Args:
        name: in English.
        country: ISO 3166-1 alpha-3.
        kind: "city", "country" or "adjective" (of a country).
        ending: what the last word has beyond the name.
        population: inhabitants of a city.
        namesakes: all cities of that name, one for each country.
        form: the first word without the prefix that was taken off it.
        is_locative: whether the words around or its ending say that something is there.
    """

    passage: Passage
    first: int
    last: int
    name: str
    country: str
    kind: str
    ending: str = ""
    population: int = 0
    namesakes: tuple[City, ...] = ()
    form: str = ""
    is_locative: bool = False

    @property
    def wording(self) -> str:
        """Its words as the report has them."""
        return self.passage.text[self.words[0].start - self.passage.start : self.words[-1].end - self.passage.start]

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return self.passage.words[self.first : self.last]

    @property
    def is_dateline(self) -> bool:
        """Whether it opens its sentence and a dash, or a comma before a number, follows: `ROME, 5 May -`."""
        words = self.passage.words
        if self.first or self.last >= len(words) or words[0].start != self.passage.start:
            return False
        following = words[self.last]
        return following.gap in _DATELINE or (following.gap.strip() == "," and following.text[0].isdigit())
