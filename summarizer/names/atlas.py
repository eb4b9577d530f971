"""Countries and cities by their names in many languages: CLDR through babel, and names of our own beside it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from ..models.countries import ALPHA3_OF, alpha3, country_name
from ..text.folding import fold
from .scripts import Script, script_of
from .tables import table

_SPOKEN = {
    Script.ARABIC: "ar fa ur", Script.HEBREW: "he", Script.HAN: "zh ja zh_Hant", Script.KANA: "ja", Script.HANGUL: "ko",
    Script.GREEK: "el", Script.CYRILLIC: "ru uk bg az_Cyrl", Script.LATIN: "en tr az de fr es it pt nl pl",
    Script.INDIC: "hi",
}  # fmt: skip


def _languages(text: str, language: str | None) -> tuple[str, ...]:
    guessed = _SPOKEN.get(script_of(text), "").split()
    return tuple(dict.fromkeys(filter(None, (language, *guessed))))


@functools.cache
def countries(language: str) -> Mapping[str, str]:
    """Folded names of the countries in a language with their alpha-3 codes; empty where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {fold(str(name)): ALPHA3_OF[code] for code, name in territories.items() if code in ALPHA3_OF}


@functools.cache
def cities(language: str) -> Mapping[str, str]:
    """Folded names of the cities that time zones are called by in a language, with their English ones."""
    from babel import Locale, UnknownLocaleError

    try:
        zones = Locale.parse(language).time_zones
    except (UnknownLocaleError, ValueError):
        return {}
    english: dict[str, Any] = dict(Locale("en").time_zones)
    found: dict[str, str] = {}
    if language == "en":
        plain_names = (fold(str(zone).rsplit("/", 1)[1].replace("_", " ")) for zone in zones if _is_city(str(zone)))
        found = {name: name for name in plain_names}
    for zone, names in zones.items():
        if "city" in names and _is_city(zone):
            plain = english.get(zone, {}).get("city") or zone.rsplit("/", 1)[1].replace("_", " ")
            found[fold(str(names["city"]))] = fold(str(plain))
    return found


def _is_city(zone: str) -> bool:
    return "/" in zone and not zone.startswith("Etc/")


@functools.cache
def _others() -> Mapping[str, str]:
    """Folded names of places beside CLDR's, with the folded English ones."""
    return {
        fold(name.replace("_", " ")): fold(english.replace("_", " "))
        for english, names in table("atlas")["places"].items()
        for name in (english, *names.split())
    }


@functools.cache
def _demonyms() -> Mapping[str, str]:
    """Folded words for what belongs to a country, with its code."""
    return {
        fold(word.replace("_", " ")): code for code, text in table("atlas")["demonyms"].items() for word in text.split()
    }


@functools.lru_cache(1 << 13)
def country(text: str, language: str | None = None) -> str | None:
    """The alpha-3 code of a country by its name in its text's language or one of its script's, or None."""
    folded = fold(text)
    if not folded or (len(folded) < 3 and folded.isascii() and text.islower()):
        return None
    for code in _languages(text, language):
        if folded in countries(code):
            return countries(code)[folded]
    return _demonyms().get(folded) or alpha3(text)


@functools.lru_cache(1 << 13)
def city(text: str, language: str | None = None) -> str | None:
    """The folded usual English name of a well-known place, or None."""
    folded = fold(text)
    if folded in _others():
        return _others()[folded]
    found = next((cities(code)[folded] for code in _languages(text, language) if folded in cities(code)), None)
    return _others().get(found, found) if found else None


def called(code: str) -> str:
    """The English name of a country."""
    return country_name(code)
