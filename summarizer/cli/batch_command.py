"""`summarizer batch`: its commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from . import options

_MODE = click.option(
    "--mode",
    type=click.Choice([mode for mode in options.MODES if mode != "schema_object"]),
    default="json_schema",
    show_default=True,
    help="How the model is told to answer in JSON.",
)
_DOSSIER = click.option(
    "--dossier", is_flag=True, help="For a dossier: once all reports are briefed, what is asked about stories."
)
_IDS = click.argument("ids", nargs=-1, metavar="[ID...]")


@click.group("batch")
def command() -> None:
    """Exchange requests and replies with a provider's batch API, at half its price.

    \b
    summarizer batch submit reports/ --model openai/gpt-4o-mini
    summarizer batch fetch --wait
    summarizer brief reports/ --model openai/gpt-4o-mini

    By hand, where the provider's API is another one:

    \b
    summarizer batch export reports/ --model openai/gpt-4o-mini --output requests.jsonl
    (hand requests.jsonl to the provider, get its output file, and its error file if there is one)
    summarizer batch import output.jsonl errors.jsonl

    A reply that fails validation is asked again by the next submit or export.
    """


@command.command("submit")
@options.inputs
@options.model
@options.base_url
@click.option(
    "--max-requests",
    type=click.IntRange(1, 50_000),
    metavar="N",
    help="Requests in one batch at most (default 50000); 200 MB in any case.",
)
@_MODE
@_DOSSIER
@options.schema()
@options.loading
@options.quiet
def submit(inputs: tuple[str, ...], **given: Any) -> None:
    """Submit the requests that have no reply yet to the provider's batch API.

    For every server with the files and batches of OpenAI's API. Requests that wait in a batch already are not
    submitted again; what a batch did not answer is, once it is fetched. A submission that was cut short is looked for
    at the provider first: the same command goes on from there. One at a time for one store.

    A dossier takes three rounds of submit and fetch: briefs, disagreements, accounts.

    \b
    summarizer batch submit reports/ --model openai/gpt-4o-mini
    summarizer batch submit reports/ --dossier --model openai/gpt-4o-mini --max-requests 5000
    summarizer batch submit rulings/ --schema ruling.py:Ruling --model openai/gpt-4o
    """
    from .batch_submit_run import submit

    sys.exit(submit(inputs, given))


@command.command("fetch")
@_IDS
@click.option("--wait", is_flag=True, help="Look again until all are over; breaking it off loses nothing.")
@options.store
@options.quiet
def fetch(ids: tuple[str, ...], **given: Any) -> None:
    """Keep the replies of batches that are over: all in the store, or those named.

    Output and error files are read also of batches that expired or were cancelled. Requests without a reply are named,
    and go out with the next submit. Done again, it keeps nothing twice.

    \b
    summarizer batch fetch --wait
    summarizer batch fetch batch_6701f2c0
    """
    from .batch_fetch_run import fetch

    sys.exit(fetch(ids, given))


@command.command("cancel")
@_IDS
@click.option("--all", "all_", is_flag=True, help="All that are not over.")
@options.store
@options.quiet
def cancel(ids: tuple[str, ...], **given: Any) -> None:
    """Stop batches. What is answered already is paid for, and can be fetched once the provider has stopped.

    Naming a batch frees its requests when the provider no longer knows it, or does not list its batches and never
    confirmed this one.

    \b
    summarizer batch cancel batch_6701f2c0
    summarizer batch cancel --all
    """
    from .batch_state_run import cancel

    sys.exit(cancel(ids, given))


@command.command("export")
@options.inputs
@options.model
@options.base_url
@click.option("-o", "--output", type=options.FILE, metavar="FILE", required=True, help="The batch file to write.")
@_MODE
@_DOSSIER
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
@options.base_url
@click.option("--offline", is_flag=True, help="Say what the store knows of batches; the provider is not asked.")
@_DOSSIER
@options.schema()
@options.loading
@options.quiet
def status(inputs: tuple[str, ...], **given: Any) -> None:
    """Say which reports have a reply, which wait for one, and which have to be asked again.

    Without INPUT: how the batches stand (asked at the provider when its key is set), and the requests that were
    exported or submitted and have no reply yet.

    \b
    summarizer batch status
    summarizer batch status reports/ --model openai/gpt-4o-mini
    """
    if inputs:
        from .batch_run import status

        sys.exit(status(inputs, given))
    from .batch_state_run import batches_status

    sys.exit(batches_status(given))
