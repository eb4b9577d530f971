"""Names across scripts: whether two mentions in two reports name the same one, and why."""

from __future__ import annotations

from .blocking import blocking_keys
from .comparing import compare
from .mention import PLACE, Comparison, Mention, Verdict
from .scripts import romanise

__all__ = ["PLACE", "Comparison", "Mention", "Verdict", "blocking_keys", "compare", "romanise"]
