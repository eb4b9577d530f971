"""Libraries of the extra `eval`, imported where they are used."""

from __future__ import annotations

import importlib
from typing import Any

from ..errors import MissingExtra


def extra(module: str) -> Any:
    """A module of a library that only evaluation needs.

    Raises:
        MissingExtra: the library is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        missing = (error.name or module).partition(".")[0]
        raise MissingExtra(
            f"evaluation needs {missing}, which is not installed", remedy='pip install "summarizer[eval]"'
        ) from error
