"""What a measurement says, its goal beside it, as tables and as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on a figure: at most `limit`, or at least."""

    limit: float
    at_least: bool = False

    def is_met(self, value: float) -> bool:
        """Whether a value keeps to the bound."""
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; `low` and `high` are its extremes over the repeats, where there are some."""

    name: str
    value: float
    unit: str
    goal: Goal | None = None
    low: float | None = None
    high: float | None = None

    @property
    def verdict(self) -> str:
        """ok, missed, or nothing where there is no goal."""
        if self.goal is None:
            return ""
        return "ok" if self.goal.is_met(self.value) else "missed"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of details: a row a method or client."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The outcome of one part of the bench."""

    name: str
    figures: tuple[Figure, ...]
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()
    details: Sequence[dict[str, Any]] = field(default_factory=list)
    """What the grids are made of, for the JSON file."""


def machine() -> str:
    """One line on the machine, to go with every table."""
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f}"
    )


def show(part: Part, console: Console) -> None:
    """Print a part: its details, then each figure beside its goal."""
    console.print(f"\n[bold]{part.name}[/bold] ({machine()})")
    for note in part.notes:
        console.print(note, markup=False, highlight=False)
    for grid in part.grids:
        table = Table(*grid.columns, title=grid.title, title_justify="left")
        for row in grid.rows:
            table.add_row(*row)
        console.print(table)
    table = Table("figure", "measured", "spread", "goal", "", title=f"{part.name}: goals", title_justify="left")
    for figure in part.figures:
        spread = "" if figure.low is None or figure.high is None else f"{figure.low:.3g} to {figure.high:.3g}"
        colour = {"ok": "green", "missed": "red"}.get(figure.verdict, "default")
        goal = f"{figure.goal} {figure.unit}" if figure.goal else ""
        value = f"{figure.value:.4g} {figure.unit}".strip()
        table.add_row(figure.name, value, spread, goal.strip(), f"[{colour}]{figure.verdict}[/{colour}]")
    console.print(table)


def as_json(parts: Sequence[Part]) -> dict[str, Any]:
    """Everything measured, for a file."""
    return {
        "machine": machine(),
        "parts": [
            {
                "name": part.name,
                "notes": list(part.notes),
                "figures": [asdict(figure) | {"verdict": figure.verdict} for figure in part.figures],
                "details": list(part.details),
            }
            for part in parts
        ],
    }
