"""Part 3: cold starts, each a new interpreter, beside `python -c pass` of the same round."""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import news
from .figures import Figure, Goal, Grid, Part
from .options import ROOT, Options, environment
from .serving import serving

_BARE, _HELP, _IMPORT, _BRIEF, _SHOWN = (
    "python -c pass",
    "summarizer --help",
    "import summarizer",
    "brief",
    "brief shown",
)
_OPENAI, _LIVE, _LIVE_EL = "import openai", "first live request, English", "first live request, Greek"
_LANGUAGES = {_LIVE: "en", _LIVE_EL: "el"}
"""Live starts by the language of their report: English needs the language detector, Greek is told by its script."""
_CLIENTS = ("openai", "instructor", "httpx", "httpx2", "aiohttp")
_HEAVY = (*_CLIENTS, "fastapi", "numpy", "rich")
_IMPORTED = re.compile(r"import time: +(\d+) \| +\d+ \| *(\S+)")


@dataclass(frozen=True, slots=True)
class Spent:
    """What one start took, in milliseconds; CPU is user and system time together."""

    wall: float
    cpu: float


@dataclass(slots=True)
class Starts:
    """The starts measured, by name, one entry a round."""

    rounds: dict[str, list[Spent]] = field(default_factory=dict)

    def add(self, name: str, spent: Spent) -> None:
        """One more round."""
        self.rounds.setdefault(name, []).append(spent)

    def times(self, name: str, base: str) -> list[float]:
        """How many times the CPU of `base` of the same round, for each round: neighbours disturb wall time more."""
        return [mine.cpu / other.cpu for mine, other in zip(self.rounds[name], self.rounds[base], strict=True)]


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A report with a recording of its reply."""

    report: Path
    replies: Path
    what: str


def run(options: Options) -> Part:
    """Measure all starts, in an order that turns round every time; the first round only warms the disk."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        recorded = _recorded(home)
        commands = _commands(recorded)
        starts = Starts()
        for number in range(2 * options.repeats + 1):
            for name in sorted([*commands, *_LANGUAGES], reverse=bool(number % 2)):
                language = _LANGUAGES.get(name)
                spent = _first_request(home, language) if language else _timed(commands[name], home)
                if number:
                    starts.add(name, spent)
        imported = {name: _imports(commands[name], home) for name in (_HELP, _IMPORT, _BRIEF)}
    loaded = sorted(set(imported[_BRIEF]) & set(_HEAVY))
    notes = [
        f"the recorded brief is of {recorded.what}; of {', '.join(_HEAVY)} it imports {', '.join(loaded) or 'none'}"
    ]
    return Part(
        "starts",
        tuple(_figures(starts, sum(client in imported[_BRIEF] for client in _CLIENTS))),
        (_grid(starts), _import_grid(imported)),
        tuple(notes),
        _details(starts),
    )


def _commands(recorded: _Recorded) -> dict[str, list[str]]:
    script = Path(sys.executable).with_name("summarizer")
    ours = [str(script)] if script.is_file() else [sys.executable, "-m", "summarizer"]
    brief = [*ours, "brief", str(recorded.report), "--replies", str(recorded.replies)]
    return {
        _BARE: [sys.executable, "-c", "pass"],
        _HELP: [*ours, "--help"],
        _IMPORT: [sys.executable, "-c", "import summarizer"],
        _BRIEF: [*brief, "--format", "json"],
        _SHOWN: brief,
        _OPENAI: [sys.executable, "-c", "import openai"],
    }


