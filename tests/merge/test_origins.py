"""Independent origins: of made stories, of the example reports, and what must hold of any."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Brief, Summarizer
from summarizer.documents import load
from summarizer.merge.linked import Linked, Ref, Report, in_order
from summarizer.merge.origins import Origins, origins_of
from summarizer.models.document import Document
from summarizer.models.draft import OriginKind
from summarizer.sentences import split

from .sketch import Sketch, alone, report
from .test_passages import COPIED

ROOT = Path(__file__).parent.parent.parent
OFFICIAL = "official_statement"


def _reports(pattern: str, replies: str) -> list[Report]:
    paths = tuple(map(str, sorted(ROOT.glob(pattern))))
    documents = [document for document in load(paths) if isinstance(document, Document)]
    found = Summarizer(replies=ROOT / replies).briefs(documents)
    texts = {document.id: document.text for document in documents}
    return [
        Report(b, texts[b.document.id], split(texts[b.document.id], b.document.language))
        for b in found
        if isinstance(b, Brief)
    ]


def _named(found: Origins) -> dict[str, tuple[str, ...]]:
    return {origin.name: origin.documents for origin in found.origins}


MINISTRY = ("Turvian Ministry of Fisheries", OFFICIAL)
PRINTED = tuple(Sketch(name, ("The ministry said so.",), ((*MINISTRY, (1,)),), (((), (1,)),)) for name in "abcde")


def test_one_statement_printed_five_times_is_one_origin() -> None:
    """Five reports, five events, one ministry."""
    found = origins_of(alone(*PRINTED))
    assert found.fewest(Ref(name, "E1") for name in "abcde") == ("O1",)
    (origin,) = (each for each in found.origins if each.id == "O1")
    assert (origin.name, origin.kind, origin.documents) == (*MINISTRY, tuple("abcde"))
    assert origin.why[0] == "named by a as 'Turvian Ministry of Fisheries'"


def test_reports_that_name_nobody_are_two() -> None:
    """Each is taken for its own work, under the name of its outlet where that is known."""
    found = origins_of(
        alone(
            Sketch("a", ("They met.",), (), (((), (1,)),)),
            Sketch("b", ("Met.",), (), (((), (1,)),), outlet="The Strait"),
        )
    )
    assert set(_named(found)) == {"Own reporting of a", "Own reporting of The Strait"}
    assert all(origin.kind is None for origin in found.origins)
    assert len(found.fewest([Ref("a", "E1"), Ref("b", "E1")])) == 2


def test_two_reports_of_one_outlet_are_one() -> None:
    """An outlet does not confirm itself."""
    found = origins_of(
        alone(*(Sketch(name, (f"They met {name}.",), (), (((), (1,)),), outlet="The Strait") for name in "ab"))
    )
    assert len(found.fewest([Ref("a", "E1"), Ref("b", "E1")])) == 1


def test_a_copied_passage_without_a_name_has_an_unnamed_common_source() -> None:
    """Items in it rest on that, items outside on their report."""
    own = {"a": "We asked around and heard nothing.", "b": "Fishermen shrug.", "c": "Rain kept everyone indoors."}
    sketches = [Sketch(name, (*COPIED, end), (), (((), (1, 2)), ((), (3,)))) for name, end in own.items()]
    found = origins_of(alone(*sketches))
    common = found.fewest(Ref(name, "E1") for name in "abc")
    (origin,) = (each for each in found.origins if (each.id,) == common)
    assert (origin.name, origin.kind) == ("Unnamed common source of a, b and c", OriginKind.UNNAMED_SOURCE)
    assert "a and b share a passage of 36 words" in origin.why[0]
    assert len(found.fewest(Ref(name, "E2") for name in "abc")) == 3


def test_a_copied_passage_rests_on_the_origin_that_one_of_them_names() -> None:
    """The second report leaves out from whom it has it."""
    named = Sketch("a", COPIED, (("Harbour Office", OFFICIAL, (1,)),), ((("O1",), (1, 2)),))
    found = origins_of(alone(named, Sketch("b", COPIED, (), (((), (1, 2)),))))
    assert _named(found)["Harbour Office"] == ("a", "b")
    assert len(found.fewest([Ref("a", "E1"), Ref("b", "E1")])) == 1


def test_a_witness_in_a_copied_passage_does_not_stand_for_all_of_it() -> None:
    """One sentence of three is the witness's; what stands in the others is not."""
    lines = (*COPIED, "'It was cold,' said Mira Toldane.")
    sketches = [Sketch(n, lines, (("Mira Toldane", "eyewitness", (3,)),), (((), (1, 2)),)) for n in "ab"]
    found = origins_of(alone(*sketches))
    (common,) = found.fewest([Ref("a", "E1"), Ref("b", "E1")])
    assert next(each.name for each in found.origins if each.id == common) == "Unnamed common source of a and b"


