"""Where the parts of the picture of who appears together stand: actors on an ellipse, their ties as curves inside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from .shapes import Person, Tie

WIDTH, HEIGHT = 720.0, 430.0
MOST = 16
"""Actors that the picture shows at most: those with the most ties."""

_ACROSS, _DOWN = 172.0, 158.0
_BEND = 0.45
_LONGEST_NAME = 24


class Node(NamedTuple):
    """An actor: where it stands, and where its name does."""

    person: Person
    x: float
    y: float
    label: str
    label_x: float
    label_y: float
    anchor: str


class Edge(NamedTuple):
    """A tie: its curve (SVG path), its width, how many events it stands for, and where that number stands."""

    path: str
    width: float
    events: int
    x: float
    y: float
    title: str


@dataclass(frozen=True, slots=True)
class Network:
    """The picture, in pixels.

    Args:
        hidden: how many actors it does not show.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    hidden: int


def network(people: Sequence[Person], ties: Sequence[Tie]) -> Network:
    """The picture of these actors and ties."""
    shown = _best_tied(people, ties)
    kept = [tie for tie in ties if tie.first in shown and tie.second in shown]
    order = _order(shown, kept)
    count = max(1, len(order))
    nodes = {key: _node(shown[key], place, count) for place, key in enumerate(order)}
    edges = tuple(_edge(tie, nodes[tie.first], nodes[tie.second]) for tie in kept)
    return Network(tuple(nodes.values()), edges, len(people) - len(shown))


def _best_tied(people: Sequence[Person], ties: Sequence[Tie]) -> dict[str, Person]:
    degree = {person.id: 0 for person in people}
    for tie in ties:
        degree[tie.first] += len(tie.events)
        degree[tie.second] += len(tie.events)
    best = sorted(people, key=lambda person: -degree[person.id])[:MOST]
    return {person.id: person for person in best}


def _order(shown: Iterable[str], ties: Sequence[Tie]) -> list[str]:
    """An order round the ellipse in which those tied stand near each other: places are swapped while that helps."""
    order = list(shown)
    cost = _length(order, ties)
    better = True
    while better:
        better = False
        for one, other in combinations(range(len(order)), 2):
            order[one], order[other] = order[other], order[one]
            swapped = _length(order, ties)
            if swapped < cost:
                cost, better = swapped, True
            else:
                order[one], order[other] = order[other], order[one]
    return order


def _length(order: Sequence[str], ties: Sequence[Tie]) -> int:
    place = {key: number for number, key in enumerate(order)}
    steps = ((abs(place[tie.first] - place[tie.second]), len(tie.events)) for tie in ties)
    return sum(min(far, len(order) - far) * weight for far, weight in steps)


def _node(person: Person, place: int, count: int) -> Node:
    angle = 2 * math.pi * place / count - math.pi / 2
    side, height = math.cos(angle), math.sin(angle)
    x, y = WIDTH / 2 + _ACROSS * side, HEIGHT / 2 + _DOWN * height
    name = person.name
    label = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    if abs(side) < 0.25:
        return Node(person, round(x, 1), round(y, 1), label, round(x, 1), round(y + 26 * height + 4, 1), "middle")
    away = 18 if side > 0 else -18
    anchor = "start" if side > 0 else "end"
    return Node(person, round(x, 1), round(y, 1), label, round(x + away, 1), round(y + 4, 1), anchor)


def _edge(tie: Tie, one: Node, other: Node) -> Edge:
    """A quadratic curve bent towards the middle; its number stands where the curve is half way."""
    bent_x = _towards((one.x + other.x) / 2, WIDTH / 2)
    bent_y = _towards((one.y + other.y) / 2, HEIGHT / 2)
    path = f"M{one.x} {one.y} Q{bent_x:.1f} {bent_y:.1f} {other.x} {other.y}"
    middle = (one.x + 2 * bent_x + other.x) / 4, (one.y + 2 * bent_y + other.y) / 4
    title = f"{one.person.name} – {other.person.name}: {'; '.join(tie.events)}"
    events = len(tie.events)
    return Edge(path, min(6.0, 0.5 + events), events, round(middle[0], 1), round(middle[1], 1), title)


def _towards(value: float, middle: float) -> float:
    return value + (middle - value) * _BEND
