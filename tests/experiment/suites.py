"""A small suite on disk, and engines that know its labels to different degrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.engines.base import BriefTask, Filled
from summarizer.evaluation.references import Reference
from summarizer.experiment.agreement import draft_of
from summarizer.experiment.running import RunOptions, run_suite
from summarizer.experiment.runs import Run
from summarizer.experiment.suite import Suite, load_suite
from summarizer.models.draft import Draft

TOWNS = ("Averna", "Belmor", "Corvale", "Dunmere", "Estrin", "Falkum", "Gorsa", "Hallow", "Irmen", "Jorvik")
_REPORT = """ date 2019-03-{day:02} Harbour news
Minister Anna {name} met General Boris {name}ov in {town} on {day} March 2019.
The governor, Clara {name}sen, also took part, the ministry said.
"Open the port of {town}" is their common goal.
"""
_LABELS = """document: {file}
language: en
published: 2019-03-{day:02}
annotator: t1
events:
  - id: E1
    salience: main
    type: [CONSULT]
    title: Minister Anna {name} meets General Boris {name}ov in {town}
    factuality: [reported]
    date: ["2019-03-{day:02}"]
    place: [{town}]
    participants: [{{actor: anna, role: actor}}, {{actor: boris, role: recipient}}, {{actor: clara, role: attendee}}]
actors:
  - {{id: anna, names: [Anna {name}], in_source: [Anna {name}], kind: [person], role: [minister]}}
  - {{id: boris, names: [Boris {name}ov], in_source: [Boris {name}ov], kind: [person], role: [general]}}
  - {{id: clara, names: [Clara {name}sen], in_source: [Clara {name}sen], kind: [person], role: [governor]}}
aims:
  - {{id: G1, salience: vital, kind: [goal], text: "Open the port of {town}", accept: [["open the port"]],
     in_source: ["Open the port of {town}"], held_by: [anna, boris]}}
nuggets:
  - {{salience: vital, text: "Anna {name} met Boris {name}ov in {town}", accept: [["{name}", "{town}"]]}}
forbidden:
  - {{why: the report names no president, pattern: president}}
"""


def write_suite(folder: Path, size: int = len(TOWNS)) -> Suite:
    """A suite of reports that differ in names, towns and days."""
    for part in ("documents", "references"):
        (folder / part).mkdir(parents=True)
    for number, town in enumerate(TOWNS[:size], 1):
        values = {"name": f"{town[:3]}ik", "town": town, "day": number, "file": f"{town.lower()}.txt"}
        (folder / "documents" / values["file"]).write_text(_REPORT.format(**values), "utf-8")
        (folder / "references" / f"{town.lower()}.yaml").write_text(_LABELS.format(**values), "utf-8")
    return load_suite(folder)


@dataclass
class KnowingEngine:
    """Makes the draft that the labels describe, less every n-th actor, counted through all documents."""

    references: Sequence[Reference]
    drops: int = 0
    name: str = "live"
    closed: bool = False
    _seen: int = field(default=0)

    async def fill(self, task: BriefTask) -> Filled:
        reference = next(r for r in self.references if r.document == Path(task.document.source).name)
        return Filled(self._without(draft_of(reference, task.sentences)))

    async def close(self) -> None:
        self.closed = True

    def _without(self, draft: Draft) -> Draft:
        kept = []
        for actor in draft.actors:
            self._seen += 1
            if not self.drops or self._seen % self.drops:
                kept.append(actor)
        return draft.model_copy(update={"actors": tuple(kept)})


def run_of(suite: Suite, name: str = "run", drops: int = 0, repeats: int = 1) -> Run:
    """A run of an engine that knows the labels."""
    references = [case.reference for case in suite.cases]
    return run_suite(suite, [KnowingEngine(references, drops) for _ in range(repeats)], RunOptions(name=name, jobs=1))
