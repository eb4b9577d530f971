"""Names in Latin letters."""

from __future__ import annotations

import pytest

from summarizer.engines.offline.transliteration import transliterated


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("İbrahim Kalın", "Ibrahim Kalin"),
        ("Μπεγκέτς", "Begets"),
        ("Ντόναλντ Τραμπ", "Donald Tramp"),
        ("Χαλίφα Χαφτάρ", "Halifa Haftar"),
        ("Азамат Токтогулов", "Azamat Toktogulov"),
        ("Дар'я", "Darya"),
        ("التميمي", "al-Tmymy"),
        ("МАРИЯ ИВАНОВА", "Mariya Ivanova"),
        ("Anne-Marie", "Anne-Marie"),
    ],
)
def test_a_name_is_written_in_latin_letters(name: str, latin: str) -> None:
    assert transliterated(name) == latin
