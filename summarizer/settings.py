"""What the user configured, from three places: options given, environment variables, a configuration file.

The file is TOML (`summarizer/config.toml` in the user's configuration folder, or the one that SUMMARIZER_CONFIG names)
with the fields of `Settings` as keys; each field is also read from SUMMARIZER_<FIELD>. Options win over variables,
variables over the file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError, field_validator

from . import store as stores
from .engines.base import Engine
from .engines.observed import Logged, Target, Traced
from .engines.prompted import PromptedEngine, ReplySource
from .engines.recorded import Recording, Stored, Unavailable
from .engines.wire import OutputMode, Sampling
from .errors import ConfigurationError, MissingKey
from .models.base import Model
from .prompts import Prompts
from .store import Store

if TYPE_CHECKING:
    from .engines.retry import RetryPolicy

OFFLINE = "offline"
"""The model's name that means none."""

_PREFIX = "SUMMARIZER_"


class Settings(Model):
    """Everything that can be configured; None means the default."""

    model: str | None = Field(None, description="provider/model, or 'offline'.")
    base_url: str | None = Field(None, description="Address of an OpenAI-compatible server.")
    mode: OutputMode | None = Field(None, description="Structured-output mode; found out when not given.")
    replies: Path | None = Field(None, description="A recording to take replies from.")
    store: Path | str | None = Field(None, description="File of the store, or address of its database.", repr=False)
    cache: bool = Field(True, description="Whether replies are kept in the store and taken from it.")
    prompt_dir: Path | None = Field(None, description="Folder of the user's own prompts.")
    temperature: float | None = None
    max_tokens: int | None = Field(None, gt=0)
    seed: int | None = None
    repeat: int = Field(0, ge=0, description="Which of several answers to the same request is meant.")
    timeout: float = Field(180.0, gt=0, description="Seconds that one request may take.")
    deadline: float = Field(600.0, gt=0, description="Seconds for one document, with all retries.")
    attempts: int = Field(6, ge=1, description="Requests sent for one reply at most.")
    reasks: int = Field(2, ge=0, description="How often a reply that does not fit the schema is asked again.")
    jobs: int = Field(8, ge=1, description="Documents under way at once, and requests at most.")
    start_jobs: int | None = Field(
        None, ge=1, description="Requests under way at once to begin with; jobs if not given."
    )
    part: int = Field(24_000, ge=2000, description="Characters of a report that one request holds.")
    context: int = Field(120_000, ge=2000, description="Characters of reports that one request about a story may hold.")
    log_text: bool = Field(False, description="Whether logs and spans hold prompts, replies and messages of errors.")

    @field_validator("replies", "prompt_dir")
    @classmethod
    def _at_home(cls, path: Path | None) -> Path | None:
        """A path with ~ for the user's folder, which no shell has expanded in a file or a variable."""
        return path.expanduser() if path else None

    @field_validator("store")
    @classmethod
    def _file_or_address(cls, place: Path | str | None) -> Path | str | None:
        """An address as it is, a path at home."""
        return place if place is None or stores.is_address(str(place)) else Path(place).expanduser()

    @property
    def offline(self) -> bool:
        """Whether no language model is asked nor was."""
        return self.replies is None and self.model in (None, OFFLINE)

    @property
    def live(self) -> bool:
        """Whether a language model is asked."""
        return self.replies is None and not self.offline

    @property
    def sampling(self) -> Sampling:
        """The settings that change an answer."""
        return Sampling(self.temperature, self.max_tokens, self.seed)

    @property
    def policy(self) -> RetryPolicy:
        """Retries and time-outs."""
        from .engines.retry import RetryPolicy

        return RetryPolicy(attempts=self.attempts, deadline=self.deadline, timeout=self.timeout)

    @property
    def answer_settings(self) -> str:
        """What besides the request tells replies in the store apart."""
        name = self.model or ""
        settings = self.sampling.settings(f"{name}@{self.base_url}" if self.base_url else name)
        return f"{settings}&repeat={self.repeat}" if self.repeat else settings


