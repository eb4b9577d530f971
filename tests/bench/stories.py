"""Part 5: grouping invented reports into stories, and merging each: how rightly, how fast, and in how much memory.

Run as a command it does the work on a file of briefs, in two processes, and prints what that took as JSON:

    python -m tests.bench.stories BRIEFS.jsonl

Briefs are read twice, once for their profiles and once story by story to be merged, so that never all are in memory.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from summarizer.evaluation.clustering import b_cubed
from summarizer.merge.linked import Report
from summarizer.merge.profiles import Profile, profile
from summarizer.merge.stories import cluster
from summarizer.models.brief import Brief

from .figures import Figure, Goal, Grid, Part
from .newsroom import briefs
from .options import ROOT, Options, environment
from .world import World

EACH = 5
"""Reports a story."""
_PROCESSES = 2
_CHUNK = 500
_MERGER = ("summarizer.merge.merging", "merge_reports")
_SEED = 7


@dataclass(frozen=True, slots=True)
class Work:
    """What the work on one file took, in seconds of wall time and MB, and the groups of positions it came to.

    Args:
        merging: None when there is nothing that merges.
        cpu: seconds of CPU of all processes, for all steps.
        peak_mb: of this process and, twice, of the larger of the two that helped it.
    """

    profiling: float
    grouping: float
    merging: float | None
    cpu: float
    peak_mb: float
    groups: list[list[int]]

    @property
    def seconds(self) -> float:
        """All steps."""
        return self.profiling + self.grouping + (self.merging or 0.0)


@dataclass(frozen=True, slots=True)
class Result:
    """A file's work beside the truth."""

    reports: int
    bytes: float
    work: Work
    precision: float
    recall: float
    f1: float


def run(options: Options) -> Part:
    """Measure three sizes, each twice the one before."""
    sizes = (5_000, 10_000, 20_000) if options.full else (1_000, 2_000, 4_000)
    with tempfile.TemporaryDirectory() as folder:
        results = [_result(size, Path(folder)) for size in sizes]
    notes = [f"{_PROCESSES} processes; {EACH} reports a story, {results[-1].bytes / 1000:.1f} kB a brief"]
    if results[-1].work.merging is None:
        notes.append(f"merging is left out: there is no {'.'.join(_MERGER)}")
    if not options.full:
        notes.append("goals are for 100,000 reports: --full")
    details = [asdict(result) | {"work": asdict(result.work) | {"groups": None}} for result in results]
    return Part("stories", tuple(_figures(results)), (_grid(results),), tuple(notes), details)


def _result(size: int, folder: Path) -> Result:
    path = folder / f"{size}.jsonl"
    truth: dict[int, list[int]] = defaultdict(list)
    with path.open("w", encoding="utf-8") as file:
        for number, (story, line) in enumerate(briefs(World(_SEED, size), EACH)):
            truth[story].append(number)
            file.write(line + "\n")
    command = [sys.executable, "-m", "tests.bench.stories", str(path)]
    done = subprocess.run(command, cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, check=True)
    work = Work(**json.loads(done.stdout))
    scores = b_cubed(work.groups, list(truth.values()))
    bytes_ = path.stat().st_size / (size * EACH)
    path.unlink()
    return Result(size * EACH, bytes_, work, scores.precision.value or 0, scores.recall.value or 0, scores.f1 or 0)


def _figures(results: Sequence[Result]) -> Iterator[Figure]:
    last = results[-1]
    yield Figure(f"B-cubed F1, {last.reports:,} reports", last.f1, "", Goal(0.95, at_least=True))
    yield Figure(
        f"profiles and stories, {last.reports:,} reports", last.work.profiling + last.work.grouping, "s", Goal(180)
    )
    yield Figure(f"everything, {last.reports:,} reports", last.work.seconds, "s", Goal(600))
    yield Figure(f"peak memory, {last.reports:,} reports", last.work.peak_mb, "MB", Goal(4000))
    for one, other in itertools.pairwise(results):
        name = f"{other.reports:,} reports for {one.reports:,}"
        yield Figure(f"CPU, {name}", other.work.cpu / one.work.cpu, "times", Goal(2.3))


def _grid(results: Sequence[Result]) -> Grid:
    columns = (
        "reports",
        "profiles s",
        "stories s",
        "merging s",
        "CPU s",
        "peak MB",
        "stories",
        "precision",
        "recall",
        "F1",
    )
    rows = tuple(
        (
            f"{result.reports:,}", f"{work.profiling:.1f}", f"{work.grouping:.1f}",
            "-" if work.merging is None else f"{work.merging:.1f}", f"{work.cpu:.1f}", f"{work.peak_mb:.0f}", f"{len(work.groups):,}",
            f"{result.precision:.4f}", f"{result.recall:.4f}", f"{result.f1:.4f}",
        )
        for result in results
        for work in (result.work,)
    )  # fmt: skip
    return Grid("stories from invented reports", columns, rows)


def work(path: Path) -> Work:
    """Group the briefs of a file of JSON lines into stories and merge each."""
    offsets = _offsets(path)
    with ProcessPoolExecutor(_PROCESSES) as pool:
        start = time.perf_counter()
        chunks = [offsets[at : at + _CHUNK] for at in range(0, len(offsets), _CHUNK)]
        profiles = [one for part in pool.map(_profiles, [path] * len(chunks), chunks) for one in part]
        profiled = time.perf_counter()
        groups = cluster(profiles)
        grouped = time.perf_counter()
        merging = None
        if _merger():
            stories = [[offsets[number] for number in group] for group in groups]
            parts = [stories[at : at + _CHUNK // EACH] for at in range(0, len(stories), _CHUNK // EACH)]
            assert sum(pool.map(_merge, [path] * len(parts), parts)) == len(groups)
            merging = time.perf_counter() - grouped
    return Work(profiled - start, grouped - profiled, merging, _cpu(), _peak_mb(), [list(group) for group in groups])


def _offsets(path: Path) -> list[int]:
    with path.open("rb") as file:
        return [0, *(file.tell() for _ in iter(file.readline, b""))][:-1]


def _read(path: Path, offsets: Sequence[int]) -> Iterator[Brief]:
    with path.open("rb") as file:
        for offset in offsets:
            file.seek(offset)
            yield Brief.model_validate_json(file.readline())


def _profiles(path: Path, offsets: Sequence[int]) -> list[Profile]:
    return list(map(profile, _read(path, offsets)))


def _merge(path: Path, stories: Sequence[Sequence[int]]) -> int:
    """Merge some stories, each given by the offsets of its briefs; how many there were."""
    merger = _merger()
    assert merger
    gc.set_threshold(50_000)  # as `summarizer dossier` does
    for offsets in stories:
        merger([Report(brief) for brief in _read(path, offsets)])
    return len(stories)


def _merger() -> Callable[[Sequence[Report]], Any] | None:
    module, name = _MERGER
    try:
        found: Callable[[Sequence[Report]], Any] | None = getattr(importlib.import_module(module), name, None)
    except ModuleNotFoundError:
        return None
    return found


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _peak_mb() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (own + _PROCESSES * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stories")
    parser.add_argument("briefs", type=Path)
    sys.stdout.write(json.dumps(asdict(work(parser.parse_args().briefs))))
