"""The rules of OpenAI's strict mode for JSON Schemas, checked without asking anyone.

Source: OpenAI, Structured model outputs, "Supported schemas", as of 2026, with the keywords that fine-tuned models and
Azure refuse beyond it; and what the API is known to answer 400 to (`$ref` with keywords beside it, `default`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

ALLOWED = {
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref", "$defs",
    "description",
}  # fmt: skip
MOST_PROPERTIES = 5_000
DEEPEST = 10
MOST_CHARACTERS = 120_000
MOST_ENUM_VALUES = 1_000
LARGE_ENUM = 250
MOST_CHARACTERS_OF_A_LARGE_ENUM = 15_000

Schema = Mapping[str, Any]


def violations(schema: Schema) -> list[str]:
    """What strict mode would refuse in a schema, as sentences; empty when it is accepted."""
    found = [] if schema.get("type") == "object" else ["the root is not an object"]
    nodes = dict(_nodes(schema, "#"))
    for place, node in nodes.items():
        found += [f"{place}: {fault}" for fault in _faults(node)]
    return found + list(_excesses(schema, nodes))


def _nodes(node: Schema, place: str) -> Iterator[tuple[str, Schema]]:
    yield place, node
    for group in ("properties", "$defs"):
        for name, below in node.get(group, {}).items():
            yield from _nodes(below, f"{place}/{name}")
    for number, below in enumerate(node.get("anyOf", ())):
        yield from _nodes(below, f"{place}/anyOf/{number}")
    if isinstance(node.get("items"), Mapping):
        yield from _nodes(node["items"], f"{place}/items")


def _faults(node: Schema) -> Iterator[str]:
    for keyword in sorted(node.keys() - ALLOWED):
        yield f"the keyword {keyword} is not supported"
    if "$ref" in node and len(node) > 1:
        yield "$ref has keywords beside it"
    if not node.keys() & {"type", "$ref", "anyOf", "enum", "const"}:
        yield "it has no type"
    if node.get("type") == "array" and "items" not in node:
        yield "an array without items"
    if node.get("type") == "object":
        if node.get("additionalProperties") is not False:
            yield "the object is not closed"
        if set(node.get("required", ())) != set(node.get("properties", {})):
            yield "not all properties are required, or more than all"


def _excesses(schema: Schema, nodes: Mapping[str, Schema]) -> Iterator[str]:
    names = [name for node in nodes.values() for group in ("properties", "$defs") for name in node.get(group, {})]
    enums = [node["enum"] for node in nodes.values() if "enum" in node]
    values = [str(value) for enum in enums for value in enum] + [
        str(n["const"]) for n in nodes.values() if "const" in n
    ]
    if sum(len(node.get("properties", {})) for node in nodes.values()) > MOST_PROPERTIES:
        yield "too many properties"
    if sum(map(len, enums)) > MOST_ENUM_VALUES:
        yield "too many enum values"
    if sum(map(len, names + values)) > MOST_CHARACTERS:
        yield "too many characters of names and values"
    for enum in enums:
        if len(enum) > LARGE_ENUM and sum(map(len, enum)) > MOST_CHARACTERS_OF_A_LARGE_ENUM:
            yield "too many characters in an enum"
    if _depth(schema, schema, frozenset()) > DEEPEST:
        yield "nested too deep"


def _depth(node: Schema, root: Schema, above: frozenset[str]) -> int:
    """Levels of objects from here down; a schema that refers to itself counts once."""
    name = node.get("$ref", "").removeprefix("#/$defs/")
    if name:
        return 0 if name in above else _depth(root["$defs"][name], root, above | {name})
    below = [*node.get("properties", {}).values(), *node.get("anyOf", ())]
    below += [node["items"]] if isinstance(node.get("items"), Mapping) else []
    deepest = max((_depth(child, root, above) for child in below), default=0)
    return deepest + (node.get("type") == "object")
