"""Discrepancies in roles: ranks and functions of a merged actor, types of a ship, who holds a function."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..models.brief import Actor
from ..models.countries import country_name
from ..models.dossier import Discrepancy, DiscrepancyAttribute
from ..models.draft import ActorKind
from ..names import Mention, Verdict, atlas, compare
from ..text.folding import fold
from .agreement import Relation
from .findings import Told, Topic, cited, discrepancy
from .linked import Group, Linked, Ref, Report
from .number_rules import text_of
from .ranks import Office, office_relation, offices, rank_relation, ranks, ship_relation, ships

_OF_STATES = frozenset({"prime minister", "chancellor", "king"})
"""Functions of which a country has one."""
_SINGLE = _OF_STATES | frozenset(
    "commander head chief director president chairman governor mayor minister".split()
) | {"secretary general", "director general"}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


class _Post(NamedTuple):
    """The functions of one man in one report, where, and of which country he is."""

    offices: tuple[Office, ...]
    body: str | None
    country: str | None


def of_actor(linked: Linked, name: str, group: Group) -> Iterator[Discrepancy]:
    """The discrepancies in the roles of one merged actor.

    Args:
        linked: the story.
        name: id of the merged actor.
        group: its items.
    """
    actors = [(ref, item) for ref in group.refs if isinstance(item := linked.item(ref), Actor)]
    called = actors[0][1].name
    found = (
        discrepancy(
            Topic(f"Rank of {called}", DiscrepancyAttribute.ROLE, (name,)),
            [
                Told(min(held), held, citation)
                for ref, actor in actors
                if actor.role and len(held := ranks(actor.role)) == 1 and (citation := cited(linked, ref))
            ],
            rank_relation,
        ),
        discrepancy(
            Topic(f"Function of {called}", DiscrepancyAttribute.ROLE, (name,)),
            [
                Told(actor.role, _post(actor), citation)
                for ref, actor in actors
                if actor.role and offices(actor.role) and (citation := cited(linked, ref))
            ],
            _apart_in_office,
        ),
        discrepancy(
            Topic(f"Type of ship: {called}", DiscrepancyAttribute.OTHER, (name,)),
            [told for ref, actor in actors for told in _types(linked, ref, actor)],
            ship_relation,
        ),
    )
    yield from filter(None, found)


def _post(actor: Actor) -> _Post:
    body = actor.affiliation
    if body and atlas.country(body, "en"):
        return _Post(offices(actor.role or ""), None, actor.country or atlas.country(body, "en"))
    return _Post(offices(actor.role or ""), body, actor.country)


def _apart_in_office(one: _Post, other: _Post) -> Relation:
    """Whether a function of one body excludes one that another report gives the same man, and none is the same."""
    found = {
        office_relation(a, b)
        for a in one.offices
        for b in other.offices
        if (one.body and other.body and _same_body(one, other)) or (a.field and not (one.body and other.body))
    }
    return Relation.APART if Relation.APART in found and Relation.SAME not in found else Relation.UNKNOWN


def _same_body(one: _Post, other: _Post) -> bool:
    first, second = (Mention(p.body, None, ActorKind.ORGANIZATION, country=p.country) for p in (one, other))
    return compare(first, second).verdict is Verdict.SAME


def _types(linked: Linked, ref: Ref, actor: Actor) -> Iterator[Told[str]]:
    """The types that a report gives a ship: in its role, right before its name, or of the one ship of its country.

    A type without a name is taken for that of the only ship among a report's actors when the same text names its
    country, and only when both are types of warships.
    """
    if actor.kind is not ActorKind.ASSET:
        return
    own = ships(actor.role or "")
    citation = cited(linked, ref)
    if citation:
        yield from (Told(kind, kind, citation) for kind in sorted(own))
    report = linked.report(ref.document)
    alone = _is_only_ship(report, actor)
    for item, other in report.items.items():
        text = text_of(other)
        found = ships(text)
        citation = cited(linked, Ref(ref.document, item))
        if len(found) != 1 or not citation or isinstance(other, Actor):
            continue
        kind = min(found)
        if kind in own:
            continue
        named = fold(actor.name) in fold(text)
        if (named and _stands_before(kind, actor.name, text)) or (
            not named and alone and _is_warlike(kind) and _tells_country(text, actor.country)
        ):
            yield Told(kind, kind, citation)


def _is_only_ship(report: Report, actor: Actor) -> bool:
    others = (a for a in report.brief.actors if a.kind is ActorKind.ASSET and a is not actor)
    return bool(ships(actor.role or "")) and not any(ships(f"{other.role or ''} {other.name}") for other in others)


def _stands_before(kind: str, name: str, text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(kind)}\s+(?:\S+\s+)?{re.escape(fold(name))}", fold(text)))


def _is_warlike(kind: str) -> bool:
    return kind not in ("ship", "warship") and ship_relation(kind, "warship") is Relation.NESTED


def _tells_country(text: str, country: str | None) -> bool:
    return country is not None and any(atlas.country(word, "en") == country for word in _WORD.findall(text))


class _Holder(NamedTuple):
    """Who holds a function in one report."""

    ref: Ref
    actor: Actor
    office: Office
    post: _Post
    group: int


def of_functions(linked: Linked) -> Iterator[Discrepancy]:
    """Functions that one person holds at a time and that reports give to different persons.

    Each of the two reports must name exactly one holder, of the same function in the same body, and the two names must
    be certain to be different; those who held it before, or are yet to, do not count.
    """
    held = [holder for report in linked.reports for holder in _holders(linked, report)]
    seen: set[str] = set()
    for holder in held:
        about = f"Who is {holder.office.title} of {holder.post.body or country_name(holder.post.country or '')}"
        same = [other for other in held if _is_same_post(holder, other)]
        key = f"{holder.office.title} {min(fold(each.post.body or each.post.country or '') for each in same)}"
        if key in seen:
            continue
        seen.add(key)
        found = _rivalry(linked, about, same)
        if found:
            yield found


def _rivalry(linked: Linked, about: str, same: list[_Holder]) -> Discrepancy | None:
    """The discrepancy between those who are said to hold one function, if they are rivals."""
    told = [Told(each.actor.name, each, citation) for each in same if (citation := cited(linked, each.ref))]
    found = discrepancy(
        Topic(about, DiscrepancyAttribute.ROLE, ()), told, lambda one, other: _are_rivals(linked, same, one, other)
    )
    if found is None:
        return None
    names = {reading.value for reading in found.readings}
    items = dict.fromkeys(f"A{each.group + 1}" for each in same if each.actor.name in names)
    return found.model_copy(update={"items": tuple(items)})


def _holders(linked: Linked, report: Report) -> Iterator[_Holder]:
    for actor in report.brief.actors:
        if actor.kind is not ActorKind.PERSON or not actor.role or not _is_proper(actor.name):
            continue
        post, ref = _post(actor), Ref(report.id, actor.id)
        for office in post.offices:
            if _is_single(office, post):
                yield _Holder(ref, actor, office, post, linked.actor_of[ref])


def _is_single(office: Office, post: _Post) -> bool:
    """Whether one person at a time holds it, and it is told of what it is."""
    if office.name not in _SINGLE or office.former or office.passing:
        return False
    of_state = office.name in _OF_STATES or (office.name == "minister" and bool(office.field))
    return bool(post.body) or (post.country is not None and of_state)


def _is_proper(name: str) -> bool:
    """Whether it is a person's name and no description."""
    words = name.split()
    return all(not word[0].islower() or len(word) < 4 for word in words) and not offices(name) and not ranks(name)


def _is_same_post(one: _Holder, other: _Holder) -> bool:
    a, b = one.office, other.office
    if (a.name, a.field, a.deputy) != (b.name, b.field, b.deputy):
        return False
    if one.post.body and other.post.body:
        return _same_body(one.post, other.post)
    return not one.post.body and not other.post.body and one.post.country == other.post.country


def _are_rivals(linked: Linked, same: list[_Holder], one: _Holder, other: _Holder) -> Relation:
    counts = [sum(each.ref.document == holder.ref.document for each in same) for holder in (one, other)]
    if counts != [1, 1] or one.group == other.group:
        return Relation.UNKNOWN
    if other.group in linked.actors[one.group].may_be or one.group in linked.actors[other.group].may_be:
        return Relation.UNKNOWN
    mentions = (
        Mention(h.actor.name, h.actor.name_in_source.text, ActorKind.PERSON, country=h.actor.country,
                language=linked.report(h.ref.document).brief.document.language)
        for h in (one, other)
    )  # fmt: skip
    return Relation.APART if compare(*mentions).verdict is Verdict.DIFFERENT else Relation.UNKNOWN
