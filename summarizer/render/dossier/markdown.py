"""Dossiers as Markdown: headings, lists, bold and escapes, as briefs are."""

from __future__ import annotations

from collections.abc import Iterator

from ...models.dossier import Dossier
from ..markdown import set_item, set_section, set_sentence
from .outline import NOTICE, headline, outline
from .shapes import DossierView
from .view import view


def to_markdown(dossier: Dossier) -> str:
    """A dossier as Markdown; ends with a line break."""
    return "\n\n".join(_blocks(view(dossier))) + "\n"


def _blocks(shown: DossierView) -> Iterator[str]:
    yield f"# Dossier: {shown.title}"
    yield NOTICE
    for story in shown.stories:
        yield f"## {set_item(headline(story), bold=False)}"
        for section in outline(story):
            yield f"### {section.title}"
            yield set_section(section)
    for title, texts in shown.left_out:
        yield f"## {title}"
        yield "\n".join(f"- {set_sentence(text)}" for text in texts)
