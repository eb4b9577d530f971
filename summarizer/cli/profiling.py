"""`--profile`: where the time of a run goes, as a table by stage and, with a file, as a profile that viewers open."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtra
from ..telemetry.stages import Stages, measuring
from .files import atomic
from .options import TABLE

if TYPE_CHECKING:
    from pyinstrument.session import Session

_sessions: list[Session] | None = None


@contextlib.contextmanager
def profiled(path: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Measure while the body runs, then say the table and write the profile.

    Args:
        path: where the profile is written; `TABLE` for nowhere. Its name ends in one of `options.PROFILES`.
        say: takes the lines of the table.

    Raises:
        MissingExtra: there is no profiler to write one.
        InputError: the file cannot be written.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    with contextlib.nullcontext() if path == TABLE else _written_to(path, say), measuring() as stages:
        try:
            yield
        finally:
            say(table(stages, time.perf_counter() - wall, time.process_time() - cpu))


@contextlib.contextmanager
def thread_profiled() -> Iterator[None]:
    """Add what this thread does in the body to the profile that is being made; nothing when none is."""
    sessions = _sessions
    if sessions is None:
        yield
        return
    profiler = _profiler()(async_mode="disabled")
    profiler.start()
    try:
        yield
    finally:
        sessions.append(profiler.stop())


def table(stages: Stages, wall: float, cpu: float) -> str:
    """The table: calls, wall time (of all calls together, also where they overlap), CPU and its share, by stage."""
    rows = [("stage", "calls", "wall s", "mean ms", "CPU s", "CPU %")]
    for name, took in stages.took.items():
        if took.calls:
            mean = f"{1000 * took.wall / took.calls:.2f}"
            spent = ("", "") if name == "wait" else (f"{took.cpu:.3f}", _share(took.cpu, cpu))
            rows.append((name, str(took.calls), f"{took.wall:.3f}", mean, *spent))
    rest = max(0.0, cpu - sum(took.cpu for took in stages.took.values()))
    rows.append(("everything else", "", "", "", f"{rest:.3f}", _share(rest, cpu)))
    rows.append(("whole run", "", f"{wall:.3f}", "", f"{cpu:.3f}", _share(cpu, cpu)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *figures = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join((name.strip().ljust(widths[0]), *figures))


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f}" if whole else ""


@contextlib.contextmanager
def _written_to(path: Path, say: Callable[[str], None]) -> Iterator[None]:
    global _sessions  # noqa: PLW0603
    _profiler()
    with atomic(path) as stream:
        sessions: list[Session] = []
        _sessions = sessions
        try:
            with thread_profiled():
                yield
        finally:
            _sessions = None
        stream.write(_text_of(sessions, path))
    say(f"profile written to {path}")


def _profiler() -> Any:
    try:
        from pyinstrument import Profiler
    except ImportError as error:
        message = "--profile FILE needs a package that is not installed"
        raise MissingExtra(message, remedy='pip install "summarizer[profile]"; or --profile without a file') from error
    return Profiler


def _text_of(sessions: list[Session], path: Path) -> str:
    """All threads' sessions as one profile, in the format that the file's name means."""
    from functools import reduce

    from pyinstrument.renderers import HTMLRenderer, SpeedscopeRenderer
    from pyinstrument.session import Session

    renderer = HTMLRenderer() if path.name.endswith(".html") else SpeedscopeRenderer()
    text: str = renderer.render(reduce(Session.combine, sessions))
    return text
