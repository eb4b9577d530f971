"""Results as what a user reads or another program loads: Markdown, JSON, JSON lines; HTML and terminal beside them.

All renderers typeset the same view (`view.py` for briefs, `dossier/view.py` for dossiers), so that they cannot tell
different things.
"""

from __future__ import annotations

import json

from ..errors import ConfigurationError
from ..models.brief import Brief
from ..models.dossier import DOSSIER_VERSION, Dossier, Story
from ..models.outcome import Failure
from .cleaning import escape_json

FORMATS = ("md", "json", "jsonl")
"""Of briefs and failures; a dossier has "html" too."""

Result = Brief | Failure | Dossier | Story


def render(result: Result, format: str) -> str:  # noqa: A002
    """A result as text.

    Args:
        result: a brief, or why there is none; a dossier, or one story of it.
        format: "md" (Markdown, ends with a line break), "json" (indented), "jsonl" (one line, without its break; a line
            a story for a dossier) or, for dossiers and stories, "html" (one page that needs nothing else).

    Raises:
        ConfigurationError: there is no such format.
    """
    if format == "md":
        return _markdown(result)
    if format == "json":
        return to_json(result)
    if format == "jsonl":
        return "\n".join(map(_line, result.stories if isinstance(result, Dossier) else [result]))
    if format == "html" and isinstance(result, Dossier | Story):
        from .dossier import to_page

        return to_page(alone(result) if isinstance(result, Story) else result)
    formats = (*FORMATS, "html") if isinstance(result, Dossier | Story) else FORMATS
    raise ConfigurationError(f"no format is called {format!r}", remedy=f"Choose one of {', '.join(formats)}")


def to_json(result: Result) -> str:
    """A result as indented JSON that loads to an equal result.

    Letters of all scripts stand as they are. Control characters, marks that turn the direction of text, line separators
    and halves of surrogate pairs are escaped, so that the JSON can be looked at in a terminal and always be written.
    """
    return escape_json(json.dumps(result.model_dump(mode="json"), ensure_ascii=False, indent=2))


def alone(story: Story) -> Dossier:
    """A dossier of one story."""
    return Dossier(schema_version=DOSSIER_VERSION, stories=(story,), duplicates=(), failures=())


def _line(result: Result) -> str:
    return escape_json(json.dumps(result.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")))


def _markdown(result: Result) -> str:
    if isinstance(result, Dossier | Story):
        from . import dossier

        return dossier.to_markdown(alone(result) if isinstance(result, Story) else result)
    from .markdown import to_markdown

    return to_markdown(result)
