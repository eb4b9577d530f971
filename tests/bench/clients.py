"""Clients that are compared, each in a process of its own that stays for all rounds.

    python -m tests.bench.clients summarizer

The process reads a `Job` a line from standard input and answers with an `Outcome` a line.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MODEL, KEY = "stub", "stub"


@dataclass(frozen=True, slots=True)
class Job:
    """One run: the reports (a file of JSON lines), the server's address, and how many requests may be under way."""

    reports: str
    url: str
    in_flight: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run took: seconds of CPU and of wall time, the process's peak memory in MB, and reports done rightly."""

    cpu: float
    wall: float
    peak_mb: float
    good: int


Timed = Callable[[], int]
"""Does a prepared run and returns how many reports came out right."""


def summarizer(job: Job) -> Timed:
    """The whole pipeline as a user calls it: load, split, render, send, validate, ground, store."""
    from summarizer import Brief, Summarizer
    from summarizer.documents import load
    from summarizer.models.document import Document

    def run() -> int:
        with tempfile.TemporaryDirectory() as folder:
            client = Summarizer(
                model=f"openai/{MODEL}", base_url=job.url, jobs=job.in_flight, store=Path(folder) / "replies.sqlite"
            )
            documents = (entry for entry in load([job.reports]) if isinstance(entry, Document))
            return sum(isinstance(result, Brief) for result in client.briefs(documents))

    return run


def observed(job: Job, log: bool) -> Timed:
    """The same with `--log` to a file, or with `--otel` to a collector, which the server plays."""
    from summarizer.cli.json_log import logged
    from summarizer.cli.otel import exported

    plain = summarizer(job)
    environment = {**os.environ, "OTEL_EXPORTER_OTLP_ENDPOINT": job.url.removesuffix("/v1")}

    def fail(message: str) -> None:
        raise RuntimeError(message)

    def run() -> int:
        os.environ.update(environment)
        with tempfile.NamedTemporaryFile() as file:
            watching = logged(Path(file.name), "info", False, fail) if log else exported(True, environment, fail)
            with watching:
                return plain()

    return run


def raw_openai(job: Job, aiohttp: bool = False) -> Timed:
    """openai's own client with strict JSON Schema, then Pydantic: requests are rendered before the clock runs."""
    import openai

    from summarizer.models.draft import Draft

    requests, shape = _requests(job), _response_format()

    async def run() -> int:
        transport = openai.DefaultAioHttpClient() if aiohttp else None
        async with openai.AsyncOpenAI(base_url=job.url, api_key=KEY, http_client=transport) as client:

            async def one(messages: Any) -> bool:
                reply = await client.chat.completions.create(model=MODEL, messages=messages, response_format=shape)
                return bool(Draft.model_validate_json(reply.choices[0].message.content or ""))

            return await _bounded(one, requests, job.in_flight)

    return lambda: asyncio.run(run())


def instructor(job: Job) -> Timed:
    """instructor on openai's client, in its default mode: requests are rendered before the clock runs."""
    import instructor as library
    import openai

    from summarizer.models.draft import Draft

    requests = _requests(job)

    async def run() -> int:
        async with openai.AsyncOpenAI(base_url=job.url, api_key=KEY) as inner:
            client = library.from_openai(inner)

            async def one(messages: Any) -> bool:
                return isinstance(
                    await client.chat.completions.create(model=MODEL, messages=messages, response_model=Draft), Draft
                )

            return await _bounded(one, requests, job.in_flight)

    return lambda: asyncio.run(run())


CLIENTS: dict[str, Callable[[Job], Timed]] = {
    "summarizer": summarizer,
    "openai": raw_openai,
    "openai, aiohttp": lambda job: raw_openai(job, aiohttp=True),
    "instructor": instructor,
    "summarizer --log": lambda job: observed(job, log=True),
    "summarizer --otel": lambda job: observed(job, log=False),
}


def _requests(job: Job) -> list[list[dict[str, str]]]:
    """The same messages as this package sends."""
    from summarizer.documents import load
    from summarizer.models.document import Document
    from summarizer.models.json_schema import draft_schema
    from summarizer.prompts import Prompts
    from summarizer.sentences import split

    prompts, schema, rendered = Prompts(), draft_schema(), []
    for entry in load([job.reports]):
        if isinstance(entry, Document):
            request = prompts.brief(entry, split(entry.text, entry.language), schema)
            rendered.append([{"role": m.role, "content": m.content} for m in request.messages])
    return rendered


def _response_format() -> Any:
    from summarizer.models.json_schema import draft_schema

    schema = draft_schema()
    return {"type": "json_schema", "json_schema": {"name": schema.name, "strict": True, "schema": schema.schema}}


async def _bounded(one: Callable[[Any], Awaitable[bool]], requests: Sequence[Any], in_flight: int) -> int:
    """A task a report and a semaphore around each: what most users write."""
    gate = asyncio.Semaphore(in_flight)

    async def guarded(request: Any) -> bool:
        async with gate:
            return await one(request)

    return sum(await asyncio.gather(*map(guarded, requests)))


def peak_mb() -> float:
    """The most memory this process has held, in MB."""
    try:
        # ru_maxrss of a child begins with that of the process it was forked from
        line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(client: str, job: Job) -> Outcome:
    """One run, with what can be prepared prepared before the clock."""
    run = CLIENTS[client](job)
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    good = run()
    return Outcome(time.process_time() - cpu, time.perf_counter() - wall, peak_mb(), good)


def main() -> None:
    """Answer jobs until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("client", choices=CLIENTS)
    given = parser.parse_args()
    for line in sys.stdin:
        outcome = measure(given.client, Job(**json.loads(line)))
        sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
