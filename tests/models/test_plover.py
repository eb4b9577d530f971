"""The PLOVER ontology as its codebook has it: types, modes of each type, sectors, contexts."""

from __future__ import annotations

import pytest

from summarizer.models.plover import MODES_OF, SYMMETRIC, EventContext, EventType, Mode, Sector

MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release return disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "REJECT": "assist change yield meet",
    "ACCUSE": "disapprove allege investigate",
    "THREATEN": "restrict ban arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict ban censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": (
        "abduct beat torture execute sexual assassinate primitive firearms explosives suicide-attack heavy-weapons "
        "aerial drone crowd-control destroy cleansing massacre unconventional"
    ),
}
TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT"
)
SECTORS = "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI IGO JRN LAB MED NGO OPP PRE REF REL SOC"
CONTEXTS = (
    "military intelligence peacekeeping economic diplomatic resource disease enviro_disaster migration humanitarian "
    "asylum legal human_rights rights_freedoms gender lgbt terrorism human_security religion_ethnicity executive "
    "election legislative cbrn cyber political_institutions corruption crime illegal_drugs"
)


@pytest.mark.parametrize("event", EventType)
def test_each_type_has_the_modes_of_the_codebook(event: EventType) -> None:
    assert " ".join(MODES_OF.get(event, ())) == MODES.get(event, "")


def test_every_mode_belongs_to_a_type() -> None:
    assert {mode for modes in MODES_OF.values() for mode in modes} == set(Mode)


@pytest.mark.parametrize(("kind", "values"), [(EventType, TYPES), (Sector, SECTORS), (EventContext, CONTEXTS)])
def test_the_codes_are_those_of_the_codebook(kind: type[EventType | Sector | EventContext], values: str) -> None:
    assert " ".join(kind) == values


def test_types_without_direction_are_agreement_talks_and_cooperation() -> None:
    assert set(SYMMETRIC) == {EventType.AGREE, EventType.CONSULT, EventType.COOPERATE}


def test_the_prompt_names_every_code(root_prompt: str) -> None:
    for event, modes in MODES.items():
        assert event in root_prompt
        assert ", ".join(modes.split()) in root_prompt
    for code in (*EventType, *Sector):
        assert code in root_prompt


@pytest.fixture
def root_prompt() -> str:
    from summarizer.resources import data_folder

    return (data_folder("prompts") / "brief" / "system.md.j2").read_text("utf-8")