def test_the_fewest_are_counted_report_by_report() -> None:
    """A report that has it from either of two needs only one of them."""
    both = Sketch(
        "a",
        ("x", "y"),
        (("Harbour Office", OFFICIAL, (1,)), ("Coast Guard", OFFICIAL, (2,))),
        ((("O1", "O2"), (1, 2)),),
    )
    one = Sketch("b", ("x",), (("Harbour Office", OFFICIAL, (1,)),), ((("O1",), (1,)),))
    other = Sketch("c", ("x",), (("Coast Guard", OFFICIAL, (1,)),), ((("O1",), (1,)),))
    found = origins_of(alone(both, one, other))
    assert len(found.behind[Ref("a", "E1")]) == 2
    assert len(found.fewest([Ref("a", "E1"), Ref("b", "E1")])) == 1
    assert len(found.fewest([Ref("a", "E1"), Ref("b", "E1"), Ref("c", "E1")])) == 2
    assert found.fewest([]) == ()


NAMES = st.sampled_from(
    ["Turvian Ministry of Fisheries", "Ministry of Fisheries", "Coast Guard", "Mira Toldane", "CPA"]
)
KINDS = st.sampled_from([OFFICIAL, "news_agency", "unnamed_source", "interview", "social_media"])
LINES = st.sampled_from([*COPIED, "They met.", "CPA says so.", "By Ruth Kalomas, CPA"])


@st.composite
def _sketches(draw: st.DrawFn) -> tuple[Sketch, ...]:
    found = []
    for name in "abcd"[: draw(st.integers(1, 4))]:
        lines = tuple(draw(st.lists(LINES, min_size=1, max_size=4)))
        numbers = st.lists(st.integers(1, len(lines)), min_size=1, max_size=2, unique=True).map(tuple)
        origins = tuple((draw(NAMES), draw(KINDS), draw(numbers)) for _ in range(draw(st.integers(0, 3))))
        stated = (
            st.lists(st.sampled_from([f"O{n}" for n in range(1, len(origins) + 1)]), max_size=2)
            if origins
            else st.just([])
        )
        events = tuple((tuple(draw(stated)), draw(numbers)) for _ in range(draw(st.integers(0, 3))))
        found.append(Sketch(name, lines, origins, events))
    return tuple(found)


@settings(max_examples=60, deadline=None)
@given(_sketches())
def test_every_item_has_an_origin_that_knows_its_report(sketches: tuple[Sketch, ...]) -> None:
    """`behind` is complete, never empty, and agrees with the list of origins."""
    linked = alone(*sketches)
    found = origins_of(linked)
    documents = {origin.id: origin.documents for origin in found.origins}
    assert list(documents) == [f"O{n}" for n in range(1, len(documents) + 1)]
    assert set(found.behind) == {Ref(r.id, item) for r in linked.reports for item in r.items}
    for ref, ids in found.behind.items():
        assert ids
        assert all(ref.document in documents[each] for each in ids)
    assert all(origin.documents and origin.why for origin in found.origins)
    counts = [len(origin.documents) for origin in found.origins]
    assert counts == sorted(counts, reverse=True)


