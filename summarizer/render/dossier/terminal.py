"""Dossiers for a terminal, in the same column as briefs."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from ...models.dossier import Dossier
from ..cleaning import isolate_within
from ..terminal import Page, set_item
from .outline import NOTICE, headline, outline
from .view import view


def render_terminal(dossier: Dossier, console: Console) -> None:
    """Print a dossier; the console decides about width and colour."""
    shown = view(dossier)
    page = Page(console)
    page.put(Text(f"Dossier: {shown.title}", "bold"))
    page.put(Text(NOTICE), style="dim")
    for story in shown.stories:
        page.rule()
        page.put(set_item(headline(story)))
        for section in outline(story):
            page.section(section)
    for title, texts in shown.left_out:
        page.heading(title)
        for text in texts:
            page.put(Text(isolate_within(text)), first="  • ", indent=4)
    page.print()
