"""Fields that are grounded: what they validate from, with a document at hand and without one, and what they become."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from summarizer.documents import from_text
from summarizer.grounding.extracting import Lookup
from summarizer.models import brief
from summarizer.models.brief import Match, Span
from summarizer.models.extraction import Evidence, Extraction, Quoted, context
from summarizer.models.wire_schema import wire_schema
from summarizer.sentences import split

from .orders import PAY, REPAIR, TEXT, Order, Ruling, order, ruling

DOCUMENT = from_text(TEXT, id="ruling", language="en")
CONTEXT = context(Lookup(DOCUMENT, split(TEXT, "en")))
FIRST = Span(sentence=1, start=0, end=len(PAY), text=PAY)


def filled(reply: dict[str, Any]) -> Ruling:
    return Ruling.model_validate_json(json.dumps(wire_schema(Ruling).with_defaults(reply)), context=CONTEXT)


def faults(reply: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        filled(reply)
    return [(".".join(map(str, each["loc"])), each["msg"]) for each in caught.value.errors()]


def test_a_wording_becomes_the_place_where_it_stands() -> None:
    court = filled(ruling()).court
    assert (court.text, court.match) == ("court of Norvale", Match.EXACT)
    assert TEXT[court.start : court.end] == court.text


def test_a_wording_in_another_spelling_becomes_the_document_s_own() -> None:
    court = filled(ruling(court="COURT of  Norvale")).court
    assert (court.text, court.match) == ("court of Norvale", Match.FOLDED)


def test_a_wording_that_stands_nowhere_is_kept_without_a_place() -> None:
    court = filled(ruling(court="court of Molde")).court
    assert court == Quoted(text="court of Molde", start=None, end=None, match=Match.UNSUPPORTED)


def test_sentence_numbers_become_spans_each_once_in_their_order() -> None:
    evidence = filled(ruling(order(evidence=[2, 1, 2]))).orders[0].evidence
    assert [span.sentence for span in evidence] == [2, 1]
    assert evidence[1] == FIRST
    assert (len(evidence), evidence[:1]) == (2, (evidence[0],))
    assert all(TEXT[span.start : span.end] == span.text for span in evidence)


@pytest.mark.parametrize("written", ["1", 1.0, "[1]", "1.0"])
def test_numbers_as_models_without_a_schema_write_them_are_numbers(written: Any) -> None:
    assert filled(ruling(order(evidence=[written]))).orders[0].evidence.root == (FIRST,)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (4, "there is no sentence 4, the document has sentences 1 to 3"),
        (0, "there is no sentence 0"),
        (-1, "-1 is no sentence number"),
        (1.5, "1.5 is no sentence number"),
        (True, "True is no sentence number"),
        ("first", "'first' is no sentence number"),
        (None, "None is no sentence number"),
    ],
)
def test_a_number_that_is_none_of_a_sentence_is_an_error_at_its_place(number: Any, message: str) -> None:
    ((place, said),) = faults(ruling(order(), order(evidence=[1, number])))
    assert place == "orders.1.evidence"
    assert message in said


def test_what_is_no_list_is_no_evidence() -> None:
    ((place, said),) = faults(ruling(order(evidence=1)))
    assert (place, said) == ("orders.0.evidence", "Input should be a valid array")


def test_a_filled_model_loads_again_without_the_document() -> None:
    data = filled(ruling(order(), order(wording="nowhere", evidence=[])))
    assert Ruling.model_validate_json(data.model_dump_json()) == data
    assert Ruling.model_validate(data.model_dump()) == data
    assert Ruling.model_validate(data.model_dump(mode="json")) == data


def test_evidence_is_written_as_a_list_of_spans() -> None:
    written = filled(ruling()).model_dump(mode="json")["orders"][0]
    assert written["evidence"] == [FIRST.model_dump()]
    assert written["wording"] == {"text": "to pay 1,250.50 marks", "start": 48, "end": 69, "match": "exact"}


def test_a_string_without_a_document_is_an_unsupported_wording() -> None:
    made = Order(text="Pay", wording="to pay", evidence=Evidence((FIRST,)))  # type: ignore[arg-type]
    assert made.wording == Quoted(text="to pay", start=None, end=None, match=Match.UNSUPPORTED)


def test_numbers_without_a_document_are_an_error_that_says_so() -> None:
    with pytest.raises(ValidationError, match="say nothing without a document"):
        TypeAdapter(Evidence).validate_python([1, 2])
    assert Evidence().root == Evidence.model_validate([]).root == ()


def test_a_context_of_the_user_s_own_is_no_document() -> None:
    with pytest.raises(ValidationError, match="without a document"):
        Evidence.model_validate([1], context={"mine": 1})
    assert Quoted.model_validate("pay", context=object()).match is Match.UNSUPPORTED


def test_grounded_fields_are_frozen_and_have_a_hash() -> None:
    made = filled(ruling())
    with pytest.raises(ValidationError, match="frozen"):
        made.court.text = "other"  # type: ignore[misc]
    assert len({made.court, made.orders[0].evidence, filled(ruling()).court}) == 2


def test_a_wording_is_a_wording_of_briefs_too() -> None:
    assert issubclass(Quoted, brief.Quoted)
    with pytest.raises(ValidationError):
        brief.Quoted.model_validate("pay")


def test_a_strict_model_and_one_that_validates_its_parts_again_are_filled_as_well() -> None:
    class Strict(BaseModel):
        model_config = ConfigDict(strict=True, revalidate_instances="always", extra="forbid", frozen=True)
        wording: Quoted
        evidence: Evidence

    class Outer(BaseModel):
        part: Strict

    text = json.dumps({"part": {"wording": "the crane", "evidence": [2]}})
    data = Outer.model_validate_json(text, context=CONTEXT)
    assert data.part.evidence[0].text == REPAIR
    assert Outer.model_validate(data).part == data.part
    assert Outer.model_validate_json(data.model_dump_json()) == data


def test_an_extraction_knows_the_type_of_its_data() -> None:
    properties = Extraction[Ruling].model_json_schema(mode="serialization")["properties"]
    assert properties["data"] == {"$ref": "#/$defs/Ruling"}
    assert set(properties) == {"schema_name", "document", "data", "checks", "provenance"}


def test_written_types_have_schemas_of_what_is_written() -> None:
    made = Order.model_json_schema(mode="serialization")
    assert made["$defs"]["Evidence"]["items"] == {"$ref": "#/$defs/Span"}
    assert set(made["$defs"]["Quoted"]["properties"]) == {"text", "start", "end", "match"}