def _recorded(home: Path) -> _Recorded:
    """A seed with its recorded reply; where there are none yet, an invented report and a stub's reply."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    replies = ROOT / "seeds" / "replies.jsonl"
    if seeds and replies.is_file():
        return _Recorded(seeds[0], replies, f"seeds/{seeds[0].name}")
    report, replies = home / "report.txt", home / "replies.jsonl"
    report.write_text(news.reports(1, languages=["el"])[0], "utf-8")
    with serving() as server:
        command = [sys.executable, "-m", "summarizer", "brief", str(report), "--model", "openai/stub", "--no-cache"]
        command += ["--base-url", server.url, "--record", str(replies), "--format", "json"]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment(home))
    return _Recorded(report, replies, "an invented report, recorded from the stub (seeds/replies.jsonl does not exist)")


def _timed(command: Sequence[str], home: Path) -> Spent:
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=environment(home)
    )
    assert process.stderr is not None
    said = process.stderr.read()
    spent = _ended(process, began)
    process.stderr.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {said.decode(errors='replace')[-500:]}")
    return spent


def _ended(process: subprocess.Popen[bytes], began: float) -> Spent:
    """Wait for a process and say what it took."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(1000 * (time.perf_counter() - began), 1000 * (usage.ru_utime + usage.ru_stime))


def _first_request(home: Path, language: str) -> Spent:
    """From the start of a live brief to the first byte of its request; the process is then ended."""
    report = home / "live.txt"
    report.write_text(news.reports(1, languages=[language])[0], "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        command = [sys.executable, "-m", "summarizer", "brief", str(report), "--model", "openai/stub"]
        command += ["--base-url", f"http://127.0.0.1:{listener.getsockname()[1]}/v1", "--store", str(home / "s.sqlite")]
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment(home)
        )
        try:
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(60)
                connection.recv(1)
        finally:
            process.kill()
            spent = _ended(process, began)
    return spent


def _imports(command: Sequence[str], home: Path) -> Counter[str]:
    """Milliseconds that a command spends on importing each top package, by `-X importtime`."""
    variables = environment(home) | {"PYTHONPROFILEIMPORTTIME": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=variables)
    spent: Counter[str] = Counter()
    for microseconds, module in _IMPORTED.findall(done.stderr):
        spent[module.split(".")[0]] += int(microseconds)
    return Counter({name: round(total / 1000) for name, total in spent.items()})


def _figures(starts: Starts, clients: int) -> Iterator[Figure]:
    goals = ((_HELP, 6.0), (_IMPORT, 4.0), (_BRIEF, 30.0), (_SHOWN, 30.0))
    names = {_BRIEF: "a brief from a recording, as JSON", _SHOWN: "a brief from a recording, on the terminal"}
    for name, limit in goals:
        times = starts.times(name, _BARE)
        shown = names.get(name, name)
        yield Figure(shown, statistics.median(times), "x python -c pass", Goal(limit), min(times), max(times))
    yield Figure("HTTP clients imported by a brief from a recording", float(clients), "", Goal(0))
    for name in _LANGUAGES:
        times = starts.times(name, _OPENAI)
        yield Figure(f"{name}, leaves", statistics.median(times), "x import openai", Goal(1.2), min(times), max(times))


def _grid(starts: Starts) -> Grid:
    rows = []
    for name, rounds in starts.rounds.items():
        wall, cpu = (statistics.median(getattr(spent, what) for spent in rounds) for what in ("wall", "cpu"))
        rows.append((name, f"{cpu:.0f}", f"{wall:.0f}", f"{statistics.median(starts.times(name, _BARE)):.1f}"))
    rows.sort(key=lambda row: float(row[1]))
    return Grid("Starts: medians", ("start", "CPU ms", "wall ms", f"CPU x {_BARE}"), tuple(rows))


def _import_grid(imported: dict[str, Counter[str]]) -> Grid:
    rows = tuple(
        (name, ", ".join(f"{package} {spent}" for package, spent in found.most_common(10) if spent))
        for name, found in imported.items()
    )
    return Grid("Milliseconds on imports, under -X importtime", ("start", "packages"), rows)


def _details(starts: Starts) -> list[dict[str, Any]]:
    return [
        {
            "start": name,
            "wall_ms": [round(spent.wall, 2) for spent in rounds],
            "cpu_ms": [round(s.cpu, 2) for s in rounds],
        }
        for name, rounds in starts.rounds.items()
    ]
