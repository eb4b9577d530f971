"""The command line in this process, as its entry point runs it, with a store of its own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from summarizer.cli import run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call of the command line said, and its exit code."""

    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the store, in a folder of its own."""
    path = tmp_path / "kept" / "store.sqlite"
    monkeypatch.setenv("SUMMARIZER_STORE", str(path))
    monkeypatch.setenv("COLUMNS", "100")
    return path


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Calls the entry point with arguments and, if given, standard input."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["summarizer", *map(str, arguments)])
        monkeypatch.setattr(sys, "path", [*sys.path])  # a command adds folders of the user's modules
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            run()
        said = capsys.readouterr()
        code = stopped.value.code
        return Outcome(code if isinstance(code, int) else 0, said.out, said.err)

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for reports."""
    path = tmp_path / "reports"
    path.mkdir()
    return path
