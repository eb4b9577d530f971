"""What engines are asked when a user's own model is to be filled from a document."""

from __future__ import annotations

import inspect
import json
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import ConfigurationError, EngineError
from ..grounding.extracting import Checked, Lookup, check
from ..models.document import Document, Sentence
from ..models.exchange import Request
from ..models.extraction import context
from ..models.wire_schema import WireSchema, wire_schema
from ..prompts import Prompts
from .base import Reading
from .prompted import MAX_FAULTS, faults_of, kinds_of, object_in

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Form(Generic[M]):
    """What is to be filled: the user's model, the instructions for it, and the schema of its replies."""

    model: type[M]
    instructions: str
    schema: WireSchema

    @classmethod
    def of(cls, model: type[M], prompt: str | None = None) -> Form[M]:
        """A form.

        Args:
            model: a Pydantic model.
            prompt: instructions, taken as they are; the model's docstring when None.

        Raises:
            ConfigurationError: the model cannot be expressed as a schema, or there are no instructions.
        """
        given: Any = model
        if not (isinstance(given, type) and issubclass(given, BaseModel)):
            message = f"{getattr(given, '__name__', repr(given))} is no Pydantic model"
            raise ConfigurationError(message, remedy="Name a subclass of pydantic.BaseModel")
        own = inspect.cleandoc(vars(model).get("__doc__") or "")
        instructions = (own if prompt is None else prompt).replace("\r\n", "\n").strip()
        if not instructions:
            missing = "the prompt is empty" if prompt is not None else f"{model.__name__} has no docstring"
            remedy = "Say in a prompt (--prompt FILE), or in the model's docstring, what is to be found"
            raise ConfigurationError(f"{missing}, so nothing says what is wanted", remedy=remedy)
        return cls(model, instructions, wire_schema(model))


@dataclass(frozen=True, slots=True)
class ExtractionQuestion(Generic[M]):
    """A form to be filled from one document, with its numbered sentences."""

    form: Form[M]
    document: Document
    sentences: tuple[Sentence, ...]

    @property
    def about(self) -> str:
        """The document's id."""
        return self.document.id

    def request(self, prompts: Prompts) -> Request:
        """The request that shows the instructions and the document."""
        form = self.form
        return prompts.extract(self.document, self.sentences, form.instructions, form.schema.reply)

    def read(self, reply: str) -> Reading[Checked[M]]:
        """The checked model in a reply; wordings that stand nowhere, and evidence without a sentence, are faults.

        Raises:
            EngineError: a validator of the model raised what is no validation error.
        """
        lookup = Lookup(self.document, self.sentences)
        try:
            text = self._text(object_in(reply))
            data = self.form.model.model_validate_json(text, context=context(lookup))
        except ValidationError as error:
            return Reading(None, faults_of(error), kinds_of(error))
        except (_NoObject, RecursionError) as error:
            return Reading(None, (f"it is no JSON object ({str(error) or 'nested too deep'})",))
        except Exception as error:  # the user's validators can raise anything
            message = f"{self.form.model.__name__} could not be validated ({type(error).__name__}: {error})"
            remedy = "Correct the model: a validator raises ValueError for what it does not accept"
            raise EngineError(message, document=self.about, remedy=remedy) from error
        checked = check(data, lookup)
        faults = [f"{problem.item}: {problem.message}" for problem in checked.checks.problems]
        return Reading(checked, tuple(faults[:MAX_FAULTS]))

    def offline(self) -> NoReturn:
        """Nothing.

        Raises:
            ConfigurationError: always.
        """
        raise no_language_model()

    def _text(self, text: str) -> str:
        """The reply's JSON without nulls that stand for defaults; as it came when there are none."""
        try:
            value = json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
        except ValueError as error:
            raise _NoObject(str(error)) from error
        filled = self.form.schema.with_defaults(value)
        return text if filled == value else json.dumps(filled)


def no_language_model() -> ConfigurationError:
    """What is said when a form is to be filled and nobody can be asked."""
    return ConfigurationError(
        "a schema of your own is filled by a language model, and the offline engine has none",
        remedy="Name one with --model, such as openai/gpt-4o-mini, or a recording with --replies",
    )


class _NoObject(Exception):
    """Text that is no JSON, or that says one thing twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _NoObject(f"the key {next(n for n in names if names.count(n) > 1)!r} stands twice in one object")
    return found


def _refused(constant: str) -> NoReturn:
    raise _NoObject(f"{constant} is no number")
