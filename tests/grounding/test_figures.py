"""Numbers and dates of English text, looked for in sentences of any language."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.grounding.figures import Figure, figures
from summarizer.grounding.held import SourceFigures
from summarizer.grounding.numerals import Passage

DAY = (dt.date(2025, 8, 25), dt.date(2025, 8, 25))

READ = {
    "digits with thousands": ("12,000 troops", [Figure("12,000", value=Decimal(12000))]),
    "a decimal with a scale": ("2.5 million euros", [Figure("2.5 million", value=Decimal(2500000))]),
    "number words": (
        "five officers and twenty-one men",
        [Figure("five", value=Decimal(5)), Figure("twenty-one", value=Decimal(21))],
    ),
    "a number word with a scale": ("three hundred people", [Figure("three hundred", value=Decimal(300))]),
    "one and two are no figures": ("one army, two sides", []),
    "a date": ("on 25 August 2025", [Figure("25 August 2025", year=2025, month=8, day=25)]),
    "an American date": ("on August 25, 2025", [Figure("August 25, 2025", year=2025, month=8, day=25)]),
    "a month and year": ("in August 2025", [Figure("August 2025", year=2025, month=8)]),
    "a month alone": ("in August and since May", [Figure("August", month=8), Figure("May", month=5)]),
    "a number that is a name": (
        "Carmen Martínez Ten said ten words. Ten people left.",
        [
            Figure("ten", value=Decimal(10)),
            Figure("Ten", value=Decimal(10)),
        ],
    ),
    "a time": ("at 7:30", [Figure("7:30", value=Decimal(7)), Figure("7:30", value=Decimal(30), is_minutes=True)]),
    "one is no figure": (
        "1 army, 1.5 million, 1 million",
        [
            Figure("1.5 million", value=Decimal(1500000)),
            Figure("1 million", value=Decimal(1000000)),
        ],
    ),
    "a full hour": ("at 24:00", [Figure("24:00", value=Decimal(24))]),
    "no month": ("It may march on.", []),
    "an ISO date": ("on 2025-08-25", [Figure("2025-08-25", year=2025, month=8, day=25)]),
    "a weekday": ("on Monday", [Figure("Monday", weekday=0)]),
    "a plus": ("the 5+5 commission", [Figure("5", value=Decimal(5)), Figure("5", value=Decimal(5))]),
    "no figure": ("The delegations met in Benghazi.", []),
}

HELD = [
    ("five officers", "beş zabitinin daxil olduğu komissiya", "az"),
    ("on 25 August", "avqustun 25-də görüş keçirilib", "az"),
    ("five officers", "vijf officieren uit het oosten", "nl"),
    ("five officers", "πέντε αξιωματικοί από τη δύση", "el"),
    ("five men", "пятеро мужчин были задержаны", "ru"),
    ("five soldiers", "خمسة جنود", "ar"),
    ("forty people", "چهل نفر کشته شدند", "fa"),
    ("12 officers", "۱۲ افسر", "fa"),
    ("2 years", "۲ سال دیگر", "fa"),
    ("12,000 troops", "12 bin asker", "tr"),
    ("12,500 troops", "12.500 asker", "tr"),
    ("2.5 million", "2,5 milyon kişi", "tr"),
    ("30,000 people", "3万人参加", "zh"),
    ("twelve people", "十二人受伤", "zh"),
    ("in 1945", "一九四五年", "zh"),
    ("500 people", "fünfhundert Menschen", "de"),
    ("the 19th century", "le XIX siècle", "fr"),
    ("21 people", "twenty-one people", "en"),
    ("10,000 people", "10 000 человек", "ru"),
    ("on Monday", "τη Δευτέρα από το γραφείο", "el"),
    ("on Friday", "يوم الجمعة", "ar"),
    ("on Sunday", "星期日下午", "zh"),
    ("on 3 May 1945", "3 мая 1945 года", "ru"),
    ("on August 15, 2021", "el 15/08/2021 en la capital", "es"),
    ("in August", "τον Αύγουστο", "el"),
    ("3 percent", "yüzde 3", "tr"),
    ("210,000 residents", "주민을 21만명으로 추산했다", "ko"),
    ("50 million won", "5천만원을 지원했다", "ko"),
    ("5 hours", "다섯 시간이 걸린", "ko"),
    ("17,000 residents", "人口約1万7千人の半数以上", "ja"),
    ("17,000 residents", "人口約１万７千人の半数以上", "ja"),
    ("2 days", "lleva dos días sin refrigeración", "es"),
    ("2 missiles", "ikisinin liman altyapısına isabet ettiğini", "tr"),
    ("2 explosions", "Чули два удари з боку порту", "uk"),
    ("2 officers", "وصل ضابطان إلى المدينة", "ar"),
    ("2.5 metres", "con dos metros y medio", "es"),
    ("2.5 metres", "iki buçuk metre", "tr"),
    ("3 owners", "Üç değil: Three owners told me before noon", "tr"),
    ("90 days", "الاتفاق يسري تسعين يوماً", "ar"),
    ("3 demands", "يطالب الدولة بثلاثة أشياء", "ar"),
    ("68 years", "وهو سائق متقاعد في الثامنة والستين", "ar"),
    ("17th", "السابع عشر في الصف", "ar"),
    ("1,500 lira", "كانت بألف وخمسمئة ليرة", "ar"),
    ("5 million tonnes", "становить п'ять мільйонів тонн щомісяця", "uk"),
    ("5 percent", "«П'ять відсотків від вартості корпусу»", "uk"),
    ("1 billion dollars", "майже в мільярд доларів на місяць", "uk"),
    ("120 days", "сто двадцать дней", "ru"),
    ("523 people", "fünfhundert dreiundzwanzig Menschen", "de"),
    ("135 deaths", "ciento treinta y cinco muertos", "es"),
    ("17th", "في الثامنة والستين، السابع عشر في الصف", "ar"),
    ("350,000 refugees", "وهم، على ما قدّرت، يفوقون ٣٥٠ ألفاً", "ar"),
    ("3 months", "תקפה לשלושת חודשי המשא-ומתן", "he"),
    ("on Saturday", "auch am Sonnabend öffnen", "de"),
    ("on Saturday", "w sobotę rano wraca", "pl"),
    ("in October", "w październiku kilkuset uchodźców", "pl"),
    ("eight crossings", "otwarcie ośmiu nowych przejść", "pl"),
    ("20 settlements", "une vingtaine de colonies", "fr"),
    ("2,500 people", "deux mille cinq cents personnes", "fr"),
    ("12 people", "una docena de personas", "es"),
    ("6.3", "بزرگی زلزله را ۶/۳ و مراکز آمریکایی ۶/۶ ثبت کرده‌اند", "fa"),
    ("14 years", "열네 살의 의지력", "ko"),
    ("19 years", "की उन्नीस वर्षीय पुत्री", "hi"),
    ("17 December", "कश्मीर में १७ दिसम्बर", "hi"),
    ("1,100 workers", "گیارہ سو کارکن حوالات میں ہیں", "ur"),
    ("May 3", "新憲法は五月三日に施行される", "ja"),
    ("24:00", "到12日24时,未接到", "zh"),
    ("August 25, 2025", "Ανάρτηση — Harbour Watch (@harbour) August 25, 2025", "el"),
]

NOT_HELD = [
    ("12 soldiers", "21 soldaten", "nl"),
    ("12 troops", "12.500 asker", "tr"),
    ("12 troops", "12 bin asker", "tr"),
    ("seven people", "siebzig Leute", "de"),
    ("four people", "forty people", "en"),
    ("on Sunday", "τη Δευτέρα", "el"),
    ("on 26 August", "avqustun 25-də", "az"),
    ("on 25 July", "avqustun 25-də", "az"),
    ("in July", "τον Αύγουστο", "el"),
    ("May 3", "新憲法は十一月三日に公布された", "ja"),
    ("2 missiles", "dört füzeden üçü limana düştü", "tr"),
    ("2 missiles", "They went to the port to see it", "en"),
    ("2.5 metres", "con dos metros", "es"),
    ("2.5 metres", "con cuatro metros y medio", "es"),
    ("80 days", "الاتفاق يسري تسعين يوماً", "ar"),
    ("6 million tonnes", "становить п'ять мільйонів тонн щомісяця", "uk"),
    ("21,000 residents", "주민을 21만명으로 추산했다", "ko"),
    ("7,000 residents", "人口約1万7千人の半数以上", "ja"),
    ("in March", "la marcha de agosto", "es"),
    ("in 2026", "2025-ci ildə", "az"),
    ("25 people", "250 kişi", "tr"),
    ("thirteen people", "十二人受伤", "zh"),
]


@pytest.mark.parametrize(("english", "expected"), READ.values(), ids=READ)
def test_figures_of_english_text_are_read(english: str, expected: list[Figure]) -> None:
    assert figures(english) == expected


@pytest.mark.parametrize(("english", "sentence", "language"), HELD)
def test_a_figure_is_held_in_digits_words_and_numerals(english: str, sentence: str, language: str) -> None:
    (figure,) = figures(english)
    assert SourceFigures([Passage.of(sentence)], language).holds(figure)


@pytest.mark.parametrize(("english", "sentence", "language"), NOT_HELD)
def test_another_figure_is_not_held(english: str, sentence: str, language: str) -> None:
    (figure,) = figures(english)
    assert not SourceFigures([Passage.of(sentence)], language).holds(figure)


def test_half_past_holds_thirty_minutes() -> None:
    hour, minutes = figures("at 7:30")
    held = SourceFigures([Passage.of("13日午後7時半現在")], "ja")
    assert held.holds(hour)
    assert held.holds(minutes)
    assert not SourceFigures([Passage.of("13日午後7時現在")], "ja").holds(minutes)


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("25 August 2025", True),
        ("25 August", True),
        ("August 2025", True),
        ("Monday", True),
        ("26 August 2025", False),
        ("Tuesday", False),
    ],
)
def test_a_date_that_was_checked_already_holds_its_parts(english: str, expected: bool) -> None:
    (figure,) = figures(english)
    assert SourceFigures([Passage.of("Τίποτα εδώ.")], "el").holds(figure, [DAY]) is expected


def test_no_sentence_holds_nothing() -> None:
    assert not SourceFigures([], "el").holds(Figure("5", value=Decimal(5)))


@given(st.integers(3, 10**9))
def test_a_number_is_held_by_itself_in_any_digits(number: int) -> None:
    (figure,) = figures(f"{number:,} people")
    persian = str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert SourceFigures([Passage.of(f"{persian} نفر")], "fa").holds(figure)
    assert SourceFigures([Passage.of(f"{number:,} people")], "en").holds(figure)
    assert SourceFigures([Passage.of(f"{number:,}".replace(",", ".") + " Menschen")], "de").holds(figure)


@given(st.integers(101, 10**6), st.integers(101, 10**6))
def test_a_number_is_not_held_by_another(one: int, other: int) -> None:
    (figure,) = figures(f"{one} people")
    if one != other:
        assert not SourceFigures([Passage.of(f"{other} people")], "en").holds(figure)


@given(st.text(max_size=200), st.sampled_from(["en", "fa", "zh", "xx", ""]))
def test_no_text_breaks_the_reading(text: str, language: str) -> None:
    held = SourceFigures([Passage.of(text)], language)
    for figure in figures(text):
        assert held.holds(figure) in (True, False)
