"""Engines that a language model has to beat: they know nothing."""

from __future__ import annotations

from dataclasses import dataclass

from ..engines.base import BriefTask, Filled
from ..models.draft import Draft, Statement


@dataclass(frozen=True)
class LeadEngine:
    """The first sentences as they are: headline, bottom line and summary, untranslated, nothing else.

    The lead baseline of news summarization (Nenkova 2005; See et al. 2017), which is hard to beat in one language and
    says how much of a suite's score needs no understanding at all.
    """

    sentences: int = 3
    name: str = "lead"

    async def fill(self, task: BriefTask) -> Filled[Draft]:
        """The draft made of the first sentences."""
        text = task.document.text
        lead = [Statement(text=text[s.start : s.end], evidence=(s.number,)) for s in task.sentences[: self.sentences]]
        draft = Draft(
            headline=lead[0].text, bottom_line=lead[0], summary=tuple(lead), actors=(), events=(), aims=(), context=(),
            origins=(), caveats=(),
        )  # fmt: skip
        return Filled(draft)

    async def close(self) -> None:
        """Nothing is held open."""
