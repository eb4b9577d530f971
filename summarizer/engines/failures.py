"""What can go wrong with a request to a provider, told by kind: the same errors for every provider."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..errors import AuthenticationFailed, ContentFiltered, EngineError, TransportError, TruncatedReply

_PASSING = frozenset({408, 409, 425, 429})
_NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})


class RetryableError(TransportError):
    """A failure that may pass; `status` is the server's, `retry_after` the wait that it asked for, in seconds."""

    retry_after: float | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """An answer with an HTTP status that is no success.

    Args:
        status: the HTTP status.
        code: the provider's own code, such as insufficient_quota; empty when there is none.
        said: what the server said, in one short line.
        retry_after: seconds that the server asks to wait.
    """

    status: int
    code: str
    said: str
    retry_after: float | None = None

    @property
    def message(self) -> str:
        """The rejection in words."""
        return f"the server answered {self.status} ({self.said})"

    def failure(self, document: str) -> EngineError:
        """The error that it means for a request about this document."""
        if self.code == "content_filter":
            return filtered(document)
        if self.code in _NO_MONEY:
            remedy = "Check the plan and the billing of the account"
            return TransportError(self.message, document=document, remedy=remedy)
        if self.status in _PASSING or self.status >= 500:
            failure = RetryableError(self.message, document=document, remedy="Try again later")
            failure.retry_after, failure.status = self.retry_after, self.status
            return failure
        if self.status in (401, 403):
            message = f"the server did not accept the key ({self.status}: {self.said})"
            return AuthenticationFailed(message, document=document, remedy="Check the API key in the environment")
        named = self.status == 404
        remedy = "Check the model's name" if named else "Check --base-url, --model and the length of the report"
        return TransportError(self.message, document=document, remedy=remedy)


def filtered(document: str) -> ContentFiltered:
    """The error for what a provider's content filter withheld."""
    remedy = "Try another provider or model; the report itself may have set it off"
    return ContentFiltered("the provider's content filter withheld the reply", document=document, remedy=remedy)


def truncated(document: str, tokens: int | None) -> TruncatedReply:
    """The error for a reply that was cut off after so many tokens."""
    message = f"the reply was cut off at its token limit after {tokens or 'unknown'} tokens"
    remedy = "Raise --max-tokens, or give the server a larger context"
    return TruncatedReply(message, document=document, remedy=remedy)


def too_late(place: str, seconds: float, document: str) -> RetryableError:
    """The error for no answer in time."""
    message = f"{place} did not answer within {seconds:g} s"
    return RetryableError(message, document=document, remedy="Raise --timeout, or check the server")


def clean(text: str) -> str:
    """The text with U+FFFD for halves of surrogate pairs: JSON can hold them, UTF-8 cannot."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def one_line(value: object, longest: int = 200) -> str:
    """A value that a server sent, short enough for a message."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return clean(" ".join(text.split())[:longest])


def said_in(body: object, otherwise: str) -> str:
    """What the server said in the body of an answer that is no success, in one short line."""
    inner = body.get("error", body) if isinstance(body, dict) else body
    message = inner.get("message") if isinstance(inner, dict) else None
    return one_line(message or inner or otherwise)


def said_by(error: BaseException) -> str:
    """What the server said, by an error of a provider's client."""
    return said_in(getattr(error, "body", None), str(error))
