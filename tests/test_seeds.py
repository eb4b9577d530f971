"""The example reports with their recorded replies, and the real reports that they stand for, where those are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer import Brief, Summarizer
from summarizer.documents import load
from summarizer.models.document import Document

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
