"""Events of a run, through the standard library's `logging`: stable names, stable fields, no text of anybody's.

| event | level | fields |
| --- | --- | --- |
| document.done | info | task, document, sha256, language, seconds, requests, reasks, input_tokens, output_tokens, cached_tokens, cost_usd, recorded, supported, unsupported |
| document.failed | error | task, document, sha256, language, seconds, requests, input_tokens, output_tokens, cached_tokens, cost_usd, error |
| story.done, story.failed | | the same, with story and reports instead of document, sha256 and language |
| request.answered | info | document, request, asked, model, source (live, recorded), finish, attempts, seconds, input_tokens, output_tokens, cached_tokens, cost_usd |
| request.failed | error | document, request, asked, error, why, status, finish |
| request.retried | warning | document, why, status, wait, attempt |
| reply.asked_again | warning | document, request, fits, faults, count |
| mode.lowered | warning | model, lowered_from, mode |
| limit.lowered | warning | server, limit, workers, lowered_from, why |
| limit.paused | warning | server, wait |
| limit.raised | debug | server, limit, workers |
| limit.not_shared | warning | server, why |
| fault | debug | about, error, where |

`asked` is the model that is configured, `model` the one that the server says has answered; `status` is an HTTP status,
`why` the same or the name of an error's class; `limit` the requests that all `workers` together have under way at most;
`wait` and `seconds` are in seconds. A field is null where nothing is known. Each is an attribute of the record too
(`extra`), so that any formatter for structured logs finds it. Warnings are also events of the OpenTelemetry span that they
happen in. Texts (error_message, prompt, reply) and tracebacks are added only where the user asked for them.
"""  # noqa: E501

from __future__ import annotations

import contextlib
import logging
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .tracing import mark

logging.getLogger("summarizer").addHandler(logging.NullHandler())  # quiet where nobody has set up logging

_tracebacks = False


@dataclass(frozen=True, slots=True)
class Event:
    """What is logged: as text its name and the fields that are known, as `name=value`."""

    name: str
    fields: Mapping[str, object]

    def __str__(self) -> str:
        known = (f"{name}={value}" for name, value in self.fields.items() if value is not None)
        return " ".join((self.name, *known))


def tell(logger: logging.Logger, level: int, name: str, fields: Mapping[str, object]) -> None:
    """Log an event, if anybody listens."""
    if logger.isEnabledFor(level):
        logger.log(level, Event(name, fields), extra={"event": name, **fields})


def warn(logger: logging.Logger, name: str, fields: Mapping[str, object]) -> None:
    """Log an event that is a warning, and note it in the current span."""
    tell(logger, logging.WARNING, name, fields)
    mark(name, fields)


def fault(logger: logging.Logger, about: str, error: BaseException, text: bool = False) -> None:
    """Log a fault of the program; its traceback, which ends with a message of anybody's, only where it was asked for.

    Args:
        logger: of the module that caught it.
        about: the document or story concerned.
        error: what was caught.
        text: whether the user wants texts in the log.
    """
    if logger.isEnabledFor(logging.DEBUG):
        fields = {"about": about, "error": type(error).__name__, "where": where(error)}
        shown = error if text or _tracebacks else None
        logger.debug(Event("fault", fields), extra={"event": "fault", **fields}, exc_info=shown)


def where(error: BaseException) -> str | None:
    """File, line and function in which an error was raised; None for one that never was."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno} {frames[-1].name}" if frames else None


@contextlib.contextmanager
def with_tracebacks() -> Iterator[None]:
    """Faults are logged with their tracebacks while the body runs."""
    global _tracebacks  # noqa: PLW0603
    before, _tracebacks = _tracebacks, True
    try:
        yield
    finally:
        _tracebacks = before
