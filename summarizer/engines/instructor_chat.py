"""One request to any other provider that instructor knows (anthropic, gemini, cohere, mistral, bedrock, ...).

instructor shapes the request for the provider and reads the answer. It is asked for one attempt: re-asking with errors
and retrying are done here for all providers alike. Its `context=` is never given, because it would render the report
as a Jinja template; its cache is never used, because hits carry no usage.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from ..errors import AuthenticationFailed, ConfigurationError, EngineError, MissingExtra, TransportError, TruncatedReply
from ..models.draft import Draft
from ..models.exchange import Request, Usage
from .openai_chat import Server
from .retry import RetryableError, retry_after
from .wire import Completion, OutputMode, Sampling


class InstructorChat:
    """The completions of one provider through instructor.

    Args:
        name: provider and model as instructor takes them, e.g. anthropic/claude-sonnet-4-5.
        server: address and key, each may be empty; seconds one request may take.

    Raises:
        MissingExtra: the provider's package is not installed.
        ConfigurationError: instructor cannot make a client, mostly for lack of a key.
    """

    def __init__(self, name: str, server: Server):
        import instructor

        given: dict[str, Any] = {"api_key": server.api_key} if server.api_key else {}
        if server.base_url:
            given["base_url"] = server.base_url
        try:
            self._client: Any = instructor.from_provider(name, async_client=True, **given)
        except Exception as error:  # instructor and the providers' packages raise classes of their own
            raise _client_failure(name, error) from error
        self._timeout = server.timeout

    async def complete(self, request: Request, model: str, sampling: Sampling, mode: OutputMode) -> Completion:
        """Send one request once; instructor's default mode for the provider is used.

        Raises:
            RetryableError: it may succeed later.
            TransportError, TruncatedReply: it will not.
        """
        given = {name: value for name in sampling.__slots__ if (value := getattr(sampling, name)) is not None}
        try:
            draft, raw = await self._client.create_with_completion(
                messages=[{"role": m.role, "content": m.content} for m in request.messages],
                response_model=Draft,
                max_retries=0,
                **given,
            )
        except Exception as error:  # the providers' packages raise classes of their own
            return _rescued(error, request)
        return Completion(draft.model_dump_json(by_alias=True), str(getattr(raw, "model", model)), usage_of(raw))

    async def close(self) -> None:
        """Close the connections where the provider's client can."""
        close = getattr(getattr(self._client, "client", None), "close", None)
        if close is not None:
            result = close()
            if hasattr(result, "__await__"):
                await result


def usage_of(raw: object) -> Usage:
    """The tokens in a provider's response, under any of the usual names."""
    said = getattr(raw, "usage", None) or getattr(raw, "usage_metadata", None)
    names = (
        ("input_tokens", "prompt_tokens", "prompt_token_count"),
        ("output_tokens", "completion_tokens", "candidates_token_count"),
    )
    numbers = [next((v for n in group if isinstance(v := getattr(said, n, None), int)), None) for group in names]
    return Usage(1, *numbers)


def _client_failure(name: str, error: Exception) -> ConfigurationError:
    provider, said = name.partition("/")[0], " ".join(str(error).split())[:200]
    if "package is required" in said or isinstance(error, ImportError):
        return MissingExtra(
            f"{provider} needs a package that is not installed", remedy=f'pip install "instructor[{provider}]"'
        )
    remedy = f"Set the key that {provider} wants in the environment; see `summarizer doctor`"
    return ConfigurationError(f"no client for {name} ({said})", remedy=remedy)


def _rescued(error: Exception, request: Request) -> Completion:
    """The text of a reply that failed validation; any other failure is raised by its kind."""
    document = request.about.document
    cause, completion = _cause(error), getattr(error, "last_completion", None)
    if completion is not None and isinstance(cause, (ValidationError, ValueError)):
        return Completion(_text_in(completion), str(getattr(completion, "model", "")), usage_of(completion))
    if type(cause).__name__ == "IncompleteOutputException":
        message, remedy = "the reply was cut off at its token limit", "Raise --max-tokens"
        raise TruncatedReply(message, document=document, remedy=remedy) from error
    raise _failure(cause, document) from error


def _cause(error: BaseException) -> BaseException:
    """What a retry exception is about."""
    attempts = getattr(error, "failed_attempts", None)
    inner = attempts[-1].exception if attempts else error.__cause__
    return _cause(inner) if inner is not None and inner is not error else error


def _failure(error: BaseException, document: str) -> EngineError:
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    said = " ".join(str(error).split())[:200]
    if status in (401, 403):
        message = f"the provider did not accept the key ({said})"
        return AuthenticationFailed(message, document=document, remedy="Check the API key in the environment")
    passing = status in (408, 409, 425, 429) or (isinstance(status, int) and status >= 500)
    if passing or "Timeout" in type(error).__name__ or "Connection" in type(error).__name__:
        failure = RetryableError(f"the provider failed ({said})", document=document, remedy="Try again later")
        headers = getattr(getattr(error, "response", None), "headers", None) or {}
        failure.retry_after = retry_after(headers.get("retry-after"))
        return failure
    return TransportError(
        f"the provider failed ({type(error).__name__}: {said})", document=document, remedy="Check --model"
    )


def _text_in(completion: Any) -> str:
    """The reply in a provider's response: a tool call's arguments or the text."""
    for choice in getattr(completion, "choices", None) or ():
        message = choice.message
        if message.tool_calls:
            return str(message.tool_calls[0].function.arguments)
        return str(message.content or "")
    for block in getattr(completion, "content", None) or ():
        if getattr(block, "input", None) is not None:
            import json

            return json.dumps(block.input, ensure_ascii=False)
        if getattr(block, "text", None):
            return str(block.text)
    return str(getattr(completion, "text", "") or "")
