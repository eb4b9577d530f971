"""What the stub answers here: a draft of the size and kind that models give, from the sentences of the request.

Its statements hold the figures of the sentences they cite, its wordings are partly copied, partly respelt, so that
grounding has all of its work to do.
"""

from __future__ import annotations

import functools
import json
import re
from typing import Any

from tests.stub.behaviours import Answer, Received, completion
from tests.stub.drafts import Numbered, draft, sentences_in

_FIGURE = re.compile(r"(?<![\d,.])\d+(?:,\d{3})*(?![\d,.])")
_WORDING = re.compile(r"\w+(?:\s+\w+){2,5}")
_MOST_CITED = 40  # characters of a wording in a script without spaces


def behaviour(request: Received) -> Answer:
    """A whole draft, for the stub's `always`."""
    messages = request.messages
    return completion(request, reply(messages[-1]["content"]))


@functools.lru_cache(8192)
def reply(message: str) -> str:
    """The JSON of a full draft for the report in a message."""
    return json.dumps(full_draft(sentences_in(message)), ensure_ascii=False, separators=(",", ":"))


def full_draft(sentences: list[Numbered]) -> dict[str, Any]:
    """A draft by wire names: six statements with figures, four events, three aims, context and a caveat."""
    body = draft(sentences)
    told = (sentences * 6)[:6]
    ids = [actor["id"] for actor in body["actors"]]
    for actor in body["actors"]:
        actor |= {"role": "head of the delegation to the talks", "org": "Ministry of Foreign Affairs", "iso3": "GRC"}
    events = [_event(body["events"][0], sentence) for sentence in told[:4]] if body["events"] else []
    return body | {
        "headline": "Officials meet in the capital as talks on the border region go on",
        "summary": [_statement(sentence) for sentence in told],
        "events": events,
        "aims": [_aim(sentence, ids[:1], number) for number, sentence in enumerate(told[:3])],
        "context": [
            {"topic": "Earlier talks", "text": _statement(sentence)["text"], "ev": [sentence.number]}
            for sentence in told[3:5]
        ],
        "caveats": [{"text": "The report does not say who gave these figures.", "ev": [told[0].number]}],
    }


def _statement(sentence: Numbered) -> dict[str, Any]:
    figure = _FIGURE.search(sentence.text)
    count = f"{figure[0]} people" if figure else "several people"
    text = f"Officials said that {count} took part in the talks at the ministry and that the work will go on."
    return {"text": text, "ev": [sentence.number]}


def _event(model: dict[str, Any], sentence: Numbered) -> dict[str, Any]:
    words = sentence.text.split()
    place = max(words, key=len)[:_MOST_CITED].strip("“”«».,،。")
    title = "The delegations meet for talks on the border region"
    return model | {"title": title, "place": "the capital", "place_src": place, "iso3": "GRC", "ev": [sentence.number]}


def _aim(sentence: Numbered, ids: list[str], number: int) -> dict[str, Any]:
    """The wording copied, in capitals, or with a word more."""
    found = _WORDING.search(sentence.text)
    wording = (found[0] if found else sentence.text)[: 2 * _MOST_CITED].rstrip()
    if number == 1:
        wording = wording.upper()
    if number == 2:
        first, space, rest = wording.partition(" ")
        wording = f"{first} {first}{space}{rest}" if space else wording
    text = "The work on the agreement is to be brought to its end within the year"
    return {"text": text, "src": wording, "kind": "goal", "by": ids, "via": [], "ev": [sentence.number]}
