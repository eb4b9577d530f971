"""What can go wrong with a request to a provider, told by kind: the same errors for every provider."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from ..errors import AuthenticationFailed, ContentFiltered, EngineError, Refusal, TransportError, TruncatedReply
from ..models.exchange import Usage

_PASSING = frozenset({408, 409, 425, 429})
_NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
_OVERLOAD_WORDS = ("overload", "capacity", "busy", "too many", "rate limit", "slow down")
"""What a 503 says that is about load; others are about models being loaded, or servers behind a proxy being away."""
_NAME = re.compile(r"[\w.:/@+-]{1,100}")


class RetryableError(TransportError):
    """A failure that may pass.

    Attributes:
        retry_after: seconds that the server asked to wait.
        overload: whether the server has too much to do, or was asked too often.
        late: whether no answer came in time.
    """

    retry_after: float | None = None
    overload: bool = False
    late: bool = False


class NoCompletion(RetryableError):
    """A body that is no completion."""


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

    @property
    def is_overload(self) -> bool:
        """Whether fewer requests at once, or later ones, would have been taken."""
        if self.status == 503:
            return self.retry_after is not None or any(word in self.said.lower() for word in _OVERLOAD_WORDS)
        return self.status in (429, 529)  # 529 is Anthropic's

    def failure(self, document: str) -> EngineError:
        """The error that it means for a request about this document."""
        failure = self._failure(document)
        failure.status = self.status
        return failure

    def _failure(self, document: str) -> EngineError:
        if self.code == "content_filter":
            return filtered(document)
        if self.code in _NO_MONEY:
            remedy = "Check the plan and the billing of the account"
            return TransportError(self.message, document=document, remedy=remedy)
        if self.status in _PASSING or self.status >= 500:
            failure = RetryableError(self.message, document=document, remedy="Try again later")
            failure.retry_after, failure.overload = self.retry_after, self.is_overload
            return failure
        if self.status in (401, 403):
            message = f"the server did not accept the key ({self.status}: {self.said})"
            return AuthenticationFailed(message, document=document, remedy="Check the API key in the environment")
        named = self.status == 404
        remedy = "Check the model's name" if named else "Check --base-url, --model and the length of the report"
        return TransportError(self.message, document=document, remedy=remedy)


def filtered(document: str, finish: str | None = None, usage: Usage | None = None) -> ContentFiltered:
    """The error for what a provider's content filter withheld."""
    remedy = "Try another provider or model; the report itself may have set it off"
    failure = ContentFiltered("the provider's content filter withheld the reply", document=document, remedy=remedy)
    failure.finish, failure.usage = finish, usage
    return failure


def truncated(document: str, usage: Usage, finish: str = "length") -> TruncatedReply:
    """The error for a reply that was cut off after so many tokens."""
    message = f"the reply was cut off at its token limit after {usage.output_tokens or 'unknown'} tokens"
    remedy = "Raise --max-tokens, or give the server a larger context"
    failure = TruncatedReply(message, document=document, remedy=remedy)
    failure.finish, failure.usage = finish, usage
    return failure


def refused(document: str, said: str = "", finish: str | None = None, usage: Usage | None = None) -> Refusal:
    """The error for an answer in which the model declined, in its own words if there are any."""
    message = f"the model refused: {said}" if said else "the model refused"
    failure = Refusal(message, document=document, remedy="Try another model")
    failure.finish, failure.usage = finish, usage
    return failure


def too_late(place: str, seconds: float, document: str) -> RetryableError:
    """The error for no answer in time."""
    message = f"{place} did not answer within {seconds:g} s"
    failure = RetryableError(message, document=document, remedy="Raise --timeout, or check the server")
    failure.late = True
    return failure


def kind_of(error: BaseException | None) -> str:
    """What went wrong, in a word that tells nothing of what was said: a status, else the name of an error's class.

    No reply has many causes; it is named for its own.
    """
    if isinstance(error, TransportError) and not isinstance(error, (AuthenticationFailed, NoCompletion)):
        if error.status is not None:
            return str(error.status)
        if error.__cause__ is not None:
            return kind_of(error.__cause__)
    return type(error).__name__


def word_of(value: object) -> str | None:
    """A name that a server sent, of a model or of why an answer ended; None for what is none, but perhaps an echo."""
    return value if isinstance(value, str) and _NAME.fullmatch(value) else None


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
