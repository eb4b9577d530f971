"""Part 2: how fast and how rightly quotes are found in their source, beside rapidfuzz alone and langextract."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from summarizer.text.folding import Folded

from . import news
from .aligners import LANGUAGES, Sample, Tally, measure
from .cases import REFUSED, Kind
from .figures import Figure, Goal, Grid, Part
from .options import ROOT, Options

SHORT, LONG = 2_500, 250_000
_OURS = "summarizer"
_LANGEXTRACT = ("langextract", "langextract, Unicode")


@dataclass(frozen=True, slots=True)
class Summary:
    """All languages together: the share that is right, and microseconds a quote (mean over the languages)."""

    method: str
    size: int
    kind: str
    asked: int
    share: float
    microseconds: float


def run(options: Options) -> Part:
    """Measure all methods, ours first."""
    tallies: list[Tally] = []
    for size, sample in ((SHORT, Sample(SHORT, 20, 10)), (LONG, Sample(LONG, 2, 20))):
        tallies += measure(_OURS, sample)
        tallies += measure("rapidfuzz", sample if size == SHORT else Sample(LONG, 1, 5))
    notes = []
    missing = _missing_langextract(options)
    if missing:
        notes.append(f"langextract is left out: {missing}")
    else:
        samples = [(_LANGEXTRACT[0], Sample(SHORT, 3, 5)), (_LANGEXTRACT[1], Sample(SHORT, 2, 4))]
        samples += [(_LANGEXTRACT[0], Sample(LONG, 1, 3))]
        samples += [(_LANGEXTRACT[1], Sample(LONG, 1, 2))] if options.full else []
        for method, sample in samples:
            tallies += _elsewhere(options, method, sample)
    summaries = _summaries(tallies)
    folding = {size: _folding(size) for size in (SHORT, LONG)}
    grids = [_grid(size, [s for s in summaries if s.size == size]) for size in (SHORT, LONG)]
    return Part(
        "alignment",
        tuple(_figures(summaries, folding)),
        (*grids, _folding_grid(folding)),
        tuple(notes),
        [asdict(tally) for tally in tallies],
    )


def _missing_langextract(options: Options) -> str | None:
    done = subprocess.run(
        [options.peers_python, "-c", "import langextract"], capture_output=True, text=True, check=False
    )
    if not done.returncode:
        return None
    last = (done.stderr.strip().splitlines() or ["it does not start"])[-1]
    return f"{options.peers_python}: {last} (name an interpreter that has it with --peers-python)"


def _elsewhere(options: Options, method: str, sample: Sample) -> list[Tally]:
    command = [options.peers_python, "-m", "tests.bench.aligners", method, "--size", str(sample.size)]
    command += ["--sources", str(sample.sources), "--each", str(sample.each)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return [Tally(**json.loads(line)) for line in done.stdout.splitlines()]


def _folding(size: int) -> dict[str, float]:
    """Microseconds of CPU to fold one source that was not seen before, with its way back: median by language."""
    times: dict[str, float] = {}
    for language in LANGUAGES:
        spent = []
        for number in range(21 if size == SHORT else 4):
            text = news.text(random.Random(f"folding {number}"), language, size)
            began = time.process_time()
            Folded(text).position(0)
            spent.append(time.process_time() - began)
        times[language] = 1e6 * statistics.median(spent[1:])
    return times


def _summaries(tallies: Sequence[Tally]) -> list[Summary]:
    groups: dict[tuple[str, int, str], list[Tally]] = defaultdict(list)
    for tally in tallies:
        groups[tally.method, tally.size, tally.kind].append(tally)
    return [
        Summary(
            *key, sum(t.asked for t in group), 100 * sum(t.right for t in group) / sum(t.asked for t in group),
            statistics.mean(t.microseconds for t in group),
        )
        for key, group in groups.items()
    ]  # fmt: skip


def _figures(summaries: Sequence[Summary], folding: dict[int, dict[str, float]]) -> Iterator[Figure]:
    ours = {(s.size, Kind(s.kind)): s for s in summaries if s.method == _OURS}
    limits = {Kind.EXACT: 15.0, Kind.CASE_SPACE: 30.0, Kind.UNICODE: 30.0, Kind.EDITED: 100.0}
    for kind, limit in limits.items():
        yield Figure(f"{kind}, 2.5 kB", ours[SHORT, kind].microseconds, "us", Goal(limit))
    slowest = max((ours[LONG, kind] for kind in limits), key=lambda s: s.microseconds)
    yield Figure(f"slowest that is found ({slowest.kind}), 250 kB", slowest.microseconds, "us", Goal(500))
    for size, name in ((SHORT, "2.5 kB"), (LONG, "250 kB")):
        for kind in limits:
            goal = Goal(97 if kind is Kind.EDITED else 99, at_least=True)
            yield Figure(f"right, {kind}, {name}", ours[size, kind].share, "%", goal)
        for kind in (k for k in Kind if k in REFUSED):
            yield Figure(f"refused, {kind}, {name}", ours[size, kind].share, "%", Goal(100, at_least=True))
    for size, times in folding.items():
        yield Figure(f"folding a source of {size / 1000:g} kB once", statistics.mean(times.values()), "us")


def _grid(size: int, summaries: Sequence[Summary]) -> Grid:
    methods = list(dict.fromkeys(s.method for s in summaries))
    cells = {(s.method, s.kind): s for s in summaries}

    def cell(method: str, kind: Kind) -> str:
        found = cells.get((method, kind))
        return f"{found.microseconds:,.0f} us, {found.share:.3g}% (n={found.asked})" if found else ""

    rows = tuple((kind.value, *(cell(method, kind) for method in methods)) for kind in Kind)
    title = (
        f"A source of {size / 1000:g} kB: CPU a quote, share right (from absent on: refused); {', '.join(LANGUAGES)}"
    )
    return Grid(title, ("quote", *methods), rows)


def _folding_grid(folding: dict[int, dict[str, float]]) -> Grid:
    rows = tuple(
        (f"{size / 1000:g} kB", *(f"{times[language]:,.0f} us" for language in LANGUAGES))
        for size, times in folding.items()
    )
    return Grid("Folding a source once, with its way back (a text not seen before)", ("source", *LANGUAGES), rows)
