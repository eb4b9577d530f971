"""Dates are written for a reader."""

from __future__ import annotations

import pytest

from summarizer.models.dates import edtf
from summarizer.render.dates import in_words, moment_in_words

VALID = {
    "2025-08-25": "25 August 2025",
    "2025-08-05": "5 August 2025",
    "2025-08": "August 2025",
    "2025": "2025",
    "0033": "33",
    "2025-08-24/2025-08-25": "24 to 25 August 2025",
    "2025-08-25/2025-08-25": "25 August 2025",
    "2025-08-24/2025-09-03": "24 August to 3 September 2025",
    "2024-12-30/2025-01-02": "30 December 2024 to 2 January 2025",
    "2025-08/2025-09": "August to September 2025",
    "2024-11/2025-02": "November 2024 to February 2025",
    "2022/2023": "2022 to 2023",
    "2025-08/2025-08-25": "August 2025 to 25 August 2025",
    "2025-08-25/..": "from 25 August 2025 on",
    "../2025": "until 2025",
    "2025-08/": "from August 2025, end not known",
    "/2025": "until 2025, start not known",
    "2025?": "2025 (uncertain)",
    "2025-08~": "about August 2025",
    "2025-08-25%": "about 25 August 2025 (uncertain)",
    "2025-08~/2025-09?": "about August 2025 to September 2025 (uncertain)",
    "202X": "a year from 2020 to 2029",
    "20XX": "a year from 2000 to 2099",
    "2025-XX": "a month of 2025",
    "2025-08-XX": "a day in August 2025",
    "2025-XX-XX": "a day in 2025",
    "{2024,2025}": "{2024,2025}",
    "2024?-06": "2024?-06",
    "156X-12-25": "156X-12-25",
    "2025S2": "2025S2",
}


@pytest.mark.parametrize(("date", "words"), VALID.items())
def test_a_valid_edtf_date_has_words_or_stays_as_it_is(date, words):
    assert in_words(edtf(date)) == words


@pytest.mark.parametrize(
    ("date", "words"),
    {
        "2025-21": "spring 2025",
        "2024-24/2025-21": "winter 2024 to spring 2025",
        "2025-21/2025-22": "spring to summer 2025",
        "2025-13": "2025-13",
        "2025-21-05": "2025-21-05",
        "2025-XX-25": "2025-XX-25",
        "2025/never": "2025/never",
        "/": "/",
        "": "",
    }.items(),
)
def test_seasons_have_words_and_what_is_no_date_stays_as_it_is(date, words):
    assert in_words(date) == words


@pytest.mark.parametrize(
    ("stamp", "words"),
    {
        "2025-08-26T10:15:00+00:00": "26 August 2025, 10:15 UTC",
        "2025-08-26T10:15:00Z": "26 August 2025, 10:15 UTC",
        "2025-08-26T10:15:00+03:00": "26 August 2025, 10:15 UTC+03:00",
        "2025-08-26T10:15": "26 August 2025, 10:15",
        "2025-08-26": "26 August 2025",
        "yesterday": "yesterday",
    }.items(),
)
def test_the_time_of_a_reply_is_written_for_a_reader(stamp, words):
    assert moment_in_words(stamp) == words


def test_months_are_english_whatever_the_locale(monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert in_words("2025-03-01") == "1 March 2025"
