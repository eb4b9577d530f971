"""Ids of a run: each its own, and no text twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from summarizer.documents.building import Entry
from summarizer.documents.register import Register
from summarizer.errors import DuplicateDocument, StoreError
from summarizer.models.document import sha256_of


@pytest.fixture
def register() -> Iterator[Register]:
    with closing(Register()) as opened:
        yield opened


def identified(register: Register, text: str, name: str, group: str = "") -> str:
    """The id that a text gets."""
    return register.identify(Entry(text, name, "reports.jsonl", f"reports.jsonl:{name}", group), sha256_of(text))


def test_an_id_that_is_taken_gets_the_next_free_number(register: Register) -> None:
    wanted = ["a", "a-2", "a", "a", "b", "a-2"]
    given = [identified(register, f"text {number}", name) for number, name in enumerate(wanted)]
    assert given == ["a", "a-2", "a-3", "a-4", "b", "a-2-2"]


def test_an_id_that_is_taken_is_told_apart_by_its_folder_first(register: Register) -> None:
    given = [identified(register, f"text {n}", "a", group) for n, group in enumerate(["x", "y", "y", "", "z"])]
    assert given == ["a", "y-a", "y-a-2", "a-2", "z-a"]


def test_a_text_that_was_there_before_is_refused_and_takes_no_id(register: Register) -> None:
    identified(register, "one", "a")
    with pytest.raises(DuplicateDocument, match=r"reports\.jsonl:b: the same text as a; it is briefed once"):
        identified(register, "one", "b")
    assert identified(register, "two", "b") == "b"


def test_many_ids_stay_apart(register: Register) -> None:
    names = [identified(register, f"text {number}", f"report {number % 7000}") for number in range(20_000)]
    assert len(set(names)) == 20_000
    with pytest.raises(DuplicateDocument, match="the same text as report 3-2;"):
        identified(register, "text 7003", "again")


def test_a_file_that_cannot_be_written_is_said_of_the_report(register: Register) -> None:
    register.close()
    with pytest.raises(StoreError, match=r"^reports\.jsonl:a: the ids of the reports cannot be kept"):
        identified(register, "one", "a")
