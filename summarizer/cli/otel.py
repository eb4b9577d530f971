"""`--otel`: spans and metrics to an OpenTelemetry collector, over OTLP and HTTP.

Configured by the variables of OpenTelemetry's specification: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS,
OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER, ... A collector that does not answer costs the run nothing: what cannot be sent
is lost, and that is said once.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import ConfigurationError, MissingExtra
from ..telemetry.tracing import Providers, using
from ..version import __version__

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.trace import TracerProvider

_INSTALL = 'pip install "summarizer[otel]"'
_ENDPOINTS = tuple(f"OTEL_EXPORTER_OTLP_{kind}ENDPOINT" for kind in ("", "TRACES_", "METRICS_"))
_TRACES, _METRICS = "OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER"
_EXPORTERS = ("otlp", "console", "none")
_PATIENCE = 3.0
"""Seconds that the last spans and metrics may take to be sent."""
_LITTLE_PATIENCE = 0.3
"""The same after sending has failed before."""


@contextlib.contextmanager
def exported(asked: bool, environment: Mapping[str, str], say: Callable[[str], None]) -> Iterator[None]:
    """Send spans and metrics while the body runs, when it is asked for or the environment names a collector.

    Where another part of the process has set OpenTelemetry up (`opentelemetry-instrument`), nothing needs to be done.

    Args:
        asked: whether --otel was given.
        environment: OpenTelemetry's variables.
        say: takes notes for the user.

    Raises:
        MissingExtra: it was asked for, and the SDK is not installed.
        ConfigurationError: the environment names an exporter that there is not.
    """
    named = next((name for name in (*_ENDPOINTS, _TRACES) if environment.get(name)), None)
    disabled = environment.get("OTEL_SDK_DISABLED", "").lower() == "true"
    if disabled or not (asked or named):
        yield
        return
    try:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http import trace_exporter  # noqa: F401
    except ImportError as error:
        if asked:
            raise MissingExtra("--otel needs packages that are not installed", remedy=_INSTALL) from error
        say(f"{named} is set, but OpenTelemetry is not installed, so nothing is sent. {_INSTALL}; or unset it")
        yield
        return
    if not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        yield
        return
    try:
        sending = _Sending(environment, say)
    except ValueError as error:
        message = f"OpenTelemetry cannot be set up ({error})"
        raise ConfigurationError(message, remedy="Correct or unset the variables that begin with OTEL_") from error
    with sending as providers, using(providers):
        yield


class _Sending:
    """Providers that send in threads of their own, and what is to be said when that fails."""

    def __init__(self, environment: Mapping[str, str], say: Callable[[str], None]):
        self._say = say
        self._trouble = _Trouble()
        self._exporters: list[Any] = []
        endpoint = any(environment.get(name) for name in _ENDPOINTS)
        traces = _exporter(environment, _TRACES, "otlp")
        metrics = _exporter(environment, _METRICS, "otlp" if endpoint or not environment.get(_TRACES) else "none")
        resource = _resource(environment)
        self._tracers = self._tracer_provider(traces, resource)
        self._meters = self._meter_provider(metrics, resource)

    def __enter__(self) -> Providers:
        self._trouble.listen()
        return Providers(self._tracers, self._meters)

    def __exit__(self, *_: object) -> None:
        """Send what is left, for as long as that seems to work and a few seconds at most."""
        before = self._trouble.said
        over = threading.Event()
        self._trouble.tell(over)

        def shut_down() -> None:
            for provider in (self._tracers, self._meters):
                with contextlib.suppress(Exception):  # an SDK's failure to send must not be the run's
                    provider.shutdown()
            over.set()

        ending = threading.Thread(target=shut_down, name="summarizer-otel", daemon=True)
        ending.start()
        over.wait(_LITTLE_PATIENCE if before else _PATIENCE)
        if ending.is_alive():
            for exporter in self._exporters:
                with contextlib.suppress(Exception):
                    exporter.shutdown()  # ends waits before another try
            ending.join(_LITTLE_PATIENCE)
        if self._trouble.said or ending.is_alive():
            why = self._trouble.said or "no answer in time"
            self._say(f"not all spans and metrics could be sent ({why}). Check OTEL_EXPORTER_OTLP_ENDPOINT")
        self._trouble.leave()

    def _tracer_provider(self, exporter: str, resource: Any) -> TracerProvider:
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        made: Any = None
        if exporter == "otlp":
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

            made = OTLPSpanExporter()
        elif exporter == "console":
            import sys

            from opentelemetry.sdk.trace.export import ConsoleSpanExporter

            made = ConsoleSpanExporter(out=sys.stderr)
        if made is not None:
            self._exporters.append(made)
            provider.add_span_processor(BatchSpanProcessor(made))
        return provider

    def _meter_provider(self, exporter: str, resource: Any) -> MeterProvider:
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

        made: Any = None
        if exporter == "otlp":
            from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter

            made = OTLPMetricExporter()
        elif exporter == "console":
            import sys

            from opentelemetry.sdk.metrics.export import ConsoleMetricExporter

            made = ConsoleMetricExporter(out=sys.stderr)
        readers = []
        if made is not None:
            self._exporters.append(made)
            readers.append(PeriodicExportingMetricReader(made))
        return MeterProvider(readers, resource=resource, shutdown_on_exit=False)


class _Trouble(logging.Handler):
    """Keeps what the SDK logs from standard error; `said` is the first thing that went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said = ""
        self._over: threading.Event | None = None
        self._logger = logging.getLogger("opentelemetry")
        self._propagated = self._logger.propagate

    def listen(self) -> None:
        """Begin."""
        self._logger.addHandler(self)
        self._logger.propagate = False

    def leave(self) -> None:
        """End; threads that are still waiting for an answer stay quiet."""
        self._logger.removeHandler(self)
        self._logger.addHandler(logging.NullHandler())
        self._logger.propagate = self._propagated

    def tell(self, over: threading.Event) -> None:
        """Set this at the next trouble."""
        self._over = over

    def emit(self, record: logging.LogRecord) -> None:
        self.said = self.said or " ".join(record.getMessage().split())[:200]
        if self._over is not None:
            self._over.set()


def _exporter(environment: Mapping[str, str], variable: str, otherwise: str) -> str:
    name = environment.get(variable) or otherwise
    if name not in _EXPORTERS:
        remedy = f"Set {variable} to one of {', '.join(_EXPORTERS)}"
        raise ConfigurationError(f"there is no exporter {name!r} ({variable})", remedy=remedy)
    return name


def _resource(environment: Mapping[str, str]) -> Any:
    """What the spans say of the process; the name of the service is the project's, unless the user gave one."""
    from opentelemetry.sdk.resources import Resource

    named = environment.get("OTEL_SERVICE_NAME") or "service.name=" in environment.get("OTEL_RESOURCE_ATTRIBUTES", "")
    return Resource.create({} if named else {"service.name": "summarizer", "service.version": __version__})
