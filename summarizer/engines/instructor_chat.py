"""One request to any other provider that instructor knows (anthropic, gemini, cohere, mistral, bedrock, ...).

instructor shapes the request for the provider and reads the answer. It is asked for one attempt: re-asking with errors
and retrying are done here for all providers alike. Its `context=` is never given, because it would render the report
as a Jinja template; its cache is never used, because hits carry no usage.
"""

from __future__ import annotations

import asyncio
import copy
import logging
import time
from typing import Any

from pydantic import BaseModel, Field, create_model

from ..errors import AuthenticationFailed, ConfigurationError, EngineError, MissingExtra, TransportError
from ..models.draft import Draft
from ..models.exchange import ReplySchema, Request
from .failures import Rejection, RetryableError, one_line, said_by, too_late, truncated
from .openai_chat import Server
from .rate_headers import wait_asked
from .raw import read_raw, usage_of
from .wire import Completion, Manner, OutputMode

_MODES = {
    OutputMode.JSON_SCHEMA: "JSON_SCHEMA",
    OutputMode.TOOLS: "TOOLS",
    OutputMode.JSON_OBJECT: "JSON",
    OutputMode.TEXT: "MD_JSON",
}
"""instructor's names for the structured-output modes that it has."""

_INSTALL = {
    "cerebras": '"instructor[cerebras-cloud-sdk]"',
    "gemini": "google-generativeai jsonref",
    "generative-ai": '"instructor[google-genai]"',
    "google": '"instructor[google-genai]"',
}
"""What to install for a provider, where it is not instructor's extra of the same name."""

_MARKED = "anthropic/"
"""Whose models cache of a prompt only what is marked."""

_PASSING = ("Timeout", "Connect", "Network", "Protocol", "Decod")
"""What names the error classes, in whichever package, of a failed connection or a body that is not JSON."""


class InstructorChat:
    """The completions of one provider through instructor.

    Args:
        name: provider and model as instructor takes them, e.g. anthropic/claude-sonnet-4-5.
        server: address and key, each may be empty; seconds one request may take.
        mode: structured-output mode; None leaves it to instructor.

    Raises:
        MissingExtra: the provider's package is not installed.
        ConfigurationError: instructor cannot make a client, for lack of a key or because it does not know the mode.
    """

    def __init__(self, name: str, server: Server, mode: OutputMode | None = None):
        import instructor

        _silence()
        given: dict[str, Any] = {"api_key": server.api_key} if server.api_key else {}
        if server.base_url:
            given["base_url"] = server.base_url
        wanted = _instructor_mode(name, mode)
        try:
            self._client: Any = instructor.from_provider(name, async_client=True, mode=wanted, **given)
        except Exception as error:  # instructor and the providers' packages raise classes of their own
            raise _client_failure(name, error, mode) from error
        if wanted not in (None, self._client.mode):  # some providers' builders leave the mode aside
            raise _no_mode(name, mode)
        sdk: Any = self._client.client
        self.address = str(getattr(sdk, "base_url", None) or "") or None
        if hasattr(sdk, "max_retries"):
            sdk.max_retries = 0
        self._name = name
        self._timeout = server.timeout

    @property
    def mode(self) -> OutputMode:
        """The structured-output mode in use."""
        used = self._client.mode.name
        return next((mode for mode, name in _MODES.items() if name == used), OutputMode.TOOLS)

    async def complete(self, request: Request, manner: Manner) -> Completion:
        """Send one request once, in the mode that was given when this was made.

        Raises:
            RetryableError: it may succeed later.
            TransportError, Refusal, ContentFiltered, TruncatedReply: it will not.
        """
        from instructor.core.hooks import Hooks

        document = request.about.document
        answers: list[Any] = []
        hooks = Hooks()
        hooks.on("completion:response", answers.append)
        try:
            async with asyncio.timeout(self._timeout):
                read = await self._client.create(
                    messages=_messages(request, self._name.startswith(_MARKED)),
                    response_model=_model_of(request.schema),
                    max_retries=0,
                    hooks=hooks,
                    **manner.sampling.given,
                )
        except TimeoutError as error:
            raise too_late(self._name, self._timeout, document) from error
        except Exception as error:  # the providers' packages raise classes of their own
            if not answers:
                cause = _cause(error)
                raise _failure(cause, document) from cause
            if type(error).__name__ == "IncompleteOutputException":
                raise truncated(document, usage_of(answers[-1])) from error
            return read_raw(answers[-1], document)
        return read_raw(answers[-1], document, read)

    async def close(self) -> None:
        """Close the connections where the provider's client can."""
        close = getattr(self._client.client, "close", None)
        if close is not None:
            result = close()
            if hasattr(result, "__await__"):
                await result


