"""What `summarizer batch submit` does: requests that have no reply yet go to the provider, part by part."""

from __future__ import annotations

import datetime as dt
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO

from ..engines.batch import PartFiles
from ..engines.batch_api import BatchApi
from ..engines.batch_jobs import SUBMITTING, holds_requests, new_label, settle, submit_part
from ..engines.openai_chat import Server
from ..engines.wire import OutputMode
from ..errors import SummarizerError
from ..models.exchange import Request
from ..pipeline import run_sync
from ..settings import Settings, store_place
from ..store import BatchEntry, Store, open_store
from . import NOTHING_RAN, SOME_FAILED
from .batch_run import options_of
from .batch_servers import same_server, server_of
from .batch_survey import Survey, batch_settings
from .progress import Progress


def submit(inputs: tuple[str, ...], given: dict[str, Any]) -> int:
    """Submit what the store cannot answer and no batch holds; each batch is noted as soon as it is accepted."""
    progress = Progress(quiet=given["quiet"])
    settings = batch_settings(given)
    server = server_of(settings.model or "", settings.base_url or "", settings)
    with (
        closing(open_store(store_place(settings))) as store,
        tempfile.TemporaryDirectory(prefix="summarizer-") as folder,
    ):
        submission = _Submission(store, settings, server, progress)
        submission.begin()
        with submission.files(Path(folder), OutputMode(given["mode"]), given["max_requests"]) as files:
            survey = Survey(store, settings, given, submission.take)
            try:
                for _ in survey.steps(inputs):
                    submission.submit_whole()
                files.finish()
                submission.submit_whole()
            except SummarizerError as error:
                progress.error(str(error))
                progress.note(f"{submission}; the same command submits the rest")
                return SOME_FAILED if submission.submitted else NOTHING_RAN
    progress.note(f"{submission}; {survey.answered} reports have their replies already")
    if submission.submitted:
        progress.note("`summarizer batch fetch --wait` gets the replies")
    if given["dossier"] and not survey.missing:
        progress.note("nothing is missing: `summarizer dossier` can be run")
    return survey.exit_code()


class _Submission:
    """Requests on their way into batches of one server.

    Attributes:
        submitted: requests in batches that the provider has accepted.
    """

    def __init__(self, store: Store, settings: Settings, server: Server, progress: Progress):
        self._store = store
        self._settings = settings
        self._server = server
        self._progress = progress
        self._held: set[str] = set()
        self._taken: set[str] = set()
        self._labels: list[str] = []
        self._batches = 0
        self._waiting = 0
        self.submitted = 0

    def __str__(self) -> str:
        said = f"{self.submitted} requests submitted in {self._batches} batches"
        return f"{said}, {self._waiting} wait in earlier ones" if self._waiting else said

    def begin(self) -> None:
        """Make sure of the server and the key, and of what became of earlier submissions.

        Raises:
            ConfigurationError, TransportError: batches cannot be submitted.
        """
        run_sync(self._begin())
        settings = self._settings.answer_settings
        holding = {entry.label for entry in self._store.batches() if holds_requests(entry)}
        waiting = (each for each in self._store.unanswered() if each.batch in holding)
        self._held = {each.request for each in waiting if each.settings == settings}

    def files(self, folder: Path, mode: OutputMode, most: int | None) -> PartFiles:
        """The files that requests are written to, in this folder."""

        def opened(_: int) -> TextIO:
            self._labels.append(new_label())
            return self._path(self._labels[-1]).open("w", encoding="utf-8", newline="\n")

        self._folder = folder
        self._files = PartFiles(options_of(self._settings, mode), opened, most)
        return self._files

    def take(self, request: Request) -> None:
        """Write a request, unless a batch holds it, and note in the store where it goes."""
        if request.key in self._held:
            self._waiting += 1
        elif request.key not in self._taken:
            self._taken.add(request.key)
            part = self._files.add(request)
            self._store.mark_asked([request], self._settings.answer_settings, self._labels[part - 1])

    def submit_whole(self) -> None:
        """Submit the parts that are written and not submitted yet.

        Raises:
            ConfigurationError, TransportError: a part could not be submitted.
        """
        while self._batches < self._files.whole:
            label, requests = self._labels[self._batches], self._files.counts[self._batches]
            place, now = self._settings.base_url or "", dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
            entry = BatchEntry("", place, self._settings.model or "", SUBMITTING, requests, now, label)
            accepted = run_sync(self._submit(entry))
            self._progress.note(f"{accepted.id}: {requests} requests submitted")
            self._batches += 1
            self.submitted += requests
            self._path(label).unlink()

    async def _begin(self) -> None:
        async with self._api() as api:
            await api.check()
            entries = [entry for entry in self._store.batches() if entry.state == SUBMITTING]
            ours = [entry for entry in entries if same_server(entry, self._settings)]
            await settle(api, self._store, ours, self._progress.note)

    async def _submit(self, entry: BatchEntry) -> BatchEntry:
        async with self._api() as api:
            return await submit_part(api, self._store, self._path(entry.label), entry)

    def _api(self) -> BatchApi:
        return BatchApi(self._server, self._settings.policy, self._progress.note)

    def _path(self, label: str) -> Path:
        return self._folder / f"{label}.jsonl"
