"""What grounding would refuse does not leave the engine."""

from __future__ import annotations

from summarizer.engines.base import BriefTask
from summarizer.engines.offline.selfcheck import supported
from summarizer.grounding.faults import draft_faults
from summarizer.models.draft import Actor, ActorKind, Draft, Event, Statement
from summarizer.sentences import split

from .drafting import document, draft

TEXT = "President Amos Reid met General Li Wood in Oslo on Monday. Reid said the talks were good."


def _task() -> BriefTask:
    report = document(TEXT, "en", "2024-05-08")
    return BriefTask(report, split(report.text, "en"))


def _with(**changes: object) -> Draft:
    return draft(TEXT, "en", "2024-05-08").model_copy(update=changes)


def test_a_draft_that_is_supported_stays_as_it_is() -> None:
    made = draft(TEXT, "en", "2024-05-08")

    assert supported(made, _task()) == made


def test_texts_with_figures_that_the_report_lacks_are_replaced_or_dropped() -> None:
    wrong = Statement(text="There were 40 soldiers.", evidence=(1,))
    made = supported(_with(headline="40 soldiers met", bottom_line=wrong, summary=(wrong,)), _task())

    assert "40" not in made.model_dump_json()
    assert made.headline
    assert made.summary == ()


def test_an_actor_who_is_not_in_the_report_goes_with_all_that_names_him() -> None:
    stranger = Actor(
        id="A9", name="Otto Berg", name_in_source="Otto Berg", kind=ActorKind.PERSON, sector=None, role=None,
        affiliation=None, country=None, evidence=(1,),
    )  # fmt: skip
    event: Event = draft(TEXT, "en", "2024-05-08").events[0]
    made = supported(_with(actors=(stranger,), events=(event.model_copy(update={"actors": ("A9",)}),)), _task())

    assert made.actors == ()
    assert made.events[0].actors == ()
    assert draft_faults(made, range(1, 3)) == []


def test_a_date_that_the_report_does_not_give_is_taken_off_the_event() -> None:
    event = draft(TEXT, "en", "2024-05-08").events[0]
    made = supported(_with(events=(event.model_copy(update={"date": "1999-01-01", "date_in_source": None}),)), _task())

    assert made.events[0].date is None
