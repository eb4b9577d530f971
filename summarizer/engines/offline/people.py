"""Where a report names persons, in scripts with capitals: rows of capitalised words near a title, or standing alone.

A row is a name when a title stands near it, or when its last word ends another row too, as surnames do that are named
again, and one of the rows has a title or a given name. In German, which writes all nouns with capitals, it must be a
title. Words that the report also has in small letters, or in the name of an organization or place, are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from .calendars import is_calendar_word
from .lexicon import Hit, Lexicon
from .mentions import Mention
from .organizations import Body
from .reading import Passage, Reading, Word

_PARTICLES = frozenset(
    "al el bin ibn ben bint abu umm de da do dos du del della van von der den ter la le y e ul di".split()
)
_APOSTROPHE_LETTERS = frozenset({"uk", "be", "uz"})
_REACH = 4
"""Words between a title and its name, organizations and countries not counted."""
_SHORT = 3
"""Letters of the words that hang a name on another noun (`of`, `των`, `der`)."""
_LONGEST = 5
_SURE = 300_000
"""Inhabitants from which a city's name is not taken for a part of a person's name."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A person named by the words `first:last` of a passage, with the title found beside the name."""

    passage: Passage
    first: int
    last: int
    title: Hit | None = None

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return self.passage.words[self.first : self.last]

    @property
    def wording(self) -> str:
        """Its words as the report has them."""
        return self.passage.text[self.words[0].start - self.passage.start : self.words[-1].end - self.passage.start]


@dataclass(frozen=True, slots=True)
class Known:
    """What has been found in one passage before persons are looked for.

    Args:
        titles: titles of persons.
        taken: words of organizations, ships and countries, which are no names.
        cities: words of smaller cities, which may be names of persons.
    """

    titles: tuple[Hit, ...] = ()
    taken: frozenset[int] = field(default_factory=frozenset)
    cities: frozenset[int] = field(default_factory=frozenset)


def known(passage: Passage, lexicon: Lexicon, bodies: Sequence[Body], places: Sequence[Mention]) -> Known:
    """What is known of a passage from the organizations and places of the report."""
    taken: set[int] = set()
    cities: set[int] = set()
    for body in bodies:
        if body.passage is passage:
            taken.update(range(body.first, body.last))
    for mention in places:
        if mention.passage is passage:
            is_large = mention.population >= _SURE and not mention.ending
            is_sure = mention.is_locative or (is_large and not _follows_name(passage, mention.first))
            is_open = mention.kind == "city" and not is_sure
            (cities if is_open else taken).update(range(mention.first, mention.last))
    return Known(tuple(lexicon.titles.find(passage)), frozenset(taken), frozenset(cities))


def _follows_name(passage: Passage, at: int) -> bool:
    """Whether another word with a capital stands right before a word, as a given name stands before a surname."""
    return at > 1 and passage.words[at].joins and passage.words[at - 1].is_capital


def find_in_cased(reading: Reading, lexicon: Lexicon, known_of: Sequence[Known]) -> list[Naming]:
    """The persons that a report in a script with capitals names; `known_of` goes with its passages."""
    rows: list[Naming] = []
    for passage, facts in zip(reading.passages, known_of, strict=True):
        there = [naming for naming in _rows(reading, lexicon, passage, facts) if not _hangs(naming, facts)]
        rows += [_titled(n, facts) for n, after in zip_longest(there, there[1:]) if not _is_portfolio(n, after, facts)]
    often = Counter(naming.words[-1].text for naming in rows if naming.title or not _is_opening(naming))
    titled = frozenset(naming.words[-1].text for naming in rows if naming.title)
    full = frozenset(naming.words[-1].text for naming in rows if len(naming.words) > 1)
    repeated = frozenset(word for word in often if often[word] >= 2) & (
        titled if reading.language == "de" else titled | full
    )
    passages = zip(reading.passages, known_of, strict=True)
    in_bodies = frozenset(passage.words[at].text for passage, facts in passages for at in facts.taken)
    return [naming for naming in rows if _is_name(naming, reading, repeated - in_bodies, in_bodies)]


def _is_opening(naming: Naming) -> bool:
    """Whether a row is the single word that opens a sentence, and so has a capital anyway."""
    return len(naming.words) == 1 and naming.first == 0


def _rows(reading: Reading, lexicon: Lexicon, passage: Passage, facts: Known) -> Iterator[Naming]:
    title_words = {place for hit in facts.titles for place in range(hit.first, hit.last)}
    closed = facts.taken | title_words
    at = 0
    while at < len(passage.words):
        if not _may_open(passage, at, closed, reading):
            at += 1
            continue
        end = _end_of_row(passage, at, closed, reading)
        first = _without_opening(reading, lexicon, passage, at, end)
        inside = range(first, end)
        if first < end and not facts.cities.issuperset(inside) and end - first <= _LONGEST:
            yield Naming(passage, first, end)
        at = end


def _may_open(passage: Passage, at: int, closed: frozenset[int] | set[int], reading: Reading) -> bool:
    word = passage.words[at]
    is_acronym = word.raw.isupper() and len(word.raw) > 1
    if not word.is_capital or at in closed or is_acronym or any(c.isdigit() for c in word.text):
        return False
    return not is_calendar_word(word, reading.language)


