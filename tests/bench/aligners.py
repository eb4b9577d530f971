"""Ways to find a quote in its source, and one measurement of them all.

Run as a command it measures langextract, which may live in another environment, and prints the outcome as JSON:

    python -m tests.bench.aligners langextract --size 2500 --sources 3 --each 5
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from .cases import CaseSet, Kind, Plan, case_set

LANGUAGES = ("en", "el", "fa", "zh")
_SIMILAR = 75.0
"""rapidfuzz's score from which it answers."""


class Place(NamedTuple):
    """Where a quote was found, in code points; both None when it was not."""

    start: int | None
    end: int | None


NOWHERE = Place(None, None)
Locate = Callable[[Sequence[str]], list[Place]]
"""Finds quotes in the source it was made for."""


@dataclass(frozen=True, slots=True)
class Sample:
    """How much is measured: characters a source, sources a language, quotes of each kind a source."""

    size: int
    sources: int
    each: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How a method did on one kind of quote in one language; `microseconds` of CPU a quote, the median over sources."""

    method: str
    size: int
    language: str
    kind: str
    asked: int
    right: int
    microseconds: float


def summarizer(cases: CaseSet) -> Locate:
    """This package's own; the source is folded before the clock runs."""
    from summarizer.grounding.align import Source
    from summarizer.text.folding import fold, tokens

    names = frozenset(token.text for name in cases.names for token in tokens(fold(name)))
    source = Source(cases.source, cases.language, names)
    source.folded.position(0)

    def locate(quotes: Sequence[str]) -> list[Place]:
        found = [source.locate(quote) for quote in quotes]
        return [Place(place.start, place.end) if place else NOWHERE for place in found]

    return locate


def rapidfuzz(cases: CaseSet) -> Locate:
    """rapidfuzz alone, on texts folded by this package."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    from summarizer.text.folding import Folded, fold

    folded = Folded(cases.source)

    def one(quote: str) -> Place:
        hit = partial_ratio_alignment(fold(quote), folded.text, score_cutoff=_SIMILAR)
        span = folded.span(hit.dest_start, hit.dest_end) if hit and hit.dest_end > hit.dest_start else None
        return Place(*span) if span else NOWHERE

    return lambda quotes: [one(quote) for quote in quotes]


def langextract(cases: CaseSet, unicode: bool = False) -> Locate:
    """langextract's resolver, all quotes of a source in one call, as it is used.

    Args:
        cases: the source.
        unicode: with its tokenizer for all scripts and without partial matches.
    """
    from langextract import resolver
    from langextract.core import data, tokenizer

    options: dict[str, Any] = {}
    if unicode:
        options = {"tokenizer_inst": tokenizer.UnicodeTokenizer(), "accept_match_lesser": False}

    def locate(quotes: Sequence[str]) -> list[Place]:
        made = [data.Extraction(extraction_class="quote", extraction_text=quote) for quote in quotes]
        list(resolver.Resolver().align(made, cases.source, 0, 0, **options))
        spans = [extraction.char_interval for extraction in made]
        return [Place(span.start_pos, span.end_pos) if span else NOWHERE for span in spans]

    return locate


METHODS: dict[str, Callable[[CaseSet], Locate]] = {
    "summarizer": summarizer,
    "rapidfuzz": rapidfuzz,
    "langextract": langextract,
    "langextract, Unicode": lambda cases: langextract(cases, unicode=True),
}


def measure(method: str, sample: Sample) -> Iterable[Tally]:
    """CPU time and correctness of a method on every kind of quote, a tally a language and kind.

    One more source goes first, so that what is loaded once a process is not counted; each quote is looked up once.
    """
    for language in LANGUAGES:
        prepare = METHODS[method]
        warm = case_set(Plan(language, min(sample.size, 2500), 2, seed=-1))
        prepare(warm)([case.quote for case in warm.cases])
        sets = [case_set(Plan(language, sample.size, sample.each, seed)) for seed in range(sample.sources)]
        located = [(cases, prepare(cases)) for cases in sets]
        for kind in Kind:
            times, asked, right = [], 0, 0
            for cases, locate in located:
                wanted = [case for case in cases.cases if case.kind is kind]
                if not wanted:
                    continue
                began = time.process_time()
                places = locate([case.quote for case in wanted])
                times.append((time.process_time() - began) / len(wanted))
                asked += len(wanted)
                right += sum(case.accepts(*place) for case, place in zip(wanted, places, strict=True))
            yield Tally(method, sample.size, language, kind, asked, right, 1e6 * statistics.median(times))


def main() -> None:
    """Measure one method and print its tallies, a JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("method", choices=METHODS)
    parser.add_argument("--size", type=int, default=2500)
    parser.add_argument("--sources", type=int, default=3)
    parser.add_argument("--each", type=int, default=5)
    given = parser.parse_args()
    for tally in measure(given.method, Sample(given.size, given.sources, given.each)):
        sys.stdout.write(json.dumps(asdict(tally)) + "\n")


if __name__ == "__main__":
    main()
