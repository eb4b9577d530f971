"""The score of a dossier against the labels of its stories: every metric as a share, one record for each story.

| metric (each begins with `dossier.`) | what it is |
| --- | --- |
| `stories.b_cubed.precision .recall .f1` | reports in the right stories, over all reports (`dossier_linking`) |
| `actors.b_cubed.precision .recall .f1` | mentions with the right actor, over mentions that briefs have |
| `actors.wrongly_merged` | pairs that must stay apart and do not, for each story that has such pairs |
| `discrepancies.precision .recall .f1` | contradictions that are the labelled ones (`dossier_discrepancies`) |
| `discrepancies.recall_all` | the same recall over vital and okay labels |
| `discrepancies.kind` | right kind, of findings that are a vital label |
| `false_contradictions` | contradictions that are a labelled granularity, vital or okay, for each story |
| `false_contradictions.share` | the same, of all contradictions found |
| `granularity.precision .recall .f1 .recall_all` | as for contradictions |
| `readings.recall` | labelled readings found, of vital labels |
| `readings.documents` | just the right documents, of the readings found |
| `origins.accuracy` | the number of independent origins is right, of labelled items (`dossier_origins`) |
| `origins.found` | labelled items that the dossier has |
| `origins.error` | mean distance of that number from the label's, of those |
| `shared.precision .recall .f1` | pairs of reports that rest on one origin |
| `account.dropped` | sentences of the account that had no support, of those written |
| `account.sourced` | sentences of the account that two or more reports carry |
| `account.nuggets` | vital nuggets of the single reports that the account says |
| `items` | actors, events, aims and background, for each story |
| `cost.usd .requests .input_tokens .output_tokens .seconds .reasks` | for each story of which it is known |
| `failures` | stories that could not be made, or about which a question has no reply, or a report no brief |

Okay labels are neither required nor penalised, as in `scoring`: what matches one counts neither as right nor as wrong;
only `false_contradictions` counts them, because that is what the labels of granularity are there for. Reports in no
labelled story are stories of one: they have records of their own, which count for `stories` and for what is found there
and should not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ..models.brief import Brief
from ..models.dossier import AccountStatement, DiscrepancyKind, Dossier, Story, StoryProvenance
from .dossier_discrepancies import Finding, LaidFindings, Said
from .dossier_linking import actor_outcomes, actor_shares, story_shares
from .dossier_origins import origin_outcomes, origin_shares
from .dossier_references import DossierReference
from .dossier_told import Told, Unit, home_of, units_of
from .keywords import accepts
from .references import Reference, Salience
from .scores import DocumentScore, Share

LANGUAGES = "mul"
"""What stands for the language of a story: several (ISO 639-2)."""

T = TypeVar("T")


def score_dossier(
    dossier: Dossier,
    briefs: Iterable[Brief],
    stories: Iterable[DossierReference],
    references: Mapping[str, Reference],
) -> tuple[DocumentScore, ...]:
    """The scores of a dossier: one record for each labelled story, then one for each other report.

    Args:
        dossier: made of the briefs.
        briefs: of the reports of the suite; reports without one are missing.
        stories: labels of the stories.
        references: labels of all single reports, by the names of their documents.

    Raises:
        MissingExtra: scipy is not installed.
    """
    told = Told(dossier, tuple(briefs), references)
    units = units_of(stories, references)
    parts = _homes(((told.named(r.document.id for r in story.reports), story) for story in dossier.stories), units)
    found = _homes(
        ((_documents(finding), finding) for story in dossier.stories for finding in findings_of(story, told)), units
    )
    return tuple(_score(unit, told, units, parts[unit.name], found[unit.name]) for unit in units)


def findings_of(story: Story, told: Told) -> Iterator[Finding]:
    """The contradictions and granularities of a story; omissions are not labelled and not scored."""
    for discrepancy in story.discrepancies:
        if discrepancy.kind is not DiscrepancyKind.OMISSION:
            readings = tuple(Said(reading.value, told.named(reading.documents)) for reading in discrepancy.readings)
            yield Finding(discrepancy.kind, discrepancy.about, readings)


def _score(
    unit: Unit, told: Told, units: Sequence[Unit], stories: Sequence[Story], findings: Sequence[Finding]
) -> DocumentScore:
    labels = unit.labels
    laid = LaidFindings(findings, labels.discrepancies if labels else ())
    shares = {**story_shares(unit, told, units), **laid.shares()}
    if labels is None:
        return DocumentScore(document=unit.name, language=LANGUAGES, shares=shares, items=tuple(laid.outcomes()))
    failures = _failures(labels, told, stories)
    return DocumentScore(
        document=unit.name,
        language=LANGUAGES,
        failed="; ".join(failures) or None,
        shares={
            **shares,
            **actor_shares(labels, told),
            **origin_shares(labels, told, stories),
            **_account(labels, told, stories),
            "dossier.items": Share(sum(map(_items, stories)), 1),
            **_costs([story.provenance for story in stories]),
            "dossier.failures": Share(bool(failures), 1),
        },
        items=(*laid.outcomes(), *actor_outcomes(labels, told), *origin_outcomes(labels, told, stories)),
    )


def _homes(entries: Iterable[tuple[frozenset[str], T]], units: Sequence[Unit]) -> dict[str, list[T]]:
    """For each unit what belongs to it by most of its documents."""
    homes: dict[str, list[T]] = {unit.name: [] for unit in units}
    for documents, entry in entries:
        homes[home_of(documents, units).name].append(entry)
    return homes


def _documents(finding: Finding) -> frozenset[str]:
    return frozenset().union(*(reading.documents for reading in finding.readings))


def _failures(labels: DossierReference, told: Told, stories: Iterable[Story]) -> list[str]:
    """Reports without a brief, stories that could not be made of those with one, questions without a reply."""
    missing = [f"{name} has no brief" for name in labels.documents if name not in told.laid]
    with_brief = set(labels.documents).intersection(told.laid)
    failed = [each for each in told.dossier.failures if with_brief & told.named(each.document.split(" + "))]
    asked = [each for story in stories for each in story.checks.failures]
    return missing + [f"{each.kind}: {each.message}" for each in (*failed, *asked)]


def _account(labels: DossierReference, told: Told, stories: Sequence[Story]) -> dict[str, Share]:
    told_in = [statement for story in stories for statement in _statements(story)]
    dropped = sum(len(story.checks.sentences_dropped) for story in stories)
    text = "\n".join(statement.text for statement in told_in)
    nuggets = [n for name in labels.documents for n in told.references[name].nuggets if n.salience is not Salience.OKAY]
    return {
        "dossier.account.dropped": Share(dropped, dropped + len(told_in)),
        "dossier.account.sourced": Share(sum(statement.sources > 1 for statement in told_in), len(told_in)),
        "dossier.account.nuggets": Share(sum(accepts(n.accept, text) for n in nuggets), len(nuggets)),
    }


def _statements(story: Story) -> tuple[AccountStatement, ...]:
    return (story.headline, story.bottom_line, *story.summary)


def _items(story: Story) -> int:
    return sum(map(len, (story.actors, story.events, story.aims, story.context)))


def _costs(provenance: Sequence[StoryProvenance]) -> dict[str, Share]:
    """Sums over the stories of the dossier that tell a labelled one; nothing where one of them is not known."""
    values: dict[str, list[float | None]] = {
        "usd": [each.cost_usd for each in provenance],
        "requests": [each.attempts for each in provenance],
        "input_tokens": [each.input_tokens for each in provenance],
        "output_tokens": [each.output_tokens for each in provenance],
        "seconds": [each.seconds for each in provenance],
        "reasks": [each.reasks for each in provenance],
    }
    return {f"dossier.cost.{name}": _sum(figures) for name, figures in values.items()}


def _sum(figures: Sequence[float | None]) -> Share:
    known = [figure for figure in figures if figure is not None]
    return Share(sum(known), 1) if known and len(known) == len(figures) else Share(0, 0)
