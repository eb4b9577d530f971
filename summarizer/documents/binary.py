"""Files that are no plain text, told by their first bytes."""

from __future__ import annotations

import codecs
from typing import NamedTuple


class Kind(NamedTuple):
    """What a file looks like, and what to do to get its text."""

    name: str
    remedy: str

    @property
    def is_markup(self) -> bool:
        """Whether it is text with tags."""
        return self in (_PAGE, _XML)


_PAGE = Kind("an HTML page", "Extract its text first, for example with trafilatura")
_XML = Kind("XML", "Extract the text of the report first")
_PDF = Kind("a PDF", "Extract its text first, for example with pdftotext")
_OFFICE = "Save it as plain text first"
_UNPACK = "Unpack it first"
_PICTURE = "Give the text itself; pictures are not read"
_SOUND = "Give a transcript; sound and film are not read"
_DATA = "Give the reports as text or JSON lines"

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", _PDF),
    (b"{\\rtf", Kind("an RTF document", _OFFICE)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("a document of an older Microsoft Office", _OFFICE)),
    (b"\x89PNG\r\n\x1a\n", Kind("a PNG picture", _PICTURE)),
    (b"\xff\xd8\xff", Kind("a JPEG picture", _PICTURE)),
    (b"GIF87a", Kind("a GIF picture", _PICTURE)),
    (b"GIF89a", Kind("a GIF picture", _PICTURE)),
    (b"II*\0", Kind("a TIFF picture", _PICTURE)),
    (b"MM\0*", Kind("a TIFF picture", _PICTURE)),
    (b"\x1f\x8b", Kind("a gzip archive", "Unpack it first (gunzip)")),
    (b"BZh91AY&SY", Kind("a bzip2 archive", "Unpack it first (bunzip2)")),
    (b"\xfd7zXZ\0", Kind("an xz archive", "Unpack it first (unxz)")),
    (b"\x28\xb5\x2f\xfd", Kind("a Zstandard archive", "Unpack it first (unzstd)")),
    (b"7z\xbc\xaf\x27\x1c", Kind("a 7-Zip archive", _UNPACK)),
    (b"Rar!\x1a\x07", Kind("a RAR archive", _UNPACK)),
    (b"\x7fELF", Kind("a program (ELF)", _DATA)),
    (b"\xca\xfe\xba\xbe", Kind("a program", _DATA)),
    (b"\xcf\xfa\xed\xfe", Kind("a program (Mach-O)", _DATA)),
    (b"SQLite format 3\0", Kind("an SQLite database", _DATA)),
    (b"PAR1\x15", Kind("a Parquet file", _DATA)),
    (b"OggS\0", Kind("an Ogg recording", _SOUND)),
    (b"ID3\x03", Kind("an MP3 recording", _SOUND)),
    (b"ID3\x04", Kind("an MP3 recording", _SOUND)),
    (b"\x1aE\xdf\xa3", Kind("a Matroska film", _SOUND)),
    (b"\x80\x04\x95", Kind("a Python pickle", _DATA)),
)
_ZIPPED = (
    (b"word/", Kind("a Word document", _OFFICE)),
    (b"xl/", Kind("an Excel workbook", _DATA)),
    (b"ppt/", Kind("a PowerPoint presentation", _OFFICE)),
    (b"opendocument", Kind("an OpenDocument file", _OFFICE)),
    (b"epub+zip", Kind("an EPUB book", _OFFICE)),
)
_MARKUP = ((b"<!doctype html", _PAGE), (b"<html", _PAGE), (b"<?xml", _XML))
_RIFF = {
    b"WEBP": Kind("a WebP picture", _PICTURE),
    b"WAVE": Kind("a WAV recording", _SOUND),
    b"AVI ": Kind("a film (AVI)", _SOUND),
}
CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1a\x1b"))
"""Control characters that no text has: white space, the old end-of-file mark and escape sequences left out."""


def kind_of(data: bytes) -> Kind | None:
    """What these bytes are the beginning of, when that is known to be no plain text."""
    start = data[:1024].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    found = found or next((kind for magic, kind in _MARKUP if start.startswith(magic)), None)
    if found is None and data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        found = next((kind for name, kind in _ZIPPED if name in data), Kind("a ZIP archive", _UNPACK))
    elif data[:4] == b"RIFF" and data[8:12] in _RIFF:
        found = _RIFF[data[8:12]]
    elif data[:2] == b"\0\0" and data[4:8] == b"ftyp":
        found = Kind("a film (MP4)", _SOUND)
    elif data[257:262] == b"ustar" and b"\0" in data[:257]:
        found = Kind("a tar archive", _UNPACK)
    elif data[:2] == b"MZ" and b"\0" in data[:64]:
        found = Kind("a program (Windows)", _DATA)
    elif b"%PDF-" in data[:1024] and b"%%EOF" in data[-1024:]:
        found = _PDF
    return found


def control_share(data: bytes) -> float:
    """Share of control characters in the first 64 kB; text has none, or a page break now and then."""
    head = data[:65_536]
    return 1 - len(head.translate(None, CONTROLS)) / len(head) if head else 0.0
