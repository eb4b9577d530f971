"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

MODES = ("json_schema", "schema_object", "tools", "json_object", "text")
"""The structured-output modes (`engines.wire.OutputMode`), named here so that help need not import them."""

FILE = click.Path(path_type=Path)

_INPUTS = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
_LOADING = (
    click.option(
        "--language", metavar="CODE", help="Language of the reports (ISO 639), when it should not be detected."
    ),
    click.option("--published", metavar="DATE", help="Date of publication (EDTF, e.g. 2025-08-26), for all inputs."),
    click.option(
        "--part",
        type=click.IntRange(min=2000),
        metavar="CHARS",
        help="Longer reports are read in parts of this size (default 24000).",
    ),
    click.option("--fresh", is_flag=True, help="Fetch URLs anew, also those that were fetched a short while ago."),
    click.option("--allow-private", is_flag=True, help="Fetch URLs that lead to addresses of a private network too."),
)
_STORE = click.option("--store", type=FILE, metavar="PATH", help="File in which replies are kept.")
_BASE_URL = click.option(
    "--base-url", metavar="URL", help="Address of an OpenAI-compatible server, such as http://localhost:8080/v1."
)
_MODEL = (
    click.option(
        "--model", metavar="NAME", help="provider/model, such as openai/gpt-4o-mini or ollama/llama3; or offline."
    ),
    click.option("--prompt-dir", type=FILE, metavar="DIR", help="Folder of your own prompt templates."),
    click.option("--temperature", type=float, help="Sampling temperature; the server's default when not given."),
    click.option("--max-tokens", type=click.IntRange(min=1), help="Most tokens of one reply."),
    _STORE,
)


_SOURCES = (
    click.option(
        "--mode", type=click.Choice(MODES), help="How the server is told to answer in JSON; found out when not given."
    ),
    click.option("--replies", type=FILE, metavar="FILE", help="Take replies from a recording; nothing is asked."),
)
_RECORD = click.option("--record", type=FILE, metavar="FILE", help="Write the replies used to a recording.")
_LIMITS = (
    click.option("--timeout", type=float, help="Seconds that one request may take (default 180)."),
    click.option("--deadline", type=float, help="Seconds for one question with all retries (default 600)."),
    click.option("--reasks", type=click.IntRange(min=0), help="How often an unfit reply is asked again (default 2)."),
    click.option("--no-cache", is_flag=True, help="Neither take replies from the store nor keep them."),
)


_PROMPT = click.option(
    "--prompt", type=FILE, metavar="FILE",
    help="Your instructions, plain text or Markdown, taken as they are; the model's docstring when not given.",
)  # fmt: skip


def schema(required: bool = False) -> Callable[[F], F]:
    """The options that name a model of the user's and its instructions."""
    names = "package.module:Model or path/to/file.py:Model"
    said = f"{names}: the Pydantic model to fill" + ("." if required else ", as `summarizer extract` does.")
    return _all((click.option("--schema", metavar="NAME", required=required, help=said), _PROMPT))


def _all(decorators: tuple[Callable[[F], F], ...]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


inputs: Callable[[F], F] = _INPUTS
loading: Callable[[F], F] = _all(_LOADING)
model: Callable[[F], F] = _all(_MODEL)
base_url: Callable[[F], F] = _BASE_URL
asking: Callable[[F], F] = _all((*_SOURCES, _RECORD))
sources: Callable[[F], F] = _all(_SOURCES)
limits: Callable[[F], F] = _all(_LIMITS)
output: Callable[[F], F] = click.option(
    "-o", "--output", type=FILE, metavar="FILE", help="Write there, in one step at the end."
)
verbose: Callable[[F], F] = click.option(
    "-v", "--verbose", is_flag=True, help="Say what is done, and show tracebacks of faults of the program."
)
store: Callable[[F], F] = _STORE
quiet: Callable[[F], F] = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
