"""Results as what a user reads or another program loads: Markdown, JSON, JSON lines; HTML and terminal beside them.

All renderers typeset the same view (`view.py`), so that they cannot tell different things.
"""

from __future__ import annotations

import json

from ..errors import ConfigurationError
from ..models.brief import Brief
from ..models.outcome import Failure
from .cleaning import escape_json

FORMATS = ("md", "json", "jsonl")


def render(result: Brief | Failure, format: str) -> str:  # noqa: A002
    """A result as text.

    Args:
        result: a brief, or why there is none.
        format: "md" (Markdown, ends with a line break), "json" (indented) or "jsonl" (one line, without its break).

    Raises:
        ConfigurationError: there is no such format.
    """
    if format == "md":
        from .markdown import to_markdown

        return to_markdown(result)
    if format == "json":
        return to_json(result)
    if format == "jsonl":
        return escape_json(json.dumps(result.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")))
    raise ConfigurationError(f"no format is called {format!r}", remedy=f"Choose one of {', '.join(FORMATS)}")


def to_json(result: Brief | Failure) -> str:
    """A result as indented JSON that loads to an equal result.

    Letters of all scripts stand as they are. Control characters, marks that turn the direction of text, line separators
    and halves of surrogate pairs are escaped, so that the JSON can be looked at in a terminal and always be written.
    """
    return escape_json(json.dumps(result.model_dump(mode="json"), ensure_ascii=False, indent=2))
