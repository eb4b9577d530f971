"""Briefs in a terminal: lines, widths, colours, direction."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from summarizer.models.outcome import Failure
from summarizer.render.cleaning import clean
from summarizer.render.terminal import clip, render_failure_terminal, render_terminal

from .sample import OFFLINE, greek_brief, persian_brief, without_event

GREEK = """\
────────────────────────────────────────────────────────────
Mayor visits the port
mayor · published 26 August 2025 · Greek, 2 sentences

Bottom line
  Mayor Nikos Vellis visited the port and did not speak to
  reporters. [1,2]

Main event
  Nikos Vellis visits the port [1]
    Type    CONSULT (visit)
    Status  reported as fact
    Date    25 August 2025 (2025-08-25), “χθες”
    Place   port, “λιμάνι”
    Actor   Nikos Vellis

Who takes part
  Nikos Vellis “Νίκος Βέλλης”, mayor [1]

Evidence: sentences of the report, by number
  [1] Ο δήμαρχος Νίκος Βέλλης επισκέφθηκε χθες το λιμάνι.
  [2] Δεν μίλησε στους δημοσιογράφους.

Checks
  4 items checked: 4 supported, 0 unsupported. Wordings of
  the report: 3 exact.

Provenance
  Engine offline: no language model was used and nothing was
  translated; 0.2 s; schema 1.0; summarizer 0.1.0

"""

CHINESE = "两国代表星期一在首都举行会谈讨论边境地区的停火协议" * 20


def shown(brief, width=100, **options):
    stream = io.StringIO()
    console = Console(file=stream, width=width, **options)
    render_failure_terminal(brief, console) if isinstance(brief, Failure) else render_terminal(brief, console)
    return stream.getvalue()


def with_headline(text):
    return greek_brief().model_copy(update={"headline": text})


def test_a_small_brief_in_a_narrow_terminal():
    assert shown(greek_brief(OFFLINE), 60) == GREEK


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 160, 400])
@pytest.mark.parametrize("brief", [persian_brief(), with_headline(CHINESE)], ids=["Persian", "Chinese"])
def test_lines_fit_the_terminal_and_are_never_longer_than_is_good_to_read(brief, width):
    widths = [cell_len(line) for line in shown(brief, width).splitlines()]
    assert max(widths) == min(width, 100)


def test_a_terminal_of_one_column_is_no_error():
    assert "Checks" in shown(persian_brief(), 1)


def test_no_line_ends_in_a_space():
    assert not [line for line in shown(persian_brief(), 60).splitlines() if line.rstrip("\u2069").endswith(" ")]


@pytest.mark.parametrize("width", [30, 60, 100])
def test_each_line_closes_the_isolates_it_opens(width):
    lines = shown(persian_brief(), width).splitlines()
    for line in lines:
        assert not re.sub("\u2068[^\u2068\u2069]+\u2069", "", line).strip("\n").count("\u2068")
        outside = re.sub("\u2068[^\u2068\u2069]+\u2069", "", line)
        assert not re.search("[\u0600-\u06ff]", outside)
    assert any("\u2068" in line for line in lines)


def test_left_to_right_wordings_are_not_isolated():
    assert "\u2068" not in shown(greek_brief())


@pytest.mark.parametrize("text", ["[red]a[/red]", "[bold]", "[link=http://e.org]x[/link]", ":smile:", r"\[x]", "[/]"])
def test_markup_of_rich_in_a_report_is_shown_as_it_stands(text):
    assert text in shown(with_headline(text), force_terminal=True, color_system="standard")


def test_a_report_cannot_send_escape_sequences():
    text = shown(with_headline("\x1b]0;title\x07 \x1b[2J \x9b31m \u202e"), color_system=None, force_terminal=True)
    assert "␛]0;title␇ ␛[2J ⟨U+009B⟩31m ⟨U+202E⟩" in text
    assert "\x1b" not in text


def test_no_escape_sequences_where_there_is_no_terminal():
    assert "\x1b" not in shown(persian_brief())


def test_no_colour_leaves_bold_but_no_colour(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;31m" in shown(persian_brief(), force_terminal=True, color_system="standard")
    monkeypatch.setenv("NO_COLOR", "1")
    codes = re.findall("\x1b\\[([\\d;]*)m", shown(persian_brief(), force_terminal=True, color_system="standard"))
    assert {number for code in codes for number in code.split(";")} == {"0", "1", "2"}


@settings(deadline=None)
@given(
    st.text(st.sampled_from("ab \u200d\ufe0f1️👨两س\u0301") | st.characters(), max_size=200).filter(clean),
    st.integers(20, 120),
)
def test_wrapping_loses_no_character(text, width):
    head = shown(with_headline(text), width).partition("\nmayor · ")[0].partition("\n")[2]
    assert re.sub("\\s|[\u2068\u2069]", "", head) == re.sub("\\s", "", clean(text))


def test_a_long_sentence_is_clipped_in_the_middle():
    brief = greek_brief()
    span = brief.bottom_line.evidence[0].model_copy(update={"text": f"αρχή {'λέξη ' * 1000} τέλος."})
    bottom_line = brief.bottom_line.model_copy(update={"evidence": (span,)})
    text = shown(brief.model_copy(update={"bottom_line": bottom_line, "events": (), "actors": ()}))
    assert "[1] αρχή λέξη" in text
    assert "λέξη … λέξη" in re.sub(r"\s+", " ", text)
    assert "λέξη τέλος.\n" in text


@settings(deadline=None)
@given(st.text(st.characters(), max_size=100), st.integers(10, 60))
def test_a_clipped_text_fits_and_a_short_one_is_left_alone(text, cells):
    assert cell_len(clip(text, cells)) <= max(cells, 3)
    if cell_len(text) <= cells:
        assert clip(text, cells) == text


def test_every_note_referred_to_exists_and_every_note_is_referred_to():
    body, _, evidence = shown(persian_brief()).partition("Evidence:")
    referred = {int(n) for group in re.findall(r"\[([\d,]+)\]", body) for n in group.split(",")}
    assert referred == {int(n) for n in re.findall(r"^ +\[(\d+)\] ", evidence, re.MULTILINE)}


def test_a_report_without_event_says_so():
    assert "\nEvents\n  The report tells of no event.\n" in shown(without_event(greek_brief()))


def test_a_failure_names_the_document_once_and_says_what_to_do():
    failure = Failure(document="a.txt", kind="EmptyDocument", message="a.txt: no text in it. Leave it out")
    assert shown(failure, 50).splitlines()[1:3] == [
        "No brief for a.txt",
        "  EmptyDocument: no text in it. Leave it out",
    ]
