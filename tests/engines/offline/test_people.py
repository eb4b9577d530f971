"""Persons by titles, by repetition and by known names, and what is taken for none."""

from __future__ import annotations

import pytest

from .drafting import draft

NAMED = {
    "title before": ("en", "President Amos Reid met General Li Wood in Oslo.", ["Amos Reid", "Li Wood"]),
    "title after a comma": ("en", "Amos Reid, the mayor of Oslo, met protesters in Oslo.", ["Amos Reid"]),
    "title with its country between": ("de", "Der libysche General Omar Sabri traf in Oslo Reporter.", ["Omar Sabri"]),
    "particle in the name": ("nl", "Minister Jan van der Laan had overleg in Oslo.", ["Jan van der Laan"]),
    "portfolio before the name": ("el", "Στο Όσλο συναντήθηκε ο υπουργός Εμπορίου, Νίκος Ρήγας.", ["Νίκος Ρήγας"]),
    "Azerbaijani genitive": ("az", "General Elxan Məmmədovun Osloda görüşü olub.", ["Elxan Məmmədov"]),
    "apostrophe inside": ("uk", "В Осло відбулася зустріч: міністр Лук'ян Бойко.", ["Лук'ян Бойко"]),
    "Arabic with attributes between": ("ar", "التقى وزير الخارجية المصري حسام بدري الوفد في أوسلو.", ["حسام بدري"]),
    "Persian": ("fa", "ژنرال بهرام نیکزاد در اسلو دیدار کرد.", ["بهرام نیکزاد"]),
    "Hebrew": ("he", "שר החוץ דן לוי נפגש באוסלו עם עיתונאים.", ["דן לוי"]),
    "Hindi": ("hi", "विदेश मंत्री मोहन शर्मा ने ओस्लो में बैठक की।", ["मोहन शर्मा"]),
    "Chinese surname": ("zh", "外交部发言人李建国在北京举行会谈。", ["李建国"]),
    "Chinese with a dot": ("zh", "总统约翰·史密斯在北京举行会谈。", ["约翰·史密斯"]),
    "Japanese": ("ja", "山本太一首相は東京で会談した。", ["山本太一"]),
    "katakana": ("ja", "スミス大統領は東京で会談した。", ["スミス"]),
    "Korean": ("ko", "김민호 장관은 서울에서 회담했다.", ["김민호"]),
}

NOT_NAMED = {
    "what a commander commands": ("en", "The commander of the Land Forces met reporters in Oslo."),
    "a ministry": ("en", "The Ministry of Foreign Affairs held talks in Oslo."),
    "a sentence's first word": ("en", "Talks Tuesday were held in Oslo. Talks went on."),
    "German nouns": ("de", "Die Neue Brücke in Oslo wurde nach dem Treffen gesperrt. Der Besuch war kurz."),
    "a headline in capitals": ("en", "Talks Open In Oslo As Snow Falls\nTalks were held in Oslo."),
}


def persons(language: str, text: str) -> list[str]:
    return [actor.name_in_source for actor in draft(text, language).actors if actor.kind == "person"]


@pytest.mark.parametrize(("language", "text", "names"), NAMED.values(), ids=NAMED)
def test_a_person_is_named_as_the_report_spells_it(language: str, text: str, names: list[str]) -> None:
    assert persons(language, text) == names


@pytest.mark.parametrize(("language", "text"), NOT_NAMED.values(), ids=NOT_NAMED)
def test_what_is_no_person_is_not_taken_for_one(language: str, text: str) -> None:
    assert persons(language, text) == []


def test_a_surname_alone_belongs_to_the_only_one_who_has_it() -> None:
    text = "General Omar Sabri held talks in Oslo. Sabri left at noon."

    assert persons("en", text) == ["Omar Sabri"]


def test_two_of_one_surname_stay_two() -> None:
    text = "General Omar Sabri held talks in Oslo with Colonel Adel Sabri. Sabri left at noon."

    assert persons("en", text) == ["Omar Sabri", "Adel Sabri"]


def test_two_scripts_of_one_name_are_one_person() -> None:
    text = "Ο πρέσβης Guven Begec είχε συνομιλία στο Όσλο. Ο πρέσβης Γκιουβέν Μπεγκέτς έφυγε."

    assert persons("el", text) == ["Guven Begec"]


def test_a_name_has_no_more_words_in_english_than_in_the_report() -> None:
    actors = draft("ژنرال بهرام التمیمی در اسلو دیدار کرد. التمیمی رفت.", "fa").actors

    assert [actor.name for actor in actors] == ["Bhrm al-Tmymy"]


def test_role_and_country_stand_beside_the_name() -> None:
    actor = draft("De Turkse ambassadeur in Noorwegen, Ali Demir, had overleg in Oslo.", "nl").actors[0]

    assert (actor.name, actor.role, actor.country) == ("Ali Demir", "ambassador", "TUR")
