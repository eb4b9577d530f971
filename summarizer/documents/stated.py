"""What an input may state about its report."""

from __future__ import annotations

from typing import TypedDict


class Stated(TypedDict, total=False):
    """Title, date of publication (EDTF), outlet, address, language (ISO 639) and author, as far as they are known."""

    title: str | None
    published: str | None
    outlet: str | None
    url: str | None
    language: str | None
    author: str | None
