"""What is worked on, a document or a story: a span while it lasts, an event and a count at its end."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..models.exchange import Reply, Usage
from .events import tell
from .tracing import instruments, known, span

if TYPE_CHECKING:
    from opentelemetry.trace import Span

    from ..models.brief import Brief
    from ..models.document import Document
    from ..models.dossier import Story
    from ..models.extraction import Extraction

_log = logging.getLogger("summarizer.pipeline")
_current: ContextVar[Work | None] = ContextVar("summarizer_work", default=None)


@dataclass(slots=True)
class Work:
    """One document or story under way.

    Attributes:
        task: brief, extract, story.
        about: the fields that say which.
        usage: what the replies to all requests about it took so far, whether asked now or kept.
        result: fields of what came of it.
    """

    task: str
    about: Mapping[str, object]
    usage: Usage = field(default_factory=Usage)
    result: dict[str, object] = field(default_factory=dict)


@contextlib.contextmanager
def on_document(task: str, document: Document, text: bool = False) -> Iterator[Work]:
    """The body makes a brief or an extraction of a document, and says by `done` what came of it.

    Args:
        task: brief or extract.
        document: what is worked on.
        text: whether the user wants the messages of errors too, which may hold words of it.
    """
    about = {"document": document.id, "sha256": document.sha256, "language": document.language}
    with _working(Work(task, about), text) as work:
        yield work


@contextlib.contextmanager
def on_story(label: str, reports: int, text: bool = False) -> Iterator[Work]:
    """The body tells a story of some reports, and says by `told` what came of it."""
    with _working(Work("story", {"story": label, "reports": reports}), text) as work:
        yield work


def done(work: Work, made: Brief | Extraction[Any]) -> None:
    """Note what came of a document, and what all replies took, also those that were of no use.

    An engine that nobody observes says itself what its replies took.
    """
    origin, checks = made.provenance, made.checks
    own = Usage(origin.attempts, origin.input_tokens, origin.output_tokens, None, origin.cost_usd)
    work.result |= {
        **_spent(work.usage if work.usage != Usage() else own), "reasks": origin.reasks, "recorded": origin.recorded,
        "supported": checks.supported, "unsupported": checks.unsupported,
    }  # fmt: skip


def told(work: Work, story: Story) -> None:
    """Note what came of a story."""
    origin, checks = story.provenance, story.checks
    work.result |= {
        **_spent(work.usage), "reasks": origin.reasks, "discrepancies": len(story.discrepancies),
        "unanswered": len(checks.failures), "dropped": len(checks.sentences_dropped),
    }  # fmt: skip


def answered(reply: Reply) -> None:
    """Count a reply for the document or story that is under way in this task."""
    work = _current.get()
    if work is not None:
        work.usage += reply.usage


def not_loaded(error: Exception, source: str | None) -> None:
    """Tell of a document that failed before it could be worked on."""
    about = {"document": source, "sha256": None, "language": None}
    _failed(Work("load", about), error, 0.0, text=False)


@contextlib.contextmanager
def _working(work: Work, text: bool) -> Iterator[Work]:
    began = time.perf_counter()
    token = _current.set(work)
    attributes = {f"summarizer.{name}": value for name, value in work.about.items()}
    try:
        with span(f"summarizer.{work.task}", attributes, text=text) as current:
            try:
                yield work
            except Exception as error:
                _failed(work, error, time.perf_counter() - began, text)
                raise
            _done(work, time.perf_counter() - began, current)
    finally:
        with contextlib.suppress(ValueError):  # closed from another task than the one it began in
            _current.reset(token)


def _done(work: Work, seconds: float, current: Span | None) -> None:
    if current is not None:
        current.set_attributes(known({f"summarizer.{name}": value for name, value in work.result.items()}))
    tell(_log, logging.INFO, f"{_kind(work)}.done", {**_about(work), "seconds": round(seconds, 3), **work.result})
    meters = instruments()
    if meters is not None:
        meters.done.add(1, {"summarizer.task": work.task})


def _failed(work: Work, error: Exception, seconds: float, text: bool) -> None:
    kind = type(error).__name__
    fields = {**_about(work), "seconds": round(seconds, 3), **_spent(work.usage), "error": kind}
    shown = {"error_message": str(error)} if text else {}
    tell(_log, logging.ERROR, f"{_kind(work)}.failed", fields | shown)
    meters = instruments()
    if meters is not None:
        meters.failed.add(1, {"summarizer.task": work.task, "error.type": kind})


def _kind(work: Work) -> str:
    return "story" if work.task == "story" else "document"


def _about(work: Work) -> dict[str, object]:
    return {"task": work.task, **work.about}


def _spent(usage: Usage) -> dict[str, object]:
    return {
        "requests": usage.requests, "input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens,
        "cached_tokens": usage.cached_tokens, "cost_usd": usage.cost_usd,
    }  # fmt: skip
