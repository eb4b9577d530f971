"""Country codes, and what is written instead of them."""

from __future__ import annotations

import pytest

from summarizer.models.countries import ALPHA2_OF, ALPHA3_OF, alpha3, country_name

NAMES = {
    "TUR": ["TUR", "tur", "TR", "tr", "Turkey", "Türkiye", "TÜRKİYE", "Turkiye", "Republic of Türkiye", " Turkey "],
    "XKX": ["XKX", "XK", "Kosovo", "kosovo", "XKS"],
    "USA": ["USA", "US", "U.S.", "U.S.A.", "United States", "the United States", "United States of America"],
    "GBR": [
        "GB",
        "UK",
        "U.K.",
        "United Kingdom",
        "Great Britain",
        "Britain",
        "England",
        "Scotland",
        "Northern Ireland",
    ],
    "RUS": ["Russia", "Russian Federation"],
    "CHN": ["China", "People’s Republic of China", "People's Republic of China"],
    "TWN": ["Taiwan"],
    "KOR": ["South Korea", "Republic of Korea"],
    "PRK": ["North Korea"],
    "COD": ["DRC", "DR Congo", "Democratic Republic of the Congo", "Congo - Kinshasa"],
    "COG": ["Republic of the Congo", "Congo-Brazzaville"],
    "CIV": ["Ivory Coast", "Côte d’Ivoire", "Cote d'Ivoire"],
    "BIH": ["Bosnia and Herzegovina", "Bosnia & Herzegovina"],
    "STP": ["São Tomé and Príncipe", "Sao Tome & Principe"],
    "LCA": ["Saint Lucia", "St. Lucia", "St Lucia"],
    "MMR": ["Myanmar", "Burma"],
    "HKG": ["Hong Kong"],
    "GNB": ["Guinea-Bissau", "Guinea Bissau"],
    "CZE": ["Czechia", "Czech Republic"],
    "NLD": ["Netherlands", "the Netherlands", "Holland"],
    "GMB": ["Gambia", "The Gambia"],
    "PSE": ["Palestine", "State of Palestine", "Palestinian Territories"],
    "TLS": ["Timor-Leste", "East Timor"],
    "VAT": ["Vatican", "Holy See"],
    "SYR": ["Syria", "Syrian Arab Republic"],
    "LBY": ["Libya", "LY"],
    "GRC": ["Greece", "GR"],
}


@pytest.mark.parametrize(("code", "said"), [(code, name) for code, names in NAMES.items() for name in names])
def test_codes_and_english_names_mean_a_country(code: str, said: str) -> None:
    assert alpha3(said) == code


@pytest.mark.parametrize(
    "said", ["", " ", "Korea", "Congo", "Atlantis", "EU", "Europe", "XYZ", "ZZ", "T", "Ankara", "."]
)
def test_what_means_no_country_or_several_is_not_converted(said: str) -> None:
    assert alpha3(said) is None


@pytest.mark.parametrize("code", ALPHA2_OF)
def test_the_english_name_of_every_country_leads_back_to_it(code: str) -> None:
    assert country_name(code) != code
    assert alpha3(country_name(code)) == code
    assert alpha3(ALPHA2_OF[code]) == code


def test_there_are_249_countries_and_kosovo() -> None:
    assert len(ALPHA3_OF) == len(ALPHA2_OF) == 250


@pytest.mark.parametrize(("code", "name"), [("TUR", "Türkiye"), ("XKX", "Kosovo"), ("LBY", "Libya"), ("QQQ", "QQQ")])
def test_a_country_has_an_english_name_and_anything_else_its_code(code: str, name: str) -> None:
    assert country_name(code) == name
