"""Keywords decide whether a text says something."""

from __future__ import annotations

import pytest

from summarizer.evaluation import accepts
from summarizer.evaluation.keywords import said_in

SAID = {
    "a substring": ([["one army"]], "They spoke of one army."),
    "a stem": ([["demilitari"]], "The demilitarisation of Sirte"),
    "case and accents": ([["altındağ", "İZMİR"]], "Altindag was in Izmir."),
    "keywords anywhere, in any order": ([["army", "one"]], "one Libya and one army"),
    "the second alternative": ([["single", "army"], ["one army"]], "one army"),
    "a line break in between": ([["one army"]], "one\narmy"),
    "dashes and quotation marks": ([["cease-fire 'now'"]], "a cease–fire “now”"),
    "a figure": ([["8"]], "eight (8) ships"),
    "a figure before a full stop": ([["8"]], "There were 8. Then more."),
    "a figure after other figures": ([["8"]], "18 and 8 ships"),
    "a figure with its unit": ([["8 ships"]], "8 ships"),
    "thousands however they are set": ([["40000"]], "40,000 euros"),
    "thousands the other way": ([["40,000"]], "40000 euros"),
    "a plus sign": ([["5+5"]], "the 5+5 commission"),
}

NOT_SAID = {
    "a keyword is missing": ([["one", "army", "navy"]], "one army"),
    "keywords of two alternatives": ([["one", "navy"], ["two", "army"]], "one army"),
    "a figure inside another": ([["8"]], "18 ships of 2018, 85 men"),
    "a figure before a decimal": ([["8"]], "8.5 million, 8,5 million"),
    "a figure after a decimal": ([["5"]], "8.5 million"),
    "a figure inside thousands": ([["40"]], "40,000 euros"),
    "no alternatives": ([], "anything"),
    "an alternative without keywords": ([[]], "anything"),
    "an empty keyword": ([[""]], "anything"),
    "no text": ([["army"]], ""),
}


@pytest.mark.parametrize(("accept", "text"), SAID.values(), ids=SAID)
def test_a_text_says_it(accept: list[list[str]], text: str) -> None:
    assert accepts(tuple(map(tuple, accept)), text)


@pytest.mark.parametrize(("accept", "text"), NOT_SAID.values(), ids=NOT_SAID)
def test_a_text_does_not_say_it(accept: list[list[str]], text: str) -> None:
    assert not accepts(tuple(map(tuple, accept)), text)


def test_of_several_texts_one_must_hold_all_keywords() -> None:
    accept = (("haftar", "unclear"),)
    assert said_in(accept, ["Haftar came.", "It is unclear which Haftar came."]) == 1
    assert said_in(accept, ["Haftar came.", "The date is unclear."]) is None
