"""What a run has written so far, so that it goes on after a kill: lines in one file, and beside it how far they count.

`OUT.partial` only grows; `OUT.partial.json` says after how many inputs how many bytes of it are sure. What stands
behind them is cut off by the next run and made again, from replies that the store has kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

from ..errors import InputError
from .meter import Spent
from .records import Record

_SECONDS = 1.0
"""Between two checkpoints, at least."""


@dataclass(slots=True)
class Progressed:
    """How far a run has come.

    Attributes:
        purpose: hash of what is being done; another purpose cannot go on from here.
        began: Unix time at which the run was begun first.
        inputs: items of the input, from the first on, that are done without a gap.
        seen: hash over these items.
        beyond: further items that are done, when no order is kept: their hashes by their numbers.
        bytes: length of what is written for all of them.
        results, failures: records among them.
        spent: what all of them have cost.
    """

    purpose: str
    began: float
    inputs: int = 0
    seen: str = ""
    beyond: dict[str, str] = field(default_factory=dict)
    bytes: int = 0
    results: int = 0
    failures: int = 0
    spent: Spent = field(default_factory=Spent)


class Seen:
    """A hash over items in their order."""

    def __init__(self, value: str = ""):
        self.value = value

    def add(self, name: str) -> None:
        """One more item."""
        self.value = hashlib.sha256(f"{self.value}\0{name}".encode(errors="surrogatepass")).hexdigest()[:32]


class Journal:
    """The growing output of one run.

    Args:
        out: where the output will be.
        purpose: hash of what is being done.

    Raises:
        InputError: it cannot be written, or another process is writing it.
    """

    def __init__(self, out: Path, purpose: str):
        self.path = out.with_name(f"{out.name}.partial")
        self._state = out.with_name(f"{out.name}.partial.json")
        self._lock = _Lock(out)
        self.found = self._read(purpose)
        self.at = self.found or Progressed(purpose, time.time())
        try:
            self._stream: BinaryIO = self.path.open("r+b" if self.found else "wb")
        except OSError as error:
            self._lock.release()
            raise InputError(
                f"{self.path} cannot be written ({error.strerror})", remedy="Name a file in a folder that exists"
            ) from error
        self._stream.truncate(self.at.bytes)
        self._stream.seek(self.at.bytes)
        self._saved = time.monotonic()
        if not self.found:
            self.save()

    def record(self, record: Record, spent: Spent) -> None:
        """Append a record, with what it has cost."""
        data = record.line.encode() + b"\n"
        self._stream.write(data)
        self.at.bytes += len(data)
        self.at.results += record.failed is None
        self.at.failures += record.failed is not None
        self.at.spent = self.at.spent.plus(spent)

    @property
    def is_due(self) -> bool:
        """Whether it is time for a checkpoint."""
        return time.monotonic() - self._saved >= _SECONDS

    def begin_anew(self) -> None:
        """Forget what was written."""
        self.found = None
        self.at = Progressed(self.at.purpose, time.time())
        self._stream.seek(0)
        self._stream.truncate()
        self.save()

    def save(self) -> None:
        """Make sure of all that is written: a checkpoint."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        new = self._state.with_name(f"{self._state.name}.new")
        new.write_text(json.dumps(asdict(self.at)), "utf-8")
        new.replace(self._state)
        self._saved = time.monotonic()

    def close(self) -> None:
        """Keep what is there for another run."""
        self._stream.close()
        self._lock.release()

    def lines(self) -> Iterator[str]:
        """The records that are written."""
        self._stream.flush()
        yield from _lines(self.path)

    def remove(self) -> None:
        """Forget the journal, once its lines are somewhere else."""
        self._stream.close()
        self._state.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        self._lock.release()

    def _read(self, purpose: str) -> Progressed | None:
        """The last checkpoint, if it is one of the same purpose and the lines are all there."""
        try:
            saved = json.loads(self._state.read_text("utf-8"))
            found = Progressed(**saved | {"spent": Spent(**saved["spent"])})
            complete = self.path.stat().st_size >= found.bytes
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return found if found.purpose == purpose and complete else None


class _Lock:
    """Held by the process that writes an output; it ends with the process, however that ends."""

    def __init__(self, out: Path):
        from filelock import FileLock, Timeout

        if not out.absolute().parent.is_dir():
            raise InputError(
                f"{out} cannot be written (its folder is not there)", remedy="Name a file in a folder that exists"
            )
        self._path = out.with_name(f"{out.name}.lock")
        self._lock = FileLock(self._path)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise InputError(f"another run is writing {out}", remedy="Wait for it, or name another file") from error
        except OSError as error:
            raise InputError(
                f"{out} cannot be written ({error.strerror})", remedy="Name a file in a folder that exists"
            ) from error

    def release(self) -> None:
        self._path.unlink(missing_ok=True)
        self._lock.release()


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            yield line.rstrip("\n")
