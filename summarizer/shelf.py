"""The reports that a dossier is made of: held in memory, or left in files of briefs until their story is told."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import overload

from .documents import LoadOptions, load
from .documents.kept import KeptBriefs
from .documents.loading import TEXT_SUFFIXES
from .dossiers import Entry, entry_of
from .merge.linked import Report
from .models.brief import Brief, DocumentInfo
from .models.document import Document
from .sentences import split


class Shelf(Sequence[Report]):
    """Reports by position; ids are unique: a second report of one name is called NAME-2.

    Attributes:
        entries: what is needed to find stories, in the same order.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._fetch: list[Callable[[], Report]] = []
        self._taken: Counter[str] = Counter()
        self._files: list[KeptBriefs] = []

    def __len__(self) -> int:
        return len(self._fetch)

    @overload
    def __getitem__(self, place: int) -> Report: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Report]: ...
    def __getitem__(self, place: int | slice) -> Report | Sequence[Report]:
        if isinstance(place, slice):
            return [fetch() for fetch in self._fetch[place]]
        return self._fetch[place]()

    def put(self, report: Report) -> None:
        """Hold a report."""
        named = self._named(report.brief)
        held = Report(named, report.text, report.sentences)
        self._add(named, lambda: held)

    def put_file(self, path: Path) -> KeptBriefs:
        """Leave the briefs of a file where they are.

        A brief whose report can still be read at its source, unchanged, comes with its text.

        Raises:
            UnreadableDocument: the file cannot be read.
        """
        begin = len(self)
        names: list[str] = []

        def note(brief: Brief) -> None:
            named = self._named(brief)
            names.append(named.document.id)
            self.entries.append(entry_of(named))

        kept = KeptBriefs(path, note)
        self._files.append(kept)
        self._fetch += [functools.partial(_fetched, kept, names, place) for place in range(len(names))]
        assert len(self) == begin + len(kept) == len(self.entries)
        return kept

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()

    def _add(self, brief: Brief, fetch: Callable[[], Report]) -> None:
        self.entries.append(entry_of(brief))
        self._fetch.append(fetch)

    def _named(self, brief: Brief) -> Brief:
        name = first = brief.document.id
        while name in self._taken:
            self._taken[first] += 1
            name = f"{first}-{self._taken[first]}"
        self._taken[name] = 1
        return _renamed(brief, name)


def _renamed(brief: Brief, name: str) -> Brief:
    if brief.document.id == name:
        return brief
    return brief.model_copy(update={"document": brief.document.model_copy(update={"id": name})})


def _fetched(kept: KeptBriefs, names: Sequence[str], place: int) -> Report:
    brief = _renamed(kept[place], names[place])
    text = _text_of(brief.document)
    return Report(brief, text, split(text, brief.document.language)) if text is not None else Report(brief)


def _text_of(info: DocumentInfo) -> str | None:
    """The text of a report, when the file it came from still holds it."""
    source = Path(info.source)
    if source.suffix not in TEXT_SUFFIXES or not source.is_file():
        return None
    found = next(iter(load((source,), LoadOptions(language=info.language))), None)
    return found.text if isinstance(found, Document) and found.sha256 == info.sha256 else None
