"""The PLOVER ontology of political events (successor of CAMEO; used by ICEWS and POLECAT).

Source: PLOVER codebook, Open Event Data Alliance / Halterman et al. 2023. Which mode goes with which type
is `MODES_OF`.
"""

from enum import StrEnum


class EventType(StrEnum):
    """What is done, from agreement to assault."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Sector(StrEnum):
    """Which part of a society an actor belongs to."""

    COP = "COP"
    GOV = "GOV"
    JUD = "JUD"
    LEG = "LEG"
    MIL = "MIL"
    PRM = "PRM"
    PTY = "PTY"
    REB = "REB"
    SPY = "SPY"
    UAF = "UAF"
    UNK = "UNK"
    AGR = "AGR"
    BUS = "BUS"
    CRM = "CRM"
    CVL = "CVL"
    EDU = "EDU"
    ELI = "ELI"
    IGO = "IGO"
    JRN = "JRN"
    LAB = "LAB"
    MED = "MED"
    NGO = "NGO"
    OPP = "OPP"
    PRE = "PRE"
    REF = "REF"
    REL = "REL"
    SOC = "SOC"


class EventContext(StrEnum):
    """What an event is about."""

    MILITARY = "military"
    INTELLIGENCE = "intelligence"
    PEACEKEEPING = "peacekeeping"
    ECONOMIC = "economic"
    DIPLOMATIC = "diplomatic"
    RESOURCE = "resource"
    DISEASE = "disease"
    ENVIRO_DISASTER = "enviro_disaster"
    MIGRATION = "migration"
    HUMANITARIAN = "humanitarian"
    ASYLUM = "asylum"
    LEGAL = "legal"
    HUMAN_RIGHTS = "human_rights"
    RIGHTS_FREEDOMS = "rights_freedoms"
    GENDER = "gender"
    LGBT = "lgbt"
    TERRORISM = "terrorism"
    HUMAN_SECURITY = "human_security"
    RELIGION_ETHNICITY = "religion_ethnicity"
    EXECUTIVE = "executive"
    ELECTION = "election"
    LEGISLATIVE = "legislative"
    CBRN = "cbrn"
    CYBER = "cyber"
    POLITICAL_INSTITUTIONS = "political_institutions"
    CORRUPTION = "corruption"
    CRIME = "crime"
    ILLEGAL_DRUGS = "illegal_drugs"


class Mode(StrEnum):
    """How it is done; each type has its own modes."""

    ABDUCT = "abduct"
    ACCESS = "access"
    AERIAL = "aerial"
    ALLEGE = "allege"
    ARREST = "arrest"
    ASSASSINATE = "assassinate"
    ASSIST = "assist"
    BAN = "ban"
    BEAT = "beat"
    BOYCOTT = "boycott"
    CEASEFIRE = "ceasefire"
    CENSOR = "censor"
    CHANGE = "change"
    CLEANSING = "cleansing"
    CONVICT = "convict"
    CROWD_CONTROL = "crowd-control"
    CURFEW = "curfew"
    CYBER = "cyber"
    DEMO = "demo"
    DEPORT = "deport"
    DESTROY = "destroy"
    DISAPPROVE = "disapprove"
    DISARM = "disarm"
    DISCONTINUE = "discontinue"
    DRONE = "drone"
    EXECUTE = "execute"
    EXPEL = "expel"
    EXPLOSIVES = "explosives"
    FIREARMS = "firearms"
    HEAVY_WEAPONS = "heavy-weapons"
    HUNGER = "hunger"
    INVESTIGATE = "investigate"
    MARTIAL_LAW = "martial-law"
    MASSACRE = "massacre"
    MEET = "meet"
    MILITIA = "militia"
    MISINFORMATION = "misinformation"
    MULTILATERAL = "multilateral"
    OBSTRUCT = "obstruct"
    PHONE = "phone"
    POLICE = "police"
    PRIMITIVE = "primitive"
    RELATIONS = "relations"
    RELEASE = "release"
    RESIGN = "resign"
    RESTRICT = "restrict"
    RETURN = "return"
    RIOT = "riot"
    SEIZE = "seize"
    SEXUAL = "sexual"
    STRIKE = "strike"
    SUICIDE_ATTACK = "suicide-attack"
    TERRITORY = "territory"
    THIRD_PARTY = "third-party"
    TORTURE = "torture"
    TROOPS = "troops"
    UNCONVENTIONAL = "unconventional"
    VIOLENCE = "violence"
    VISIT = "visit"
    WEAPONS = "weapons"
    WITHDRAW = "withdraw"
    WITHHOLD = "withhold"
    YIELD = "yield"


MODES_OF: dict[EventType, tuple[Mode, ...]] = {
    EventType.CONSULT: (Mode.VISIT, Mode.THIRD_PARTY, Mode.MULTILATERAL, Mode.PHONE),
    EventType.RETREAT: (
        Mode.WITHDRAW, Mode.RELEASE, Mode.RETURN, Mode.DISARM, Mode.CEASEFIRE, Mode.ACCESS, Mode.RESIGN,
    ),
    EventType.REQUEST: (Mode.ASSIST, Mode.CHANGE, Mode.YIELD, Mode.MEET),
    EventType.REJECT: (Mode.ASSIST, Mode.CHANGE, Mode.YIELD, Mode.MEET),
    EventType.ACCUSE: (Mode.DISAPPROVE, Mode.ALLEGE, Mode.INVESTIGATE),
    EventType.THREATEN: (
        Mode.RESTRICT, Mode.BAN, Mode.ARREST, Mode.RELATIONS, Mode.EXPEL, Mode.TERRITORY, Mode.VIOLENCE,
    ),
    EventType.PROTEST: (Mode.DEMO, Mode.RIOT, Mode.STRIKE, Mode.HUNGER, Mode.BOYCOTT, Mode.OBSTRUCT),
    EventType.SANCTION: (Mode.CONVICT, Mode.EXPEL, Mode.WITHDRAW, Mode.DISCONTINUE),
    EventType.MOBILIZE: (Mode.TROOPS, Mode.WEAPONS, Mode.POLICE, Mode.MILITIA),
    EventType.COERCE: (
        Mode.SEIZE, Mode.RESTRICT, Mode.BAN, Mode.CENSOR, Mode.CURFEW, Mode.MARTIAL_LAW, Mode.ARREST, Mode.DEPORT,
        Mode.WITHHOLD, Mode.MISINFORMATION, Mode.CYBER,
    ),
    EventType.ASSAULT: (
        Mode.ABDUCT, Mode.BEAT, Mode.TORTURE, Mode.EXECUTE, Mode.SEXUAL, Mode.ASSASSINATE, Mode.PRIMITIVE,
        Mode.FIREARMS, Mode.EXPLOSIVES, Mode.SUICIDE_ATTACK, Mode.HEAVY_WEAPONS, Mode.AERIAL, Mode.DRONE,
        Mode.CROWD_CONTROL, Mode.DESTROY, Mode.CLEANSING, Mode.MASSACRE, Mode.UNCONVENTIONAL,
    ),
}  # fmt: skip
"""The modes that fit each type; a type that is not a key has none."""

SYMMETRIC = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE})
"""Types in which actor and recipient are not told apart."""
