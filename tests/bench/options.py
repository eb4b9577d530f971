"""What the bench is told, and where the checkout is."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
"""The checkout: every command of the bench runs here."""


@dataclass(frozen=True, slots=True)
class Options:
    """How much is measured, and where peers are.

    Args:
        peers_python: an interpreter that has langextract; it need not have this package.
        repeats: rounds whose median is shown.
        full: also what takes long: 100,000 reports, langextract's slow tokenizer on long sources, peers at 1 s latency.
    """

    peers_python: str = sys.executable
    repeats: int = 7
    full: bool = False


def environment(home: Path) -> dict[str, str]:
    """This process's environment without the user's own configuration and keys.

    Compiled modules are kept below `home`, as an installed package has them, whatever this process is told.
    """
    left_out = ("SUMMARIZER_", "XDG_", "OPENAI_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return kept | {"HOME": str(home), "OPENAI_API_KEY": "stub", "PYTHONPYCACHEPREFIX": str(home / "compiled")}
