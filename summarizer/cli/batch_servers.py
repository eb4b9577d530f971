"""The servers that batches were handed to: where they are, and the keys for them."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AsyncExitStack

from ..engines.batch_api import BatchApi
from ..engines.openai_chat import Server
from ..engines.providers import COMPATIBLE, LiveOptions, compatible_server, split_name
from ..errors import ConfigurationError
from ..settings import Settings
from ..store import BatchEntry


def server_of(model: str, place: str, settings: Settings) -> Server:
    """The server that holds the batches of a model.

    Args:
        model: as configured: provider/model.
        place: base URL; empty for the provider's own.
        settings: time-outs.

    Raises:
        ConfigurationError: it has no OpenAI-compatible API.
        MissingKey: its key is not set.
    """
    provider, _ = split_name(model, place or None)
    if provider not in COMPATIBLE:
        raise ConfigurationError(
            f"{provider} has no OpenAI-compatible batch API",
            remedy="Ask one by one with `summarizer run`, or name a server that has one with --base-url",
        )
    options = LiveOptions(base_url=place or None, policy=settings.policy, environment=os.environ)
    return compatible_server(provider, options)


def same_server(entry: BatchEntry, settings: Settings) -> bool:
    """Whether a batch was handed to the server that the settings name."""
    place = settings.base_url or ""
    return entry.place == place and _provider(entry.model, place) == _provider(settings.model or "", place)


class Servers:
    """The batch APIs of the servers in the ledger, each opened when it is first needed.

    Args:
        stack: closes them.
        settings: retries and time-outs.
        say: told when a batch had to be looked for.
    """

    def __init__(self, stack: AsyncExitStack, settings: Settings, say: Callable[[str], None]):
        self._stack = stack
        self._settings = settings
        self._say = say
        self._open: dict[tuple[str, str], BatchApi] = {}

    async def of(self, entry: BatchEntry) -> BatchApi:
        """The API that holds a batch.

        Raises:
            ConfigurationError: there is none.
            MissingKey: its key is not set.
        """
        key = entry.place, _provider(entry.model, entry.place)
        if key not in self._open:
            server = server_of(entry.model, entry.place, self._settings)
            api = BatchApi(server, self._settings.policy, self._say)
            self._open[key] = await self._stack.enter_async_context(api)
        return self._open[key]


def _provider(model: str, place: str) -> str:
    return split_name(model, place or None)[0]
