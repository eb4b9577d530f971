"""Words that the offline engine looks for: what the keys mean (`concepts.toml`) and a file for each language.

A phrase is a row of stems. A stem stands for every word that begins like it; `=word` for that word alone, `*stem` for
every word that holds it. Up to one other word may stand between the stems of a phrase, unless one of them is shorter
than three letters. In scripts without spaces a phrase is looked for anywhere.
"""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple

from ...text.folding import fold, is_unspaced, tokens
from .reading import Passage, Word

_KEY = 3


class Stem(NamedTuple):
    """One word of a phrase, folded; `kind` is "", "=" or "*"."""

    text: str
    kind: str

    def fits(self, word: Word) -> bool:
        """Whether a word of a report is meant."""
        if self.kind == "=":
            return self.text in word.forms
        if self.kind == "*":
            return self.text in word.text
        return any(form.startswith(self.text) for form in word.forms)


class Hit(NamedTuple):
    """A phrase found: the words `first:last` of a passage."""

    key: str
    first: int
    last: int


class Matcher:
    """Finds phrases in passages.

    Args:
        phrases: comma-separated phrases by the key that they mean.
    """

    def __init__(self, phrases: Mapping[str, str]):
        self._by_start: dict[str, list[tuple[str, tuple[Stem, ...]]]] = defaultdict(list)
        self._inside: list[tuple[str, tuple[Stem, ...]]] = []
        self._unspaced: list[tuple[str, str]] = []
        for key, text in phrases.items():
            for phrase in text.split(","):
                self._add(key, phrase)

    def _add(self, key: str, phrase: str) -> None:
        stems = tuple(_stems(phrase))
        if not stems:
            return
        if is_unspaced(stems[0].text[0]):
            self._unspaced.append((key, "".join(stem.text for stem in stems)))
        elif stems[0].kind == "*":
            self._inside.append((key, stems))
        else:
            self._by_start[stems[0].text[:_KEY]].append((key, stems))

    def find(self, passage: Passage) -> list[Hit]:
        """The phrases of a passage, in their order; of two that overlap, the longer one."""
        found = [*self._spaced_hits(passage.words)]
        if self._unspaced:
            found += self._unspaced_hits(passage)
        return _longest(found)

    def _spaced_hits(self, words: Sequence[Word]) -> Iterator[Hit]:
        for at, word in enumerate(words):
            starts = dict.fromkeys(form[:size] for form in word.forms for size in range(1, _KEY + 1))
            for start in starts:
                for key, stems in self._by_start.get(start, ()):
                    last = _follow(words, at, stems)
                    if last:
                        yield Hit(key, at, last)
            for key, stems in self._inside:
                last = _follow(words, at, stems)
                if last:
                    yield Hit(key, at, last)

    def _unspaced_hits(self, passage: Passage) -> Iterator[Hit]:
        starts: list[int] = []
        size = 0
        for word in passage.words:
            starts.append(size)
            size += len(word.text)
        text = "".join(word.text for word in passage.words)
        places = {start: number for number, start in enumerate(starts)}
        for key, phrase in self._unspaced:
            at = text.find(phrase)
            while at >= 0:
                first, last = places.get(at), places.get(at + len(phrase), len(starts))
                if first is not None and last > first:
                    yield Hit(key, first, last)
                at = text.find(phrase, at + 1)


def _follow(words: Sequence[Word], at: int, stems: Sequence[Stem]) -> int | None:
    """The end of a phrase that begins at a word, or None."""
    if not stems[0].fits(words[at]):
        return None
    spare = 0 if any(len(stem.text) < 3 for stem in stems) else 1
    end = at + 1
    for stem in stems[1:]:
        place = next((k for k in range(end, min(end + 1 + spare, len(words))) if stem.fits(words[k])), None)
        if place is None:
            return None
        end = place + 1
    return end


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (h.first - h.last, h.first, h.key)):
        span = range(hit.first, hit.last)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(hit)
    return sorted(kept, key=lambda h: h.first)


def _stems(phrase: str) -> Iterator[Stem]:
    for part in phrase.split():
        kind = part[0] if part[0] in "=*" else ""
        for token in tokens(fold(part[len(kind) :])):
            yield Stem(token.text, kind)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known about one language.

    Args:
        code: the language whose file is used, None when no file fits.
        titles: titles of persons.
        organizations: cues of organizations.
        events: cues of PLOVER types, as TYPE or TYPE/mode.
        cues: the other word lists, each under its key.
        words: their plain words, folded, for the lists that are sets of words.
        endings: letters that may follow a stem as a case ending.
    """

    code: str | None
    titles: Matcher
    organizations: Matcher
    events: Matcher
    cues: Matcher
    words: Mapping[str, frozenset[str]]
    endings: int

    def listed(self, name: str) -> frozenset[str]:
        """The folded words of a list; empty when the language has none."""
        return self.words.get(name, frozenset())


_WORD_SETS = ("stop", "given", "surnames", "portfolio", "at_suffix", "at_prefix", "at_after")


@functools.cache
def concepts() -> dict[str, Any]:
    """The content of `concepts.toml`."""
    return tomllib.loads(files(__package__).joinpath("concepts.toml").read_text("utf-8"))


@functools.cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; that of a close relative, or an empty one, where it has no file."""
    known = {entry.name.removesuffix(".toml") for entry in files(__package__).joinpath("languages").iterdir()}
    code = language if language in known else concepts()["relatives"].get(language)
    data: dict[str, dict[str, str]] = {}
    if code:
        data = tomllib.loads(files(__package__).joinpath("languages", f"{code}.toml").read_text("utf-8"))
    lists = data.get("words", {})
    endings = concepts()["endings"]
    return Lexicon(
        code=code,
        titles=Matcher(data.get("titles", {})),
        organizations=Matcher(data.get("organizations", {})),
        events=Matcher(data.get("events", {})),
        cues=Matcher({key: text for key, text in lists.items() if key not in _WORD_SETS}),
        words={key: _word_set(lists[key]) for key in _WORD_SETS if key in lists},
        endings=int(endings.get(language, endings["default"])),
    )


def _word_set(text: str) -> frozenset[str]:
    return frozenset(fold(word.strip("=")) for part in text.split(",") for word in part.split())


@functools.cache
def named_matcher(section: str) -> Matcher:
    """The names of a section of `concepts.toml` (agencies, platforms), each matched whole."""
    return Matcher({key: "=" + text.replace(", ", ",=") for key, text in concepts()[section].items()})


@functools.cache
def addressed_matcher() -> Matcher:
    """Phrases that speak to a machine, in all languages together."""
    return Matcher(concepts()["addressed"])
