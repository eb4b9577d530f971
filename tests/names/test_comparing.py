"""Whether two mentions name the same one."""

from __future__ import annotations

import pytest

from summarizer.models.draft import ActorKind
from summarizer.names import Mention, Verdict, compare


def person(name=None, wording=None, language=None, **more):
    return Mention(name, wording, ActorKind.PERSON, language=language, **more)


def body(name=None, wording=None, language=None, **more):
    return Mention(name, wording, ActorKind.ORGANIZATION, language=language, **more)


def place(name=None, wording=None, language=None, **more):
    return Mention(name, wording, "place", language=language, **more)


def ship(name=None, wording=None, language=None, **more):
    return Mention(name, wording, ActorKind.ASSET, language=language, **more)


def verdict(one, other):
    return compare(one, other).verdict


@pytest.mark.parametrize(
    ("name", "wording", "language"),
    [
        ("Ibrahim Kalin", "Ιμπραχίμ Καλίν", "el"),
        ("Ibrahim Kalin", "İbrahim Kalın", "tr"),
        ("Ibrahim Kaleen", "Ибрагим Калын", "ru"),
        ("Guven Begec", "Γκιουβέν Μπεγκέτς", "el"),
        ("Khalifa Haftar", "خليفة حفتر", "ar"),
        ("Khalifa Hifter", "Халифа Хафтар", "ru"),
        ("Khalifa Hafter", "哈利法·哈夫塔尔", "zh"),
        ("Ebrahim Raisi", "ابراهیم رئیسی", "fa"),
        ("Benjamin Netanyahu", "בנימין נתניהו", "he"),
        ("Abdel Fattah el-Sisi", "عبد الفتاح السيسي", "ar"),
        ("Hikmet Hajiyev", "Hikmət Hacıyev", "az"),
        ("Volodymyr Zelensky", "Владимир Зеленский", "ru"),
        ("Mike Pompeo", "Μάικ Πομπέο", "el"),
        ("Xi Jinping", "习近平", "zh"),
        ("Vladimir Putin", "ウラジーミル・プーチン", "ja"),
        ("Lee Jae-myung", "이재명", "ko"),
        ("Park Geun-hye", "朴槿惠", "zh"),
        ("Ursula von der Leyen", "ウルズラ・フォンデアライエン", "ja"),
    ],
)
def test_an_english_name_is_heard_in_the_wording_of_another_script(name, wording, language):
    """One person in two scripts is one person."""
    found = compare(person(name), person(None, wording, language))
    assert found.verdict is Verdict.SAME, found.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Günter Schabowski", "Guenter Schabowski"),
        ("Mirela Hadran", "Mirela Hadrane"),
        ("Mirela Hadran", "Mirela Hadren"),
        ("Yoren Malk", "Joren Malk"),
        ("F. Dickel", "Friedrich Dickel"),
        ("Valery Gerasimov", "Valery Vasilyevich Gerasimov"),
        ("Humberto de la Calle", "Humberto de la Calle Lombana"),
        ("Abe Shinzo", "Shinzo Abe"),
        ("General Khalifa Haftar", "Field Marshal Khalifa Haftar"),
        ("Mohammed bin Salman", "Muhammad bin Salman Al Saud"),
        ("Bill Clinton", "William Clinton"),
    ],
)
def test_spellings_and_fuller_forms_of_a_name_are_one_person(one, other):
    """Transliterations, initials, patronymics, second surnames, order and titles do not make two persons."""
    found = compare(person(one), person(other))
    assert found.verdict is Verdict.SAME, found.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khalifa Haftar", "Saddam Haftar"),
        ("Khalifa Haftar", "Saddam Khalifa Haftar"),
        ("Khalifa Haftar", "Khaled Haftar"),
        ("G. Gerasimov", "Valery Gerasimov"),
        ("Hassan Karimi", "Hussein Karimi"),
        ("Jamal Rashid", "Jamil Rashid"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("Emine Erdogan", "Recep Tayyip Erdogan"),
        ("Ibrahim Kalin", "Ibrahim Rasool"),
        ("Donald Trump Jr.", "Donald Trump Sr."),
        ("Fumio Kishida", "Nobuo Kishi"),
    ],
)
def test_a_shared_surname_or_given_name_makes_no_person(one, other):
    """Relatives and namesakes stay apart, whatever their roles."""
    found = compare(person(one, role="general", country="LBY"), person(other, role="general", country="LBY"))
    assert found.verdict is Verdict.DIFFERENT, found.why


def test_an_equal_bare_wording_does_not_merge_two_full_english_names():
    """The engine knew more than the surname that the report spells."""
    assert verdict(person("Khalifa Haftar", "حفتر", "ar"), person("Saddam Haftar", "حفتر", "ar")) is Verdict.DIFFERENT
    assert verdict(person("Joe Biden", "拜登", "zh"), person("Hunter Biden", "拜登", "zh")) is Verdict.DIFFERENT


def test_consonants_do_not_overrule_english_names():
    """What Arabic leaves open, the English name tells."""
    one = person("Hassan Badri", "حسن بدري", "ar")
    assert verdict(one, person("Hussein Badri", "حسين بدري", "ar")) is Verdict.DIFFERENT


