"""What the command line says beside its output: notes, errors and a counter, all on standard error."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..telemetry.events import Event, with_tracebacks
from . import say

if TYPE_CHECKING:
    from .bulk_progress import BulkProgress


class Progress:
    """Speaks on standard error.

    Args:
        quiet: nothing but errors.
        verbose: details too, and tracebacks of faults of the program.
    """

    def __init__(self, quiet: bool = False, verbose: bool = False):
        self._quiet = quiet
        self._verbose = verbose
        self._bar: Any = None
        self._console: Any = None
        self._task: Any = None

    def note(self, message: str) -> None:
        """Something the user should know."""
        if not self._quiet:
            self._say(message)

    def detail(self, message: str) -> None:
        """Something for --verbose."""
        if self._verbose:
            self._say(message)

    def error(self, message: str) -> None:
        """Something that went wrong; said in any case."""
        self._say(f"Error: {message}")

    @contextmanager
    def logged(self) -> Iterator[None]:
        """Say what the package logs while the body runs: with --verbose all, else warnings that are no events."""
        logger = logging.getLogger(__name__.partition(".")[0])
        handler = _Saying(self.detail if self._verbose else self.note, events=self._verbose)
        level = logger.level
        handler.setLevel(logging.DEBUG if self._verbose else logging.WARNING)
        logger.addHandler(handler)
        try:
            with contextlib.ExitStack() as stack:
                if self._verbose:
                    logger.setLevel(logging.DEBUG)
                    stack.enter_context(with_tracebacks())
                yield
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)

    @contextmanager
    def counter(self, to_terminal: bool) -> Iterator[None]:
        """Count results while the body runs, on a terminal, unless the results go `to_terminal` themselves."""
        if self._quiet or to_terminal or not sys.stderr.isatty():
            yield
            return
        from rich.console import Console
        from rich.progress import Progress as Bar
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.completed} reports"), TimeElapsedColumn())
        try:
            self._console = Console(stderr=True)
            with Bar(*columns, console=self._console, transient=True) as self._bar:
                self._task = self._bar.add_task("", total=None)
                yield
        finally:
            self._bar = self._console = None

    @contextmanager
    def bulk(self, progress: BulkProgress) -> Iterator[BulkProgress]:
        """Show how far a long run has come while the body runs."""
        if self._quiet or not sys.stderr.isatty():
            with progress.shown(None, self.note):
                yield progress
            return
        from rich.console import Console

        console = Console(stderr=True)
        with progress.shown(console, self.note):
            self._console = console
            try:
                yield progress
            finally:
                self._console = None

    def step(self) -> None:
        """One more result."""
        if self._bar is not None:
            self._bar.advance(self._task)

    def _say(self, message: str) -> None:
        if self._console is not None:
            self._console.print(message, markup=False, highlight=False, soft_wrap=True)
        else:
            say(message)


class _Saying(logging.Handler):
    """Hands what is logged to a function, with the events of documents and requests or without."""

    def __init__(self, tell: Callable[[str], None], events: bool):
        super().__init__()
        self._tell = tell
        self._events = events

    def emit(self, record: logging.LogRecord) -> None:
        if self._events or not isinstance(record.msg, Event):
            self._tell(self.format(record))
