"""ROUGE and chrF: the libraries are called as they should be."""

from __future__ import annotations

import pytest

from summarizer.evaluation import chrf, rouge

REFERENCE = "police killed the gunman"


@pytest.mark.parametrize(("text", "expected"), [("police kill the gunman", 3 / 4), ("the gunman kill police", 2 / 4)])
def test_rouge_l_of_the_example_of_lin_2004(text: str, expected: float) -> None:
    found = rouge(text, REFERENCE)
    assert found is not None
    assert found.rouge_l == expected


def test_rouge_counts_shared_words_and_pairs() -> None:
    found = rouge("police kill the gunman", REFERENCE)
    assert found is not None
    assert found.rouge_1 == pytest.approx(3 / 4)
    assert found.rouge_2 == pytest.approx(1 / 3)


def test_stemming_is_an_option() -> None:
    found = rouge("police kill the gunman", REFERENCE, stem=True)
    assert found is not None
    assert found.rouge_1 == 1


def test_chrf_is_the_mean_of_shared_character_runs() -> None:
    # One of three characters and one of two pairs differ, the run of three is not shared: (2/3 + 1/2 + 0) / 3.
    assert chrf("abd", "abc") == pytest.approx((2 / 3 + 1 / 2) / 3)
    assert chrf("abc", "abc") == 1


@pytest.mark.parametrize("blank", ["", "  \n"])
def test_without_a_reference_nothing_is_defined(blank: str) -> None:
    assert rouge("text", blank) is None
    assert chrf("text", blank) is None


def test_without_a_text_the_score_is_zero() -> None:
    assert rouge("", REFERENCE) == (0, 0, 0)
    assert chrf("", REFERENCE) == 0
