"""`python -m tests.bench`: all measurements, or one part of them."""

from __future__ import annotations

import argparse
import importlib
import json
from pathlib import Path

from rich.console import Console

from .figures import as_json, show
from .options import Options

PARTS = ("starts", "alignment", "throughput", "sizes", "bulk", "scoring", "stories")


def main() -> None:
    """Measure, print, and write JSON when asked to. Missed goals are no failure."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=importlib.import_module(__package__).__doc__
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; default: all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured there")
    parser.add_argument("--peers-python", default=Options().peers_python, metavar="PATH", help="has langextract")
    parser.add_argument("--repeats", type=int, default=Options().repeats)
    parser.add_argument("--full", action="store_true", help="also what takes many minutes")
    given = parser.parse_args()
    unknown = [part for part in given.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]!r}; parts are {', '.join(PARTS)}")
    options = Options(given.peers_python, given.repeats, given.full)
    console = Console(width=None if Console().is_terminal else 160)
    done = []
    for name in given.parts or PARTS:
        done.append(importlib.import_module(f".{name}", __package__).run(options))
        show(done[-1], console)
    if given.json:
        given.json.write_text(json.dumps(as_json(done), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
