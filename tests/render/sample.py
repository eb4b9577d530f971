"""Briefs of invented reports, made as the pipeline makes them: a draft by hand, grounded."""

from __future__ import annotations

from summarizer.documents import LoadOptions, from_text
from summarizer.grounding.check import ground
from summarizer.models import brief as b
from summarizer.models import draft as d
from summarizer.models.plover import EventContext, EventType, Mode, Sector
from summarizer.sentences import split

PERSIAN = """دیدار وزیر راه آلبانی با فرماندار بندر نیلوفر
وزیر راه آلبانی، آرتان کولا، روز دوشنبه با فرماندار بندر نیلوفر، سهراب مینایی، در ساختمان گمرک این بندر دیدار کرد.
به گزارش خبرگزاری موج، در این دیدار ۱۲ مهندس از دو طرف حضور داشتند و درباره بازسازی اسکله شرقی گفتگو شد.
مینایی گفت: «یک بندر برای همه» و خواستار بازگشایی راه آهن تا پایان سال شد.
قرار است گروهی از کارشناسان در ماه نوامبر به تیرانا سفر کنند.
دفتر وزیر از مبلغ قرارداد سخنی نگفته است.
بندر نیلوفر از سال ۲۰۱۹ پس از توفان نیمه تعطیل است.
"""

GREEK = "Ο δήμαρχος Νίκος Βέλλης επισκέφθηκε χθες το λιμάνι. Δεν μίλησε στους δημοσιογράφους."

LIVE = b.Provenance(
    engine="live", model="openai/gpt-4o-mini", recorded=False, prompt="brief", prompt_hash="3fa9c1d20b77", request="ab" * 32,
    schema_version="1.0", software="summarizer 0.1.0", attempts=2, reasks=1, input_tokens=3210, output_tokens=894,
    cost_usd=0.00102, seconds=4.218, replied="2025-08-26T10:15:00+00:00",
)  # fmt: skip
RECORDED = LIVE.model_copy(update={"engine": "recorded", "recorded": True, "attempts": 0, "reasks": 0, "seconds": 0.0})
OFFLINE = b.Provenance(
    engine="offline", model=None, recorded=False, prompt=None, prompt_hash=None, request=None, schema_version="1.0",
    software="summarizer 0.1.0", attempts=0, reasks=0, input_tokens=None, output_tokens=None, cost_usd=None, seconds=0.21,
    replied=None,
)  # fmt: skip


def _actor(key: str, name: str, source: str, evidence: tuple[int, ...], **about: object) -> d.Actor:
    fields = {"kind": d.ActorKind.PERSON, "sector": None, "role": None, "affiliation": None, "country": None} | about
    return d.Actor.model_validate({"id": key, "name": name, "name_in_source": source, "evidence": evidence} | fields)


def _event(kind: EventType, title: str, evidence: tuple[int, ...], **about: object) -> d.Event:
    fields: dict[str, object] = {
        "type": kind, "mode": None, "contexts": (), "title": title, "factuality": d.Factuality.REPORTED, "date": None,
        "date_in_source": None, "place": None, "place_in_source": None, "country": None, "actors": (), "recipients": (),
        "attendees": (), "mediators": (), "origins": (), "evidence": evidence,
    }  # fmt: skip
    return d.Event.model_validate(fields | about)


def _statement(text: str, *evidence: int) -> d.Statement:
    return d.Statement(text=text, evidence=evidence)


