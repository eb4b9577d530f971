"""A judge that labels by rule, and briefs and judgements for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from summarizer.errors import MissingReply
from summarizer.models.exchange import Reply, Request

Rule = Callable[[str, str], str]
"""From a kind of line (Fact, Statement, First) and its text to a label."""

_ITEM = re.compile(r"^(Fact|Statement) (\d+): (.*)$", re.MULTILINE)


def always_good(kind: str, text: str) -> str:
    """All is said, all is supported, the first brief is better."""
    return {"Fact": "yes", "Statement": "supported"}.get(kind, "first")


def reply_of(request: dict[str, Any] | Request, rule: Rule = always_good) -> str:
    """The judge's reply to a request, or to its body on the wire."""
    user = request.messages[1].content if isinstance(request, Request) else request["messages"][1]["content"]
    found = _ITEM.findall(user)
    if not found:
        first = "\n".join(line for line in user.splitlines() if line.startswith("First: "))
        return json.dumps({"why": "so", "is": rule("First", first)})
    return json.dumps({"v": [{"n": int(n), "why": "so", "is": rule(kind, text)} for kind, n, text in found]})


@dataclass
class RuleJudge:
    """A source that labels by a rule and knows nothing about some documents."""

    rule: Rule = always_good
    unknown: tuple[str, ...] = ()
    name: str = "live"
    asked: list[Request] = field(default_factory=list)

    async def reply(self, request: Request) -> Reply:
        self.asked.append(request)
        if request.about.document in self.unknown:
            raise MissingReply("no reply is recorded", document=request.about.document, remedy="Record it")
        return Reply(reply_of(request, self.rule), "judge-1", "2026-01-02")

    async def close(self) -> None:
        """Nothing is held open."""


def hand_line(number: int, kind: str = "claim", label: str = "supported", **changed: Any) -> dict[str, Any]:
    """A judgement made by hand, as it stands in a file; each number is another document."""
    line: dict[str, Any] = {"kind": kind, "document": f"report{number}.txt", "label": label, "annotator": "ab"}
    if kind == "claim":
        line |= {"item": "summary 1", "text": f"{number} boats left.", "evidence": [f"{number} Boote fuhren."]}
    else:
        line |= {"item": "boats left", "text": f"{number} boats left", "summary": f"Boats\n{number} boats left."}
    return line | changed


def hand_text(*lines: dict[str, Any]) -> str:
    """A file of judgements."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
