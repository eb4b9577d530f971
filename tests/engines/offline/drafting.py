"""What the tests of the offline engine share."""

from __future__ import annotations

import asyncio

from summarizer.documents import from_text
from summarizer.documents.building import LoadOptions
from summarizer.engines.base import BriefTask
from summarizer.engines.offline import OfflineEngine
from summarizer.engines.offline import reading as offline_reading
from summarizer.engines.offline.reading import Passage, Reading
from summarizer.models.brief import Brief
from summarizer.models.document import Document
from summarizer.models.draft import Draft
from summarizer.pipeline import brief_one
from summarizer.sentences import split


def document(text: str, language: str | None = None, published: str | None = None) -> Document:
    return from_text(text, id="report", options=LoadOptions(language=language, published=published))


def draft(text: str, language: str | None = None, published: str | None = None) -> Draft:
    report = document(text, language, published)
    task = BriefTask(report, split(report.text, report.language))
    return asyncio.run(OfflineEngine().fill(task)).draft


def brief(text: str, language: str | None = None, published: str | None = None) -> Brief:
    return asyncio.run(brief_one(document(text, language, published), OfflineEngine()))


def passages(text: str, language: str) -> list[Passage]:
    report = document(text, language)
    return [offline_reading.passage(report, sentence) for sentence in split(text, language)]


def reading(text: str, language: str, published: str | None = None) -> Reading:
    return offline_reading.read(document(text, language, published), passages(text, language))
