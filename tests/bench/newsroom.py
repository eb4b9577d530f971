"""Invented reports on the stories of an invented world, as briefs: each leaves out, adds, respells and mistakes things.

A brief has 5 to 10 kB of JSON. Of the reports, one in 50 is a round-up, which tells of three more stories of the same
days and names two dozen actors; one in eight has no date of publication, one in three none of its main event, and one in 30 a wrong one.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .world import TYPES, Figure, Happening, World, iso

LANGUAGES = ("ar", "de", "el", "en", "es", "fa", "fr", "hi", "ja", "pl", "ru", "sw", "tr", "uk", "zh")
_ROUND_UP = 0.02
_RESPELT = (("k", "q"), ("i", "y"), ("v", "w"), ("ou", "u"), ("u", "ou"), ("a", "aa"), ("e", "i"), ("o", "u"), ("s", "ss"),
            ("n", "nn"), ("sh", "sch"), ("a", "e"), ("w", "v"), ("d", "dh"), ("kh", "h"), ("f", "ph"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one report is written: its chance, what happened, and how many of its words are the story's own."""

    random: random.Random
    world: World
    story: Happening
    slant: int

    def name(self, figure: Figure) -> str:
        """A figure's name as this report spells it."""
        words = figure.name.split()
        if self.random.random() < 0.4:
            at = self.random.randrange(len(words))
            words[at] = respelt(words[at], self.random)
        chance = self.random.random()
        if figure.kind == "person" and chance < 0.12:
            words = words[-1:]
        elif figure.kind == "person" and chance < 0.17:
            words[0] = f"{words[0][0]}."
        return " ".join(words)

    def common(self, count: int) -> list[str]:
        """Words of all news, the frequent ones more often."""
        return [self.world.popular(self.world.common) for _ in range(count)]

    def sentence(self, *fixed: str) -> str:
        """A sentence with these pieces, the story's words, its field's, and common ones."""
        pick, story = self.random, self.story
        words = [*pick.sample(story.words, self.slant), *pick.sample(story.field, 2), *self.common(11 - self.slant)]
        pick.shuffle(words)
        cut = pick.randrange(1, 9)
        text = " ".join([*words[:cut], *fixed, *words[cut:]])
        return text[0].upper() + text[1:] + "."


def respelt(word: str, chance: random.Random) -> str:
    """A word in another spelling of the same sounds, mostly."""
    lowered = word.lower()
    ways = [(old, new) for old, new in _RESPELT if old in lowered[1:]]
    if not ways:
        return word
    old, new = chance.choice(ways)
    at = lowered.index(old, 1)
    return word[:at] + new + word[at + len(old) :]


def briefs(world: World, each: int) -> Iterator[tuple[int, str]]:
    """(story, brief as a line of JSON), `each` reports a story, in an order as of arrival."""
    order = [(story.number, number) for story in world.stories for number in range(each)]
    random.Random(1).shuffle(order)
    for story, number in order:
        yield story, json.dumps(brief(world, world.stories[story], number), ensure_ascii=False)


def brief(world: World, story: Happening, number: int) -> dict[str, Any]:
    """One report's brief; the same for the same arguments."""
    pick = random.Random(story.number * 1009 + number)
    desk = _Desk(pick, world, story, slant=pick.randint(1, 3))
    beside = [replace(desk, story=other) for other in _others(desk)] if pick.random() < _ROUND_UP else []
    cast = _figures(desk)
    figures = list(dict.fromkeys((*cast, *(one for other in beside for one in other.story.figures))))
    names = {figure: desk.name(figure) for figure in figures}
    actors = [_actor(place, figure, names[figure], desk) for place, figure in enumerate(figures, 1)]
    events = _events(desk, cast, names)
    for place, other in enumerate(beside, len(events) + 1):
        events.append(_event(other, place, other.story.types[0], other.story.figures[:2], names))
    numbers = [str(n if pick.random() < 0.8 else n + pick.randint(1, 9)) for n in story.numbers if pick.random() < 0.5]
    said = [desk.sentence(*pieces) for pieces in _pieces(desk, list(names.values()), numbers)]
    said += [other.sentence(names[other.story.figures[0]]) for other in beside]
    identity = f"s{story.number}r{number}"
    published = iso(story.day + min(6, int(pick.expovariate(0.7)))) if pick.random() < 0.88 else None
    return {
        "schema_version": "1.0",
        "document": _document(identity, pick.choice(LANGUAGES), published),
        "headline": events[0]["title"],
        "bottom_line": _statement(said[0], desk),
        "summary": [_statement(text, desk) for text in said[1:]],
        "actors": actors,
        "events": events,
        "aims": [_aim(place, desk) for place in range(1, 3)],
        "context": [_context(place, desk) for place in range(1, 4)],
        "origins": [],
        "caveats": [],
        "checks": _CHECKS,
        "provenance": _PROVENANCE,
    }


def _figures(desk: _Desk) -> list[Figure]:
    """Who is named: most of the story's, sometimes a passer-by."""
    pick, story = desk.random, desk.story
    figures = [figure for place, figure in enumerate(story.figures) if pick.random() < (0.85 if place < 2 else 0.7)]
    passing = [desk.world.popular(desk.world.figures[story.country]) for _ in range(pick.choice((0, 1, 2, 3)))]
    return list(dict.fromkeys((*figures, *passing))) or [story.figures[0]]


