"""Which sentences of a page are the report, and which are what stands around it.

Works line by line, because a page's furniture comes in lines: menus, share buttons, cookie notices, embedded posts,
lists of other headlines. A line is *closed* when it ends like a sentence or is as long as a paragraph; furniture is
mostly not. Lines that were broken at a fixed width are put together first. The rules, in this order:

1. embedded posts: lines with a handle in brackets or a post's address, and the lines between two of them;
2. notices: short lines with a word for sharing, subscribing, related reading, and lines about cookies; once the report
   has begun, the lines that are not closed right after a notice go with it;
3. the tail: three lines or more after the last closed one, unless that one ends in a colon;
4. runs of three or more short lines that are not closed, in the middle (menus, buttons);
5. the head: lines before the first closed one are titles when they share words with the report, or when they are long
   and stand right before it, else menu.

Before all that, single sentences that speak to a machine ("ignore previous instructions") are left out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...text.folding import is_unspaced
from .lexicon import Matcher, addressed_matcher
from .reading import Passage

_POST = re.compile(r"pic\.twitter\.com|\bt\.co/|\(@\w+\)|(?:^|\s)#\w+(?:\s+#\w+)+\s*$|^\s*@\w+\s*$")
_COOKIES = re.compile(r"\b(?:cookies?|kuki\w*|çerez\w*|ciasteczk\w*|куки)\b|کوکی|쿠키|クッキー", re.IGNORECASE)
_BULLET = re.compile(r"\s*[-–—•▪►▶●◦*>»|·]\s*\S")
_CLOSED = re.compile(r"[.!?…。！？؟۔।:;][\"'”’»›“‘」』)\]]*\s*$")
_QUESTION = re.compile(r"[?!؟？！][\"'”’»]*\s*$")
_COLON = re.compile(r"[:：]\s*$")
_BARS = re.compile(r"\s[|•·›»/]\s")
_SPACES = " \t\u00a0\u200b\u200f\u200e"
_INNER_STOP = re.compile(r"[.!?…؟۔।]\s")
_FULL = 0.7  # of the longest line, where lines were broken at a fixed width
_PARAGRAPH = 25  # words that make a line a paragraph, closed or not
_SHORT = 14
_TITLES = 4
_TITLE_WORDS = 5
_POST_LINES = 6  # lines between two marks of one post


@dataclass(frozen=True, slots=True)
class _Line:
    passages: tuple[Passage, ...]
    text: str
    is_notice: bool

    @property
    def size(self) -> int:
        """Words; characters of unspaced scripts count a half."""
        return sum(1 if not is_unspaced(w.text[0]) else 0.5 for p in self.passages for w in p.words).__ceil__()

    @property
    def is_bullet(self) -> bool:
        return bool(_BULLET.match(self.text))

    @property
    def is_closed(self) -> bool:
        """Whether it ends like a sentence, or is a paragraph."""
        return not self.is_bullet and (bool(_CLOSED.search(self.text)) or self.size > _PARAGRAPH)

    @property
    def may_be_headline(self) -> bool:
        """Whether it can stand in a list of headlines: not closed, or a short question."""
        return not self.is_closed or (self.size <= _SHORT and bool(_QUESTION.search(self.text)))

    @property
    def stems(self) -> frozenset[str]:
        """Beginnings of its longer words, pairs of its characters in unspaced scripts."""
        words = [word.text for passage in self.passages for word in passage.words]
        pairs = {a + b for a, b in itertools.pairwise(words) if is_unspaced(a[0]) and is_unspaced(b[0])}
        return frozenset(word[:5] for word in words if len(word) >= 4) | pairs


def body(passages: Sequence[Passage], text: str, cues: Matcher) -> list[Passage]:
    """The passages that are the report.

    Args:
        passages: all sentences of the page as words.
        text: the page; the offsets of the passages point into it.
        cues: phrases of the language; those under `noise` mark notices.
    """
    told = [passage for passage in passages if not addressed_matcher().find(passage)]
    lines = _lines(told, text, cues)
    dropped = _posts(lines)
    dropped |= _notices(lines, dropped)
    dropped |= _tail(lines, dropped)
    dropped |= _runs(lines, dropped)
    dropped |= _head(lines, dropped)
    return [passage for number, line in enumerate(lines) if number not in dropped for passage in line.passages]


def _lines(passages: Sequence[Passage], text: str, cues: Matcher) -> list[_Line]:
    groups: list[list[Passage]] = []
    for passage in passages:
        if groups and not text[groups[-1][-1].end : passage.start].strip(_SPACES):
            groups[-1].append(passage)
        else:
            groups.append([passage])
    lines = []
    for group in _unwrapped(groups, text):
        line = text[group[0].start : group[-1].end]
        has_cue = any(hit.key == "noise" for passage in group for hit in cues.find(passage))
        lines.append(_Line(tuple(group), line, has_cue))
    return lines


def _unwrapped(lines: Sequence[list[Passage]], text: str) -> list[list[Passage]]:
    """Lines, those of a paragraph that was broken at a fixed width taken together."""
    paragraphs: list[list[list[Passage]]] = []
    for line in lines:
        gap = text[paragraphs[-1][-1][-1].end : line[0].start] if paragraphs else "\n\n"
        if gap.strip(_SPACES) == "\n":
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    joined: list[list[Passage]] = []
    for paragraph in paragraphs:
        if _is_wrapped([text[line[0].start : line[-1].end] for line in paragraph]):
            joined.append(list(itertools.chain.from_iterable(paragraph)))
        else:
            joined.extend(paragraph)
    return joined


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines were broken at a fixed width: all but the last nearly as long as the longest, and not each its own.

    Lines of their own begin with a capital or bullet and have no full stop inside.
    """
    full = [len(line) for line in lines[:-1]]
    if len(lines) < 3 or not 50 <= max(full) <= 110 or min(full) < _FULL * max(full):
        return False
    if any(_BULLET.match(line) for line in lines):
        return False
    return any(line[0].islower() for line in lines[1:]) or any(_INNER_STOP.search(line) for line in lines)


