"""Names across spellings and scripts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.evaluation import name_similarity
from summarizer.evaluation.names import names_it, share_a_word, shared_words

SAME = [
    ("Ilkay Altindag", "İlkay Altındağ"),
    ("Ilkay Altindag", "Ιλκάι Αλτιντάγ"),
    ("Vladimir Putin", "Владимир Путин"),
    ("Beijing", "北京"),
    ("Anwar Sadat", "Sadat, Anwar el-"),
    ("Menachem Begin", "Menahem Begin"),
    ("Turkish Ministry of Defence", "Ministry of Defence"),
    ("Government of Colombia", "Colombian government"),
]

DIFFERENT = [
    ("Khalifa Haftar", "Saddam Haftar"),
    ("Libyan National Army", "Libya"),
    ("Ministry of Defence", "Ministry of Finance"),
    ("North Korea", "South Korea"),
    ("United Nations", "United States"),
    ("Iran", "Iraq"),
    ("the", "of"),
    ("", "Haftar"),
    ("", ""),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert name_similarity(one, other) >= 0.7


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_are_not(one: str, other: str) -> None:
    assert name_similarity(one, other) < 0.7


def test_likeness_is_the_share_of_letters_in_words_of_both() -> None:
    # haftar stands in both: 12 of 7 + 6 + 6 + 6 letters.
    assert name_similarity("Khalifa Haftar", "Saddam Haftar") == pytest.approx(12 / 25)


def test_a_part_of_a_name_is_covered_by_the_whole() -> None:
    shared = shared_words("Erdoğan", "Recep Tayyip Erdogan")
    assert shared.covers_first
    assert not shared.covers_second


@pytest.mark.parametrize(
    ("text", "accepted", "expected"),
    [
        ("Benghazi", ["Benghazi"], True),
        ("Bengazi", ["Benghazi"], True),
        ("Port of Benghazi, Libya", ["Tobruk", "Benghazi"], True),
        ("Benghazi", ["Port of Benghazi"], False),
        ("Libya", ["Benghazi"], False),
        ("Izmir", ["Izmit"], False),
        ("New Town", ["Old Town"], False),
        ("Benghazi", [], False),
    ],
)
def test_a_place_is_named_by_an_accepted_form_or_more(text: str, accepted: list[str], expected: bool) -> None:
    assert names_it(text, accepted) is expected


NAMES = st.lists(
    st.sampled_from("Mira Kallidi Kallidis Otar Velisky Veliski Port of the Leranthos".split()), max_size=4
).map(" ".join)


@settings(max_examples=50, deadline=None)
@given(NAMES, NAMES)
def test_likeness_is_symmetric_and_a_share(one: str, other: str) -> None:
    assert name_similarity(one, other) == pytest.approx(name_similarity(other, one))
    assert 0 <= name_similarity(one, other) <= 1
    assert share_a_word((one,), (other,)) is (name_similarity(one, other) > 0)


@settings(max_examples=50, deadline=None)
@given(st.permutations("Mira Kallidi Leranthos".split()))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    assert name_similarity(" ".join(words), "Mira Kallidi Leranthos") == 1
