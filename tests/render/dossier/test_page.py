"""The page as text: well-formed, escaped, self-contained, every anchor resolved."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.models.dossier import Dossier
from summarizer.render.dossier import to_page

from ..test_render import TEXTS as ANY_TEXT
from ..test_render import commands_in
from .hostile import STRINGS, hostile, renamed
from .sample import LANGUAGES, TEXTS, nothing, sample

PAGES = {"sample": sample(), "hostile": hostile(), "nothing": nothing(), "ids": renamed("<i> ' #%20")}
WHOLE = re.compile(r"(<script>)(.*?)(</script>)", re.DOTALL)
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "h4", "p", "details", "summary", "em", "nav", "ol", "ul", "li", "a",
    "span", "main", "article", "div", "section", "strong", "bdi", "mark", "dl", "dt", "dd", "figure", "figcaption", "blockquote", "table", "thead",
    "tbody", "tr", "td", "th", "b", "small", "button", "script", "svg", "line", "text", "g", "circle", "rect", "path",
}  # fmt: skip


def parsed(html):
    """The page as a tree; its own script, which may hold `<` and `&`, is taken out."""
    return ET.fromstring(WHOLE.sub(r"\1\3", html, count=1).removeprefix("<!DOCTYPE html>"))


@pytest.fixture(params=PAGES, ids=str)
def html(request):
    return to_page(PAGES[request.param]).strip()


def test_it_is_well_formed_and_holds_no_element_but_its_own(html):
    assert {element.tag for element in parsed(html).iter()} <= TAGS
    assert html.count("<script") == 1


def test_no_attribute_runs_anything_and_nothing_is_loaded(html):
    for element in parsed(html).iter():
        assert not [
            name for name in element.attrib if name.startswith("on") or name in ("src", "srcset", "style", "action")
        ]
    assert "url(" not in html.partition("<style>")[2].partition("</style>")[0]
    assert "@import" not in html.partition("<style>")[2].partition("</style>")[0]


def test_links_lead_into_the_page_or_to_safe_addresses(html):
    for link in parsed(html).iter("a"):
        assert re.match("#|https?://", link.get("href"))


def test_ids_are_unique_and_all_references_resolve(html):
    tree = parsed(html)
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert max(ids.values(), default=1) == 1
    for element in tree.iter():
        wanted = [element.get("aria-labelledby"), *(element.get("data-passages") or "").split()]
        wanted += [href[1:]] if (href := element.get("href") or "").startswith("#") else []
        assert {key for key in wanted if key} <= ids.keys()


def test_the_policy_names_the_hashes_of_the_pages_own_style_and_script(html):
    policy = parsed(html).find("head/meta[@http-equiv]").get("content")
    assert policy.startswith("default-src 'none';")
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        own = html.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        assert f"{directive} 'sha256-{base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()}'" in policy


def test_it_holds_no_commands_of_direction(html):
    assert not commands_in(html)


def test_headings_go_down_one_level_at_a_time(html):
    levels = [int(element.tag[1]) for element in parsed(html).iter() if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))


def test_every_sentence_of_a_report_has_its_language_and_direction():
    for element in parsed(to_page(sample()).strip()).iter():
        text = "".join(element.itertext())
        for document, sentences in TEXTS.items():
            if text in sentences:
                own = element.get("lang"), element.get("dir")
                assert own == (LANGUAGES[document], "rtl" if LANGUAGES[document] == "fa" else "ltr") or element.tag in (
                    "li",
                    "span",
                )


def test_all_right_to_left_text_stands_in_an_element_that_says_so():
    tree = parsed(to_page(sample()).strip())
    parents = {child: parent for parent in tree.iter() for child in parent}
    count = 0
    for element in tree.iter():
        if element.text and re.search("[\u0600-\u06ff]", element.text):
            while element.get("dir") is None:
                element = parents[element]
            count += element.get("dir") == "rtl"
            assert element.get("dir") == "rtl" or element.get("lang") == "az"
    assert count > 20


def test_several_stories_have_an_index_and_one_has_none():
    assert '<nav class="index" aria-label="Stories">' in to_page(sample())
    alone = Dossier(schema_version="1.0", stories=sample().stories[:1], duplicates=(), failures=())
    assert "<nav" not in to_page(alone)
    assert "<title>Albanian minister meets the governor of Nilufar port</title>" in to_page(alone)


def test_pictures_have_text_alternatives():
    tree = parsed(to_page(sample()).strip())
    pictures = list(tree.iter("svg"))
    assert len(pictures) == 2
    assert all(picture.get("role") == "img" and picture.get("aria-label") for picture in pictures)
    cells = [" ".join("".join(cell.itertext()) for cell in row) for row in tree.iter("tr")]
    assert any(cell.startswith("Artan Kola Ministry of Transport 2 Artan Kola meets") for cell in cells)


def test_marks_are_words_and_not_signs_alone():
    tree = parsed(to_page(sample()).strip())
    cells = {"".join(cell.itertext()) for cell in tree.iter("td")}
    assert {"●has it", "–silent", "◐other version: corvette D3"} <= cells
    assert "≠ sources differ: D1, D2" in {"".join(span.itertext()) for span in tree.iter("span")}


def test_hostile_strings_are_shown_as_they_stand():
    text = "".join(parsed(to_page(hostile()).strip()).itertext())
    for shown in ("<script>alert(1)</script>", "⟨U+202E⟩gnp.exe⟨U+2066⟩", "␛[31mred␀", "{{ 7*7 }}", "x" * 300):
        assert shown in text


@settings(deadline=None, max_examples=20)
@given(st.lists(ANY_TEXT | st.sampled_from(STRINGS), min_size=1, max_size=6))
def test_it_is_well_formed_with_any_texts(texts):
    html = to_page(hostile(tuple(texts))).strip()
    assert not commands_in(html)
    assert {element.tag for element in parsed(html).iter()} <= TAGS


def test_the_same_dossier_gives_the_same_page():
    assert to_page(sample()) == to_page(sample())
