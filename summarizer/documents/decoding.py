"""Bytes as text, in whatever encoding they are."""

from __future__ import annotations

import codecs
import re
import unicodedata

from ..errors import BinaryDocument, UnreadableDocument
from .binary import CONTROLS, control_share, kind_of

_MARKS = (  # UTF-32 before UTF-16, whose little-endian mark it begins with
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ISO_2022_JP = re.compile(rb"\x1b(?:\$[@B]|\(J)")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_MOST_CONTROLS = 0.02  # random bytes have 0.1


def decode(data: bytes, name: str, *, as_markup: bool = False) -> str:
    """The text of `data`, nothing translated or stripped; a byte order mark is not text.

    In this order: a byte order mark, UTF-8, UTF-16 or UTF-32 without a mark, ISO 2022-JP, and the code page in which
    it reads most like a language (see `codepages`).

    Args:
        data: a whole file.
        name: what messages call it.
        as_markup: whether an HTML page or XML is taken too, with its tags.

    Raises:
        BinaryDocument: it is no text; the message says what it looks like.
        UnreadableDocument: it is text in no encoding known here, or broken in its own.
    """
    kind = kind_of(data)
    if kind and not (as_markup and kind.is_markup):
        raise BinaryDocument(f"no text: it looks like {kind.name}", document=name, remedy=kind.remedy)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, name)
    if b"\0" in data or control_share(data) > _MOST_CONTROLS:
        return _without_mark(data, name)
    if data.isascii() and _ISO_2022_JP.search(data):
        return _strictly(data, "iso2022_jp", name)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise _broken(name, "utf-8", error) from error
    return _in_code_page(data, name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(name, encoding, error) from error
    if _share_of_no_text(text) > _MOST_CONTROLS:
        raise _binary(name, "full of control characters")
    return text


def _without_mark(data: bytes, name: str) -> str:
    """UTF-16 or UTF-32: NUL and control bytes are halves of its letters, spaces and line breaks."""
    from .codepages import LEAST, plausibility

    share = data.count(0) / len(data)
    why = "NUL bytes in it, and it is not UTF-16" if share else "full of control characters"
    if control_share(data) < 0.3 and _text_in(data.translate(None, CONTROLS), "utf-8"):
        raise _binary(name, why)
    nuls = {"le": data[1::2].count(0), "be": data[::2].count(0)}
    orders = sorted(nuls, key=lambda order: -nuls[order])
    readings = [_text_in(data, f"utf-{width}-{order}") for width in (32, 16) for order in orders]
    texts = [text for text in readings if text]
    if texts and share >= 0.3:  # Latin letters: one half of each is NUL, and the side tells the order of bytes
        return texts[0]
    heads = {text[:1_000]: text for text in texts if not _has_unassigned(text[:1_000])}
    head = max(heads, key=plausibility, default="")
    if plausibility(head) < LEAST / 2:
        raise _binary(name, why)
    return heads[head]


def _text_in(data: bytes, encoding: str) -> str | None:
    """The text, None when the bytes do not decode or decode to control characters."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _NO_TEXT.search(text) else text


def _has_unassigned(text: str) -> bool:
    """Whether it holds code points of no character: random bytes read as UTF-16 do, texts do not."""
    return any(unicodedata.category(char) in ("Cn", "Co") for char in text)


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - broken >= 4 * broken


def _in_code_page(data: bytes, name: str) -> str:
    from .codepages import guess

    encoding = guess(data)
    if encoding is None:
        raise UnreadableDocument(
            "a text in no encoding that is known here",
            document=name,
            remedy="Convert it to UTF-8, for example with iconv",
        )
    return _strictly(data, encoding, name)


def _share_of_no_text(text: str) -> float:
    head = text[:65_536]
    return len(_NO_TEXT.findall(head)) / len(head) if head else 0.0


def _binary(name: str, why: str) -> BinaryDocument:
    return BinaryDocument(
        f"no text: {why}", document=name, remedy="Give the report as plain text, in UTF-8 if you can choose"
    )


def _broken(name: str, encoding: str, error: UnicodeDecodeError) -> UnreadableDocument:
    return UnreadableDocument(
        f"{encoding.upper()} as it seems, but byte {error.start + 1} is no character of it",
        document=name,
        remedy="Get the file again (it may be cut off), or convert it to UTF-8",
    )
