"""Where a report names persons, in Chinese, Japanese and Korean: by surnames, titles and the dot in foreign names.

Chinese puts a title before or after the name, Japanese and Korean after it. A name in Han characters begins with one of
the language's surnames; a foreign name is a row of katakana, or has a dot between its parts, or stands next to a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...text.folding import is_unspaced
from .lexicon import Lexicon
from .people import Known, Naming
from .reading import Passage, Reading, Word

_DOTS = frozenset("·・•‧")
_PARTICLES = ("은", "는", "이", "가", "을", "를", "의", "에", "에서", "와", "과", "도", "로")


def find_in_east_asian(reading: Reading, lexicon: Lexicon, known_of: Sequence[Known]) -> list[Naming]:
    """The persons that a Chinese, Japanese or Korean report names."""
    find = {"ja": _japanese, "ko": _korean}.get(reading.language, _chinese)
    return [
        naming
        for passage, facts in zip(reading.passages, known_of, strict=True)
        for naming in find(passage, facts, lexicon)
    ]


def _chinese(passage: Passage, facts: Known, lexicon: Lexicon) -> Iterator[Naming]:
    words = passage.words
    for hit in facts.titles:
        last = _chinese_end(words, hit.last, facts, lexicon)
        if last - hit.last >= 2:
            yield Naming(passage, hit.last, last, hit)
            continue
        for first in (hit.first - 3, hit.first - 2):
            if first >= 0 and _is_plain(words, first, hit.first, facts, lexicon) and _surname(words, first, 1, lexicon):
                yield Naming(passage, first, hit.first, hit)
                break


def _chinese_end(words: Sequence[Word], first: int, facts: Known, lexicon: Lexicon) -> int:
    """The end of a name after a title: up to three characters with a surname, else four, and five after each dot."""
    most = 3 if first < len(words) and _surname(words, first, 1, lexicon) else 4
    last = first
    while last < min(first + most, len(words)) and _is_plain(words, last, last + 1, facts, lexicon):
        gap = words[last].gap if last > first else ""
        if gap and gap not in _DOTS:
            break
        if gap or words[last].raw in _DOTS:
            most = last - first + 5
        last += 1
    return last


def _is_plain(words: Sequence[Word], first: int, last: int, facts: Known, lexicon: Lexicon) -> bool:
    """Whether words can be part of a name."""
    titles = {place for hit in facts.titles for place in range(hit.first, hit.last)}
    stop = lexicon.listed("stop")
    return all(
        is_unspaced(words[at].text[0])
        and at not in facts.taken
        and at not in facts.cities
        and at not in titles
        and words[at].text not in stop
        for at in range(first, last)
    )


def _surname(words: Sequence[Word], first: int, size: int, lexicon: Lexicon) -> bool:
    return "".join(word.text for word in words[first : first + size]) in lexicon.listed("surnames")


def _japanese(passage: Passage, facts: Known, lexicon: Lexicon) -> Iterator[Naming]:
    words = passage.words
    for hit in facts.titles:
        if hit.first == 0 or words[hit.first].gap:
            continue
        first = _start_of_katakana(words, hit.first, facts)
        if first == hit.first:
            first = _start_of_han(words, hit.first, facts, lexicon)
        if hit.first - first >= 2:
            yield Naming(passage, first, hit.first, hit)


def _start_of_katakana(words: Sequence[Word], end: int, facts: Known) -> int:
    first = end
    while first > 0 and "゠" <= words[first - 1].raw[0] <= "ヿ" and first - 1 not in facts.taken:
        first -= 1
        if words[first].gap and words[first].gap not in _DOTS:
            break
    return first


def _start_of_han(words: Sequence[Word], end: int, facts: Known, lexicon: Lexicon) -> int:
    """Where a Japanese name of two to five characters before a title begins: at the longest surname."""
    for length in (5, 4, 3, 2):
        first = end - length
        if (
            first < 0
            or any(word.gap for word in words[first + 1 : end])
            or not _is_plain(words, first, end, facts, lexicon)
        ):
            continue
        if any(_surname(words, first, size, lexicon) for size in (3, 2, 1) if size < length or length == 2):
            return first
    return end


def _korean(passage: Passage, facts: Known, lexicon: Lexicon) -> Iterator[Naming]:
    for hit in facts.titles:
        first = hit.first
        if _is_korean_name(passage, first - 1, facts, lexicon):
            first -= 1
            is_full = len(passage.words[first].text) >= 3 and _has_surname(passage.words[first], lexicon)
            if not is_full and _is_korean_name(passage, first - 1, facts, lexicon):
                first -= 1
        if first < hit.first:
            yield Naming(passage, first, hit.first, hit)


def _has_surname(word: Word, lexicon: Lexicon) -> bool:
    return word.text[0] in lexicon.listed("surnames")


def _is_korean_name(passage: Passage, at: int, facts: Known, lexicon: Lexicon) -> bool:
    """Whether a word before a title can be a name: Hangul, no particle at its end, nothing known otherwise."""
    if at < 0 or at in facts.taken or at in facts.cities or passage.words[at + 1].gap != " ":
        return False
    word = passage.words[at]
    if not all("가" <= char <= "힣" for char in word.text) or word.text in lexicon.listed("stop"):
        return False
    if any(hit.first <= at < hit.last for hit in facts.titles):
        return False
    is_short = 2 <= len(word.text) <= 5
    return is_short and (not word.text.endswith(_PARTICLES) or (len(word.text) == 3 and _has_surname(word, lexicon)))
