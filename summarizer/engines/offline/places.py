"""Countries and cities named in a report, in any spelling and case ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ...models.countries import country_name
from ...text.folding import is_unspaced
from . import gazetteer
from .gazetteer import City, CountryName
from .lexicon import Lexicon
from .mentions import Mention
from .reading import Passage, Reading, Word

_LARGE = 250_000
"""Inhabitants from which a city needs no other hint than its name."""
_MIDDLE = 100_000
"""Inhabitants from which a city with a doubtful name is known by something being there."""
_HUGE = 1_000_000
_WORDS = 3  # of a city's name at most
_KEPT = {"LATIN": 5, "HANGUL": 2}
"""Letters that must be left of a city's name when an ending is taken off, by script; else 4."""
_SHORTEST = {"HAN": 3, "HANGUL": 3}
"""Letters of a name that needs no more than the usual hints, by script; else 4."""
_CHARACTERS = 6  # of a city's name in Han and kana


@dataclass(frozen=True, slots=True)
class _Finder:
    reading: Reading
    lexicon: Lexicon
    countries: Mapping[str, tuple[CountryName, ...]]
    cities: Mapping[str, tuple[City, ...]]
    script: str


def find_places(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """Every country, country's adjective and city that a report names, in their order.

    A small city, or one of a short name, counts only when its country is named too or something is said to be there.
    """
    script = gazetteer.main_script("".join(passage.text for passage in reading.passages))
    finder = _Finder(reading, lexicon, gazetteer.country_names(reading.language), gazetteer.cities(script), script)
    found = [mention for passage in reading.passages for mention in _in_passage(finder, passage)]
    named = {mention.country for mention in found if mention.kind != "city"}
    home = gazetteer.likely_country(reading.language)
    found = [_meant(mention, named, home) if mention.namesakes else mention for mention in found]
    return [mention for mention in found if mention.kind != "city" or _is_plain(finder, mention, named)]


def _meant(mention: Mention, named: set[str], home: str | None) -> Mention:
    """Of cities of one name the one whose country is named, else one not much smaller at home, else the largest."""
    there = [city for city in mention.namesakes if city.country in named]
    at_home = [c for c in mention.namesakes if c.country == home and c.population * 4 > mention.population]
    city = next(iter([*there, *at_home]), None)
    return replace(mention, name=city.name, country=city.country, population=city.population) if city else mention


def _in_passage(finder: _Finder, passage: Passage) -> Iterator[Mention]:
    at_ends = {hit.last for hit in finder.lexicon.cues.find(passage) if hit.key == "at"}
    position = 0
    while position < len(passage.words):
        mention = _at(finder, passage, position)
        if mention is None:
            position += 1
            continue
        yield replace(mention, is_locative=mention.first in at_ends or _is_marked(finder, mention))
        position = mention.last


def _at(finder: _Finder, passage: Passage, position: int) -> Mention | None:
    """The place whose name begins at a word: a country, unless a city's name is longer or has the shorter ending."""
    word = passage.words[position]
    if finder.reading.is_cased and not word.is_capital:
        return _country(finder, passage, position) if _may_be_adjective(finder, word) else None
    country, city = _country(finder, passage, position), _city(finder, passage, position)
    if country and city:
        return max(country, city, key=lambda m: (m.last, -len(m.ending), m.kind == "country"))
    return country or city


def _may_be_adjective(finder: _Finder, word: Word) -> bool:
    """Small letters begin adjectives of countries in many languages, but no names."""
    return any(name.is_adjective for name in finder.countries.get(word.text[:3], ()))


def _country(finder: _Finder, passage: Passage, position: int) -> Mention | None:
    words = passage.words
    best: tuple[int, int, Mention] | None = None
    for form in words[position].forms:
        for name in _candidates(finder, passage, position, form):
            last = position + len(name.words)
            fit = _fit(finder, words[position:last], form, name)
            if fit is None or (best and (fit, not name.is_adjective) <= (best[0], best[1])):
                continue
            kind = "adjective" if name.is_adjective else "country"
            said = form if last == position + 1 else words[last - 1].text
            ending = said[len(_common(said, name.words[-1])) :]
            mention = Mention(passage, position, last, country_name(name.code), name.code, kind, ending, form=form)
            best = fit, not name.is_adjective, mention
    return best[2] if best else None


def _candidates(finder: _Finder, passage: Passage, position: int, form: str) -> Sequence[CountryName]:
    if is_unspaced(form[0]):
        start = "".join(w.text for w in passage.words[position : position + 3])
        return [
            _split(name)
            for size in (1, 2, 3)
            for name in finder.countries.get(start[:size], ())
            if is_unspaced(name.words[0][0])
        ]
    starts = dict.fromkeys(form[:size] for size in (2, 3))
    return [name for start in starts for name in finder.countries.get(start, ())]


def _split(name: CountryName) -> CountryName:
    characters = tuple("".join(name.words))
    return name._replace(words=characters, stems=characters)


def _fit(finder: _Finder, words: Sequence[Word], form: str, name: CountryName) -> int | None:
    """How many letters of the words are those of a name; None when they are not that name."""
    if len(words) < len(name.words) or not _is_cased_right(finder, words[0], name):
        return None
    common = 0
    for number, word in enumerate(words):
        text = form if number == 0 else word.text
        if not text.startswith(name.stems[number]):
            return None
        size = len(name.stems[number])
        spare = finder.lexicon.endings + (2 if name.is_adjective else 1)
        if len(text) - size > min(spare, size if size > 3 else 2) or _goes_on(finder, text, name):
            return None
        is_whole = name.is_adjective or text.startswith(name.words[number])
        if not is_whole and text[size:] and text[size] not in gazetteer.VOWELS:
            return None
        common += len(_common(text, name.words[number]))
    if not finder.reading.is_cased and ("".join(name.words) in gazetteer.ambiguous() or common < 2):
        return None
    return common


def _goes_on(finder: _Finder, text: str, name: CountryName) -> bool:
    """Whether a word is longer than a short name, in a script without capitals, where it is more often another word."""
    short = 3 if finder.script == "HANGUL" else 5
    return not finder.reading.is_cased and text not in name.words and len(name.words[0]) < short


def _is_cased_right(finder: _Finder, word: Word, name: CountryName) -> bool:
    if not finder.reading.is_cased:
        return True
    if name.raw.isupper() and name.raw.isascii() and len(name.raw) < 5:
        return word.raw.isupper()
    return word.is_capital or name.is_adjective


def _common(one: str, other: str) -> str:
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size]:
        size += 1
    return one[:size]


