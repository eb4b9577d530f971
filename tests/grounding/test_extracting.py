"""A filled model against its document: what stands nowhere, what stands elsewhere, which numbers nobody cites."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, RootModel
from typing_extensions import TypedDict

from summarizer.documents import from_text
from summarizer.grounding.extracting import Checked, Lookup, check, document_info, extraction
from summarizer.models.brief import Match, Problem
from summarizer.models.document import Document, Layout, Unit
from summarizer.models.extraction import EXTRACTION_VERSION, Evidence, Extraction, Quoted, context
from summarizer.sentences import split

from ..models.orders import APPEAL, PAY, REPAIR, TEXT, Ruling, order, ruling
from ..render.sample import LIVE

DOCUMENT = from_text(TEXT, id="ruling", language="en")


def lookup(document: Document = DOCUMENT) -> Lookup:
    return Lookup(document, split(document.text, document.language))


def checked(model: type[BaseModel], reply: dict[str, Any], document: Document = DOCUMENT) -> Checked[Any]:
    """A reply without nulls for defaults, read and checked."""
    places = lookup(document)
    return check(model.model_validate_json(json.dumps(reply), context=context(places)), places)


def orders(*given: dict[str, Any], **fields: Any) -> Checked[Any]:
    reply = ruling(*given, **fields)
    return checked(Ruling, {name: value for name, value in reply.items() if value is not None or name == "decided"})


def test_a_reply_that_the_document_carries_has_nothing_to_mark() -> None:
    checks = orders().checks
    assert (checks.supported, checks.unsupported) == (3, 0)
    assert (checks.problems, checks.warnings) == ((), ())
    assert checks.quotes == {Match.EXACT: 2, Match.FOLDED: 0, Match.FUZZY: 0, Match.UNSUPPORTED: 0}


def test_wordings_that_stand_nowhere_are_named_by_their_path() -> None:
    checks = orders(order(), order(wording="to pay 1,350.50 marks"), order(wording=" "), dissent="I dissent").checks
    assert checks.problems == (
        Problem(item="orders.1.wording", message="the wording “to pay 1,350.50 marks” does not stand in the document"),
        Problem(item="orders.2.wording", message="the wording “ ” does not stand in the document"),
        Problem(item="dissent", message="the wording “I dissent” does not stand in the document"),
    )
    assert (checks.supported, checks.unsupported) == (5, 3)
    assert checks.quotes[Match.UNSUPPORTED] == 3


def test_an_empty_wording_and_empty_evidence_are_problems() -> None:
    checks = orders(order(wording="", evidence=[])).checks
    assert [(p.item, p.message) for p in checks.problems] == [
        ("orders.0.wording", "it is empty"), ("orders.0.evidence", "it cites no sentence"),
    ]  # fmt: skip


def test_of_several_places_the_one_in_a_cited_sentence_is_taken() -> None:
    first, second = orders(
        order(wording="The Harbour Company"), order(wording="the CRANE", amount="30", text="Repair", evidence=[3])
    ).data.orders
    assert first.wording.start == TEXT.index("the Harbour Company")
    assert (first.wording.text, first.wording.match) == ("the Harbour Company", Match.FOLDED)
    assert second.wording.start == TEXT.rindex("the crane")
    assert (second.wording.text, second.wording.match) == ("the crane", Match.FOLDED)


def test_a_wording_outside_of_the_cited_sentences_is_a_warning() -> None:
    made = orders(order(wording="30 days", text="Pay", amount="1250.50"))
    assert made.checks.warnings == ("orders.0.wording: it stands in sentence 2, not in those cited",)
    assert made.checks.unsupported == 0
    assert made.data.orders[0].wording.start == TEXT.index("30 days")


def test_a_wording_over_two_cited_sentences_is_cited() -> None:
    across = "to Ada Lind.\nThe Harbour Company must"
    made = orders(order(wording=across, text="Pay", amount=None, evidence=[1, 2]))
    assert (made.data.orders[0].wording.text, made.checks.warnings) == (across, ())
    made = orders(order(wording=across, text="Pay", amount=None, evidence=[1]))
    assert made.checks.warnings == ("orders.0.wording: it stands in sentence 1, not in those cited",)


def test_the_evidence_of_another_record_moves_no_wording() -> None:
    """The court stands in the root, the evidence in an order."""
    made = orders(order(wording="Harbour Company", text="Repair", amount="30", evidence=[2]), court="Harbour Company")
    assert made.data.court.start == TEXT.index("Harbour Company")
    assert made.data.orders[0].wording.start == TEXT.rindex("Harbour Company")


def test_nothing_is_made_anew_when_nothing_moves() -> None:
    places = lookup()
    data = Ruling.model_validate({"court": "court of Norvale", "decided": None, "orders": []}, context=context(places))
    assert check(data, places).data is data


class Level(IntEnum):
    HIGH = 77


class Word(StrEnum):
    SEVENTY = "70 words"


class Numbers(BaseModel):
    text: str | None = None
    texts: list[str] = []
    whole: int | None = None
    real: float | None = None
    money: Decimal | None = None
    truth: bool = False
    level: Level | None = None
    word: Word | None = None
    day: dt.date | None = None
    usual: int = 42
    evidence: Evidence | None = None


UNHELD: list[tuple[dict[str, Any], list[str]]] = [
    ({"text": "Pay 1,250.50 marks and 31 more on 3 May"}, ["text: “3 May”", "text: “31”"]),
    ({"texts": ["30 days", "31 days"]}, ["texts.0: “30”", "texts.1: “31”"]),
    ({"whole": 1251}, ["whole: “1251”"]),
    ({"real": 1250.5}, []),
    ({"real": -1250.75}, ["real: “-1250.75”"]),
    ({"money": "1250.50"}, []),
    ({"money": "30"}, ["money: “30”"]),
    ({"whole": 1, "money": "0"}, []),
    ({"truth": True, "level": 77, "word": "70 words", "day": "2031-05-04"}, []),
    ({}, []),
]


@pytest.mark.parametrize(("values", "warned"), UNHELD, ids=str)
def test_numbers_that_no_cited_sentence_holds_are_warnings(values: dict[str, Any], warned: list[str]) -> None:
    checks = checked(Numbers, {"evidence": [1], **values}).checks
    assert [warning.removesuffix(" is not in the sentences cited") for warning in checks.warnings] == warned
    assert checks.problems == ()


def test_numbers_without_evidence_beside_them_are_left_alone() -> None:
    assert checked(Numbers, {"text": "31 days"}).checks.warnings == ()
    assert checked(Numbers, {"text": "31 days", "evidence": None}).checks.warnings == ()


def test_a_number_in_the_document_s_own_language_is_held_as_it_is_written() -> None:
    german = from_text("Er zahlt 1.250,50 Kronen und 3,5 Prozent Zinsen.", id="de", language="de")
    assert checked(Numbers, {"text": "1.250,50 Kronen, 3,5 Prozent", "evidence": [1]}, german).checks.warnings == ()
    assert checked(Numbers, {"text": "250,50 Kronen", "evidence": [1]}, german).checks.warnings != ()


def test_the_day_of_publication_is_known_to_every_sentence() -> None:
    dated = from_text(TEXT, id="dated", language="en", published="2031-05-04")
    assert checked(Numbers, {"text": "On 4 May 2031", "evidence": [1]}, dated).checks.warnings == ()
    assert checked(Numbers, {"text": "On 4 May 2031", "evidence": [1]}).checks.warnings != ()


class Leaf(RootModel[Quoted]):
    """A wording in a wrapper."""


class Typed(TypedDict):
    wording: Quoted


@dataclasses.dataclass(frozen=True)
class Plain:
    wording: Quoted
    evidence: Evidence


class Fine(BaseModel):
    fine: Quoted


class Jail(BaseModel):
    jail: Quoted


class Tree(BaseModel):
    name: Quoted = Field(alias="called")
    children: list[Tree] = []
    pairs: list[list[Quoted]] = []
    leaf: Leaf | None = None
    typed: Typed | None = None
    plain: Plain | None = None
    either: Fine | Jail | None = None
    maybe: tuple[Quoted | None, ...] = ()
    evidence: Evidence = Evidence()


NOWHERE: dict[str, Any] = {
    "called": {"called": "x1"},
    "children.0.children.1.called": {
        "called": "crane",
        "children": [{"called": "boat", "children": [{"called": "boat"}, {"called": "x1"}]}],
    },
    "pairs.1.0": {"called": "crane", "pairs": [["boat"], ["x1"]]},
    "leaf": {"called": "crane", "leaf": "x1"},
    "typed.wording": {"called": "crane", "typed": {"wording": "x1"}},
    "plain.wording": {"called": "crane", "plain": {"wording": "x1", "evidence": [1]}},
    "either.jail": {"called": "crane", "either": {"jail": "x1"}},
    "maybe.1": {"called": "crane", "maybe": [None, "x1"]},
}


@pytest.mark.parametrize(("path", "reply"), NOWHERE.items(), ids=NOWHERE)
def test_wordings_are_found_wherever_they_are_in_a_model(path: str, reply: dict[str, Any]) -> None:
    checks = checked(Tree, reply).checks
    assert [problem.item for problem in checks.problems] == [path]


def test_wordings_move_wherever_they_are_in_a_model() -> None:
    last = TEXT.rindex("crane")
    reply = {
        "called": "crane", "evidence": [3], "pairs": [["crane"]], "leaf": "crane", "typed": {"wording": "crane"},
        "plain": {"wording": "crane", "evidence": [3]}, "either": {"fine": "crane"}, "maybe": ["crane", None],
    }  # fmt: skip
    data = checked(Tree, reply).data
    moved = [data.name, data.pairs[0][0], data.leaf.root, data.typed["wording"], data.plain.wording, data.maybe[0]]
    assert [quoted.start for quoted in moved] == [last] * 6
    assert data.either.fine.start == TEXT.index("crane"), "a record of its own, without evidence"
    assert isinstance(data.maybe, tuple)
    assert isinstance(data.plain, Plain)


def test_a_default_that_nobody_gave_is_not_checked() -> None:
    checks = checked(Tree, {"called": "crane"}).checks
    assert (checks.supported, checks.unsupported) == (1, 0)


def test_warnings_of_how_the_document_was_read_are_passed_on() -> None:
    warned = DOCUMENT.model_copy(update={"warnings": ("page 2 is an image",)})
    assert checked(Tree, {"called": "crane"}, warned).checks.warnings == ("page 2 is an image",)


def test_what_is_told_of_a_document_is_its_own() -> None:
    paged = DOCUMENT.model_copy(update={"title": "Ruling", "layout": Layout(unit=Unit.PAGE, starts=(0, len(PAY)))})
    info = document_info(paged, split(TEXT, "en"))
    assert (info.id, info.title, info.pages, info.characters, info.sentences) == ("ruling", "Ruling", 2, len(TEXT), 3)
    assert lookup(paged).span(2).page == 2


def test_an_extraction_loads_from_what_is_written_of_it() -> None:
    made = extraction(orders(order(), order(wording="nowhere")), document_info(DOCUMENT, split(TEXT, "en")), LIVE)
    assert made.schema_name == "Ruling"
    assert made.provenance.schema_version == EXTRACTION_VERSION
    assert Extraction[Ruling].model_validate_json(made.model_dump_json()) == made


def test_a_sentence_is_found_by_a_position_in_it() -> None:
    places = lookup()
    assert places.sentence_at(len(PAY) + 5) == 2
    assert places.sentence_at(len(PAY)) is None


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 40), st.sampled_from([1, 2, 3]))
def test_what_is_found_is_a_slice_of_the_document(start: int, size: int, sentence: int) -> None:
    made = checked(Tree, {"called": TEXT[start : start + size], "evidence": [sentence]}).data
    if made.name.start is not None:
        assert TEXT[made.name.start : made.name.end] == made.name.text
    assert [span.text for span in made.evidence] == [(PAY, REPAIR, APPEAL)[sentence - 1]]
