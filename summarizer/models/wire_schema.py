"""The JSON Schema that a language model fills for any Pydantic model, in the form of OpenAI's strict mode.

Strict mode wants every property required, every object closed, no defaults, no keyword beside `$ref`, and knows few
keywords. So a field with a default may be null on the wire and null means the default; limits, patterns and formats are
put into words, and checked when the reply is read. What cannot be said so is refused with the field's name.

Source: OpenAI, Structured model outputs, "Supported schemas".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.errors import PydanticUndefinedAnnotation, PydanticUserError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, JsonSchemaWarningKind
from pydantic_core import core_schema

from ..errors import ConfigurationError
from .exchange import JsonObject, ReplySchema

_REF = "#/$defs/"
_INVALID = "x-invalid"
_NULL = {"type": "null"}
_LIMITS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "uniqueItems": "no item twice",
    "pattern": "matches the regular expression {}",
}
_FORMATS = {
    "date": "ISO 8601 date, such as 2025-08-25",
    "date-time": "ISO 8601 date and time, such as 2025-08-25T14:30:00",
    "time": "ISO 8601 time, such as 14:30:00",
    "duration": "ISO 8601 duration, such as PT1H30M",
    "decimal": "number in digits with a decimal point, such as 12.50",
}


@dataclass(frozen=True, slots=True)
class WireSchema:
    """What is sent, and what is needed to read what comes back.

    Args:
        reply: the schema in strict form, with its hash.
        own: the schema as Pydantic makes it, which tells the fields that have a default.
    """

    reply: ReplySchema
    own: JsonObject

    def with_defaults(self, value: Any) -> Any:
        """A reply without those of its nulls that stand for a default."""
        return self._filled(value, self.own)

    def _filled(self, value: Any, node: JsonObject) -> Any:
        if isinstance(value, list):
            items = next((n["items"] for n in self._branches(node) if isinstance(n.get("items"), Mapping)), None)
            return value if items is None else [self._filled(each, items) for each in value]
        if not isinstance(value, dict):
            return value
        branch = self._branch_of(value, node)
        fields, required = branch.get("properties", {}), branch.get("required", ())
        return {
            name: self._filled(each, fields.get(name, {}))
            for name, each in value.items()
            if each is not None or name in required or name not in fields
        }

    def _branch_of(self, value: dict[str, Any], node: JsonObject) -> JsonObject:
        """The alternative that an object is meant for: its keys and constants tell."""
        objects = [n for n in self._branches(node) if "properties" in n]
        fitting = [n for n in objects if all(_may_be(value.get(k), f) for k, f in n["properties"].items())]
        same_keys = (n for n in fitting if n["properties"].keys() == value.keys())
        return next(same_keys, fitting[0] if fitting else {})

    def _branches(self, node: JsonObject) -> Iterator[JsonObject]:
        while "$ref" in node:
            node = self.own["$defs"][node["$ref"].removeprefix(_REF)]
        alternatives = node.get("anyOf") or node.get("oneOf")
        if not alternatives:
            yield node
        for each in alternatives or ():
            yield from self._branches(each)


def wire_schema(model: type[BaseModel]) -> WireSchema:
    """The schema of a user's model.

    Raises:
        ConfigurationError: strict mode cannot express it; the message names the field, the remedy what to write.
    """
    try:
        own = model.model_json_schema(schema_generator=_Generator)
    except (PydanticUserError, PydanticUndefinedAnnotation) as error:
        raise ConfigurationError(
            f"{model.__name__} is no complete model ({str(error).splitlines()[0]})",
            remedy="Define or import every type that its fields name",
        ) from error
    name = re.sub(r"[^\w-]", "_", model.__name__, flags=re.ASCII)[:50]
    return WireSchema(ReplySchema.of(f"extract_{name}", _Strict(own, model.__name__).schema()), own)


class _Generator(GenerateJsonSchema):
    """Marks what JSON cannot hold instead of raising, so that its place is known; writes decimals as strings."""

    ignored_warning_kinds: set[JsonSchemaWarningKind] = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012

    def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> JsonSchemaValue:  # noqa: ARG002
        return {_INVALID: error_info}

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        limits = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
        given = {word: str(schema[key]) for key, word in limits.items() if key in schema}  # type: ignore[literal-required]
        return {"type": "string", "format": "decimal", **given}


class _Strict:
    """Turns one schema of Pydantic's into strict form.

    Args:
        own: the schema.
        name: of the model, for messages.
    """

    def __init__(self, own: JsonObject, name: str):
        self._own = own
        self._name = name
        self._used: dict[str, JsonObject] = {}

    def schema(self) -> dict[str, Any]:
        root = self._target(self._own) if "$ref" in self._own else self._own
        if not root.get("properties"):
            remedy = "Put what it holds into a field of a model"
            raise ConfigurationError(f"{self._name} has no fields to fill", remedy=remedy)
        strict = self._node(root, self._name)
        return strict | ({"$defs": dict(sorted(self._used.items()))} if self._used else {})

    def _node(self, node: JsonObject, place: str) -> dict[str, Any]:
        said = _description(node)
        if "$ref" in node:
            return self._reference(node, said, place)
        alternatives = node.get("anyOf") or node.get("oneOf") or node.get("allOf")
        if alternatives:
            if "allOf" in node and len(alternatives) > 1:
                raise self._refusal(place, "must fit several schemas at once", "Write one model with all fields")
            branches = [self._node(each, place) for each in alternatives]
            return {"anyOf": [b for n, b in enumerate(branches) if b not in branches[:n]], **said}
        kind = node.get("type")
        if kind == "object":
            return {**self._object(node, place), **said}
        if kind == "array":
            return {"type": "array", "items": self._items(node, place), **said}
        if _INVALID in node:
            raise self._refusal(place, "has a type that JSON cannot hold", "Write str, a number or a model")
        if not isinstance(kind, str) and not node.keys() & {"enum", "const"}:
            raise self._refusal(place, "can be anything", "Write a type such as str, a number or a model")
        return {name: node[name] for name in ("type", "enum", "const") if name in node} | said

    def _reference(self, node: JsonObject, said: dict[str, str], place: str) -> dict[str, Any]:
        """A reference; with words of its own it is an alternative among one, or, where it is short, written out."""
        name, target = node["$ref"].removeprefix(_REF), self._target(node)
        if said and target.get("type") != "object" and not target.keys() & {"anyOf", "oneOf", "enum"}:
            return self._node(target, place) | _joined(*said.values(), *_description(target).values())
        if name not in self._used:
            self._used[name] = {}  # it may refer to itself
            self._used[name] = self._node(target, name if target.get("type") == "object" else place)
        reference = {"$ref": node["$ref"]}
        return {"anyOf": [reference], **said} if said else reference

    def _target(self, node: JsonObject) -> JsonObject:
        target: JsonObject = self._own["$defs"][node["$ref"].removeprefix(_REF)]
        return target

    def _object(self, node: JsonObject, place: str) -> dict[str, Any]:
        fields = node.get("properties")
        if fields is None and (node.get("additionalProperties") is not False or "patternProperties" in node):
            remedy = "Write a list of models with one field for the key and one for the value"
            raise self._refusal(place, "is a dictionary with any keys", remedy)
        required = node.get("required", ())
        strict = {}
        for name, field in (fields or {}).items():
            found = self._node(field, f"{place}.{name}")
            strict[name] = found if name in required else _nullable(found)
        return {"type": "object", "properties": strict, "required": list(strict), "additionalProperties": False}

    def _items(self, node: JsonObject, place: str) -> dict[str, Any]:
        if "prefixItems" in node:
            remedy = "Write a model with a named field for each, or list[...] when all are alike"
            raise self._refusal(place, "is a tuple whose places differ", remedy)
        return self._node(node.get("items", {}), place)

    def _refusal(self, place: str, what: str, remedy: str) -> ConfigurationError:
        message = f"the field {place} {what}, which strict structured output cannot express"
        return ConfigurationError(message, remedy=remedy)


def _nullable(node: dict[str, Any]) -> dict[str, Any]:
    if node.get("type") == "null" or _NULL in node.get("anyOf", ()) or None in node.get("enum", ()):
        return node
    said = {"description": node["description"]} if "description" in node else {}
    bare = {name: value for name, value in node.items() if name != "description"}
    return {"anyOf": [*(bare.get("anyOf") or [bare]), _NULL], **said}


def _description(node: JsonObject) -> dict[str, str]:
    """The description of a schema with its limits and format in words, if there is any."""
    words = [_FORMATS.get(node["format"], f"format: {node['format']}")] if "format" in node else []
    words += [phrase.format(node[key]) for key, phrase in _LIMITS.items() if key in node]
    limits = "; ".join(words)
    return _joined(str(node.get("description", "")), limits[:1].upper() + limits[1:] + "." if limits else "")


def _joined(*said: str) -> dict[str, str]:
    """Texts as the sentences of one description."""
    parts = [text.strip() for text in said if text.strip()]
    ended = [part if part[-1] in ".!?:;" else f"{part}." for part in parts[:-1]]
    return {"description": " ".join([*ended, *parts[-1:]])} if parts else {}


def _may_be(value: Any, field: JsonObject) -> bool:
    return "const" not in field or value == field["const"]
