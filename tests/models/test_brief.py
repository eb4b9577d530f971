"""Briefs, documents and failures as records: exactly readable from their JSON, closed, and shown in notebooks."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from summarizer.documents import from_text
from summarizer.engines.base import Filled
from summarizer.engines.origin import provenance
from summarizer.errors import InvalidReply, SummarizerError
from summarizer.grounding.check import ground
from summarizer.models import display
from summarizer.models.brief import SCHEMA_VERSION, Brief
from summarizer.models.document import Document
from summarizer.models.json_schema import json_schema
from summarizer.models.outcome import Failure
from summarizer.sentences import split

from .drafts import REPORT, draft


@pytest.fixture(scope="module")
def brief() -> Brief:
    document = from_text(REPORT, id="bridge", language="en", published="2025-08-26")
    return ground(draft(), document, split(REPORT, "en"), provenance("live", Filled(draft(), model="m")))


def test_a_brief_is_read_back_from_its_json(brief: Brief) -> None:
    assert Brief.model_validate_json(brief.model_dump_json()) == brief


def test_a_brief_fits_its_published_schema(brief: Brief) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(json.loads(brief.model_dump_json()), json_schema("brief"))


def test_a_brief_names_the_version_of_its_schema(brief: Brief) -> None:
    assert brief.schema_version == brief.provenance.schema_version == SCHEMA_VERSION
    assert json_schema("brief")["$id"].endswith(SCHEMA_VERSION)


def test_every_span_of_a_brief_is_the_text_it_points_to(brief: Brief) -> None:
    items = (brief.bottom_line, *brief.summary, *brief.actors, *brief.events, *brief.aims, *brief.context)
    spans = [span for item in items for span in item.evidence]
    assert spans
    assert all(REPORT[span.start : span.end] == span.text for span in spans)


def test_a_brief_cannot_be_changed_nor_extended(brief: Brief) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        brief.headline = "Other"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="score"):
        Brief.model_validate(brief.model_dump() | {"score": 1})


def test_a_date_of_a_brief_must_be_edtf(brief: Brief) -> None:
    content = brief.model_dump(mode="json")
    content["document"]["published"] = "last week"
    with pytest.raises(ValidationError, match="EDTF"):
        Brief.model_validate(content)


def test_without_a_renderer_a_notebook_shows_the_plain_form(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_renderers", {})
    assert brief._repr_html_() is None
    assert brief._repr_markdown_() is None


def test_a_registered_renderer_shows_the_brief(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_renderers", {})
    display.register("html", lambda shown: f"<p>{shown.headline}</p>")
    display.register("markdown", lambda shown: f"# {shown.headline}")
    assert brief._repr_html_() == f"<p>{brief.headline}</p>"
    assert brief._repr_markdown_() == f"# {brief.headline}"


def test_a_document_is_read_back_from_its_json() -> None:
    document = from_text("e\u0301\r\nΓέφυρα 🚢", title="Bridge", published="2025-08")
    assert Document.model_validate_json(document.model_dump_json()) == document


def test_a_failure_says_document_kind_and_remedy() -> None:
    failure = Failure.of(InvalidReply("no draft", document="a", remedy="Try again"))
    assert (failure.document, failure.kind, failure.message) == ("a", "InvalidReply", "a: no draft. Try again")


def test_a_failure_takes_the_document_s_name_where_the_error_has_none() -> None:
    assert Failure.of(SummarizerError("no draft"), document="b").document == "b"
    assert Failure.of(SummarizerError("no draft")).document == ""
