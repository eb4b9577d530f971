"""Walking through what users fill: models and dataclasses as records with named values."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import AliasChoices, BaseModel, RootModel


class FieldValue(NamedTuple):
    """A value of a record.

    `name` is its name in Python, `known_as` that on the wire, by which Pydantic's errors name it; `is_set` is False for
    a default that nobody gave.
    """

    name: str
    known_as: str
    value: Any
    is_set: bool


def is_record(value: Any) -> bool:
    """Whether a value has named fields: a model that is no mere wrapper, or a dataclass."""
    if isinstance(value, RootModel):
        return False
    return isinstance(value, BaseModel) or (dataclasses.is_dataclass(value) and not isinstance(value, type))


def fields_of(record: Any) -> Iterator[FieldValue]:
    """The values of a record, in the order of its fields."""
    if not isinstance(record, BaseModel):
        for each in dataclasses.fields(record):
            yield FieldValue(each.name, each.name, getattr(record, each.name), is_set=True)
        return
    for name, value in record:
        yield FieldValue(name, _known_as(record, name), value, name in record.model_fields_set)


def _known_as(record: BaseModel, name: str) -> str:
    known = type(record).model_fields.get(name)
    alias = known.validation_alias if known else None
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    return next((choice for choice in choices if isinstance(choice, str)), name)


def changed(record: Any, values: Mapping[str, Any]) -> Any:
    """A copy of a record with other values."""
    if isinstance(record, BaseModel):
        return record.model_copy(update=values)
    new = copy.copy(record)
    for name, value in values.items():
        object.__setattr__(new, name, value)  # a frozen dataclass is as new as any other here
    return new
