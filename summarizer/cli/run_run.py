"""What `summarizer run` does: a record of each report in one file, whatever happens meanwhile."""

from __future__ import annotations

import functools
import gc
import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..bulk import (
    Budget,
    Bulk,
    ChangedInputs,
    Done,
    Item,
    Journal,
    Meter,
    Work,
    failed_in,
    only,
    replace_failures,
    require,
)  # fmt: skip
from ..bulk.outputs import write_lines
from ..documents import LoadOptions, load
from ..documents.counting import count
from ..engines.base import Engine
from ..engines.extracting import Form
from ..engines.pricing import cost_of
from ..engines.providers import split_name
from ..errors import ConfigurationError
from ..models.exchange import Usage
from ..models.outcome import Failure
from ..pipeline import brief_one, extract_one, iterate_sync
from ..prompts import Prompts
from ..settings import Settings, build_engine, build_source, open_store, store_place
from ..store import is_address
from ..telemetry.stages import each_timed
from ..version import __version__
from . import ALL_DONE, INTERRUPTED, NOTHING_RAN, SOME_FAILED
from .bulk_progress import BulkProgress, summary_of
from .observing import observing
from .progress import Progress
from .session import OFFLINE_NOTE, KnownLanguages, closing_engine, reading_of, settings_of

JOBS = 256
"""Reports under way at once unless the user says otherwise."""
START_JOBS = 16
"""Requests under way at once before it is known how many the server takes."""
_TASKS = ("brief", "part", "overview")
_OF_THE_SERVER = ("AuthenticationFailed", "TransportError")
_MOST_IN_A_ROW = 200
"""Failures for want of the server, one after the other, after which a run stops."""
_MOST_NAMED = 20
"""Failures that are said on standard error as they happen; all are in the output."""


