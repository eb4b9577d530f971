"""What a provider says of its batches, read from whatever it answers.

Source: OpenAI API reference, the batch object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .failures import clean, one_line

LABEL = "summarizer_part"
"""The key of a batch's metadata under which its label stands."""

OVER = frozenset({"completed", "failed", "expired", "cancelled"})
"""States in which a provider does nothing more for a batch."""


@dataclass(frozen=True, slots=True)
class BatchFault:
    """One thing that the provider found wrong with a batch's file; `line` counts from 1."""

    line: int | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What the provider says of a batch.

    Args:
        id: the provider's.
        state: validating, in_progress, finalizing, completed, failed, expired, cancelling or cancelled.
        done: requests answered.
        failed: requests that failed.
        total: requests in all; 0 until the provider has counted them.
        label: ours, from its metadata; empty where it has none.
        source: id of the file with its requests.
        results: ids of the files with its results: output, errors.
        faults: why its file was refused.
    """

    id: str
    state: str
    done: int = 0
    failed: int = 0
    total: int = 0
    label: str = ""
    source: str = ""
    results: tuple[str, ...] = ()
    faults: tuple[BatchFault, ...] = ()

    @property
    def over(self) -> bool:
        """Whether the provider does nothing more for it."""
        return self.state in OVER


def batch_of(value: Mapping[str, Any]) -> Batch:
    """A batch object; what is missing or of another type counts as not said."""
    counts, errors = _inner(value, "request_counts"), _inner(value, "errors").get("data")
    files = (text_of(value, "output_file_id"), text_of(value, "error_file_id"))
    return Batch(
        id=text_of(value, "id"),
        state=text_of(value, "status"),
        done=_number(counts, "completed") or 0,
        failed=_number(counts, "failed") or 0,
        total=_number(counts, "total") or 0,
        label=text_of(_inner(value, "metadata"), LABEL),
        source=text_of(value, "input_file_id"),
        results=tuple(filter(None, files)),
        faults=tuple(
            BatchFault(_number(each, "line"), text_of(each, "code"), one_line(text_of(each, "message")))
            for each in (errors if isinstance(errors, list) else [])
            if isinstance(each, dict)
        ),
    )


def _inner(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def text_of(value: Mapping[str, Any], name: str) -> str:
    """A text of an object; empty where there is none."""
    text = value.get(name)
    return clean(text) if isinstance(text, str) else ""


def _number(value: Mapping[str, Any], name: str) -> int | None:
    number = value.get(name)
    return number if isinstance(number, int) else None
