"""Small reports for tests of merging: sentences, origins and events with the numbers of their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from summarizer.merge.linked import Group, Linked, Ref, Report, in_order
from summarizer.models.document import Sentence

from .made import Told, made


@dataclass(frozen=True)
class Sketch:
    """What a sketched report says.

    Args:
        sentences: of its text, one a line.
        origins: name, kind and sentences of each.
        events: ids of the origins that each names, and its sentences.
        people: name, role, affiliation, country and sentences of each.
        with_text: whether the text goes with the brief.
    """

    id: str
    sentences: tuple[str, ...]
    origins: tuple[tuple[str, str, tuple[int, ...]], ...] = ()
    events: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...] = ()
    people: tuple[tuple[str, str | None, str | None, str | None, tuple[int, ...]], ...] = ()
    language: str = "en"
    outlet: str | None = None
    with_text: bool = True


def report(sketch: Sketch) -> Report:
    """A report with a valid brief."""
    text = "\n".join(sketch.sentences)
    sentences, start = [], 0
    for number, line in enumerate(sketch.sentences, 1):
        sentences.append(Sentence(number, start, start + len(line)))
        start += len(line) + 1

    def checked(numbers: tuple[int, ...]) -> dict[str, Any]:
        found = [sentences[n - 1] for n in numbers]
        spans = [{"sentence": s.number, "start": s.start, "end": s.end, "text": text[s.start : s.end]} for s in found]
        return {"evidence": spans, "supported": True}

    brief = made(Told(sketch.id, people=(), places=(), types=()))
    actors = [
        {
            "id": f"A{n}", "name": name, "name_in_source": {"text": name, "start": None, "end": None, "match": "exact"},
            "kind": "person", "sector": None, "role": role, "affiliation": body, "country": country, **checked(at),
        }
        for n, (name, role, body, country, at) in enumerate(sketch.people, 1)
    ]  # fmt: skip
    events = [
        {
            "id": f"E{n}", "type": "CONSULT", "mode": None, "contexts": [], "title": "they met", "factuality": "reported",
            "date": None, "date_in_source": None, "place": None, "place_in_source": None, "country": None,
            "participants": [], "origins": origins, **checked(at),
        }
        for n, (origins, at) in enumerate(sketch.events, 1)
    ]  # fmt: skip
    origins = [
        {"id": f"O{n}", "name": name, "kind": kind, **checked(at)}
        for n, (name, kind, at) in enumerate(sketch.origins, 1)
    ]
    document = brief.document.model_dump() | {
        "language": sketch.language,
        "outlet": sketch.outlet,
        "sentences": len(sentences),
        "characters": len(text),
    }
    data = brief.model_dump() | {"document": document, "actors": actors, "events": events, "origins": origins}
    full = type(brief).model_validate(data)
    return Report(full, text, tuple(sentences)) if sketch.with_text else Report(full)


def alone(*sketches: Sketch) -> Linked:
    """Reports with every item in a group of its own."""
    reports = in_order(map(report, sketches))
    actors = tuple(Group((Ref(r.id, actor.id),)) for r in reports for actor in r.brief.actors)
    events = tuple(Group((Ref(r.id, event.id),)) for r in reports for event in r.brief.events)
    statements = tuple(Group((Ref(r.id, "bottom_line"),)) for r in reports)
    return Linked(reports, actors=actors, events=events, statements=statements)
