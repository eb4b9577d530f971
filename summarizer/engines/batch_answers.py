"""What a batch API's answers mean: its objects, its refusals, and what a broken connection leaves open.

The openai client's errors become the project's here. What matters most is whether the server may have done what it was
asked: `Unsure` says so, and every other error says that it has not.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from ..errors import EngineError, TransportError
from .batch_objects import Batch, batch_of
from .failures import Rejection, RetryableError, one_line, said_by
from .retry import retry_after

T = TypeVar("T")


class Missing(TransportError):
    """404, 405 or 501: no such thing, or no such API."""


class Unsure(RetryableError):
    """The server may have done what it was asked, or not."""


async def answered(call: Callable[[], Awaitable[T]], what: str, place: str) -> T:
    """What a call of the openai client gives.

    Args:
        call: makes one request.
        what: what it is about, for messages.
        place: who is asked, for messages.

    Raises:
        Missing, Unsure, EngineError: the client's errors, as the project tells them.
    """
    import openai

    try:
        return await call()
    except openai.APIStatusError as error:
        asks = retry_after(error.response.headers.get("retry-after"))
        raise _refused(Rejection(error.status_code, str(error.code or ""), said_by(error), asks), what) from error
    except openai.APIConnectionError as error:
        raise _unconnected(error.__cause__ or error, what, place) from error
    except Exception as error:  # a body that breaks off is an error of whichever httpx the client is built on
        if "HTTPError" not in _kinds(error):
            raise
        raise _unconnected(error, what, place) from error


def object_in(response: Any, what: str, **needed: type) -> dict[str, Any]:
    """The JSON object of a raw response, which has a value of each type needed, by its name.

    Raises:
        Unsure: it is none.
    """
    text = response.http_response.text
    with contextlib.suppress(ValueError, RecursionError):
        value = json.loads(text)
        if isinstance(value, dict) and all(isinstance(value.get(name), kind) for name, kind in needed.items()):
            return value
    message = f"the server answered something that is none of the batch API's objects ({one_line(text, 160)})"
    remedy = "Check --base-url: it usually ends in /v1, and a proxy or login page may stand in between"
    raise Unsure(message, document=what, remedy=remedy)


def batch_in(response: Any, what: str) -> Batch:
    """The batch of a raw response.

    Raises:
        Unsure: it is none.
    """
    return batch_of(object_in(response, what, id=str, status=str))


def _refused(rejection: Rejection, what: str) -> EngineError:
    if rejection.status in (404, 405, 501):
        missing = Missing(rejection.message, document=what, remedy="Check --base-url, and whose key is set")
        missing.status = rejection.status
        return missing
    failure = rejection.failure(what)
    if isinstance(failure, RetryableError):
        if rejection.status == 408 or rejection.status >= 500:
            unsure = Unsure(failure.message, document=what, remedy=failure.remedy)
            unsure.retry_after = failure.retry_after
            return unsure
    elif rejection.status == 413:
        failure.remedy = "Make smaller batches with --max-requests"
    elif rejection.status in (400, 422):
        failure.remedy = "Check --model, and whether this account may use batches"
    return failure


def _unconnected(cause: BaseException, what: str, place: str) -> TransportError:
    message = f"no connection to {place} ({type(cause).__name__}: {cause})"
    kinds = _kinds(cause)
    kind: type[TransportError] = Unsure
    if "UnsupportedProtocol" in kinds:
        kind = TransportError
    elif {"ConnectError", "ConnectTimeout"} & kinds:
        kind = RetryableError
    return kind(message, document=what, remedy="Check that the server runs and --base-url is right")


def _kinds(error: BaseException) -> set[str]:
    """Names of an error's classes: httpx's, whichever of its packages they are from."""
    return {kind.__name__ for kind in type(error).__mro__}
