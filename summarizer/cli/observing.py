"""What a command tells about itself while it runs: a log, spans and metrics, a profile; each when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from . import say
from .progress import Progress


@contextmanager
def observing(given: Mapping[str, Any], log_text: bool, progress: Progress) -> Iterator[None]:
    """Everything that the options of `options.observing` ask for, while the body runs.

    Args:
        given: the options of the command, which may lack these.
        log_text: whether the log may hold texts (`Settings.log_text`).
        progress: speaks to the user.

    Raises:
        SummarizerError: a file cannot be opened, or a package is not installed.
    """
    with ExitStack() as stack:
        if given.get("profile") is not None:
            from .profiling import profiled

            stack.enter_context(profiled(given["profile"], say))
        if given.get("log") is not None:
            from .json_log import logged

            stack.enter_context(logged(given["log"], given["log_level"], log_text, progress.note))
        if given.get("otel") or any(name.startswith("OTEL_") for name in os.environ):
            from .otel import exported

            stack.enter_context(exported(bool(given.get("otel")), os.environ, progress.note))
        yield
