"""What is shown of a dossier."""

from __future__ import annotations

import pytest

from summarizer.models.dossier import DiscrepancyKind
from summarizer.render.dossier.matrix import HAS_IT, OTHER, SILENT, split
from summarizer.render.dossier.view import view
from summarizer.render.dossier.words import direction, tag, value_in_words

from .sample import AZ, EL, FA, NL, TEXTS, nothing, quote, sample

SHOWN = view(sample())
STORY, LONE = SHOWN.stories


def labels(support):
    return [ref.report for ref in support.refs]


def rows(entry):
    return {row.label: "".join(run.text for run in row.runs) for row in entry.rows}


def test_reports_have_short_labels_in_their_order():
    assert [(report.label, report.id) for report in STORY.reports] == [("R1", AZ), ("R2", EL), ("R3", NL), ("R4", FA)]
    assert SHOWN.title == "2 stories, 5 reports"


def test_a_sentence_names_its_reports_origins_credibility_and_discrepancies():
    support = STORY.bottom_line.support
    assert labels(support) == ["R1", "R2", "R3", "R4"]
    assert (support.origins, support.credibility, support.discrepancies) == (2, 1, ("D1", "D2"))
    assert [ref.passages[0].text for ref in support.refs] == [TEXTS[AZ][1], TEXTS[EL][0], TEXTS[NL][0], TEXTS[FA][0]]


def test_passages_are_numbered_by_report_and_sentence_and_each_stands_once():
    passages = [passage for report in STORY.reports for passage in report.passages]
    assert [passage.number for passage in passages] == list(range(1, 20))
    assert [(p.report, p.sentence) for p in passages] == sorted((p.report, p.sentence) for p in passages)


def test_the_pieces_of_a_passage_are_its_text_and_show_the_cited_words():
    passage = STORY.reports[0].passages[1]
    assert passage.text == TEXTS[AZ][1]
    cited = [piece.text for piece in passage.pieces if piece.words]
    assert cited == ["Artan Kola", "Söhrab Minayi", "gömrük binasında"]
    assert [piece.text for piece in STORY.reports[0].passages[0].pieces] == [
        "Albaniya nümayəndə heyəti ",
        "avqustun 24-də",
        " Nilufər limanına gəlib.",
    ]


def test_overlapping_wordings_share_a_piece():
    story = sample().stories[0]
    event = story.events[0]
    one, *others = event.reports
    wide = one.model_copy(update={"wordings": (quote(AZ, "heyəti avqustun"), quote(AZ, "avqustun 24-də"))})
    changed = story.model_copy(
        update={"events": (event.model_copy(update={"reports": (wide, *others)}), *story.events[1:])}
    )
    (shown,) = view(sample().model_copy(update={"stories": (changed,)})).stories
    pieces = shown.reports[0].passages[0].pieces
    assert [(piece.text, len(piece.words)) for piece in pieces] == [
        ("Albaniya nümayəndə ", 0), ("heyəti ", 1), ("avqustun", 2), (" 24-də", 1), (" Nilufər limanına gəlib.", 0),
    ]  # fmt: skip


def test_names_stand_by_script_with_their_reports_and_languages():
    kola = STORY.actors[0]
    assert rows(kola) == {
        "In Latin": "Artan Kola (R1, R2, R3, R4)", "In Arabic": "آرتان کولا (R4)", "In Cyrillic": "Артан Кола (R1)",
        "In Greek": "Αρτάν Κόλα (R2)", "Why": "the same name in four scripts and the same role",
    }  # fmt: skip
    persian = next(row for row in kola.rows if row.label == "In Arabic").runs[0]
    assert (persian.language, persian.direction) == ("fa", "rtl")


def test_readings_of_an_attribute_stand_with_their_reports():
    assert rows(STORY.actors[1])["Role, by report"] == "governor (R1, R3, R4); acting governor (R4)"
    assert rows(STORY.events[0])["Date, by report"] == "25 August 2025 (R2, R3, R4); 24 August 2025 (R1)"


def test_a_bare_surname_says_whom_it_may_be():
    assert rows(STORY.actors[3])["May be"] == "Sohrab Minaei or Siamak Minaei (left open)"


def test_participants_name_reports_only_where_not_all_say_so():
    assert rows(STORY.events[0])["Actor"] == "Artan Kola"
    assert rows(STORY.events[0])["Recipients"] == "Sohrab Minaei (R1, R3, R4); Siamak Minaei (R2)"


def test_a_discrepancy_holds_each_version_with_its_words_and_sentences():
    day = STORY.discrepancies[1]
    assert [reading.value for reading in day.readings] == ["25 August 2025", "24 August 2025"]
    (said,) = day.readings[1].quotations
    assert (said.report, said.language, said.passages[0].text) == ("R1", "Azerbaijani", TEXTS[AZ][0])
    assert "".join(run.text for run in said.words[0]) == "“avqustun 24-də”"
    assert day.items == ("Artan Kola meets the governor of Nilufar at the customs building",)


