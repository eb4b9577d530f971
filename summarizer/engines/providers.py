"""From a model's name to a source of replies: `openai/gpt-4o-mini`, `ollama/llama3`, `anthropic/...`, any `--base-url`.

OpenAI-compatible servers are asked directly; importing instructor costs more than a second, and each request five times
the CPU, so it is left to the providers that need it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from ..errors import ConfigurationError, MissingKey
from ..store import Store
from .instructor_chat import InstructorChat
from .limiting import Limiter
from .limits import Limit
from .live import Chat, LiveModel, LiveSource
from .openai_chat import OpenAIChat, Server
from .retry import RetryPolicy
from .wire import OutputMode, Sampling


class Compatible(NamedTuple):
    """A provider whose API is OpenAI's: its address and the variable that holds its key."""

    base_url: str
    key: str | None


COMPATIBLE: Mapping[str, Compatible] = {
    "openai": Compatible("https://api.openai.com/v1", "OPENAI_API_KEY"),
    "ollama": Compatible("http://localhost:11434/v1", None),
    "openrouter": Compatible("https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
    "deepseek": Compatible("https://api.deepseek.com/v1", "DEEPSEEK_API_KEY"),
    "groq": Compatible("https://api.groq.com/openai/v1", "GROQ_API_KEY"),
    "together": Compatible("https://api.together.xyz/v1", "TOGETHER_API_KEY"),
    "fireworks": Compatible("https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY"),
    "xai": Compatible("https://api.x.ai/v1", "XAI_API_KEY"),
}
"""Providers that are asked without instructor."""

_OPENAI_HEADERS = {"OPENAI_ORG_ID": "OpenAI-Organization", "OPENAI_PROJECT_ID": "OpenAI-Project"}
"""Variables of the openai client that OpenAI's own requests carry as headers."""

THROUGH_INSTRUCTOR = (
    "anthropic", "anyscale", "azure_openai", "bedrock", "cerebras", "cohere", "databricks", "gemini", "generative-ai",
    "google", "litellm", "mistral", "perplexity", "vertexai", "writer",
)  # fmt: skip
"""Providers that instructor reaches."""


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """How a live model is asked.

    Args:
        base_url: address of an OpenAI-compatible server, mostly ending in /v1.
        api_key: key; None takes it from the provider's environment variable.
        mode: structured-output mode; None finds the strictest that works.
        sampling: settings that change the answer.
        policy: retries and time-outs.
        environment: where keys are looked up, and OPENAI_BASE_URL, OPENAI_ORG_ID and OPENAI_PROJECT_ID for OpenAI.
        jobs: requests under way at once at most, fewer where the server is found to bear fewer; None never limits them.
        start_jobs: requests under way at once to begin with; None begins with `jobs`.
        store: through which processes share what the server is found to bear; None keeps it to this one.
    """

    base_url: str | None = None
    api_key: str | None = None
    mode: OutputMode | None = None
    sampling: Sampling = Sampling()
    policy: RetryPolicy = RetryPolicy()
    environment: Mapping[str, str] = field(default_factory=dict)
    jobs: int | None = None
    start_jobs: int | None = None
    store: Store | None = None


def known_providers() -> list[str]:
    """The provider names that may stand before the slash."""
    return sorted({*COMPATIBLE, *THROUGH_INSTRUCTOR})


def split_name(name: str, base_url: str | None = None) -> tuple[str, str]:
    """Provider and model of a name.

    With a `base_url`, which names an OpenAI-compatible server, the provider may be left out: "google/gemma-3" is then
    the name of a model, not one of Google's API.

    Raises:
        ConfigurationError: no such provider, or no model.
    """
    provider, slash, model = name.partition("/")
    if base_url and not (slash and provider in COMPATIBLE):
        return "openai", name
    if not slash or not model:
        raise ConfigurationError(
            f"{name!r} is not a model's name",
            remedy="Write provider/model, such as openai/gpt-4o-mini or ollama/llama3",
        )
    if provider not in known_providers():
        raise ConfigurationError(
            f"there is no provider {provider!r}",
            remedy=f"Choose one of {', '.join(known_providers())}; or name your server with --base-url",
        )
    return provider, model


def priced_as(settings: str) -> tuple[str, str] | None:
    """Provider and model whose prices hold for replies under these settings (`Settings.answer_settings`).

    None for a server of the user's own, and for what is no model's name.
    """
    name = settings.partition("&")[0]
    if "@" in name and "://" in name.partition("@")[2]:
        return None
    try:
        return split_name(name)
    except ConfigurationError:
        return None


def live_source(name: str, options: LiveOptions) -> LiveSource:
    """A source that asks the model of this name.

    Raises:
        ConfigurationError: unknown provider.
        MissingKey: its key is not set.
        MissingExtra: the provider's package is not installed.
    """
    provider, model = split_name(name, options.base_url)
    chat: Chat
    if provider in COMPATIBLE:
        server = compatible_server(provider, options)
        chat, mode, address = OpenAIChat(server), options.mode, server.base_url
    else:
        server = Server(None, options.api_key or "", options.policy.timeout)
        chat = InstructorChat(f"{provider}/{model}", server, options.mode)
        mode, address = chat.mode, chat.address
    priced = None if options.base_url else provider
    limiter = _limiter(f"{provider}/{model}", address, options)
    return LiveSource(
        chat,
        LiveModel(model, priced, address, mode, options.sampling, takes_cache_key(address)),
        options.policy,
        limiter,
    )


def _limiter(name: str, address: str | None, options: LiveOptions) -> Limiter | None:
    """What limits the requests to this model there, if anything does."""
    if options.jobs is None:
        return None
    place = (address or "").partition("?")[0].rpartition("://")[2].rpartition("@")[2]  # without a password or a key
    start = min(options.start_jobs or options.jobs, options.jobs)
    return Limiter(f"{name} {place}".strip(), Limit(options.jobs, start), options.store)


def takes_cache_key(address: str | None) -> bool:
    """Whether a server is OpenAI's own and takes `prompt_cache_key`.

    Others refuse what they do not know; Azure's do for some models (github.com/vectorize-io/hindsight/issues/3518).
    """
    try:
        host = urlsplit(address or "").hostname or ""
    except ValueError:
        return False
    return f".{host}".endswith(".api.openai.com")  # also regions: eu.api.openai.com


def key_of(provider: str, options: LiveOptions) -> str | None:
    """The key for an OpenAI-compatible provider; None when it is needed and nowhere to be found.

    A server named by `base_url` gets the provider's key if there is one, and a placeholder if not.
    """
    variable = COMPATIBLE[provider].key
    found = options.api_key or (options.environment.get(variable) if variable else None)
    return found or ("none" if options.base_url or variable is None else None)


def compatible_server(provider: str, options: LiveOptions) -> Server:
    """Where an OpenAI-compatible provider is asked, and with which key.

    Raises:
        MissingKey: its key is not set.
    """
    key = key_of(provider, options)
    if key is None:
        variable = COMPATIBLE[provider].key
        raise MissingKey(
            f"{provider} needs a key, and {variable} is not set",
            remedy=f"export {variable}=...; or use --base-url for a server of your own, or --model offline for none",
        )
    address, headers = options.base_url or COMPATIBLE[provider].base_url, {}
    if provider == "openai":
        given = options.environment
        address = options.base_url or given.get("OPENAI_BASE_URL") or address
        headers = {header: given[name] for name, header in _OPENAI_HEADERS.items() if given.get(name)}
    return Server(address, key, options.policy.timeout, headers)
