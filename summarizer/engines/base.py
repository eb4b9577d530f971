"""The seam between the pipeline and whatever fills a schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar, runtime_checkable

from ..models.document import Document, Part, Sentence
from ..models.draft import Draft
from ..models.exchange import PromptInfo, Request, Usage
from ..prompts import Prompts

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class BriefTask:
    """One report to be drafted, with its numbered sentences, or a part of it with those of the part.

    Args:
        part: which part of a long report it is; None for a whole one.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Reading(Generic[R_co]):
    """What a reply says: a draft if it fits the schema, and what is wrong with it.

    `kinds` names the kinds of these faults, as far as they have names, without any word of the reply.
    """

    draft: R_co | None
    faults: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class Prompted(Protocol[R_co]):
    """Anything that a language model is asked by a prompt."""

    @property
    def about(self) -> str:
        """What it is about, for messages."""

    def request(self, prompts: Prompts) -> Request:
        """The request that asks it."""

    def read(self, reply: str) -> Reading[R_co]:
        """What a reply to it says."""


class Question(Prompted[R_co], Protocol[R_co]):
    """What engines are asked besides briefs, such as where the reports of a story disagree."""

    def offline(self) -> R_co:
        """The answer of an engine that has no language model."""


@dataclass(frozen=True, slots=True)
class Filled(Generic[R]):
    """A draft and how it was come by."""

    draft: R
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

    async def fill(self, task: BriefTask) -> Filled[Draft]: ...

    async def close(self) -> None: ...


@runtime_checkable
class ReadsParts(Protocol):
    """An engine that reads long reports in parts.

    `part` is the number of characters that a part has at most; None when it reads any report whole.
    """

    @property
    def part(self) -> int | None: ...


@runtime_checkable
class Asks(Protocol):
    """An engine that can be asked other questions too; one that cannot gets their offline answers."""

    async def ask(self, question: Question[R]) -> Filled[R]:
        """The answer to a question; `EngineError` when there is no usable one."""
