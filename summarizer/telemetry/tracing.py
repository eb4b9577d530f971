"""Spans and metrics through OpenTelemetry's API alone: they go wherever the host has set up an SDK, else nowhere.

Nothing is imported: where no part of the process has imported the API, nobody can have set it up. The project's own
names begin with `summarizer.`; those of requests to models follow the conventions for generative AI
(github.com/open-telemetry/semantic-conventions-genai; named in `opentelemetry.semconv._incubating`).
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..version import __version__

if TYPE_CHECKING:
    from opentelemetry.metrics import Counter, Histogram, Meter, MeterProvider
    from opentelemetry.trace import Span, Tracer, TracerProvider

NAME = "summarizer"
"""Of the instrumentation."""
TOKEN_BUCKETS = (1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864)
SECOND_BUCKETS = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)
"""Boundaries that the conventions ask for."""


@dataclass(frozen=True, slots=True)
class Providers:
    """What makes spans and metrics, where it is not what the host has set up for all."""

    tracers: TracerProvider
    meters: MeterProvider


@dataclass(frozen=True, slots=True)
class Instruments:
    """The project's metrics."""

    tokens: Histogram
    seconds: Histogram
    done: Counter
    failed: Counter


_given: Providers | None = None


@contextlib.contextmanager
def using(providers: Providers) -> Iterator[None]:
    """Spans and metrics go there while the body runs."""
    global _given  # noqa: PLW0603
    before, _given = _given, providers
    try:
        yield
    finally:
        _given = before


def _class_of(error: BaseException) -> str:
    return type(error).__name__


@contextlib.contextmanager
def span(
    name: str,
    attributes: Mapping[str, Any],
    client: bool = False,
    text: bool = False,
    kind: Callable[[BaseException], str] = _class_of,
) -> Iterator[Span | None]:
    """A span around the body, the parent of those that begin in it; None where nobody listens.

    Args:
        name: low in cardinality.
        attributes: those that are None are left out.
        client: whether it is a request to a server.
        text: whether an error's message, which may hold words of a report or a reply, is recorded.
        kind: the word for an error of the body.
    """
    tracer = _tracer()
    if tracer is None:
        yield None
        return
    api = sys.modules["opentelemetry.trace"]
    with tracer.start_as_current_span(
        name,
        kind=api.SpanKind.CLIENT if client else api.SpanKind.INTERNAL,
        attributes=known(attributes),
        record_exception=text,
        set_status_on_exception=False,
    ) as current:
        try:
            yield current
        except BaseException as error:
            current.set_attribute("error.type", kind(error))
            current.set_status(api.StatusCode.ERROR)
            raise


def mark(name: str, fields: Mapping[str, Any]) -> None:
    """Note in the current span, if there is one, what happened."""
    current = getattr(sys.modules.get("opentelemetry.trace"), "get_current_span", None)
    if current is not None and (inner := current()).is_recording():
        inner.add_event(f"{NAME}.{name}", known({f"{NAME}.{field}": value for field, value in fields.items()}))


def known(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that are not None."""
    return {name: value for name, value in attributes.items() if value is not None}


def instruments() -> Instruments | None:
    """The metrics; None where nobody listens."""
    if _given is not None:
        return _instruments_of(_given.meters)
    current = getattr(sys.modules.get("opentelemetry.metrics"), "get_meter_provider", None)
    return None if current is None else _instruments_of(current())


def trace_ids() -> dict[str, str]:
    """The current span, in hexadecimal, for logs; empty when there is none."""
    current = getattr(sys.modules.get("opentelemetry.trace"), "get_current_span", None)
    found = current().get_span_context() if current else None
    if found is None or not found.is_valid:
        return {}
    return {"trace_id": f"{found.trace_id:032x}", "span_id": f"{found.span_id:016x}"}


def _tracer() -> Tracer | None:
    if _given is not None:
        return _tracer_of(_given.tracers)
    current = getattr(sys.modules.get("opentelemetry.trace"), "get_tracer_provider", None)
    return None if current is None else _tracer_of(current())


@lru_cache(maxsize=4)
def _tracer_of(provider: TracerProvider) -> Tracer:
    return provider.get_tracer(NAME, __version__)


@lru_cache(maxsize=4)
def _instruments_of(provider: MeterProvider) -> Instruments:
    meter = provider.get_meter(NAME, __version__)
    return Instruments(
        tokens=_histogram(meter, "gen_ai.client.token.usage", "{token}", TOKEN_BUCKETS),
        seconds=_histogram(meter, "gen_ai.client.operation.duration", "s", SECOND_BUCKETS),
        done=meter.create_counter("summarizer.documents.done", "{document}", "Documents with a result."),
        failed=meter.create_counter("summarizer.documents.failed", "{document}", "Documents without one."),
    )


def _histogram(meter: Meter, name: str, unit: str, buckets: tuple[float, ...]) -> Histogram:
    about = {"{token}": "Number of input and output tokens used.", "s": "GenAI operation duration."}[unit]
    return meter.create_histogram(name, unit, about, explicit_bucket_boundaries_advisory=buckets)
