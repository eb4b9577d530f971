"""Which encoding a web page is in: what it holds outweighs what was said about it.

Order: a byte order mark; UTF-8 when the bytes are UTF-8; the charset sent with the page; the one in its own head
(WHATWG HTML, "prescan a byte stream", in its first 4 kB); the code page in which it reads most like a language.
"""

from __future__ import annotations

import codecs
import re

from .decoding import decode

_PRESCAN = 4_096
_CHARSET = re.compile(
    rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml[^>]{1,100}?encoding=[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-9": "cp1254",
          "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
          "x-sjis": "cp932", "big5": "big5hkscs"}  # fmt: skip
"""What browsers read instead (WHATWG Encoding): the wider code page."""
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_BROKEN = 0.002
"""Share of characters that may be none in the encoding said, and be replaced."""


def decode_page(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of a page.

    Args:
        data: the page.
        name: what messages call it.
        charset: what was sent with it.

    Raises:
        InputError: it is in no encoding known here.
    """
    if not data.startswith(_MARKS):
        found = _CHARSET.search(data[:_PRESCAN])
        own = (found[1] or found[2]).decode("ascii", "replace") if found else None
        for encoding in ("utf-8", charset, own):
            text = _text(data, encoding)
            if text is not None:
                return text
    return decode(data, name, as_markup=True)


def _text(data: bytes, encoding: str | None) -> str | None:
    """The text in an encoding; None when it is unknown, or clearly another."""
    if encoding is None:
        return None
    name = _WIDER.get(encoding.lower(), encoding)
    try:
        codecs.lookup(name)
        text = data.decode(name, "replace")
    except (LookupError, ValueError, TypeError):  # some codecs are no text encodings
        return None
    if "\0" in text[:2_000]:
        return None
    return text if text.count("\ufffd") <= _MOST_BROKEN * len(text) else None
