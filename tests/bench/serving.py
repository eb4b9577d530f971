"""The stub server in a process of its own: `python -m tests.bench.serving --latency 1` prints its address.

It ends when its standard input is closed, so it never outlives the bench.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from .options import ROOT


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs; `url` ends in /v1."""

    url: str

    def stats(self) -> dict[str, float]:
        """The server's counters."""
        with urllib.request.urlopen(self.url.removesuffix("/v1") + "/stats") as answer:
            counters: dict[str, float] = json.load(answer)
        return counters


@contextlib.contextmanager
def serving(latency: float = 0.0, faults: float = 0.0) -> Iterator[Server]:
    """A stub of its own for the body.

    Args:
        latency: seconds from a whole request to its answer.
        faults: share of requests that go wrong, in all ways the stub knows.
    """
    command = [sys.executable, "-m", "tests.bench.serving", "--latency", str(latency), "--faults", str(faults)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Server(process.stdout.readline().strip())
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def main() -> None:
    """Serve until standard input is closed."""
    from tests.stub.behaviours import BEHAVIOURS
    from tests.stub.server import StubServer

    from .replies import behaviour

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--faults", type=float, default=0.0)
    given = parser.parse_args()
    wrong = [name for name in BEHAVIOURS if name != "ok"]
    chances = {name: given.faults / len(wrong) for name in wrong if given.faults}
    with StubServer(latency=given.latency, keep=0, faults=chances) as server:
        server.always(behaviour)
        sys.stdout.write(server.url + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
