"""Keys that bring candidates together."""

from __future__ import annotations

from summarizer.models.draft import ActorKind
from summarizer.names import Mention, blocking_keys


def keys(name=None, wording=None, kind=ActorKind.PERSON, language=None):
    return blocking_keys(Mention(name, wording, kind, language=language))


def test_spellings_of_a_name_share_a_key():
    """Across letters and scripts."""
    assert keys("Khalifa Haftar") & keys(None, "حفتر", language="ar")
    assert keys("Yoren Malk") & keys("Joren Malk")
    assert keys("Vladimir Putin") & keys(None, "プーチン", language="ja")
    assert keys("MIT", kind=ActorKind.ORGANIZATION) & keys(
        "National Intelligence Organization (MIT)", kind=ActorKind.ORGANIZATION
    )


def test_names_that_share_nothing_share_no_key():
    """Most pairs need no comparison."""
    assert not keys("Khalifa Haftar") & keys("Mirela Sondun")
    assert not keys("Haftar") & keys("Haftar", kind="place")
