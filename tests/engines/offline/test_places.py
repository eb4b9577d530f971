"""Countries and cities in any spelling and case, and words that only look like them."""

from __future__ import annotations

import pytest

from summarizer.engines.offline.lexicon import lexicon
from summarizer.engines.offline.places import find_places

from .drafting import reading

NAMED = {
    "Greek genitive": ("el", "Έφυγε από το λιμάνι της Βεγγάζης στη Λιβύη.", {"Benghazi": "LBY", "Libya": "LBY"}),
    "Azerbaijani locative": ("az", "Nazir Benqazidə və Liviyada olub.", {"Benghazi": "LBY", "Libya": "LBY"}),
    "Turkish with apostrophe": ("tr", "Bakan Libya'nın Bingazi kentindeydi.", {"Libya": "LBY", "Benghazi": "LBY"}),
    "Russian prepositional": ("ru", "Встреча прошла в Москве, а не в Ливии.", {"Moscow": "RUS", "Libya": "LBY"}),
    "Polish locative": ("pl", "Spotkanie odbyło się w Turcji.", {"Türkiye": "TUR"}),
    "Arabic with prefix": ("ar", "وصل الوفد إلى بنغازي وزار ليبيا.", {"Benghazi": "LBY", "Libya": "LBY"}),
    "Persian": ("fa", "هیات در بنغازی بود و به ترکیه رفت.", {"Benghazi": "LBY", "Türkiye": "TUR"}),
    "Hebrew with prefix": ("he", "הפגישה נערכה בחיפה ולא בטורקיה.", {"Haifa": "ISR", "Türkiye": "TUR"}),
    "Hindi": ("hi", "बैठक काठमांडू में हुई, भारत में नहीं।", {"Kathmandu": "NPL", "India": "IND"}),
    "Chinese": ("zh", "会谈在北京举行，土耳其没有参加。", {"Beijing": "CHN", "Türkiye": "TUR"}),
    "Japanese": ("ja", "会談は大阪で開かれ、トルコも参加した。", {"Osaka": "JPN", "Türkiye": "TUR"}),
    "Korean with particle": ("ko", "회담은 서울에서 열렸고 튀르키예도 참석했다.", {"Seoul": "KOR", "Türkiye": "TUR"}),
    "name of two words": ("es", "Viajó de Buenos Aires a Nueva York.", {"Buenos Aires": "ARG", "New York City": "USA"}),
    "abbreviation": ("en", "The US and the UK agreed.", {"United States": "USA", "United Kingdom": "GBR"}),
}

NOT_NAMED = {
    "of": ("en", "The head of the Van fleet and Mary spoke of nice weather."),
    "us": ("en", "They told us nothing."),
    "a surname with an ending": ("nl", "De directeur Kalin sprak met Haftar."),
    "Persian for financial": ("fa", "بحران مالی ادامه دارد."),
    "Korean for means": ("ko", "다른 수단이 없다."),
    "a common word with a capital": ("de", "Die Essen waren kalt, das essen wir nicht."),
    "an adjective in the name of a federation": ("nl", "Zij willen het leger verenigen."),
}


def found(language: str, text: str) -> dict[str, str]:
    return {m.name: m.country for m in find_places(reading(text, language), lexicon(language)) if m.kind != "adjective"}


@pytest.mark.parametrize(("language", "text", "places"), NAMED.values(), ids=NAMED)
def test_a_place_is_found_in_its_spelling_and_case(language: str, text: str, places: dict[str, str]) -> None:
    assert found(language, text) == places


@pytest.mark.parametrize(("language", "text"), NOT_NAMED.values(), ids=NOT_NAMED)
def test_a_word_that_looks_like_a_place_is_none(language: str, text: str) -> None:
    assert found(language, text) == {}


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("nl", "het Turkse leger", "TUR"),
        ("de", "die libysche Armee", "LBY"),
        ("ru", "ливийская армия", "LBY"),
        ("el", "η τουρκική φρεγάτα", "TUR"),
        ("az", "türk donanması", "TUR"),
        ("en", "American ships", "USA"),
    ],
)
def test_an_adjective_of_a_country_is_known_as_one(language: str, text: str, code: str) -> None:
    assert [(m.country, m.kind) for m in find_places(reading(text, language), lexicon(language))] == [
        (code, "adjective")
    ]


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("en", "They met in Nairobi and praised Kenya.", ["Nairobi"]),
        ("tr", "Ankara'da buluştular, İstanbul sustu.", ["Ankara"]),
        ("az", "Bakıda görüşüblər, Gəncə yox.", ["Baku"]),
        ("ko", "서울에서 만났고 부산광역시는 아니다.", ["Seoul"]),
        ("hi", "दिल्ली में बैठक हुई और मुंबई चुप रही।", ["Delhi"]),
    ],
)
def test_a_place_where_something_is_said_to_be_is_told_from_one_only_named(
    language: str, text: str, places: list[str]
) -> None:
    mentions = find_places(reading(text, language), lexicon(language))

    assert [m.name for m in mentions if m.is_locative] == places
    assert len(mentions) > 1


def test_of_two_cities_of_one_name_the_one_in_a_named_country_is_meant() -> None:
    assert found("es", "La marcha salió de Valencia, en Venezuela.")["Valencia"] == "VEN"
    assert found("es", "La marcha salió de Valencia.")["Valencia"] == "ESP"