class Run:
    """One call of the command, with the options given."""

    def __init__(self, given: dict[str, Any]):
        self._given = given
        self._out: Path = given["out"]
        self._progress = Progress(quiet=given["quiet"], verbose=given["verbose"])
        self._kinds: Counter[str] = Counter()
        self._in_a_row = 0
        self._begun = time.monotonic()

    def run(self) -> int:
        """Do all of it; the exit code."""
        require(self._out)
        settings, form = self._settings(), self._form()
        again = failed_in(self._out) if self._given["retry_failed"] else None
        if again == set():
            self._progress.note(f"nothing failed in {self._out}")
            return ALL_DONE
        place = self._out if again is None else self._out.with_name(f"{self._out.name}.retry")
        with ExitStack() as stack:
            stack.enter_context(observing(self._given, settings.log_text, self._progress))
            stack.enter_context(self._progress.logged())
            journal = stack.enter_context(closing(Journal(place, _purpose(self._given, settings, form))))
            opened = _opened(settings, journal, stack, fresh=again is not None)
            if opened.meter is None and settings.model is None:
                self._progress.note(OFFLINE_NOTE)
            bulk = self._bulk(journal, opened)
            gc.freeze()  # what is imported is not garbage, and to look through it again and again takes 8% of the CPU
            stack.callback(gc.unfreeze)
            try:
                bulk = self._work(bulk, journal, opened, Wanted(settings, form, again))
            except KeyboardInterrupt:
                bulk.save()
                self._progress.error(f"interrupted after {_done(journal)} reports; the same command goes on from there")
                return INTERRUPTED
            except _Hopeless as error:
                bulk.save()
                self._progress.error(f"{error}; once that is mended, the same command goes on from there")
                return SOME_FAILED
            return self._finish(bulk, journal, opened, again is not None)

    def _work(self, bulk: Bulk, journal: Journal, opened: _Opened, wanted: Wanted) -> Bulk:
        """Work on what is left; when the inputs are others than before, on all of them."""
        if journal.found:
            self._progress.note(f"going on after {_done(journal)} reports ({journal.path})")
        try:
            self._pass(bulk, journal, opened, wanted)
        except ChangedInputs:
            self._progress.note("the inputs have changed since: begun anew, and no reply is paid for again")
            journal.begin_anew()
            if opened.meter is not None:
                opened.meter.begin_anew(journal.at.began)
            bulk = self._bulk(journal, opened)
            self._pass(bulk, journal, opened, wanted)
        return bulk

    def _pass(self, bulk: Bulk, journal: Journal, opened: _Opened, wanted: Wanted) -> None:
        total = count(self._given["inputs"]) if wanted.again is None else len(wanted.again)
        with self._progress.bulk(BulkProgress(total, journal.at, self._spent(journal, opened))) as shown:
            results = self._done(bulk, opened, wanted)
            with closing(results):  # type: ignore[type-var]
                for done in results:
                    shown.step()
                    self._note(done.failure)
        bulk.save()

    def _done(self, bulk: Bulk, opened: _Opened, wanted: Wanted) -> Iterator[Done]:
        """Each report as its record is written."""
        items: Iterator[Item] = each_timed("load", load(self._given["inputs"], self._reading(opened)))
        if wanted.again is not None:
            items = only(items, wanted.again)
        if self._given["on"] == "ray":
            return self._on_ray(bulk, items, opened, wanted)
        engine = opened.engine
        results: AsyncIterator[Done] = bulk.locally(items, wanted.work(engine), wanted.settings.jobs)
        return iterate_sync(closing_engine(results, engine))

    def _on_ray(self, bulk: Bulk, items: Iterator[Item], opened: _Opened, wanted: Wanted) -> Iterator[Done]:
        from .on_ray import Cluster, Task, on_ray

        given = self._given
        if given["log"] or given["profile"]:
            self._progress.note("--log and --profile tell of this process alone; of its workers, --otel does")
        if given["address"] and wanted.settings.cache and not is_address(str(store_place(wanted.settings))):
            self._progress.note(
                "the store is a file, and workers on other machines have files of their own: what they are paid for is "
                "not asked again only with --store postgresql://..."
            )
        otel = given["otel"] or any(name.startswith("OTEL_") for name in os.environ)
        fresh_from = None if wanted.again is None else opened.since
        task = Task(wanted.settings, bulk.began, fresh_from, given["schema"], given["prompt"], otel)
        for done in on_ray(bulk, items, task, Cluster(given["address"], given["workers"])):
            if opened.meter is not None and done.spent is not None:
                opened.meter.spent = opened.meter.spent.plus(done.spent)
            yield done

    def _finish(self, bulk: Bulk, journal: Journal, opened: _Opened, is_retry: bool) -> int:
        for line in summary_of(journal.at, self._kinds, opened.meter, time.monotonic() - self._begun):
            self._progress.note(line)
        if bulk.duplicates:
            self._progress.note(f"{bulk.duplicates} left out: the same text as an earlier one")
        if bulk.stopped:
            done = _done(journal)
            self._progress.error(
                f"the budget is spent after {done} reports; the same command with a larger one goes on"
            )
            return SOME_FAILED
        if not journal.at.inputs:
            journal.remove()
            return NOTHING_RAN
        if is_retry:
            replace_failures(self._out, journal.lines())
        else:
            write_lines(self._out, journal.lines())
        results, failures = journal.at.results, journal.at.failures
        journal.remove()
        self._progress.note(f"written to {self._out}")
        if not failures:
            return ALL_DONE
        self._progress.note("what failed is tried again with --retry-failed")
        return SOME_FAILED if results or is_retry else NOTHING_RAN

    def _bulk(self, journal: Journal, opened: _Opened) -> Bulk:
        budget, ordered = Budget(self._given["max_cost"], self._given["max_total_tokens"]), not self._given["unordered"]
        if budget == Budget():
            return Bulk(journal, ordered)
        spent = self._spent(journal, opened)
        return Bulk(journal, ordered, lambda: budget.share(spent()))

    @staticmethod
    def _spent(journal: Journal, opened: _Opened) -> Any:
        meter = opened.meter
        return (lambda: meter.spent) if meter else (lambda: journal.at.spent)

    def _settings(self) -> Settings:
        settings = settings_of(self._given)
        many = {} if "jobs" in settings.model_fields_set else {"jobs": JOBS}
        if "start_jobs" not in settings.model_fields_set:
            many["start_jobs"] = min(START_JOBS, many.get("jobs", settings.jobs))
        settings = settings.model_copy(update=many)
        if self._given["max_cost"] is not None and settings.live and not _is_priced(settings):
            message = f"no price is known for {settings.model}, so --max-cost cannot be kept"
            raise ConfigurationError(message, remedy="Give --max-total-tokens instead")
        return settings

    def _form(self) -> Form[Any] | None:
        if self._given["schema"] is None:
            if self._given["prompt"] is not None:
                raise ConfigurationError("--prompt goes with --schema", remedy="Name the model to fill with --schema")
            return None
        from .user_schema import form_of

        return form_of(self._given["schema"], self._given["prompt"])

    def _reading(self, opened: _Opened) -> LoadOptions:
        own = (self._out, self._given["log"], self._given["profile"], *self._out.parent.glob(f"{self._out.name}*"))
        written = frozenset(path.resolve() for path in own if path)
        return replace(reading_of(self._given), known_languages=opened.languages, leave_out=written)

    def _note(self, failure: Failure | None) -> None:
        """Count and say a failure.

        Raises:
            _Hopeless: nothing but failures to reach the model has come for a long time.
        """
        if failure is None or failure.kind not in _OF_THE_SERVER:
            self._in_a_row = 0
        if failure is None:
            return
        self._kinds[failure.kind] += 1
        if self._kinds.total() <= _MOST_NAMED:
            self._progress.error(f"{failure.kind}: {failure.message}")
        elif self._kinds.total() == _MOST_NAMED + 1:
            self._progress.error("more failures are not named here; each is a record of the output")
        self._in_a_row += failure.kind in _OF_THE_SERVER
        if self._in_a_row >= _MOST_IN_A_ROW:
            raise _Hopeless(
                f"stopped: the last {self._in_a_row} reports all failed for want of the model ({failure.kind})"
            )


