"""`summarizer brief`: its options."""

from __future__ import annotations

import sys
from typing import Any

import click

from . import options
from .output import FORMATS


@click.command("brief")
@options.inputs
@options.model
@options.base_url
@click.option(
    "--mode",
    type=click.Choice(options.MODES),
    help="How the server is told to answer in JSON; found out when not given.",
)
@click.option("--replies", type=options.FILE, metavar="FILE", help="Take replies from a recording; nothing is asked.")
@click.option("--record", type=options.FILE, metavar="FILE", help="Write the replies used to a recording.")
@click.option(
    "-f", "--format", "format_", type=click.Choice(FORMATS), help="Default: terminal, or by the suffix of --output."
)
@click.option("-o", "--output", type=options.FILE, metavar="FILE", help="Write there, in one step at the end.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Reports under way at once (default 8).")
@options.loading
@click.option("--timeout", type=float, help="Seconds that one request may take (default 180).")
@click.option("--deadline", type=float, help="Seconds for one report with all retries (default 600).")
@click.option("--reasks", type=click.IntRange(min=0), help="How often an unfit reply is asked again (default 2).")
@click.option("--no-cache", is_flag=True, help="Neither take replies from the store nor keep them.")
@click.option("--strict", is_flag=True, help="Count a report as failed when its brief has an unsupported item.")
@options.quiet
@click.option("-v", "--verbose", is_flag=True, help="Say what is done, and show tracebacks of faults of the program.")
def command(**given: Any) -> None:
    """Write a checked English brief of each report.

    INPUT is a text file, a folder, a JSONL file (one report a line: id, text, optional title, published, outlet, url,
    language) or - for standard input. Exit code: 0 all done, 1 some failed, 2 wrong use, 3 nothing could run.

    \b
    summarizer brief report.txt --model openai/gpt-4o-mini
    summarizer brief seeds/*.txt --replies seeds/replies.jsonl
    cat report.txt | summarizer brief - --format md
    """
    from .brief_run import Run

    sys.exit(Run(given).run())
