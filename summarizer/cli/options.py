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


class _FileOrDatabase(click.Path):
    """A path, or the address of a database, of which a path would not be the same."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        return value if "://" in str(value) else super().convert(value, parameter, context)


PROFILES = (".profile.html", ".speedscope.json")
"""What a profile's name ends in, and so its format. No input is called so, which an optional value would swallow."""
TABLE = Path()
"""The value of --profile that means the table alone."""


def _profile(context: click.Context, parameter: click.Parameter, given: str | None) -> Path | None:
    if given is None:
        return None
    if given and not given.endswith(PROFILES):
        raise click.BadParameter(
            f"{given} is no name of a profile, which ends in {' or '.join(PROFILES)}. For the table alone, write "
            "--profile after the inputs or before another option.", context, parameter,
        )  # fmt: skip
    return Path(given)


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
_STORE = click.option(
    "--store",
    type=_FileOrDatabase(path_type=Path),
    metavar="PLACE",
    help="Where replies are kept: a file, or postgresql://user@host/database.",
)
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

_OBSERVING = (
    click.option(
        "--log", type=FILE, metavar="FILE", help="Append what happens as JSON lines; - is standard error."
    ),
    click.option(
        "--log-level", type=click.Choice(("debug", "info", "warning", "error")), default="info",
        help="Least important events of --log (default info).",
    ),
    click.option(
        "--log-text", is_flag=True, default=None,
        help="Have prompts, replies and messages of errors in logs and spans too.",
    ),
    click.option("--otel", is_flag=True, help="Send spans and metrics to an OpenTelemetry collector."),
    click.option(
        "--profile", is_flag=False, flag_value="", callback=_profile, metavar="[FILE]",
        help="Say where the time goes; to FILE.profile.html or FILE.speedscope.json in detail.",
    ),
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
observing: Callable[[F], F] = _all(_OBSERVING)
quiet: Callable[[F], F] = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
