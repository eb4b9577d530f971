"""Whether a run may pass: no metric significantly or grossly worse than a base run, none below its floor.

[gate]
alpha = 0.05          # two-sided error level over all metrics together (Holm)
least = 0.01          # a significant loss smaller than this passes

[metrics."actors.f1"]
drop = 0.05           # a loss of more than this fails, significant or not
floor = 0.90          # so does a value below this, whatever the base
[metrics.forbidden]
ceiling = 0.0         # for metrics of which less is better
[metrics."dossier.discrepancies.recall"]
floor = 0.70          # metrics of the dossier are compared story by story
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field, ValidationError

from ..errors import ConfigurationError
from ..evaluation.comparison import Difference
from ..evaluation.scores import DocumentScore, is_better_lower
from ..models.base import Model
from .comparing import NO_STORIES, STORIES, Runs, Stories

_WORST = 5


class Rule(Model):
    """What one metric must keep to; None asks nothing."""

    drop: float | None = Field(None, ge=0, description="Largest loss against the base run.")
    floor: float | None = Field(None, description="Smallest value.")
    ceiling: float | None = Field(None, description="Largest value.")


class GateOptions(Model):
    """What holds for all metrics."""

    alpha: float = Field(0.05, gt=0, lt=1)
    least: float = Field(0.01, ge=0)


class GateConfig(Model):
    """The rules of a gate, by metric."""

    gate: GateOptions = GateOptions(alpha=0.05, least=0.01)
    metrics: dict[str, Rule]


class Finding(Model):
    """Why a run does not pass."""

    metric: str
    why: str
    """One sentence with the figures."""
    documents: tuple[str, ...] = ()
    """Those that lost most, worst first; stories, for metrics of the dossier."""


class Verdict(Model):
    """What a gate says."""

    passed: bool
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]


def read_gate(path: Path) -> GateConfig:
    """The rules in a TOML file.

    Raises:
        ConfigurationError: it cannot be read or holds what is no rule.
    """
    try:
        return GateConfig.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read ({error})", remedy="Name a gate file with --config") from error
    except ValidationError as error:
        entry = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in entry["loc"])
        raise ConfigurationError(
            f"{path}: {place}: {entry['msg']}", remedy="See summarizer eval gate --help"
        ) from error


def judge(
    base: Sequence[DocumentScore],
    new: Sequence[DocumentScore],
    config: GateConfig,
    stories: Stories = NO_STORIES,
) -> Verdict:
    """Compare a new run with a base run over the same documents.

    Args:
        base: scores of the run that was accepted.
        new: scores of the run in question.
        config: rules.
        stories: scores of the stories of both. Against a base without any, floors and ceilings of the dossier's metrics
            hold, and nothing is a loss.

    Raises:
        ConfigurationError: a rule is about a metric that neither run has.
        InputError: the runs are not over the same documents or stories.
    """
    runs = Runs(base, new, stories)
    _refuse_unknown(runs, config)
    found = runs.differences(tuple(config.metrics))
    findings = []
    for metric, rule in config.metrics.items():
        for why in _reasons(found[metric], rule, config.gate):
            findings.append(Finding(metric=metric, why=why, documents=tuple(_worst(runs, metric))))
    return Verdict(passed=not findings, findings=tuple(findings), differences=tuple(found.values()))


def _reasons(found: Difference, rule: Rule, options: GateOptions) -> Iterator[str]:
    if found.second is None:
        if found.first is not None:
            yield f"is undefined; it was {found.first:.3f}"
        return
    if rule.floor is not None and found.second < rule.floor:
        yield f"is {found.second:.3f}, below its floor of {rule.floor:.3f}"
    if rule.ceiling is not None and found.second > rule.ceiling:
        yield f"is {found.second:.3f}, above its ceiling of {rule.ceiling:.3f}"
    if found.difference is None:
        return
    loss = found.difference if is_better_lower(found.metric) else -found.difference
    kind = "stories" if found.metric.startswith(STORIES) else "documents"
    change = f"went from {found.first:.3f} to {found.second:.3f} over {found.n} {kind}"
    if rule.drop is not None and loss > rule.drop:
        yield f"{change}, a loss of {loss:.3f}; {rule.drop:.3f} is allowed"
    elif loss > options.least and found.p_holm is not None and found.p_holm < options.alpha:
        yield f"{change}, a significant loss (p = {found.p_holm:.4f} after Holm's correction)"


def _worst(runs: Runs, metric: str) -> list[str]:
    """The documents or stories that lost most, worst first."""
    losses: list[tuple[float, str]] = []
    for before, after in runs.paired(metric):
        one, other = (score.shares[metric].value if metric in score.shares else None for score in (before, after))
        if other is None or one is None:
            continue
        loss = other - one if is_better_lower(metric) else one - other
        if loss > 0:
            losses.append((-loss, after.document))
    return [name for _, name in sorted(losses)[:_WORST]]


def _refuse_unknown(runs: Runs, config: GateConfig) -> None:
    known = set(runs.metrics)
    for metric in config.metrics:
        if metric not in known:
            raise ConfigurationError(
                f"the gate has a rule about {metric!r}, which no run has",
                remedy=f"Known are {', '.join(sorted(known))}",
            )
