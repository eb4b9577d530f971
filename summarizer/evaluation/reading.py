"""Reading references from YAML files: every fault is named with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import ConfigurationError, ReferenceFault
from ..grounding.align import Source
from ..language import stated
from .extras import extra
from .references import Reference, Status

_KINDS = {"extra_forbidden": "is no key of the format", "missing": "is missing"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reference with the file it was read from."""

    path: Path
    reference: Reference


def read_reference(path: Path) -> Reference:
    """The labels in one file.

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
            f"is no YAML ({' '.join(str(error).split())})", document=_at(path, _mark_line(error)), remedy="Correct it"
        ) from error
    if not isinstance(value, dict):
        raise ReferenceFault("holds no labels", document=str(path), remedy="See evals/GUIDELINES.md for the format")
    _refuse_doubled_keys(node, path)
    try:
        reference = Reference.model_validate(value)
    except ValidationError as error:
        raise _fault(error, node, path) from error
    _check_language(reference, node, path)
    return reference


def read_references(folder: Path, texts: Mapping[str, str]) -> tuple[Labelled, ...]:
    """The final references in a folder, in the order of their file names; drafts are left out.

    Args:
        folder: holds the YAML files.
        texts: the reports by file name; wordings are looked up in them.

    Raises:
        ReferenceFault: no reference, a fault in one, or two for one report.
    """
    found: dict[str, Labelled] = {}
    for path in sorted(folder.glob("*.yaml")):
        reference = read_reference(path)
        if reference.status is Status.DRAFT:
            continue
        earlier = found.get(reference.document)
        if earlier:
            raise ReferenceFault(
                f"labels {reference.document}, which {earlier.path} labels already",
                document=str(path),
                remedy="Keep one of them",
            )
        _check_against_text(reference, path, texts)
        found[reference.document] = Labelled(path, reference)
    if not found:
        raise ReferenceFault("there are no references", document=str(folder), remedy="Name the folder of a suite")
    return tuple(found.values())


def wordings(reference: Reference) -> Iterator[str]:
    """Every wording that a reference says stands in the report."""
    for group in (reference.actors, reference.aims):
        for item in group:
            yield from item.in_source


def _check_against_text(reference: Reference, path: Path, texts: Mapping[str, str]) -> None:
    text = texts.get(reference.document)
    if text is None:
        raise ReferenceFault(
            f"there is no report {reference.document}",
            document=_at(path, _line_with(path, "document:")),
            remedy="Correct `document`, or add the report",
        )
    source = Source(text, reference.language)
    for wording in wordings(reference):
        if source.locate(wording) is None:
            raise ReferenceFault(
                f"“{wording}” does not stand in {reference.document}",
                document=_at(path, _line_with(path, wording)),
                remedy="Copy the wording from the report",
            )


def _check_language(reference: Reference, node: Any, path: Path) -> None:
    try:
        code = stated(reference.language)
    except ConfigurationError:
        code = ""
    if code != reference.language:
        raise ReferenceFault(
            f"language: {reference.language!r} is no language code",
            document=_at(path, _line_of(node, ("language",))),
            remedy="Give an ISO 639-1 code, such as az, el or zh",
        )


def _fault(error: ValidationError, node: Any, path: Path) -> ReferenceFault:
    errors = error.errors(include_url=False)
    entry = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
    where = ".".join(str(part) for part in entry["loc"])
    said = _KINDS.get(entry["type"], entry["msg"].removeprefix("Value error, "))
    return ReferenceFault(
        f"{where} {said}" if where else said,
        document=_at(path, _line_of(node, entry["loc"])),
        remedy="See evals/GUIDELINES.md for the format",
    )


def _refuse_doubled_keys(node: Any, path: Path) -> None:
    import yaml

    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise ReferenceFault(
                    f"the key {key.value!r} is given twice",
                    document=_at(path, key.start_mark.line + 1),
                    remedy="Keep one of them",
                )
            seen.add(key.value)
            _refuse_doubled_keys(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_doubled_keys(value, path)


def _line_of(node: Any, place: Sequence[str | int]) -> int:
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


def _line_with(path: Path, words: str) -> int | None:
    lines = path.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), None)


def _mark_line(error: Any) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else None


def _at(path: Path, line: int | None) -> str:
    return f"{path}:{line}" if line else str(path)
