"""PDF, DOCX and MHTML files, made for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence

STORY = (
    "The harbour council of Norvale met the dockers' union on Monday in the old customs house. It wants the cranes to "
    "work again by autumn, and it has set aside 4.2 million crowns for the repair of the two northern quays.\n"
    "The union said that it had not been asked. Its chair, Orla Venner, wants a written promise before anyone climbs a "
    "crane again, because two of them had failed their inspection in March."
)


def pdf(pages: Sequence[str], *, title: str = "", author: str = "", password: str = "") -> bytes:
    """A PDF, each text on a page of its own; an empty one is a page with a picture."""
    from fpdf import FPDF

    made = FPDF()
    if title:
        made.set_title(title)
    if author:
        made.set_author(author)
    if password:
        made.set_encryption(owner_password=password, user_password=password)
    made.set_font("Helvetica", size=11)
    for page in pages:
        made.add_page()
        if not page:
            made.ellipse(20, 20, 100, 60, style="F")
        for line in filter(None, page.split("\n")):
            made.multi_cell(0, 5, line, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


def docx(paragraphs: Sequence[str | Sequence[Sequence[str]]], *, title: str = "", author: str = "") -> bytes:
    """A DOCX file of paragraphs, and of tables for nested sequences."""
    from docx import Document

    made = Document()
    made.core_properties.title, made.core_properties.author = title, author
    made.sections[0].header.paragraphs[0].text = "Running head that is no part of the text"
    for block in paragraphs:
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        table = made.add_table(rows=0, cols=len(block[0]))
        for row in block:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def page(body: str, head: str = "") -> bytes:
    """An HTML page."""
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def article(title: str = "Cranes to work again by autumn", text: str = STORY) -> str:
    """An article's markup."""
    return f"<article><h1>{title}</h1>{''.join(f'<p>{line}</p>' for line in text.splitlines())}</article>"
