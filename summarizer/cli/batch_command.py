"""`summarizer batch`: requests out to a provider's batch API, replies back into the store."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from ..documents import LoadOptions, load
from ..engines.batch import BatchOptions, Pending, batch_lines, import_results, parts
from ..engines.prompted import PromptedEngine, ReplySource
from ..engines.providers import split_name
from ..engines.recorded import Stored
from ..engines.wire import OutputMode
from ..errors import ConfigurationError, DuplicateDocument
from ..models.document import Document
from ..models.exchange import Request
from ..pipeline import briefs, iterate_sync
from ..prompts import Prompts
from ..settings import OFFLINE, Settings, load_settings, store_path
from ..store import Store
from . import ALL_DONE, NOTHING_RAN, SOME_FAILED, options
from .output import atomic
from .progress import Progress

_PATH = click.Path(path_type=Path)
_STORE = click.option("--store", type=_PATH, metavar="PATH", help="File in which replies are kept.")


@click.group("batch")
def command() -> None:
    """Exchange requests and replies with a provider's batch API, at half its price.

    \b
    summarizer batch export reports/ --model openai/gpt-4o-mini --output requests.jsonl
    (hand requests.jsonl to the provider, get its output file, and its error file if there is one)
    summarizer batch import output.jsonl errors.jsonl
    summarizer brief reports/ --model openai/gpt-4o-mini

    A reply that fails validation is asked again by the next export.
    """


@command.command("export")
@options.inputs
@options.model
@click.option("-o", "--output", type=_PATH, metavar="FILE", required=True, help="The batch file to write.")
@click.option("--mode", type=click.Choice(["json_schema", "tools", "json_object", "text"]), default="json_schema",
              help="How the model is told to answer in JSON.")  # fmt: skip
@options.loading
@options.quiet
def export(inputs: tuple[str, ...], output: Path, mode: str, quiet: bool, **given: Any) -> None:
    """Write the requests that have no reply yet as a file for the OpenAI Batch API.

    A file that would pass the API's limits (50,000 requests, 200 MB) is written in parts.
    """
    progress = Progress(quiet=quiet)
    settings = _settings(given)
    _, model = split_name(settings.model or "")
    with closing(Store(store_path(settings))) as store:
        asked = _Asked(store, settings, given, progress)
        asked.run(inputs)
        lines = batch_lines(asked.pending, BatchOptions(model, settings.sampling, OutputMode(mode)))
        written = [_write_part(output, number, part) for number, part in enumerate(parts(lines), 1)]
        store.mark_asked(asked.pending, settings.answer_settings)
    names = ", ".join(str(path) for path in written) or "no file"
    progress.note(f"{len(asked.pending)} requests in {names}; {asked.answered} reports have their replies already")
    sys.exit(asked.exit_code())


@command.command("import")
@click.argument("results", nargs=-1, required=True, type=_PATH, metavar="RESULTS...")
@_STORE
@options.quiet
def import_(results: tuple[Path, ...], quiet: bool, **given: Any) -> None:
    """Keep the replies of a batch's output and error files in the store."""
    progress = Progress(quiet=quiet)
    counts: Counter[bool] = Counter()
    with closing(Store(store_path(load_settings(given)))) as store:
        for path in results:
            for line in import_results(path, store):
                counts[line.error is None] += 1
                if line.error is not None:
                    progress.error(f"{path}, line {line.line}: {line.document or line.request[:12]}: {line.error}")
    progress.note(f"{counts[True]} replies kept, {counts[False]} lines without a reply")
    sys.exit(ALL_DONE if not counts[False] else SOME_FAILED if counts[True] else NOTHING_RAN)


@command.command("status")
@click.argument("inputs", nargs=-1, metavar="[INPUT...]")
@options.model
@options.loading
@options.quiet
def status(inputs: tuple[str, ...], quiet: bool, **given: Any) -> None:
    """Say which reports have a reply, which wait for one, and which have to be asked again.

    Without INPUT: the requests that were exported and have no reply yet.
    """
    progress = Progress(quiet=quiet)
    if not inputs:
        with closing(Store(store_path(load_settings(given)))) as store:
            waiting = list(store.unanswered())
        for asked in waiting:
            click.echo(f"{asked.about.document}: waits for a reply of {asked.settings} ({asked.request[:12]})")
        click.echo(f"{len(waiting)} requests wait for a reply")
        sys.exit(ALL_DONE)
    settings = _settings(given)
    with closing(Store(store_path(settings))) as store:
        asked_now = _Asked(store, settings, given, progress)
        asked_now.run(inputs)
        for request in asked_now.pending:
            exported = store.asked(request.key) is not None
            what = "to be asked again" if len(request.messages) > 2 else "without a reply"
            click.echo(f"{request.about.document}: {what}, {'exported' if exported else 'not exported yet'}")
    click.echo(f"{asked_now.answered} with a reply, {len(asked_now.pending)} without")
    sys.exit(asked_now.exit_code())


class _Asked:
    """What the reports would ask, and what of it the store cannot answer."""

    def __init__(self, store: Store, settings: Settings, given: dict[str, Any], progress: Progress):
        self._source = Pending()
        source: ReplySource = Stored(store, settings.answer_settings, self._source)
        self._engine = PromptedEngine(Prompts(settings.prompt_dir), source, settings.reasks)
        self._options = LoadOptions(given["language"], given["published"])
        self._progress = progress
        self._failed = 0
        self._documents = 0

    @property
    def pending(self) -> list[Request]:
        """Requests without a reply."""
        return self._source.requests

    @property
    def answered(self) -> int:
        """Documents that need nothing more."""
        return self._documents - len({request.about.document for request in self.pending})

    def run(self, inputs: tuple[str, ...]) -> None:
        for _ in iterate_sync(briefs(self._loaded(inputs), self._engine, jobs=1)):
            pass

    def exit_code(self) -> int:
        if self._failed:
            return SOME_FAILED if self._documents else NOTHING_RAN
        return ALL_DONE

    def _loaded(self, inputs: tuple[str, ...]) -> Iterator[Document]:
        for document in load(inputs, self._options, sys.stdin.buffer):
            if isinstance(document, Document):
                self._documents += 1
                yield document
            elif isinstance(document, DuplicateDocument):
                self._progress.note(str(document))
            else:
                self._failed += 1
                self._progress.error(str(document))


def _settings(given: dict[str, Any]) -> Settings:
    settings = load_settings({name: value for name, value in given.items() if name in Settings.model_fields})
    if settings.model in (None, OFFLINE):
        raise ConfigurationError("a batch needs a model", remedy="Name it with --model, such as openai/gpt-4o-mini")
    return settings


def _write_part(output: Path, number: int, lines: list[str]) -> Path:
    path = output if number == 1 else output.with_name(f"{output.stem}-{number}{output.suffix}")
    with atomic(path) as stream:
        stream.write("\n".join(lines) + "\n")
    return path
