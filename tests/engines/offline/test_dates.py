"""Dates in many languages, and what is no date."""

from __future__ import annotations

import pytest

from summarizer.engines.offline.dates import best_date, find_dates
from summarizer.engines.offline.lexicon import lexicon

from .drafting import reading

PUBLISHED = "2024-03-07"  # a Thursday

FULL = {
    "en": ("They met on March 5, 2024.", "March 5, 2024"),
    "de": ("Sie trafen sich am 5. März 2024.", "5. März 2024"),
    "es": ("Se reunieron el 5 de marzo de 2024.", "5 de marzo de 2024"),
    "az": ("2024-cü il martın 5-də görüşdülər.", "2024-cü il martın 5"),
    "ru": ("Они встретились 5 марта 2024 года.", "5 марта 2024"),
    "el": ("Συναντήθηκαν στις 5 Μαρτίου 2024.", "5 Μαρτίου 2024"),
    "fa": ("آنها ۵ مارس ۲۰۲۴ دیدار کردند.", "۵ مارس ۲۰۲۴"),
    "ar": ("التقيا في 5 مارس 2024.", "5 مارس 2024"),
    "he": ("הם נפגשו ב-5 במרץ 2024.", "5 במרץ 2024"),
    "hi": ("वे 5 मार्च 2024 को मिले।", "5 मार्च 2024"),
    "zh": ("双方于2024年3月5日会谈。", "2024年3月5日"),
    "ja": ("両者は2024年3月5日に会談した。", "2024年3月5日"),
    "ko": ("양측은 2024년 3월 5일 만났다.", "2024년 3월 5일"),
    "nl": ("Zij spraken op 05.03.2024 in Gent.", "05.03.2024"),
    "sv": ("De möttes 2024-03-05 i Lund.", "2024-03-05"),
}

RESOLVED = {
    "weekday": ("en", "They met on Monday.", "Monday", "2024-03-04"),
    "weekday with an ending": ("ru", "Они встретились в среду.", "среду", "2024-03-06"),
    "two-word weekday": ("pt", "Reuniram-se na segunda-feira.", "segunda-feira", "2024-03-04"),
    "yesterday in Turkish": ("tr", "Dün görüştüler.", "Dün", "2024-03-06"),
    "yesterday in Arabic": ("ar", "التقيا أمس.", "أمس", "2024-03-06"),
    "today": ("fr", "Ils se sont rencontrés aujourd'hui.", "aujourd'hui", "2024-03-07"),
    "day without a year": ("de", "Sie trafen sich am 28. Februar.", "28. Februar", "2024-02-28"),
    "day of the last year": ("de", "Sie trafen sich am 28. Dezember.", "28. Dezember", "2023-12-28"),
    "bare day in Japanese": ("ja", "両者は5日に会談した。", "5日", "2024-03-05"),
    "bare day in Korean": ("ko", "양측은 5일 만났다.", "5일", "2024-03-05"),
    "bare day of the last month": ("ja", "両者は28日に会談した。", "28日", "2024-02-28"),
}

NONE = {
    "a year": ("en", "They met in 2019 and again later."),
    "a duration in Korean": ("ko", "양측은 3일간 만났다."),
    "a duration in Japanese": ("ja", "3日間の会談が始まった。"),
    "next Monday": ("en", "They will meet next Monday."),
    "a solar Hijri year": ("fa", "آنها در سال ۱۴۰۲ دیدار کردند."),
    "day and month in either order": ("en", "They met on 03/05/2024."),
    "no such day": ("en", "They met on February 31, 2024."),
    "a score": ("en", "The match ended 3-2 after 10.5 minutes."),
    "may as a verb": ("en", "They may 5 times refuse."),
    "the header of the page": ("en", "date 2024-03-07 They met in Lund."),
}


def found(language: str, text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    read = reading(text, language, published)
    return [(date.edtf, text[date.start : date.end]) for date in find_dates(read, lexicon(language))]


@pytest.mark.parametrize(("language", "text", "words"), [(key, *value) for key, value in FULL.items()], ids=FULL)
def test_a_full_date_is_read_with_and_without_date_of_publication(language: str, text: str, words: str) -> None:
    assert found(language, text) == [("2024-03-05", words)]
    assert found(language, text, None) == [("2024-03-05", words)]


@pytest.mark.parametrize(("language", "text", "words", "date"), RESOLVED.values(), ids=RESOLVED)
def test_what_depends_on_the_date_of_publication_needs_it(language: str, text: str, words: str, date: str) -> None:
    assert found(language, text) == [(date, words)]
    assert found(language, text, None) == []


@pytest.mark.parametrize(("language", "text"), NONE.values(), ids=NONE)
def test_what_is_no_date_is_none(language: str, text: str) -> None:
    assert found(language, text) == []


def test_a_month_with_a_year_is_a_month() -> None:
    assert found("en", "They met in March 2024.") == [("2024-03", "March 2024")]


def test_a_full_date_goes_before_a_weekday_and_before_a_month() -> None:
    text = "In March 2024 they planned it. They met on Monday. It was March 5, 2024."
    dates = find_dates(reading(text, "en", PUBLISHED), lexicon("en"))

    assert best_date(dates, [1, 2, 3]).edtf == "2024-03-05"  # type: ignore[union-attr]
    assert best_date(dates, [1, 2]).edtf == "2024-03-04"  # type: ignore[union-attr]
    assert best_date(dates, []) is None
