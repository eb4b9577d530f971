"""A suite: reports with hand-labelled references, in a folder.

evals/documents/*.txt        the reports
evals/references/*.yaml      their labels
evals/replies/*.jsonl        recorded replies, optional
evals/gate.toml              what fails a run, optional
evals/history/               accepted runs and their figures, optional
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..documents import LoadOptions, load
from ..errors import NoDocuments, ReferenceFault
from ..evaluation.reading import read_references
from ..evaluation.references import Reference
from ..models.base import Model
from ..models.document import Document


class Case(Model):
    """A report with its labels."""

    document: Document
    reference: Reference


@dataclass(frozen=True)
class Suite:
    """The labelled reports of a folder, in the order of their names."""

    folder: Path
    cases: tuple[Case, ...]

    @property
    def name(self) -> str:
        """Name of its folder."""
        return self.folder.resolve().name

    @cached_property
    def hash(self) -> str:
        """First 12 hexadecimal digits of the SHA-256 over its reports and labels."""
        digest = hashlib.sha256()
        for case in self.cases:
            digest.update(case.document.sha256.encode() + case.reference.model_dump_json().encode())
        return digest.hexdigest()[:12]

    def only(self, names: tuple[str, ...]) -> Suite:
        """The part of it with these documents; everything when none is named.

        Raises:
            NoDocuments: one of them is not in it.
        """
        known = {case.reference.document.removesuffix(".txt"): case for case in self.cases}
        missing = [name for name in names if name.removesuffix(".txt") not in known]
        if missing:
            raise NoDocuments(
                f"the suite has no labelled report {missing[0]}", document=str(self.folder), remedy="Check --only"
            )
        return Suite(self.folder, tuple(known[name.removesuffix(".txt")] for name in names)) if names else self


def load_suite(folder: Path) -> Suite:
    """The reports and final references of a folder.

    Raises:
        InputError: a report cannot be read, or a reference is faulty; the message names file and line.
    """
    documents = _documents(folder / "documents")
    labelled = read_references(folder / "references", {name: doc.text for name, doc in documents.items()})
    references = [entry.reference for entry in labelled]
    return Suite(folder, tuple(Case(document=documents[each.document], reference=each) for each in references))


def _documents(folder: Path) -> dict[str, Document]:
    if not folder.is_dir():
        raise ReferenceFault(
            "is no suite: it has no folder `documents`",
            document=str(folder.parent),
            remedy="Name a suite, such as evals",
        )  # fmt: skip
    found: dict[str, Document] = {}
    for result in load((str(folder),), LoadOptions(), None):
        if not isinstance(result, Document):
            raise result
        found[Path(result.source).name] = result
    return found