def _end_of_row(passage: Passage, at: int, closed: frozenset[int] | set[int], reading: Reading) -> int:
    words, end = passage.words, at + 1
    while end < len(words) and words[end].joins:
        if _may_open(passage, end, closed, reading) or _is_inside_word(words[end], reading.language):
            end += 1
            continue
        following = _over_particles(passage, end, closed)
        if following == end or not _may_open(passage, following, closed, reading):
            break
        end = following + 1
    return end


def _over_particles(passage: Passage, at: int, closed: frozenset[int] | set[int]) -> int:
    """The word after particles in small letters (van der), if one follows and nothing parts it from them."""
    words, end = passage.words, at
    while end < len(words) - 1 and words[end].text in _PARTICLES and end not in closed and words[end + 1].joins:
        end += 1
    return end


def _is_inside_word(word: Word, language: str) -> bool:
    """Whether an apostrophe before it is a letter of the word, as in `Дар'я`."""
    return language in _APOSTROPHE_LETTERS and word.gap in ("'", "’", "ʼ") and word.raw[0].islower()


def _without_opening(reading: Reading, lexicon: Lexicon, passage: Passage, first: int, end: int) -> int:
    """The row without words at its beginning that have a capital only because a sentence begins."""
    stop = lexicon.listed("stop")
    while first < end:
        word = passage.words[first]
        opens = first == 0 or word.gap.strip(" \u00a0") != ""
        if word.text in stop or (opens and word.text in reading.lowercase) or word.text in _PARTICLES - {"al", "el"}:
            first += 1
        else:
            break
    return first


def _hangs(naming: Naming, facts: Known) -> bool:
    """Whether a row hangs on a title over short words, as in `commander of the Land Forces`."""
    words, at = naming.passage.words, naming.first
    while at > 0 and naming.first - at < 2 and len(words[at - 1].text) <= _SHORT and words[at].joins:
        at -= 1
    return at < naming.first and words[at].joins and any(hit.last == at for hit in facts.titles)


def _is_portfolio(naming: Naming, following: Naming | None, facts: Known) -> bool:
    """Whether a single word between a title and a name after a comma says what the title is for."""
    if following is None or len(naming.words) > 1 or len(following.words) < 2 or following.first != naming.last:
        return False
    return "," in following.words[0].gap and any(hit.last == naming.first for hit in facts.titles)


def _titled(naming: Naming, facts: Known) -> Naming:
    """A naming with its title: the one before it, or one after a comma where only a far one stands before."""
    words = naming.passage.words
    before = [
        hit for hit in facts.titles if hit.last <= naming.first and _leads_to(words, hit.last, naming.first, facts)
    ]
    after = [hit for hit in facts.titles if 0 <= hit.first - naming.last <= 3]
    has_comma = naming.last < len(words) and "," in words[naming.last].gap
    nearest = max(before, key=lambda hit: hit.last, default=None)
    if after and has_comma and (nearest is None or not _is_close(naming, nearest, facts)):
        nearest = after[0]
    return Naming(naming.passage, naming.first, naming.last, nearest) if nearest else naming


def _is_close(naming: Naming, title: Hit, facts: Known) -> bool:
    """Whether a title ends right before a name, before the country in between, or before a comma."""
    last = naming.first - 1
    return title.last > last or last in facts.taken or last in facts.cities or "," in naming.words[0].gap


def _leads_to(words: Sequence[Word], start: int, end: int, facts: Known) -> bool:
    """Whether a title belongs to the name after it: nothing between ends the phrase or is a name of its own."""
    between = [k for k in range(start, end) if k not in facts.taken and k not in facts.cities]
    if (
        start > end
        or len(between) > _REACH
        or any(mark in words[k].gap for k in range(start, end + 1) for mark in ".;:!?")
    ):
        return False
    commas = sum("," in words[k].gap for k in range(start, end + 1))
    names = [k for k in between if words[k].is_capital and not words[k].raw.isupper() and not _hangs_on(words, k)]
    is_portfolio = commas == 1 and "," in words[end].gap and names == [start]
    return commas <= 1 and (not names or is_portfolio)


def _hangs_on(words: Sequence[Word], at: int) -> bool:
    """Whether a word hangs on a short one before it, as in `minister of Energy`."""
    before = words[at - 1]
    return at > 0 and len(before.text) <= _SHORT and not before.is_capital and words[at].joins


def _is_name(naming: Naming, reading: Reading, repeated: frozenset[str], in_bodies: frozenset[str]) -> bool:
    """Whether a row is taken for a person: after a title, or when its last word is the last of another row too."""
    words, last = naming.words, naming.words[-1]
    if any(word.text in reading.lowercase for word in words if len(word.text) > 3):
        return naming.title is not None and len(words) > 1 and last.text not in reading.lowercase
    if len(words) == 1:
        near = naming.title is not None and abs(naming.first - naming.title.last) <= 1 and last.text not in in_bodies
        return (near and reading.language != "de") or (last.text in repeated and len(last.text) >= 4)
    return naming.title is not None or (last.text in repeated and not _is_title_case(naming.passage))


def _is_title_case(passage: Passage) -> bool:
    """Whether a headline has capitals at nearly all its words."""
    long = [word for word in passage.words if len(word.text) > 3]
    return len(long) > 3 and sum(word.is_capital for word in long) > 0.8 * len(long)
