"""Files of labels in YAML: every fault is named with file, line and remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from ..errors import ReferenceFault
from ..models.base import Model
from .extras import extra

M = TypeVar("M", bound=Model)
Place = Sequence[str | int]
"""Keys and positions that lead to a value."""

_KINDS = {"extra_forbidden": "is no key of the format", "missing": "is missing"}
_FORMAT = "See evals/GUIDELINES.md for the format"


@dataclass(frozen=True, slots=True)
class LabelFile(Generic[M]):
    """What a file of labels holds.

    Args:
        path: of the file.
        labels: validated.
        node: the YAML that they were read from, which knows its lines.
    """

    path: Path
    labels: M
    node: Any

    def fault(self, message: str, place: Place, remedy: str) -> ReferenceFault:
        """A fault at a place of the file."""
        return ReferenceFault(message, document=at_line(self.path, _line_of(self.node, place)), remedy=remedy)


def read_labels(path: Path, model: type[M]) -> LabelFile[M]:
    """The labels in a file.

    Raises:
        ReferenceFault: it cannot be read or does not keep to the format; the message names the line.
        MissingExtra: pyyaml is not installed.
    """
    yaml = extra("yaml")
    try:
        text = path.read_text("utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        value = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ReferenceFault(f"cannot be read ({error})", document=str(path), remedy="Check the path") from error
    except yaml.YAMLError as error:
        raise ReferenceFault(
            f"is no YAML ({' '.join(str(error).split())})",
            document=at_line(path, _mark_line(error)),
            remedy="Correct it",
        ) from error
    if not isinstance(value, dict):
        raise ReferenceFault("holds no labels", document=str(path), remedy=_FORMAT)
    _refuse_doubled_keys(node, path)
    try:
        return LabelFile(path, model.model_validate(value), node)
    except ValidationError as error:
        raise _fault(error, node, path) from error


def at_line(path: Path, line: int | None) -> str:
    """A file and, where it is known, a line of it."""
    return f"{path}:{line}" if line else str(path)


def _fault(error: ValidationError, node: Any, path: Path) -> ReferenceFault:
    errors = error.errors(include_url=False)
    entry = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
    where = ".".join(str(part) for part in entry["loc"])
    said = _KINDS.get(entry["type"], entry["msg"].removeprefix("Value error, "))
    return ReferenceFault(
        f"{where} {said}" if where else said, document=at_line(path, _line_of(node, entry["loc"])), remedy=_FORMAT
    )


def _refuse_doubled_keys(node: Any, path: Path) -> None:
    import yaml

    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise ReferenceFault(
                    f"the key {key.value!r} is given twice",
                    document=at_line(path, key.start_mark.line + 1),
                    remedy="Keep one of them",
                )
            seen.add(key.value)
            _refuse_doubled_keys(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_doubled_keys(value, path)


def _line_of(node: Any, place: Place) -> int:
    """The line, from 1, of the deepest node on the way to a place."""
    import yaml

    line = node.start_mark.line + 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return int(line)


def _mark_line(error: Any) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else None
