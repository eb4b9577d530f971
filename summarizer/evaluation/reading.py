"""Reading references from YAML files: every fault is named with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import ConfigurationError, ReferenceFault
from ..grounding.align import Source
from ..language import stated
from .label_files import LabelFile, at_line, read_labels
from .references import Reference, Status


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
    file = read_labels(path, Reference)
    _check_language(file)
    return file.labels


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
            document=at_line(path, _line_with(path, "document:")),
            remedy="Correct `document`, or add the report",
        )
    source = Source(text, reference.language)
    for wording in wordings(reference):
        if source.locate(wording) is None:
            raise ReferenceFault(
                f"“{wording}” does not stand in {reference.document}",
                document=at_line(path, _line_with(path, wording)),
                remedy="Copy the wording from the report",
            )


def _check_language(file: LabelFile[Reference]) -> None:
    language = file.labels.language
    try:
        code = stated(language)
    except ConfigurationError:
        code = ""
    if code != language:
        remedy = "Give an ISO 639-1 code, such as az, el or zh"
        raise file.fault(f"language: {language!r} is no language code", ("language",), remedy)


def _line_with(path: Path, words: str) -> int | None:
    lines = path.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), None)
