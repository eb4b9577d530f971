"""Dossiers as what a user reads: Markdown, a terminal's text, one HTML page. All typeset the same view (`view.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.dossier import Dossier

if TYPE_CHECKING:
    from rich.console import Console


def to_markdown(dossier: Dossier) -> str:
    """A dossier as Markdown; ends with a line break."""
    from .markdown import to_markdown as typeset

    return typeset(dossier)


def to_page(dossier: Dossier) -> str:
    """A dossier as one HTML page that needs nothing else: no network, and no JavaScript to be read."""
    from .page import to_page as typeset

    return typeset(dossier)


def render_terminal(dossier: Dossier, console: Console) -> None:
    """Print a dossier; the console decides about width and colour."""
    from .terminal import render_terminal as typeset

    typeset(dossier, console)
