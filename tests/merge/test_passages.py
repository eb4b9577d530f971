"""Passages shared by two reports, word for word or fact by fact."""

from __future__ import annotations

import pytest

from summarizer.merge.passages import Passage, passages_of

from .sketch import Sketch, alone

COPIED = (
    "Delegations of both coast guards sat down in Averna on Monday, the harbour office said in a short note.",
    "They agreed to patrol the northern strait together and to share what their radars see at night.",
)
OTHERWISE = (
    "In Averna the coast guards of the two neighbours talked for the first time since the quarrel.",
    "Joint patrols in the strait are to follow, and radar pictures will be exchanged.",
)


def _found(*sketches: Sketch) -> tuple[Passage, ...]:
    return passages_of(alone(*sketches))


def test_a_copied_passage_is_found_where_it_stands() -> None:
    """The first report has a headline before it, the second other sentences around it."""
    (passage,) = _found(
        Sketch("a", ("Coast guards meet", *COPIED)), Sketch("b", ("Rain fell.", "Fog too.", *COPIED, "Night came."))
    )
    assert passage.sides == {"a": {2, 3}, "b": {3, 4}}
    assert "a and b share a passage of 36 words" in passage.why


def test_a_sentence_that_only_begins_alike_is_outside() -> None:
    """The copy ends in the middle of nowhere, not in what each goes on to say."""
    ends = ("Nobody said whether", "Nobody said whether")
    more = ("the boats would be armed or who would pay.", "fishermen had been asked before the talks began.")
    sketches = [Sketch(n, (*COPIED, f"{end} {rest}")) for n, end, rest in zip("ab", ends, more, strict=True)]
    (passage,) = _found(*sketches)
    assert passage.sides == {"a": {1, 2}, "b": {1, 2}}


def test_small_edits_do_not_break_a_passage() -> None:
    """A word swapped in and a word left out."""
    edited = (COPIED[0].replace("short", "brief"), COPIED[1].replace("northern ", ""))
    (passage,) = _found(Sketch("a", COPIED), Sketch("b", edited))
    assert passage.sides == {"a": {1, 2}, "b": {1, 2}}


def test_the_same_told_in_other_words_is_no_passage() -> None:
    """Two writers of one meeting."""
    assert _found(Sketch("a", COPIED), Sketch("b", OTHERWISE)) == ()


def test_a_few_words_in_common_are_no_passage() -> None:
    """A name with a title is no copy."""
    name = "the Minister for Fisheries and Coastal Affairs of the Republic"
    assert _found(Sketch("a", (f"Yesterday {name} left.",)), Sketch("b", (f"We asked {name} why.",))) == ()


def test_unspaced_script_counts_half_a_character_a_word() -> None:
    """Twenty characters are not yet what twenty words are; forty are."""
    text = "双方海岸警卫队星期一在港口举行首次会谈同意共同巡逻北部海峡并且夜间交换雷达图像资料"
    assert len(text) >= 40
    assert _found(*(Sketch(name, (text[:24],), language="zh") for name in "ab")) == ()
    assert len(_found(*(Sketch(name, (text,), language="zh") for name in "ab"))) == 1


def test_the_same_figures_in_the_same_order_are_a_passage_across_languages() -> None:
    """Digits of two scripts; the figures come in one order with nothing else between."""
    english = ("The agency counts 260,000 dead.", "Some 45,000 are missing, and 7,200 went home.")
    arabic = ("وقالت الوكالة إن القتلى ٢٦٠٠٠٠.", "والمفقودون ٤٥٠٠٠، وعاد ٧٢٠٠ إلى بيوتهم.")
    (passage,) = _found(Sketch("a", english), Sketch("b", ("عنوان", *arabic), language="ar"))
    assert passage.sides == {"a": {1, 2}, "b": {2, 3}}
    assert "give the same 3 figures in the same order" in passage.why


@pytest.mark.parametrize(
    "german",
    [
        ("45.000 werden vermisst.", "Die Agentur zählt 260.000 Tote."),
        ("Die Agentur zählt 260.000 Tote, 811 Verletzte, 94 Brände.", "Vermisst werden 45.000, gesucht 520."),
        ("Es gibt 260.000 Tote.", "Ja.", "Nein.", "Doch.", "Gut.", "45.000 fehlen."),
        ("Die Agentur zählt 260.000 Tote.", "Mehr weiß niemand."),
    ],
)
def test_figures_in_another_order_or_among_others_are_no_passage(german: tuple[str, ...]) -> None:
    """Turned round, diluted, far apart, or just one."""
    english = ("The agency counts 260,000 dead.", "Some 45,000 are missing.")
    assert _found(Sketch("a", english), Sketch("b", german, language="de")) == ()


def test_years_days_and_small_counts_prove_nothing() -> None:
    """Everyone who writes of an event gives its date."""
    english = ("On 12 March 2011 at 3 pm it happened.", "On 13 March 2011 there were 20 of them.")
    german = ("Am 12. März 2011 um 3 Uhr geschah es.", "Am 13. März 2011 waren es 20.")
    assert _found(Sketch("a", english), Sketch("b", german, language="de")) == ()


def test_three_copies_are_one_passage() -> None:
    """What a shares with b and b with c is one source, not three."""
    (passage,) = _found(*(Sketch(name, COPIED) for name in "abc"))
    assert set(passage.sides) == set("abc")


def test_two_passages_of_a_report_stay_two() -> None:
    """A report may copy one paragraph here and another there."""
    more = tuple(line.replace("coast guards", "railways").replace("radars", "clerks") for line in OTHERWISE)
    long = (*COPIED, "Something else.", more[0] + " " + more[1])
    assert len(_found(Sketch("a", COPIED), Sketch("b", long), Sketch("c", (more[0] + " " + more[1],)))) == 2


def test_without_a_text_the_cited_sentences_are_compared() -> None:
    """A brief alone still shows a copy where it cites it."""
    sketches = (Sketch(name, COPIED, events=(((), (1, 2)),), with_text=False) for name in "ab")
    assert len(_found(*sketches)) == 1
    assert _found(*(Sketch(name, COPIED, with_text=False) for name in "ab")) == ()


def test_a_report_without_sentences_shares_nothing() -> None:
    """An empty text is no error."""
    assert _found(Sketch("a", ("",)), Sketch("b", COPIED)) == ()
