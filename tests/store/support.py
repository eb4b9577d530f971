"""What tests of stores put into them."""

from __future__ import annotations

from summarizer.models.exchange import Message, PromptInfo, Reply, ReplySchema, Request, Subject, Usage

SCHEMA = ReplySchema.of("Draft", {})
REPLY = Reply("{}", "model-x", "2025-01-02T03:04:05+00:00", Usage(2, 10, 20, 5, 0.01), 1.5)


def request(name: str = "report", language: str = "en") -> Request:
    """A request about a report of this name."""
    subject = Subject(name, f"sha of {name}", language)
    return Request("brief", subject, (Message("user", name),), SCHEMA, PromptInfo("brief", "p"))
