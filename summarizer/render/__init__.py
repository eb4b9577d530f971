"""Results as what a user reads or another program loads: Markdown, JSON, JSON lines; HTML and terminal beside them.

All renderers typeset the same view (`view.py` for briefs, `dossier/view.py` for dossiers), so that they cannot tell
different things.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..errors import ConfigurationError
from ..models.brief import Brief
from ..models.outcome import Failure
from .cleaning import escape_json

if TYPE_CHECKING:  # many models, which a brief does not need
    from ..models.dossier import Dossier, Story

FORMATS = ("md", "json", "jsonl")
"""Of briefs and failures; a dossier has "html" too."""


def render(result: Brief | Failure | Dossier | Story, format: str) -> str:  # noqa: A002
    """A result as text.

    Args:
        result: a brief, or why there is none; a dossier, or one story of it.
        format: "md" (Markdown, ends with a line break), "json" (indented), "jsonl" (one line, without its break; a line
            a story for a dossier) or, for dossiers and stories, "html" (one page that needs nothing else).

    Raises:
        ConfigurationError: there is no such format.
    """
    if format == "json":
        return to_json(result)
    if not isinstance(result, (Brief, Failure)):
        return _of_dossier(result, format)
    if format == "jsonl":
        return _line(result)
    if format == "md":
        from .markdown import to_markdown

        return to_markdown(result)
    raise _no_format(format, FORMATS)


def to_json(result: Brief | Failure | Dossier | Story) -> str:
    """A result as indented JSON that loads to an equal result.

    Letters of all scripts stand as they are. Control characters, marks that turn the direction of text, line separators
    and halves of surrogate pairs are escaped, so that the JSON can be looked at in a terminal and always be written.
    """
    return escape_json(json.dumps(result.model_dump(mode="json"), ensure_ascii=False, indent=2))


def _of_dossier(result: Dossier | Story, format: str) -> str:  # noqa: A002
    from ..models.dossier import DOSSIER_VERSION, Dossier
    from . import dossier

    whole = result
    if not isinstance(whole, Dossier):
        whole = Dossier(schema_version=DOSSIER_VERSION, stories=(whole,), duplicates=(), failures=())
    if format == "jsonl":
        return "\n".join(map(_line, whole.stories))
    if format == "md":
        return dossier.to_markdown(whole)
    if format == "html":
        return dossier.to_page(whole)
    raise _no_format(format, (*FORMATS, "html"))


def _no_format(format: str, known: tuple[str, ...]) -> ConfigurationError:  # noqa: A002
    return ConfigurationError(f"no format is called {format!r}", remedy=f"Choose one of {', '.join(known)}")


def _line(result: Brief | Failure | Story) -> str:
    return escape_json(json.dumps(result.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")))
