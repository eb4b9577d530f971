"""The word lists fit together, and phrases match what they say."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from summarizer.engines.offline.lexicon import Matcher, concepts, lexicon
from summarizer.models.countries import ALPHA2_OF
from summarizer.models.plover import MODES_OF, EventType, Mode, Sector

from .drafting import passages

LANGUAGES = sorted(
    entry.name.removesuffix(".toml") for entry in files("summarizer.engines.offline").joinpath("languages").iterdir()
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_a_language_file_is_a_concept(language: str) -> None:
    text = files("summarizer.engines.offline").joinpath("languages", f"{language}.toml").read_text("utf-8")
    data = tomllib.loads(text)

    assert set(data) == {"titles", "organizations", "events", "words"}
    assert set(data["titles"]) <= set(concepts()["titles"])
    assert set(data["organizations"]) <= set(concepts()["organizations"])
    for key in data["events"]:
        kind, _, mode = key.partition("/")
        assert not mode or Mode(mode) in MODES_OF[EventType(kind)], key
    assert {key.partition("/")[0] for key in data["events"]} >= set(EventType)


def test_concepts_use_the_codes_of_their_standards() -> None:
    sectors = [c["sector"] for part in ("titles", "organizations") for c in concepts()[part].values() if "sector" in c]

    assert {*sectors} <= {*Sector}
    assert {*concepts()["events"]} == {*EventType}
    assert {*concepts()["countries"], *concepts()["adjectives"]} <= {*ALPHA2_OF}


@pytest.mark.parametrize(
    ("phrase", "text", "matched"),
    [
        ("meet", "They had meetings.", "meetings"),
        ("=meet", "They had meetings.", None),
        ("=meet", "They meet here.", "meet"),
        ("*kutana", "Viongozi walikutana jana.", "walikutana"),
        ("ministry defence", "The ministry of defence spoke.", "ministry of defence"),
        ("ministry defence", "The ministry spoke on the defence.", None),
        ("chef de l'état", "Le chef de l'État parle.", "chef de l'État"),
        ("foreign minister, =minister", "The foreign minister spoke.", "foreign minister"),
    ],
)
def test_a_phrase_matches_as_its_signs_say(phrase: str, text: str, matched: str | None) -> None:
    passage = passages(text, "en")[0]
    hits = Matcher({"key": phrase}).find(passage)

    found = [text[passage.words[hit.first].start : passage.words[hit.last - 1].end] for hit in hits]
    assert found == ([matched] if matched else [])


@pytest.mark.parametrize(
    ("language", "phrase", "text"),
    [
        ("ar", "وزارة خارجية", "وبالوزارة الخارجية"),
        ("he", "=משרד חוץ", "במשרד החוץ"),
        ("zh", "外交部", "中国外交部表示"),
    ],
)
def test_prefixes_and_missing_spaces_do_not_hide_a_phrase(language: str, phrase: str, text: str) -> None:
    assert len(Matcher({"key": phrase}).find(passages(text, language)[0])) == 1


def test_a_language_without_file_borrows_a_relative_or_has_none() -> None:
    assert lexicon("no").code == "sv"
    assert lexicon("fi").code is None
