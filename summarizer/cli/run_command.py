"""`summarizer run`: its options."""

from __future__ import annotations

import sys
from typing import Any

import click

from . import options


@click.command("run")
@options.inputs
@click.option(
    "--out", type=options.FILE, metavar="FILE", required=True, help="JSON lines, or a Parquet table (.parquet)."
)
@options.model
@options.base_url
@options.sources
@options.schema()
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="N",
    help="Reports under way at once, at most (default 256); how many requests the server takes is found out.",
)  # fmt: skip
@click.option("--unordered", is_flag=True, help="Write records as they are done, not in the order of the inputs.")
@click.option(
    "--max-cost", type=click.FloatRange(min=0), metavar="USD", help="Begin nothing new once so much is spent."
)
@click.option(
    "--max-total-tokens", type=click.IntRange(min=1), metavar="N", help="Begin nothing new once so many are used."
)
@click.option(
    "--retry-failed", is_flag=True, help="Ask anew for what failed in a finished run; the rest stays as it is."
)
@click.option(
    "--on", type=click.Choice(["here", "ray"]), default="here", show_default=True,
    help="In this process, or on Ray Data, where one machine is not enough.",
)  # fmt: skip
@click.option("--address", metavar="ADDRESS", help="Of a Ray cluster (auto, ray://host:10001); default: this machine.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Ray workers, at most (default: one a CPU).")
@options.loading
@options.limits
@options.observing
@options.quiet
@options.verbose
def command(**given: Any) -> None:
    """Write briefs of any number of reports to one file, and go on where a killed run was.

    INPUT is what `summarizer brief` takes, and Parquet tables (a report a row, in the columns that JSONL has as keys).
    Each report becomes one record, a brief or the failure that says why there is none, in the order of the inputs. The
    same command, given again after a crash, a kill or a spent budget, goes on: nothing is lost, nothing is written
    twice, and no reply is paid for again. With --schema the records are those of `summarizer extract`.

    Exit code: 0 all done, 1 some failed or the budget is spent, 2 wrong use, 3 nothing could run.

    \b
    summarizer run reports.jsonl --out briefs.jsonl --model openai/gpt-4o-mini --max-cost 20
    summarizer run reports.parquet --out briefs.parquet --base-url http://localhost:8000/v1 --model openai/qwen
    summarizer run reports.jsonl --out briefs.jsonl --model openai/gpt-4o-mini --retry-failed
    """
    from .run_run import Run

    sys.exit(Run(given).run())
