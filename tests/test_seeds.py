"""The example reports with their recorded replies, and the real reports that they stand for, where those are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer import Brief, Summarizer
from summarizer.documents import load
from summarizer.models.document import Document
from summarizer.models.dossier import Discrepancy, DiscrepancyKind, Dossier, Story

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
LANGUAGES = {
    "az_benghazi_visit": "az", "el_benghazi_delegation": "el", "el_two_meetings": "el", "fa_tamimi_attache": "fa",
    "nl_turkije_libie": "nl",
}  # fmt: skip
REAL = ROOT.parent / "shared" / "seeds"


def _documents(folder: Path) -> list[Document]:
    found = list(load(tuple(map(str, sorted(folder.glob("*.txt"))))))
    assert all(isinstance(document, Document) for document in found), found
    return [document for document in found if isinstance(document, Document)]


def _briefs(documents: list[Document], **options: object) -> dict[str, Brief]:
    results = list(Summarizer(**options).briefs(documents))  # type: ignore[arg-type]
    assert all(isinstance(result, Brief) for result in results), results
    return {result.document.id: result for result in results if isinstance(result, Brief)}


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [document for document in _documents(SEEDS) if document.id in LANGUAGES]


@pytest.fixture(scope="module")
def briefs(documents: list[Document]) -> dict[str, Brief]:
    """Briefs of the example reports from their recorded replies."""
    return _briefs(documents, replies=SEEDS / "replies.jsonl")


def _said(brief: Brief) -> str:
    return json.dumps(brief.model_dump(mode="json", exclude={"document"}), ensure_ascii=False)


def test_every_example_has_its_recorded_reply_in_its_language(briefs: dict[str, Brief]) -> None:
    assert {name: brief.document.language for name, brief in briefs.items()} == LANGUAGES
    assert all(brief.provenance.recorded and brief.provenance.engine == "recorded" for brief in briefs.values())


def test_the_recording_says_what_it_is() -> None:
    header = json.loads((SEEDS / "replies.jsonl").read_text("utf-8").splitlines()[0])
    assert header["what"] == "replies of a large language model to exactly these requests, not edited"
    assert header["replied"]


def test_nearly_all_that_the_examples_say_is_supported(briefs: dict[str, Brief]) -> None:
    supported = sum(brief.checks.supported for brief in briefs.values())
    unsupported = sum(brief.checks.unsupported for brief in briefs.values())
    assert supported > 100
    assert supported / (supported + unsupported) >= 0.98


def test_spans_of_the_examples_are_slices_of_their_reports(briefs: dict[str, Brief], documents: list[Document]) -> None:
    texts = {document.id: document.text for document in documents}
    for name, brief in briefs.items():
        _assert_slices(brief, texts[name])


def test_no_example_knows_what_its_report_does_not_say(briefs: dict[str, Brief]) -> None:
    for name in ("az_benghazi_visit", "nl_turkije_libie"):
        assert "saddam" not in _said(briefs[name]).lower()
    assert not any(event.date for event in briefs["fa_tamimi_attache"].events)
    assert briefs["fa_tamimi_attache"].document.published is None


real = pytest.mark.skipif(not REAL.is_dir(), reason="the real reports are not at hand")


@pytest.fixture(scope="module")
def offline() -> dict[str, Brief]:
    """Briefs of the real reports by the offline engine."""
    return {name[:3]: brief for name, brief in _briefs(_documents(REAL), model="offline").items()}


@real
def test_the_offline_engine_reads_the_real_reports(offline: dict[str, Brief]) -> None:
    languages = {name: brief.document.language for name, brief in offline.items()}
    assert languages == {"000": "az", "001": "el", "002": "nl", "003": "fa", "004": "el"}
    assert {name: brief.events[0].country for name, brief in offline.items()} == dict.fromkeys(languages, "LBY")
    assert all(brief.checks.unsupported == 0 for brief in offline.values())


@real
def test_the_offline_engine_gives_no_date_where_there_is_none(offline: dict[str, Brief]) -> None:
    assert offline["003"].document.published is None
    assert not any(event.date for event in offline["003"].events)


@real
def test_nothing_of_a_list_of_other_headlines_is_read(offline: dict[str, Brief]) -> None:
    (document,) = (d for d in _documents(REAL) if d.id.startswith("003"))
    listed = document.text.index("\n- ")
    brief = offline["003"]
    for span in (s for item in (*brief.summary, *brief.actors, *brief.events, *brief.aims) for s in item.evidence):
        assert span.end <= listed


@real
def test_spans_of_the_real_reports_are_slices(offline: dict[str, Brief]) -> None:
    for document in _documents(REAL):
        _assert_slices(offline[document.id[:3]], document.text)


def _assert_slices(brief: Brief, text: str) -> None:
    items = (brief.bottom_line, *brief.summary, *brief.actors, *brief.events, *brief.aims, *brief.context)
    spans = [span for item in items for span in item.evidence]
    assert spans
    assert all(text[span.start : span.end] == span.text for span in spans)
    quoted = [actor.name_in_source for actor in brief.actors] + [aim.wording_in_source for aim in brief.aims]
    quoted += [quote for event in brief.events for quote in (event.date_in_source, event.place_in_source) if quote]
    assert all(quote.start is None or text[quote.start : quote.end] == quote.text for quote in quoted)


@pytest.fixture(scope="module")
def dossier(documents: list[Document]) -> Dossier:
    """The dossier of the example reports from their recorded replies."""
    return Summarizer(replies=SEEDS / "replies.jsonl").dossier(documents)


@pytest.fixture(scope="module")
def visit(dossier: Dossier) -> Story:
    """The story that four of the reports tell."""
    return dossier.stories[0]


def _readings(story: Story, attribute: str, *words: str) -> list[Discrepancy]:
    """Contradictions of this attribute with a reading for each of these words."""
    return [
        each for each in story.discrepancies
        if each.kind is DiscrepancyKind.CONTRADICTION and each.attribute.value == attribute
        and all(any(word in reading.value.lower() for reading in each.readings) for word in words)
    ]  # fmt: skip


def test_four_examples_tell_one_story_and_the_older_one_stands_alone(dossier: Dossier) -> None:
    stories = [{report.document.id for report in story.reports} for story in dossier.stories]
    assert stories == [set(LANGUAGES) - {"fa_tamimi_attache"}, {"fa_tamimi_attache"}]
    assert all(story.checks.failures == () for story in dossier.stories)
    assert dossier.failures == dossier.duplicates == ()


def test_father_and_son_stay_apart_and_a_bare_surname_stays_open(visit: Story) -> None:
    haftars = {actor.name: actor for actor in visit.actors if "Haftar" in actor.name}
    assert set(haftars) == {"Khalifa Haftar", "Saddam Haftar", "Haftar"}
    assert set(haftars["Haftar"].may_be) == {haftars["Khalifa Haftar"].id, haftars["Saddam Haftar"].id}
    assert {name.script for name in haftars["Khalifa Haftar"].names} == {"Latin", "Greek"}


def test_one_man_in_three_spellings_is_one_actor(visit: Story) -> None:
    (kalin,) = (actor for actor in visit.actors if "Kalin" in actor.name)
    assert kalin.sources == 4
    assert {"İbrahim Kalın", "Ιμπραχίμ Καλίν", "Ιμπραήμ Καλίν"} <= {name.text for name in kalin.names}


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ("role", ("saddam", "khalifa")), ("other", ("corvette", "frigate")), ("place", ("rajma", "port")),
        ("date", ("sunday", "2025-08-25")),
    ],
)  # fmt: skip
def test_what_the_examples_contradict_each_other_in_is_found(
    visit: Story, attribute: str, words: tuple[str, ...]
) -> None:
    """Deputy commander, type of ship, place of the meeting, day of the delegation's: each reading with its words."""
    found = _readings(visit, attribute, *words)
    assert found
    assert all(reading.evidence and reading.documents for each in found for reading in each.readings)


