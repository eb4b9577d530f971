"""Part: bytes of a request and of a reply, over the recorded replies of the evaluation suite; nothing is timed.

A reply is compared with the plainest schema that says the same: full names, and the cited sentences as quotes.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from summarizer.engines.base import BriefTask
from summarizer.engines.prompted import PromptedEngine
from summarizer.engines.recorded import Recording
from summarizer.engines.wire import Manner, OutputMode, request_bytes
from summarizer.experiment.suite import load_suite
from summarizer.models.document import Document, Sentence
from summarizer.models.draft import Draft
from summarizer.models.exchange import Reply, Request
from summarizer.prompts import Prompts
from summarizer.sentences import split

from .figures import Figure, Goal, Grid, Part
from .options import ROOT, Options

Json = Any


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A request, its accepted reply as a draft, and the sentences that it cites."""

    request: Request
    draft: Draft
    sentences: Sequence[Sentence]
    document: Document

    @property
    def plain(self) -> Json:
        """The draft under full names, each cited sentence quoted."""
        text = {s.number: self.document.text[s.start : s.end] for s in self.sentences}
        return _mapped(self.draft.model_dump(mode="json"), str, lambda cited: [text[number] for number in cited])

    @property
    def wire(self) -> Json:
        """The draft as the model writes it."""
        return self.draft.model_dump(mode="json", by_alias=True)


def run(options: Options) -> Part:
    """Count, once: the same recordings give the same figures."""
    exchanges = asyncio.run(_exchanges())
    bodies = [request_bytes(e.request, Manner("m", mode=OutputMode.JSON_SCHEMA)) for e in exchanges]
    without_schema = [request_bytes(e.request, Manner("m", mode=OutputMode.JSON_OBJECT)) for e in exchanges]
    shared = _shared(without_schema)
    wire, plain = _bytes(e.wire for e in exchanges), _bytes(e.plain for e in exchanges)
    letters, empty = _bytes(_lettered(e.wire) for e in exchanges), _bytes(_filled(e.wire) for e in exchanges)
    return Part(
        f"Bytes of requests and replies, {len(exchanges)} recorded briefs",
        (
            Figure("reply / plain schema with quotes", wire / plain, "x", Goal(0.45)),
            Figure("instructions and schema, the same in all requests", shared / fmean(map(len, without_schema)), "x"),
        ),
        (
            Grid(
                "bytes a brief",
                ("what", "bytes", "of the reply"),
                (
                    ("request", f"{fmean(map(len, bodies)):,.0f}", ""),
                    ("its prefix that all requests share", f"{shared:,}", ""),
                    ("reply, plain schema with quotes", f"{plain:,.0f}", f"{plain / wire:.2f}"),
                    ("reply, as it is asked for", f"{wire:,.0f}", "1.00"),
                    ("reply, keys of one letter", f"{letters:,.0f}", f"{letters / wire:.2f}"),
                    ("reply, without empty fields", f"{empty:,.0f}", f"{empty / wire:.2f}"),
                ),
            ),
        ),
    )


async def _exchanges() -> list[_Exchange]:
    """Every report of the suite that has a recorded brief."""
    prompts, recording = Prompts(), Recording(ROOT / "evals" / "replies" / "replies.jsonl")
    found = []
    for case in load_suite(ROOT / "evals").cases:
        asked: list[Request] = []
        engine = PromptedEngine(prompts, _Noting(recording, asked))
        sentences = split(case.document.text, case.document.language)
        filled = await engine.fill(BriefTask(case.document, sentences))
        found.append(_Exchange(asked[0], filled.draft, sentences, case.document))
    return found


class _Noting:
    """A recording that notes what it is asked."""

    name = "recorded"

    def __init__(self, recording: Recording, asked: list[Request]):
        self._recording = recording
        self._asked = asked

    async def reply(self, request: Request) -> Reply:
        self._asked.append(request)
        return await self._recording.reply(request)

    async def close(self) -> None:
        """Nothing is held open."""


def _shared(bodies: Sequence[bytes]) -> int:
    """How many bytes all of them begin with."""
    shortest = min(map(len, bodies))
    return next((n for n in range(shortest) if len({body[n] for body in bodies}) > 1), shortest)


def _bytes(values: Iterable[Json]) -> float:
    return fmean(len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) for value in values)


def _mapped(value: Json, name: Callable[[str], str], cited: Callable[[list[int]], Json]) -> Json:
    """A JSON value with other keys, and with other lists of sentence numbers."""
    if isinstance(value, dict):
        return {name(key): _mapped(inner, name, cited) for key, inner in value.items()}
    if isinstance(value, list):
        return cited(value) if value and isinstance(value[0], int) else [_mapped(v, name, cited) for v in value]
    return value


def _lettered(value: Json) -> Json:
    """With keys of one letter: there are fewer than 52."""
    known: dict[str, str] = {}
    letters = iter("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return _mapped(value, lambda key: known.get(key) or known.setdefault(key, next(letters)), lambda cited: cited)


def _filled(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _filled(inner) for key, inner in value.items() if inner not in (None, [], "")}
    return [_filled(inner) for inner in value] if isinstance(value, list) else value
