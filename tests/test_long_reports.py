"""Long reports: parts, waves, known actors, one brief; what fails in a part is named, and nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents import from_text
from summarizer.engines.prompted import PromptedEngine
from summarizer.errors import InvalidReply, MissingReply, Refusal, TransportError
from summarizer.models.brief import Brief
from summarizer.models.document import Layout, Sentence, Unit
from summarizer.models.exchange import Reply, Request
from summarizer.pipeline import brief_one, run_sync
from summarizer.prompts import Prompts
from summarizer.sentences import in_parts, split

TOWNS = ["Ardal", "Brenna", "Corvik", "Dunmar", "Eskild", "Fjorda", "Garsund", "Holmby", "Ivarsund", "Jarlby"]
PART = 2_000


def paragraph(number: int, town: str) -> str:
    return (
        f"{town} lies in the north of the county and has a harbour of its own, which nobody has dredged for years. "
        f"On {number + 1} March 2024 Mayor Ada Holm opened the bridge of {town} before {100 + number} people. "
        f"The council of {town} had wanted it since the flood, and the money came from the sale of the old mill."
    )


def report(towns: int = 40) -> str:
    return "\n".join(paragraph(n % 28, f"{TOWNS[n % 10]}{'abcdefgh'[n // 10]}") for n in range(towns))


_OPENED = re.compile(r"^\[(\d+)\] On (\d+) March 2024 Mayor Ada Holm opened the bridge of (\w+)", re.MULTILINE)


def draft_of(request: Request) -> dict[str, object]:
    """What a model would say of a part: an event for each bridge of it, by Ada Holm."""
    shown = request.messages[1].content
    found = [(int(n), int(day), town) for n, day, town in _OPENED.findall(shown)]
    cited = [found[0][0]]
    holm = {"id": "A1", "name": "Ada Holm", "src": "Ada Holm", "kind": "person", "sector": "GOV", "role": "Mayor",
            "org": None, "iso3": None, "ev": cited}  # fmt: skip
    events = [
        {"type": "COOPERATE", "mode": None, "ctx": [], "title": f"Ada Holm opens the bridge of {town}",
         "fact": "reported", "date": f"2024-03-{day:02}", "date_src": f"{day} March 2024", "place": town,
         "place_src": town, "iso3": None, "by": ["A1"], "to": [], "with": [], "med": [], "via": [], "ev": [number]}
        for number, day, town in found
    ]  # fmt: skip
    said = {"text": f"Ada Holm opened the bridge of {found[0][2]}.", "ev": cited}
    return {"headline": "Bridges open", "bottom_line": said, "summary": [said], "actors": [holm], "events": events,
            "aims": [], "context": [], "origins": [], "caveats": []}  # fmt: skip


def overview_of(request: Request) -> dict[str, object]:
    """An opening that cites the first event, and the last eight events as the main ones."""
    events = re.findall(r"^(E\d+) \(", request.messages[1].content, re.MULTILINE)
    line = {"text": "Ada Holm opens bridges.", "ev": events[:1]}
    return {"headline": line, "bottom_line": line, "summary": [line], "main_events": events[-8:]}


@dataclass
class Model:
    """A source that answers as told, and remembers what it was asked."""

    name = "live"
    spoil: Callable[[Request], str | Exception | None] = lambda _: None
    requests: list[Request] = field(default_factory=list)

    async def reply(self, request: Request) -> Reply:
        self.requests.append(request)
        spoiled = self.spoil(request)
        if isinstance(spoiled, Exception):
            raise spoiled
        said = spoiled or json.dumps(draft_of(request) if request.task == "part" else overview_of(request))
        return Reply(said, "m", "2025-01-02T00:00:00+00:00")

    async def close(self) -> None:
        """Nothing is held open."""


def brief(text: str, model: Model, part: int = PART, layout: Layout | None = None) -> Brief:
    document = from_text(text, id="long").model_copy(update={"layout": layout})
    return run_sync(brief_one(document, PromptedEngine(Prompts(), model, part=part)))


def asked(model: Model, task: str) -> list[Request]:
    return [request for request in model.requests if request.task == task]


class TestParts:
    @given(
        st.lists(st.integers(1, 90), min_size=1, max_size=60),
        st.integers(20, 200),
        st.integers(0, 60),
    )
    def test_every_sentence_is_in_a_part_and_parts_overlap_as_they_should(
        self, sizes: list[int], most: int, overlap: int
    ) -> None:
        text, sentences = "", []
        for number, size in enumerate(sizes, 1):
            sentences.append(Sentence(number, len(text), len(text) + size))
            text += "x" * size + (" " if number % 3 else "\n")
        runs = in_parts(sentences, text, most, overlap)
        covered = [s.number for run in runs for s in run]
        assert sorted(set(covered)) == list(range(1, len(sizes) + 1))
        own, before = [], 0
        for run in runs:
            own.append([s for s in run if s.number > before])
            before = run[-1].number
            repeated = sum(s.end - s.start for s in run if s not in own[-1])
            assert repeated <= overlap
        assert all(own)
        assert all(sum(s.end - s.start for s in part) <= most or len(part) == 1 for part in own)

    def test_a_report_that_fits_is_one_part(self) -> None:
        text = report(3)
        sentences = split(text, "en")
        assert in_parts(sentences, text, 10_000, 100) == (sentences,)

    def test_parts_are_about_equal_and_end_with_a_paragraph(self) -> None:
        text = report(40)
        runs = in_parts(split(text, "en"), text, 4 * PART, 0)
        sizes = [run[-1].end - run[0].start for run in runs]
        assert max(sizes[:-1]) < 1.5 * min(sizes)
        assert all(text[run[-1].end] == "\n" for run in runs[:-1])


class TestBriefInParts:
    def test_it_is_one_brief_with_eight_events_and_the_rest_as_minor_ones(self) -> None:
        model = Model()
        found = brief(report(), model)
        assert (len(found.events), len(found.minor_events)) == (8, 32)
        assert len({event.title for event in found.all_events}) == 40
        assert [event.id for event in found.all_events] == [f"E{n}" for n in range(1, 41)]
        assert found.checks.unsupported == 0
        assert found.provenance.parts == len(asked(model, "part")) == 6
        assert found.provenance.attempts == 0
        assert found.document.id == "long"

    def test_an_actor_of_all_parts_is_one_actor(self) -> None:
        (actor,) = brief(report(), Model()).actors
        assert (actor.name, actor.role) == ("Ada Holm", "Mayor")
        assert 1 < len(actor.evidence) <= 8

    def test_evidence_points_into_the_whole_report(self) -> None:
        text = report()
        found = brief(text, Model())
        for event in found.all_events:
            (span,) = event.evidence
            assert text[span.start : span.end] == span.text
            assert event.place is not None
            assert f"bridge of {event.place} " in span.text

    def test_evidence_says_the_page(self) -> None:
        text = report()
        starts = tuple(match.start() for match in re.finditer(r"^", text, re.MULTILINE))
        found = brief(text, Model(), layout=Layout(unit=Unit.PAGE, starts=starts))
        pages = {event.place: event.evidence[0].page for event in found.all_events}
        assert pages["Ardala"] == 1
        assert pages["Jarlbyd"] == 40
        assert found.document.pages == 40

    def test_the_main_events_are_those_that_the_opening_names(self) -> None:
        model = Model()
        found = brief(report(), model)
        (question,) = asked(model, "overview")
        named = re.findall(r"^E\d+ \([^)]*\): (.*?);", question.messages[1].content, re.MULTILINE)
        assert [event.title for event in found.events] == named[-8:]

    def test_later_parts_know_the_actors_of_earlier_ones(self) -> None:
        model = Model()
        brief(report(), model)
        first, second, *_ = asked(model, "part")
        assert "Known:" not in first.messages[1].content
        assert "- Ada Holm (Mayor)" in second.messages[1].content
        assert "Part 2 of " in second.messages[1].content

    def test_a_report_a_little_longer_than_a_part_is_read_whole(self) -> None:
        text = report(5)
        model = Model(spoil=lambda request: json.dumps(draft_of(request)))
        found = brief(text, model, part=int(len(text) / 1.2))
        assert [request.task for request in model.requests] == ["brief"]
        assert found.provenance.parts == 1

    def test_the_same_report_asks_the_same(self) -> None:
        one, other = Model(), Model()
        assert brief(report(), one) == brief(report(), other)
        assert [r.key for r in one.requests] == [r.key for r in other.requests]


class TestFaults:
    def test_a_part_that_is_refused_is_named_and_the_others_stand(self) -> None:
        def spoil(request: Request) -> Exception | None:
            return Refusal("the model refused") if "Part 3 of" in request.messages[1].content else None

        found = brief(report(), Model(spoil))
        (warning,) = [w for w in found.checks.warnings if w.startswith("part 3 of")]
        assert re.search(r"\(sentences \d+ to \d+\) is missing in this brief: .*the model refused", warning)
        assert 30 <= len(found.all_events) < 40

    @pytest.mark.parametrize("error", [MissingReply("no reply"), TransportError("no connection")])
    def test_a_missing_reply_fails_the_report_so_that_it_is_asked_again(self, error: Exception) -> None:
        def spoil(request: Request) -> Exception | None:
            return error if "Part 2 of" in request.messages[1].content else None

        with pytest.raises(type(error)):
            brief(report(), Model(spoil))

    def test_no_part_at_all_is_a_failure(self) -> None:
        with pytest.raises(InvalidReply, match="none of its") as caught:
            brief(report(), Model(lambda _: "no JSON"))
        assert caught.value.document == "long"

    def test_without_a_usable_opening_one_is_composed(self) -> None:
        found = brief(report(), Model(lambda request: "no JSON" if request.task == "overview" else None))
        assert any("the opening is composed of claims" in warning for warning in found.checks.warnings)
        assert len(found.events) == 8
        assert found.headline
        assert found.bottom_line.supported

    def test_a_line_of_the_opening_without_support_is_left_out(self) -> None:
        def spoil(request: Request) -> str | None:
            if request.task != "overview":
                return None
            said = overview_of(request)
            good = said["headline"]
            wrong = {"text": "Some 4711 people came to Zanzibar.", "ev": ["E1"]}
            return json.dumps(said | {"headline": wrong, "summary": [good, wrong]})

        found = brief(report(), Model(spoil))
        assert "4711" not in found.headline
        assert [line.text for line in found.summary] == ["Ada Holm opens bridges."]
        assert any("4711" in warning for warning in found.checks.warnings)

    def test_a_sentence_of_another_part_is_a_fault(self) -> None:
        def spoil(request: Request) -> str | None:
            if request.task == "part" and "Part 2 of" in request.messages[1].content and len(request.messages) == 2:
                return json.dumps(draft_of(request) | {"caveats": [{"text": "Doubtful.", "ev": [1]}]})
            return None

        model = Model(spoil)
        brief(report(), model)
        (again,) = [r for r in asked(model, "part") if len(r.messages) > 2]
        assert "cites sentence 1, but the report has sentences" in again.messages[-1].content

    def test_parts_that_contradict_each_other_are_a_caveat(self) -> None:
        text = report() + "\nOn 1 March 2024 Mayor Ada Holm opened the bridge of Ardala before 300 people."

        def spoil(request: Request) -> str | None:
            if request.task != "part" or not re.search("Part [16] of", request.messages[1].content):
                return None
            count = "100" if "Part 1" in request.messages[1].content else "300"
            said = json.loads(json.dumps(draft_of(request)))
            found = [each for each in said["events"] if each["place"] == "Ardala"] or said["events"][-1:]
            found[0]["title"] += f" before {count} people"
            return json.dumps(said)

        (caveat,) = brief(text, Model(spoil)).caveats
        assert caveat.text.startswith("The report contradicts itself. Number of people")
        assert "100" in caveat.text
        assert "300" in caveat.text
        assert len(caveat.evidence) == 2
        assert caveat.supported
