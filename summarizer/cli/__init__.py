"""The command line: commands are imported when called, what they need when they run, so that help is quick."""

from __future__ import annotations

import contextlib
import importlib
import sys
from io import TextIOWrapper
from typing import Any

import click

from ..version import __version__

_COMMANDS = {
    "brief": "Write a checked English brief of each report.",
    "dossier": "Merge reports on the same stories: agreement, contradictions, origins.",
    "extract": "Fill a Pydantic model of your own from each document, checked.",
    "run": "Write briefs of any number of reports to one file; a killed run goes on.",
    "batch": "Exchange requests and replies with a provider's batch API.",
    "eval": "Score briefs against hand-labelled references, compare runs, stop a bad one.",
    "schema": "Write the JSON Schemas of documents, drafts and briefs.",
    "doctor": "Say what is configured, what answers, and what is missing.",
    "completion": "Print the line that turns on shell completion.",
}

ALL_DONE, SOME_FAILED, USAGE, NOTHING_RAN, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes."""


class _Lazy(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f".{name}_command", __package__).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} Commands are: {', '.join(_COMMANDS)}.", ctx) from error


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="summarizer")
def main() -> None:
    """Read news reports in any language, write checked English briefs.

    Every statement of a brief points to the words of the report that carry it.

    \b
    summarizer brief report.txt --model openai/gpt-4o-mini
    summarizer brief reports/ --format jsonl --output briefs.jsonl
    """


def run() -> None:
    """Entry point of the `summarizer` command."""
    from ..errors import ConfigurationError, MissingExtra, MissingKey, SummarizerError

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal in an older encoding shows escapes, and nothing breaks
            stream.reconfigure(errors="backslashreplace")
    try:
        sys.exit(main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except click.Abort:
        say("Interrupted.")
        sys.exit(INTERRUPTED)
    except SummarizerError as error:
        say(f"Error: {error}")
        wrong_use = isinstance(error, ConfigurationError) and not isinstance(error, (MissingExtra, MissingKey))
        sys.exit(USAGE if wrong_use else NOTHING_RAN)


def say(message: str) -> None:
    """Print a line on standard error, unless nobody listens there any more."""
    with contextlib.suppress(BrokenPipeError):
        click.echo(message, err=True)
