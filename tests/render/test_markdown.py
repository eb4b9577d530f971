"""Markdown of briefs: what it says, and that a report's text is never taken for Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summarizer.render.cleaning import clean
from summarizer.render.markdown import escape, escape_opening, to_markdown

from .sample import OFFLINE, greek_brief, persian_brief, without_event

GREEK = """\
# Mayor visits the port

mayor · published 26 August 2025 · Greek, 2 sentences

## Bottom line

Mayor Nikos Vellis visited the port and did not speak to reporters. [1, 2]

## Main event

- **Nikos Vellis visits the port** [1]
  - Type: CONSULT (visit)
  - Status: reported as fact
  - Date: 25 August 2025 (2025-08-25), “χθες”
  - Place: port, “λιμάνι”
  - Actor: Nikos Vellis

## Who takes part

**Nikos Vellis** “Νίκος Βέλλης”, mayor [1]

## Evidence

Sentences of the report, by their numbers in it.

- [1] Ο δήμαρχος Νίκος Βέλλης επισκέφθηκε χθες το λιμάνι.
- [2] Δεν μίλησε στους δημοσιογράφους.

## Checks

4 items checked: 4 supported, 0 unsupported. Wordings of the report: 3 exact.

## Provenance

Engine recorded: a recorded reply, nothing was asked; model openai/gpt-4o-mini; prompt brief@3fa9c1d20b77; \
reply of 26 August 2025, 10:15 UTC; 3,210 tokens in, 894 out; USD 0.0010; 0.0 s; schema 1.0; summarizer 0.1.0
"""

ESCAPED = {
    "emphasis": ("*a* _b_ __c__", r"\*a\* \_b\_ \_\_c\_\_"),
    "code": ("`rm`", r"\`rm\`"),
    "table": ("a | b", r"a \| b"),
    "link": ("[x](javascript:y)", r"\[x\](javascript:y)"),
    "picture": ("![x](y)", r"!\[x\](y)"),
    "script": ("<script>", "&lt;script&gt;"),
    "entity": ("&lt;", "&amp;lt;"),
    "backslash": (r"\*", r"&#92;\*"),
    "struck out": ("~~a~~", r"\~\~a\~\~"),
    "formula": ("$x^2$", r"\$x\^2\$"),
    "template": ("{{ x }}", r"\{\{ x \}\}"),
    "address": ("https://a.b www.a.b", r"https\://a.b www\.a.b"),
    "heading closed": ("a #", r"a \#"),
    "mail": ("a@b.org", r"a\@b.org"),
    "plain": ("12 men (of 20): yes, 5% - no.", "12 men (of 20): yes, 5% - no."),
}

OPENINGS = {
    "heading": ("# a", r"\# a"),
    "bullet": ("- a", r"\- a"),
    "plus": ("+ a", r"\+ a"),
    "numbered": ("12. a", r"12\. a"),
    "numbered with a bracket": ("1) a", r"1\) a"),
    "underline": ("===", r"\==="),
    "rule": ("---", r"\---"),
    "year": ("2025 was", "2025 was"),
}


def _parser():
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _text_of(tokens):
    return "".join(child.content for token in tokens if token.type == "inline" for child in token.children or ())


def test_a_small_brief_as_markdown():
    assert to_markdown(greek_brief()) == GREEK


@pytest.mark.parametrize(("text", "escaped"), ESCAPED.values(), ids=ESCAPED)
def test_signs_of_markdown_are_escaped(text, escaped):
    assert escape(text) == escaped


@pytest.mark.parametrize(("text", "escaped"), OPENINGS.values(), ids=OPENINGS)
def test_what_opens_a_block_is_escaped_at_the_start(text, escaped):
    assert escape_opening(text) == escaped


@pytest.mark.parametrize("before", ["", "# ", "- ", "- a\n  - Date: "], ids=["paragraph", "heading", "item", "row"])
@settings(deadline=None)
@given(text=st.text(st.sampled_from("ab1.)#*_`[]()<>!|~&;\\-+=:/@$^{} \"'\n") | st.characters()).filter(clean))
def test_any_text_is_shown_as_just_that_text(before, text):
    tokens = _parser().parse(before + escape_opening(escape(clean(text))))
    assert [token.type for token in tokens] == [token.type for token in _parser().parse(f"{before}word")]
    inline = [token for token in tokens if token.type == "inline"][-1]
    assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
    assert _text_of([inline]).removeprefix("Date: ") == clean(text)


def test_a_hostile_report_adds_no_block_and_no_link():
    brief = greek_brief()
    hostile = "# [x](http://e.org) <script>alert(1)</script> `c` ![i](j)\n\n- ---\n| a |\n|---|"
    harmed = brief.model_copy(
        update={
            "headline": hostile,
            "bottom_line": brief.bottom_line.model_copy(update={"text": hostile}),
            "events": tuple(e.model_copy(update={"title": hostile, "place": hostile}) for e in brief.events),
            "actors": tuple(a.model_copy(update={"name": hostile, "role": hostile}) for a in brief.actors),
        }
    )
    kinds = [token.type for token in _parser().parse(to_markdown(harmed))]
    assert kinds == [token.type for token in _parser().parse(to_markdown(brief))]
    assert "<script" not in _parser().render(to_markdown(harmed))
    assert "<a " not in _parser().render(to_markdown(harmed))


def test_right_to_left_wordings_are_isolated_and_others_are_not():
    assert "“\u2068روز دوشنبه\u2069”" in to_markdown(persian_brief())
    assert not set("\u2066\u2067\u2068\u2069") & set(to_markdown(greek_brief()))


def test_long_sentences_are_not_clipped():
    brief = greek_brief()
    span = brief.bottom_line.evidence[0].model_copy(update={"text": "λέξη " * 2000})
    long = brief.model_copy(update={"bottom_line": brief.bottom_line.model_copy(update={"evidence": (span,)})})
    assert to_markdown(long).count("λέξη") == 2000


def test_only_a_plain_address_is_a_link():
    brief = persian_brief()
    assert "<https://example.org/port/7>" in to_markdown(brief)
    for url in ("javascript:alert(1)", "https://e.org/><script>", "https://e.org/ x", "https://e.org/`x`"):
        document = brief.document.model_copy(update={"url": url})
        rendered = _parser().render(to_markdown(brief.model_copy(update={"document": document})))
        assert "<a " not in rendered
        assert "<script" not in rendered


def test_a_report_without_event_says_so():
    assert "## Events\n\nThe report tells of no event.\n" in to_markdown(without_event(greek_brief()))


def test_the_offline_engine_says_what_it_did_not_do():
    text = to_markdown(greek_brief(OFFLINE))
    assert "no language model was used and nothing was translated" in text
    assert "tokens" not in text


def test_every_note_referred_to_exists_and_every_note_is_referred_to():
    body, _, evidence = to_markdown(persian_brief()).partition("## Evidence")
    referred = {int(n) for group in re.findall(r"(?<!\\)\[([\d, ]+)\]", body) for n in group.split(", ")}
    assert referred == {int(n) for n in re.findall(r"^- \[(\d+)\] ", evidence, re.MULTILINE)}
