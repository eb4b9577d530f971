"""Where a report says it has its information from."""

from __future__ import annotations

import pytest

from .drafting import draft

ORIGINS = {
    "agency": ("en", "Ministers met in Oslo, Reuters reported.", [("Reuters", "news_agency")]),
    "agency in another script": ("ru", "Министры встретились в Осло, сообщает ТАСС.", [("TASS", "news_agency")]),
    "platform": ("fa", "وزیران در اسلو دیدار کردند، او در فیسبوک نوشت.", [("Facebook", "social_media")]),
    "statement of a ministry": (
        "en", "Ministers met in Oslo, the Turkish Ministry of Defence said in a statement.",
        [("Ministry of Defence of Türkiye", "official_statement")],
    ),
    "newspaper": ("fa", "به نوشته روزنامه «لیبیا» وزیران در اسلو دیدار کردند.", [("Lyby", "media")]),
    "unnamed": ("de", "Minister trafen sich in Oslo, hieß es aus Quellen.", [("unnamed sources", "unnamed_source")]),
    "none": ("en", "Ministers met in Oslo.", []),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "origins"), ORIGINS.values(), ids=ORIGINS)
def test_an_origin_is_named_with_its_kind(language: str, text: str, origins: list[tuple[str, str]]) -> None:
    assert [(origin.name, origin.kind) for origin in draft(text, language).origins] == origins
