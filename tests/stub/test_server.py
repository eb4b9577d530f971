"""The stub itself: what it answers is valid, what it is told to do it does."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.engines.prompted import read_reply
from summarizer.engines.wire import Manner, request_body
from summarizer.grounding.check import ground
from summarizer.models.brief import Provenance
from summarizer.models.document import Document, sha256_of
from summarizer.models.json_schema import draft_schema
from summarizer.prompts import Prompts
from summarizer.sentences import split

from . import behaviours as b
from .drafts import draft_text
from .server import Stub, StubServer

REPORTS = {
    "en": "Council of Norvale meets. It met the dockers on Monday, 25 August 2025. [7] They want 12 cranes back.",
    "el": "Το συμβούλιο συνεδρίασε χθες.\nΟ υπουργός ζήτησε «άμεση λύση» για 12 πλοία.",
    "ar": "اجتمع المجلس أمس. قال الوزير إن ١٢ سفينة تنتظر في الميناء.",
    "zh": "委员会昨天开会。部长说港口有12艘船在等待。",
    "tr": "Meclis dün toplandı. Bakan “{{ fiyat }}” dedi ve ayrıldı.",
}


def request_for(text: str, language: str = "en") -> dict[str, Any]:
    """The body of a request for the brief of a report."""
    report = Document(id="r", source="t", text=text, sha256=sha256_of(text), language=language)
    return request_body(Prompts().brief(report, split(text, language), draft_schema()), Manner("m"))


@pytest.fixture
def stub() -> Iterator[StubServer]:
    """A running stub."""
    with StubServer() as server:
        yield server


def post(stub: StubServer, body: object) -> dict[str, Any]:
    """What the stub answers; a status that is no success raises."""
    request = urllib.request.Request(stub.url + "/chat/completions", json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=5) as response:
        return json.load(response)


@pytest.mark.parametrize("language", REPORTS)
def test_a_draft_fits_the_schema_and_is_borne_out_by_the_report(language: str) -> None:
    text = REPORTS[language]
    sentences = split(text, language)
    report = Document(id="r", source="t", text=text, sha256=sha256_of(text), language=language)
    reading = read_reply(
        draft_text(request_for(text, language)["messages"][1]["content"]) or "", range(1, len(sentences) + 1)
    )
    assert reading.draft is not None
    assert reading.faults == ()
    origin = Provenance.model_construct(engine="live", software="", schema_version="")
    checks = ground(reading.draft, report, sentences, origin).checks
    assert checks.problems == ()
    assert checks.supported >= 6


def test_a_message_without_a_report_has_no_draft() -> None:
    assert draft_text("[1] This stands between no marker lines.") is None


def test_behaviours_are_used_up_in_turn_and_then_the_default(stub: StubServer) -> None:
    stub.script(b.replies("one"), b.replies("two"))
    stub.always(b.replies("always"))
    said = [post(stub, request_for(REPORTS["en"]))["choices"][0]["message"]["content"] for _ in range(4)]
    assert said == ["one", "two", "always", "always"]


def test_what_was_received_is_recorded(stub: StubServer) -> None:
    body = request_for(REPORTS["en"])
    post(stub, body)
    (received,) = stub.received
    assert received.json == body
    assert received.path == "/v1/chat/completions"
    assert stub.counts["requests"] == stub.counts["status 200"] == 1


@pytest.mark.parametrize(("name", "status"), [("429", 429), ("500", 500), ("401", 401), ("404", 404)])
def test_a_status_is_sent_with_its_headers(stub: StubServer, name: str, status: int) -> None:
    stub.script(name)
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(stub, request_for(REPORTS["en"]))
    assert caught.value.code == status
    assert (caught.value.headers["Retry-After"] is not None) is (status == 429)
    caught.value.close()


def test_a_request_that_cannot_be_read_is_refused_and_the_next_one_answered(stub: StubServer) -> None:
    with pytest.raises(urllib.error.HTTPError, match="400") as caught:
        post(stub, {"messages": None})
    caught.value.close()
    assert post(stub, request_for(REPORTS["en"]))["choices"]


def test_chances_are_the_same_for_the_same_seed() -> None:
    def statuses(seed: int) -> list[int]:
        stub = Stub(faults={"429": 0.3, "500": 0.2}, seed=seed)
        body = json.dumps(request_for(REPORTS["en"])).encode()
        return [stub.answer(b.Received("POST", "/v1/chat/completions", b"", body)).status for _ in range(200)]

    assert statuses(1) == statuses(1) != statuses(2)
    assert {200, 429, 500} == set(statuses(1))


def test_the_command_prints_its_address_and_serves() -> None:
    command = [sys.executable, "-m", "tests.stub.server", "--latency", "0.01", "--faults", "html=1"]
    root = Path(__file__).parent.parent.parent
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{url}/models", timeout=5) as response:
            models = json.load(response)
        request = urllib.request.Request(f"{url}/chat/completions", json.dumps(request_for(REPORTS["en"])).encode())
        with urllib.request.urlopen(request, timeout=5) as response:
            page = response.read()
        with urllib.request.urlopen(url.removesuffix("/v1") + "/stats", timeout=5) as response:
            stats = json.load(response)
        process.terminate()
    assert models["data"][0]["id"] == "stub"
    assert page == b.HTML
    assert stats["requests"] == stats["html"] == 1
