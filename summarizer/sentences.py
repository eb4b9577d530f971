"""Sentences of a text, numbered, so that an engine can give its evidence by number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .models.document import Sentence

_NEAR_END = 0.05
"""Share of a run that may be missing when the end of a paragraph ends it."""
_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
# All of Unicode's white space, then what takes no room: marks of direction, zero-width spaces and joiners, the BOM.
_BLANK = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002"
    "\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    "\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)


def split(text: str, language: str) -> tuple[Sentence, ...]:
    """Sentences of `text`, numbered from 1; offsets are code points into it, white space around them excluded.

    A line break always ends a sentence; within a line sentencex decides by the rules of `language` (an ISO 639 code;
    a code that it does not know gets its general rules). What has no letter and no digit, such as `***` or a closing
    quotation mark, is no sentence of its own: it belongs to its neighbour in the line, or is left out with its line.
    Every letter and digit of the text is in exactly one sentence.
    """
    found: list[Sentence] = []
    for line in _LINE.finditer(text):
        if not any(map(str.isalnum, line[0])):
            continue
        position = line.start()
        for piece in _pieces(line[0], language):
            bare = piece.lstrip(_BLANK)
            start = position + len(piece) - len(bare)
            found.append(Sentence(len(found) + 1, start, start + len(bare.rstrip(_BLANK))))
            position += len(piece)
    return tuple(found)


def in_parts(sentences: Sequence[Sentence], text: str, most: int, overlap: int) -> tuple[tuple[Sentence, ...], ...]:
    """Sentences in overlapping runs of about equal size, cut at the end of a paragraph where one is near.

    A sentence that is longer than a part is one.

    Args:
        sentences: of a text, in order.
        text: what their offsets point into.
        most: characters that the sentences of a run have at most, those it repeats left out.
        overlap: characters of sentences from the end of a run that the next one repeats, at most.

    Returns:
        The runs; one when everything fits into it. Each sentence is in one of them at least.
    """
    size = sum(s.end - s.start for s in sentences)
    if size <= most or len(sentences) < 2:
        return (tuple(sentences),)
    count = -(-size // most)
    aim = size / count
    cuts, begun, done = [0], 0, 0
    for place, (sentence, following) in enumerate(pairwise(sentences), 1):
        done += sentence.end - sentence.start
        is_full = done - begun + following.end - following.start > most
        missing = aim * len(cuts) - done
        ends = "\n" in text[sentence.end : following.start]
        if is_full or (len(cuts) < count and missing <= (_NEAR_END * aim if ends else 0)):
            cuts.append(place)
            begun = done
    return tuple(
        tuple(sentences[_earlier(sentences, cut, overlap) : end])
        for cut, end in zip(cuts, [*cuts[1:], len(sentences)], strict=True)
    )


def _earlier(sentences: Sequence[Sentence], cut: int, overlap: int) -> int:
    """Where a run begins that repeats some of the sentences before its own."""
    begin = cut
    while begin and (overlap := overlap - (sentences[begin - 1].end - sentences[begin - 1].start)) >= 0:
        begin -= 1
    return begin


def _pieces(line: str, language: str) -> Iterator[str]:
    """The line in pieces that join to it, each with a letter or digit in it."""
    held = ""  # a number alone ("1.", "26.") opens the sentence after it
    done: str | None = None  # punctuation alone closes the sentence before it
    for piece in _segments(line, language):
        if held or done is None or any(map(str.isalnum, piece)):
            held += piece
            if any(map(str.isalpha, piece)):
                if done is not None:
                    yield done
                held, done = "", held
        else:
            done += piece
    yield (done or "") + held


def _segments(line: str, language: str) -> list[str]:
    import sentencex

    try:
        pieces: list[str] = sentencex.segment(language, line)  # type: ignore[attr-defined]
    except UnicodeEncodeError:  # half of a surrogate pair
        return [line]
    return pieces if "".join(pieces) == line else [line]
