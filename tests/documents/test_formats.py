"""The format of a file is told by its bytes; loading reads each, and a missing library costs only its documents."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from summarizer.documents import load
from summarizer.documents.formats import Format, format_of
from summarizer.errors import MissingExtra
from summarizer.models.document import Document

from .files import STORY, article, docx, page, pdf


@pytest.mark.parametrize(
    ("head", "named", "expected"),
    [
        (b"%PDF-1.7 ...", "", Format.PDF),
        (b"<!DOCTYPE html><p>", ".txt", Format.HTML),
        (b"\xef\xbb\xbf\n<!-- saved from url=(0014)about:internet -->\n<html>", "", Format.HTML),
        (b'<?xml version="1.0"?><html xmlns="x">', "", Format.HTML),
        (b"<p>A fragment of a page", ".html", Format.HTML),
        (b"<p>A fragment of a page", ".txt", None),
        (b"The <html> element", ".txt", None),
        (b"From: x\r\nContent-Type: multipart/related;\r\n boundary=b\r\n\r\n", "", Format.MHTML),
        (b"PK\x03\x04....xl/workbook.xml", ".xlsx", None),
        (b"PK\x03\x04....word/document.xml", "", Format.DOCX),
        (b"", ".html", None),
    ],
)
def test_a_format_is_told_by_the_first_bytes(head: bytes, named: str, expected: Format | None) -> None:
    assert format_of(head, named) is expected


def test_a_folder_of_all_formats_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The bridge was opened.")
    (tmp_path / "b.html").write_bytes(page(article(), "<meta property=og:site_name content=Quay>"))
    (tmp_path / "c.pdf").write_bytes(pdf([STORY + "\nA page.", STORY]))
    (tmp_path / "d.docx").write_bytes(docx([STORY, "And a file of a word processor."]))
    found = {d.id: d for d in load([tmp_path]) if isinstance(d, Document)}
    assert sorted(found) == ["a", "b", "c", "d"]
    assert (found["b"].title, found["b"].outlet) == ("Cranes to work again by autumn", "Quay")
    assert [found[name].pages for name in "abcd"] == [None, None, 2, None]
    assert all("Orla Venner" in found[name].text for name in "bcd")


def test_standard_input_may_be_any_format() -> None:
    for data in (page(article()), pdf([STORY]), docx([STORY])):
        (document,) = load(["-"], stdin=io.BytesIO(data))
        assert isinstance(document, Document)
        assert "Orla Venner" in document.text


@pytest.mark.parametrize(
    ("suffix", "module", "extra"),
    [("html", "trafilatura", "html"), ("pdf", "pypdfium2", "pdf"), ("docx", "docx", "docx")],
)
def test_a_missing_library_is_named_with_the_install_line_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, module: str, extra: str
) -> None:
    made = {"html": page(article()), "pdf": pdf([STORY]), "docx": docx([STORY])}
    (tmp_path / f"a.{suffix}").write_bytes(made[suffix])
    (tmp_path / "b.txt").write_text("The bridge was opened.")
    monkeypatch.setitem(sys.modules, module, None)
    error, document = load([tmp_path])
    assert isinstance(error, MissingExtra)
    assert f'pip install "summarizer[{extra}]"' in str(error)
    assert str(tmp_path / f"a.{suffix}") in str(error)
    assert isinstance(document, Document)


def test_a_text_in_a_format_may_be_no_larger_than_others(tmp_path: Path) -> None:
    from summarizer.documents import LoadOptions
    from summarizer.errors import DocumentTooLarge

    (tmp_path / "a.pdf").write_bytes(pdf([STORY]))
    (error,) = load([tmp_path / "a.pdf"], LoadOptions(max_bytes=200))
    assert isinstance(error, DocumentTooLarge)
