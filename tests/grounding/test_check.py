"""The rules of grounding, one by one, on a small report."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.documents import LoadOptions, from_text
from summarizer.grounding.check import ground
from summarizer.models.brief import Brief, Match, Provenance
from summarizer.models.draft import Draft
from summarizer.sentences import split

REPORT = (
    "Ο υπουργός Νίκος Μαρίνος συναντήθηκε τη Δευτέρα με τον στρατηγό Χαφτάρ στη Βεγγάζη.\n"
    "Στη συνάντηση πήραν μέρος 12 αξιωματικοί υπό τον Σερκάν Καρά.\n"
    "«Μία χώρα, ένας στρατός» είπε ο υπουργός και ζήτησε 3.500 τόνους σιτάρι.\n"
    "Σύμφωνα με το υπουργείο, η επόμενη συνάντηση ορίστηκε για τις 4 Σεπτεμβρίου."
)
NOWHERE = Provenance(
    engine="offline", model=None, recorded=False, prompt=None, prompt_hash=None, request=None, schema_version="1.0",
    software="test", attempts=0, reasks=0, input_tokens=None, output_tokens=None, cost_usd=None, seconds=0, replied=None,
)  # fmt: skip
ACTOR = {
    "id": "A1", "name": "Nikos Marinos", "src": "Νίκος Μαρίνος", "kind": "person", "sector": "GOV", "role": "minister",
    "org": None, "iso3": "GRC", "ev": [1],
}  # fmt: skip
EVENT = {
    "type": "CONSULT", "mode": "visit", "ctx": [], "title": "Marinos meets Haftar", "fact": "reported",
    "date": "2025-08-25", "date_src": "τη Δευτέρα", "place": "Benghazi", "place_src": "Βεγγάζη", "iso3": "LBY",
    "by": ["A1"], "to": [], "with": [], "med": [], "via": ["O1"], "ev": [1],
}  # fmt: skip
AIM = {
    "text": "One country, one army",
    "src": "Μία χώρα, ένας στρατός",
    "kind": "slogan",
    "by": ["A1"],
    "via": [],
    "ev": [3],
}
ORIGIN = {"id": "O1", "name": "the ministry", "kind": "official_statement", "ev": [4]}


def brief_of(report: str = REPORT, published: str | None = "2025-08-26", **changes: Any) -> Brief:
    """The brief of a good draft of the report with some fields changed."""
    given = {
        "headline": "Minister meets Haftar in Benghazi",
        "bottom_line": {"text": "Marinos met Haftar in Benghazi.", "ev": [1]},
        "summary": [{"text": "12 officers took part.", "ev": [2]}],
        "actors": [ACTOR],
        "events": [EVENT],
        "aims": [AIM],
        "context": [],
        "origins": [ORIGIN],
        "caveats": [],
    }
    draft = Draft.model_validate(given | changes)
    document = from_text(report, options=LoadOptions(language="el", published=published))
    return ground(draft, document, split(document.text, "el"), NOWHERE)


def problems(brief: Brief) -> list[tuple[str, str]]:
    return [(problem.item, problem.message) for problem in brief.checks.problems]


def test_a_draft_that_keeps_to_the_report_has_no_problem() -> None:
    brief = brief_of()
    assert problems(brief) == []
    assert brief.checks.warnings == ()
    assert brief.checks.unsupported == 0
    assert brief.checks.supported == 7
    assert brief.checks.quotes == {Match.EXACT: 4, Match.FOLDED: 0, Match.FUZZY: 0, Match.UNSUPPORTED: 0}


def test_evidence_and_wordings_are_slices_of_the_report() -> None:
    brief = brief_of()
    assert brief.summary[0].evidence[0].text == REPORT.split("\n")[1]
    for span in (brief.events[0].evidence[0], brief.actors[0].name_in_source, brief.aims[0].wording_in_source):
        assert REPORT[span.start : span.end] == span.text


def test_a_wording_found_by_folding_is_shown_as_the_report_writes_it() -> None:
    brief = brief_of(actors=[ACTOR | {"src": "ΝΙΚΟΣ ΜΑΡΙΝΟΣ"}])
    assert brief.actors[0].name_in_source.text == "Νίκος Μαρίνος"
    assert brief.actors[0].name_in_source.match is Match.FOLDED


def test_a_wording_that_stands_nowhere_is_marked_and_kept() -> None:
    brief = brief_of(aims=[AIM | {"src": "Δύο χώρες, δύο στρατοί"}])
    aim = brief.aims[0]
    assert (aim.wording_in_source.match, aim.wording_in_source.start, aim.supported) == (Match.UNSUPPORTED, None, False)
    assert aim.wording_in_source.text == "Δύο χώρες, δύο στρατοί"
    assert problems(brief) == [("G1", "the wording “Δύο χώρες, δύο στρατοί” does not stand in the report")]


def test_a_wording_from_a_sentence_that_is_not_cited_is_a_warning() -> None:
    brief = brief_of(aims=[AIM | {"ev": [1]}])
    assert brief.aims[0].supported
    assert brief.checks.warnings == ("G1: the wording stands in sentence 3, not in those cited",)


@pytest.mark.parametrize(
    ("text", "cited", "message"),
    [
        ("21 officers took part.", [2], "“21” is not in the sentences cited"),
        ("12 officers took part.", [1], "“12” is not in the sentences cited, but sentence 2 has it"),
        ("He asked for 4,500 tonnes.", [3], "“4,500” is not in the sentences cited"),
        ("Twelve officers took part on Friday.", [1, 2], "“Friday” is not in the sentences cited"),
        ("They meet again on 5 September.", [4], "“5 September” is not in the sentences cited"),
        ("They meet again on 4 September 2031.", [4], "“4 September 2031” is not in the sentences cited"),
    ],
)
def test_a_number_or_date_that_no_cited_sentence_holds_is_a_problem(text: str, cited: list[int], message: str) -> None:
    brief = brief_of(summary=[{"text": text, "ev": cited}])
    assert problems(brief) == [("summary 1", message)]
    assert not brief.summary[0].supported
    assert len(brief.checks.numbers_without_support) == 1


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("12 officers took part.", [2]),
        ("Twelve officers took part.", [2]),
        ("He asked for 3,500 tonnes.", [3]),
        ("They meet again on 4 September.", [4]),
        ("They meet again on 4 September 2025.", [4]),
        ("They met on Monday.", [1]),
        ("They met on Monday, 25 August 2025.", [1]),
        ("The report is of 26 August 2025.", [1]),
    ],
)
def test_a_number_or_date_in_the_cited_sentences_or_checked_already_is_supported(text: str, cited: list[int]) -> None:
    assert problems(brief_of(summary=[{"text": text, "ev": cited}])) == []


def test_the_headline_may_draw_on_every_sentence() -> None:
    assert problems(brief_of(headline="12 officers, 3,500 tonnes")) == []
    assert problems(brief_of(headline="13 officers")) == [("headline", "“13” is not in the sentences cited")]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ([], "cites no sentence"),
        ([5], "cites sentence 5, but the report has 4"),
        ([0], "cites sentence 0, but the report has 4"),
    ],
)
def test_evidence_that_does_not_exist_is_a_problem(numbers: list[int], message: str) -> None:
    brief = brief_of(bottom_line={"text": "They met.", "ev": numbers})
    assert problems(brief) == [("bottom_line", message)]


def test_a_caveat_needs_no_evidence() -> None:
    assert problems(brief_of(caveats=[{"text": "It is unclear which Haftar is meant.", "ev": []}])) == []


@pytest.mark.parametrize(("name", "wording"), [("Saddam Haftar", "Χαφτάρ"), ("Nikos Petros Marinos", "Νίκος Μαρίνος")])
def test_a_name_with_more_parts_than_the_report_gives_is_a_problem(name: str, wording: str) -> None:
    brief = brief_of(actors=[ACTOR | {"name": name, "src": wording}])
    assert [item for item, _ in problems(brief)] == ["A1"]
    assert not brief.actors[0].supported


def test_an_alias_in_brackets_that_the_report_gives_elsewhere_is_no_problem() -> None:
    assert problems(brief_of(actors=[ACTOR | {"name": "Nikos Marinos (Kara)"}])) == []
    message = "the report gives the name as “Νίκος Μαρίνος”, without “(Fox)”"
    assert problems(brief_of(actors=[ACTOR | {"name": "Nikos Marinos (Fox)"}])) == [("A1", message)]


def test_a_hyphen_in_an_english_name_makes_no_two_of_one() -> None:
    assert problems(brief_of(actors=[ACTOR | {"name": "Ni-kos Marinos"}])) == []


def test_a_country_of_the_past_is_a_country() -> None:
    brief = brief_of(actors=[ACTOR | {"iso3": "DDR"}])
    assert problems(brief) == []
    assert brief.actors[0].country == "DDR"


def test_another_first_name_in_the_wording_is_a_problem() -> None:
    brief = brief_of(actors=[ACTOR | {"name": "Petros Marinos", "src": "Πέτρος Μαρίνος"}])
    assert problems(brief) == [("A1", "the name “Πέτρος Μαρίνος” does not stand in the report")]


def test_a_person_named_by_another_sentence_than_the_cited_is_a_warning() -> None:
    kara = ACTOR | {"id": "A2", "name": "Serkan Kara", "src": "Σερκάν Καρά", "ev": [2]}
    brief = brief_of(actors=[ACTOR, kara], summary=[{"text": "Kara took part.", "ev": [3]}])
    assert brief.checks.warnings == ("summary 1: names Serkan Kara, whom sentence 2 names but no cited one",)


def test_a_name_written_in_another_script_in_the_cited_sentence_is_no_warning() -> None:
    report = "Serkan Kara arrived in the harbour of Benghazi.\nΟ Καρά επισκέφθηκε το πλοίο."
    actor = ACTOR | {"name": "Serkan Kara", "src": "Serkan Kara", "ev": [1]}
    brief = brief_of(
        report, actors=[actor], events=[], aims=[], origins=[], summary=[{"text": "Kara visited the ship.", "ev": [2]}],
        bottom_line={"text": "Kara arrived.", "ev": [1]},
    )  # fmt: skip
    assert brief.checks.warnings == ()


def test_a_function_in_place_of_a_name_is_no_name_to_look_for() -> None:
    attache = ACTOR | {"name": "military attaché in Libya", "src": "στρατηγό", "ev": [1]}
    speaker = ACTOR | {"id": "A2", "name": "Speaker of the House", "src": "υπουργός", "ev": [1]}
    assert problems(brief_of(actors=[ACTOR, speaker])) == []
    brief = brief_of(actors=[attache], summary=[{"text": "12 officers are in Libya.", "ev": [2]}])
    assert brief.checks.warnings == ()


def test_an_empty_text_is_a_problem() -> None:
    nothing = {"text": " ", "ev": [1]}
    brief = brief_of(headline="", bottom_line=nothing, context=[{"topic": "x", **nothing}])
    assert problems(brief) == [(item, "says nothing") for item in ("headline", "bottom_line", "C1")]


def test_ids_that_do_not_exist_are_problems_or_left_out() -> None:
    brief = brief_of(events=[EVENT | {"by": ["A1", "A9"], "via": ["O7"]}], aims=[AIM | {"by": ["A8"]}])
    assert problems(brief) == [
        ("E1", "names 'A9' as taking part, who is not among the actors"),
        ("G1", "held by 'A8', who is not among the actors"),
    ]
    assert [p.actor for p in brief.events[0].participants] == ["A1"]
    assert brief.events[0].origins == ()
    assert brief.checks.warnings == ("E1: the origin 'O7' is not among the origins and is left out",)


def test_an_id_used_twice_is_a_problem() -> None:
    assert ("A1", "the id A1 is used twice") in problems(brief_of(actors=[ACTOR, ACTOR]))


def test_a_mode_of_another_type_is_left_out_with_a_warning() -> None:
    brief = brief_of(events=[EVENT | {"mode": "drone"}])
    assert brief.events[0].mode is None
    assert brief.checks.warnings == ("E1: the mode drone does not fit CONSULT and is left out",)


@pytest.mark.parametrize(
    ("date", "words", "published", "message"),
    [
        ("25.08.2025", "τη Δευτέρα", "2025-08-26", "'25.08.2025' is no date (EDTF)"),
        ("2031-08-25", "τη Δευτέρα", "2025-08-26", "nothing in the report gives the year of 2031-08-25"),
        ("2025-08-25", "τη Δευτέρα", None, "nothing in the report gives the year of 2025-08-25"),
        ("2025-08-25", "τις 4 Σεπτεμβρίου", "2025-08-26", "is not in the month of"),
        ("2025-09-05", "τις 4 Σεπτεμβρίου", "2025-08-26", "is not the day of"),
        ("2025-08-20", None, "2025-08-26", "no words of the report give the date 2025-08-20"),
    ],
)
def test_a_date_that_the_report_does_not_give_is_a_problem(
    date: str, words: str | None, published: str | None, message: str
) -> None:
    brief = brief_of(published=published, events=[EVENT | {"date": date, "date_src": words, "ev": [1, 4]}])
    assert any(item == "E1" and message in text for item, text in problems(brief))
    assert not brief.events[0].supported


def test_a_weekday_that_is_not_the_dates_is_a_warning() -> None:
    brief = brief_of(events=[EVENT | {"date": "2025-08-23"}])
    assert brief.events[0].supported
    assert brief.checks.warnings == ("E1: 2025-08-23 is a Saturday, but the report says “τη Δευτέρα”",)


def test_a_report_without_event_is_a_brief_without_event() -> None:
    brief = brief_of(events=[], aims=[])
    assert brief.events == ()
    assert brief.checks.unsupported == 0


def test_nothing_of_the_draft_is_dropped() -> None:
    brief = brief_of(summary=[{"text": f"{n} ships.", "ev": [9]} for n in range(50, 55)])
    assert [s.text for s in brief.summary] == [f"{n} ships." for n in range(50, 55)]
    assert brief.checks.unsupported == 5


WORDS = st.text(max_size=30)
NUMBERS = st.lists(st.integers(-3, 9), max_size=4)


@settings(deadline=None, max_examples=60)
@given(
    report=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200),
    text=WORDS,
    wording=WORDS,
    numbers=NUMBERS,
)
@example(report="It took 5 hours.", text="1" + 28 * "0", wording="", numbers=[1])
@example(report=f"It took {30 * '9'}½ hours.", text=f"{30 * '9'}.5 million", wording=40 * "7", numbers=[1])
def test_any_draft_of_any_report_is_grounded_with_true_slices(
    report: str, text: str, wording: str, numbers: list[int]
) -> None:
    document = from_text("x " + report, options=LoadOptions(language="en"))
    statement = {"text": text, "ev": numbers}
    draft = Draft.model_validate(
        {
            "headline": text, "bottom_line": statement, "summary": [statement],
            "actors": [ACTOR | {"name": text, "src": wording, "ev": numbers}],
            "events": [EVENT | {"title": text, "date_src": wording, "place_src": wording, "ev": numbers}],
            "aims": [AIM | {"text": text, "src": wording, "ev": numbers}],
            "context": [], "origins": [], "caveats": [statement],
        }
    )  # fmt: skip
    brief = ground(draft, document, split(document.text, "en"), NOWHERE)
    quoted = (brief.actors[0].name_in_source, brief.aims[0].wording_in_source, *brief.bottom_line.evidence)
    for piece in quoted:
        if piece.start is not None:
            assert document.text[piece.start : piece.end] == piece.text