def _others(desk: _Desk) -> list[Happening]:
    """Three stories of the same days."""
    stories = desk.world.stories
    near = [
        story for story in desk.random.sample(stories, min(400, len(stories))) if abs(story.day - desk.story.day) < 4
    ]
    return [story for story in near if story.number != desk.story.number][:3]


def _events(desk: _Desk, cast: Sequence[Figure], names: Mapping[Figure, str]) -> list[dict[str, Any]]:
    """The main event first, which for some reports is another than for most."""
    pick, story = desk.random, desk.story
    events = []
    for number in range(1, pick.randint(3, 7)):
        main = number == 1 and pick.random() < 0.8
        taking = cast[:3] if main else cast[:2] if number == 1 else pick.sample(cast, min(2, len(cast)))
        type_ = story.types[0] if main else pick.choice(story.types) if pick.random() < 0.7 else pick.choice(TYPES)
        events.append(_event(desk, number, type_, taking, names) | {"date": _date(desk) if main else None})
    return events


def _event(
    desk: _Desk, number: int, type_: str, taking: Sequence[Figure], names: Mapping[Figure, str]
) -> dict[str, Any]:
    places = {figure: f"A{place}" for place, figure in enumerate(names, 1)}
    return {
        "id": f"E{number}", "type": type_, "mode": None, "contexts": [],
        "title": _title(desk, [names[figure] for figure in taking]), "factuality": "reported",
        "date": None, "date_in_source": None,
        "place": _place(desk), "place_in_source": None, "country": desk.story.country,
        "participants": [{"actor": places[figure], "role": "actor"} for figure in taking],
        "origins": [], **_checked(desk),
    }  # fmt: skip


def _title(desk: _Desk, names: Sequence[str]) -> str:
    pick, story = desk.random, desk.story
    words = [pick.choice(story.words), pick.choice(story.field), *desk.common(2)]
    proper = [pick.choice(story.proper)] if pick.random() < 0.4 else []
    return " ".join([names[0], *words[:2], *proper, *words[2:], *(["with", names[1]] if len(names) > 1 else [])])


def _date(desk: _Desk) -> str | None:
    chance, day = desk.random.random(), desk.story.day
    if chance < 0.3:
        return None
    if chance < 0.4:
        return iso(day)[:7]
    return iso(day + (desk.random.choice((-1, 1)) if chance < 0.43 else 0))


def _place(desk: _Desk) -> str | None:
    chance, town = desk.random.random(), desk.story.town
    if desk.random.random() < 0.3:
        town = respelt(town, desk.random)
    ways = (None, None, f"port of {town}", f"{desk.story.district}, {town}", desk.story.district)
    return town if chance < 0.5 else ways[int(chance * 10) % 5]


def _pieces(desk: _Desk, names: Sequence[str], numbers: Sequence[str]) -> list[list[str]]:
    """What each statement of the summary holds besides words: names, figures, the story's own proper nouns."""
    elsewhere = desk.world.popular(desk.world.towns[desk.story.country])
    pieces = [[*names[:2], desk.random.choice(desk.story.proper), elsewhere]]
    pieces += [[number] for number in numbers] + [[name] for name in names[2:4]] + [[]] * 2
    return pieces[: desk.random.randint(4, 6)]


def _actor(place: int, figure: Figure, name: str, desk: _Desk) -> dict[str, Any]:
    return {
        "id": f"A{place}", "name": name, "kind": figure.kind, "sector": None, "role": figure.role, "affiliation": None,
        "name_in_source": {"text": name, "start": place, "end": place + len(name), "match": "exact"},
        "country": figure.country if desk.random.random() < 0.7 else None, **_checked(desk),
    }  # fmt: skip


def _aim(place: int, desk: _Desk) -> dict[str, Any]:
    text = desk.sentence()
    return {
        "id": f"G{place}", "text": text, "kind": "goal", "held_by": ["A1"], "origins": [],
        "wording_in_source": {"text": text, "start": 0, "end": len(text), "match": "exact"}, **_checked(desk),
    }  # fmt: skip


def _context(place: int, desk: _Desk) -> dict[str, Any]:
    return {"id": f"C{place}", "topic": desk.story.field[place].title(), **_statement(desk.sentence(), desk)}


def _statement(text: str, desk: _Desk) -> dict[str, Any]:
    return {"text": text, **_checked(desk)}


def _checked(desk: _Desk) -> dict[str, Any]:
    """What every item has: the sentence it rests on, in no language."""
    number = desk.random.randint(1, 30)
    text = " ".join(desk.random.sample(desk.story.field, 8))
    return {
        "evidence": [{"sentence": number, "start": 120 * number, "end": 120 * number + len(text), "text": text}],
        "supported": True,
    }


def _document(identity: str, language: str, published: str | None) -> dict[str, Any]:
    return {
        "id": identity, "source": f"{identity}.txt", "sha256": hashlib.sha256(identity.encode()).hexdigest(),
        "language": language, "title": None, "published": published, "outlet": None, "url": None,
        "characters": 3600, "sentences": 31,
    }  # fmt: skip


_CHECKS = {"supported": 20, "unsupported": 0, "quotes": {"exact": 9}, "numbers_without_support": [], "problems": [],
           "warnings": []}  # fmt: skip
_PROVENANCE = {
    "engine": "live", "model": "stub", "recorded": False, "prompt": "brief", "prompt_hash": "0123456789ab",
    "request": "0" * 64, "schema_version": "1.0", "software": "0", "attempts": 1, "reasks": 0, "input_tokens": 1000,
    "output_tokens": 1000, "cost_usd": None, "seconds": 1.0, "replied": None,
}  # fmt: skip
