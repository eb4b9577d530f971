"""Dates of events against the words that are said to give them."""

from __future__ import annotations

import pytest

from summarizer.grounding.dates import DateEvidence, check_date
from summarizer.grounding.numerals import Passage
from summarizer.models.brief import Match, Quoted
from summarizer.text.folding import fold


def said(words: str | None) -> Quoted | None:
    return Quoted(text=words, start=0, end=len(words), match=Match.EXACT) if words else None


def evidence(text: str, language: str, published: str | None) -> DateEvidence:
    return DateEvidence(language, published, fold(text), [Passage.of(text)])


GOOD = [
    ("2025-08-25", "avqustun 25-də", "Görüş avqustun 25-də olub.", "az", "2025-08-26"),
    ("2025-08-25", "maandag", "Dat zei het ministerie maandag.", "nl", "2025-08-26"),
    ("2025-08-25", "25 Αυγούστου 2025", "Στις 25 Αυγούστου 2025 συναντήθηκαν.", "el", None),
    ("2022", "2022-ci ilin əvvəlində", "2022-ci ilin əvvəlində təyin edilib.", "az", "2025-08-26"),
    ("2011", "2011", "Dat begon in 2011.", "nl", None),
    ("2025-08", "in augustus", "Dat gebeurde in augustus.", "nl", "2025-08-26"),
    ("2025-08-26", None, "Heute traf er ein.", "de", "2025-08-26"),
    ("2019", None, "در سال ۲۰۱۹ حمله کرد.", "fa", None),
    ("2003-12-28", "یکشنبه", "سه روز پس از جمعه ۵ دی ۱۳۸۲، یکشنبه هواپیماها رسیدند.", "fa", None),
    ("1997-07-01", "七月一日零時", "本報訊 一九九七年 香港七月一日零時回歸。", "zh", None),
    ("1946-11-03", "十一月三日", "昭和二十一年 十一月三日公布された。", "ja", None),
    ("1978-09-18", None, "Washington, Mon. (18.9.78) Begin signed on the 18th.", "en", None),
    ("2025-08-27", "۵ شهریور ۱۴۰۴", "او ۵ شهریور ۱۴۰۴ آمد.", "fa", None),
]

BAD = [
    ("2024-11-16", "روز شنبه", "التمیمی روز شنبه اعلام کرد.", "fa", None, "year"),
    ("2025-08-26", "avqustun 25-də", "Görüş avqustun 25-də olub.", "az", "2025-08-26", "not the day"),
    ("2025-07-25", "25 augustus", "Dat was op 25 augustus.", "nl", "2025-08-26", "month"),
    ("2024-08-25", "25 Αυγούστου 2025", "Στις 25 Αυγούστου 2025 συναντήθηκαν.", "el", None, "not in the year"),
    ("1979-09-18", "Mon. (18.9.78)", "Washington, Mon. (18.9.78) Begin signed.", "en", None, "not in the year"),
    ("2025-08-21", None, "Heute traf er ein.", "de", "2025-08-26", "no words"),
]


@pytest.mark.parametrize(("date", "words", "text", "language", "published"), GOOD)
def test_a_date_that_follows_from_the_words_passes(
    date: str, words: str | None, text: str, language: str, published: str | None
) -> None:
    assert check_date(date, said(words), evidence(text, language, published)).problems == ()


@pytest.mark.parametrize(("date", "words", "text", "language", "published", "why"), BAD)
def test_a_date_that_does_not_follow_is_a_problem(
    date: str, words: str | None, text: str, language: str, published: str | None, why: str
) -> None:
    problems = check_date(date, said(words), evidence(text, language, published)).problems
    assert any(why in problem for problem in problems), problems


def test_a_weekday_that_does_not_fit_its_date_is_a_warning() -> None:
    findings = check_date(
        "2025-08-26", said("maandag"), evidence("Dat zei het ministerie maandag.", "nl", "2025-08-26")
    )
    assert findings.problems == ()
    assert findings.warnings == ("2025-08-26 is a Tuesday, but the report says “maandag”",)


def test_a_weekday_that_fits_is_no_warning() -> None:
    findings = check_date("2025-08-24", said("Την Κυριακή"), evidence("Την Κυριακή ήρθε.", "el", "2025-08-26"))
    assert findings.warnings == ()
