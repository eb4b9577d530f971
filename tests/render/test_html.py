"""HTML of briefs: well formed, escaped, direction told."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from summarizer.models import display
from summarizer.render.html import to_html

from .sample import OFFLINE, greek_brief, persian_brief, without_event


class _Elements(HTMLParser):
    """Tags opened and closed, and the text, as a browser's tokenizer sees them."""

    def __init__(self, html):
        super().__init__()
        self.open, self.seen, self.text = [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("brief", [persian_brief(), greek_brief(OFFLINE), without_event(greek_brief())])
def test_it_is_well_formed_as_html_and_as_xml(brief):
    elements = _Elements(to_html(brief))
    assert elements.open == []
    assert elements.text == "".join(ET.fromstring(to_html(brief)).itertext())


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "&lt;b&gt;",
        "\"' onclick='x'",
        "]]> <!-- x",
        "a & b",
    ],
)
def test_text_of_a_report_stays_text(hostile):
    brief = persian_brief()
    document = brief.document.model_copy(update={"language": hostile, "sha256": hostile, "id": hostile, "url": hostile})
    harmed = brief.model_copy(update={"headline": hostile, "document": document})
    before, after = _Elements(to_html(brief)), _Elements(to_html(harmed))
    assert after.open == []
    assert hostile in after.text
    assert {tag for tag, _ in after.seen} <= {tag for tag, _ in before.seen}
    assert {name for _, attrs in after.seen for name in attrs} <= {name for _, attrs in before.seen for name in attrs}


def test_wordings_tell_their_language_and_find_their_direction():
    bdi = ET.fromstring(to_html(persian_brief())).findall(".//bdi[@lang='fa']")
    assert "روز دوشنبه" in [element.text for element in bdi]
    assert {element.get("dir") for element in bdi} == {"auto"}


def test_right_to_left_words_in_a_reason_have_their_own_direction():
    marks = ET.fromstring(to_html(persian_brief())).findall(".//mark/bdi")
    assert [mark.text for mark in marks] == ["اتحادیه کارگران بندر"]


def test_every_link_to_a_note_finds_it_and_every_note_is_linked():
    root = ET.fromstring(to_html(persian_brief()))
    targets = [a.get("href").removeprefix("#") for a in root.findall(".//sup/a")]
    notes = {li.get("id"): li for li in root.findall(".//ol/li")}
    assert set(targets) == set(notes)
    assert all(name.endswith(f"-{li.get('value')}") for name, li in notes.items())


def test_notes_of_two_reports_on_one_page_have_different_anchors():
    ids = [
        {li.get("id") for li in ET.fromstring(to_html(b)).findall(".//ol/li")} for b in (persian_brief(), greek_brief())
    ]
    assert not ids[0] & ids[1]


def test_only_a_plain_address_is_a_link():
    brief = persian_brief()
    assert 'href="https://example.org/port/7"' in to_html(brief)
    for url in ("javascript:alert(1)", "https://e.org/\u202egro", "data:text/html,x", "https://بندر.example"):
        document = brief.document.model_copy(update={"url": url})
        assert "rel=" not in to_html(brief.model_copy(update={"document": document}))


def test_a_notebook_shows_a_brief_with_it(monkeypatch):
    monkeypatch.setattr(display, "_renderers", {})
    assert greek_brief()._repr_html_() is None
    display.register("html", to_html)
    assert greek_brief()._repr_html_() == to_html(greek_brief())
