"""A recipe as data: an example of a schema of one's own for `summarizer extract`."""

from decimal import Decimal

from pydantic import BaseModel, Field

from summarizer import Evidence, Quoted


class Ingredient(BaseModel):
    """One ingredient of a list of ingredients."""

    name: str = Field(description="In English, without quantity and preparation.")
    name_in_source: Quoted
    quantity: Decimal | None = Field(description="As given; the lower end of a range; null when none is given.")
    unit: str | None = Field(description="As given: g, tablespoon, clove; null when things are counted.")
    preparation: str | None = Field(description="What is done to it before it is used, such as 'finely chopped'.")
    optional: bool = Field(description="True when the recipe says that it can be left out or be replaced.")
    evidence: Evidence


class IngredientGroup(BaseModel):
    """Ingredients that the recipe lists together."""

    title: str | None = Field(description="What they are for, such as 'for the dough'; null for the only group.")
    ingredients: list[Ingredient]


class Step(BaseModel):
    """One thing that the cook does, with the time and heat it takes."""

    text: str = Field(description="What is done, as one English instruction.")
    wording: Quoted = Field(description="The words that say what is done: verb and object.")
    uses: list[str] = Field(description="Names of the ingredients it uses, as in the groups.")
    minutes: int | None = Field(description="How long it takes; the longer end of a range.")
    celsius: int | None = Field(description="Temperature, if it is given in degrees Celsius.")
    evidence: Evidence


class Contradiction(BaseModel):
    """Two places of the recipe that cannot both be right."""

    about: str = Field(description="What they disagree on, in a few words.")
    one: Quoted
    other: Quoted
    evidence: Evidence


class Recipe(BaseModel):
    """A recipe."""

    title: Quoted
    title_in_english: str
    servings: int | None = Field(description="For how many people it is said to be.")
    total_minutes: int | None = Field(description="Time from beginning to end, if the recipe states it.")
    evidence: Evidence | None = Field(description="Where servings and time are stated; null when neither is.")
    groups: list[IngredientGroup]
    steps: list[Step]
    contradictions: list[Contradiction]
