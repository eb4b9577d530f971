"""Organizations, their countries, and named ships."""

from __future__ import annotations

import pytest

from summarizer.models.draft import ActorKind

from .drafting import draft

NAMED = {
    "ministry with its country": (
        "el", "Το υπουργείο Άμυνας της Τουρκίας ανακοίνωσε συνάντηση στο Όσλο.",
        ("Ministry of Defence of Türkiye", "υπουργείο Άμυνας της Τουρκίας"),
    ),
    "words between": (
        "nl", "Het Turkse Ministerie van Nationale Defensie had overleg in Oslo.",
        ("Ministry of Defence of Türkiye", "Turkse Ministerie van Nationale Defensie"),
    ),
    "country first": (
        "az", "Türkiyə Milli Müdafiə Nazirliyi Osloda görüş keçirib.",
        ("Ministry of Defence of Türkiye", "Türkiyə Milli Müdafiə Nazirliyi"),
    ),
    "adjective after": (
        "ar", "عقدت وزارة الخارجية التركية اجتماعا في أوسلو.",
        ("Ministry of Foreign Affairs of Türkiye", "وزارة الخارجية التركية"),
    ),
    "acronym": ("ru", "ООН провела переговоры в Осло.", ("United Nations", "ООН")),
    "unspaced": ("zh", "联合国在北京举行会谈。", ("United Nations", "联合国")),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "names"), NAMED.values(), ids=NAMED)
def test_an_organization_has_an_english_name_and_its_own_wording(
    language: str, text: str, names: tuple[str, str]
) -> None:
    bodies = [a for a in draft(text, language).actors if a.kind == ActorKind.ORGANIZATION]

    assert [(body.name, body.name_in_source) for body in bodies] == [names]


def test_a_named_ship_is_an_asset_without_its_case_ending() -> None:
    ships = [a for a in draft("TCG Kınalıada’nın ziyareti Oslo'da sürüyor.", "tr").actors if a.kind == ActorKind.ASSET]

    assert [(ship.name, ship.name_in_source) for ship in ships] == [("TCG Kinaliada", "TCG Kınalıada")]


def test_an_army_that_nobody_owns_is_left_out() -> None:
    assert draft("They held talks in Oslo on an army.", "en").actors == ()


def test_a_ministry_named_again_is_the_one_named_before() -> None:
    text = "The Turkish Ministry of Defence held talks in Oslo. The ministry said the talks went well."
    bodies = [a for a in draft(text, "en").actors if a.kind == ActorKind.ORGANIZATION]

    assert [(body.name, body.evidence) for body in bodies] == [("Ministry of Defence of Türkiye", (1, 2))]
