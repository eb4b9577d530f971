"""Persons of a report: all the places where one is named, taken together.

Full names are one person's when their words are the same up to case endings, or when two scripts spell the same sounds.
A surname alone belongs to the one person of that surname; where there are two it is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ...models.plover import Sector
from ...text.folding import is_unspaced
from . import people
from .gazetteer import script_of
from .lexicon import Lexicon, concepts
from .mentions import Mention
from .people import Known, Naming
from .people_caseless import find_in_caseless
from .people_east_asian import find_in_east_asian
from .reading import Reading, Word
from .transliteration import transliterated

_EAST_ASIAN = frozenset({"zh", "ja", "ko", "yue"})
_MOST = 600
"""Places with a name that are compared with each other."""
_SAME_SOUND = 78
"""Similarity, of 100, of two transliterations from different scripts that are one name."""
_SUFFIXES = {"az": ("nın", "nin", "nun", "nün", "ın", "in", "un", "ün", "la", "lə", "dan", "dən")}
"""Case endings that are written on to a name without an apostrophe."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whom a report names.

    Args:
        name: in Latin letters, without title.
        wording: as the report spells it, in the form it has most often.
        role: title in English, None when the report gives none.
        country: ISO 3166-1 alpha-3, None when none stands beside the title.
        sentences: where the name stands.
    """

    name: str
    wording: str
    role: str | None
    sector: Sector | None
    country: str | None
    sentences: tuple[int, ...]


def find_persons(
    reading: Reading, lexicon: Lexicon, known_of: Sequence[Known], places: Sequence[Mention]
) -> list[Person]:
    """The persons of a report, in the order in which they are first named."""
    if reading.is_cased:
        namings = people.find_in_cased(reading, lexicon, known_of)
    elif reading.language in _EAST_ASIAN:
        namings = find_in_east_asian(reading, lexicon, known_of)
    else:
        namings = find_in_caseless(reading, lexicon, known_of)
    namings.sort(key=lambda naming: naming.words[0].start)
    groups = _grouped(namings[:_MOST], lexicon.endings)
    return [_person(group, reading, places) for group in groups]


def _grouped(namings: Sequence[Naming], endings: int) -> list[list[Naming]]:
    groups: list[list[Naming]] = []
    for naming in namings:
        if len(naming.words) > 1:
            group = next((g for g in groups if _is_same(g[0], naming, endings)), None)
            groups.append([naming]) if group is None else group.append(naming)
    surnames = [group[0].words[-1] for group in groups]
    alone: list[list[Naming]] = []
    for naming in namings:
        if len(naming.words) > 1:
            continue
        word = naming.words[0]
        owners = [k for k, surname in enumerate(surnames) if _same_word(word, surname, endings)]
        if len(owners) == 1:
            groups[owners[0]].append(naming)
        elif not owners:
            group = next((g for g in alone if _same_word(g[0].words[0], word, endings)), None)
            alone.append([naming]) if group is None else group.append(naming)
    return sorted([*groups, *alone], key=lambda g: min(naming.words[0].start for naming in g))


def _is_same(one: Naming, other: Naming, endings: int) -> bool:
    mine, theirs = one.words, other.words
    if is_unspaced(mine[0].text[0]) and is_unspaced(theirs[0].text[0]):
        texts = sorted((one.wording, other.wording), key=len)
        return texts[1].startswith(texts[0]) or texts[1].endswith(texts[0])
    if script_of(mine[0].raw[0]) != script_of(theirs[0].raw[0]):
        similar = fuzz.ratio(transliterated(one.wording).lower(), transliterated(other.wording).lower())
        return similar >= _SAME_SOUND
    if len(mine) == len(theirs):
        return all(_same_word(a, b, endings) for a, b in zip(mine, theirs, strict=True))
    short, long = sorted((mine, theirs), key=len)
    ends = zip(short, long[-len(short) :], strict=True)
    return _same_word(mine[-1], theirs[-1], endings) and (
        _same_word(mine[0], theirs[0], endings) or all(_same_word(a, b, endings) for a, b in ends)
    )


def _same_word(one: Word, other: Word, endings: int) -> bool:
    """Whether two words are one up to case endings."""
    if one.text == other.text or set(one.forms) & set(other.forms):
        return True
    short, long = sorted((one.text, other.text), key=len)
    common = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return endings > 1 and common >= 4 and len(short) - common <= 1 and len(long) - common <= endings


def _person(group: Sequence[Naming], reading: Reading, places: Sequence[Mention]) -> Person:
    full = [naming for naming in group if len(naming.words) == max(len(n.words) for n in group)] or list(group)
    wording = _plain_form(full, reading)
    titled = [naming for naming in group if naming.title]
    key = Counter(naming.title.key for naming in titled if naming.title).most_common(1)
    concept: Mapping[str, str] = concepts()["titles"][key[0][0]] if key else {}
    countries = [country for naming in titled if (country := _country_beside(naming, places))]
    return Person(
        name=transliterated(wording),
        wording=wording,
        role=concept.get("english") or None,
        sector=Sector(concept["sector"]) if "sector" in concept else None,
        country=countries[0] if countries else None,
        sentences=tuple(dict.fromkeys(naming.passage.number for naming in group)),
    )


def _plain_form(namings: Sequence[Naming], reading: Reading) -> str:
    """The form of a name that is most often used, the shortest of those, without an ending written on to it."""
    forms = Counter(naming.wording for naming in namings)
    wording = min(forms, key=lambda form: (-forms[form], len(form), form))
    last = wording.split()[-1]
    seen = {word.raw for passage in reading.passages for word in passage.words}
    for suffix in sorted(_SUFFIXES.get(reading.language, ()), key=len, reverse=True):
        bare = last.removesuffix(suffix)
        if bare != last and (bare in seen or len(bare) >= 5):
            return wording[: -len(suffix)]
    return wording


def _country_beside(naming: Naming, places: Sequence[Mention]) -> str | None:
    """The country named next to a title: its adjective, or its name unless something is said to be there."""
    if naming.title is None:
        return None
    first, last = min(naming.title.first, naming.first) - 3, max(naming.title.last, naming.last)
    near = [
        mention
        for mention in places
        if mention.passage is naming.passage
        and first <= mention.first < last + (2 if naming.title.first >= naming.last else 0)
        and mention.kind != "city"
        and not mention.is_locative
    ]
    title = naming.title
    return min(near, key=lambda m: (abs(m.first - title.first), m.first)).country if near else None
