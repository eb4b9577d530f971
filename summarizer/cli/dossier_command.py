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
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Reports and stories under way at once (default 8).")
@click.option(
    "--context", type=click.IntRange(min=2000), metavar="CHARS",
    help="Characters of reports that one request may hold (default 120000); larger stories are compared by parts.",
)  # fmt: skip
@options.loading
@click.option("--timeout", type=float, help="Seconds that one request may take (default 180).")
@click.option("--deadline", type=float, help="Seconds for one question with all retries (default 600).")
@click.option("--reasks", type=click.IntRange(min=0), help="How often an unfit reply is asked again (default 2).")
@click.option("--no-cache", is_flag=True, help="Neither take replies from the store nor keep them.")
@options.quiet
@click.option("-v", "--verbose", is_flag=True, help="Say what is done, and show tracebacks of faults of the program.")
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
