"""Where an answer comes from, as results tell it."""

from __future__ import annotations

from typing import Any

from ..models.brief import SCHEMA_VERSION, Provenance
from ..version import __version__
from .base import Filled


def provenance(engine: str, filled: Filled[Any]) -> Provenance:
    """Where a draft comes from, for the brief."""
    usage, prompt = filled.usage, filled.prompt
    return Provenance(
        engine=engine,
        model=filled.model,
        recorded=filled.recorded,
        prompt=prompt.name if prompt else None,
        prompt_hash=prompt.hash if prompt else None,
        request=filled.request,
        schema_version=SCHEMA_VERSION,
        software=f"summarizer {__version__}",
        attempts=usage.requests,
        reasks=filled.reasks,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost_usd=usage.cost_usd,
        seconds=round(filled.seconds, 3),
        replied=filled.replied,
    )