def _messages(request: Request, marked: bool) -> list[dict[str, Any]]:
    """The messages as instructor takes them; with `marked`, the provider is to cache all up to the end of the system's.

    In Anthropic's order the schema, as a tool, comes before it (docs.anthropic.com, prompt caching).
    """
    messages: list[dict[str, Any]] = [{"role": m.role, "content": m.content} for m in request.messages if m.content]
    for message in messages:
        if marked and message["role"] == "system":
            text = {"type": "text", "text": message["content"], "cache_control": {"type": "ephemeral"}}
            message["content"] = [text]
    return messages


def _model_of(schema: ReplySchema) -> type[BaseModel]:
    """The model that instructor fills: a draft, or for another question an object that shows its schema.

    Its fields take anything, under aliases: a user's schema can have keys that are no names in Python.
    """
    if schema.name == "Draft":
        return Draft
    keys = enumerate(schema.schema["properties"])
    fields: dict[str, Any] = {f"field_{number}": (Any, Field(alias=key)) for number, key in keys}
    return create_model(schema.name, __base__=_shown_as(schema), **fields)


def _shown_as(schema: ReplySchema) -> type[BaseModel]:
    """A base of models that show this JSON Schema to providers."""

    class Shown(BaseModel):
        @classmethod
        def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:  # noqa: ARG003
            return {"title": schema.name, **copy.deepcopy(dict(schema.schema))}

    return Shown


def _silence() -> None:
    """Keep instructor's log off standard error where the user has set up no logging: failures are raised."""
    logger = logging.getLogger("instructor")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _instructor_mode(name: str, mode: OutputMode | None) -> Any:
    """The same mode as instructor names it; None for None."""
    import instructor

    if mode is None:
        return None
    if mode not in _MODES:
        raise _no_mode(name, mode)
    return instructor.Mode[_MODES[mode]]


def _no_mode(name: str, mode: OutputMode | None) -> ConfigurationError:
    choice = ", ".join(m for m in _MODES if m is not mode)
    return ConfigurationError(
        f"{name} cannot be asked in the mode {mode}", remedy=f"Leave --mode out, or choose one of: {choice}"
    )


def _client_failure(name: str, error: Exception, mode: OutputMode | None) -> ConfigurationError:
    provider, said = name.partition("/")[0], one_line(str(error))
    if type(error).__name__ == "ModeError":
        return _no_mode(name, mode)
    if "package is required" in said or isinstance(error, ImportError):
        package = _INSTALL.get(provider, f'"instructor[{provider}]"')
        return MissingExtra(f"{provider} needs a package that is not installed", remedy=f"pip install {package}")
    remedy = f"Set the key that {provider} wants in the environment; see `summarizer doctor`"
    return ConfigurationError(f"no client for {name} ({said})", remedy=remedy)


def _cause(error: BaseException) -> BaseException:
    """What a retry exception of instructor is about."""
    retried = type(error).__name__ == "InstructorRetryException"
    return error.__cause__ if retried and error.__cause__ is not None else error


def _failure(error: BaseException, document: str) -> EngineError:
    said = said_by(error)
    for number in (getattr(error, "status_code", None), getattr(error, "code", None)):
        if isinstance(number, int):
            headers = getattr(getattr(error, "response", None), "headers", None) or {}
            wait = wait_asked(number, headers, time.time())
            return Rejection(number, str(getattr(error, "code", None) or ""), said, wait).failure(document)
    if "api_key" in said or "authentication" in said.lower():
        message = f"the provider wants a key ({said})"
        return AuthenticationFailed(message, document=document, remedy="Set the API key in the environment")
    message = f"the provider failed ({type(error).__name__}: {said})"
    names = [kind.__name__ for kind in type(error).__mro__]
    if any(word in name for word in _PASSING for name in names):
        return RetryableError(message, document=document, remedy="Try again later")
    return TransportError(message, document=document, remedy="Check --model, and the settings that go with it")