def persian_draft() -> d.Draft:
    """A draft with what a check finds: a wrong figure, an invented wording, a changed one, a wrong date."""
    return d.Draft(
        headline="Albanian transport minister meets governor of Nilufar port",
        bottom_line=_statement(
            "Artan Kola met Sohrab Minaei at the customs building of Nilufar port; they discussed rebuilding the east pier.",
            2, 3,
        ),
        summary=(
            _statement("12 engineers from both sides took part in the talks.", 3),
            _statement("The talks lasted 21 hours.", 3),
            _statement("Minaei asked for the railway to be reopened by the end of the year.", 4),
        ),
        actors=(
            _actor("A1", "Artan Kola", "آرتان کولا", (2,), role="transport minister", country="ALB", sector=Sector.GOV),
            _actor("A2", "Sohrab Minaei", "سهراب مینایی", (2,), role="governor", affiliation="Nilufar port", country="IRN"),
            _actor("A3", "Group of experts", "گروهی از کارشناسان", (5,), kind=d.ActorKind.GROUP),
            _actor("A4", "Port Workers' Union", "اتحادیه کارگران بندر", (3,), kind=d.ActorKind.ORGANIZATION),
        ),
        events=(
            _event(
                EventType.CONSULT, "Artan Kola meets Sohrab Minaei at the customs building", (2, 3), mode=Mode.VISIT,
                contexts=(EventContext.ECONOMIC,), date="2025-08-25", date_in_source="روز دوشنبه",
                place="Customs building, Nilufar port", place_in_source="ساختمان گمرک این بندر", country="IRN",
                actors=("A1",), recipients=("A2",), attendees=("A4",), origins=("O1",),
            ),
            _event(
                EventType.CONSULT, "Experts are to travel to Tirana", (5,), mode=Mode.VISIT, factuality=d.Factuality.PLANNED,
                date="2025-11", date_in_source="ماه نوامبر", place="Tirana", place_in_source="تیرانا", country="ALB",
                actors=("A3",),
            ),
        ),
        aims=(
            d.Aim(text="One port for all", wording_in_source="یک بندر برای همه", kind=d.AimKind.SLOGAN, held_by=("A2",),
                  origins=("O1",), evidence=(4,)),
            d.Aim(text="Reopen the railway by the end of the year", wording_in_source="خواستار راه آهن تا پایان سال",
                  kind=d.AimKind.DEMAND, held_by=("A2",), origins=(), evidence=(4,)),
        ),
        context=(d.ContextItem(topic="Storm damage", text="The port has been half closed since 2019.", evidence=(7,)),),
        origins=(d.Origin(id="O1", name="Moj news agency", kind=d.OriginKind.NEWS_AGENCY, evidence=(3,)),),
        caveats=(_statement("The minister's office did not state the sum of the contract.", 6),),
    )  # fmt: skip


def persian_brief(provenance: b.Provenance = LIVE) -> b.Brief:
    """A brief with every section, and with unsupported items."""
    options = LoadOptions(language="fa", published="2025-08-26")
    document = from_text(PERSIAN, id="port-7", source="reports/port-7.txt", options=options, outlet="Moj",
                         title="دیدار در بندر نیلوفر", url="https://example.org/port/7")  # fmt: skip
    return ground(persian_draft(), document, split(PERSIAN, "fa"), provenance)


def greek_brief(provenance: b.Provenance = RECORDED) -> b.Brief:
    """A small brief: one event, no aims, background, origins or caveats; everything is supported."""
    document = from_text(GREEK, id="mayor", options=LoadOptions(language="el", published="2025-08-26"))
    draft = d.Draft(
        headline="Mayor visits the port",
        bottom_line=_statement("Mayor Nikos Vellis visited the port and did not speak to reporters.", 1, 2),
        summary=(),
        actors=(_actor("A1", "Nikos Vellis", "Νίκος Βέλλης", (1,), role="mayor"),),
        events=(
            _event(EventType.CONSULT, "Nikos Vellis visits the port", (1,), mode=Mode.VISIT, date="2025-08-25",
                   date_in_source="χθες", place="port", place_in_source="λιμάνι", actors=("A1",)),
        ),
        aims=(), context=(), origins=(), caveats=(),
    )  # fmt: skip
    return ground(draft, document, split(GREEK, "el"), provenance)


def without_event(brief: b.Brief) -> b.Brief:
    """The same brief of a report that tells of no event."""
    return brief.model_copy(update={"events": (), "aims": (), "context": ()})
