"""The generated cases of the bench: the same every time, and their planted spans are right."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest

from summarizer.text.folding import fold
from tests.bench import news
from tests.bench.cases import REFUSED, Case, CaseSet, Kind, Plan, case_set
from tests.bench.replies import full_draft
from tests.stub.drafts import Numbered

LANGUAGES = ("en", "el", "fa", "zh")
SETS = {language: case_set(Plan(language, 2500, 8)) for language in LANGUAGES}


def of_kind(cases: CaseSet, kind: Kind) -> list[Case]:
    return [case for case in cases.cases if case.kind is kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_plan_gives_the_same_cases(language: str) -> None:
    assert case_set(Plan(language, 2500, 8)) == SETS[language]


def test_another_process_makes_the_same_cases() -> None:
    code = "from tests.bench.cases import *; print(ascii(case_set(Plan('fa', 1500, 2))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ascii(case_set(Plan("fa", 1500, 2)))


def test_another_seed_gives_another_source() -> None:
    assert case_set(Plan("en", 2500, 1, seed=1)).source != case_set(Plan("en", 2500, 1, seed=2)).source


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_cases_of_every_kind(language: str) -> None:
    assert {case.kind for case in SETS[language].cases} == set(Kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exact_quote_is_the_text_of_its_span(language: str) -> None:
    source = SETS[language].source
    assert all(source[case.start : case.end] == case.quote for case in of_kind(SETS[language], Kind.EXACT))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Kind.CASE_SPACE, Kind.UNICODE])
def test_a_respelt_quote_differs_from_its_span_but_folds_to_the_same(language: str, kind: Kind) -> None:
    source = SETS[language].source
    for case in of_kind(SETS[language], kind):
        assert case.quote not in source
        assert fold(case.quote).replace(" ", "") == fold(source[case.start : case.end]).replace(" ", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edited_quote_keeps_the_ends_and_the_figures_of_its_span(language: str) -> None:
    source = SETS[language].source
    for case in of_kind(SETS[language], Kind.EDITED):
        span = source[case.start : case.end]
        assert case.quote != span
        assert (case.quote[0], case.quote[-1]) == (span[0], span[-1])
        assert [c for c in case.quote if c.isdigit()] == [c for c in span if c.isdigit()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_must_be_refused_has_no_span_and_does_not_stand_in_the_source(language: str) -> None:
    refused = [case for case in SETS[language].cases if case.kind in REFUSED]
    assert all(case.start is None and case.end is None for case in refused)
    assert not any(case.quote in SETS[language].source for case in refused)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_quote_cuts_a_number(language: str) -> None:
    source = SETS[language].source
    for case in of_kind(SETS[language], Kind.EXACT):
        assert case.start is not None
        assert case.end is not None
        around = source[case.start - 1 : case.start + 1], source[case.end - 1 : case.end + 1]
        assert not any(pair.isdigit() and len(pair) == 2 for pair in around)


@pytest.mark.parametrize(
    ("kind", "start", "end", "expected"),
    [
        (Kind.EXACT, 100, 200, True),
        (Kind.EXACT, 98, 202, True),
        (Kind.EXACT, 90, 210, False),
        (Kind.EDITED, 90, 210, True),
        (Kind.EDITED, 60, 240, False),
        (Kind.EXACT, None, None, False),
    ],
)
def test_an_answer_is_right_when_it_shares_most_of_the_span(
    kind: Kind, start: int | None, end: int | None, expected: bool
) -> None:
    assert Case(kind, "quote", 100, 200).accepts(start, end) is expected


def test_any_span_is_wrong_for_what_must_be_refused() -> None:
    assert Case(Kind.ABSENT, "quote").accepts(None, None)
    assert not Case(Kind.ABSENT, "quote").accepts(1, 5)


@pytest.mark.parametrize("language", news.LANGUAGES)
def test_a_report_has_the_size_and_the_facts_asked_for(language: str) -> None:
    text = news.reports(1, 5000, [language])[0]
    facts = news.FACTS[language]
    assert 4900 <= len(text) <= 5000
    assert any(name in text for name in facts.surnames)
    assert any(negation in text for negation in facts.negations)
    assert any(char.isdigit() for char in text)
    assert unicodedata.is_normalized("NFC", text)


def test_reports_differ() -> None:
    assert len(set(news.reports(60, 500))) == 60


def test_a_reply_cites_figures_that_stand_in_the_sentences_it_cites() -> None:
    sentences = [Numbered(1, "In all 4,213 people came."), Numbered(2, "Nobody was hurt in the streets of the town.")]
    summary = full_draft(sentences)["summary"]
    assert ["4,213" in item["text"] for item in summary] == [item["ev"] == [1] for item in summary]
