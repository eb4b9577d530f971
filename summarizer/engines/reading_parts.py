"""Whether an engine reads a report whole or in parts."""

from __future__ import annotations

from collections.abc import Sequence

from ..models.document import Document, Sentence
from ..sentences import in_parts
from .base import Engine, ReadsParts

OVERLAP = 1_000
"""Characters at the end of a part that the next one repeats, at most."""
_SPARE = 1.25
"""A report that is larger than a part by this factor at most is read whole."""

Run = tuple[Sentence, ...]


def parts_of(document: Document, sentences: Sequence[Sentence], engine: Engine) -> tuple[Run, ...]:
    """The runs of sentences in which an engine reads a report; one when it reads it whole."""
    most = engine.part if isinstance(engine, ReadsParts) else None
    if most is None or len(document.text) <= _SPARE * most:
        return (tuple(sentences),)
    return in_parts(sentences, document.text, most, min(OVERLAP, most // 4))
