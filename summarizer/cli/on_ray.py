"""A run on Ray Data: the documents that are left go to workers in windows, and their records come back in order.

Loading, the journal and the order are this process's; a worker does what one process does for its documents, with a
store that all of them share.
"""

from __future__ import annotations

import json
import logging
import os
import socket
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..bulk import Bulk, Done, Item, Meter, Record, Spent, name_of, record_of, worked_on
from ..documents.extracted import library
from ..errors import ConfigurationError, SummarizerError
from ..models.document import Document
from ..models.outcome import Failure
from ..pipeline import iterate_sync, under_way
from ..settings import Settings, build_engine, build_source, open_store
from .session import closing_engine

WINDOW = 4_096
"""Documents that are handed to the cluster at once."""
_WINDOW_CHARACTERS = 50_000_000
"""Characters of these documents, about."""
_BATCH = 128
"""Documents that a worker is given at once."""
_PROBE_SECONDS = 10.0
_log = logging.getLogger("summarizer.run")


@dataclass(frozen=True, slots=True)
class Task:
    """What workers do.

    Args:
        settings: of the run; `jobs` is for each worker.
        since: Unix time at which the run was begun first.
        fresh_from: Unix time; older replies are left in the store. None takes any.
        schema, prompt: names of the user's model and instructions, if records are to be extractions.
        otel: whether workers send spans and metrics.
    """

    settings: Settings
    since: float
    fresh_from: float | None = None
    schema: str | None = None
    prompt: Path | None = None
    otel: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where workers run.

    Args:
        address: of a Ray cluster; None starts one on this machine.
        workers: most of them; None for one a CPU.
    """

    address: str | None = None
    workers: int | None = None


def on_ray(bulk: Bulk, items: Iterable[Item], task: Task, cluster: Cluster) -> Iterator[Done]:
    """Each item that is left as its record is written.

    Args:
        bulk: the run.
        items: all of the input, from the beginning.
        task: what is done with one.
        cluster: where.

    Raises:
        ChangedInputs: the inputs are not those of an earlier process.
        ConfigurationError: the cluster cannot be reached.
        MissingExtra: Ray is not installed.
    """
    ray, arrow = library("ray.data", "cluster", "--on ray"), library("pyarrow", "cluster", "--on ray")
    with _connected(cluster) as workers:
        left = bulk.left(items)
        while window := _window(left, _size(bulk.affordable, workers)):
            rows = [_row(number, item) for number, item in window]
            tables = [arrow.Table.from_pylist(rows[i : i + _BATCH]) for i in range(0, len(rows), _BATCH)]
            dataset = ray.from_arrow(tables).map_batches(
                Worker, fn_constructor_args=(task,), batch_size=_BATCH, compute=ray.ActorPoolStrategy(max_size=workers)
            )
            for row in dataset.iter_rows():
                done = _done(row)
                if bulk.keep(done):
                    yield done


def _window(left: Iterator[tuple[int, Item]], most: int) -> list[tuple[int, Item]]:
    """The next documents, fewer where they are long."""
    window, characters = list[tuple[int, Item]](), 0
    for number, item in left:
        window.append((number, item))
        characters += len(item.text) if isinstance(item, Document) else 0
        if len(window) >= most or characters >= _WINDOW_CHARACTERS:
            break
    return window


def _size(affordable: float, workers: int) -> int:
    """How many documents are handed over: half of what a budget allows, as what they cost is known only at the end."""
    return int(min(WINDOW, max(workers * _BATCH, affordable / 2)))


class Worker:
    """Works on batches of documents, in a process of its own."""

    def __init__(self, task: Task):
        self._task = task
        self._form: Any = None
        if task.schema is not None:
            from .user_schema import form_of

            self._form = form_of(task.schema, task.prompt)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        """The batch with records."""
        if self._task.otel:
            from .otel import exported

            with exported(True, os.environ, _log.warning):
                return self._worked_on(batch)
        return self._worked_on(batch)

    def _worked_on(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        rows = [dict(zip(batch, values, strict=True)) for values in zip(*batch.values(), strict=True)]
        store = open_store(self._task.settings)
        if store is None:
            made = list(iterate_sync(self._each(rows, None)))
        else:
            with closing(store):
                made = list(iterate_sync(self._each(rows, store)))
        return {name: [row[name] for row in made] for name in made[0]}

    def _each(self, rows: list[dict[str, Any]], store: Any) -> AsyncIterator[dict[str, Any]]:
        from .run_run import Wanted

        task = self._task
        source = build_source(task.settings, store, task.fresh_from)
        engine = build_engine(task.settings, Meter(source, task.since) if source else None)
        work = Wanted(task.settings, self._form).work(engine)

        async def one(row: dict[str, Any]) -> dict[str, Any]:
            number, name = int(row["number"]), str(row["name"])
            if row["failure"]:
                failure = Failure.model_validate_json(row["failure"])
                return _told(Done(number, name, record_of(failure), Spent(), failure))
            return _told(await worked_on(number, Document.model_validate_json(row["document"]), work))

        return closing_engine(under_way(rows, one, task.settings.jobs), engine)


@contextmanager
def _connected(cluster: Cluster) -> Iterator[int]:
    """Ray while the body runs; gives how many workers it may have."""
    import ray

    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # else it warns of how Ray Data itself uses it
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
    address = cluster.address or os.environ.get("RAY_ADDRESS") or "local"  # None would mean any that runs here
    try:
        _probe(address)
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
    except (OSError, RuntimeError, ValueError) as error:
        raise ConfigurationError(
            f"the Ray cluster {address} cannot be reached ({error})",
            remedy="Check --address, and RAY_AUTH_MODE and RAY_AUTH_TOKEN if it asks for a token",
        ) from error
    try:
        context = ray.data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        cpus = ray.cluster_resources().get("CPU", 1)  # type: ignore[no-untyped-call]
        yield cluster.workers or max(1, int(cpus))
    finally:
        ray.shutdown()


def _probe(address: str) -> None:
    """Connect once where an address names a port: Ray itself would try for a minute, and then end the process.

    Raises:
        OSError: nothing listens there.
    """
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PROBE_SECONDS).close()


def _row(number: int, item: Item) -> dict[str, Any]:
    document = item.model_dump_json() if isinstance(item, Document) else ""
    failure = Failure.of(item).model_dump_json() if isinstance(item, SummarizerError) else ""
    return {"number": number, "name": name_of(item), "document": document, "failure": failure}


def _told(done: Done) -> dict[str, Any]:
    assert done.record is not None
    return {
        "number": done.number,
        "name": done.name,
        "line": done.record.line,
        "failed": done.record.failed or "",
        "failure": done.failure.model_dump_json() if done.failure else "",
        "spent": json.dumps(asdict(done.spent or Spent())),
    }


def _done(row: dict[str, Any]) -> Done:
    failure = Failure.model_validate_json(row["failure"]) if row["failure"] else None
    spent = Spent(**json.loads(row["spent"]))
    return Done(int(row["number"]), row["name"], Record(row["line"], row["failed"] or None), spent, failure)
