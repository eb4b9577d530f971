"""`summarizer doctor`: its options and how its findings are printed."""

from __future__ import annotations

import sys
from typing import Any

import click

from . import ALL_DONE, NOTHING_RAN, options


@click.command("doctor")
@options.model
@options.base_url
@click.option(
    "--mode", type=click.Choice(options.MODES), help="Structured-output mode to try; the strictest by default."
)
@click.option("--timeout", type=float, default=20.0, show_default=True, help="Seconds that the probe may take.")
def command(**given: Any) -> None:
    """Say what is configured, what answers, which structured-output mode works, and what is missing.

    With a model configured, one tiny request is sent to it. Exit code 3 when briefs cannot be made as configured.

    \b
    summarizer doctor
    summarizer doctor --model openai/local --base-url http://localhost:8080/v1
    """
    from .diagnosis import diagnose

    findings = list(diagnose(given))
    for finding in findings:
        mark = {True: "ok     ", False: "MISSING", None: "       "}[finding.ok]
        click.echo(f"{mark} {finding.what}" + (f"\n        -> {finding.remedy}" if finding.remedy else ""))
    sys.exit(NOTHING_RAN if any(finding.ok is False for finding in findings) else ALL_DONE)
