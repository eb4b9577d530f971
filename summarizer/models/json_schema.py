"""JSON Schemas of the models, as files for users in any language and as what engines are sent."""

from __future__ import annotations

import functools
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import CoreSchema

from .brief import SCHEMA_VERSION, Brief
from .document import Document
from .draft import Draft
from .exchange import ReplySchema

MODELS: dict[str, type[BaseModel]] = {"document": Document, "draft": Draft, "brief": Brief}
"""The models that have a published schema, by the name of its file."""


class _Untitled(GenerateJsonSchema):
    """Leaves out titles, which only repeat the keys."""

    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        cleaned: JsonSchemaValue = _without_titles(super().generate(schema, mode))
        return cleaned


def _without_titles(node: Any) -> Any:
    if isinstance(node, dict):  # a property that is called title has a schema, not a string
        return {k: _without_titles(v) for k, v in node.items() if not (k == "title" and isinstance(v, str))}
    return [_without_titles(v) for v in node] if isinstance(node, list) else node


def json_schema(name: str) -> dict[str, Any]:
    """The published JSON Schema (2020-12) of a model named in `MODELS`."""
    mode: JsonSchemaMode = "validation" if name == "draft" else "serialization"
    body = MODELS[name].model_json_schema(schema_generator=_Untitled, mode=mode)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:summarizer:schema:{name}:{SCHEMA_VERSION}",
        "title": name.capitalize(),
    }
    return head | body


@functools.cache
def draft_schema() -> ReplySchema:
    """What engines are sent: the draft's schema without `$schema` and `$id`, in the form of OpenAI's strict mode."""
    return reply_schema(Draft)


@functools.cache
def reply_schema(model: type[BaseModel]) -> ReplySchema:
    """The schema of what an engine is to fill, named like its model."""
    return ReplySchema.of(model.__name__, model.model_json_schema(schema_generator=_Untitled))
