"""PDF files become running text with page numbers; scans, locked and broken ones are refused."""

from __future__ import annotations

import pytest

from summarizer.documents.pdf_files import read_pdf
from summarizer.documents.reflow import flow
from summarizer.errors import NoArticle, UnreadableDocument
from summarizer.models.document import Unit

from .files import STORY, pdf


def test_lines_are_joined_to_paragraphs() -> None:
    found = read_pdf(pdf([STORY]), "p")
    assert found.text.split("\n") == STORY.split("\n")


def test_positions_know_their_page() -> None:
    found = read_pdf(pdf([STORY, "A second page, which tells of the cranes in some more detail."]), "p")
    assert found.layout is not None
    assert found.layout.unit is Unit.PAGE
    assert found.layout.number_at(found.text.index("Norvale")) == 1
    assert found.layout.number_at(found.text.index("A second page")) == 2


def test_title_and_author_are_read_and_names_of_files_are_no_titles() -> None:
    assert read_pdf(pdf([STORY], title="Cranes", author="Ada Holm"), "p").about == {
        "title": "Cranes",
        "author": "Ada Holm",
    }
    assert "title" not in read_pdf(pdf([STORY], title="report_final.docx"), "p").about


def test_a_scan_is_refused_with_the_remedy() -> None:
    with pytest.raises(NoArticle, match="2 pages hold pictures") as caught:
        read_pdf(pdf(["", ""]), "scan.pdf")
    assert caught.value.document == "scan.pdf"
    assert "ocrmypdf" in (caught.value.remedy or "")


def test_a_page_without_text_is_named_in_a_warning() -> None:
    (warning,) = read_pdf(pdf([STORY, "", STORY]), "p").warnings
    assert warning.startswith("page 2 holds next to no text, of 3 pages")


def test_an_encrypted_file_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="encrypted"):
        read_pdf(pdf([STORY], password="secret"), "p")


@pytest.mark.parametrize("keep", [0.3, 0.02])
def test_a_file_that_is_cut_off_is_refused_or_read(keep: float) -> None:
    data = pdf([STORY])
    with pytest.raises((UnreadableDocument, NoArticle)):
        read_pdf(data[: int(len(data) * keep)], "p")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        f"Annual report 2024\n{'The council met again, as it does each month, and it decided little. ' * 3}{n}.\n{n}"
        for n in range(1, 9)
    ]
    found = flow(pages)
    assert "Annual report" not in found.text
    assert not any(line.isdigit() for line in found.text.split("\n"))
    assert found.text.count("The council met again") == 24


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    line = "The council of the harbour met the union of the dockers and"
    found = flow([f"{line}\n{line}", f"promised a great deal to all of those who had come to hear it.\n{line}."])
    assert "\n" not in found.text
    assert found.text[found.layout.starts[1] :].startswith("promised")
    assert f"{line} promised" in found.text


def test_a_word_cut_at_the_end_of_a_line_is_whole_again() -> None:
    found = flow(
        ["The council of the harbour met the union of the dock-\ners and promised a great deal to those who came here."]
    )
    assert "of the dockers and" in found.text


def test_numbered_paragraphs_and_headings_stay_apart() -> None:
    found = flow(
        [
            "FINDINGS\n1. The council met, which took it the whole of a long day in May.\n2. It met again, and that took it the whole of another day in June."
        ]
    )
    assert [line[:8] for line in found.text.split("\n")] == ["FINDINGS", "1. The c", "2. It me"]


def test_empty_pages_keep_the_count_of_pages() -> None:
    found = flow(["First page of a report.", "", "Third page of a report."])
    assert len(found.layout.starts) == 3
    assert found.layout.number_at(found.text.index("Third")) == 3
