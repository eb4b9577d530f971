"""DOCX files become numbered paragraphs; bombs and broken ones are refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from summarizer.documents import docx_files
from summarizer.documents.docx_files import read_docx
from summarizer.errors import DocumentTooLarge, UnreadableDocument
from summarizer.models.document import Unit

from .files import STORY, docx


def test_paragraphs_and_tables_come_in_their_order() -> None:
    first, second = STORY.split("\n")
    found = read_docx(docx([first, [["Crane", "Year"], ["North", "1974"]], "", second]), "d")
    assert found.text.split("\n") == [first, "Crane | Year", "North | 1974", second]
    assert found.layout is not None
    assert found.layout.unit is Unit.PARAGRAPH
    assert found.layout.number_at(found.text.index("1974")) == 3


def test_title_and_author_are_read() -> None:
    about = read_docx(docx([STORY], title="Cranes", author="Ada Holm"), "d").about
    assert (about["title"], about["author"]) == ("Cranes", "Ada Holm")


def test_a_broken_file_is_refused() -> None:
    data = docx([STORY])
    for broken in (data[:200], b"PK\x03\x04" + bytes(100)):
        with pytest.raises(UnreadableDocument, match="broken"):
            read_docx(broken, "d")


def test_an_archive_that_is_no_document_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/other.xml", "<x/>")
    with pytest.raises(UnreadableDocument):
        read_docx(stream.getvalue(), "d")


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_files, "_MOST_UNPACKED", 100_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 200_000)
    assert len(stream.getvalue()) < 2_000
    with pytest.raises(DocumentTooLarge, match="when unpacked"):
        read_docx(stream.getvalue(), "d")
