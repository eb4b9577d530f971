"""Part 4: scoring 10,000 documents against references, with bootstrap intervals over 10,000 samples."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from .figures import Figure, Goal, Part
from .options import ROOT, Options, environment

DOCUMENTS = 10_000
_PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from summarizer.evaluation import bootstrap, score_brief
from tests.experiment.suites import run_of, write_suite
folder, documents = Path(sys.argv[1]), int(sys.argv[2])
run = run_of(write_suite(folder / "suite"))
pairs = [(run.results[0][n % 10], run.cases[n % 10]) for n in range(documents)]
began = time.perf_counter()
scores = [score_brief(b, c.reference, c.document.text).model_copy(update={"document": str(n)})
          for n, (b, c) in enumerate(pairs)]
scored = time.perf_counter()
bootstrap(scores)
done = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"scoring": scored - began, "bootstrap": done - scored, "peak": peak}))
"""


def run(options: Options) -> Part:
    """Measure in a process of its own, once: it takes long."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _PROGRAM, folder, str(DOCUMENTS)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment(Path(folder))
        )
    taken = json.loads(done.stdout)
    return Part(
        "Scoring 10,000 documents, 10,000 bootstrap samples",
        (
            Figure("scoring", taken["scoring"], "s"),
            Figure("intervals of all metrics", taken["bootstrap"], "s"),
            Figure("both", taken["scoring"] + taken["bootstrap"], "s", Goal(60)),
            Figure("peak memory", taken["peak"], "MB", Goal(1024)),
        ),
    )
