"""A provider's batch API, as OpenAI-compatible servers have it: files up, batches made and watched, results down.

Source: OpenAI API reference, files and batches. Calls are retried by the policy of all requests. The one call that
costs money, making a batch, is never repeated blindly: when its outcome is not known, the provider's list is searched
for the batch first.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import ConfigurationError, EngineError, TransportError
from ..version import __version__
from .batch import ENDPOINT
from .batch_answers import Missing, Unsure, answered, batch_in, object_in
from .batch_objects import LABEL, Batch, batch_of, text_of
from .openai_chat import Server
from .retry import RetryPolicy, with_retries

if TYPE_CHECKING:
    from openai import AsyncOpenAI

T = TypeVar("T")
_TRANSFER = 6 * 3600.0
"""Seconds in which a file must have gone up or down, with all retries; one of 200 MB takes its time."""
_THE_LIST = "the list of batches"


class UnknownBatch(TransportError):
    """The provider has no batch, or no file, of this id."""


class OutcomeUnknown(TransportError):
    """It could not be found out whether the provider has made the batch."""


class Unlisted(TransportError):
    """The server does not list its batches."""


class BatchApi:
    """The batches of one server; open while the context lasts.

    Args:
        server: address and key; its time-out is for each step of a transfer, not for all of it.
        policy: retries.
        say: told when a batch had to be looked for.
    """

    def __init__(self, server: Server, policy: RetryPolicy, say: Callable[[str], None]):
        self._server = server
        self._place = server.base_url or "the provider"
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
        with contextlib.suppress(Unlisted):
            await self._page(limit=1)

    async def upload(self, path: Path) -> str:
        """The id of a file once the provider has it. A file that is sent twice is there twice, and costs nothing.

        Raises:
            ConfigurationError: the server takes no files.
            TransportError: it is not there.
        """

        async def send() -> str:
            with path.open("rb") as stream:
                made = await self._client.files.with_raw_response.create(file=(path.name, stream), purpose="batch")
            return text_of(object_in(made, path.name, id=str), "id")

        try:
            return await self._retried(send, path.name, self._unhurried)
        except Missing as error:
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
            return batch_in(made, label)

        async def send() -> Batch:
            nonlocal unsure
            if unsure:
                found = await self.find({label}, source)
                self._say(f"{label}: it was not clear whether the provider took it; {_found_out(found)}")
                if found:
                    return found[0]
            unsure = True
            try:
                return await answered(make, label, self._place)
            except Unsure:
                raise
            except EngineError:
                unsure = False
                raise

        try:
            return await with_retries(send, self._policy)
        except TransportError as error:
            if not unsure:
                raise
            raise _unknown(label, error) from error

    async def find(self, labels: Collection[str], source: str = "") -> list[Batch]:
        """The provider's batches that have one of these labels, or are made of this file.

        Raises:
            ConfigurationError: the server has no batch API.
            Unlisted: it has, and does not list its batches.
            TransportError: its list cannot be had.
        """
        found: list[Batch] = []
        after = ""
        while True:
            page = await self._page(after)
            listed = [batch_of(each) for each in page["data"] if isinstance(each, dict)]
            found += [batch for batch in listed if batch.label in labels or (source and batch.source == source)]
            last = listed[-1].id if listed else after
            if len(found) >= len(labels) or not page.get("has_more") or last == after:
                return found
            after = last

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
        except Missing as error:
            raise UnknownBatch(f"the provider has this file no more ({error.message})", document=file) from error

    @property
    def _unhurried(self) -> RetryPolicy:
        return replace(self._policy, deadline=max(self._policy.deadline, _TRANSFER))

    async def _page(self, after: str = "", limit: int = 100) -> dict[str, Any]:
        """A page of the list of batches: those after the one with this id."""
        import openai

        async def ask() -> dict[str, Any]:
            listed = await self._client.batches.with_raw_response.list(limit=limit, after=after or openai.omit)
            return object_in(listed, _THE_LIST, data=list)

        try:
            return await self._retried(ask, _THE_LIST)
        except Missing as error:
            if error.status == HTTPStatus.METHOD_NOT_ALLOWED:  # the address is known, for submissions alone
                message = f"the server does not list its batches ({error.message})"
                raise Unlisted(message, document=_THE_LIST) from error
            raise self._no_api(error) from error

    async def _about(self, batch: str, call: Callable[[str], Awaitable[Any]]) -> Batch:
        """The answer to a call about a batch; one that is not there is told apart from an API that is not there."""

        async def ask() -> Batch:
            return batch_in(await call(batch), batch)

        try:
            return await self._retried(ask, batch)
        except Missing as error:
            await self.check()
            message = f"the provider knows no such batch ({error.message})"
            raise UnknownBatch(message, document=batch, remedy="Check the id, and whose key is set") from error

    async def _retried(self, call: Callable[[], Awaitable[T]], what: str, policy: RetryPolicy | None = None) -> T:
        return await with_retries(lambda: answered(call, what, self._place), policy or self._policy)

    def _no_api(self, error: Missing) -> ConfigurationError:
        remedy = (
            "Write the requests with `summarizer batch export` for the provider's own tool, "
            "or ask one by one with `summarizer run`"
        )
        return ConfigurationError(f"{self._place} has no OpenAI-compatible batch API ({error.message})", remedy=remedy)


def _unknown(label: str, why: TransportError) -> OutcomeUnknown:
    where = f"{why.document}: " if why.document == _THE_LIST else ""
    remedy = "The next submit looks for it by this name in the provider's list, and submits nothing twice"
    if isinstance(why, Unlisted):
        remedy = f"Ask whoever runs the server; `summarizer batch cancel {label}` makes its requests free again"
    message = f"it is not known whether the provider made this batch ({where}{why.message})"
    return OutcomeUnknown(message, document=label, remedy=remedy)


def _found_out(found: list[Batch]) -> str:
    return f"it did: batch {found[0].id}" if found else "its list has no such batch, so it is submitted again"
