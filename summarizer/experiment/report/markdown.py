"""A report in Markdown, short enough for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .stories import DOSSIER_HEADLINES, slips, story_failures, story_rows, story_slices
from .view import HEADLINES, Report, Row, agreement_lines, change, figure, span


def to_markdown(about: Report) -> str:
    """The report."""
    return "\n".join(_lines(about)) + "\n"


def _lines(about: Report) -> Iterator[str]:
    info = about.run.info
    yield f"## {info.name}: {info.documents} reports, {info.model or info.engine}"
    yield ""
    yield from _verdict(about)
    yield from _table(about, about.headline_rows)
    if about.base:
        yield "\\* significant at 0.05 after Holm's correction (paired permutation test)"
        yield ""
    yield from _dossier(about)
    yield from _judged(about)
    yield from _languages(about)
    if about.failures:
        yield "**Without a brief:** " + "; ".join(f"`{score.document}` ({score.failed})" for score in about.failures)
        yield ""
    prompts = ", ".join(f"{name}@{value}" for name, value in info.prompts.items()) or "none"
    yield f"suite {info.suite}@{info.suite_hash} · prompts {prompts} · {info.software} · {info.started}"


def _verdict(about: Report) -> Iterator[str]:
    if about.verdict is None or about.base is None:
        return
    if about.verdict.passed:
        yield f"**Passed** against `{about.base.info.name}`."
    else:
        yield f"**Failed** against `{about.base.info.name}`:"
        for finding in about.verdict.findings:
            where = f" Worst: {', '.join(finding.documents)}." if finding.documents else ""
            yield f"- `{finding.metric}` {finding.why}.{where}"
    yield ""


def _table(about: Report, rows: Iterable[Row]) -> Iterator[str]:
    """Metrics of the run beside the base run and the others."""
    others = [run.info.name for run in about.others]
    base = [f"against {about.base.info.name}"] if about.base else []
    columns = ["metric", "value", "95% interval", "n", *base, *others]
    yield f"| {' | '.join(columns)} |"
    yield f"| --- |{' ---: |' * (len(columns) - 1)}"
    for row in rows:
        cells = [row.label, f"**{figure(row.interval.value)}**", span(row.interval), str(row.interval.n)]
        cells += [change(row.difference)] if about.base else []
        cells += [figure(other.value if other else None) for other in row.others]
        yield f"| {' | '.join(cells)} |"
    yield ""


def _dossier(about: Report) -> Iterator[str]:
    stories = story_slices(about)
    if not stories:
        return
    yield f"### Dossier: {len(stories)} labelled stories"
    yield ""
    yield from _table(about, story_rows(about))
    yield f"| metric | {' | '.join(story.name for story in stories)} |"
    yield f"| --- |{' ---: |' * len(stories)}"
    for number, label in enumerate(DOSSIER_HEADLINES.values()):
        yield f"| {label} | {' | '.join(figure(story.values[number]) for story in stories)} |"
    yield ""
    for score in story_failures(about):
        yield f"- `{score.document}` failed: {_plain(score.failed or '')}"
        yield ""
    wrong = list(slips(about))
    yield f"<details><summary>{len(wrong)} missed or false</summary>"
    yield ""
    for slip in wrong:
        note = f" [{slip.note}]" if slip.note else ""
        yield f"- `{slip.story}` {slip.outcome} ({slip.kind}): {_plain(slip.text + note)}"
    yield ""
    yield "</details>"
    yield ""


def _plain(text: str) -> str:
    """One line without HTML."""
    return " ".join(text.split()).replace("<", "&lt;")


def _judged(about: Report) -> Iterator[str]:
    if about.judged is None:
        return
    yield f"**Judge** ({', '.join(about.judged.models) or 'no replies'}):"
    for interval in about.judged.intervals.values():
        yield f"- `{interval.metric}` {figure(interval.value)} ({span(interval) or 'no interval'}, n = {interval.n})"
    yield from (f"- {line}" for line in agreement_lines(about.judged))
    yield ""


def _languages(about: Report) -> Iterator[str]:
    yield "<details><summary>By language</summary>"
    yield ""
    yield f"| language | n | {' | '.join(HEADLINES.values())} |"
    yield f"| --- |{' ---: |' * (len(HEADLINES) + 1)}"
    for part in about.languages:
        yield f"| {part.name} | {part.n} | {' | '.join(map(figure, part.values))} |"
    yield ""
    yield "</details>"
    yield ""
