"""Records: their values by both names, and copies with other values."""

from __future__ import annotations

import dataclasses

import pytest
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, RootModel

from summarizer.models.records import FieldValue, changed, fields_of, is_record


class Named(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")
    one: int = Field(alias="uno")
    two: int = Field(2, validation_alias=AliasChoices("due", "zwei"))


class Wrapped(RootModel[int]):
    """A number."""


@dataclasses.dataclass(frozen=True, slots=True)
class Plain:
    one: int
    two: int = dataclasses.field(default=2, init=False)


def test_the_values_of_a_model_have_both_names_and_say_whether_they_were_given() -> None:
    assert list(fields_of(Named(uno=1, three=3))) == [
        FieldValue("one", "uno", 1, True), FieldValue("two", "due", 2, False), FieldValue("three", "three", 3, True),
    ]  # fmt: skip


def test_the_name_on_the_wire_is_the_one_that_the_schema_has() -> None:
    assert list(Named.model_json_schema()["properties"]) == [each.known_as for each in fields_of(Named(uno=1))]


def test_the_values_of_a_dataclass_are_all_given() -> None:
    assert [tuple(each) for each in fields_of(Plain(1))] == [("one", "one", 1, True), ("two", "two", 2, True)]


@pytest.mark.parametrize("record", [Named(uno=1), Plain(1)], ids=["model", "dataclass"])
def test_a_changed_record_is_a_copy_with_other_values(record: Named | Plain) -> None:
    new = changed(record, {"one": 5})
    assert (new.one, new.two, record.one) == (5, 2, 1)
    assert type(new) is type(record)


@pytest.mark.parametrize(
    ("value", "is_one"),
    [(Named(uno=1), True), (Plain(1), True), (Wrapped(1), False), (Plain, False), (Named, False), ({"a": 1}, False)],
)
def test_models_and_dataclasses_are_records(value: object, is_one: bool) -> None:
    assert is_record(value) is is_one
