"""The user's own model and instructions, as they are named on the command line."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import operator
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from ..engines.extracting import Form
from ..engines.failures import one_line
from ..errors import ConfigurationError

_REMEDY = "Write package.module:Model or path/to/file.py:Model"


def form_of(schema: str, prompt: Path | None) -> Form[Any]:
    """The form that `--schema` and `--prompt` mean.

    Raises:
        ConfigurationError: one of them cannot be used.
    """
    return Form.of(model_named(schema), None if prompt is None else _text_of(prompt))


def model_named(name: str) -> type[BaseModel]:
    """The model that `package.module:Model` or `path/to/file.py:Model` names.

    The current folder, or the file's, is searched for modules after all others.

    Raises:
        ConfigurationError: there is no such module or model, or the module raises when it is imported.
    """
    place, _, wanted = name.rpartition(":")
    if not place or not wanted:
        raise ConfigurationError(f"--schema {name} names no model", remedy=_REMEDY)
    module = _imported(place)
    try:
        found = operator.attrgetter(wanted)(module)
    except AttributeError as error:
        models = sorted(n for n, each in vars(module).items() if _is_model(each) and each.__module__ == module.__name__)
        remedy = f"Its models are {', '.join(models)}" if models else "It has no Pydantic models"
        raise ConfigurationError(f"there is no {wanted} in {place}", remedy=remedy) from error
    if not _is_model(found):
        remedy = "Name a subclass of pydantic.BaseModel"
        raise ConfigurationError(f"{name} is no Pydantic model ({type(found).__name__})", remedy=remedy)
    model: type[BaseModel] = found
    return model


def _imported(place: str) -> ModuleType:
    is_file = place.endswith(".py")
    path = Path(place)
    if is_file and not path.is_file():
        raise ConfigurationError(f"there is no file {place}", remedy=_REMEDY)
    folder = str(path.parent.resolve() if is_file else Path.cwd())
    if folder not in sys.path:
        sys.path.append(folder)
    importlib.invalidate_caches()  # a file may be newer than what was seen of its folder
    try:
        with contextlib.redirect_stdout(sys.stderr):  # what a module prints is no result
            return _of_file(path) if is_file else importlib.import_module(place)
    except (Exception, SystemExit) as error:
        if isinstance(error, ModuleNotFoundError) and f"{place}.".startswith(f"{error.name}.") and not is_file:
            message = f"there is no module {error.name}"
            raise ConfigurationError(message, remedy=f"{_REMEDY}; the current folder is searched too") from error
        message = f"{place} cannot be imported ({type(error).__name__}: {one_line(str(error), 300)})"
        raise ConfigurationError(message, remedy="Correct it, or install what it imports") from error


def _of_file(path: Path) -> ModuleType:
    """A file as a module, under a name that no other has: it may be called like a module of some library."""
    spec = importlib.util.spec_from_file_location(f"_schema_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where Pydantic looks up the names in annotations
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[spec.name]
        raise
    return module


def _is_model(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel) and value is not BaseModel


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"the prompt {path} is not UTF-8 (byte {error.start})"
        raise ConfigurationError(message, remedy="Save it as UTF-8") from error
    except OSError as error:
        message = f"the prompt {path} cannot be read ({error.strerror or error})"
        raise ConfigurationError(message, remedy="Name a text file with --prompt") from error
