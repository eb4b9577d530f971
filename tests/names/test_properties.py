"""What holds for any mention."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.models.draft import ActorKind
from summarizer.names import Mention, Verdict, blocking_keys, compare, romanise

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFÇĞışəαβγμπντκОлегжبحدسאבג习近平安倍プーチン김이박 -'.·()1"
names = st.text(LETTERS, min_size=1, max_size=20)
kinds = st.sampled_from([*ActorKind, "place"])
mentions = st.builds(
    Mention,
    st.none() | names,
    st.none() | names,
    kinds,
    country=st.none() | st.sampled_from(["LBY", "TUR", "DDR"]),
    language=st.none() | st.sampled_from(["ar", "tr", "az", "el", "ru", "he", "zh", "ja", "ko", "xx"]),
)


@given(mentions, mentions)
def test_comparing_is_symmetric_and_bounded(one, other):
    """Whatever is compared."""
    found = compare(one, other)
    assert found == compare(other, one)
    assert 0 <= found.similarity <= 1
    assert found.why


@given(st.text(max_size=30), kinds)
def test_no_text_breaks_a_comparison(text, kind):
    """Reports and engines write anything."""
    compare(Mention(text, text[::-1], kind), Mention(None, text, kind))
    blocking_keys(Mention(text, None, kind))


@given(
    st.sampled_from("Khalifa Haftar|Ιμπραχίμ Καλίν|خليفة حفتر|习近平|プーチン|김정은|Əliyev|בנימין נתניהו".split("|")),
    kinds,
)
def test_a_mention_is_the_same_as_itself(name, kind):
    """In every script and kind."""
    one = Mention(None, name, kind)
    assert compare(one, one).verdict is Verdict.SAME
    assert blocking_keys(one)


@given(names)
def test_romanised_names_are_latin_letters(text):
    """Folded ones."""
    found = romanise(text)
    assert found.isascii()
    assert found == found.lower()
