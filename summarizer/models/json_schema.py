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

NAMES = ("document", "draft", "brief", "dossier")
"""The models that have a published schema."""


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
    """The published JSON Schema (2020-12) of one of `NAMES`."""
    mode: JsonSchemaMode = "validation" if name == "draft" else "serialization"
    model, version = _model(name)
    body = model.model_json_schema(schema_generator=_Untitled, mode=mode)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:summarizer:schema:{name}:{version}",
        "title": name.capitalize(),
    }
    return head | body


def _model(name: str) -> tuple[type[BaseModel], str]:
    if name == "dossier":  # large, and of no use to a brief
        from .dossier import DOSSIER_VERSION, Dossier

        return Dossier, DOSSIER_VERSION
    models: dict[str, type[BaseModel]] = {"document": Document, "draft": Draft, "brief": Brief}
    return models[name], SCHEMA_VERSION


@functools.cache
def draft_schema() -> ReplySchema:
    """What engines are sent: the draft's schema without `$schema` and `$id`, in the form of OpenAI's strict mode."""
    return reply_schema(Draft)


@functools.cache
def reply_schema(model: type[BaseModel]) -> ReplySchema:
    """The schema of what an engine is to fill, named like its model."""
    return ReplySchema.of(model.__name__, model.model_json_schema(schema_generator=_Untitled))
