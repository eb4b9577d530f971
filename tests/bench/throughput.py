"""Part 1: what a report costs, how near to ideal many of them run, and what they hold in memory.

All clients get the same reports and the same replies from a stub server in another process, whose time is not counted.
"""

from __future__ import annotations

import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from . import news
from .clients import CLIENTS, Job, Outcome
from .figures import Figure, Goal, Grid, Part
from .options import ROOT, Options, environment
from .serving import serving

_OURS, _OPENAI, _AIOHTTP, _INSTRUCTOR, *_OBSERVED = CLIENTS
_ROUND = 192
_WARM = 96
_IN_FLIGHT = 32
_WAVES = {32: 8, 128: 4, 512: 4}
_WALL_GOALS = {32: 1.03, 128: 1.10, 512: 2.2}
_WALL_REPEATS = 3


@dataclass(frozen=True, slots=True)
class _Client:
    name: str
    process: subprocess.Popen[str]

    def run(self, job: Job, expected: int) -> Outcome:
        """One run; an error when a report did not come out right."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asdict(job)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the client {self.name} ended early")
        outcome = Outcome(**json.loads(line))
        if outcome.good != expected:
            raise RuntimeError(f"{self.name}: {outcome.good} of {expected} reports came out right")
        return outcome


@dataclass(slots=True)
class _Measured:
    """CPU milliseconds a report by client, one entry a round."""

    cpu: dict[str, list[float]] = field(default_factory=dict)

    def times(self, name: str, base: str) -> list[float]:
        """The ratio of two clients in each round."""
        return [mine / other for mine, other in zip(self.cpu[name], self.cpu[base], strict=True)]


def run(options: Options) -> Part:
    """Measure CPU, wall time and memory."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        measured = _cpu(home, options)
        walls = _walls(home, options)
        memory = _memory(home, options)
    figures = [*_cpu_figures(measured), *_wall_figures(walls), *_memory_figures(memory)]
    details: list[dict[str, Any]] = [{"client": name, "cpu_ms": cpu} for name, cpu in measured.cpu.items()]
    details += [asdict(wall) for wall in walls]
    details += [{"reports": count, "peak_mb": outcome.peak_mb} for count, outcome in memory.items()]
    note = (
        f"{options.repeats} rounds of {_ROUND} reports of 2.5 kB in {len(news.LANGUAGES)} languages, {_IN_FLIGHT} in "
        "flight; the peers get their requests rendered and check their replies with Pydantic, ours does everything"
    )
    return Part("throughput", tuple(figures), (_grid(measured),), (note,), details)


@contextlib.contextmanager
def _client(name: str, home: Path) -> Iterator[_Client]:
    command = [sys.executable, "-m", "tests.bench.clients", name]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment(home)
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield _Client(name, process)
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def _write(path: Path, texts: Iterable[str]) -> str:
    with path.open("w", encoding="utf-8") as stream:
        for text in texts:
            stream.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
    return str(path)


def _cpu(home: Path, options: Options) -> _Measured:
    """All clients take turns, in an order that turns round every time; each round has reports of its own."""
    texts = news.reports(_WARM + options.repeats * _ROUND)
    warm = _write(home / "warm.jsonl", texts[:_WARM])
    measured = _Measured({name: [] for name in CLIENTS})
    with serving() as server, contextlib.ExitStack() as stack:
        clients = [stack.enter_context(_client(name, home)) for name in CLIENTS]
        for client in clients:
            client.run(Job(warm, server.url, _IN_FLIGHT), _WARM)
        for number in range(options.repeats):
            first = _WARM + number * _ROUND
            path = _write(home / "round.jsonl", texts[first : first + _ROUND])
            for client in clients[:: -1 if number % 2 else 1]:
                outcome = client.run(Job(path, server.url, _IN_FLIGHT), _ROUND)
                measured.cpu[client.name].append(1000 * outcome.cpu / _ROUND)
    return measured


