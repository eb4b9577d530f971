"""The schema of any model in strict form: what is sent, how a reply's nulls are read, and what is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

import pytest
from pydantic import BaseModel, ConfigDict, Field, RootModel, create_model
from typing_extensions import TypedDict

from summarizer.errors import ConfigurationError
from summarizer.models.exchange import canonical_hash
from summarizer.models.extraction import Evidence, Quoted
from summarizer.models.wire_schema import wire_schema

from .orders import Ruling
from .strict_mode import violations

T = TypeVar("T")


class Kind(StrEnum):
    """Kinds of things."""

    A = "a"
    B = "b"


class Fine(BaseModel):
    kind: Literal["fine"]
    amount: Decimal = Field(ge=0)


class Jail(BaseModel):
    kind: Literal["jail"]
    months: int = 3


class Node(BaseModel):
    """A node of a tree."""

    name: str
    children: list[Node] = []


class Row(TypedDict, total=False):
    left: int


@dataclasses.dataclass
class Point:
    x: float
    label: str = "none"


class Page(BaseModel, Generic[T]):
    items: list[T]


class Wide(BaseModel):
    """One of everything."""

    text: str = Field("x", min_length=1, max_length=9, pattern="a+", description="A text")
    whole: int = Field(gt=0, le=10, multiple_of=2)
    number: float
    truth: bool
    money: Decimal
    day: dt.date
    moment: dt.datetime | None = None
    lasting: dt.timedelta
    key: uuid.UUID
    kind: Kind = Field(description="Which kind.")
    usual: Kind = Kind.A
    fixed: Literal["one", 2, None]
    either: Annotated[Fine | Jail, Field(discriminator="kind")]
    any_of: Fine | Jail | str | None
    part: Fine = Field(description="The fine.")
    tags: set[str] = Field(default_factory=set)
    numbers: tuple[int, ...] = Field(min_length=1)
    tree: Node
    row: Row
    point: Point
    named: Page[int]
    wording: Quoted = Field(description="The name")
    wordings: list[Quoted] = Field(alias="quotes")
    evidence: Evidence
    proof: Evidence | None = Field(None, description="Where it stands.")


WIDE = wire_schema(Wide).reply


def field(name: str) -> dict[str, Any]:
    found: dict[str, Any] = WIDE.schema["properties"][name]
    return found


def test_a_model_with_everything_keeps_the_rules_of_strict_mode() -> None:
    assert violations(WIDE.schema) == []
    assert WIDE.schema["required"] == [field.alias or name for name, field in Wide.model_fields.items()]
    assert WIDE.name == "extract_Wide"
    assert WIDE.hash == canonical_hash(WIDE.schema)


@pytest.mark.parametrize("model", [Ruling, Node, Page[Node], Wide])
def test_schemas_are_valid_and_have_no_part_that_nothing_refers_to(model: type[BaseModel]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = wire_schema(model).reply.schema
    jsonschema.Draft202012Validator.check_schema(schema)
    assert violations(schema) == []
    text = str(schema)
    assert all(f"'#/$defs/{name}'" in text for name in schema.get("$defs", {}))


def test_the_name_holds_only_what_providers_take() -> None:
    assert wire_schema(Page[Node]).reply.name == "extract_Page_Node_"
    long = create_model("Ä" + "x" * 90, a=(int, ...))
    assert wire_schema(long).reply.name == "extract__" + "x" * 49


def test_limits_and_formats_are_put_into_words() -> None:
    said = "A text. At least 1 characters; at most 9 characters; matches the regular expression a+."
    assert field("text") == {"anyOf": [{"type": "string"}, {"type": "null"}], "description": said}
    assert field("whole")["description"] == "More than 0; at most 10; a multiple of 2."
    assert field("day") == {"type": "string", "description": "ISO 8601 date, such as 2025-08-25."}
    assert field("money") == {
        "type": "string", "description": "Number in digits with a decimal point, such as 12.50.",
    }  # fmt: skip
    assert WIDE.schema["$defs"]["Fine"]["properties"]["amount"]["description"].endswith("such as 12.50; at least 0.")
    assert field("key")["description"] == "Format: uuid."
    assert field("numbers")["description"] == "At least 1 items."


def test_a_field_with_a_default_may_be_null() -> None:
    assert field("usual") == {"anyOf": [{"$ref": "#/$defs/Kind"}, {"type": "null"}]}
    assert field("moment")["anyOf"][1:] == [{"type": "null"}]
    assert field("tags")["anyOf"][1] == {"type": "null"}
    assert field("whole") == {"type": "integer", "description": field("whole")["description"]}


def test_words_beside_a_reference_are_kept() -> None:
    assert field("part") == {"anyOf": [{"$ref": "#/$defs/Fine"}], "description": "The fine."}
    assert field("kind") == {"anyOf": [{"$ref": "#/$defs/Kind"}], "description": "Which kind."}
    assert field("wording") == {
        "type": "string", "description": "The name. Words of the document, verbatim, one unbroken piece.",
    }  # fmt: skip


def test_grounded_fields_are_strings_and_lists_of_numbers() -> None:
    assert field("quotes") == {"type": "array", "items": {"$ref": "#/$defs/Quoted"}}
    assert WIDE.schema["$defs"]["Quoted"]["type"] == "string"
    assert WIDE.schema["$defs"]["Evidence"]["items"] == {"type": "integer"}
    assert field("proof")["anyOf"] == [{"$ref": "#/$defs/Evidence"}, {"type": "null"}]


def test_unions_are_alternatives() -> None:
    alternatives = [{"$ref": "#/$defs/Fine"}, {"$ref": "#/$defs/Jail"}]
    assert field("either") == {"anyOf": alternatives}
    assert field("any_of")["anyOf"] == [*alternatives, {"type": "string"}, {"type": "null"}]
    assert field("fixed") == {"enum": ["one", 2, None]}


def test_a_recursive_model_refers_to_itself() -> None:
    schema = wire_schema(Node).reply.schema
    assert schema["type"] == "object"
    assert schema["description"] == "A node of a tree."
    children = {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/Node"}}, {"type": "null"}]}
    assert schema["properties"]["children"] == schema["$defs"]["Node"]["properties"]["children"] == children


def test_a_model_that_takes_more_keys_is_closed_on_the_wire() -> None:
    class Open(BaseModel):
        model_config = ConfigDict(extra="allow")
        name: str

    assert wire_schema(Open).reply.schema["additionalProperties"] is False


READ: list[tuple[type[BaseModel], Any, Any]] = [
    (Node, {"name": "a", "children": None}, {"name": "a"}),
    (Node, {"name": None, "children": []}, {"name": None, "children": []}),
    (Node, {"name": "a", "children": [{"name": "b", "children": None}]}, {"name": "a", "children": [{"name": "b"}]}),
    (Page[Jail], {"items": [{"kind": "jail", "months": None}, 7]}, {"items": [{"kind": "jail"}, 7]}),
    (Node, {"name": "a", "stranger": None}, {"name": "a", "stranger": None}),
    (Node, [1], [1]),
    (Node, None, None),
]


@pytest.mark.parametrize(("model", "reply", "read"), READ, ids=[str(reply) for _, reply, _ in READ])
def test_null_for_a_field_with_a_default_is_left_out(model: type[BaseModel], reply: Any, read: Any) -> None:
    assert wire_schema(model).with_defaults(reply) == read


class Light(BaseModel):
    kind: Literal["light"] = "light"
    volts: int | None


class Heavy(BaseModel):
    kind: Literal["heavy"] = "heavy"
    volts: int | None = 400


class Bare(BaseModel):
    weight: int = 5


class Load(BaseModel):
    of: Light | Heavy | Bare | list[Bare] | None = None


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"kind": "light", "volts": None}, {"kind": "light", "volts": None}),
        ({"kind": "heavy", "volts": None}, {"kind": "heavy"}),
        ({"weight": None}, {}),
        ([{"weight": None}], [{}]),
        ({"kind": "none", "volts": None}, {"kind": "none", "volts": None}),
    ],
    ids=str,
)
def test_in_a_union_keys_and_constants_say_whose_default_is_meant(given: Any, read: Any) -> None:
    assert wire_schema(Load).with_defaults({"of": given}) == {"of": read}


class Pair(NamedTuple):
    left: int
    right: int


class Inner(BaseModel):
    table: dict[str, int]


REFUSED: dict[str, tuple[Any, str, str]] = {
    "a dictionary": (dict[str, int], "M.x is a dictionary with any keys", "list of models"),
    "a dictionary with a default": ((dict[str, int], {}), "M.x is a dictionary", "list of models"),
    "a bare dictionary": (dict, "M.x is a dictionary", "list of models"),
    "keys with a pattern": (dict[Annotated[str, Field(pattern="a")], int], "M.x is a dictionary", "list of models"),
    "a dictionary in a part": (list[Inner], "Inner.table is a dictionary", "list of models"),
    "a dictionary that may be none": (dict[str, int] | None, "M.x is a dictionary", "list of models"),
    "a tuple of two": (tuple[int, str], "M.x is a tuple whose places differ", "a named field for each"),
    "a named tuple": (Pair, "M.x is a tuple whose places differ", "a named field for each"),
    "anything": (Any, "M.x can be anything", "Write a type"),
    "a list of anything": (list, "M.x can be anything", "Write a type"),
    "a function": (Callable[[], int], "M.x has a type that JSON cannot hold", "Write str"),
    "a function or none": (Callable[[], int] | None, "M.x has a type that JSON cannot hold", "Write str"),
}


@pytest.mark.parametrize(("kind", "message", "remedy"), REFUSED.values(), ids=REFUSED)
def test_what_strict_mode_cannot_say_is_refused_by_its_field(kind: Any, message: str, remedy: str) -> None:
    model = create_model("M", x=kind if isinstance(kind, tuple) else (kind, ...))
    with pytest.raises(ConfigurationError) as caught:
        wire_schema(model)
    assert message in caught.value.message
    assert remedy in str(caught.value.remedy)


def test_a_model_without_fields_is_refused() -> None:
    for model in (create_model("Nothing"), RootModel[list[int]]):
        with pytest.raises(ConfigurationError, match="has no fields to fill"):
            wire_schema(model)


def test_a_model_whose_types_are_not_all_known_is_refused() -> None:
    class Broken(BaseModel):
        part: Missing  # type: ignore[name-defined]  # noqa: F821

    with pytest.raises(ConfigurationError, match="Broken is no complete model"):
        wire_schema(Broken)
