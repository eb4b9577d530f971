"""The small form of py3langid's model says what py3langid says."""

from __future__ import annotations

from pathlib import Path

import py3langid
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.language_model import language_model

from .documents.reports import REPORTS


def _same(text: str) -> bool:
    """Whether both give all languages the same scores; py3langid gives its lowest to a text that it knows nothing of."""
    expected = dict(py3langid.rank(text))
    return language_model().scores(text) == (expected if max(expected.values()) > -1e38 else {})


@pytest.mark.parametrize("folder", ["seeds", "evals"])
def test_reports_get_the_scores_that_py3langid_gives(root: Path, folder: str) -> None:
    texts = [path.read_text("utf-8") for path in sorted((root / folder).rglob("*.txt"))]
    assert texts
    assert all(map(_same, texts))


@pytest.mark.parametrize("language", REPORTS)
def test_capitals_too(language: str) -> None:
    assert _same(REPORTS[language].upper())


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_too(text: str) -> None:
    assert _same(text)


@pytest.mark.parametrize("text", ["", "\x00", "\x01\x02"])
def test_a_text_without_known_sequences_has_no_scores(text: str) -> None:
    assert language_model().scores(text) == {}


def test_the_table_is_kept_in_less_than_a_third() -> None:
    model = language_model()
    assert 4 * (len(model.moves) + len(model.blocks)) < 39_266_304 / 3
