"""The seam between the pipeline and whatever fills a schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from ..models.document import Document, Sentence
from ..models.draft import Draft
from ..models.exchange import PromptInfo, Usage


@dataclass(frozen=True, slots=True)
class BriefTask:
    """One report to be drafted, with its numbered sentences."""

    document: Document
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A draft and how it was come by."""

    draft: Draft
    model: str | None = None
    prompt: PromptInfo | None = None
    request: str | None = None
    recorded: bool = False
    reasks: int = 0
    usage: Usage = field(default_factory=Usage)
    seconds: float = 0.0
    replied: str | None = None


class Engine(Protocol):
    """Fills the draft of one report.

    `name` is one of live, recorded, batch, offline. `fill` raises `EngineError` naming the document when there is no
    usable draft.
    """

    @property
    def name(self) -> str: ...

    async def fill(self, task: BriefTask) -> Filled: ...

    async def close(self) -> None: ...
