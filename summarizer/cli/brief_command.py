"""`summarizer brief`: one checked English brief a report."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from ..documents import LoadOptions, load
from ..engines.recorded import Recording, Remembering, recording_text
from ..errors import DuplicateDocument, InputError, SummarizerError
from ..models.brief import Brief
from ..models.document import Document
from ..models.outcome import Failure
from ..pipeline import briefs, iterate_sync
from ..settings import OFFLINE, Settings, build_engine, load_settings, store_path
from ..store import Store
from . import ALL_DONE, NOTHING_RAN, SOME_FAILED, options
from .output import FORMATS, Writer, atomic, format_for
from .progress import Progress

_PATH = click.Path(path_type=Path)
_OFFLINE_NOTE = (
    "No model is configured: the offline engine recognises names, places and dates and translates nothing. "
    "For full briefs: --model openai/gpt-4o-mini (with OPENAI_API_KEY set), or set SUMMARIZER_MODEL."
)


@click.command("brief")
@options.inputs
@options.model
@click.option(
    "--base-url", metavar="URL", help="Address of an OpenAI-compatible server, such as http://localhost:8080/v1."
)
@click.option("--mode", type=click.Choice(["json_schema", "schema_object", "tools", "json_object", "text"]),
              help="How the server is told to answer in JSON; found out when not given.")  # fmt: skip
@click.option("--replies", type=_PATH, metavar="FILE", help="Take the replies from a recording; nothing is asked.")
@click.option("--record", type=_PATH, metavar="FILE", help="Write the replies used to a recording.")
@click.option(
    "-f", "--format", "format_", type=click.Choice(FORMATS), help="Default: terminal, or by the suffix of --output."
)
@click.option("-o", "--output", type=_PATH, metavar="FILE", help="Write there, in one step at the end.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Reports under way at once (default 8).")
@options.loading
@click.option("--timeout", type=float, help="Seconds that one request may take (default 180).")
@click.option("--deadline", type=float, help="Seconds for one report with all retries (default 600).")
@click.option("--reasks", type=click.IntRange(min=0), help="How often an unfit reply is asked again (default 2).")
@click.option("--no-cache", is_flag=True, help="Neither take replies from the store nor keep them.")
@click.option("--strict", is_flag=True, help="Count a report as failed when its brief has an unsupported item.")
@options.quiet
@click.option("-v", "--verbose", is_flag=True, help="Say what is done, and show tracebacks.")
def command(inputs: tuple[str, ...], quiet: bool, verbose: bool, **given: Any) -> None:
    """Write a checked English brief of each report.

    INPUT is a text file, a folder, a JSONL file (one report a line: id, text, optional title, published, outlet, url,
    language) or - for standard input. Exit code: 0 all done, 1 some failed, 2 wrong use, 3 nothing could run.

    \b
    summarizer brief report.txt --model openai/gpt-4o-mini
    summarizer brief seeds/*.txt --replies seeds/replies.jsonl
    cat report.txt | summarizer brief - --format md
    """
    run = _Run(inputs, given, Progress(quiet=quiet, verbose=verbose))
    sys.exit(run.run())


@dataclass
class _Run:
    """One call of the command."""

    inputs: tuple[str, ...]
    given: dict[str, Any]
    progress: Progress
    done: int = 0
    failed: int = 0
    loaded: int = 0
    loose: int = 0
    replies: list[Remembering] = field(default_factory=list)

    def run(self) -> int:
        fields = {name: value for name, value in self.given.items() if name in Settings.model_fields}
        settings = load_settings({**fields, "cache": False if self.given["no_cache"] else None})
        if settings.replies is None and settings.model is None:
            self.progress.note(_OFFLINE_NOTE)
        with ExitStack() as stack:
            store = self._store(settings, stack)
            engine = build_engine(settings, store, self.replies if self.given["record"] else None)
            known = _KnownLanguages(store, Recording(settings.replies) if settings.replies else None)
            load_options = LoadOptions(self.given["language"], self.given["published"], known_languages=known)
            format_ = format_for(self.given["format_"], self.given["output"])
            output: Path | None = self.given["output"]
            stream = stack.enter_context(atomic(output)) if output else sys.stdout
            writer = Writer(stream, format_)
            documents = self._counted(load(self.inputs, load_options, sys.stdin.buffer))
            results = iterate_sync(briefs(documents, engine, settings.jobs))
            with closing(results), self.progress.bar(len(self.inputs)):  # type: ignore[type-var]
                for result in results:
                    self._take(result, writer)
            writer.finish()
        self._write_recording(settings)
        return self._summary()

    def _store(self, settings: Settings, stack: ExitStack) -> Store | None:
        wanted = settings.cache and settings.replies is None and settings.model not in (None, OFFLINE)
        return stack.enter_context(closing(Store(store_path(settings)))) if wanted else None

    def _counted(self, documents: Iterable[Document | InputError]) -> Iterator[Document | SummarizerError]:
        for document in documents:
            if isinstance(document, DuplicateDocument):
                self.progress.note(str(document))
                continue
            self.loaded += isinstance(document, Document)
            yield document

    def _take(self, result: Brief | Failure, writer: Writer) -> None:
        writer.write(result)
        self.progress.step()
        if isinstance(result, Failure):
            self.failed += 1
            self.progress.error(f"{result.kind}: {result.message}")
            return
        self.done += 1
        if self.given["strict"] and result.checks.unsupported:
            self.loose += 1
            items = ", ".join(sorted({problem.item for problem in result.checks.problems}))
            self.progress.error(
                f"{result.document.id}: {result.checks.unsupported} unsupported items (--strict): {items}"
            )
        self.progress.detail(_line(result))

    def _write_recording(self, settings: Settings) -> None:
        if not self.given["record"]:
            return
        replies = self.replies[0].replies if self.replies else []
        header = {"what": "replies of a large language model to exactly these requests, not edited"}
        with atomic(self.given["record"]) as stream:
            stream.write(recording_text(replies, header))
        self.progress.note(f"{len(replies)} replies written to {self.given['record']}")

    def _summary(self) -> int:
        failed = self.failed + self.loose
        if failed:
            self.progress.note(f"{self.done - self.loose} done, {failed} failed")
        if not self.loaded:
            return NOTHING_RAN
        return SOME_FAILED if failed else ALL_DONE


class _KnownLanguages(dict[str, str]):
    """Languages that earlier runs found, by the hash of the text: saves loading the detector."""

    def __init__(self, *places: Store | Recording | None):
        super().__init__()
        self._places = [place for place in places if place is not None]

    def get(self, key: str, default: Any = None) -> Any:
        return next((language for place in self._places if (language := place.language_of(key))), default)


def _line(brief: Brief) -> str:
    checks, provenance = brief.checks, brief.provenance
    from_where = "recorded" if provenance.recorded else provenance.engine
    return (
        f"{brief.document.id}: {brief.document.language}, {from_where}, {provenance.attempts} requests, "
        f"{provenance.reasks} re-asks, {checks.supported} supported, {checks.unsupported} unsupported"
    )
