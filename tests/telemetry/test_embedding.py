"""A program of somebody else's that has its own logging and OpenTelemetry sees ours, as the README says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from ..readme import README
from ..stub.server import StubServer

_BLOCK = re.compile(r"```python\n(import logging\n.*?)```", re.DOTALL)
_BEFORE = """
import sys
from opentelemetry.sdk.trace import export
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
import summarizer, functools, logging
kept, records = InMemorySpanExporter(), []
class Keeping(logging.Handler):
    def emit(self, record):
        records.append(record)
summarizer.Summarizer = functools.partial(summarizer.Summarizer, base_url=sys.argv[1], cache=False)
text = "The harbour council of Norvale met the dockers on Monday. It wants the cranes to work again by autumn."
"""
_AFTER = """
import json
names = {span.context.span_id: span.name for span in kept.get_finished_spans()}
print(json.dumps({
    "spans": {span.name: names.get(span.parent.span_id) if span.parent else None for span in kept.get_finished_spans()},
    "events": [[r.event, r.name, r.input_tokens > 0] for r in records if hasattr(r, "event")],
    "brief": brief.headline,
}))
"""


def test_the_program_of_the_readme_gets_spans_below_its_own_and_events_with_their_fields(root: Path) -> None:
    (block,) = _BLOCK.findall(README.read_text("utf-8"))
    with_exporter = block.replace(
        "logging.basicConfig()",
        "trace.get_tracer_provider().add_span_processor(export.SimpleSpanProcessor(kept))\n"
        "logging.basicConfig()\nlogging.getLogger().addHandler(Keeping())",
    )
    with StubServer() as stub:
        command = [sys.executable, "-c", _BEFORE + with_exporter + _AFTER, stub.url]
        done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=True)
    said = json.loads(done.stdout)
    assert said["spans"] == {"chat gpt-4o-mini": "summarizer.brief", "summarizer.brief": "morning", "morning": None}
    assert said["events"] == [
        ["request.answered", "summarizer.engines", True], ["document.done", "summarizer.pipeline", True],
    ]  # fmt: skip
    assert said["brief"]
    assert "INFO:summarizer.engines:request.answered document=text-" in done.stderr
    assert "Norvale" not in done.stderr
