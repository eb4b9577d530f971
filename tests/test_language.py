"""Languages: told from a text, and stated by a user."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError
from summarizer.language import UNDETERMINED, detect, stated

from .documents.reports import REPORTS

AZERBAIJANI = (
    "Bələdiyyə sədri bazar ertəsi çayın üstündəki körpünün yenidən açıldığını elan edib. Sərt qış üzündən işlər üç ay "
    "gecikmişdi. Müxalifət isə qalan pulun nəyə xərcləndiyini soruşur və müqavilənin şurada müzakirəsini tələb edir."
)
GREEK = REPORTS["el"]


@pytest.mark.parametrize("language", sorted(set(REPORTS) - {"hr", "zh-TW"}))
def test_a_report_is_told_by_its_language(language: str) -> None:
    assert detect(REPORTS[language]) == language


def test_azerbaijani_is_not_taken_for_turkish() -> None:
    assert detect(AZERBAIJANI) == "az"


def test_chinese_is_one_code_in_both_scripts() -> None:
    assert detect(REPORTS["zh-TW"]) == detect(REPORTS["zh"]) == "zh"


@pytest.mark.parametrize(
    "text", ["", " \n\t", "12.08.2025", "***", "🙂 🙂", "+++ 5 : 3 +++", "https://example.org/a/b"]
)
def test_a_text_without_words_is_undetermined(text: str) -> None:
    assert detect(text) == UNDETERMINED == "und"


def test_letters_after_a_long_table_of_figures_decide() -> None:
    assert detect("17.5 | 18.2 | 99\n" * 400 + "Der Haushalt wurde gestern im Rathaus beschlossen.") == "de"


@pytest.mark.parametrize(
    "posts",
    [
        "RT @somebody: What a great day for our city, congratulations to all of you! https://t.example/abc #bridge ",
        "@belediye Köprümüz hayırlı olsun, emeği geçen herkese teşekkür ederiz! pic.twitter.com/xyz ",
    ],
)
def test_posts_embedded_below_a_report_do_not_decide(posts: str) -> None:
    assert detect(GREEK + "\n" + 3 * posts) == "el"


def test_a_menu_above_a_report_does_not_decide() -> None:
    menu = "Home | News | Politics | Business | Sports | Weather | Subscribe to our newsletter | Log in\n"
    assert detect(2 * menu + 3 * REPORTS["nl"]) == "nl"


def test_latin_names_and_handles_in_another_script_do_not_decide() -> None:
    text = "市长 (Xiangjiang Daily, @xjdaily, @cityhall_press) 星期一 Monday morning press release 宣布大桥重新通车，工程推迟了三个月。"
    assert detect(text) == "zh"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("首相は会見で合意について説明した", "ja"),
        ("首相官邸", "zh"),
        ("ქართული", "ka"),
        ("รัฐบาลประกาศ", "th"),
        ("½", "und"),
    ],
)
def test_a_script_of_one_language_decides(text: str, expected: str) -> None:
    assert detect(text) == expected


def test_a_script_of_one_language_decides_without_loading_the_detector() -> None:
    code = "import sys; from summarizer.language import detect; print(detect('Η κυβέρνηση'), 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["el", "False"]


def test_a_long_run_without_spaces_is_read_in_time_that_grows_with_it() -> None:
    assert detect("1" * 3_000_000) == UNDETERMINED  # a search from every character would take hours


def test_capitals_are_read_like_small_letters() -> None:
    assert detect(REPORTS["de"].upper()) == "de"


def test_half_a_surrogate_pair_does_not_break_detection() -> None:
    assert detect("\ud800" + REPORTS["fr"]) == "fr"


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_code(text: str) -> None:
    code = detect(text)
    assert code == UNDETERMINED or stated(code) == code


def test_the_detector_is_loaded_only_when_it_is_used() -> None:
    code = "import sys, summarizer.language, summarizer.sentences, summarizer.documents as d; d.LoadOptions('el'); "
    heavy = "print([m for m in ('py3langid', 'numpy', 'charset_normalizer', 'sentencex') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code + heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ("el", "el"),
        ("EL", "el"),
        (" nl\n", "nl"),
        ("pt-BR", "pt"),
        ("zh_Hans_CN", "zh"),
        ("sr-Latn", "sr"),
        ("deu", "de"),
        ("GER", "de"),
        ("per", "fa"),
        ("aze", "az"),
        ("iw", "he"),
        ("ckb", "ckb"),
        ("yue", "yue"),
        ("und", "und"),
    ],
)
def test_a_stated_language_becomes_the_shortest_code(given_: str, code: str) -> None:
    assert stated(given_) == code


@pytest.mark.parametrize(
    "given_", ["", "e", "english", "Greek", "auto", "12", "x-klingon", "el el", "e1", "de-", "ελ", "ſl"]
)
def test_what_is_no_code_is_refused_with_examples(given_: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        stated(given_)
    assert repr(given_) in str(caught.value)
    assert "az, el" in (caught.value.remedy or "")


@pytest.mark.parametrize("country", ["gr", "jp", "cz", "dk", "xx"])
def test_a_country_code_that_is_no_language_is_refused(country: str) -> None:
    with pytest.raises(ConfigurationError, match="not a language code"):
        stated(country)
