"""Part: `summarizer run` over many reports - memory, kills, faults, and the same output on every way.

Each run is a process of its own, as a user starts it; the stub server is another, whose time is not counted.
"""

from __future__ import annotations

import contextlib
import json
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import news
from .figures import Figure, Goal, Grid, Part
from .options import ROOT, Options, environment
from .serving import Server, serving

_MODEL = "openai/stub"
_RUN = """
import sys
from summarizer.cli import run
try:
    run()
finally:
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    open(sys.argv[sys.argv.index("--out") + 1] + ".peak", "w").write(peak.split()[1])
"""
_KILLS, _KILLED_REPORTS = 50, 2_000
_FAULTS, _FAULTY_REPORTS = 0.3, 2_000
_SAME_REPORTS = 300
_JOBS = 32


@dataclass(frozen=True, slots=True)
class _Home:
    """A folder of one measurement: reports, a store and an output of their own."""

    folder: Path
    server: Server

    @property
    def out(self) -> Path:
        return self.folder / "out.jsonl"

    def start(self, source: Path, *more: str, **variables: str) -> subprocess.Popen[str]:
        """The command in a process."""
        command = [sys.executable, "-c", _RUN, "run", str(source), "--out", str(self.out), "--model", _MODEL, *more]
        given = {"SUMMARIZER_BASE_URL": self.server.url, "SUMMARIZER_STORE": str(self.folder / "store.sqlite")}
        env = environment(self.folder) | given | variables
        return subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)

    def run(self, source: Path, *more: str, **variables: str) -> str:
        """The command to its end; what it said."""
        process = self.start(source, *more, **variables)
        _, said = process.communicate()
        if process.returncode not in (0, 1):
            raise RuntimeError(said)
        return said

    @property
    def peak_mb(self) -> float:
        return int(self.out.with_name("out.jsonl.peak").read_text()) / 1024


def run(options: Options) -> Part:
    """Measure all of it."""
    figures: list[Figure] = []
    details: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        memory = _memory(home, options)
        first = next(iter(memory.values()))
        figures.append(Figure("peak memory at 1,000 reports", first, "MB", Goal(150)))
        figures += [
            Figure(f"peak memory at {count:,} reports", peak / first, "x that at 1,000", Goal(1.2))
            for count, peak in list(memory.items())[1:]
        ]
        for measured in (_killed(home), _faulty(home), _same(home)):
            figures += measured[0]
            details += measured[1]
    grid = Grid(
        "Failures by kind with 30% of requests going wrong", ("kind", "reports"),
        tuple((kind, str(number)) for kind, number in details[-2]["kinds"].items()),
    )  # fmt: skip
    note = (
        f"{_KILLS} kills over {_KILLED_REPORTS:,} reports, {_FAULTY_REPORTS:,} reports with faults; {_JOBS} in flight"
    )
    return Part("bulk", tuple(figures), (grid,), (note,), details)


def _write(path: Path, texts: Iterable[str]) -> Path:
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            stream.write(json.dumps({"id": f"r{number}", "text": f"{number}\n{text}"}, ensure_ascii=False) + "\n")
    return path


def _reports(path: Path, count: int) -> Path:
    texts = news.reports(min(count, 1000))
    return _write(path, (texts[i % len(texts)] for i in range(count)))


@contextlib.contextmanager
def _home(folder: Path, name: str, **served: float) -> Any:
    with serving(**served) as server:
        (folder / name).mkdir()
        yield _Home(folder / name, server)


def _memory(folder: Path, options: Options) -> dict[int, float]:
    """Peak memory by the number of reports; no two reports are the same."""
    peaks = {}
    for count in (1_000, 10_000, 100_000) if options.full else (1_000, 10_000):
        with _home(folder, f"memory{count}") as home:
            home.run(_reports(home.folder / "in.jsonl", count), "--jobs", str(_JOBS))
            peaks[count] = home.peak_mb
    return peaks


def _killed(folder: Path) -> tuple[list[Figure], list[dict[str, Any]]]:
    """An output that was killed again and again, against one that nothing has disturbed."""
    with _home(folder, "undisturbed") as home:
        source = _reports(folder / "killed.jsonl", _KILLED_REPORTS)
        home.run(source, "--jobs", str(_JOBS))
        undisturbed = home.out.read_bytes()
    luck, kills = random.Random(1), 0
    with _home(folder, "killed", latency=0.6) as home:
        while True:
            process = home.start(source, "--jobs", str(_JOBS), SUMMARIZER_START_JOBS=str(_JOBS))
            try:
                process.communicate(timeout=luck.uniform(0.5, 2.5) if kills < _KILLS else None)
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                kills += 1
        same = home.out.read_bytes() == undisturbed
        repeated = home.server.stats()["repeated"]
    figures = [
        Figure("kills (SIGKILL) that it took", kills, "", Goal(_KILLS, at_least=True)),
        Figure("output byte-identical to an undisturbed run", float(same), "", Goal(1, at_least=True)),
        Figure("requests repeated", repeated, "", Goal(kills * _JOBS)),
        Figure("    for each kill, of those in flight", repeated / max(1, kills), f"of {_JOBS}"),
    ]
    return figures, [{"kills": kills, "same": same, "repeated": repeated}]


