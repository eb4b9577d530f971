"""The picture of who appears together."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.render.dossier.network import HEIGHT, MOST, WIDTH, network
from summarizer.render.dossier.shapes import Person, Tie
from summarizer.render.dossier.view import view

from .sample import sample


def people(count):
    return [Person(f"A{n}", f"Name {n}", "person") for n in range(count)]


def test_the_sample_has_a_node_for_each_actor_and_an_edge_for_each_tie():
    story = view(sample()).stories[0]
    shown = network(story.people, story.ties)
    assert {node.label for node in shown.nodes} == set(story.names.values())
    assert len(shown.edges) == len(story.ties) == 9
    assert [edge.events for edge in shown.edges if edge.events > 1] == [2]


def test_those_tied_stand_next_to_each_other():
    ties = [Tie("A0", "A3", ("x",)), Tie("A1", "A4", ("x",)), Tie("A2", "A5", ("x",))]
    order = [node.person.id for node in network(people(6), ties).nodes]
    for tie in ties:
        apart = abs(order.index(tie.first) - order.index(tie.second))
        assert min(apart, 6 - apart) == 1


def test_a_crowd_is_cut_to_those_with_most_ties_and_the_rest_is_counted():
    ties = [Tie("A0", f"A{n}", ("x",) * n) for n in range(1, 20)]
    shown = network(people(20), ties)
    assert len(shown.nodes) == MOST
    assert shown.hidden == 20 - MOST
    assert {node.person.id for node in shown.nodes} == {"A0", *(f"A{n}" for n in range(5, 20))}


def test_a_long_name_is_cut_and_stands_whole_in_its_node():
    long = Person("A0", "x" * 300, "person")
    shown = network([long, *people(2)[1:]], [Tie("A0", "A1", ("e",))])
    node = next(node for node in shown.nodes if node.person is long)
    assert len(node.label) == 24
    assert node.label.endswith("…")


def test_an_empty_picture_is_no_error():
    assert network([], []).nodes == ()


@settings(deadline=None)
@given(st.integers(2, MOST), st.data())
def test_nodes_stand_apart_inside_the_picture_and_the_same_every_time(count, data):
    pairs = data.draw(st.lists(st.sampled_from(list(combinations(range(count), 2))), unique=True))
    ties = [Tie(f"A{a}", f"A{b}", ("e",)) for a, b in pairs]
    shown = network(people(count), ties)
    assert shown == network(people(count), ties)
    assert all(0 < node.x < WIDTH and 0 < node.y < HEIGHT for node in shown.nodes)
    assert all(abs(a.x - b.x) + abs(a.y - b.y) > 20 for a, b in combinations(shown.nodes, 2))
    assert all(0 < node.label_y < HEIGHT for node in shown.nodes)
