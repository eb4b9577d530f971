"""The skeleton of a reference, made from a brief, for a person to correct."""

from __future__ import annotations

from typing import Any

from ..models.brief import Actor, Aim, Brief, Event

_HEAD = (
    "# A skeleton: correct every line from the report alone (see evals/GUIDELINES.md), then take `status` out.\n"
    "# Drafts are never scored.\n"
)


def skeleton(brief: Brief, document: str, annotator: str = "") -> str:
    """YAML that a person corrects: what the brief holds, in the format of references, marked as a draft.

    Args:
        brief: of the report.
        document: file name of the report in the suite.
        annotator: initials of who will correct it.
    """
    import yaml

    labels = {
        "document": document,
        "language": brief.document.language,
        "published": brief.document.published,
        "annotator": annotator,
        "status": "draft",
        "events": [_event(event, number == 0) for number, event in enumerate(brief.events)],
        "actors": [_actor(actor) for actor in brief.actors],
        "aims": [_aim(aim) for aim in brief.aims],
        "context": [
            {"id": c.id, "salience": "vital", "topic": c.topic, "text": c.text, "accept": [[c.topic.lower()]]}
            for c in brief.context
        ],
        "nuggets": [{"salience": "vital", "text": s.text, "accept": [[s.text.lower()]]} for s in brief.summary],
        "forbidden": [],
        "caveats": [{"text": c.text, "accept": [[c.text.lower()]]} for c in brief.caveats],
    }
    return _HEAD + str(yaml.safe_dump(labels, allow_unicode=True, sort_keys=False, width=118))


def _event(event: Event, is_main: bool) -> dict[str, Any]:
    return {
        "id": event.id,
        "salience": "main" if is_main else "vital",
        "type": [event.type.value],
        "title": event.title,
        "factuality": [event.factuality.value],
        "date": [event.date],
        "place": [event.place] if event.place else [],
        "country": [event.country] if event.country else [],
        "participants": [{"actor": p.actor, "role": p.role.value} for p in event.participants],
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "names": [actor.name],
        "in_source": [actor.name_in_source.text] if actor.name_in_source.start is not None else [],
        "kind": [actor.kind.value],
        "role": [actor.role] if actor.role else [],
        "affiliation": [actor.affiliation] if actor.affiliation else [],
        "country": [actor.country] if actor.country else [],
        "salience": "vital",
    }


def _aim(aim: Aim) -> dict[str, Any]:
    return {
        "id": aim.id,
        "salience": "vital",
        "kind": [aim.kind.value],
        "text": aim.text,
        "accept": [[aim.text.lower()]],
        "in_source": [aim.wording_in_source.text] if aim.wording_in_source.start is not None else [],
        "held_by": list(aim.held_by),
    }