class _Hopeless(Exception):
    """The model cannot be had, and to go on would only make failures."""


@dataclass(frozen=True)
class Wanted:
    """What is made of which documents."""

    settings: Settings
    form: Form[Any] | None
    again: set[str] | None = None

    def work(self, engine: Engine) -> Work:
        """What is made of one document."""
        if self.form is None:
            return functools.partial(brief_one, engine=engine)
        return functools.partial(extract_one, engine=engine, form=self.form, most=self.settings.context)


@dataclass(frozen=True)
class _Opened:
    """What is open during a run."""

    engine: Engine
    meter: Meter | None
    languages: KnownLanguages
    since: float


def _opened(settings: Settings, journal: Journal, stack: ExitStack, fresh: bool) -> _Opened:
    """Store, source and engine; with `fresh`, replies made before the run are not taken from the store."""
    store = open_store(settings)
    if store:
        stack.enter_context(closing(store))
    since = journal.at.began if fresh else None
    source = build_source(settings, store, since)
    meter = Meter(source, journal.at.began, journal.at.spent) if source else None
    return _Opened(build_engine(settings, meter), meter, KnownLanguages(store), journal.at.began)


def _purpose(given: dict[str, Any], settings: Settings, form: Form[Any] | None) -> str:
    """Hash of all that the records depend on: what is asked of what, and how it is read."""
    prompts = Prompts(settings.prompt_dir)
    asked = {
        "version": __version__,
        "inputs": list(given["inputs"]),
        "model": settings.answer_settings,
        "replies": str(settings.replies),
        "prompts": [prompts.info(task).hash for task in (("extract",) if form else _TASKS)],
        "form": [form.schema.reply.hash, form.instructions] if form else None,
        "reading": [given["language"], given["published"], settings.part, settings.reasks, settings.context],
        "unordered": given["unordered"],
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _is_priced(settings: Settings) -> bool:
    """Whether it is known what the model's tokens cost; nobody knows that of a server of the user's own."""
    if settings.base_url:
        return False
    provider, model = split_name(settings.model or "", None)
    return cost_of(Usage(1, 1, 1), model, provider) is not None


def _done(journal: Journal) -> int:
    return journal.at.results + journal.at.failures
