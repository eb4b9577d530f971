"""The rule of credibility, row by row and by what must always hold of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.merge.credibility import Basis, credibility
from summarizer.models.draft import Factuality

BASES = st.builds(
    Basis,
    origins=st.integers(0, 6),
    opposed=st.integers(0, 6),
    supported=st.booleans(),
    named=st.booleans(),
    told_as=st.none() | st.sampled_from(Factuality),
)


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        (Basis(3, supported=False), 6),
        (Basis(0), 6),
        (Basis(0, opposed=2), 6),
        (Basis(3, told_as=Factuality.HYPOTHETICAL), 6),
        (Basis(3, told_as=Factuality.DENIED), 5),
        (Basis(1, opposed=2), 5),
        (Basis(1, opposed=2, named=False), 5),
        (Basis(2, opposed=2), 4),
        (Basis(2, opposed=2, told_as=Factuality.CLAIMED), 5),
        (Basis(3, opposed=2), 3),
        (Basis(3, opposed=2, named=False), 4),
        (Basis(2), 1),
        (Basis(2, told_as=Factuality.REPORTED), 1),
        (Basis(2, named=False), 2),
        (Basis(2, told_as=Factuality.CLAIMED), 2),
        (Basis(4, told_as=Factuality.PLANNED), 2),
        (Basis(1), 3),
        (Basis(1, named=False), 4),
        (Basis(1, told_as=Factuality.PLANNED), 4),
    ],
)
def test_each_row_of_the_table_holds(basis: Basis, expected: int) -> None:
    """Every cell of the table in the docstring."""
    assert credibility(basis) == expected


@given(BASES)
def test_the_grade_is_on_the_scale(basis: Basis) -> None:
    """From 1 to 6, whatever is known."""
    assert 1 <= credibility(basis) <= 6


@given(BASES)
def test_one_more_origin_never_makes_it_worse(basis: Basis) -> None:
    """A source more can only confirm."""
    assert credibility(replace(basis, origins=basis.origins + 1)) <= credibility(basis)


@given(BASES)
def test_one_more_against_it_never_makes_it_better(basis: Basis) -> None:
    """A source that contradicts can only weaken."""
    assert credibility(replace(basis, opposed=basis.opposed + 1)) >= credibility(basis)


@given(BASES)
def test_support_and_a_name_never_make_it_worse(basis: Basis) -> None:
    """What is checked and named is at least as credible as what is not."""
    assert credibility(replace(basis, supported=True)) <= credibility(replace(basis, supported=False))
    assert credibility(replace(basis, named=True)) <= credibility(replace(basis, named=False))


def test_confirmed_needs_two_origins_however_often_one_is_printed() -> None:
    """One ministry's statement is possibly true, not confirmed."""
    assert credibility(Basis(1)) == 3
