"""What all renderers show, and that all of them show it."""

from __future__ import annotations

import pytest

from summarizer.models.brief import Match, Problem
from summarizer.render.html import to_html
from summarizer.render.markdown import to_markdown
from summarizer.render.runs import Style
from summarizer.render.view import view

from .sample import LIVE, OFFLINE, RECORDED, greek_brief, persian_brief, without_event
from .test_terminal import shown as in_terminal

TITLES = (
    "Bottom line", "Summary", "Main event", "Other events", "Who takes part", "What they want", "Background",
    "Where the report has it from", "Caveats",
)  # fmt: skip


def text_of(runs):
    return "".join(run.text for run in runs)


def items_of(brief, title):
    return next(section.items for section in view(brief).sections if section.title == title)


def rows_of(item):
    return {row.label: text_of(row.runs) for row in item.rows}


def with_checks(brief, **changes):
    return brief.model_copy(update={"checks": brief.checks.model_copy(update=changes)})


def test_sections_stand_in_the_order_of_reading():
    assert tuple(section.title for section in view(persian_brief()).sections) == TITLES


def test_sections_without_items_are_left_out():
    titles = [section.title for section in view(greek_brief()).sections]
    assert titles == ["Bottom line", "Main event", "Who takes part"]


def test_a_report_without_event_says_so():
    (item,) = items_of(without_event(greek_brief()), "Events")
    assert text_of(item.runs) == "The report tells of no event."


def test_an_event_tells_who_did_what_to_whom_where_and_when():
    (event,) = items_of(persian_brief(), "Main event")
    assert text_of(event.runs) == "Artan Kola meets Sohrab Minaei at the customs building"
    assert rows_of(event) == {
        "Type": "CONSULT (visit); economic",
        "Status": "reported as fact",
        "Date": "25 August 2025 (2025-08-25), “روز دوشنبه”",
        "Place": "Customs building, Nilufar port, Iran, “ساختمان گمرک این بندر”",
        "Actor": "Artan Kola",
        "Recipient": "Sohrab Minaei",
        "Attendee": "Port Workers' Union [unsupported]",
        "Source": "Moj news agency",
    }


def test_an_actor_has_its_name_as_the_report_writes_it_and_what_it_is():
    actors = [text_of(item.runs) for item in items_of(persian_brief(), "Who takes part")]
    assert actors[1] == "Sohrab Minaei “سهراب مینایی”, governor, Nilufar port, Iran"


def test_a_name_that_the_report_writes_just_so_is_not_repeated():
    brief = greek_brief()
    actor = brief.actors[0]
    same = actor.model_copy(update={"name": actor.name_in_source.text})
    (item,) = items_of(brief.model_copy(update={"actors": (same,)}), "Who takes part")
    assert text_of(item.runs) == "Νίκος Βέλλης, mayor"


def test_an_aim_has_its_holder_and_the_original_wording():
    slogan, demand = items_of(persian_brief(), "What they want")
    assert rows_of(slogan) == {
        "Slogan of": "Sohrab Minaei", "Wording": "“یک بندر برای همه”", "Source": "Moj news agency"
    }  # fmt: skip
    assert rows_of(demand)["Wording"] == "“خواستار بازگشایی راه آهن تا پایان سال” [found only approximately]"


def test_a_date_that_was_not_worked_out_says_so():
    brief = greek_brief()
    undated = brief.events[0].model_copy(update={"date": None})
    (event,) = items_of(brief.model_copy(update={"events": (undated,)}), "Main event")
    assert rows_of(event)["Date"] == "“χθες”, no date worked out"


def test_the_reports_words_are_marked_as_source():
    (event,) = items_of(greek_brief(), "Main event")
    source = [run.text for row in event.rows for run in row.runs if run.style == Style.SOURCE]
    assert source == ["χθες", "λιμάνι"]


def test_notes_are_the_cited_sentences_each_once_in_order():
    notes = view(persian_brief()).notes
    assert [note.number for note in notes] == [2, 3, 4, 5, 6, 7]
    assert notes[-1].text == "بندر نیلوفر از سال ۲۰۱۹ پس از توفان نیمه تعطیل است."