def _city(finder: _Finder, passage: Passage, position: int) -> Mention | None:
    words = passage.words
    if is_unspaced(words[position].text[0]):
        return _unspaced_city(finder, passage, position)
    for size in range(min(_WORDS, len(words) - position), 0, -1):
        if not all(word.joins for word in words[position + 1 : position + size]):
            continue
        if finder.reading.is_cased and not words[position + size - 1].is_capital:
            continue
        rest = [word.text for word in words[position + 1 : position + size]]
        for form in words[position].forms:
            found = _lookup(finder, " ".join([form, *rest])) or _lookup(finder, "-".join([form, *rest]))
            if found:
                return _mention(passage, position, position + size, found, form)
    return None


def _mention(passage: Passage, first: int, last: int, found: _Found, form: str) -> Mention:
    largest = found.cities[0]
    place = largest.name, largest.country, "city", found.ending, largest.population
    return Mention(passage, first, last, *place, namesakes=found.cities, form=form)


def _unspaced_city(finder: _Finder, passage: Passage, position: int) -> Mention | None:
    characters = [word.text for word in passage.words[position : position + _CHARACTERS]]
    for size in range(len(characters), 1, -1):
        cities = finder.cities.get("".join(characters[:size]))
        if cities:
            return _mention(passage, position, position + size, _Found(cities, ""), characters[0])
    return None


class _Found(NamedTuple):
    cities: tuple[City, ...]
    ending: str


def _lookup(finder: _Finder, name: str) -> _Found | None:
    """A city by its name with any case ending that leaves enough letters, more in Latin, which has the most names."""
    if not finder.reading.is_cased and name in gazetteer.ambiguous() | finder.lexicon.listed("stop"):
        return None
    for cut in range(finder.lexicon.endings + 1):
        kept = name[: len(name) - cut]
        least = _KEPT.get(finder.script, 4)
        least = min(least, 4) if name[len(kept) :] in finder.lexicon.listed("at_suffix") else least
        if cut and (len(kept) < least or (finder.lexicon.endings == 1 and finder.reading.is_cased and name[-1] != "s")):
            continue
        for spelling in (kept, kept + gazetteer.BARE) if cut and name[len(kept)] in gazetteer.VOWELS else (kept,):
            if spelling in finder.cities:
                return _Found(finder.cities[spelling], name[len(kept) :])
    return None


def _is_plain(finder: _Finder, mention: Mention, named: set[str]) -> bool:
    """Whether a city's name can be trusted to mean the city."""
    letters = len(mention.form) + sum(len(word.text) for word in mention.words[1:])
    if finder.script == "HAN":
        letters = sum(len(word.text) for word in mention.words)
    population, is_named = mention.population, mention.country in named
    is_there = mention.is_locative or mention.is_dateline
    if finder.reading.is_cased and _is_part_of_name(finder, mention):
        return False
    if finder.reading.is_cased and mention.words[0].text in finder.reading.lowercase:
        return is_there and population >= _MIDDLE
    if finder.reading.is_cased and letters < 3:
        return is_there and population >= _HUGE
    if letters < _SHORTEST.get(finder.script, 4):
        return population >= _HUGE or ((is_there or is_named) and population >= _MIDDLE)
    if not finder.reading.is_cased:
        is_bare = mention.form == mention.words[0].text or letters > 4 or is_there
        return is_bare and population >= (_MIDDLE if is_there or is_named else _LARGE)
    return is_there or is_named or population >= _LARGE


def _is_part_of_name(finder: _Finder, mention: Mention) -> bool:
    """Whether a city's name stands like a surname right behind another word with a capital."""
    words, at = mention.passage.words, mention.first
    if mention.is_locative or at == 0 or words[at].gap != " ":
        return False
    before = words[at - 1]
    is_common = before.text in finder.reading.lowercase | finder.lexicon.listed("stop")
    return before.is_capital and not before.raw.isupper() and not (at == 1 and is_common)


def _is_marked(finder: _Finder, mention: Mention) -> bool:
    """Whether an ending, a prefix or the next word says that something is there."""
    lexicon, words = finder.lexicon, mention.passage.words
    suffixes, after = lexicon.listed("at_suffix"), lexicon.listed("at_after")
    if mention.ending and any(mention.ending.endswith(suffix) for suffix in suffixes):
        return True
    whole = words[mention.first].text
    if mention.form != whole and any(whole.startswith(prefix) for prefix in lexicon.listed("at_prefix")):
        return True
    if mention.last == len(words):
        return False
    following = words[mention.last]
    if following.gap in ("'", "’") and following.text in suffixes:
        return True
    joined = "".join(word.text for word in words[mention.last : mention.last + 2])
    return following.text in after or any(joined.startswith(a) for a in after if is_unspaced(a[0]))
