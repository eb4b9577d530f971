"""Checked English briefs of news reports in any language.

    from summarizer import Summarizer

    brief = Summarizer(model="openai/gpt-4o-mini").brief(text)
    print(brief.headline, brief.checks.unsupported)

Names are imported on first use, so that `import summarizer` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .api import Summarizer
    from .errors import SummarizerError
    from .models.brief import Brief, Span
    from .models.document import Document
    from .models.dossier import Dossier
    from .models.draft import Draft
    from .models.extraction import Evidence, Extraction, Quoted
    from .models.outcome import Failure
    from .settings import Settings

__all__ = [
    "Brief",
    "Document",
    "Dossier",
    "Draft",
    "Evidence",
    "Extraction",
    "Failure",
    "Quoted",
    "Settings",
    "Span",
    "Summarizer",
    "SummarizerError",
    "__version__",
]

_HOMES = {
    "Brief": "api",  # which gives results their looks in notebooks
    "Document": "models.document",
    "Dossier": "models.dossier",
    "Draft": "models.draft",
    "Evidence": "models.extraction",
    "Extraction": "api",
    "Failure": "models.outcome",
    "Quoted": "models.extraction",
    "Settings": "settings",
    "Span": "models.brief",
    "Summarizer": "api",
    "SummarizerError": "errors",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
