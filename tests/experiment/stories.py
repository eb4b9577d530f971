"""A small suite with a labelled story: three reports of one meeting that count its dead differently, and another report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.engines.base import Filled, Question
from summarizer.engines.questions import DiscrepancyQuestion
from summarizer.errors import MissingReply
from summarizer.experiment.running import RunOptions, run_suite
from summarizer.experiment.runs import Run
from summarizer.experiment.suite import Suite, load_suite
from summarizer.models.comparison import Comparison, Difference, FoundDiscrepancy, FoundReading, FoundWording
from summarizer.models.dossier import DiscrepancyAttribute

from .suites import KnowingEngine

_REPORT = """ date 2019-03-04 {outlet}
Minister Anna Averik met General Boris Averikov in Averna on 4 March 2019.
They spoke about the shipwreck of the ferry Corvus off Averna.
The ministry counted {dead} dead passengers.
"""
_OTHER = """ date 2018-11-20 Hill Post
Farmer Dora Quill opened a cheese market in Gorsa on 20 November 2018.
"""
_LABELS = """document: {file}
language: en
published: 2019-03-04
annotator: t1
events:
  - id: E1
    salience: main
    type: [CONSULT]
    title: Minister Anna Averik meets General Boris Averikov in Averna
    factuality: [reported]
    date: ["2019-03-04"]
    place: [Averna]
    participants: [{{actor: anna, role: actor}}, {{actor: boris, role: recipient}}]
actors:
  - {{id: anna, names: [Anna Averik], in_source: [Anna Averik], kind: [person], role: [minister]}}
  - {{id: boris, names: [Boris Averikov], in_source: [Boris Averikov], kind: [person], role: [general]}}
nuggets:
  - {{salience: vital, text: "Anna Averik met Boris Averikov in Averna", accept: [["averik", "averna"]]}}
"""
_OTHER_LABELS = """document: other.txt
language: en
published: 2018-11-20
annotator: t1
events:
  - {id: E1, salience: main, type: [AID], title: Dora Quill opens a cheese market in Gorsa, date: ["2018-11-20"], place: [Gorsa]}
actors:
  - {id: dora, names: [Dora Quill], in_source: [Dora Quill], kind: [person], role: [farmer]}
"""
STORY = """story: averna
documents: [gazette.txt, herald.txt, mirror.txt]
annotator: t1
actors:
  - {name: Anna Averik, mentions: {gazette.txt: anna, herald.txt: anna, mirror.txt: anna}}
  - {name: Boris Averikov, mentions: {gazette.txt: boris, herald.txt: boris, mirror.txt: boris}}
never:
  - [{gazette.txt: anna}, {herald.txt: boris}]
discrepancies:
  - id: D1
    salience: vital
    kind: contradiction
    attribute: number
    about: How many passengers died
    readings:
      - {value: "12", documents: [gazette.txt], accept: [["12"]]}
      - {value: "40", documents: [herald.txt, mirror.txt], accept: [["40"]]}
"""
DEAD = {"gazette": "12", "herald": "40", "mirror": "40"}


def write_story_suite(folder: Path, story: str | None = STORY) -> Suite:
    """The suite; without labels of a story when None."""
    for part in ("documents", "references/dossiers"):
        (folder / part).mkdir(parents=True)
    for name, dead in DEAD.items():
        (folder / "documents" / f"{name}.txt").write_text(_REPORT.format(outlet=name, dead=dead), "utf-8")
        (folder / "references" / f"{name}.yaml").write_text(_LABELS.format(file=f"{name}.txt"), "utf-8")
    (folder / "documents" / "other.txt").write_text(_OTHER, "utf-8")
    (folder / "references" / "other.yaml").write_text(_OTHER_LABELS, "utf-8")
    if story:
        (folder / "references" / "dossiers" / "averna.yaml").write_text(story, "utf-8")
    return load_suite(folder)


@dataclass
class ScriptedEngine(KnowingEngine):
    """Knows the labels of the reports, and finds the counts of the dead unless it is mute."""

    mute: bool = False

    async def ask(self, question: Question[Any]) -> Filled[Any]:
        if not isinstance(question, DiscrepancyQuestion):
            return Filled(question.offline())
        if self.mute:
            raise MissingReply("nothing is recorded", document=question.about, remedy="Record it")
        return Filled(Comparison(discrepancies=(_counts(question),)))


def run_stories(suite: Suite, name: str = "run", mute: bool = False, repeats: int = 1) -> Run:
    """A run of the scripted engine."""
    labels = [case.reference for case in suite.cases]
    engines = [ScriptedEngine(labels, mute=mute) for _ in range(repeats)]
    return run_suite(suite, engines, RunOptions(name=name, jobs=1))


def _counts(question: DiscrepancyQuestion) -> FoundDiscrepancy:
    """What the reports say of the dead, by the very words."""
    found: dict[str, list[FoundWording]] = {}
    for number, report in enumerate(question.reports, 1):
        for sentence, text in report.known.items():
            said = re.search(r"(\d+) dead passengers", text)
            if said:
                found.setdefault(said[1], []).append(FoundWording(at=f"R{number}.{sentence}", wording=said[0]))
    return FoundDiscrepancy(
        about="How many passengers died", attribute=DiscrepancyAttribute.NUMBER,
        readings=tuple(FoundReading(value=f"{value} dead", wordings=tuple(at)) for value, at in found.items()),
        why="Counts differ", kind=Difference.CONTRADICTION,
    )  # fmt: skip
