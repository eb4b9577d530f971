"""The score of one brief against one reference: every metric of the suite as a share, every item with its outcome.

| metric | what it is |
| --- | --- |
| events, actors, aims, context `.precision .recall .f1` | items that are the labelled ones (`matching`) |
| events `.type .date .place .country .factuality` | right, of aligned pairs whose label states it (`attributes`) |
| actors `.kind .role .country .affiliation` | the same |
| `events.main_first` | the first event is the labelled main event; of references that have one |
| `participants.precision .recall .f1` | the right actor in the right role of the right event (`items`) |
| `aims.wording` | source wordings that overlap the label's, of aligned aims |
| `nuggets.vital`, `nuggets.all` | nuggets that headline, bottom line and summary say (`texts`) |
| `forbidden` | patterns hit, for each reference that has patterns |
| `caveats.recall` | labelled caveats that one of the brief's says |
| `ceaf_ree`, `ceaf_rme.phi3`, `ceaf_rme.subset` | template filling (`template_filling`), source spellings as fillers |
| `grounding.supported` | items of the brief that passed its checks |
| `grounding.exact .folded .fuzzy .unsupported` | source wordings by how they were found |
| `language`, `published` | right or not; where the reference has no date, none is right |
| `cost.usd .requests .input_tokens .output_tokens .seconds .reasks` | for each brief of which it is known |
| `failures` | documents without a brief |

Okay items are neither required nor penalised: an okay label without a match counts nowhere, and what matches one is
taken out of the predicted items. Attributes are judged on pairs whose label is required. The template metrics see
neither okay events nor okay participants; phi-3 counts entities, because a brief spells each actor once, and the F1 of
phi-subset, whose precision and recall have numerators of their own, is the mean of the documents' values.

Metrics that have a value for each document (`language`, `published`, costs, grounding, `failures`) move with every
document; all others only with documents that have labels or predictions of their kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..grounding.align import Source
from ..models import brief as b
from .attributes import Verdict, actor_verdicts, event_verdicts, is_date
from .items import LaidBrief, lay, participants
from .matching import wording_agrees
from .references import Reference, ReferenceAim, Salience
from .scores import DocumentScore, ItemOutcome, Outcome, Share, Tally
from .template_filling import Phi, Unit, ceaf_ree, ceaf_rme
from .templates import of_document, predicted_events, reference_events
from .texts import Said, said_by

EVENT_ATTRIBUTES = ("type", "date", "place", "country", "factuality")
ACTOR_ATTRIBUTES = ("kind", "role", "country", "affiliation")
COSTS = ("usd", "requests", "input_tokens", "output_tokens", "seconds", "reasks")
_NOTHING = Share(0, 0)


def score_brief(brief: b.Brief, reference: Reference, document_text: str | None = None) -> DocumentScore:
    """The score of a brief.

    Args:
        brief: of the report that the reference labels.
        reference: its labels.
        document_text: the report as read; with it, source wordings also agree when their places overlap.

    Raises:
        MissingExtra: scipy is not installed.
    """
    source = Source(document_text, reference.language) if document_text is not None else None
    return _scored(brief, reference, source)


def score_failure(reference: Reference, why: str) -> DocumentScore:
    """The score where no brief came: all labels are missed, and nothing is known of grounding and costs.

    Args:
        reference: the labels of the report.
        why: the failure, for reports.

    Raises:
        MissingExtra: scipy is not installed.
    """
    return _scored(None, reference, None).model_copy(update={"failed": why})


def _scored(brief: b.Brief | None, reference: Reference, source: Source | None) -> DocumentScore:
    laid, said = lay(brief, reference, source), said_by(brief, reference)
    return DocumentScore(
        document=reference.document,
        language=reference.language,
        shares={
            **_item_shares(laid, source),
            **_main_first(brief.events[:1] if brief else (), laid, reference),
            **_text_shares(said, reference),
            **_template_shares(laid),
            **_grounding(brief.checks if brief else None),
            **_document(brief, reference),
            **_costs(brief.provenance if brief else None),
            "failures": Share(brief is None, 1),
        },
        items=(*_item_outcomes(laid, source), *_text_outcomes(said, reference)),
    )


def _item_shares(laid: LaidBrief, source: Source | None) -> dict[str, Share]:
    shares = {
        **laid.events.tally().shares("events"),
        **laid.actors.tally().shares("actors"),
        **laid.aims.tally().shares("aims"),
        **laid.context.tally().shares("context"),
        **participants(laid).shares("participants"),
    }
    events = [verdict for pair in laid.events.scored for verdict in event_verdicts(*pair)]
    actors = [verdict for pair in laid.actors.scored for verdict in actor_verdicts(*pair)]
    shares |= {f"events.{name}": _rightness(events, name) for name in EVENT_ATTRIBUTES}
    shares |= {f"actors.{name}": _rightness(actors, name) for name in ACTOR_ATTRIBUTES}
    quoted = [pair for pair in laid.aims.scored if pair.label.in_source]
    agreed = [wording_agrees(pair.item.wording_in_source, pair.label.in_source, source) for pair in quoted]
    return {**shares, "aims.wording": Share(sum(agreed), len(agreed))}


def _rightness(verdicts: Iterable[Verdict], attribute: str) -> Share:
    found = [verdict.right for verdict in verdicts if verdict.attribute == attribute]
    return Share(sum(found), len(found))


def _main_first(first: Iterable[b.Event], laid: LaidBrief, reference: Reference) -> dict[str, Share]:
    main = reference.main_event
    if main is None:
        return {"events.main_first": _NOTHING}
    labels = (laid.events.label_of.get(event.id) for event in first)
    return {"events.main_first": Share(any(label and label.id == main.id for label in labels), 1)}


def _text_shares(said: Said, reference: Reference) -> dict[str, Share]:
    needed = [
        place is not None
        for place, caveat in zip(said.caveats, reference.caveats, strict=True)
        if caveat.salience is not Salience.OKAY
    ]
    return {
        "nuggets.vital": said.nuggets.vital,
        "nuggets.all": said.nuggets.all,
        "forbidden": Share(sum(hit is not None for hit in said.forbidden), 1) if said.forbidden else _NOTHING,
        "caveats.recall": Share(sum(needed), len(needed)),
    }


def _template_shares(laid: LaidBrief) -> dict[str, Share]:
    ours, theirs = predicted_events(laid), reference_events(laid)
    predicted, reference = [event.template for event in ours], [event.template for event in theirs]
    phi_3 = ceaf_rme(predicted, reference, Phi.THREE, Unit.ENTITIES)
    return {
        **ceaf_ree(of_document(ours), of_document(theirs)).shares("ceaf_ree"),
        **Tally(phi_3.precision.part, phi_3.precision.whole, phi_3.recall.whole).shares("ceaf_rme.phi3"),
        **ceaf_rme(predicted, reference, Phi.SUBSET).shares("ceaf_rme.subset"),
    }


def _grounding(checks: b.Checks | None) -> dict[str, Share]:
    quotes = checks.quotes if checks else {}
    wordings = sum(quotes.values())
    items = checks.supported + checks.unsupported if checks else 0
    shares = {"grounding.supported": Share(checks.supported if checks else 0, items)}
    return shares | {f"grounding.{match}": Share(quotes.get(match, 0), wordings) for match in b.Match}


def _document(brief: b.Brief | None, reference: Reference) -> dict[str, Share]:
    info = brief.document if brief else None
    return {
        "language": Share(info is not None and info.language == reference.language, 1),
        "published": Share(info is not None and is_date(info.published, (reference.published,)), 1),
    }


def _costs(provenance: b.Provenance | None) -> dict[str, Share]:
    values = dict.fromkeys(COSTS) | (
        {
            "usd": provenance.cost_usd,
            "requests": provenance.attempts,
            "input_tokens": provenance.input_tokens,
            "output_tokens": provenance.output_tokens,
            "seconds": provenance.seconds,
            "reasks": provenance.reasks,
        }
        if provenance
        else {}
    )
    return {f"cost.{name}": _NOTHING if value is None else Share(value, 1) for name, value in values.items()}


def _item_outcomes(laid: LaidBrief, source: Source | None) -> Iterator[ItemOutcome]:
    yield from laid.events.outcomes("event", lambda event, label: _notes(event_verdicts(event, label)))
    yield from laid.actors.outcomes("actor", lambda actor, label: _notes(actor_verdicts(actor, label)))
    yield from laid.aims.outcomes("aim", lambda aim, label: _wording_note(aim, label, source))
    yield from laid.context.outcomes("context", lambda _item, _label: "")


def _wording_note(aim: b.Aim, label: ReferenceAim, source: Source | None) -> str:
    if not label.in_source or wording_agrees(aim.wording_in_source, label.in_source, source):
        return ""
    return f"wording: {aim.wording_in_source.text}, not {' or '.join(label.in_source)}"


def _notes(verdicts: Iterable[Verdict]) -> str:
    return "; ".join(verdict.note for verdict in verdicts if not verdict.right)


def _text_outcomes(said: Said, reference: Reference) -> Iterator[ItemOutcome]:
    for nugget, hit in zip(reference.nuggets, said.nuggets.said, strict=True):
        yield _text_outcome("nugget", nugget.text, nugget.salience, "summary" if hit else None)
    for item, place in zip(reference.forbidden, said.forbidden, strict=bool(said.forbidden)):
        if place:
            note = f"matches {item.pattern}"
            yield ItemOutcome(kind="forbidden", outcome=Outcome.FALSE, reference=item.why, predicted=place, note=note)
    for caveat, number in zip(reference.caveats, said.caveats, strict=True):
        yield _text_outcome("caveat", caveat.text, caveat.salience, None if number is None else f"caveat {number + 1}")


def _text_outcome(kind: str, text: str, salience: Salience, place: str | None) -> ItemOutcome:
    outcome = Outcome.ALLOWED if salience is Salience.OKAY else Outcome.HIT if place else Outcome.MISSED
    return ItemOutcome(kind=kind, outcome=outcome, reference=text, predicted=place)
