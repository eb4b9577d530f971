"""Short reports in 22 languages and 8 scripts: the facts that do not depend on English, and nothing unsupported."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from summarizer.language import detect
from summarizer.models.brief import Brief

from . import drafting

REPORTS = tomllib.loads(Path(__file__).with_name("reports.toml").read_text("utf-8"))["report"]
every_report = pytest.mark.parametrize("report", REPORTS, ids=[report["id"] for report in REPORTS])


@cache
def _brief(text: str, language: str, published: str | None) -> Brief:
    return drafting.brief(text, language, published)


def brief_of(report: dict[str, Any]) -> Brief:
    return _brief(report["text"], report["language"], report.get("published"))


@every_report
def test_the_language_is_detected(report: dict[str, Any]) -> None:
    assert detect(report["text"]) == report["language"]


@every_report
def test_the_main_event_has_its_type_country_and_date(report: dict[str, Any]) -> None:
    event = brief_of(report).events[0]

    assert event.type in report["types"]
    assert event.country == report["country"]
    assert event.date == report.get("date")
    if "mode" in report:
        assert event.mode == report["mode"]


@every_report
def test_the_actors_are_named_as_in_the_report(report: dict[str, Any]) -> None:
    named = [actor.name_in_source.text for actor in brief_of(report).actors]

    assert [name for name in report["actors"] if not any(name in wording for wording in named)] == []


@every_report
def test_everything_is_supported_and_every_span_is_its_slice(report: dict[str, Any]) -> None:
    brief = brief_of(report)

    assert brief.checks.problems == ()
    spans = [
        span for items in (brief.actors, brief.events, brief.aims, brief.summary) for i in items for span in i.evidence
    ]
    spans += [actor.name_in_source for actor in brief.actors]
    assert spans
    assert all(report["text"][span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize(
    "report", [r for r in REPORTS if "absent" in r], ids=[r["id"] for r in REPORTS if "absent" in r]
)
def test_the_rest_of_the_page_does_not_leak(report: dict[str, Any]) -> None:
    content = brief_of(report).model_dump_json(exclude={"document"})

    assert [word for word in report["absent"] if word in content] == []


@pytest.mark.parametrize("report", [r for r in REPORTS if "aim" in r], ids=[r["id"] for r in REPORTS if "aim" in r])
def test_a_quoted_slogan_is_an_aim_in_its_own_wording(report: dict[str, Any]) -> None:
    assert report["aim"] in [aim.wording_in_source.text for aim in brief_of(report).aims]
