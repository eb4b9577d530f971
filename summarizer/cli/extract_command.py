"""`summarizer extract`: its options."""

from __future__ import annotations

import sys
from typing import Any

import click

from . import options
from .output import FORMATS


@click.command("extract")
@options.inputs
@options.schema(required=True)
@options.model
@options.base_url
@options.asking
@click.option(
    "-f", "--format", "format_", type=click.Choice(FORMATS), help="Default: terminal, or by the suffix of --output."
)
@options.output
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Documents under way at once (default 8).")
@click.option(
    "--context",
    type=click.IntRange(min=2000),
    metavar="CHARS",
    help="Characters that a document may have (default 120000).",
)
@options.loading
@options.limits
@click.option("--strict", is_flag=True, help="Count a document as failed when it has an unsupported field.")
@options.observing
@options.quiet
@options.verbose
def command(**given: Any) -> None:
    """Fill a Pydantic model of your own from each document, and check it against the document.

    INPUT is anything that `summarizer brief` takes. In the model, `summarizer.Quoted` is a field for words of the
    document, `summarizer.Evidence` one for the sentences that carry the fields beside it: both are looked up in the
    document, and what does not stand there is marked. Exit code: 0 all done, 1 some failed, 2 wrong use, 3 nothing
    could run.

    \b
    summarizer extract ruling.txt --schema ruling.py:Ruling --prompt ruling.md --model openai/gpt-4o
    summarizer extract rulings/ --schema my_package.schemas:Ruling --output rulings.jsonl
    """
    from .extract_run import Run

    sys.exit(Run(given).run())