@dataclass(frozen=True, slots=True)
class _Wall:
    """Wall time and the client's CPU over the ideal, in which every request is sent the moment it may be."""

    client: str
    in_flight: int
    wall: tuple[float, ...]
    cpu: tuple[float, ...]


def _walls(home: Path, options: Options) -> list[_Wall]:
    walls = []
    warm = _write(home / "warm.jsonl", news.reports(_WARM))
    with serving() as quick, serving(latency=1.0) as slow:
        for name in [name for name in CLIENTS if name not in _OBSERVED] if options.full else [_OURS]:
            with _client(name, home) as client:
                client.run(Job(warm, quick.url, _IN_FLIGHT), _WARM)
                for in_flight, waves in _WAVES.items():
                    path = _write(home / "wall.jsonl", news.reports(in_flight * waves))
                    job = Job(path, slow.url, in_flight)
                    runs = [client.run(job, in_flight * waves) for _ in range(min(_WALL_REPEATS, options.repeats))]
                    cpu, wall = tuple(r.cpu / waves for r in runs), tuple(r.wall / waves for r in runs)
                    walls.append(_Wall(name, in_flight, wall, cpu))
    return walls


def _memory(home: Path, options: Options) -> dict[int, Outcome]:
    """Our peak memory by the number of reports; no two reports are the same."""
    outcomes = {}
    texts = news.reports(1000)
    with serving() as server:
        for count in (1_000, 100_000) if options.full else (1_000,):
            path = _write(home / "memory.jsonl", (f"{i}\n{texts[i % len(texts)]}" for i in range(count)))
            with _client(_OURS, home) as client:
                outcomes[count] = client.run(Job(path, server.url, _IN_FLIGHT), count)
    return outcomes


def _cpu_figures(measured: _Measured) -> Iterator[Figure]:
    ours = measured.cpu[_OURS]
    yield Figure("CPU a report", statistics.median(ours), "ms", Goal(4), min(ours), max(ours))
    for base, limit in ((_OPENAI, 0.8), (_AIOHTTP, None), (_INSTRUCTOR, 0.35)):
        times = measured.times(_OURS, base)
        goal = Goal(limit) if limit else None
        yield Figure(f"CPU a report over {base}", statistics.median(times), "x", goal, min(times), max(times))
    for name in _OBSERVED:
        more = [1000 * (theirs - mine) for mine, theirs in zip(ours, measured.cpu[name], strict=True)]
        yield Figure(
            f"more CPU a report with {name.split()[-1]}", statistics.median(more), "us", None, min(more), max(more)
        )


def _wall_figures(walls: Sequence[_Wall]) -> Iterator[Figure]:
    for wall in walls:
        goal = Goal(_WALL_GOALS[wall.in_flight]) if wall.client == _OURS else None
        name = f"{wall.client}: wall at 1 s latency, {wall.in_flight} in flight"
        yield Figure(name, statistics.median(wall.wall), "x ideal", goal, min(wall.wall), max(wall.wall))
        yield Figure(
            "    its CPU in that time", statistics.median(wall.cpu), "x ideal", None, min(wall.cpu), max(wall.cpu)
        )


def _memory_figures(memory: dict[int, Outcome]) -> Iterator[Figure]:
    small, *large = memory.values()
    yield Figure("peak memory at 1,000 reports", small.peak_mb, "MB", Goal(150))
    for outcome in large:
        yield Figure("peak memory at 100,000 reports", outcome.peak_mb / small.peak_mb, "x that at 1,000", Goal(1.2))


def _grid(measured: _Measured) -> Grid:
    rows = []
    for name, cpu in measured.cpu.items():
        times = measured.times(name, _OPENAI)
        rows.append(
            (
                name,
                f"{statistics.median(cpu):.2f}",
                f"{min(cpu):.2f} to {max(cpu):.2f}",
                f"{statistics.median(times):.2f}",
            )
        )
    return Grid("CPU a report at zero latency", ("client", "ms, median", "ms, extremes", "x openai"), tuple(rows))
