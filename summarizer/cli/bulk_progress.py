"""How far a run over many reports has come: while it runs, and in sum at its end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ..bulk import Meter, Progressed, Spent

_EVERY = 30.0
"""Seconds between two lines where there is no terminal."""


class BulkProgress:
    """Rate, cost and time left of a run.

    Args:
        total: reports in all; None when nobody knows.
        at: how far it has come.
        spent: what it has cost so far.
    """

    def __init__(self, total: int | None, at: Progressed, spent: Callable[[], Spent]):
        self._total = total
        self._at = at
        self._spent = spent
        self._begun = time.monotonic()
        self._before = at.results + at.failures

    @property
    def done(self) -> int:
        """Reports that are done."""
        return self._at.results + self._at.failures

    def line(self) -> str:
        """All of it in one line."""
        of = f" of {self._total:,}" if self._total else ""
        parts = [f"{self.done:,}{of}"]
        if self._at.failures:
            parts.append(f"{self._at.failures:,} failed")
        passed = time.monotonic() - self._begun
        rate = (self.done - self._before) / passed if passed > 0 else 0.0
        if rate:
            parts.append(f"{rate:.1f}/s" if rate < 100 else f"{rate:.0f}/s")
        parts += _cost(self._spent())
        if rate and self._total and self._total > self.done:
            parts.append(f"{duration((self._total - self.done) / rate)} left")
        return " · ".join(parts)

    @contextmanager
    def shown(self, console: Any | None, say: Callable[[str], None]) -> Iterator[BulkProgress]:
        """Show it while the body runs: in place on a terminal, else a line now and then."""
        self._say = say
        self._told = time.monotonic()
        if console is None:
            self._bar = None
            yield self
            return
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

        columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=console, transient=True) as self._bar:
            self._task = self._bar.add_task("", total=self._total, completed=self.done)
            yield self

    def step(self) -> None:
        """One more is done."""
        now = time.monotonic()
        if self._bar is not None:
            if now - self._told > 0.2 or self.done == self._total:
                self._told = now
                self._bar.update(self._task, completed=self.done, description=self.line())
        elif now - self._told >= _EVERY:
            self._told = now
            self._say(self.line())


def summary_of(at: Progressed, kinds: Counter[str], meter: Meter | None, seconds: float) -> Iterator[str]:
    """What a run was, line by line.

    Args:
        at: where it ended.
        kinds: failures of this process by kind.
        meter: what replies cost; None when nothing was asked.
        seconds: that this process took.
    """
    done = at.results + at.failures
    failed = f", {at.failures:,} failed" if at.failures else ""
    told = ", ".join(f"{kind} {number}" for kind, number in kinds.most_common())
    yield f"{done:,} reports: {at.results:,} done{failed}{f' ({told})' if told else ''}, in {duration(seconds)}"
    if meter is None:
        return
    spent = meter.spent
    if spent.replies:
        cached = f", {spent.cached_tokens / spent.input_tokens:.0%} of them cached" if spent.cached_tokens else ""
        yield (
            f"{spent.replies:,} replies ({spent.requests:,} requests): {spent.input_tokens:,} tokens in{cached}, "
            f"{spent.output_tokens:,} out; {_price(spent)}"
        )
        yield (
            f"a reply: {spent.prompt_bytes // spent.replies:,} bytes of prompt, "
            f"{spent.reply_bytes // spent.replies:,} bytes of answer"
        )
    if meter.kept:
        yield f"{meter.kept:,} replies were kept from before and cost nothing"


def duration(seconds: float) -> str:
    """Seconds in the two largest units, such as 2 h 05 min."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{seconds:.1f} s"


def _cost(spent: Spent) -> Iterator[str]:
    if spent.cost_usd:
        yield f"${spent.cost_usd:.2f}"
    elif spent.tokens:
        yield f"{spent.tokens / 1e6:.1f} M tokens" if spent.tokens >= 1e5 else f"{spent.tokens:,} tokens"


def _price(spent: Spent) -> str:
    if spent.unpriced >= spent.replies:
        return "cost not known"
    unknown = f" (without {spent.unpriced:,} whose price is not known)" if spent.unpriced else ""
    return f"${spent.cost_usd:.4f}{unknown}"
