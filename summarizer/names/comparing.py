"""Comparing two mentions: what their forms say, then what countries and roles say about that."""

from __future__ import annotations

from collections.abc import Iterable

from ..models.countries import today
from ..models.draft import ActorKind
from . import bodies, persons, places
from .judged import Judged
from .mention import PLACE, Comparison, Mention, Verdict
from .tables import groups

_NOTHING = Judged(Verdict.DIFFERENT, 0.0, "no name to compare")
_LOCAL = (PLACE, ActorKind.STATE)


def compare(one: Mention, other: Mention) -> Comparison:
    """Whether two mentions name the same person, organisation, state, group, asset or place. Symmetric.

    Args:
        one: a mention.
        other: another.
    """
    first, second = sorted((one, other), key=_order)
    judged = _judge(first, second)
    return Comparison(judged.verdict, round(min(max(judged.similarity, 0.0), 1.0), 4), judged.why)


def _order(mention: Mention) -> tuple[str, ...]:
    return (str(mention.kind), mention.name or "", mention.wording or "", mention.country or "", mention.role or "")


def _judge(one: Mention, other: Mention) -> Judged:
    kinds = {str(one.kind), str(other.kind)}
    if "person" in kinds:
        if len(kinds) > 1:
            return Judged(Verdict.DIFFERENT, 0.0, "only one is a person")
        return _persons(one, other)
    if kinds <= {str(kind) for kind in _LOCAL}:
        return _places(one, other)
    if kinds & {PLACE, "state"}:
        return Judged(Verdict.DIFFERENT, 0.0, "they are of different kinds")
    return _bodies(one, other)


def _best(found: Iterable[Judged]) -> Judged:
    return max(found, key=lambda judged: judged.rank, default=_NOTHING)


def _agreed(one: Mention, other: Mention) -> str | None:
    return one.country or other.country


def _conflict(one: Mention, other: Mention) -> bool:
    return bool(one.country and other.country and today(one.country) != today(other.country))


def _persons(one: Mention, other: Mention) -> Judged:
    country = _agreed(one, other)
    told = bool(one.name and other.name)
    first, second = persons.forms(one), persons.forms(other)
    judged = _best(
        persons.judge(a, b, country) for a in first for b in second if a.vowelless == b.vowelless or not told
    )
    if judged.verdict is Verdict.DIFFERENT:
        return judged
    bare = all(len(reading) < 2 for form in (*first, *second) for reading in form.readings)
    if _conflict(one, other):
        if judged.verdict is Verdict.OPEN or bare or judged.similarity < 0.97:
            why = f"{judged.why}, but one is of {one.country}, the other of {other.country}"
            return Judged(Verdict.DIFFERENT, judged.similarity, why)
        if _other_work(one, other):
            return Judged(Verdict.OPEN, judged.similarity, f"{judged.why}, but countries and roles differ")
    if bare and judged.verdict is Verdict.SAME and _other_work(one, other):
        return Judged(Verdict.OPEN, judged.similarity, f"{judged.why}, but '{one.role}' is not '{other.role}'")
    return judged


def _other_work(one: Mention, other: Mention) -> bool:
    """Whether two roles are of different fields; ranks of one field are no such difference."""
    first, second = _fields(one.role), _fields(other.role)
    return bool(first and second) and not first & second


def _fields(role: str | None) -> frozenset[str]:
    known = groups("roles")
    words = (word.strip(".,") for word in (role or "").lower().replace("-", " ").split())
    return frozenset(known[word] for word in words if word in known)


def _places(one: Mention, other: Mention) -> Judged:
    judged = _best(places.judge(a, b) for a in places.forms(one) for b in places.forms(other))
    if judged.verdict is not Verdict.DIFFERENT and _conflict(one, other):
        why = f"{judged.why}, but one is in {one.country}, the other in {other.country}"
        return Judged(Verdict.DIFFERENT, judged.similarity, why)
    return judged


def _bodies(one: Mention, other: Mention) -> Judged:
    first, second = bodies.forms(one), bodies.forms(other)
    judged = _best(bodies.judge(a, b) for a in first for b in second)
    if judged.verdict is Verdict.SAME and _one_of_many(one, other):
        return Judged(Verdict.OPEN, judged.similarity, f"{judged.why}, but only one tells its country")
    if judged.verdict is not Verdict.DIFFERENT and _conflict(one, other):
        why = f"{judged.why}, but one is of {one.country}, the other of {other.country}"
        return Judged(Verdict.DIFFERENT, judged.similarity, why)
    return judged


def _one_of_many(one: Mention, other: Mention) -> bool:
    """Whether both are called what every country has, a ministry or a delegation, and only one tells its country."""
    first, second = bodies.forms(one), bodies.forms(other)
    if not all(form.generic for form in (*first, *second)):
        return False
    told = [bool(m.country or any(f.country for f in named)) for m, named in ((one, first), (other, second))]
    return told[0] != told[1]
