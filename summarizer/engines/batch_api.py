"""A provider's batch API, as OpenAI-compatible servers have it: files up, batches made and watched, results down.

Source: OpenAI API reference, files and batches. Calls are retried by the policy of all requests. The one call that
costs money, making a batch, is never repeated blindly: when its outcome is not known, the provider's list is searched
for the batch first.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import ConfigurationError, EngineError, TransportError
from ..version import __version__
from .batch import ENDPOINT
from .batch_objects import LABEL, Batch, batch_of, text_of
from .failures import Rejection, RetryableError, one_line, said_by
from .openai_chat import Server
from .retry import RetryPolicy, retry_after, with_retries

if TYPE_CHECKING:
    from openai import AsyncOpenAI

T = TypeVar("T")
_TRANSFER = 6 * 3600.0
"""Seconds in which a file must have gone up or down, with all retries; one of 200 MB takes its time."""
_PAGE = 100
_SKEW = 24 * 3600
"""Seconds by which the clocks of this machine and of the provider may differ."""
_THE_LIST = "the list of batches"


class UnknownBatch(TransportError):
    """The provider has no batch, or no file, of this id."""


class OutcomeUnknown(TransportError):
    """It could not be found out whether the provider has made the batch."""


class _Missing(TransportError):
    """404, 405 or 501: no such thing, or no such API."""


class _Unsure(RetryableError):
    """The server may have done what it was asked, or not."""


class BatchApi:
    """The batches of one server; open while the context lasts.

    Args:
        server: address and key; its time-out is for each step of a transfer, not for all of it.
        policy: retries.
        say: told when a batch had to be looked for.
    """

    def __init__(self, server: Server, policy: RetryPolicy, say: Callable[[str], None]):
        self._server = server
        self._policy = policy
        self._say = say

    async def __aenter__(self) -> BatchApi:
        import openai

        server = self._server
        self._client: AsyncOpenAI = openai.AsyncOpenAI(
            base_url=server.base_url, api_key=server.api_key, timeout=server.timeout, max_retries=0,
            default_headers=server.headers,
        )  # fmt: skip
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    async def check(self) -> None:
        """Make sure that the server has a batch API and takes the key.

        Raises:
            ConfigurationError: it has no batch API.
            AuthenticationFailed: it does not take the key.
            TransportError: it does not answer.
        """
        try:
            await self._retried(lambda: self._client.batches.with_raw_response.list(limit=1), _THE_LIST)
        except _Missing as error:
            raise self._no_api(error) from error

    async def upload(self, path: Path) -> str:
        """The id of a file once the provider has it. A file that is sent twice is there twice, and costs nothing.

        Raises:
            ConfigurationError: the server takes no files.
            TransportError: it is not there.
        """

        async def send() -> str:
            with path.open("rb") as stream:
                made = await self._client.files.with_raw_response.create(file=(path.name, stream), purpose="batch")
            return text_of(_object(made, path.name), "id")

        try:
            return await self._retried(send, path.name, self._unhurried)
        except _Missing as error:
            raise self._no_api(error) from error

    async def create(self, source: str, label: str, metadata: Mapping[str, str]) -> Batch:
        """Have a batch made of an uploaded file, once.

        Args:
            source: id of the file.
            label: what the batch is found by.
            metadata: what else is told about it.

        Raises:
            OutcomeUnknown: the provider may have made it.
            TransportError: it has not.
        """
        unsure = False

        async def make() -> Batch:
            made = await self._client.batches.with_raw_response.create(
                input_file_id=source, endpoint=ENDPOINT, completion_window="24h",
                metadata={"made_by": f"summarizer {__version__}", LABEL: label, **metadata},
            )  # fmt: skip
            return _batch(made, label)

        async def send() -> Batch:
            nonlocal unsure
            if unsure:
                found = await self._once(lambda: self._find({label}, 0, source), _THE_LIST)
                self._say(f"{label}: it was not clear whether the provider took it; {_found_out(found)}")
                if found:
                    return found[0]
            unsure = True
            try:
                return await self._once(make, label)
            except _Unsure:
                raise
            except EngineError:
                unsure = False
                raise

        try:
            return await with_retries(send, self._policy)
        except TransportError as error:
            if unsure:
                message = f"{error.message}; the provider may have it"
                remedy = "The next submit, fetch or status looks for it first"
                raise OutcomeUnknown(message, document=label, remedy=remedy) from error
            raise

    async def find(self, labels: Collection[str], since: float) -> list[Batch]:
        """The provider's batches with these labels, of those made since this Unix time.

        Raises:
            ConfigurationError: the server has no batch API.
            TransportError: its list cannot be had.
        """
        try:
            return await self._retried(lambda: self._find(labels, since), _THE_LIST)
        except _Missing as error:
            raise self._no_api(error) from error

    async def retrieve(self, batch: str) -> Batch:
        """What the provider says of a batch now.

        Raises:
            UnknownBatch: it has none of this id.
            ConfigurationError: the server has no batch API.
            TransportError: it does not say.
        """
        return await self._about(batch, self._client.batches.with_raw_response.retrieve)

    async def cancel(self, batch: str) -> Batch:
        """Have a batch stopped; what is answered already is kept.

        Raises:
            UnknownBatch: the provider has none of this id.
            ConfigurationError: the server has no batch API.
            TransportError: it is not stopped.
        """
        return await self._about(batch, self._client.batches.with_raw_response.cancel)

    async def download(self, file: str, path: Path) -> None:
        """Write a file of results to a path, as it comes.

        Raises:
            UnknownBatch: the provider has the file no more.
            TransportError: it did not come whole.
        """

        async def fetch() -> None:
            async with self._client.files.with_streaming_response.content(file) as response:
                with path.open("wb") as stream:
                    async for chunk in response.iter_bytes(1 << 16):
                        stream.write(chunk)

        try:
            await self._retried(fetch, file, self._unhurried)
        except _Missing as error:
            raise UnknownBatch(f"the provider has this file no more ({error.message})", document=file) from error

    @property
    def _unhurried(self) -> RetryPolicy:
        return replace(self._policy, deadline=max(self._policy.deadline, _TRANSFER))

    async def _find(self, labels: Collection[str], since: float, source: str = "") -> list[Batch]:
        import openai

        found: list[Batch] = []
        after = ""
        while True:
            answer = await self._client.batches.with_raw_response.list(limit=_PAGE, after=after or openai.omit)
            page = _object(answer, _THE_LIST)
            listed = [batch_of(each) for each in page.get("data") or [] if isinstance(each, dict)]
            found += [batch for batch in listed if batch.label in labels or (source and batch.source == source)]
            oldest = min((batch.created for batch in listed if batch.created), default=since)
            last = listed[-1].id if listed else after
            if len(found) >= len(labels) or oldest < since - _SKEW or not page.get("has_more") or last == after:
                return found
            after = last

    async def _about(self, batch: str, call: Callable[[str], Awaitable[Any]]) -> Batch:
        """The answer to a call about a batch; one that is not there is told apart from an API that is not there."""

        async def ask() -> Batch:
            return _batch(await call(batch), batch)

        try:
            return await self._retried(ask, batch)
        except _Missing as error:
            await self.check()
            message = f"the provider knows no such batch ({error.message})"
            raise UnknownBatch(message, document=batch, remedy="Check the id, and whose key is set") from error

    async def _retried(self, call: Callable[[], Awaitable[T]], what: str, policy: RetryPolicy | None = None) -> T:
        return await with_retries(lambda: self._once(call, what), policy or self._policy)

    async def _once(self, call: Callable[[], Awaitable[T]], what: str) -> T:
        """Call once; the client's errors become the project's, which name `what` was asked about."""
        import openai

        try:
            return await call()
        except openai.APIStatusError as error:
            headers = error.response.headers
            rejection = Rejection(
                error.status_code, str(error.code or ""), said_by(error), retry_after(headers.get("retry-after"))
            )
            raise _refused(rejection, what) from error
        except Exception as error:  # a body that breaks off is an error of whichever httpx the client is built on
            cause = error.__cause__ or error if isinstance(error, openai.APIConnectionError) else error
            names = {kind.__name__ for kind in type(cause).__mro__}
            if not isinstance(error, openai.APIConnectionError) and "HTTPError" not in names:
                raise
            raise self._unconnected(cause, names, what) from error

    def _unconnected(self, cause: BaseException, names: Collection[str], what: str) -> TransportError:
        place = self._server.base_url or "the provider"
        message = f"no connection to {place} ({type(cause).__name__}: {cause})"
        kind: type[TransportError] = _Unsure
        if "UnsupportedProtocol" in names:
            kind = TransportError
        elif {"ConnectError", "ConnectTimeout"} & set(names):
            kind = RetryableError
        return kind(message, document=what, remedy="Check that the server runs and --base-url is right")

    def _no_api(self, error: _Missing) -> ConfigurationError:
        place = self._server.base_url or "the provider"
        remedy = (
            "Write the requests with `summarizer batch export` for the provider's own tool, "
            "or ask one by one with `summarizer run`"
        )
        return ConfigurationError(f"{place} has no OpenAI-compatible batch API ({error.message})", remedy=remedy)


def _found_out(found: list[Batch]) -> str:
    return f"it did: batch {found[0].id}" if found else "its list has no such batch, so it is submitted again"


def _refused(rejection: Rejection, what: str) -> EngineError:
    if rejection.status in (404, 405, 501):
        return _Missing(rejection.message, document=what, remedy="Check --base-url, and whose key is set")
    failure = rejection.failure(what)
    if isinstance(failure, RetryableError):
        if rejection.status == 408 or rejection.status >= 500:
            unsure = _Unsure(failure.message, document=what, remedy=failure.remedy)
            unsure.retry_after = failure.retry_after
            return unsure
    elif rejection.status == 413:
        failure.remedy = "Make smaller batches with --max-requests"
    elif rejection.status in (400, 422):
        failure.remedy = "Check --model, and whether this account may use batches"
    return failure


def _object(answer: Any, what: str) -> dict[str, Any]:
    """The JSON object of a raw response."""
    text = answer.http_response.text
    with contextlib.suppress(ValueError, RecursionError):
        value = json.loads(text)
        if isinstance(value, dict):
            return value
    message = f"the server answered something that is none of the batch API's objects ({one_line(text, 160)})"
    remedy = "Check --base-url: it usually ends in /v1, and a proxy or login page may stand in between"
    raise _Unsure(message, document=what, remedy=remedy)


def _batch(answer: Any, what: str) -> Batch:
    value = _object(answer, what)
    if not value.get("id") or not value.get("status"):
        raise _Unsure(f"the server answered something that is no batch ({one_line(value, 160)})", document=what)
    return batch_of(value)
