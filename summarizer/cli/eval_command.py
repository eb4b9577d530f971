"""`summarizer eval`: score engines against hand-labelled references, compare runs, stop a bad one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from . import options

_FOLDER = click.Path(path_type=Path, file_okay=False)
_SUITE = click.argument("suite", type=_FOLDER)
_RUN = click.argument("run", type=_FOLDER)
_BASE, _NEW = click.argument("base", type=_FOLDER), click.argument("new", type=_FOLDER)


def _judging(function: options.F) -> options.F:
    """Options of what asks a judge."""
    for decorate in reversed(
        (
            options.model,
            options.base_url,
            click.option(
                "--replies", type=options.FILE, metavar="FILE", help="Take the judge's replies from a recording."
            ),
            click.option(
                "--record", type=options.FILE, metavar="FILE", help="Write the judge's replies to a recording."
            ),
            click.option(
                "--export",
                type=options.FILE,
                metavar="FILE",
                help="Ask nothing: write the requests without a reply for the OpenAI Batch API.",
            ),
            click.option("-j", "--jobs", type=click.IntRange(min=1), help="Requests under way at once (default 8)."),
            options.quiet,
        )
    ):
        function = decorate(function)
    return function


@click.group("eval")
def command() -> None:
    """Score briefs against hand-labelled references, compare runs, stop a bad one.

    \b
    summarizer eval run evals --model openai/gpt-4o-mini --out runs/today
    summarizer eval gate evals/history/accepted runs/today --config evals/gate.toml
    summarizer eval report runs/today --base evals/history/accepted --html report.html
    """


@command.command("check")
@_SUITE
def check(suite: Path) -> None:
    """Say whether the reports and references of a suite are in order.

    \b
    summarizer eval check evals
    """
    from . import eval_run

    sys.exit(eval_run.check(suite))


@command.command("run")
@_SUITE
@options.model
@options.base_url
@click.option(
    "--replies", type=options.FILE, metavar="FILE", help="Take the replies from a recording; nothing is asked."
)
@click.option("--out", type=_FOLDER, required=True, metavar="DIR", help="Folder of the run, which must not exist yet.")
@click.option("--name", help="Name of the run in reports; the folder's when not given.")
@click.option("--repeats", type=click.IntRange(min=1), default=1, show_default=True, help="Runs of the whole suite.")
@click.option("--only", multiple=True, metavar="NAME", help="Only this report; may be given several times.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Reports under way at once (default 8).")
@options.observing
@options.quiet
def run(suite: Path, **given: Any) -> None:
    """Make briefs of a suite's reports and score them.

    Besides models and `offline`, --model takes `lead-3`: the first three sentences, untranslated, as a baseline.

    Where the suite has labelled stories, the same engine then makes one dossier of all briefs, and its metrics
    (dossier.*) are scored story by story. A question about a story that has no reply lowers the scores of that story,
    is named, and fails nothing; a gate may forbid it (dossier.failures).

    \b
    summarizer eval run evals --model openai/gpt-4o-mini --out runs/today --repeats 3
    summarizer eval run evals --replies evals/replies/replies.jsonl --out runs/recorded
    """
    from . import eval_run

    sys.exit(eval_run.run(suite, given))


@command.command("score")
@click.argument("briefs", type=options.FILE)
@_SUITE
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every metric with its interval.")
def score(briefs: Path, suite: Path, as_json: bool) -> None:
    """Score the briefs in a JSONL file (of `summarizer brief --format jsonl`) against a suite's references.

    \b
    summarizer eval score briefs.jsonl evals
    """
    from . import eval_run

    sys.exit(eval_run.score(briefs, suite, as_json))


@command.command("compare")
@_BASE
@_NEW
def compare(base: Path, new: Path) -> None:
    """Say which metrics differ between two runs, and how sure that is.

    \b
    summarizer eval compare runs/yesterday runs/today
    """
    from . import eval_run

    sys.exit(eval_run.compare(base, new))


@command.command("gate")
@_BASE
@_NEW
@click.option("--config", type=options.FILE, required=True, metavar="FILE", help="Rules, such as evals/gate.toml.")
@click.option(
    "--judged",
    nargs=2,
    type=options.FILE,
    metavar="BASE NEW",
    help="What `eval judge --out` wrote of both.",
)
def gate(base: Path, new: Path, config: Path, judged: tuple[Path, Path] | None) -> None:
    """Exit with 1 when the new run is worse than the rules allow, naming metric, size and documents or stories.

    Rules about a judge's metrics (judge.*) hold only where --judged is given and the judge agreed well enough with
    people; else they are left out, and that is said.

    \b
    summarizer eval gate evals/history/accepted runs/today --config evals/gate.toml
    """
    from . import eval_run

    sys.exit(eval_run.gate(base, new, config, judged or ()))


@command.command("report")
@click.argument("runs", type=_FOLDER, nargs=-1, required=True, metavar="RUN...")
@click.option("--base", type=_FOLDER, metavar="RUN", help="Run to compare with.")
@click.option("--history", type=options.FILE, metavar="FILE", help="History to draw the trend from.")
@click.option("--config", type=options.FILE, metavar="FILE", help="Gate whose verdict is shown.")
@click.option("--judged", type=options.FILE, metavar="FILE", help="What `eval judge --out` wrote about the run.")
@click.option("--html", type=options.FILE, metavar="FILE", help="Write one HTML page that needs no network.")
@click.option("--markdown", type=options.FILE, metavar="FILE", help="Write Markdown, for a pull request.")
@click.option("--junit", type=options.FILE, metavar="FILE", help="Write JUnit XML, for CI.")
def report(runs: tuple[Path, ...], **given: Any) -> None:
    """Write a report of a run; further runs (the offline floor, a baseline) are shown beside it.

    \b
    summarizer eval report runs/today runs/offline --base evals/history/accepted --html report.html
    """
    from . import eval_run

    sys.exit(eval_run.report(runs, given))


@command.command("history")
@click.argument("history", type=options.FILE)
@click.option("--add", type=_FOLDER, metavar="RUN", help="Add this run's line.")
@click.option("--accept", is_flag=True, help="With --add: keep the run beside the file as `accepted`.")
def history(history: Path, add: Path | None, accept: bool) -> None:
    """Show the history of a suite, or add a run to it; lines are only ever added.

    \b
    summarizer eval history evals/history/history.jsonl
    summarizer eval history evals/history/history.jsonl --add runs/today --accept
    """
    from . import eval_run

    sys.exit(eval_run.history(history, add, accept))


@command.command("agreement")
@_SUITE
@click.argument("second", type=_FOLDER)
def agreement(suite: Path, second: Path) -> None:
    """Score a second annotator's references against the suite's: how far people agree.

    Labels of stories in its folder `dossiers` are compared too: contradictions found, and mentions put together.

    \b
    summarizer eval agreement evals evals/agreement
    """
    from . import eval_run

    sys.exit(eval_run.agreement(suite, second))


@command.command("judge")
@_RUN
@_judging
@click.option("--judgements", type=options.FILE, metavar="FILE", help="Judgements made by hand, or a folder of them.")
@click.option(
    "--least-kappa", type=float, default=0.6, show_default=True, help="A gate uses no judge below this kappa,"
)
@click.option(
    "--least-low", type=float, default=0.4, show_default=True, help="nor one whose interval begins below this,"
)
@click.option("--least-items", type=int, default=20, show_default=True, help="nor one compared on fewer items.")
@click.option("--out", type=options.FILE, metavar="FILE", help="Write labels, metrics and agreement as JSON.")
def judge(run: Path, **given: Any) -> None:
    """Have a second model judge a run: nuggets said by meaning, statements carried by what they cite.

    With --judgements the judge is itself scored against people (Cohen's kappa), which a gate asks for. A line of such a
    file is {"kind": "claim", "document", "item", "text", "evidence": [...], "label": "supported", "annotator"} or
    {"kind": "nugget", ..., "summary": "...", "label": "yes"}. Labels are supported, partly, contradicted and
    not_in_source for claims; yes, partly and no for nuggets.

    \b
    summarizer eval judge runs/today --model openai/gpt-4o --judgements evals/judgements --out judged.json
    summarizer eval judge runs/today --model openai/gpt-4o --export requests.jsonl
    (hand it to the provider; then: summarizer batch import output.jsonl, and judge again)
    """
    from . import eval_judge

    sys.exit(eval_judge.judge(run, given))


@command.command("prefer")
@click.argument("first", type=_FOLDER, metavar="RUN_A")
@click.argument("second", type=_FOLDER, metavar="RUN_B")
@_judging
@click.option("--out", type=options.FILE, metavar="FILE", help="Write the preferences as JSON lines.")
def prefer(first: Path, second: Path, **given: Any) -> None:
    """Have a second model say which of two runs has the better briefs.

    It is asked in both orders; a preference counts when both agree, else it is a tie.

    \b
    summarizer eval prefer runs/yesterday runs/today --model openai/gpt-4o
    """
    from . import eval_judge

    sys.exit(eval_judge.prefer(first, second, given))


@command.command("label")
@click.argument("report", type=options.FILE)
@options.model
@options.base_url
@click.option("--replies", type=options.FILE, metavar="FILE", help="Take the reply from a recording.")
@click.option("-o", "--output", type=options.FILE, metavar="FILE", help="Write there; else standard output.")
@options.loading
def label(report: Path, output: Path | None, **given: Any) -> None:
    """Write the skeleton of a reference from a brief, for a person to correct.

    It is marked `status: draft`, and drafts are never scored.

    \b
    summarizer eval label report.txt --model openai/gpt-4o-mini --output evals/references/report.yaml
    """
    from . import eval_run

    sys.exit(eval_run.label(report, output, given))
