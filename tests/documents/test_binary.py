"""Files that are no plain text are told by their beginnings, with what to do about each."""

from __future__ import annotations

import io
import random
import tarfile
import zipfile
import zlib

import pytest

from summarizer.documents.binary import control_share, kind_of
from summarizer.documents.decoding import decode
from summarizer.errors import BinaryDocument, InputError


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return buffer.getvalue()


def tarred() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo("report.txt")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"text"))
    return buffer.getvalue()


FILES = {
    "a PNG picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "a JPEG picture": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "a GIF picture": b"GIF89a\x01\x00",
    "a TIFF picture": b"II*\x00\x08",
    "a WebP picture": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "a WAV recording": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "a film (MP4)": b"\x00\x00\x00\x20ftypisom",
    "an MP3 recording": b"ID3\x03\x00",
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "an RTF document": b"{\\rtf1\\ansi a text}",
    "a document of an older Microsoft Office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a ZIP archive": zipped("report.txt"),
    "a Word document": zipped("[Content_Types].xml", "word/document.xml"),
    "an Excel workbook": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "a PowerPoint presentation": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "a gzip archive": b"\x1f\x8b\x08\x00",
    "a tar archive": tarred(),
    "a program (ELF)": b"\x7fELF\x02\x01",
    "a program (Windows)": b"MZ\x90\x00\x03",
    "an SQLite database": b"SQLite format 3\x00",
    "an HTML page": b"<!DOCTYPE html>\n<html><body>Bridge opened.</body></html>",
    "XML": b'<?xml version="1.0"?><rss><item>Bridge opened.</item></rss>',
}


@pytest.mark.parametrize(("name", "data"), FILES.items(), ids=FILES)
def test_a_file_is_called_by_its_kind_with_a_remedy(name: str, data: bytes) -> None:
    kind = kind_of(data)
    assert kind is not None
    assert kind.name == name
    assert kind.remedy
    with pytest.raises(BinaryDocument, match=r"picture.bin: no text: it looks like") as caught:
        decode(data, "picture.bin")
    assert name in str(caught.value)
    assert kind.remedy in str(caught.value)


def test_a_pdf_behind_a_few_stray_bytes_is_still_one() -> None:
    kind = kind_of(b"\r\n%PDF-1.4\n" + b"x" * 2000 + b"%%EOF\n")
    assert kind is not None
    assert kind.name == "a PDF"


@pytest.mark.parametrize(
    "start", [b"<html>", b"  \n<HTML lang='el'>", b"\xef\xbb\xbf<!doctype html>"], ids=["bare", "blank", "mark"]
)
def test_an_html_page_is_known_by_its_first_tag(start: bytes) -> None:
    kind = kind_of(start + b"<body>text</body>")
    assert kind is not None
    assert kind.name == "an HTML page"


@pytest.mark.parametrize(
    "text",
    [
        "%PDF is a format that the ministry publishes its statements in.",
        "PK is the code of Pakistan.",
        "GIF pictures were shared.",
        "MZ is a code of Mozambique, said the ministry.",
        "BMW opened a plant.",
        "RIFF, the film festival, opened on Monday.",
        "<b>Bridge</b> opened on Monday.",
        "{\\rt is no command}",
        "",
    ],
)
def test_a_text_that_begins_like_a_file_format_stays_a_text(text: str) -> None:
    assert kind_of(text.encode()) is None
    assert decode(text.encode(), "report") == text


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [64, 128, 1_000, 100_000])
def test_random_bytes_are_refused(seed: int, size: int) -> None:
    with pytest.raises(InputError):
        decode(random.Random(seed).randbytes(size), "noise")


@pytest.mark.parametrize("seed", range(5))
def test_compressed_bytes_are_refused(seed: int) -> None:
    words = random.Random(seed).choices("bridge mayor opened Monday river council money".split(), k=5_000)
    with pytest.raises(InputError):
        decode(zlib.compress(" ".join(words).encode()), "deflated")


@pytest.mark.parametrize(
    ("data", "share"),
    [(b"", 0.0), (b"a text\r\n\twith white space\x0c", 0.0), (b"\x00\x01ab", 0.5), (b"\x7f", 1.0)],
)
def test_the_share_of_control_characters_leaves_white_space_out(data: bytes, share: float) -> None:
    assert control_share(data) == share
