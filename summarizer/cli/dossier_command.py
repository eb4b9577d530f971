"""`summarizer dossier`: its options."""

from __future__ import annotations

import sys
from typing import Any

import click

from . import options

FORMATS = ("terminal", "md", "json", "jsonl", "html")


@click.command("dossier")
@options.inputs
@options.model
@options.base_url
@options.asking
@click.option(
    "-f", "--format", "format_", type=click.Choice(FORMATS), help="Default: terminal, or by the suffix of --output."
)
@options.output
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Reports and stories under way at once (default 8).")
@click.option(
    "--context", type=click.IntRange(min=2000), metavar="CHARS",
    help="Characters of reports that one request may hold (default 120000); larger stories are compared by parts.",
)  # fmt: skip
@options.loading
@options.limits
@options.observing
@options.quiet
@options.verbose
def command(**given: Any) -> None:
    """Merge reports on the same stories: what they agree on, where they contradict each other, who stands behind it.

    INPUT is anything that `summarizer brief` takes, or a file of briefs that it wrote (JSONL or JSON). A brief whose
    report can still be read where it came from is compared by all its sentences, any other by those that it cites.
    Exit code: 0 all done, 1 some failed, 2 wrong use, 3 nothing could run.

    \b
    summarizer dossier reports/ --model openai/gpt-4o-mini --output dossier.html
    summarizer dossier seeds/*.txt --replies seeds/replies.jsonl
    summarizer brief reports/ --model openai/gpt-4o-mini --output briefs.jsonl
    summarizer dossier briefs.jsonl --format jsonl --output stories.jsonl
    """
    from .dossier_run import Run

    sys.exit(Run(given).run())
