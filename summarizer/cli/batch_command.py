"""`summarizer batch`: its commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from . import options


@click.group("batch")
def command() -> None:
    """Exchange requests and replies with a provider's batch API, at half its price.

    \b
    summarizer batch export reports/ --model openai/gpt-4o-mini --output requests.jsonl
    (hand requests.jsonl to the provider, get its output file, and its error file if there is one)
    summarizer batch import output.jsonl errors.jsonl
    summarizer brief reports/ --model openai/gpt-4o-mini

    A reply that fails validation is asked again by the next export.
    """


@command.command("export")
@options.inputs
@options.model
@click.option("-o", "--output", type=options.FILE, metavar="FILE", required=True, help="The batch file to write.")
@click.option(
    "--mode",
    type=click.Choice([mode for mode in options.MODES if mode != "schema_object"]),
    default="json_schema",
    show_default=True,
    help="How the model is told to answer in JSON.",
)
@click.option(
    "--dossier", is_flag=True, help="For a dossier: once all reports are briefed, what is asked about stories."
)
@options.schema()
@options.loading
@options.quiet
def export(inputs: tuple[str, ...], **given: Any) -> None:
    """Write the requests that have no reply yet as a file for the OpenAI Batch API.

    A file that would pass the API's limits (50,000 requests, 200 MB) is written in parts.

    A dossier takes three rounds of export and import: briefs, disagreements, accounts.

    \b
    summarizer batch export reports/ --model openai/gpt-4o-mini --output requests.jsonl
    summarizer batch export reports/ --dossier --model openai/gpt-4o-mini --output requests.jsonl
    summarizer batch export rulings/ --schema ruling.py:Ruling --model openai/gpt-4o --output requests.jsonl
    """
    from .batch_run import export

    sys.exit(export(inputs, given))


@command.command("import")
@click.argument("results", nargs=-1, required=True, type=options.FILE, metavar="RESULTS...")
@options.store
@options.quiet
def import_(results: tuple[Path, ...], **given: Any) -> None:
    """Keep the replies of a batch's output and error files in the store.

    \b
    summarizer batch import output.jsonl errors.jsonl
    """
    from .batch_run import import_

    sys.exit(import_(results, given))


@command.command("status")
@click.argument("inputs", nargs=-1, metavar="[INPUT...]")
@options.model
@click.option(
    "--dossier", is_flag=True, help="For a dossier: once all reports are briefed, what is asked about stories."
)
@options.schema()
@options.loading
@options.quiet
def status(inputs: tuple[str, ...], **given: Any) -> None:
    """Say which reports have a reply, which wait for one, and which have to be asked again.

    Without INPUT: the requests that were exported and have no reply yet.

    \b
    summarizer batch status reports/ --model openai/gpt-4o-mini
    """
    from .batch_run import status, waiting

    sys.exit(status(inputs, given) if inputs else waiting(given))