def test_the_meeting_of_the_delegations_has_four_reports_and_one_origin(visit: Story) -> None:
    meeting = next(event for event in visit.events if "delegations hold talks" in event.title)
    assert (meeting.sources, meeting.independent_origins) == (4, 1)
    (origin,) = (each for each in visit.origins if each.id in meeting.origins)
    assert origin.name == "Turkish Ministry of National Defence"
    assert any("share a passage" in reason for reason in origin.why)


def test_every_sentence_of_the_account_cites_reports_whose_words_are_slices(
    visit: Story, documents: list[Document]
) -> None:
    texts = {document.id: document.text for document in documents}
    lines = (visit.headline, visit.bottom_line, *visit.summary)
    assert len(visit.summary) >= 3
    assert visit.checks.sentences_dropped == ()
    proofs = [c for line in lines for c in line.reports]
    proofs += [c for each in visit.discrepancies for reading in each.readings for c in reading.evidence]
    for citation in proofs:
        assert citation.spans
        for piece in (*citation.spans, *citation.wordings):
            assert texts[citation.document][piece.start : piece.end] == piece.text


def test_the_order_of_the_examples_does_not_change_their_dossier(documents: list[Document], dossier: Dossier) -> None:
    again = Summarizer(replies=SEEDS / "replies.jsonl").dossier(documents[::-1])
    assert again == dossier


@real
def test_the_real_reports_fall_into_the_same_two_stories_by_rules_alone() -> None:
    found = Summarizer(model="offline").dossier(_documents(REAL))
    assert sum(len(story.reports) for story in found.stories) == 5
    assert all(len(story.reports) == 1 for story in found.stories if story.reports[0].document.id.startswith("003"))