def test_the_matrix_tells_who_has_who_differs_and_who_is_silent():
    events, aims, _ = STORY.matrix
    assert [[cell.says for cell in line.cells] for line in events.lines] == [
        [OTHER, OTHER, HAS_IT, HAS_IT], [HAS_IT, OTHER, SILENT, HAS_IT], [SILENT, SILENT, HAS_IT, SILENT],
    ]  # fmt: skip
    assert [(cell.value, cell.discrepancy) for cell in events.lines[0].cells[:2]] == [
        ("24 August 2025", "D2"), ("Siamak Minaei, deputy governor", "D1"),
    ]  # fmt: skip
    assert [cell.says for cell in aims.lines[1].cells] == [SILENT, HAS_IT, SILENT, HAS_IT], "an omission is no version"
    assert [block.title for block in STORY.matrix] == ["Events", "Aims", "Background"]


def test_the_usual_version_is_that_of_the_items_own_reports():
    story = sample().stories[0]
    ship = story.events[1]
    here = ship.model_copy(update={"reports": ship.reports[1:2]})
    (shown,) = view(sample().model_copy(update={"stories": (story.model_copy(update={"events": (here,)}),)})).stories
    assert [cell.says for cell in shown.matrix[0].lines[0].cells] == [OTHER, HAS_IT, SILENT, OTHER]


def test_claims_of_one_report_alone_are_told_apart():
    several, alone = split(STORY.matrix)
    assert [len(block.lines) for block in several] == [2, 2, 1]
    assert [(block.title, len(block.lines)) for block in alone] == [("Events", 1), ("Aims", 1)]


def test_steps_cite_the_reports_of_their_claims():
    first, meeting, *_, undated = STORY.timeline
    assert (first.when, labels(first.entry.support)) == ("2014", ["R1", "R3"])
    assert (meeting.when, labels(meeting.entry.support)) == ("24 to 25 August 2025", ["R1", "R2", "R3", "R4"])
    assert (meeting.disputed, meeting.entry.support.discrepancies) == (True, ("D1", "D2"))
    assert (undated.when, undated.date) == ("no date", None)


def test_ties_are_shared_events():
    ties = {(STORY.names[tie.first], STORY.names[tie.second]): len(tie.events) for tie in STORY.ties}
    assert ties[("Artan Kola", "Ministry of Transport")] == 2
    assert ties[("Sohrab Minaei", "Aster")] == 1
    assert ("Siamak Minaei", "Aster") not in ties
    assert "Minaei" not in STORY.names.values()


def test_statements_that_the_account_cites_are_not_told_twice():
    assert [entry.text for entry in STORY.statements] == ["Artan Kola met the governor of Nilufar port."]
    assert LONE.statements == ()


def test_what_was_left_out_is_told():
    titles = [title for title, _ in STORY.checks]
    assert len(titles) == 4
    assert STORY.checks[0][1] == ("The talks lasted 21 hours.",)
    assert STORY.checks[3][1] == ("0f3a: InvalidReply: the reply was no JSON",)
    assert LONE.checks == ()
    assert SHOWN.left_out[1][1] == ("empty.txt: EmptyDocument: no text in it. Leave it out",)


def test_provenance_says_what_was_asked_and_what_not():
    assert "model openai/gpt-4o-mini" in STORY.provenance
    assert "3 requests (1 to mend a reply)" in STORY.provenance
    assert (
        LONE.provenance
        == "Account composed from the claims without a language model; differences found by rules alone; 0.0 s"
    )


def test_a_dossier_without_stories_has_a_view():
    assert view(nothing()).title == "0 stories, 0 reports"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "ltr"), ("Minister", "ltr"), ("وزیر راه", "rtl"), ("UN: کمیسیون سازمان ملل", "rtl"), ("De haven نیلوفر is open", "ltr"), ("שלום", "rtl"), ("12", "ltr")],
)  # fmt: skip
def test_direction_is_that_of_most_letters(text, expected):
    assert direction(text) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("fa", "fa"), ("zh-Hant", "zh-Hant"), ("", "und"), ('x" onclick="', "und")]
)
def test_a_tag_that_is_none_is_und(language, expected):
    assert tag(language) == expected


def test_values_are_told_in_words():
    assert value_in_words("date", "2025-08") == "August 2025"
    assert value_in_words("country", "LBY") == "Libya"
    assert value_in_words("country", "nowhere") == "nowhere"
    assert value_in_words("role", " ") == "(empty)"


def test_all_kinds_of_discrepancy_are_in_the_sample():
    assert {one.kind for one in sample().stories[0].discrepancies} == set(DiscrepancyKind)
