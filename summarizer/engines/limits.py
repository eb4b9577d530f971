"""How many requests a server bears at once, found out by asking it: pure, with the time as an argument.

Additive increase, multiplicative decrease, as in TCP (RFC 5681) and Netflix's concurrency-limits. What came of a
request counts by when it was sent: one sent before the limit was lowered tells nothing about the lower limit. So a
crowd of refusals lowers it once, and it is raised again only by answers to what was sent since.

Times are Unix times in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..store import SharedLimit

LONGEST_PAUSE = 600.0
"""Seconds for which a server can keep everybody waiting; after that it is asked again."""
REACH = 1.0
"""Seconds until all workers keep to what one of them has found out."""
FIRST_REST, LONGEST_REST = 0.5, 30.0
"""Seconds between requests to a server that refuses one at a time."""
NEVER = 0.0


@dataclass(slots=True)
class Limit:
    """What one worker knows of a server.

    Attributes:
        most: requests that this worker has under way at most, whatever the server bears.
        value: requests that all workers together may have under way, at least 1.
        lowered: when it was lowered last.
        pause_until: when requests may be sent again.
        workers: how many share it.
        served: when the newest request that was answered had been sent.
        rest_until: when this worker may send again; the others need not rest.
    """

    most: int
    value: float
    lowered: float = NEVER
    pause_until: float = 0.0
    workers: int = 1
    served: float = 0.0
    rest_until: float = 0.0
    _in_vain: int = 0
    _agreed: float = 0.0

    def __post_init__(self) -> None:
        self._agreed = self.value

    @property
    def share(self) -> int:
        """Requests that this worker may have under way."""
        return max(1, min(self.most, int(self.value / self.workers)))

    def answered(self, sent: float, under_way: int) -> None:
        """A request was answered; the limit grows if as many were under way as this worker may have.

        It doubles in the time of a request as long as it was never lowered, then it grows by one in that time.
        """
        self.served, self._in_vain = max(self.served, sent), 0
        used = under_way >= self.share and self.value < self.most * self.workers
        if used and sent > self.lowered:
            self.value += 1.0 if self.lowered == NEVER else 1.0 / self.value

    def refused(self, sent: float, now: float) -> bool:
        """A request was refused because the server has too much to do; whether the limit was lowered for it.

        It is halved. What cannot help any more waits: for the others to hear of a lower limit, and for longer each time
        when not even one request at a time is taken.
        """
        if sent <= self.lowered:
            return False
        if self.workers > 1 and sent < self.lowered + REACH:
            self.rest_until = self.lowered + REACH
            return False
        if self.value == 1.0:
            self.rest_until = now + min(LONGEST_REST, FIRST_REST * 2**self._in_vain)
            self._in_vain = min(self._in_vain + 1, 32)
        before, self.value, self.lowered = self.value, max(1.0, self.value / 2), now
        return self.value < before

    def resumes(self) -> float:
        """When a request may be sent, as far as time goes."""
        return max(self.pause_until, self.rest_until)

    def timed_out(self, sent: float, now: float) -> bool:
        """A request was not answered in time; whether the limit was halved for it.

        Where later ones were answered, the server has time: it is something about this one.
        """
        return sent > self.served and self.refused(sent, now)

    def pause(self, seconds: float, now: float) -> None:
        """The server wants no request for so many seconds."""
        if seconds > 0:
            self.pause_until = max(self.pause_until, now + min(seconds, LONGEST_PAUSE))

    def agree(self, shared: SharedLimit, now: float) -> bool:
        """Keep to what all workers know; whether this one knows better, and they have to be told.

        The newest lowering wins over older ones, and what each has found the server to bear since is added to it.
        """
        self.workers = max(1, shared.workers)
        if shared.pause_until <= now + LONGEST_PAUSE:  # else by a clock that is wrong
            self.pause_until = max(self.pause_until, shared.pause_until)
        if shared.lowered > self.lowered:
            self.value, self.lowered = max(1.0, shared.limit), min(shared.lowered, now)
        elif shared.lowered == self.lowered:
            self.value = max(1.0, shared.limit + self.value - self._agreed)
        self._agreed = self.value
        pauses = {self.pause_until, shared.pause_until}
        return (self.value, self.lowered) != (shared.limit, shared.lowered) or (len(pauses) > 1 and max(pauses) > now)
