"""The schemas: what language models are sent keeps the rules of strict mode; what is published is in step and valid."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from summarizer.models.base import Model
from summarizer.models.draft import Actor, Aim, Draft, Event, ParticipantRole, Statement
from summarizer.models.exchange import canonical_hash
from summarizer.models.json_schema import NAMES, draft_schema, json_schema

from .drafts import draft, wire
from .strict_mode import violations

STRICT = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "kind": {"$ref": "#/$defs/Kind"}},
    "required": ["name", "kind"],
    "additionalProperties": False,
    "$defs": {"Kind": {"type": "string", "enum": ["a", "b"]}},
}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    schema = copy.deepcopy(STRICT)
    change(schema)
    return schema


def nested(levels: int) -> dict[str, Any]:
    node: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        node = {"type": "object", "properties": {"in": node}, "required": ["in"], "additionalProperties": False}
    return node


def wide(properties: int, length: int = 1) -> dict[str, Any]:
    names = [f"{number:0{length}}" for number in range(properties)]
    return STRICT | {"properties": {name: {"type": "string"} for name in names}, "required": names}


def listing(values: int, length: int) -> dict[str, Any]:
    enum = [f"{number:0{length}}" for number in range(values)]
    return STRICT | {"$defs": {"Kind": {"type": "string", "enum": enum}}}


def name_with(**keywords: Any) -> dict[str, Any]:
    return changed(lambda schema: schema["properties"]["name"].update(keywords))


BAD = {
    "an open object": (changed(lambda s: s.pop("additionalProperties")), "not closed"),
    "an object open on purpose": (changed(lambda s: s.update(additionalProperties=True)), "not closed"),
    "a dictionary": (changed(lambda s: s.update(additionalProperties={"type": "string"})), "not closed"),
    "an optional property": (changed(lambda s: s["required"].pop()), "not all properties are required"),
    "a required stranger": (changed(lambda s: s["required"].append("x")), "not all properties are required"),
    "a default": (name_with(default="a"), "default"),
    "a title": (name_with(title="Name"), "title"),
    "minLength": (name_with(minLength=1), "minLength"),
    "maxLength": (name_with(maxLength=9), "maxLength"),
    "pattern": (name_with(pattern="a+"), "pattern"),
    "format": (name_with(format="date"), "format"),
    "minimum": (name_with(minimum=1), "minimum"),
    "maximum": (name_with(maximum=1), "maximum"),
    "exclusiveMinimum": (name_with(exclusiveMinimum=0), "exclusiveMinimum"),
    "multipleOf": (name_with(multipleOf=2), "multipleOf"),
    "minItems": (name_with(type="array", items={"type": "string"}, minItems=1), "minItems"),
    "maxItems": (name_with(type="array", items={"type": "string"}, maxItems=1), "maxItems"),
    "uniqueItems": (name_with(type="array", items={"type": "string"}, uniqueItems=True), "uniqueItems"),
    "prefixItems": (name_with(type="array", items=False, prefixItems=[{"type": "string"}]), "prefixItems"),
    "patternProperties": (changed(lambda s: s.update(patternProperties={})), "patternProperties"),
    "allOf": (changed(lambda s: s["properties"].update(kind={"allOf": [{"$ref": "#/$defs/Kind"}]})), "allOf"),
    "oneOf": (changed(lambda s: s["properties"].update(kind={"oneOf": [{"$ref": "#/$defs/Kind"}]})), "oneOf"),
    "not": (name_with(**{"not": {"const": "a"}}), "not"),
    "a description beside $ref": (changed(lambda s: s["properties"]["kind"].update(description="x")), "beside it"),
    "an array of anything": (changed(lambda s: s["properties"].update(name={"type": "array"})), "without items"),
    "anything": (changed(lambda s: s["properties"].update(name={})), "no type"),
    "a fault in a definition": (changed(lambda s: s["$defs"]["Kind"].update(default="a")), "#/Kind: .*default"),
    "a fault in an alternative": (
        changed(lambda s: s["properties"].update(name={"anyOf": [{"type": "string", "format": "uri"}]})), "format",
    ),
    "no object": ({"type": "array", "items": {"type": "string"}}, "root"),
    "anyOf at the root": ({"anyOf": [nested(1)]}, "root"),
    "eleven levels": (nested(11), "too deep"),
    "5,001 properties": (wide(5_001), "too many properties"),
    "names of more than 120,000 characters": (wide(1_201, 100), "characters of names"),
    "1,001 values": (listing(1_001, 1), "too many enum values"),
    "a large enum of long values": (listing(251, 60), "characters in an enum"),
}  # fmt: skip


@pytest.mark.parametrize(("schema", "message"), BAD.values(), ids=BAD)
def test_the_checker_finds_what_strict_mode_refuses(schema: dict[str, Any], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        raise AssertionError("; ".join(violations(schema)))


@pytest.mark.parametrize("schema", [STRICT, nested(10), wide(5_000), listing(1_000, 1), listing(250, 60)])
def test_the_checker_accepts_what_strict_mode_accepts(schema: dict[str, Any]) -> None:
    assert violations(schema) == []


def test_the_draft_s_schema_keeps_the_rules_of_strict_mode() -> None:
    assert violations(draft_schema().schema) == []


def test_the_draft_s_schema_has_no_titles_and_no_address() -> None:
    assert not {"title", "$id", "$schema"} & set(draft_schema().schema)
    assert "title" in draft_schema().schema["$defs"]["Event"]["properties"], "a property called title is kept"


def test_the_schema_s_hash_is_that_of_its_content() -> None:
    assert draft_schema().hash == canonical_hash(draft_schema().schema)


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schemas_are_in_step_with_the_models(name: str, root: Path) -> None:
    written = (root / "schemas" / f"{name}.schema.json").read_text("utf-8")
    assert json.loads(written) == json_schema(name), "run: summarizer schema --output-dir schemas"


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schemas_are_valid_json_schemas(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(json_schema(name))


def test_a_draft_as_it_goes_over_the_wire_fits_the_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(json.loads(draft().model_dump_json(by_alias=True)), json_schema("draft"))


@pytest.mark.parametrize("key", ["headline", "ev", "src", "by"])
def test_a_draft_without_a_key_fits_neither_schema_nor_model(key: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")

    def without(node: Any) -> Any:
        if isinstance(node, dict):
            return {name: without(value) for name, value in node.items() if name != key}
        return [without(value) for value in node] if isinstance(node, list) else node

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(without(wire()), json_schema("draft"))
    with pytest.raises(ValidationError):
        Draft.model_validate(without(wire()))


WIRE_NAMES = {
    Statement: {"evidence": "ev"},
    Actor: {"name_in_source": "src", "affiliation": "org", "country": "iso3", "evidence": "ev"},
    Event: {
        "contexts": "ctx", "factuality": "fact", "date_in_source": "date_src", "place_in_source": "place_src",
        "country": "iso3", "actors": "by", "recipients": "to", "attendees": "with", "mediators": "med",
        "origins": "via", "evidence": "ev",
    },
    Aim: {"wording_in_source": "src", "held_by": "by", "origins": "via", "evidence": "ev"},
}  # fmt: skip


@pytest.mark.parametrize(("model", "names"), WIRE_NAMES.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_wire_names_stand_for_public_names(model: type[BaseModel], names: dict[str, str]) -> None:
    found = {name: field.alias for name, field in model.model_fields.items() if field.alias}
    assert found == names


def test_public_names_and_wire_names_are_both_accepted() -> None:
    by_alias = Draft.model_validate(draft().model_dump(mode="json", by_alias=True))
    by_name = Draft.model_validate(draft().model_dump(mode="json"))
    assert by_alias == by_name == draft()
    assert "evidence" not in draft().model_dump_json(by_alias=True)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="confidence"):
        Draft.model_validate(wire() | {"confidence": 1})


def test_a_draft_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        draft().headline = "Other"  # type: ignore[misc]


def test_participants_are_the_ids_with_their_roles() -> None:
    event = (
        draft()
        .events[0]
        .model_copy(update={"actors": ("A1",), "recipients": ("A2",), "attendees": ("A3", "A4"), "mediators": ("A5",)})
    )
    assert event.participants == (
        ("A1", ParticipantRole.ACTOR),
        ("A2", ParticipantRole.RECIPIENT),
        ("A3", ParticipantRole.ATTENDEE),
        ("A4", ParticipantRole.ATTENDEE),
        ("A5", ParticipantRole.MEDIATOR),
    )


@pytest.mark.parametrize(
    ("said", "kept"), [("TR", "TUR"), ("Türkiye", "TUR"), ("tur", "TUR"), ("Atlantis", "Atlantis")]
)
def test_a_country_is_converted_where_it_is_unambiguous_and_kept_where_not(said: str, kept: str) -> None:
    assert Actor.model_validate(wire()["actors"][0] | {"iso3": said}).country == kept


@pytest.mark.parametrize("said", [None, "", "  "])
def test_no_country_is_null(said: str | None) -> None:
    assert Actor.model_validate(wire()["actors"][0] | {"iso3": said}).country is None


def test_a_country_that_is_no_string_is_refused() -> None:
    with pytest.raises(ValidationError):
        Actor.model_validate(wire()["actors"][0] | {"iso3": 792})


def test_models_are_closed_and_frozen() -> None:
    assert Model.model_config["extra"] == "forbid"
    assert Model.model_config["frozen"] is True