@pytest.mark.parametrize("rendered", [to_markdown, to_html, in_terminal])
@pytest.mark.parametrize(
    "said",
    [
        "unsupported: “21” is not in the sentences cited",
        "Port Workers' Union",
        "not in the report",
        "found only approximately",
        "2 of 16 items unsupported",
        "16 items checked: 14 supported, 2 unsupported",
        "Figures without support: 21",
        "name stands in sentence 4, not in those cited",
    ],
)
def test_every_format_says_what_is_unsupported_or_uncertain(rendered, said):
    brief = with_checks(persian_brief(), warnings=("A1: the name stands in sentence 4, not in those cited",))
    assert said in " ".join(rendered(brief).split())


def test_an_item_that_failed_without_a_reason_is_marked_too():
    brief = greek_brief()
    failed = brief.bottom_line.model_copy(update={"supported": False})
    assert items_of(brief.model_copy(update={"bottom_line": failed}), "Bottom line")[0].mark == "unsupported"


def test_the_headline_is_marked():
    brief = with_checks(greek_brief(), problems=(Problem(item="headline", message="“3” is not there"),))
    assert view(brief).headline.mark == "unsupported: “3” is not there"


def test_warnings_name_the_item_and_not_its_id():
    brief = with_checks(
        persian_brief(),
        problems=(Problem(item="X9", message="is lost"),),
        warnings=("E1: the date is odd", "A2: the name is odd", "summary 2: names A", "the text is odd"),
    )
    assert view(brief).warnings == (
        "X9: is lost", "Event “Artan Kola meets Sohrab Minaei at the customs building”: the date is odd",
        "Sohrab Minaei: the name is odd", "Summary 2: names A", "the text is odd",
    )  # fmt: skip


def test_an_actor_that_does_not_exist_is_shown_by_its_id():
    (event,) = items_of(greek_brief().model_copy(update={"actors": ()}), "Main event")
    assert rows_of(event)["Actor"] == "A1"


def test_wordings_are_counted_in_words():
    quotes = {Match.EXACT: 3, Match.FOLDED: 2, Match.FUZZY: 1, Match.UNSUPPORTED: 0}
    checks = view(with_checks(greek_brief(), quotes=quotes)).checks
    assert checks.endswith("Wordings of the report: 3 exact, 2 in another spelling, 1 only approximate.")


@pytest.mark.parametrize(
    ("provenance", "said"),
    [
        (LIVE, "Engine live: 2 requests (1 to mend a reply); model openai/gpt-4o-mini; prompt brief@3fa9c1d20b77; "
               "reply of 26 August 2025, 10:15 UTC; 3,210 tokens in, 894 out; USD 0.0010; 4.2 s; "
               "schema 1.0; summarizer 0.1.0"),
        (RECORDED, "Engine recorded: a recorded reply, nothing was asked; model "),
        (OFFLINE, "Engine offline: no language model was used and nothing was translated; 0.2 s; schema 1.0; "),
        (LIVE.model_copy(update={"attempts": 1, "reasks": 0}), "Engine live: 1 request; "),
        (LIVE.model_copy(update={"cost_usd": None}), "; cost not known; "),
        (LIVE.model_copy(update={"cost_usd": 0.00004}), "; less than USD 0.0001; "),
        (LIVE.model_copy(update={"cost_usd": 1.5}), "; USD 1.50; "),
        (LIVE.model_copy(update={"input_tokens": None, "output_tokens": None}), "; tokens not known; "),
        (LIVE.model_copy(update={"input_tokens": None}), "; ? tokens in, 894 out; "),
        (LIVE.model_copy(update={"replied": None}), "; date of the reply not known; "),
    ],
)  # fmt: skip
def test_the_provenance_is_told_in_one_line(provenance, said):
    assert said in view(greek_brief(provenance)).provenance


def test_the_report_is_named_with_what_is_known_of_it():
    assert text_of(view(persian_brief()).report) == (
        "port-7 (reports/port-7.txt) · “دیدار در بندر نیلوفر” · Moj · published 26 August 2025 · "
        "Persian, 7 sentences · https://example.org/port/7 · 2 of 16 items unsupported"
    )
