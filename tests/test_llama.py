"""A brief from a real llama.cpp server: real sampling under a real grammar, and nonsense that is marked as such."""

from __future__ import annotations

import importlib.util
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer import Brief
from summarizer.cli import main
from tests.stub import tiny_gguf

pytestmark = [
    pytest.mark.llama,
    pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None, reason="the group llama is not installed"),
]
REPORT = "Minister Jan Kowal met General Haftar in Benghazi on Monday. 12 officers took part."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a llama.cpp server with a tiny model of random weights."""
    model = tmp_path_factory.mktemp("llama") / "tiny.gguf"
    tiny_gguf.write(str(model))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--n_ctx", "16384", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not listen")


def test_nonsense_of_a_real_server_is_a_valid_brief_marked_as_unsupported(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_SEED", "1")
    report, output = tmp_path / "report.txt", tmp_path / "brief.json"
    report.write_text(REPORT, "utf-8")
    arguments = ["brief", str(report), "--model", "openai/any", "--base-url", server, "--no-cache", "-o", str(output)]
    with pytest.raises(SystemExit) as stop:
        main(arguments, standalone_mode=False)
    assert stop.value.code == 0
    brief = Brief.model_validate_json(output.read_text("utf-8"))
    assert brief.checks.unsupported > 0
    assert brief.provenance.engine == "live"
    assert brief.provenance.attempts >= 2
    assert json.loads(output.read_text("utf-8"))["document"]["id"] == "report"