@settings(max_examples=40, deadline=None)
@given(_sketches(), st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(sketches: tuple[Sketch, ...], chance: object) -> None:
    """Shuffled reports give the same origins."""
    shuffled = list(sketches)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert origins_of(alone(*shuffled)) == origins_of(alone(*sketches))


@settings(max_examples=40, deadline=None)
@given(_sketches())
def test_another_report_removes_no_origin_of_those_there(sketches: tuple[Sketch, ...]) -> None:
    """What a report names stays among its origins, under whatever name the dossier gives it."""
    found = origins_of(alone(*sketches))
    for sketch in sketches:
        names = {f"'{name}'" for name, _, _ in sketch.origins}
        told = {why for o in found.origins if sketch.id in o.documents for why in o.why}
        assert all(any(why.startswith(f"named by {sketch.id} as") and name in why for why in told) for name in names)


@pytest.fixture(scope="module")
def meeting() -> Origins:
    """The origins of the four example reports of one story."""
    return origins_of(_alone(_reports("seeds/*.txt", "seeds/replies.jsonl")))


def _alone(reports: list[Report]) -> Linked:
    return Linked(in_order(reports))


def test_the_meeting_of_the_delegations_has_four_reports_and_one_origin(meeting: Origins) -> None:
    """All four have it from the ministry, under five names."""
    refs = [
        Ref("el_benghazi_delegation", "E1"), Ref("az_benghazi_visit", "E3"), Ref("el_two_meetings", "E3"),
        Ref("nl_turkije_libie", "E3"),
    ]  # fmt: skip
    (only,) = meeting.fewest(refs)
    origin = next(each for each in meeting.origins if each.id == only)
    assert (origin.name, origin.kind) == ("Turkish Ministry of National Defence", OriginKind.OFFICIAL_STATEMENT)
    assert len(origin.documents) == 4
    assert any("el_benghazi_delegation and el_two_meetings share a passage" in why for why in origin.why)


def test_the_talks_that_each_report_tells_in_its_own_way_are_not_the_ministrys(meeting: Origins) -> None:
    """The intelligence chief's talks have an origin a report."""
    refs = [Ref("az_benghazi_visit", "E1"), Ref("el_two_meetings", "E1"), Ref("nl_turkije_libie", "E1")]
    assert len(meeting.fewest(refs)) == 3


SHARED = {
    "camp_david_1978": {"ar", "fr"}, "wall_1989": {"pl", "ru"}, "tohoku_2011": {"ko", "zh"}, "grain_2022": {"ar", "tr"},
    "colombia_2016": {"en", "nl"}, "halcyon_star_invented": {"hi", "sw"},
}  # fmt: skip


@pytest.mark.parametrize("story", SHARED)
def test_two_reports_of_each_story_share_an_agency_and_no_others_do(story: str) -> None:
    """Known of the evaluation's stories: which two were written from one agency's report."""
    found = origins_of(_alone(_reports(f"evals/documents/*_{story}.txt", "evals/replies/replies.jsonl")))
    agencies = [o for o in found.origins if o.kind is OriginKind.NEWS_AGENCY and len(o.documents) > 1]
    assert [{document[:2] for document in origin.documents} for origin in agencies] == [SHARED[story]]


def test_a_story_of_small_briefs_takes_under_three_milliseconds() -> None:
    """The least of some runs, so that a busy machine does not fail it."""
    linked = [alone(*PRINTED) for _ in range(8)]
    times = []
    for each in linked:
        start = time.perf_counter()
        origins_of(each)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.003


def test_a_single_report_has_origins_too() -> None:
    """A story of one."""
    found = origins_of(Linked((report(PRINTED[0]),)))
    assert found.fewest([Ref("a", "E1")]) == ("O1",)
    assert found.fewest([Ref("a", "bottom_line")]) == ("O2",)
