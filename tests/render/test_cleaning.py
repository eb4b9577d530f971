"""Text of a report cannot command a terminal, hide, or turn the direction of what is around it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.render.cleaning import clean, escape_json, isolate, isolate_within, stretches

HARMLESS = {
    "escape sequence": ("a\x1b[31mred", "a␛[31mred"),
    "bell and backspace": ("\x07\x08!", "␇␈!"),
    "null and delete": ("\x00\x7f", "␀␡"),
    "one-byte escape sequence": ("\x9b31m", "⟨U+009B⟩31m"),
    "override": ("\u202eevil\u202c", "⟨U+202E⟩evil⟨U+202C⟩"),
    "isolate": ("\u2067x\u2069", "⟨U+2067⟩x⟨U+2069⟩"),
    "half of a surrogate pair": ("a\ud800", "a⟨U+D800⟩"),
    "no character": ("a\uffff", "a⟨U+FFFF⟩"),
    "line breaks and tabs": (" a\r\n\tb\u2028c\x85d ", "a b c d"),
    "no-break space": ("10\u00a0000", "10\u00a0000"),
    "zero-width non-joiner": ("می\u200cرود", "می\u200cرود"),
    "plain words": ("Νίκος, 12%", "Νίκος, 12%"),
}


@pytest.mark.parametrize(("text", "shown"), HARMLESS.values(), ids=HARMLESS)
def test_what_could_do_harm_is_shown_as_a_sign(text, shown):
    assert clean(text) == shown


@settings(deadline=None)
@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("text", ["سهراب", "שלום", "ދިވެހި", "abc \u200f"])
def test_right_to_left_letters_are_isolated(text):
    assert isolate(text) == f"\u2068{text}\u2069"


@pytest.mark.parametrize("text", ["Νίκος", "Хафтар", "两国代表", "2025", ""])
def test_other_letters_are_not_isolated(text):
    assert isolate(text) == text


@pytest.mark.parametrize(
    ("sentence", "isolated"),
    {
        "the name “سهراب مینایی” is not there": "the name “\u2068سهراب مینایی\u2069” is not there",
        "سهراب: names ۱۲ افسر.": "\u2068سهراب\u2069: names \u2068۱۲ افسر\u2069.",
        "“قطار ۱۲ (شرق)” x": "“\u2068قطار ۱۲ (شرق\u2069)” x",
        "plain": "plain",
    }.items(),
)
def test_within_an_english_sentence_only_the_right_to_left_words_are_isolated(sentence, isolated):
    assert isolate_within(sentence) == isolated


@settings(deadline=None)
@given(st.text(st.sampled_from("abc سلام ۱۲,.“”")))
def test_stretches_join_to_their_sentence(sentence):
    assert "".join(stretches(sentence)) == sentence


@settings(deadline=None)
@given(st.text())
def test_escaped_json_loads_to_the_same_text(text):
    assert json.loads(escape_json(json.dumps(text, ensure_ascii=False))) == text


def test_json_keeps_letters_and_escapes_what_a_terminal_obeys():
    assert escape_json('"سلام \u202e\x9b\u2028"') == '"سلام \\u202e\\u009b\\u2028"'
