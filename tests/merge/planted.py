"""Small reports with planted values, and groups made by hand, for tests of what differs between them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from summarizer.merge.linked import Group, Linked, Ref, Report
from summarizer.models.brief import Brief
from summarizer.models.document import Sentence


def report(
    name: str,
    sentences: Sequence[str],
    items: Mapping[str, Sequence[Mapping[str, Any]]],
    published: str | None = None,
    language: str = "en",
) -> Report:
    """A report whose text is these sentences, with its brief.

    Args:
        name: id of the document.
        sentences: numbered from 1.
        items: `actors`, `events`, `aims`, `context` and `summary`: what each item gives, and `at`, the numbers of its
            sentences; `date_words`, `place_words` and `words` are looked up in the text.
        published: date in EDTF.
        language: ISO 639-1 code.
    """
    text = " ".join(sentences)
    spans: list[dict[str, Any]] = []
    for number, sentence in enumerate(sentences, 1):
        start = spans[-1]["end"] + 1 if spans else 0
        spans.append({"sentence": number, "start": start, "end": start + len(sentence), "text": sentence})

    def quoted(words: str | None) -> dict[str, Any] | None:
        if words is None:
            return None
        at = text.find(words)
        where = {"start": at, "end": at + len(words), "match": "exact"}
        return {"text": words, **(where if at >= 0 else {"start": None, "end": None, "match": "unsupported"})}

    def checked(item: Mapping[str, Any]) -> dict[str, Any]:
        return {"evidence": [spans[n - 1] for n in item.get("at", (1,))], "supported": True}

    def actor(number: int, item: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "id": f"A{number}", "name": item["name"], "kind": item.get("kind", "person"), "sector": None,
            "name_in_source": quoted(item.get("words", item["name"])), "role": item.get("role"),
            "affiliation": item.get("body"), "country": item.get("country"), **checked(item),
        }  # fmt: skip

    def event(number: int, item: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "id": f"E{number}", "type": item.get("type", "CONSULT"), "mode": item.get("mode"), "contexts": [],
            "title": item.get("title", "Envoys meet"), "factuality": item.get("factuality", "reported"),
            "date": item.get("date"), "date_in_source": quoted(item.get("date_words")),
            "place": item.get("place"), "place_in_source": quoted(item.get("place_words", item.get("place"))),
            "country": item.get("country"), "participants": [], "origins": [], **checked(item),
        }  # fmt: skip

    brief = {
        "schema_version": "1.0",
        "document": {
            "id": name, "source": name, "sha256": hashlib.sha256(f"{name} {text}".encode()).hexdigest(),
            "language": language, "title": None, "published": published, "outlet": None, "url": None,
            "characters": len(text), "sentences": len(sentences),
        },
        "headline": "News",
        "bottom_line": {"text": "News", **checked({})},
        "summary": [{"text": each["text"], **checked(each)} for each in items.get("summary", ())],
        "actors": [actor(number, each) for number, each in enumerate(items.get("actors", ()), 1)],
        "events": [event(number, each) for number, each in enumerate(items.get("events", ()), 1)],
        "aims": [],
        "context": [
            {"id": f"C{number}", "topic": each.get("topic", "Past"), "text": each["text"], **checked(each)}
            for number, each in enumerate(items.get("context", ()), 1)
        ],
        "origins": [], "caveats": [],
        "checks": {"supported": 0, "unsupported": 0, "quotes": {}, "numbers_without_support": [], "problems": [],
                   "warnings": []},
        "provenance": {
            "engine": "offline", "model": None, "recorded": False, "prompt": None, "prompt_hash": None,
            "request": None, "schema_version": "1.0", "software": "0", "attempts": 0, "reasks": 0,
            "input_tokens": None, "output_tokens": None, "cost_usd": None, "seconds": 0.0, "replied": None,
        },
    }  # fmt: skip
    numbered = tuple(Sentence(span["sentence"], span["start"], span["end"]) for span in spans)
    return Report(Brief.model_validate(brief), text, numbered)


def linked(reports: Sequence[Report], *groups: Sequence[tuple[str, str]]) -> Linked:
    """These reports with these groups of (document, item); every other item is a group of its own."""
    grouped = {Ref(*ref): number for number, group in enumerate(groups) for ref in group}
    refs = [Ref(each.id, item) for each in reports for item in each.items]
    kinds: dict[str, dict[object, list[Ref]]] = {letter: {} for letter in "AEGCs"}
    for ref in refs:
        letter = ref.item[0] if ref.item[0] in kinds else "s"
        kinds[letter].setdefault(grouped.get(ref, ref), []).append(ref)
    by_kind = {letter: tuple(Group(tuple(each)) for each in found.values()) for letter, found in kinds.items()}
    return Linked(
        tuple(reports), actors=by_kind["A"], events=by_kind["E"], aims=by_kind["G"], context=by_kind["C"],
        statements=by_kind["s"],
    )  # fmt: skip
