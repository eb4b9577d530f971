"""How two values of one thing stand to each other: the answer of every rule that compares two reports."""

from __future__ import annotations

from enum import StrEnum


class Relation(StrEnum):
    """How two values stand to each other."""

    SAME = "same"
    NESTED = "nested"
    """One is the other, coarser or rounded."""
    APART = "apart"
    """They cannot both be true."""
    UNKNOWN = "unknown"
    """Nothing is said about them."""
