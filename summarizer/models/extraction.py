"""What users fill with models of their own: fields that are grounded, and the checked result.

A field of the type `Quoted` is a wording of the document, one of the type `Evidence` the sentences that carry it. A
language model writes a string and a list of sentence numbers for them; validated with a document at hand, they become
characters and spans of it. Without one they load from what they were written as.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, Protocol, TypeVar, overload

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    RootModel,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from . import brief
from .base import Model
from .brief import DocumentInfo, Match, Problem, Provenance, Span
from .display import Displayed

M = TypeVar("M", bound=BaseModel)

EXTRACTION_VERSION = "1.0"
"""Version of what stands around the user's model: the first number changes when a reader of the old one would break."""

_CONTEXT = "summarizer document"


class Places(Protocol):
    """A document in which wordings and sentences are looked up."""

    def quoted(self, wording: str) -> brief.Quoted:
        """The wording with its place, or without one."""

    def span(self, number: int) -> Span:
        """The sentence with this number; `ValueError` when there is none."""


def context(places: Places) -> dict[str, Places]:
    """The validation context in which `Quoted` and `Evidence` are resolved."""
    return {_CONTEXT: places}


class Quoted(brief.Quoted):
    """A wording of the document and where it stands; no offsets when it stands nowhere.

    Validates from a string too. Without a document at hand that is an unsupported wording.
    """

    @model_validator(mode="before")
    @classmethod
    def _placed(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        places = _places(info)
        if places is None:
            return {"text": value, "start": None, "end": None, "match": Match.UNSUPPORTED}
        return dict(places.quoted(value))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        if handler.mode == "serialization":
            return handler(schema)
        return {"type": "string", "description": "Words of the document, verbatim, one unbroken piece."}


class Evidence(RootModel[tuple[Span, ...]]):
    """The sentences of the document that carry what stands beside it: a sequence of spans.

    Validates from sentence numbers when a document is at hand, from spans always.
    """

    model_config = ConfigDict(frozen=True)

    root: tuple[Span, ...] = ()

    @field_validator("root", mode="before")
    @classmethod
    def _resolved(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, (list, tuple)):
            return value
        if not value or any(isinstance(each, (dict, Span)) for each in value):
            return tuple(value)
        places = _places(info)
        if places is None:
            raise ValueError("sentence numbers say nothing without a document: give spans, or let a Summarizer extract")
        return tuple(places.span(number) for number in dict.fromkeys(map(_number, value)))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        if handler.mode == "serialization":
            return handler(schema)
        said = "Numbers of the sentences that say this, the fewest that suffice."
        return {"type": "array", "items": {"type": "integer"}, "description": said}

    def __iter__(self) -> Iterator[Span]:  # type: ignore[override]
        return iter(self.root)

    def __len__(self) -> int:
        return len(self.root)

    @overload
    def __getitem__(self, place: int) -> Span: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Span, ...]: ...
    def __getitem__(self, place: int | slice) -> Span | tuple[Span, ...]:
        return self.root[place]


class ExtractionChecks(Model):
    """Outcome of grounding a filled model. Fields are named by their path, such as `orders.2.wording`, from 0."""

    supported: int = Field(description="Wordings and evidence that were found in the document.")
    unsupported: int = Field(description="Wordings that stand nowhere in it, and evidence without a sentence.")
    quotes: dict[Match, int] = Field(description="Wordings by how they were found.")
    problems: tuple[Problem, ...] = Field(description="What is unsupported; the item is the path of a field.")
    warnings: tuple[str, ...] = Field(description="What a careful reader should know; nothing is marked for it.")


class Extraction(Displayed, Model, Generic[M]):
    """A model of the user's, filled from one document and checked against it."""

    schema_name: str = Field(description="Name of the user's model.")
    document: DocumentInfo
    data: M
    checks: ExtractionChecks
    provenance: Provenance


def _places(info: ValidationInfo) -> Places | None:
    found: Places | None = info.context.get(_CONTEXT) if isinstance(info.context, dict) else None
    return found


def _number(value: Any) -> int:
    """A sentence number; models that no schema binds also write "3", "[3]" or 3.0."""
    text = str(value).strip("[] ").removesuffix(".0")
    if isinstance(value, bool) or not text.isdecimal():
        raise ValueError(f"{value!r} is no sentence number")
    return int(text)
