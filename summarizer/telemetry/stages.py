"""Where the time of a run goes: calls, wall time and CPU by stage, counted while `measuring` and else not at all."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

STAGES = ("load", "split", "render", "store", "wait", "read", "ground", "merge", "write")
"""Names of the stages, in the order in which a document passes them."""


@dataclass(slots=True)
class Took:
    """What a stage took, in seconds; `cpu` is 0 for what is waited for."""

    calls: int = 0
    wall: float = 0.0
    cpu: float = 0.0


class Stages:
    """What all stages took, from whichever threads and tasks they ran in."""

    def __init__(self) -> None:
        self.took = {name: Took() for name in STAGES}
        self._lock = threading.Lock()

    def add(self, name: str, wall: float, cpu: float) -> None:
        """Count one call of a stage."""
        with self._lock:
            took = self.took[name]
            took.calls += 1
            took.wall += wall
            took.cpu += cpu


_stages: Stages | None = None
_UNTIMED = contextlib.nullcontext()


def stage(name: str) -> AbstractContextManager[None]:
    """Times a body that awaits nothing, as a call of a stage."""
    return _UNTIMED if _stages is None else _timed(_stages, name)


def waiting(name: str) -> AbstractContextManager[None]:
    """Times a body that awaits something; its CPU cannot be told from that of other tasks."""
    return _UNTIMED if _stages is None else _awaited(_stages, name)


def each_timed(name: str, items: Iterable[T]) -> Iterator[T]:
    """The same items; the making of each one is a call of a stage."""
    source, end = iter(items), object()
    while True:
        with stage(name):
            item = next(source, end)
        if item is end:
            return
        yield item  # type: ignore[misc]


@contextlib.contextmanager
def measuring() -> Iterator[Stages]:
    """Count what stages take while the body runs, in all threads of the process."""
    global _stages  # noqa: PLW0603
    _stages = Stages()
    try:
        yield _stages
    finally:
        _stages = None


@contextlib.contextmanager
def _timed(stages: Stages, name: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.thread_time()
    try:
        yield
    finally:
        stages.add(name, time.perf_counter() - wall, time.thread_time() - cpu)


@contextlib.contextmanager
def _awaited(stages: Stages, name: str) -> Iterator[None]:
    wall = time.perf_counter()
    try:
        yield
    finally:
        stages.add(name, time.perf_counter() - wall, 0.0)