def load_settings(given: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from options, environment and file.

    Args:
        given: options by field name; None values count as not given.
        environment: variables; the process's own when None.

    Raises:
        ConfigurationError: a value or the file is not valid; the message names field and place.
    """
    variables = os.environ if environment is None else environment
    path = config_path(variables)
    merged: dict[str, Any] = dict(_file_values(path, required=bool(variables.get(_PREFIX + "CONFIG"))))
    sources = dict.fromkeys(merged, f"{path}: ")
    for field in Settings.model_fields:
        variable = _PREFIX + field.upper()
        if variables.get(variable):
            merged[field], sources[field] = variables[variable], f"{variable}, "
    options = {field: value for field, value in given.items() if value is not None}
    try:
        return Settings.model_validate(merged | options)
    except ValidationError as error:
        raise _invalid(error, {field: place for field, place in sources.items() if field not in options}) from error


def config_path(variables: Mapping[str, str]) -> Path:
    """Where the configuration file is looked for."""
    named = variables.get(_PREFIX + "CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("summarizer") / "config.toml"


def store_place(settings: Settings) -> Path | str:
    """The file of the store, or the address of its database."""
    if settings.store:
        return settings.store
    from platformdirs import user_cache_path

    return user_cache_path("summarizer") / "replies.sqlite"


def pages_path() -> Path:
    """The file in which fetched pages are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("summarizer") / "pages.sqlite"


def open_store(settings: Settings) -> Store | None:
    """The store, when the settings use one; whoever opens it closes it.

    Raises:
        StoreError: it cannot be opened.
    """
    return stores.open_store(store_place(settings)) if settings.live and settings.cache else None


def open_ledger(settings: Settings) -> Store:
    """The store whether or not replies are taken from it: what is exported for a batch is noted there.

    Raises:
        StoreError: it cannot be opened.
    """
    return stores.open_store(store_place(settings))


def build_source(settings: Settings, store: Store | None, since: float | None = None) -> ReplySource | None:
    """Where replies come from; None for the offline engine, which needs none.

    Args:
        settings: what is configured.
        store: an open store, or None to keep nothing.
        since: Unix time; older replies are not taken from the store. None takes any.

    Raises:
        ConfigurationError, MissingExtra, StoreError: it cannot be built.
    """
    if settings.replies is not None:
        return Recording(settings.replies)
    if settings.offline:
        if settings.base_url and settings.model is None:
            raise ConfigurationError(
                f"{settings.base_url} is configured, but no model",
                remedy="Name the model too, with --model or SUMMARIZER_MODEL",
            )
        return None
    if store is None:
        return _live(settings, None)
    return Stored(store, settings.answer_settings, _live_behind(store, settings), since)


def build_engine(settings: Settings, source: ReplySource | None) -> Engine:
    """The engine that asks this source, or the offline engine for None.

    Raises:
        MissingExtra, PromptError: it cannot be built.
    """
    if source is None:
        from .engines.offline import OfflineEngine

        return OfflineEngine()
    text = settings.log_text
    logged = Logged(source, text, settings.model)
    return PromptedEngine(Prompts(settings.prompt_dir), logged, settings.reasks, settings.part, text)


def _live_behind(store: Store, settings: Settings) -> ReplySource:
    """The live model, or what says that its key is missing once a reply is asked for that the store lacks."""
    try:
        return _live(settings, store)
    except MissingKey as error:
        if not store.answers(settings.answer_settings):
            raise
        return Unavailable(error)


def _live(settings: Settings, store: Store | None) -> ReplySource:
    from .engines.providers import LiveOptions, live_source, split_name

    options = LiveOptions(
        base_url=settings.base_url, mode=settings.mode, sampling=settings.sampling, policy=settings.policy,
        environment=os.environ, jobs=settings.jobs, start_jobs=settings.start_jobs, store=store,
    )  # fmt: skip
    source = live_source(settings.model or "", options)
    provider, model = split_name(settings.model or "", settings.base_url)
    target = Target(provider, model, source.address, settings.sampling)
    return Traced(source, target, lambda: source.mode, settings.log_text)


def _file_values(path: Path, required: bool) -> dict[str, Any]:
    if not path.is_file():
        if required:
            raise ConfigurationError(
                f"there is no configuration file {path}", remedy="Correct SUMMARIZER_CONFIG or unset it"
            )
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(
            f"the configuration file {path} cannot be read ({error})", remedy="Correct it"
        ) from error


def _invalid(error: ValidationError, sources: Mapping[str, str]) -> ConfigurationError:
    entry = error.errors(include_url=False)[0]
    field = str(entry["loc"][0]) if entry["loc"] else ""
    place = sources.get(field, "")
    if entry["type"] == "extra_forbidden":
        known = ", ".join(Settings.model_fields)
        return ConfigurationError(f"{place}there is no setting {field!r}", remedy=f"Known are {known}")
    return ConfigurationError(f"{place}{field}: {entry['msg']} (it is {entry['input']!r})", remedy="Correct the value")
