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
@options.asking
@click.option(
    "-f", "--format", "format_", type=click.Choice(FORMATS), help="Default: terminal, or by the suffix of --output."
)
@options.output
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Reports under way at once (default 8).")
@options.loading
@options.limits
@click.option("--strict", is_flag=True, help="Count a report as failed when its brief has an unsupported item.")
@options.observing
@options.quiet
@options.verbose
def command(**given: Any) -> None:
    """Write a checked English brief of each report.

    INPUT is a text file, a saved page (HTML, MHTML), a PDF or DOCX file, a URL, a folder, a JSONL file (one report a
    line: id, text, optional title, published, outlet, url, author, language) or - for standard input. A long report is
    read in parts and is one brief. Exit code: 0 all done, 1 some failed, 2 wrong use, 3 nothing could run.

    \b
    summarizer brief report.txt --model openai/gpt-4o-mini
    summarizer brief https://example.org/news/bridge.html report.pdf --model openai/gpt-4o-mini
    summarizer brief seeds/*.txt --replies seeds/replies.jsonl
    cat report.txt | summarizer brief - --format md
    """
    from .brief_run import Run

    sys.exit(Run(given).run())
