"""`--log`: what the package logs, as JSON lines."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from ..errors import InputError
from ..telemetry.events import Event, where
from ..telemetry.tracing import trace_ids

LEVELS = ("debug", "info", "warning", "error")
_STANDARD_ERROR = Path("-")


class JsonLines(logging.Formatter):
    """One JSON object a record: time (UTC), level, logger, event and its fields, the ids of the span it was in.

    A record that is no event has a message instead.

    Args:
        text: whether tracebacks are written, which end with a message of anybody's; else only where a fault was.
    """

    def __init__(self, text: bool = False):
        super().__init__()
        self._text = text

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        time = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        entry: dict[str, Any] = {"time": time, "level": record.levelname.lower(), "logger": record.name}
        event: object = record.msg
        if isinstance(event, Event):
            entry |= {"event": event.name, **event.fields}
        else:
            entry["message"] = record.getMessage()
        entry |= trace_ids()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            entry |= {"error": type(error).__name__, "where": where(error)}
            if self._text:
                entry["traceback"] = "".join(traceback.format_exception(error))
        return json.dumps(entry, ensure_ascii=False, default=str)


class _Lines(logging.StreamHandler[TextIO]):
    """Writes to a stream; when that fails, says so once and goes on without."""

    def __init__(self, stream: TextIO, say: Callable[[str], None]):
        super().__init__(stream)
        self._say = say
        self._broken = False

    def emit(self, record: logging.LogRecord) -> None:
        if not self._broken:
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        self._broken = True
        error = sys.exc_info()[1]
        self._say(f"the log cannot be written ({type(error).__name__}); the run goes on without it")


@contextlib.contextmanager
def logged(path: Path, level: str, text: bool, say: Callable[[str], None]) -> Iterator[None]:
    """Append to a file what the package logs while the body runs; - is standard error.

    Args:
        path: the file.
        level: one of `LEVELS`; what is less important is left out.
        text: whether texts are wanted.
        say: takes the message when the file cannot be written any more.

    Raises:
        InputError: the file cannot be opened.
    """
    logger, number = logging.getLogger("summarizer"), logging.getLevelName(level.upper())
    with _opened(path) as stream:
        handler = _Lines(stream, say)
        handler.setFormatter(JsonLines(text))
        handler.setLevel(number)
        before = logger.level
        logger.addHandler(handler)
        logger.setLevel(min(number, logging.WARNING))  # what is said on standard error stays
        try:
            yield
        finally:
            logger.removeHandler(handler)
            logger.setLevel(before)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path == _STANDARD_ERROR:
        yield sys.stderr
        return
    try:
        stream = path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        remedy = "Name a file in a folder that exists, or - for standard error"
        raise InputError(f"the log {path} cannot be written ({error.strerror})", remedy=remedy) from error
    try:
        yield stream
    finally:
        with contextlib.suppress(OSError):  # a full disk was told of when the line was written
            stream.close()
