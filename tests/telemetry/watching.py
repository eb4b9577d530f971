"""What a run told: its log lines, spans and metrics, kept in memory."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from summarizer.cli.json_log import JsonLines
from summarizer.engines.observed import Logged, Target, Traced
from summarizer.engines.prompted import PromptedEngine, ReplySource
from summarizer.engines.wire import Sampling
from summarizer.prompts import Prompts
from summarizer.telemetry.tracing import Providers, using

TARGET = Target("mistral", "big", "https://models.example:8443/v1", Sampling(0.5, 900, 7))


@dataclass
class Told:
    """Everything that was told.

    Attributes:
        page: log lines, as `--log` writes them.
        plain: the same records as any other formatter writes them, tracebacks included.
    """

    page: io.StringIO = field(default_factory=io.StringIO)
    plain: io.StringIO = field(default_factory=io.StringIO)
    exporter: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)
    reader: InMemoryMetricReader = field(default_factory=InMemoryMetricReader)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The log lines, read."""
        return [json.loads(line) for line in self.page.getvalue().splitlines()]

    def events(self, name: str) -> list[dict[str, Any]]:
        """The lines of one event."""
        return [line for line in self.lines if line.get("event") == name]

    @property
    def spans(self) -> tuple[ReadableSpan, ...]:
        """The finished spans."""
        return self.exporter.get_finished_spans()

    def points(self, metric: str) -> list[Any]:
        """The data points of one metric."""
        data = self.reader.get_metrics_data()
        scopes = [scope for resource in data.resource_metrics for scope in resource.scope_metrics] if data else []
        return [p for scope in scopes for m in scope.metrics if m.name == metric for p in m.data.data_points]

    @property
    def everything(self) -> str:
        """All that was told, as text."""
        data = self.reader.get_metrics_data()
        spans = "\n".join(span.to_json() for span in self.spans)
        return "\n".join((self.page.getvalue(), self.plain.getvalue(), spans, data.to_json() if data else ""))


@contextmanager
def watched(text: bool = False) -> Iterator[Told]:
    """Keeps what is told while the body runs, of every level."""
    told, logger = Told(), logging.getLogger("summarizer")
    lines, plain = logging.StreamHandler(told.page), logging.StreamHandler(told.plain)
    lines.setFormatter(JsonLines(text))
    plain.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    tracers = TracerProvider(shutdown_on_exit=False)
    tracers.add_span_processor(SimpleSpanProcessor(told.exporter))
    meters = MeterProvider([told.reader], shutdown_on_exit=False)
    before = logger.level
    logger.setLevel(logging.DEBUG)
    for handler in (lines, plain):
        logger.addHandler(handler)
    try:
        with using(Providers(tracers, meters)):
            yield told
    finally:
        for handler in (lines, plain):
            logger.removeHandler(handler)
        logger.setLevel(before)


def engine(source: ReplySource, text: bool = False, part: int | None = None) -> PromptedEngine:
    """An engine that is observed as those are that settings make."""
    logged = Logged(Traced(source, TARGET, text=text), text, "mistral/big")
    return PromptedEngine(Prompts(), logged, 2, part, text)


def values(spans: Iterable[ReadableSpan], name: str) -> list[Any]:
    """One attribute of each span that has it."""
    return [span.attributes[name] for span in spans if span.attributes and name in span.attributes]
