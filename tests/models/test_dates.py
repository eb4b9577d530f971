"""Dates in EDTF: which are, which are not, and the days that each can mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.models.dates import bounds, edtf, is_edtf

BOUNDS = {
    "2025-08-26": ("2025-08-26", "2025-08-26"),
    "2025-08": ("2025-08-01", "2025-08-31"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2025": ("2025-01-01", "2025-12-31"),
    "0001": ("0001-01-01", "0001-12-31"),
    "2025-08-24/2025-08-26": ("2025-08-24", "2025-08-26"),
    "2022/2023": ("2022-01-01", "2023-12-31"),
    "2025-08-31/2025-08": ("2025-08-31", "2025-08-31"),
    "2025-08~": ("2025-08-01", "2025-08-31"),
    "2025?": ("2025-01-01", "2025-12-31"),
    "2025-08-26%": ("2025-08-26", "2025-08-26"),
    "202X": ("2020-01-01", "2029-12-31"),
    "2025-08-XX": ("2025-08-01", "2025-08-31"),
    "2025-21": ("2025-03-01", "2025-05-31"),
    "2025-22": ("2025-06-01", "2025-08-31"),
    "2025-08~/2025-09": ("2025-08-01", "2025-09-30"),
}
OPEN = ["2025/..", "../2025-08-26", "2025-08/", "/2025"]
INVALID = [
    "", " ", "2025-13", "2025-00", "2025-02-30", "2023-02-29", "2025-8-5", "25-08-26", "26.08.2025", "2025/08/26",
    "August 2025", "yesterday", "unknown", "null", "2025-08-26 ", "2025-09/2025-08", "2022/2023/2024", "../2022/2023",
    "..", "../..", "/", "2025-41-01", "20250826", "٢٠٢٥-٠٨-٢٦", "２０２５-08-26", "2025-08-26\n", "2025-08-26/soon",
    "-", "Y", "2025-08-26T25:00",
]  # fmt: skip


@pytest.mark.parametrize(("text", "days"), BOUNDS.items(), ids=BOUNDS)
def test_a_date_means_days_from_its_first_to_its_last(text: str, days: tuple[str, str]) -> None:
    assert bounds(text) == tuple(map(dt.date.fromisoformat, days))
    assert is_edtf(text)
    assert edtf(text) == text


@pytest.mark.parametrize("text", OPEN)
def test_an_interval_may_be_open_at_one_end(text: str) -> None:
    assert is_edtf(text)
    assert bounds(text) is None


@pytest.mark.parametrize("text", INVALID, ids=ascii)
def test_what_is_no_edtf_date_is_refused(text: str) -> None:
    assert not is_edtf(text)
    assert bounds(text) is None


@pytest.mark.parametrize("text", [text for text in INVALID if not text.startswith("2025-08-26")], ids=ascii)
def test_the_error_names_the_text_and_the_form(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not an EDTF date \(ISO 8601-2\), such as 2025-08-26") as caught:
        edtf(text)
    assert repr(text.strip()) in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "2025-08-26T10:00:00Z",
        "2025-08-26T10:00",
        "2025-08-26 10:00:00",
        "2025-08-26T10:00:00.123+03:00",
        "2025-08-26 10:00 UTC",
        "  2025-08-26\n",
    ],
)
def test_of_a_date_time_the_day_is_kept(text: str) -> None:
    assert edtf(text) == "2025-08-26"


def test_an_interval_of_date_times_is_not_taken_for_its_first_day() -> None:
    with pytest.raises(ValueError, match="not an EDTF date"):
        edtf("2025-08-26T10:00/2025-09-01T10:00")


@given(st.dates(), st.dates())
def test_an_interval_is_a_date_when_it_is_in_order(one: dt.date, other: dt.date) -> None:
    text = f"{one.isoformat()}/{other.isoformat()}"
    assert is_edtf(text) == (one <= other)
    assert bounds(text) == ((one, other) if one <= other else None)


@given(st.dates())
def test_every_day_is_within_its_month_and_year(day: dt.date) -> None:
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        found = bounds(text)
        assert found is not None
        assert found[0] <= day <= found[1]


@given(st.text(alphabet="0123456789-/.XTYEZ?~%:[]{} u٣", max_size=24) | st.text(max_size=24))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_date_or_not_and_what_is_stays_one(text: str) -> None:
    if is_edtf(text):
        assert is_edtf(edtf(text))
    elif bounds(text) is not None:
        pytest.fail("days without a date")
