"""What `summarizer batch export`, `import` and `status` do: requests out into files, replies back into the store."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import click

from ..engines.batch import BatchOptions, Imported, PartFiles, import_results
from ..engines.batch_jobs import in_batches
from ..engines.providers import split_name
from ..engines.wire import OutputMode
from ..errors import InputError
from ..models.exchange import Request
from ..settings import Settings, load_settings, store_place
from ..store import Store, open_store
from . import ALL_DONE, NOTHING_RAN, SOME_FAILED
from .batch_survey import Survey, batch_settings
from .files import atomic
from .progress import Progress


def export(inputs: tuple[str, ...], given: dict[str, Any]) -> int:
    """Write what the store cannot answer as batch files, and note in the store that it was asked."""
    progress = Progress(quiet=given["quiet"])
    settings = batch_settings(given)
    with closing(open_store(store_place(settings))) as store:
        with _Export(store, settings, OutputMode(given["mode"]), given["output"]) as files:
            survey = Survey(store, settings, given, files.add)
            survey.run(inputs)
        progress.note(
            f"{survey.missing} requests in {files.names}; {survey.answered} reports have their replies already"
        )
        if given["dossier"] and not survey.missing:
            progress.note("nothing is missing: `summarizer dossier` can be run")
    return survey.exit_code()


def write_batch(requests: Iterable[Request], store: Store, settings: Settings, mode: OutputMode, output: Path) -> str:
    """Write requests as batch files and note in the store that they were asked.

    Returns:
        The names of the files, or "no file".
    """
    with _Export(store, settings, mode, output) as files:
        for request in requests:
            files.add(request)
    return files.names


def options_of(settings: Settings, mode: OutputMode) -> BatchOptions:
    """What all requests of a batch share."""
    _, model = split_name(settings.model or "", settings.base_url)
    return BatchOptions(model, settings.sampling, mode, settings=settings.answer_settings)


class _Export:
    """Batch files named after one output, each request noted in the store as asked."""

    def __init__(self, store: Store, settings: Settings, mode: OutputMode, output: Path):
        self._store = store
        self._settings = settings.answer_settings
        self._output = output
        self._files = PartFiles(options_of(settings, mode), self._opened)

    def __enter__(self) -> _Export:
        return self

    def __exit__(self, *error: Any) -> None:
        self._files.__exit__(*error)

    @property
    def names(self) -> str:
        """The names of the files, or "no file"."""
        return ", ".join(str(self._path(number + 1)) for number in range(len(self._files.counts))) or "no file"

    def add(self, request: Request) -> None:
        """Write a request."""
        self._files.add(request)
        self._store.mark_asked([request], self._settings)

    def _opened(self, number: int) -> AbstractContextManager[TextIO]:
        return atomic(self._path(number))

    def _path(self, number: int) -> Path:
        output = self._output
        return output if number == 1 else output.with_name(f"{output.stem}-{number}{output.suffix}")


@dataclass
class Tally:
    """What came of result files: counts of lines, US dollars of the replies whose price is known."""

    kept: int = 0
    known: int = 0
    lost: int = 0
    priced: int = 0
    cost: float = 0.0
    saved: float = 0.0

    def add(self, line: Imported) -> None:
        """Count a line."""
        self.known += line.known
        self.lost += line.error is not None
        self.kept += line.error is None and not line.known
        if line.cost is not None and line.saved is not None:
            self.priced += 1
            self.cost += line.cost
            self.saved += line.saved

    def __str__(self) -> str:
        said = [f"{self.kept} replies kept, {self.lost} without a reply"]
        if self.known:
            said[0] += f", {self.known} known before"
        if self.priced:
            of_them = "they" if self.priced == self.kept else f"{self.priced} of them"
            said.append(f"{of_them} cost {_dollars(self.cost)}, {_dollars(self.saved)} less than live")
        return "; ".join(said)

    def exit_code(self) -> int:
        """By what could be kept."""
        if not self.lost:
            return ALL_DONE
        return SOME_FAILED if self.kept + self.known else NOTHING_RAN


def import_(results: tuple[Path, ...], given: dict[str, Any]) -> int:
    """Keep the replies of result files; a file or line that cannot be used is named and the others go on."""
    progress = Progress(quiet=given["quiet"])
    tally = Tally()
    with closing(open_store(store_place(load_settings({"store": given["store"]})))) as store:
        for path in results:
            try:
                for line in import_results(path, store):
                    tally.add(line)
                    if line.error is not None:
                        progress.error(f"{path}, line {line.line}: {line.document or line.request[:12]}: {line.error}")
            except InputError as error:
                tally.lost += 1
                progress.error(str(error))
    progress.note(str(tally))
    return tally.exit_code()


def status(inputs: tuple[str, ...], given: dict[str, Any]) -> int:
    """Say what each report without a reply waits for."""
    settings = batch_settings(given)
    with closing(open_store(store_place(settings))) as store:
        batches = in_batches(store)
        waits = {
            asked.request: asked.batch for asked in store.unanswered() if asked.settings == settings.answer_settings
        }
        lines: list[str] = []

        def take(request: Request) -> None:
            what = "to be asked again" if len(request.messages) > 2 else "without a reply"
            batch = batches.get(waits.get(request.key, ""))
            where = "exported" if request.key in waits else "not exported yet"
            lines.append(f"{request.about.document}: {what}, {f'in {batch.id or batch.label}' if batch else where}")

        survey = Survey(store, settings, given, take)
        survey.run(inputs)
        for line in lines:
            click.echo(line)
    click.echo(f"{survey.answered} with a reply, {survey.missing} without")
    return survey.exit_code()


def _dollars(amount: float) -> str:
    return f"${amount:.2f}" if amount >= 1 else f"${amount:.6f}"
