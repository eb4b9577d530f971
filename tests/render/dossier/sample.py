"""A dossier of invented reports, made by hand: two stories, five reports in Azerbaijani, Greek, Dutch and Persian."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.models import dossier as d
from summarizer.models.brief import DocumentInfo, Match, Quoted, Span
from summarizer.models.draft import ActorKind, AimKind, Factuality, OriginKind, ParticipantRole
from summarizer.models.outcome import Failure
from summarizer.models.plover import EventContext, EventType, Mode, Sector

TEXTS = {
    "az-liman": (
        "Albaniya nümayəndə heyəti avqustun 24-də Nilufər limanına gəlib.",
        "Nəqliyyat naziri Artan Kola limanın qubernatoru Söhrab Minayi ilə gömrük binasında görüşüb.",
        "Görüşdə tərəflərdən 12 mühəndis iştirak edib.",
        "Nazir “Bir liman, bir qanun” şüarını səsləndirib.",
        "“Aster” freqatı həmin gün limanda lövbər salıb.",
        "BMT-nin 5+5 komissiyası illərdir danışıqlara vasitəçilik edir (rusca: Артан Кола).",
    ),
    "el-limani": (
        "Ο υπουργός Μεταφορών της Αλβανίας Αρτάν Κόλα συναντήθηκε με τον Σιαμάκ Μιναΐ στις 25 Αυγούστου.",
        "Ο Μιναΐ, αναπληρωτής κυβερνήτης του λιμανιού, ζήτησε να ανοίξει ξανά ο σιδηρόδρομος.",
        "Σύμφωνα με την ανακοίνωση του υπουργείου, συμμετείχαν 12 μηχανικοί.",
        "Η κορβέτα «Aster» κατέπλευσε στο λιμάνι.",
        "Η επιτροπή 5+5 του ΟΗΕ μεσολαβεί εδώ και χρόνια.",
    ),
    "nl-haven": (
        "Minister Artan Kola sprak maandag in Nilufar met gouverneur Sohrab Minaei over de oostelijke pier.",
        "Volgens het ministerie waren er ongeveer tien ingenieurs bij.",
        "‘Eén haven, één wet’, aldus de minister.",
        "In november reist een groep deskundigen naar Tirana.",
    ),
    "fa-bandar": (
        "وزیر راه آلبانی، آرتان کولا، روز دوشنبه با فرماندار بندر نیلوفر، سهراب مینایی، دیدار کرد.",
        "ناوچه Aster همان روز در بندر پهلو گرفت.",
        "مینایی خواستار بازگشایی راه آهن تا پایان سال شد.",
        "کمیسیون ۵+۵ سازمان ملل سال‌هاست میانجی گفتگوهاست.",
    ),
    "fa-toofan": (
        "توفان دیشب سقف انبار بندر نیلوفر را کند.",
        "کسی آسیب ندید.",
    ),
}  # fmt: skip
"""Sentences of each report; in its text one space stands between them."""

LANGUAGES = {"az-liman": "az", "el-limani": "el", "nl-haven": "nl", "fa-bandar": "fa", "fa-toofan": "fa"}
AZ, EL, NL, FA, STORM = TEXTS
FOUR = (AZ, EL, NL, FA)


def span(document: str, number: int) -> Span:
    """A sentence of a report."""
    sentences = TEXTS[document]
    start = sum(len(sentence) + 1 for sentence in sentences[: number - 1])
    return Span(sentence=number, start=start, end=start + len(sentences[number - 1]), text=sentences[number - 1])


def quote(document: str, wording: str) -> Quoted:
    """A wording of a report; not supported when the report does not have it."""
    start = " ".join(TEXTS[document]).find(wording)
    if start < 0:
        return Quoted(text=wording, start=None, end=None, match=Match.UNSUPPORTED)
    return Quoted(text=wording, start=start, end=start + len(wording), match=Match.EXACT)


def cite(document: str, *sentences: int, item: str | None = "E1", words: Iterable[str] = ()) -> d.Citation:
    """A citation of sentences by their numbers."""
    return d.Citation(
        document=document,
        item=item,
        spans=tuple(span(document, number) for number in sentences),
        wordings=tuple(quote(document, wording) for wording in words),
    )


def merged(key: str, *reports: d.Citation, origins: tuple[str, ...] = ("O1",), grade: int = 3, **more: object) -> dict:
    """The fields of every merged item."""
    base = {"supported": True, "discrepancies": (), "why": ()}
    counted = {"sources": len({r.document for r in reports}), "independent_origins": len(origins), "credibility": grade}
    return base | {"id": key, "reports": reports, "origins": origins} | counted | more


def line(text: str, *reports: d.Citation, **more: object) -> d.AccountStatement:
    """A sentence of an account."""
    fields = merged("", *reports, **more)
    kept = {name: fields[name] for name in d.AccountStatement.model_fields if name in fields}
    return d.AccountStatement(
        text=text, claims=fields.get("claims", ("E1",)), **{k: v for k, v in kept.items() if k != "claims"}
    )


def reading(value: str, *evidence: d.Citation) -> d.Reading:
    """A reading and what proves it."""
    return d.Reading(value=value, documents=tuple(dict.fromkeys(c.document for c in evidence)), evidence=evidence)


def report(document: str, headline: str, origins: tuple[str, ...], **about: object) -> d.StoryReport:
    """A report of a story."""
    text = " ".join(TEXTS[document])
    info = {
        "id": document, "source": f"reports/{document}.txt", "sha256": "0" * 64, "language": LANGUAGES[document],
        "title": None, "published": "2025-08-26", "outlet": None, "url": None, "characters": len(text),
        "sentences": len(TEXTS[document]),
    }  # fmt: skip
    return d.StoryReport(document=DocumentInfo.model_validate(info | about), headline=headline, origins=origins)


def _names(*forms: tuple[str, str, tuple[str, ...]]) -> tuple[d.NameForm, ...]:
    return tuple(d.NameForm(text=text, script=script, documents=documents) for text, script, documents in forms)


def _actors() -> tuple[d.DossierActor, ...]:
    none = {"sector": None, "role": None, "affiliation": None, "country": None, "attributes": (), "may_be": ()}
    person = none | {"kind": ActorKind.PERSON}
    kola = merged(
        "A1", cite(AZ, 2, item="A1", words=["Artan Kola"]), cite(EL, 1, item="A1", words=["Αρτάν Κόλα"]),
        cite(NL, 1, item="A1", words=["Artan Kola"]), cite(FA, 1, item="A1", words=["آرتان کولا"]),
        origins=("O1", "O2"), grade=1, why=("the same name in four scripts and the same role",),
    )  # fmt: skip
    minaei = merged(
        "A2", cite(AZ, 2, item="A2", words=["Söhrab Minayi"]), cite(NL, 1, item="A2", words=["Sohrab Minaei"]),
        cite(FA, 1, item="A2", words=["سهراب مینایی"]), origins=("O1", "O2"), grade=2, discrepancies=("D1",),
    )  # fmt: skip
    siamak = merged("A3", cite(EL, 1, 2, item="A2", words=["Σιαμάκ Μιναΐ"]), discrepancies=("D1",), grade=4)
    surname = merged("A4", cite(EL, 2, item="A3", words=["Μιναΐ"]), grade=6, supported=False)
    ship = merged("A5", cite(AZ, 5, item="A3"), cite(EL, 4, item="A4"), cite(FA, 2, item="A3"), discrepancies=("D3",))
    ministry = merged("A6", cite(EL, 3, item="A5"), cite(NL, 2, item="A3"))
    experts = merged("A7", cite(NL, 4, item="A4"))
    role = d.Attribute(
        name="role",
        readings=(reading("governor", cite(AZ, 2), cite(NL, 1), cite(FA, 1)), reading("acting governor", cite(FA, 3))),
    )
    kind = d.Attribute(
        name="kind_of_ship", readings=(reading("frigate", cite(AZ, 5), cite(FA, 2)), reading("corvette", cite(EL, 4)))
    )
    return (
        d.DossierActor(**kola | person | {
            "name": "Artan Kola", "sector": Sector.GOV, "role": "transport minister", "country": "ALB",
            "names": _names(("Artan Kola", "Latin", FOUR), ("Артан Кола", "Cyrillic", (AZ,)), ("Αρτάν Κόλα", "Greek", (EL,)),
                            ("آرتان کولا", "Arabic", (FA,))),
        }),
        d.DossierActor(**minaei | person | {
            "name": "Sohrab Minaei", "role": "governor", "affiliation": "port of Nilufar", "attributes": (role,),
            "names": _names(("Sohrab Minaei", "Latin", (AZ, NL, FA)), ("Söhrab Minayi", "Latin", (AZ,)), ("سهراب مینایی", "Arabic", (FA,))),
        }),
        d.DossierActor(**siamak | person | {"name": "Siamak Minaei", "role": "deputy governor",
            "names": _names(("Siamak Minaei", "Latin", (EL,)), ("Σιαμάκ Μιναΐ", "Greek", (EL,)))}),
        d.DossierActor(**surname | person | {"name": "Minaei", "names": _names(("Μιναΐ", "Greek", (EL,))), "may_be": ("A2", "A3")}),
        d.DossierActor(**ship | none | {"kind": ActorKind.ASSET, "name": "Aster", "names": _names(("Aster", "Latin", (AZ, EL, FA))), "attributes": (kind,)}),
        d.DossierActor(**ministry | none | {"kind": ActorKind.ORGANIZATION, "name": "Ministry of Transport", "country": "ALB", "names": ()}),
        d.DossierActor(**experts | none | {"kind": ActorKind.GROUP, "name": "Group of experts", "names": ()}),
    )  # fmt: skip


def _part(actor: str, role: ParticipantRole, *documents: str) -> d.DossierParticipant:
    return d.DossierParticipant(actor=actor, role=role, documents=documents)


def _events() -> tuple[d.DossierEvent, ...]:
    plain = {
        "contexts": (),
        "place": None,
        "country": None,
        "participants": (),
        "attributes": (),
        "main": False,
        "mode": None,
        "date": None,
    }
    told = plain | {"factuality": Factuality.REPORTED}
    meeting = merged(
        "E1", cite(AZ, 1, 2, words=["avqustun 24-də", "gömrük binasında"]), cite(EL, 1, words=["στις 25 Αυγούστου"]),
        cite(NL, 1, words=["maandag"]), cite(FA, 1, words=["روز دوشنبه"]),
        origins=("O1", "O2"), grade=1, discrepancies=("D1", "D2"), why=("the same two parties, place and week",),
    )  # fmt: skip
    dates = d.Attribute(
        name="date",
        readings=(reading("2025-08-25", cite(EL, 1), cite(NL, 1), cite(FA, 1)), reading("2025-08-24", cite(AZ, 1))),
    )
    actor, recipient, attendee = ParticipantRole.ACTOR, ParticipantRole.RECIPIENT, ParticipantRole.ATTENDEE
    return (
        d.DossierEvent(**meeting | told | {
            "type": EventType.CONSULT, "mode": Mode.VISIT, "contexts": (EventContext.ECONOMIC,), "main": True,
            "title": "Artan Kola meets the governor of Nilufar at the customs building", "date": "2025-08-25",
            "place": "Nilufar", "country": "IRN", "attributes": (dates,),
            "participants": (_part("A1", actor, *FOUR), _part("A2", recipient, AZ, NL, FA), _part("A3", recipient, EL), _part("A6", attendee, EL, NL)),
        }),
        d.DossierEvent(**merged("E2", cite(AZ, 5), cite(EL, 4), cite(FA, 2), discrepancies=("D3",), grade=2, origins=("O1", "O2")) | told | {
            "type": EventType.MOBILIZE, "title": "The ship Aster anchors in the port", "date": "2025-08-25", "place": "Nilufar",
            "participants": (_part("A5", actor, AZ, EL, FA), _part("A2", attendee, AZ)),
        }),
        d.DossierEvent(**merged("E3", cite(NL, 4), grade=4) | plain | {
            "type": EventType.CONSULT, "factuality": Factuality.PLANNED, "title": "Experts are to travel to Tirana", "date": "2025-11",
            "place": "Tirana", "country": "ALB", "participants": (_part("A7", actor, NL), _part("A6", recipient, NL), _part("A1", attendee, NL)),
        }),
    )  # fmt: skip


def _discrepancies() -> tuple[d.Discrepancy, ...]:
    contradiction, coarser, omission = d.DiscrepancyKind
    made = d.Discrepancy
    return (
        made(id="D1", about="Whom the minister met", attribute=d.DiscrepancyAttribute.ACTOR, kind=contradiction,
             readings=(reading("Sohrab Minaei, governor", cite(AZ, 2, words=["Söhrab Minayi"]), cite(NL, 1, words=["Sohrab Minaei"]), cite(FA, 1, words=["سهراب مینایی"])),
                       reading("Siamak Minaei, deputy governor", cite(EL, 1, 2, words=["Σιαμάκ Μιναΐ"]))),
             note="Two men of one surname.", items=("E1", "A2", "A3"), found_by=d.FoundBy.BOTH),
        made(id="D2", about="Day of the meeting", attribute=d.DiscrepancyAttribute.DATE, kind=contradiction,
             readings=(reading("2025-08-25", cite(EL, 1, words=["στις 25 Αυγούστου"]), cite(NL, 1, words=["maandag"]), cite(FA, 1, words=["روز دوشنبه"])),
                       reading("2025-08-24", cite(AZ, 1, words=["avqustun 24-də"]))),
             note=None, items=("E1",), found_by=d.FoundBy.RULES),
        made(id="D3", about="Kind of the ship Aster", attribute=d.DiscrepancyAttribute.OTHER, kind=contradiction,
             readings=(reading("frigate", cite(AZ, 5, words=["freqatı"]), cite(FA, 2, words=["ناوچه"])),
                       reading("corvette", cite(EL, 4, words=["κορβέτα"]))),
             note=None, items=("E2", "A5"), found_by=d.FoundBy.ENGINE),
        made(id="D4", about="Engineers at the meeting", attribute=d.DiscrepancyAttribute.NUMBER, kind=coarser,
             readings=(reading("12", cite(AZ, 3, words=["12"]), cite(EL, 3, words=["12"])), reading("about 10", cite(NL, 2, words=["ongeveer tien"]))),
             note="Ten is twelve, rounded.", items=("S2",), found_by=d.FoundBy.RULES),
        made(id="D5", about="Demand to reopen the railway", attribute=d.DiscrepancyAttribute.ACTION, kind=omission,
             readings=(reading("asked for", cite(EL, 2), cite(FA, 3)), d.Reading(value="not said", documents=(AZ, NL), evidence=())),
             note=None, items=("G2",), found_by=d.FoundBy.ENGINE),
    )  # fmt: skip


def _aims() -> tuple[d.DossierAim, ...]:
    return (
        d.DossierAim(
            **merged("G1", cite(AZ, 4, words=["Bir liman, bir qanun"]), cite(NL, 3, words=["Eén haven, één wet"])),
            text="One port, one law", kind=AimKind.SLOGAN, held_by=("A1",),
        ),
        d.DossierAim(
            **merged("G2", cite(EL, 2, words=["να ανοίξει ξανά ο σιδηρόδρομος"]), cite(FA, 3, words=["بازگشایی راه آهن"]),
                     origins=("O1", "O2"), grade=2, discrepancies=("D5",)),
            text="Reopen the railway by the end of the year", kind=AimKind.DEMAND, held_by=("A2", "A3"),
        ),
        d.DossierAim(**merged("G3", cite(EL, 3, words=["ό,τι δεν υπάρχει"]), supported=False, grade=6), text="Lease the east pier", kind=AimKind.GOAL, held_by=()),
    )  # fmt: skip


def step(date: str | None, text: str, *reports: d.Citation, disputed: bool = False, **more: object) -> d.TimelineEntry:
    """A step of the timeline."""
    return d.TimelineEntry(**dict(line(text, *reports, **more)), date=date, disputed=disputed)  # type: ignore[arg-type]


def _main_story() -> d.Story:
    both = ("O1", "O2")
    met = (cite(AZ, 2), cite(EL, 1), cite(NL, 1), cite(FA, 1, words=["روز دوشنبه"]))
    return d.Story(
        id="0f3a", headline=line("Albanian minister meets the governor of Nilufar port", *met, origins=both, grade=1, discrepancies=("D1",)),
        bottom_line=line(
            "Albania's transport minister Artan Kola met the head of Nilufar port on 25 August 2025 to talk about the east pier; "
            "one of four reports says that he met the deputy.", *met, origins=both, grade=1, discrepancies=("D1", "D2")),
        summary=(
            line("Engineers of both sides took part, 12 by two reports.", cite(AZ, 3), cite(EL, 3), cite(NL, 2), discrepancies=("D4",), claims=("S2",)),
            line("The port's side asked for the railway to be reopened by the end of the year.", cite(EL, 2), cite(FA, 3, words=["بازگشایی راه آهن"]), origins=both, grade=2, claims=("G2",)),
            line("The minister's motto was “One port, one law” (in Persian: «یک بندر، یک قانون»).", cite(AZ, 4), cite(NL, 3), claims=("G1",)),
            line("The ship Aster anchored in the port on the same day.", cite(AZ, 5), cite(EL, 4), cite(FA, 2, words=["ناوچه"]), origins=both, grade=2, discrepancies=("D3",), claims=("E2",)),
            line("Experts are to travel to Tirana in November.", cite(NL, 4), grade=4, claims=("E3",)),
        ),
        timeline=(
            step("2014", "The United Nations' 5+5 commission begins to mediate.", cite(AZ, 4), cite(NL, 3)),
            step("2025-08-24/2025-08-25", "The minister meets the governor.", *met, origins=both, discrepancies=("D1", "D2"), disputed=True),
            step("2025-08-25", "The ship Aster anchors.", cite(AZ, 5), cite(EL, 4), cite(FA, 2)),
            step("2025-11", "Experts are to travel to Tirana.", cite(NL, 4)),
            step(None, "The railway is to be reopened.", cite(EL, 2), cite(FA, 3)),
        ),
        reports=(
            report(AZ, "Albanian delegation in Nilufar", ("O1",), outlet="Liman Xəbər", title="Nilufər limanında görüş"),
            report(EL, "Kola meets Siamak Minaei", ("O1",), outlet="Ακτή", url="https://example.org/limani?id=1"),
            report(NL, "Minister speaks of pier in Nilufar", ("O1",), published="2025-08-27"),
            report(FA, "Albania's minister of roads in Nilufar", ("O2",), outlet="موج", title="دیدار در بندر نیلوفر", url="javascript:alert(1)"),
        ),
        actors=_actors(), events=_events(), aims=_aims(),
        context=(
            d.DossierContext(**merged("C1", cite(AZ, 6), cite(EL, 5), cite(FA, 4), origins=both, grade=1), topic="United Nations", text="The 5+5 commission has been mediating for years."),
        ),
        statements=(
            d.DossierStatement(**merged("S1", *met, origins=both, grade=1), text="Artan Kola met the governor of Nilufar port."),
            d.DossierStatement(**merged("S2", cite(AZ, 3), cite(EL, 3), cite(NL, 2), discrepancies=("D4",)), text="Engineers took part."),
        ),
        origins=(
            d.DossierOrigin(id="O1", name="Albania's transport ministry", kind=OriginKind.OFFICIAL_STATEMENT, documents=(AZ, EL, NL),
                            why=("R2 and R3 name the ministry", "R1 shares 6 of 8 sentences with R3")),
            d.DossierOrigin(id="O2", name="own work of fa-bandar", kind=None, documents=(FA,), why=()),
        ),
        discrepancies=_discrepancies(),
        checks=d.StoryChecks(
            sentences_dropped=("The talks lasted 21 hours.",),
            discrepancies_refused=("Place of the meeting: no sentence of nl-haven says “Tehran”.",),
            warnings=("nl-haven gives no day but a weekday.",),
            failures=(Failure(document="0f3a", kind="InvalidReply", message="0f3a: the reply was no JSON"),),
        ),
        provenance=d.StoryProvenance(
            account="live", discrepancies="live", model="openai/gpt-4o-mini", requests=("ab" * 32,), prompts=("account@3fa9c1d20b77", "discrepancies@77aa01b2c3d4"),
            attempts=3, reasks=1, input_tokens=8123, output_tokens=1044, cost_usd=0.0018, seconds=7.42,
        ),
    )  # fmt: skip


def _lone_story() -> d.Story:
    said = cite(STORM, 1, 2, item="bottom_line")
    return d.Story(
        id="77b1", headline=line("Storm tears the roof off a warehouse in Nilufar", said, claims=("S1",)),
        bottom_line=line("A storm tore the roof off a warehouse of Nilufar port; nobody was hurt.", said, claims=("S1",)),
        summary=(), timeline=(), reports=(report(STORM, "Storm in Nilufar", ("O1",), published=None),), actors=(), events=(), aims=(), context=(),
        statements=(d.DossierStatement(**merged("S1", said), text="A storm tore off a roof."),),
        origins=(d.DossierOrigin(id="O1", name="own work of fa-toofan", kind=None, documents=(STORM,), why=()),),
        discrepancies=(), checks=d.StoryChecks(sentences_dropped=(), discrepancies_refused=(), warnings=(), failures=()),
        provenance=d.StoryProvenance(account="offline", discrepancies="offline", model=None, requests=(), prompts=(), attempts=0, reasks=0,
                                     input_tokens=None, output_tokens=None, cost_usd=None, seconds=0.0),
    )  # fmt: skip


def sample() -> d.Dossier:
    """The dossier."""
    return d.Dossier(
        schema_version=d.DOSSIER_VERSION,
        stories=(_main_story(), _lone_story()),
        duplicates=("az-liman-2 = az-liman",),
        failures=(
            Failure(document="empty.txt", kind="EmptyDocument", message="empty.txt: no text in it. Leave it out"),
        ),
    )


def nothing() -> d.Dossier:
    """A dossier without a story."""
    return d.Dossier(schema_version=d.DOSSIER_VERSION, stories=(), duplicates=(), failures=())
