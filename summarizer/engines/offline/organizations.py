"""Organizations and named ships in a report, by cue words, known acronyms and ships' prefixes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...models.countries import country_name
from ...models.draft import ActorKind
from ...models.plover import Sector
from .lexicon import Hit, Lexicon, concepts
from .mentions import Mention
from .reading import Passage, Reading, Word
from .transliteration import transliterated

_LINK = 3
"""Letters of the words that may stand between an organization and its country (`of`, `της`, `van`)."""


@dataclass(frozen=True, slots=True)
class Body:
    """An organization or ship named by the words `first:last` of a passage.

    Args:
        key: which concept it is; the folded name for a ship.
        country: ISO 3166-1 alpha-3, None when the report does not say.
    """

    passage: Passage
    first: int
    last: int
    key: str
    name: str
    kind: ActorKind
    sector: Sector | None
    country: str | None

    @property
    def wording(self) -> str:
        """Its words as the report has them."""
        words = self.passage.words[self.first : self.last]
        return self.passage.text[words[0].start - self.passage.start : words[-1].end - self.passage.start]


def find_organizations(reading: Reading, lexicon: Lexicon, places: Sequence[Mention]) -> list[Body]:
    """Every organization and named ship of a report, in their order."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in places:
        by_sentence.setdefault(mention.passage.number, []).append(mention)
    found: list[Body] = []
    for passage in reading.passages:
        near = by_sentence.get(passage.number, [])
        found += [_organization(passage, hit, near, reading.is_cased) for hit in lexicon.organizations.find(passage)]
        found += _ships(passage)
    return found


def _organization(passage: Passage, hit: Hit, places: Sequence[Mention], is_cased: bool) -> Body:
    concept: Mapping[str, Any] = concepts()["organizations"][hit.key]
    span = _widened(passage, hit) if is_cased else hit
    owner = _owner(passage, span, places) if concept.get("national") else None
    first, last = span.first, span.last
    if owner and owner.last == first and passage.words[first].joins:
        first = owner.first
    if owner and owner.first == last and passage.words[last].joins:
        last = owner.last
    name = str(concept["english"])
    if owner:
        name = f"{name} of {country_name(owner.country)}"
    return Body(
        passage=passage,
        first=first,
        last=last,
        key=hit.key,
        name=name[0].upper() + name[1:],
        kind=ActorKind(concept.get("kind", "organization")),
        sector=Sector(concept["sector"]),
        country=owner.country if owner else None,
    )


def _widened(passage: Passage, hit: Hit) -> Hit:
    """The words of an organization with the capitalised words before it, and those after a short word after it."""
    words, first, last = passage.words, hit.first, hit.last
    while first > 1 and _is_name_word(words[first - 1]) and words[first].joins and first > hit.first - 3:
        first -= 1
    if last + 1 < len(words) and len(words[last].text) <= _LINK and not words[last].is_capital:
        end = last + 1
        while end < min(len(words), last + 4) and _is_name_word(words[end]) and words[end].joins:
            end += 1
        last = end if end > last + 1 and words[last].joins else last
    return Hit(hit.key, first, last)


def _is_name_word(word: Word) -> bool:
    return word.is_capital and not (word.raw.isupper() and len(word.raw) > 1)


def _owner(passage: Passage, span: Hit, places: Sequence[Mention]) -> Mention | None:
    """The country that an organization belongs to: inside its words, right before them, or after them over short words.

    An adjective after the organization must follow at once, as it does in Romance and Semitic languages.
    """
    near = [
        mention
        for mention in places
        if mention.kind != "city" and not mention.is_locative and _belongs(passage, span, mention)
    ]
    return min(near, key=lambda m: _distance(span, m), default=None)


def _belongs(passage: Passage, span: Hit, mention: Mention) -> bool:
    if span.first <= mention.first < span.last:
        return True
    is_before = mention.last <= span.first
    start, end = (mention.last, span.first) if is_before else (span.last, mention.first)
    if end - start > (1 if is_before else 0 if mention.kind == "adjective" else 2):
        return False
    edge = span.first if is_before else mention.first
    between = passage.words[start:end]
    linked = is_before or all(len(word.text) <= _LINK for word in between)
    return linked and all(word.joins for word in passage.words[start : edge + 1])


def _distance(hit: Hit, mention: Mention) -> int:
    return max(hit.first - mention.last, mention.first - hit.last, 0)


def _ships(passage: Passage) -> Iterator[Body]:
    prefixes = set(concepts()["assets"]["prefixes"].split())
    words = passage.words
    for at, word in enumerate(words[:-1]):
        if word.raw not in prefixes or not words[at + 1].is_capital:
            continue
        last = at + 2
        while last < len(words) and words[last].is_capital and words[last].joins and last - at < 4:
            last += 1
        while last > at + 2 and words[last - 1].gap != " ":
            last -= 1
        name = " ".join([word.raw, *(transliterated(w.raw) for w in words[at + 1 : last])])
        yield Body(passage, at, last, f"ship:{words[at + 1].text}", name, ActorKind.ASSET, Sector.MIL, None)
