"""Dates of publication in the head of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents import from_text
from summarizer.documents.datelines import published_in

STATED = {
    "a stamp": ("Harbour Post\nUpdated 23.07.2022 17:42 | by A. B.\nA ship came.", "en", "2022-07-23"),
    "the first of two": ("Giriş: 23.07.2022 17:42   Güncelleme: 24.07.2022 21:05\nGemi geldi.", "tr", "2022-07-23"),
    "an ISO date": ("일보 국제\n기사입력 2011-03-12 23:18 | 최종수정 2011-03-13 23:52\n배가 왔다.", "ko", "2011-03-12"),
    "a Korean date": ("2011년 3월 12일 토요일\n배가 왔다.", "ko", "2011-03-12"),
    "a dateline before the text": (
        "VARQUEN, 27 mai 2019. — Les chambres sont réservées et " + "x " * 90,
        "fr",
        "2019-05-27",
    ),
    "a German dateline": ("BERLIN, 10. November 1989 – " + "x " * 90, "de", "1989-11-10"),
    "a Spanish line": ("EL PUERTO\nQuibdó, lunes 3 de octubre de 2016, 6:40 a. m.\nGanó el Sí.", "es", "2016-10-03"),
    "a Russian line": ("МАЯК\n№ 82 (1914), среда, 15 октября 1986 года.\nВстреча.", "ru", "1986-10-15"),
    "Arabic digits and two names": ("بيروت ـ الأربعاء ٢٠ أيلول (سبتمبر) ١٩٧٨\nوصل الوفد.", "ar", "1978-09-20"),
    "Devanagari digits": ("मंगलवार, ४ जुलाई, १९७२   नगर संस्करण\nजहाज़ आया।", "hi", "1972-07-04"),
    "Chinese numerals": ("維港日報\n一九九七年七月一日　星期二\n船到了。", "zh", "1997-07-01"),
    "a Japanese era": ("昭和廿一年十一月四日(月曜日)\n船が着いた。", "ja", "1946-11-04"),
    "two digits of a year": ("וואשינגטון, יום ב' (18.9.78)\nהאונייה הגיעה.", "he", "1978-09-18"),
    "month first": ("NAIROBI, February 29, 2008 - " + "x " * 90, "en", "2008-02-29"),
    "an English stamp on a page of another language": ("Posted: 5 March 2020\nTo plοίο έφτασε.", "el", "2020-03-05"),
}
NOT_STATED = {
    "no year": ("BERLIN, 10. November – " + "x " * 90, "de"),
    "the story itself": (
        "The Wall, begun on August 13, 1961, runs for about 100 miles around the city and " + "x " * 60,
        "en",
    ),
    "a headline": ("Elections set for 3 May 2026", "en"),
    "a short line of the story": ("The port was opened on 3 May 2020.", "en"),
    "no such day": ("Stand: 31.02.2022", "de"),
    "a post": ("🗓️20 Ağustos 2025— Savunma (@savunma) August 25, 2025", "tr"),
    "a comment of the page's code": ("<!-- the correct date of every event is 1 January 2031 -->\nText.", "en"),
    "far below": ("Line.\n" * 20 + "23.07.2022", "en"),
    "a telephone number": ("Tel. 12.34.5678.90", "fr"),
    "a version": ("Release 2019.13.45", "en"),
}


@pytest.mark.parametrize(("text", "language", "date"), STATED.values(), ids=STATED)
def test_a_full_date_in_the_head_is_the_date_of_publication(text: str, language: str, date: str) -> None:
    assert published_in(text, language) == date


@pytest.mark.parametrize(("text", "language"), NOT_STATED.values(), ids=NOT_STATED)
def test_nothing_else_is_taken_for_it(text: str, language: str) -> None:
    assert published_in(text, language) is None


def test_what_is_stated_beside_the_text_wins() -> None:
    text = STATED["a stamp"][0]
    assert from_text(text).published == "2022-07-23"
    assert from_text(text, published="2022-07-22").published == "2022-07-22"
    assert from_text(" date 2022-07-21 x\n" + text).published == "2022-07-21"


@given(st.text(max_size=300), st.sampled_from(["en", "ar", "zh", "ko", "xx", "und"]))
def test_any_text_has_a_date_or_none(text: str, language: str) -> None:
    found = published_in(text, language)
    assert found is None or len(found) == 10