def _faulty(folder: Path) -> tuple[list[Figure], list[dict[str, Any]]]:
    """A server that fails in all ways the stub knows."""
    patience = {"SUMMARIZER_TIMEOUT": "2", "SUMMARIZER_ATTEMPTS": "8"}
    with _home(folder, "faulty", faults=_FAULTS) as home:
        source = _reports(home.folder / "in.jsonl", _FAULTY_REPORTS)
        home.run(source, "--jobs", str(_JOBS), **patience)
        records = [json.loads(line) for line in home.out.read_text("utf-8").splitlines()]
        stats = home.server.stats()
    named = [r["document"] if isinstance(r["document"], str) else r["document"]["id"] for r in records]
    kinds = Counter(r["kind"] for r in records if "kind" in r)
    lost = _FAULTY_REPORTS - len(set(named) & {f"r{n}" for n in range(_FAULTY_REPORTS)})
    silent = sum(not r["message"] for r in records if "kind" in r)
    figures = [
        Figure("30% faults: reports lost", lost, "", Goal(0)),
        Figure("30% faults: failures without a reason", silent, "", Goal(0)),
        Figure("30% faults: reports briefed", 1 - kinds.total() / _FAULTY_REPORTS, "of all"),
        Figure("30% faults: requests a report", stats["requests"] / _FAULTY_REPORTS, ""),
    ]
    return figures, [{"kinds": dict(kinds.most_common()), "requests": stats["requests"]}]


def _same(folder: Path) -> tuple[list[Figure], list[dict[str, Any]]]:
    """The same input in this process, on Ray, and by a batch."""
    outputs: dict[str, bytes] = {}
    source = _reports(folder / "same.jsonl", _SAME_REPORTS)
    for way, more in {"asyncio": (), "ray": ("--on", "ray", "--workers", "2")}.items():
        with _home(folder, f"same-{way}") as home:
            home.run(source, "--jobs", str(_JOBS), *more)
            outputs[way] = home.out.read_bytes()
    with _home(folder, "same-batch") as home:
        _by_batch(home, source)
        home.run(source, "--jobs", str(_JOBS))
        outputs["batch"] = home.out.read_bytes()
        asked = home.server.stats()["requests"]
    figures = [
        Figure(
            f"{way}: output byte-identical to asyncio's", float(outputs[way] == outputs["asyncio"]), "", Goal(1, True)
        )
        for way in ("ray", "batch")
    ]
    figures.append(Figure("batch: requests asked live", asked - _SAME_REPORTS, "", Goal(0)))
    return figures, [{"same": {way: output == outputs["asyncio"] for way, output in outputs.items()}}]


def _by_batch(home: _Home, source: Path) -> None:
    """Export, answer each line as a provider's batch does (through the stub), import."""
    import urllib.request

    def summarizer(*arguments: str) -> None:
        given = {"SUMMARIZER_BASE_URL": home.server.url, "SUMMARIZER_STORE": str(home.folder / "store.sqlite")}
        command = [sys.executable, "-m", "summarizer", "batch", *arguments]
        subprocess.run(command, cwd=ROOT, env=environment(home.folder) | given, check=True, capture_output=True)

    requests, results = home.folder / "requests.jsonl", home.folder / "results.jsonl"
    summarizer("export", str(source), "--model", _MODEL, "--output", str(requests))
    with results.open("w", encoding="utf-8") as stream:
        for line in requests.read_text("utf-8").splitlines():
            row = json.loads(line)
            body = json.dumps(row["body"], ensure_ascii=False, separators=(",", ":")).encode()
            asked = urllib.request.Request(
                home.server.url + "/chat/completions", body, {"content-type": "application/json"}
            )
            with urllib.request.urlopen(asked) as answer:
                said = {"status_code": 200, "body": json.load(answer)}
            stream.write(json.dumps({"custom_id": row["custom_id"], "response": said, "error": None}) + "\n")
    summarizer("import", str(results))
