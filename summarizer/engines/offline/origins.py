"""Where a report says it has its information from: agencies, platforms, statements of bodies, the press, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...models.draft import OriginKind
from .lexicon import Hit, Lexicon, named_matcher
from .organizations import Body
from .quotes import quoted
from .reading import Passage, Reading
from .transliteration import transliterated

_SPEAKING = frozenset(
    "ministry_defence ministry_foreign ministry_interior ministry_education ministry_health ministry_finance ministry "
    "government army navy coast_guard police prosecution court central_bank un".split()
)
"""Bodies whose statements reports are made of."""
_UNNAMED = {
    "sources": ("unnamed sources", OriginKind.UNNAMED_SOURCE),
    "witness": ("witnesses", OriginKind.EYEWITNESS),
    "interview": ("an interview", OriginKind.INTERVIEW),
}


@dataclass(frozen=True, slots=True)
class Source:
    """An origin with the sentences that name it."""

    name: str
    kind: OriginKind
    sentences: tuple[int, ...]


def find_origins(reading: Reading, lexicon: Lexicon, bodies: Sequence[Body]) -> list[Source]:
    """The origins of a report, in the order in which they are first named."""
    found: dict[str, Source] = {}
    for passage in reading.passages:
        for source in _in_passage(passage, lexicon, bodies):
            known = found.get(source.name)
            sentences = known.sentences if known else ()
            found[source.name] = Source(source.name, source.kind, (*sentences, passage.number))
    full = [s for s in found.values() if not any(o != s.name and o.startswith(s.name) for o in found)]
    return [Source(s.name, s.kind, tuple(dict.fromkeys(s.sentences))) for s in full]


def _in_passage(passage: Passage, lexicon: Lexicon, bodies: Sequence[Body]) -> Iterator[Source]:
    here = (passage.number,)
    for hit in named_matcher("agencies").find(passage):
        yield Source(hit.key, OriginKind.NEWS_AGENCY, here)
    for hit in named_matcher("platforms").find(passage):
        yield Source(hit.key, OriginKind.SOCIAL_MEDIA, here)
    hits = lexicon.cues.find(passage)
    keys = {hit.key for hit in hits}
    if keys & {"according", "statement"}:
        for body in bodies:
            if body.passage is passage and body.key in _SPEAKING:
                yield Source(body.name, OriginKind.OFFICIAL_STATEMENT, here)
    for key, (name, kind) in _UNNAMED.items():
        if key in keys:
            yield Source(name, kind, here)
    for hit in hits:
        paper = _paper(passage, hit) if hit.key == "press" else None
        if paper:
            yield Source(transliterated(paper), OriginKind.MEDIA, here)


def _paper(passage: Passage, hit: Hit) -> str | None:
    """The name in quotation marks that follows a word for newspaper or channel."""
    if hit.last >= len(passage.words):
        return None
    rest = passage.text[passage.words[hit.last - 1].end - passage.start :]
    name = next(iter(quoted(rest)), None)
    return name if name and rest.find(name) <= 3 else None
