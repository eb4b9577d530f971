"""Scored documents of MUC-4, as published with two metrics: templates as (type, {role: entities}), and their scores.

GRIT's cases are those of Du, Rush & Cardie 2021 (github.com/xinyadu/grit_doc_event_entity, test_cases_eval.py).
IterX's are documents of its published outputs with the scores printed there (github.com/wanmok/iterx,
model_outputs/muc4/iterx/bart-base/comparisons/test.rme.phi3.txt and test.rme.subset.txt); long names are shortened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from summarizer.evaluation import Filler, Template

Slots = Mapping[str, Sequence[Sequence[str]]]


def fillers(slots: Slots) -> tuple[Filler, ...]:
    """The entities of all roles."""
    return tuple(Filler(role=role, mentions=tuple(entity)) for role, group in slots.items() for entity in group)


def template(kind: str, slots: Slots) -> Template:
    """A template of one type, or of several with slashes between them."""
    return Template(types=tuple(kind.split("/")), fillers=fillers(slots))


class Case(NamedTuple):
    """Entities of one document and role, and the CEAF-REE scores that follow from them."""

    predicted: Sequence[Sequence[str]]
    reference: Sequence[Sequence[str]]
    precision: float
    recall: float
    f1: float


_BUILDING = ["Pilmai telephone company building", "telephone company building", "telephone company offices"]
_TARGETS = [_BUILDING, ["water pipes"], ["public telephone booth"]]
_PERSONS = [["m1", "m2", "m3"], ["m4"], ["m5"], ["m6"]]

GRIT = {
    "case 1: an entity predicted twice": Case(
        [["water pipes"], ["Pilmai telephone company building"], ["public telephone booth"], ["telephone company offices"]],
        _TARGETS, 3 / 4, 1, 6 / 7),
    "case 2: one mention of each": Case(
        [["Pilmai telephone company building"], ["water pipes"], ["public telephone booth"]], _TARGETS, 1, 1, 1),
    "case 3: one missed": Case([["Pilmai telephone company building"], ["public telephone booth"]], _TARGETS, 1, 2 / 3, 4 / 5),
    "case 4: an entity predicted twice": Case([["m4"], ["m1"], ["m5"], ["m6"], ["m3"]], _PERSONS, 4 / 5, 1, 8 / 9),
    "case 5: two mentions of one": Case([["m1", "m2"], ["m4"], ["m5"], ["m6"]], _PERSONS, 1, 1, 1),
    "case 6: two entities taken for one": Case([["m1", "m2", "m3", "m4"], ["m5"], ["m6"]], _PERSONS, 2 / 3, 2 / 4, 4 / 7),
}  # fmt: skip


class Printed(NamedTuple):
    """Precision, recall and F1 of a document, to four places."""

    precision: float
    recall: float
    f1: float


class Document(NamedTuple):
    """Predicted and reference templates of one document."""

    predicted: Sequence[tuple[str, Slots]]
    reference: Sequence[tuple[str, Slots]]
    phi_3: Printed
    subset: Printed


ITERX = {
    "0002": Document(
        [("attack", {"PerpInd": [["armed forces members"], ["military"]]})],
        [("attack", {"PerpOrg": [["armed forces"]],
                     "PerpInd": [["military", "some military", "military suspects", "armed forces members"]]})],
        Printed(0.5, 0.5, 0.5), Printed(1, 0.5, 0.6667)),
    "0006": Document(
        [("kidnapping", {"PerpInd": [["heavily armed men in civilian clothes"]], "Victim": [["hector oqueli"], ["gilda flores"]]}),
         ("attack", {"PerpInd": [["several people"]]})],
        [("kidnapping", {"PerpInd": [["heavily armed men in civilian clothes", "heavily armed men"]],
                         "Victim": [["hector oqueli"], ["gilda flores"]]}),
         ("attack", {"PerpInd": [["several people", "people"]], "Victim": [["hector oqueli"]]})],
        Printed(1, 0.8, 0.8889), Printed(1, 0.8, 0.8889)),
    "0010": Document(
        [("bombing", {"Target": [["committee of mothers"], ["workers national union"], ["staff installations"]],
                      "Weapon": [["explosives"]]})],
        [("bombing", {"Target": [["the committee of mothers"], ["workers national union"]], "PerpInd": [["criminal groups"]],
                      "Weapon": [["explosives"]]}),
         ("attack", {"PerpInd": [["criminal groups"]], "PerpOrg": [["fmln"]], "Target": [["staff installations"]]})],
        Printed(0.75, 0.4286, 0.5455), Printed(0.75, 0.4286, 0.5455)),
    "0011": Document(
        [("kidnapping", {"PerpOrg": [["sovereignty operation"], ["army of national liberation"], ["procastro"], ["eln"]]})],
        [("kidnapping", {"PerpOrg": [["eln", "army of national liberation"]],
                         "PerpInd": [["members of the sovereignty operation", "sovereignty operation"]]})],
        Printed(0.25, 0.5, 0.3333), Printed(0.5, 0.5, 0.5)),
    "0013": Document(
        [("attack", {"PerpOrg": [["morbid death squad"], ["armed forces"], ["fmln"]],
                     "Target": [["workers national union"], ["fenastras"]],
                     "PerpInd": [["colonel elena fuente"], ["arena assassins"]]})] * 2,
        [("attack", {"PerpOrg": [["nationalist republican alliance", "arena", "government"],
                                 ["army", "armys 1st infantry brigade", "armed forces"]],
                     "Target": [["workers national union", "fenastras"]],
                     "PerpInd": [["morbid death squad of the 1st infantry brigade", "morbid death squad", "death squad"],
                                 ["colonel ponce", "chief of staff col emilio ponce"], ["colonel elena fuente"], ["cristiani"]],
                     "Victim": [["workers national union", "fenastras"]]}),
         ("attack", {"PerpOrg": [["nationalist republican alliance", "arena"]], "PerpInd": [["arena assassins", "assassins"]],
                     "Victim": [["mason"]]}),
         ("attack", {"PerpOrg": [["government"]],
                     "Target": [["workers national union", "fenastras"], ["residences of leaders"],
                                ["udn", "nationalist democratic union"], ["university"], ["fecmasan", "federation of committees"]]})],
        Printed(0.2857, 0.2353, 0.2581), Printed(0.4286, 0.2353, 0.3038)),
    "0027": Document(
        [("attack", {"PerpInd": [["group of unidentified individuals"], ["unidentified individuals"]]})],
        [("attack", {"PerpInd": [["unidentified individuals", "group of unidentified individuals"]], "Weapon": [["machinegun"]],
                     "Victim": [["danilo barillas"]]})],
        Printed(0.5, 0.3333, 0.4), Printed(1, 0.3333, 0.5)),
    "0034": Document(
        [("attack", {"PerpInd": [["person"]], "Victim": [["luis carlos galan"]]})],
        [("attack", {"PerpInd": [["person of arab origin"]], "Victim": [["luis carlos galan"]]})],
        Printed(0.5, 0.5, 0.5), Printed(0.5, 0.5, 0.5)),
}  # fmt: skip

TIED = Document(
    [("bombing", {"PerpInd": [["unidentified terrorists"]], "Weapon": [["dynamite"]],
                  "Target": [["vinapuerto salgar oil pipeline"], ["oil pipeline"], ["pipeline"]]}),
     ("bombing", {"PerpInd": [["unidentified terrorists"]], "Weapon": [["dynamite"]],
                  "Target": [["vinapuerto salgar oil pipeline"]]})],
    [("bombing", {"PerpInd": [["unidentified terrorists", "terrorists"]], "Weapon": [["dynamite"]],
                  "Target": [["oil pipeline", "pipeline", "vinapuerto salgar oil pipeline"]]}),
     ("bombing", {"Target": [["oil pipeline", "pipeline", "cano limoncovenas oil pipeline"]]}),
     ("attack", {"Target": [["oil pipeline", "pipeline", "cano limoncovenas oil pipeline"]]}),
     ("attack", {"PerpInd": [["terrorists"]], "Target": [["oil pipeline", "pipeline"]]})],
    Printed(0.5, 0.5714, 0.5333), Printed(0.6250, 0.4286, 0.5085),
)  # fmt: skip
"""Document 0024: two alignments have the same five predicted entities right under phi-subset, and three or four
reference entities found."""
