"""Where a report names persons, in scripts without capitals: names after a title, or beginning with a known name.

Arabic script, Hebrew and the scripts of India put the title before the name; how far a name goes is told by function
words and common verbs (`stop` in the language files), punctuation, and what else has been recognised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .lexicon import Hit, Lexicon
from .people import Known, Naming
from .reading import Passage, Reading, Word

_LINKS = frozenset("بن ابن ابو عبد ال آل طیب بنت בן אבו".split())
"""Words inside a name after which it goes on."""
_QUOTES = frozenset(" «\"'“”„»‘’")
_MAX_SKIPPED = 5
_ARTICLE = "ال"
_ARTICLES = {"ar": _ARTICLE, "he": "ה"}
"""The article; between a title and a name it marks what the title is for (`the foreign minister the Turkish ...`)."""
_ARABIC_NAMES_STAND_OUT = frozenset({"fa", "ur"})
"""Languages of Arabic script in which only Arabic names have the article."""


def find_in_caseless(reading: Reading, lexicon: Lexicon, known_of: Sequence[Known]) -> list[Naming]:
    """The persons that a report in a script with spaces and without capitals names."""
    found: list[Naming] = []
    for passage, facts in zip(reading.passages, known_of, strict=True):
        there = [*_after_titles(passage, facts, lexicon, reading.language)]
        covered = {place for naming in there for place in range(naming.first, naming.last)}
        there += _by_given_name(passage, facts, lexicon, covered)
        found += there
    often = Counter(form for passage in reading.passages for word in passage.words for form in word.forms)
    trimmed = [_trimmed(naming, often, lexicon.listed("given")) for naming in found]
    return [n for n in trimmed if n is not None] + _by_article(reading, lexicon, known_of, found)


def _trimmed(naming: Naming, often: Counter[str], given: frozenset[str]) -> Naming | None:
    """A naming without a second word that is probably a verb, or None when its only word comes once and is no name.

    A first word that comes again, alone, is a surname; what follows it only here is not part of the name.
    """
    first, *rest = naming.words
    is_known = first.text in given
    if rest and not is_known and often[first.text] >= 2 and often[rest[-1].text] == 1:
        return Naming(naming.passage, naming.first, naming.first + 1, naming.title)
    return naming if rest or is_known or often[first.text] >= 2 else None


def _after_titles(passage: Passage, facts: Known, lexicon: Lexicon, language: str) -> Iterator[Naming]:
    for hit in facts.titles:
        first = _skip(passage, hit.last, facts, lexicon, language)
        last = _end_of_name(passage, first, facts, lexicon, is_opened=True)
        if last > first:
            yield Naming(passage, first, last, hit)


def _skip(passage: Passage, at: int, facts: Known, lexicon: Lexicon, language: str) -> int:
    """The first word after a title that can open a name: past portfolios, countries and other titles."""
    words, end = passage.words, min(len(passage.words), at + _MAX_SKIPPED)
    titles = {place for hit in facts.titles for place in range(hit.first, hit.last)}
    while at < end and not _is_break(words[at]):
        is_portfolio = any(form in lexicon.listed("portfolio") for form in words[at].forms)
        article = _ARTICLES.get(language)
        is_attribute = article is not None and words[at].text.startswith(article) and len(words[at].text) > 3
        if not (is_portfolio or is_attribute or at in facts.taken or at in facts.cities or at in titles):
            break
        at += 1
    return at


def _end_of_name(passage: Passage, first: int, facts: Known, lexicon: Lexicon, is_opened: bool) -> int:
    words, last = passage.words, first
    most = first + 2
    while last < min(most, len(words)):
        word = words[last]
        if last > first and _is_break(word):
            break
        if last == first and is_opened and _is_break(word) and not set(word.gap) <= _QUOTES:
            break
        if not _may_name(word, last, facts, lexicon):
            break
        if word.text in _LINKS:
            most += 1
        last += 1
    return last


def _may_name(word: Word, at: int, facts: Known, lexicon: Lexicon) -> bool:
    titles = {place for hit in facts.titles for place in range(hit.first, hit.last)}
    if at in facts.taken or at in facts.cities or at in titles or len(word.text) < 2:
        return False
    stop = lexicon.listed("stop")
    return not any(char.isdigit() for char in word.text) and not any(form in stop for form in word.forms)


def _is_break(word: Word) -> bool:
    """Whether punctuation stands before a word."""
    return bool(word.gap.strip(" \u00a0\u200c-"))


def _by_given_name(passage: Passage, facts: Known, lexicon: Lexicon, covered: set[int]) -> Iterator[Naming]:
    given = lexicon.listed("given")
    at = 0
    while at < len(passage.words) - 1:
        if passage.words[at].text in given and at not in covered and at not in facts.taken:
            last = _end_of_name(passage, at, facts, lexicon, is_opened=False)
            if last - at >= 2:
                yield Naming(passage, at, last)
                at = last
                continue
        at += 1


def _by_article(reading: Reading, lexicon: Lexicon, known_of: Sequence[Known], found: Sequence[Naming]) -> list[Naming]:
    """Names with the Arabic article in Persian and Urdu, when they come twice."""
    if reading.language not in _ARABIC_NAMES_STAND_OUT:
        return []
    covered = {(naming.passage.number, at) for naming in found for at in range(naming.first, naming.last)}
    places: list[tuple[Passage, Known, int]] = []
    for passage, facts in zip(reading.passages, known_of, strict=True):
        for at, word in enumerate(passage.words):
            is_article = word.text.startswith(_ARTICLE) and len(word.text) >= 5
            if is_article and (passage.number, at) not in covered and _may_name(word, at, facts, lexicon):
                places.append((passage, facts, at))
    often = Counter(passage.words[at].text for passage, _, at in places)
    return [_with_given_name(*place, lexicon) for place in places if often[place[0].words[place[2]].text] >= 2]


def _with_given_name(passage: Passage, facts: Known, at: int, lexicon: Lexicon) -> Naming:
    before = at - 1
    if before >= 0 and not _is_break(passage.words[at]) and _may_name(passage.words[before], before, facts, lexicon):
        return Naming(passage, before, at + 1, _title_after(facts, at + 1))
    return Naming(passage, at, at + 1, _title_after(facts, at + 1))


def _title_after(facts: Known, at: int) -> Hit | None:
    return next((hit for hit in facts.titles if hit.first == at), None)
