"""A report of 60 pages, invented for the tests, and its PDF."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def pages() -> list[str]:
    """The text of each page, with its running head and its number."""
    return [page.strip("\n") for page in (HERE / "sorrin.txt").read_text("utf-8").split("\f")]


def pdf() -> bytes:
    """The report as a PDF: each page of the text on one page, lines wrapped."""
    from fpdf import FPDF

    made = FPDF(format="A4")
    made.set_title("Eleventh Annual Report of the Sorrin Monitoring Mission")
    made.set_auto_page_break(False)
    made.set_font("Times", size=10.5)
    for page in pages():
        made.add_page()
        for block in filter(None, page.split("\n")):
            made.multi_cell(0, 5, block, align="L", new_x="LMARGIN", new_y="NEXT")
            made.ln(2)
        assert made.get_y() < made.h, page[:80]
    return bytes(made.output())