def _posts(lines: Sequence[_Line]) -> set[int]:
    marked = [number for number, line in enumerate(lines) if _POST.search(line.text)]
    dropped = set(marked)
    for first, second in itertools.pairwise(marked):
        if second - first <= _POST_LINES:
            dropped.update(range(first, second))
    return dropped


def _notices(lines: Sequence[_Line], dropped: set[int]) -> set[int]:
    found: set[int] = set()
    follows = has_begun = False
    for number, line in enumerate(lines):
        if number in dropped:
            continue
        is_button = line.is_notice and line.size <= (5 if line.is_closed else 12)
        is_bar = len(_BARS.findall(line.text)) >= 2 and not line.is_closed
        if is_button or is_bar or _COOKIES.search(line.text):
            found.add(number)
            follows = is_button and has_begun
        elif follows and not line.is_closed:
            found.add(number)
        else:
            follows = False
            has_begun = has_begun or line.is_closed
    return found


def _tail(lines: Sequence[_Line], dropped: set[int]) -> set[int]:
    """The lines after the last closed one, if they are a list of headlines."""
    tail: list[int] = []
    for number in reversed(range(len(lines))):
        line = lines[number]
        if number not in dropped and not line.may_be_headline:
            is_list = len(tail) >= 3 and not _COLON.search(line.text)
            return set(tail) if is_list else set()
        if number not in dropped:
            tail.append(number)
    return set(tail) if len(tail) > 3 else set()


def _runs(lines: Sequence[_Line], dropped: set[int]) -> set[int]:
    """Runs of short lines that are not closed, between closed ones."""
    found: set[int] = set()
    run: list[int] = []
    seen_closed = False
    for number, line in enumerate(lines):
        if number in dropped:
            continue
        if not line.is_closed and not line.is_bullet and line.size <= _SHORT:
            run.append(number)
            continue
        if seen_closed and len(run) >= 3:
            found.update(run)
        run = []
        seen_closed = seen_closed or line.is_closed
    return found


def _head(lines: Sequence[_Line], dropped: set[int]) -> set[int]:
    """The lines before the first closed one that are no titles of what follows."""
    kept = [number for number in range(len(lines)) if number not in dropped]
    head = []
    for number in kept:
        if lines[number].is_closed:
            break
        head.append(number)
    if len(head) <= 2 or len(head) == len(kept):
        return set()
    told = frozenset().union(*(lines[number].stems for number in kept[len(head) :]))
    titles = {number for number in head[-_TITLES:] if lines[number].size >= _TITLE_WORDS}
    unrelated = {n for n in head if len(lines[n].stems & told) < min(2, len(lines[n].stems) or 1)}
    return unrelated - titles
