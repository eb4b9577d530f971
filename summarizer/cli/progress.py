"""What the command line says beside its output: notes, errors and a progress bar, all on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click


class Progress:
    """Speaks on standard error; a bar only on a terminal, and only when there is more than one input.

    Args:
        quiet: nothing but errors.
        verbose: details too.
    """

    def __init__(self, quiet: bool = False, verbose: bool = False):
        self._quiet = quiet
        self._verbose = verbose
        self._bar: Any = None
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
    def bar(self, inputs: int) -> Iterator[None]:
        """Show a bar while the body runs, where it can be seen without getting in the way of the output."""
        if self._quiet or inputs < 2 or not sys.stderr.isatty() or sys.stdout.isatty():
            yield
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("reports"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bar(*columns, console=Console(stderr=True), transient=True) as self._bar:
            self._task = self._bar.add_task("reports", total=inputs)
            yield
        self._bar = None

    def step(self) -> None:
        """One more result."""
        if self._bar is not None:
            self._bar.advance(self._task)

    def _say(self, message: str) -> None:
        if self._bar is not None:
            self._bar.console.print(message, markup=False, highlight=False)
        else:
            click.echo(message, err=True)
