"""A suite: reports with hand-labelled references, in a folder.

evals/documents/*.txt        the reports
evals/references/*.yaml      their labels
evals/references/dossiers/   labels of the stories that several of them tell, optional
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
from ..evaluation.dossier_references import FOLDER, DossierReference, read_dossier_references
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
    """The labelled reports of a folder, in the order of their names, and the labelled stories that they tell."""

    folder: Path
    cases: tuple[Case, ...]
    stories: tuple[DossierReference, ...] = ()

    @property
    def name(self) -> str:
        """Name of its folder."""
        return self.folder.resolve().name

    @property
    def references(self) -> dict[str, Reference]:
        """Labels of the single reports, by the names of their documents."""
        return {case.reference.document: case.reference for case in self.cases}

    @cached_property
    def hash(self) -> str:
        """First 12 hexadecimal digits of the SHA-256 over its reports and labels."""
        digest = hashlib.sha256()
        for case in self.cases:
            digest.update(case.document.sha256.encode() + case.reference.model_dump_json().encode())
        for labels in self.stories:
            digest.update(labels.model_dump_json().encode())
        return digest.hexdigest()[:12]

    def only(self, names: tuple[str, ...]) -> Suite:
        """The part of it with these documents, and the stories of which it has all reports; everything for no names.

        Raises:
            NoDocuments: one of them is not in it.
        """
        if not names:
            return self
        known = {case.reference.document.removesuffix(".txt"): case for case in self.cases}
        missing = [name for name in names if name.removesuffix(".txt") not in known]
        if missing:
            raise NoDocuments(
                f"the suite has no labelled report {missing[0]}", document=str(self.folder), remedy="Check --only"
            )
        cases = tuple(known[name.removesuffix(".txt")] for name in names)
        left = {case.reference.document for case in cases}
        return Suite(self.folder, cases, tuple(story for story in self.stories if left.issuperset(story.documents)))


def load_suite(folder: Path) -> Suite:
    """The reports and final references of a folder.

    Raises:
        InputError: a report cannot be read, or a reference is faulty; the message names file and line.
    """
    documents = _documents(folder / "documents")
    labelled = read_references(folder / "references", {name: doc.text for name, doc in documents.items()})
    references = {entry.reference.document: entry.reference for entry in labelled}
    cases = tuple(Case(document=documents[name], reference=each) for name, each in references.items())
    return Suite(folder, cases, read_dossier_references(folder / "references" / FOLDER, references))


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
