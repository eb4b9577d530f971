"""Which origins of several reports are one."""

from __future__ import annotations

import pytest

from summarizer.merge.identities import plain_name, same_origins
from summarizer.merge.linked import Linked

from .sketch import Sketch, alone

Named = tuple[str, str]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Ministry's post on a network", "Ministry"),
        ("Ministry of Fisheries social media account", "Ministry of Fisheries"),
        ("Turvian Ministry of Fisheries (social media account)", "Turvian Ministry of Fisheries"),
        ("Coast Guard press conference", "Coast Guard"),
        ("Spokesperson of the Harbour Police", "Harbour Police"),
        ("Toldane's office", "Toldane"),
        ("Office of the President", "Office of the President"),
        ("Statement", "Statement"),
        ("Central Post Bank", "Central Post Bank"),
    ],
)
def test_the_institution_behind_the_channel_counts(name: str, plain: str) -> None:
    """A post, an account and a press conference are whose they are."""
    assert plain_name(name) == plain


def _pairs(linked: Linked) -> set[frozenset[tuple[str, str]]]:
    return {frozenset((tuple(same.one), tuple(same.other))) for same in same_origins(linked)}


def _story(*reports: tuple[Named, ...], languages: str = "enfrdeitnl") -> Linked:
    return alone(
        *(
            Sketch(
                "abcde"[n], ("They met.",), tuple((name, kind, (1,)) for name, kind in origins),
                language=languages[2 * n : 2 * n + 2],
            )
            for n, origins in enumerate(reports)
        )
    )  # fmt: skip


def _one(*reports: tuple[Named, ...], languages: str = "enfrdeitnl") -> bool:
    """Whether the first origins of all reports are one, by pairs."""
    pairs = _pairs(_story(*reports, languages=languages))
    reached = {"a"}
    for _ in reports:
        reached |= {d for pair in pairs for d, o in pair if o == "O1" and any(x in reached for x, _ in pair)}
    return len(reached) == len(reports)


OFFICIAL = "official_statement"


def test_one_ministry_under_five_names_is_one() -> None:
    """By country, by capital, by channel."""
    assert _one(
        (("Turkish Ministry of National Defence", OFFICIAL),),
        (("Ministry of Defence in Ankara", OFFICIAL),),
        (("Turkish Ministry of Defence (social media account)", "social_media"),),
        (("Ministry of National Defence, Ankara", OFFICIAL),),
    )


def test_a_bare_ministry_is_the_only_one_of_its_report() -> None:
    """The post is the ministry's that the report named before; with two, nobody knows whose."""
    one = (("Turkish Ministry of Defence", OFFICIAL), ("Ministry's post on a network", "social_media"))
    two = (*one, ("Greek Foreign Ministry", OFFICIAL))
    assert len(_pairs(_story(one))) == 1
    assert _pairs(_story(two)) == set()


def test_ministries_of_two_countries_stay_two() -> None:
    """And a bare one beside both is joined to neither."""
    assert not _one((("Turkish Ministry of Defence", OFFICIAL),), (("Greek Ministry of Defence", OFFICIAL),))
    both = (("Turkish Ministry of Defence", OFFICIAL), ("Greek Ministry of Defence", OFFICIAL))
    assert _pairs(_story(both, (("Ministry of Defence", OFFICIAL),))) == set()


def test_the_bare_ministries_of_reports_in_two_languages_stay_two() -> None:
    """Each press says "the Foreign Ministry" of its own."""
    bare = (("Foreign Ministry", OFFICIAL),)
    assert not _one(bare, bare)
    assert _one(bare, bare, languages="enen")


def test_an_agency_is_one_with_and_without_its_acronym() -> None:
    """A spelled-out name, a description, an acronym."""
    agency = "news_agency"
    assert _one((("Coastal Press Agency (CPA)", agency),), (("CPA", agency),), (("CPA, a northern agency", agency),))
    assert not _one((("Coastal Press Agency", agency),), (("Inland Press Agency", agency),))


def test_an_agency_is_no_ministry_of_its_name() -> None:
    """What passes news on is another than what gives it out."""
    assert not _one((("Coast Agency", "news_agency"),), (("Coast Agency", OFFICIAL),))


def test_unnamed_sources_stay_apart_whatever_they_are_called() -> None:
    """Every capital has a senior official."""
    unnamed = (("Senior official", "unnamed_source"),)
    assert not _one(unnamed, unnamed)
    assert not _one(unnamed, unnamed, languages="enen")


def test_a_person_interviewed_twice_is_one_origin() -> None:
    """A full name is the same everywhere; a surname that fits it is not enough."""
    full = (("Mira Toldane, fishmonger", "interview"),)
    assert _one(full, (("Mira Toldane", "eyewitness"),))
    assert not _one(full, (("Toldane", "interview"),))


def _spoken(kind: str, country: str | None = "TUR") -> Linked:
    ministry = Sketch("a", ("They met.",), (("Turkish Ministry of Defence", OFFICIAL, (1,)),))
    people = (("Kemal Aydar", "spokesman", "Ministry of Defence", country, (1,)),)
    return alone(ministry, Sketch("b", ("They met.",), (("Kemal Aydar", kind, (1,)),), people=people, language="fr"))


def test_who_speaks_for_a_body_is_that_body() -> None:
    """Officially, and of the same country; an interview is the person's own word."""
    assert len(_pairs(_spoken(OFFICIAL))) == 1
    assert _pairs(_spoken("interview")) == set()
    assert _pairs(_spoken(OFFICIAL, "GRC")) == _pairs(_spoken(OFFICIAL, None)) == set()


def test_documents_are_one_by_their_whole_name() -> None:
    """A letter to one is not the letter to another."""
    document = "document"
    assert _one((("Text of the Averna Accord", document),), (("Text of the Averna accord", document),))
    assert not _one((("Toldane's letter to Vennik", document),), (("Toldane's letter to Kalomas", document),))


def test_an_outlet_that_another_report_names_is_that_agency() -> None:
    """The agency's own report, and one that has it from there."""
    linked = alone(
        Sketch("a", ("They met.",), outlet="Coastal Press Agency"),
        Sketch("b", ("They met.",), (("Coastal Press Agency", "news_agency", (1,)),), language="fr"),
    )
    assert _pairs(linked) == {frozenset((("a", ""), ("b", "O1")))}