def test_a_bare_surname_stays_open_against_a_full_name():
    """The caller links it when only one candidate remains."""
    assert verdict(person("Haftar"), person("Khalifa Haftar")) is Verdict.OPEN
    assert verdict(person(None, "حفتر", "ar"), person("Khalifa Haftar")) is Verdict.OPEN
    assert verdict(person("Haftar", country="TUR"), person("Khalifa Haftar", country="LBY")) is Verdict.DIFFERENT


def test_bare_surnames_are_one_unless_something_conflicts():
    """Roles of two fields leave it open, two countries do not."""
    assert verdict(person("Kalin"), person(None, "Калын", "ru")) is Verdict.SAME
    assert verdict(person("Kim", role="singer"), person("Kim", role="general")) is Verdict.OPEN
    assert verdict(person("Kim", country="KOR"), person("Kim", country="PRK")) is Verdict.DIFFERENT
    assert verdict(person("Mr Clinton"), person("Mrs Clinton")) is Verdict.DIFFERENT


def test_a_rank_that_differs_makes_no_two_persons_but_a_country_does_for_a_similar_name():
    """A contradiction about a rank is what users look for."""
    one, other = person("Guven Begec", role="colonel"), person("Güven Begeç", role="brigadier general")
    assert verdict(one, other) is Verdict.SAME
    assert verdict(person("Mirela Hadran", country="SRB"), person("Mirela Hadrane", country="DZA")) is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (body("MIT"), body("National Intelligence Organization (MIT)")),
        (body("MIT"), body(None, "Milli İstihbarat Teşkilatı", "tr")),
        (body("UN"), body("United Nations")),
        (body("LNA"), body("Libyan National Army")),
        (body("IAEA"), body(None, "МАГАТЭ", "ru")),
        (body("ADN"), body("General German News Agency (ADN)")),
        (body("Turkish Ministry of Defence"), body("Defense Ministry", country="TUR")),
        (
            body("Ministry of National Defence", country="GRC"),
            body(None, "Υπουργείο Εθνικής Άμυνας", "el", country="GRC"),
        ),
        (body("Russian Central Bank"), body("Central Bank of Russia")),
        (ship("TCG Kınalıada"), ship("Kinaliada (F-514)")),
    ],
)
def test_acronyms_translations_and_hull_numbers_name_one_body(one, other):
    """Organisations are called in many ways."""
    found = compare(one, other)
    assert found.verdict is Verdict.SAME, found.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (body("Ministry of Defence", country="TUR"), body("Ministry of Defence", country="GRC")),
        (body("Turkish Defence Ministry"), body("Turkish Foreign Ministry")),
        (body("82nd Airborne Division"), body("101st Airborne Division")),
        (body("International Criminal Court"), body("International Court of Justice")),
        (ship("USS Victory"), ship("HMS Victory")),
        (ship("Kinaliada (F-514)"), ship("Kinaliada (F-511)")),
        (place("Route 60"), place("Route 90")),
        (place("Tripoli", country="LBY"), place("Tripoli", country="LBN")),
        (place("Izmir"), place("Izmit")),
        (place("Rajma"), place("Rama")),
        (Mention("Iran", None, ActorKind.STATE), Mention("Iraq", None, ActorKind.STATE)),
        (place("Niger"), Mention(None, "نيجيريا", ActorKind.STATE, language="ar")),
        (place("Slovakia"), place("Slovenia")),
        (person("Victoria"), place("Victoria")),
    ],
)
def test_numbers_countries_and_kinds_keep_names_apart(one, other):
    """Letters alone do not make one of two."""
    assert verdict(one, other) is Verdict.DIFFERENT


def test_a_group_that_every_country_has_stays_open_until_its_country_is_told():
    """A delegation is not the Turkish one because both are delegations."""
    one, other = (Mention(name, None, ActorKind.GROUP) for name in ("delegation", "Turkish delegation"))
    assert verdict(one, other) is Verdict.OPEN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (place("Kyiv"), place("Kiev")),
        (place("al-Rajma"), place("Ar Rajmah")),
        (place("al-Rajma"), place("Er-Racme")),
        (place("Cairo"), place(None, "القاهرة", "ar")),
        (place("Turkey"), place(None, "土耳其", "zh")),
        (Mention("Republic of Türkiye", None, ActorKind.STATE), place("Turkey")),
    ],
)
def test_places_are_known_by_ear_and_by_their_names_in_other_languages(one, other):
    """Spellings, exonyms and countries."""
    found = compare(one, other)
    assert found.verdict is Verdict.SAME, found.why


def test_a_port_is_not_its_city_but_open():
    """One name is a part of the other."""
    assert verdict(place("Benghazi"), place("Port of Benghazi")) is Verdict.OPEN


def test_the_reason_is_words():
    """Why is written for readers."""
    found = compare(person("Ibrahim Kalin"), person(None, "Ιμπραχίμ Καλίν", "el"))
    assert "'Ιμπραχίμ' and 'Ibrahim' are one name in two scripts" in found.why


def test_a_mention_without_any_name_is_nobody():
    """Nothing to compare, no error."""
    assert verdict(person(), person("Kalin")) is Verdict.DIFFERENT
    assert verdict(person(""), person(" ")) is Verdict.DIFFERENT
    assert verdict(body(), body("UN")) is Verdict.DIFFERENT
    assert verdict(place("()"), place("-")) is Verdict.DIFFERENT
