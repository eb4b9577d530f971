"""What a server answered, and whether that is a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from ..errors import FetchFailed

if TYPE_CHECKING:
    from multidict import MultiMapping
    from yarl import URL

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOVED_FOR_GOOD = frozenset({301, 308})
NOT_MODIFIED = 304
CONTENT_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
"""What pages are asked for as. Data of no stated type (application/octet-stream, or no header) is taken, too."""

_PAGE = frozenset({200, 203})
_ANY_TYPE = frozenset({"", "application/octet-stream"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE | re.ASCII)
_SAVE = "The site does not give it to programs: open it in a browser, save it and give the file"
_LATER = "Try again later"
_REMEDIES = {
    204: "There is nothing at this address: check it",
    205: "There is nothing at this address: check it",
    401: _SAVE,
    402: _SAVE,
    403: _SAVE,
    404: "Check the address; the page may be gone",
    407: _SAVE,
    408: _LATER,
    410: "The page is gone: look for a copy of it",
    425: _LATER,
    429: _LATER,
    451: "It is withheld for legal reasons: look for the report elsewhere",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one request.

    Args:
        url: what was asked for.
        status: the HTTP status.
        headers: as they came.
        body: decompressed; empty unless it was wanted.
    """

    url: URL
    status: int
    headers: MultiMapping[str]
    body: bytes = b""

    @property
    def content_type(self) -> str:
        """In lower case, without parameters; "" when the server states none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """What the header states, if it could be the name of one."""
        found = _CHARSET.search(self.headers.get("Content-Type", "").partition(";")[2])
        return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Followed:
    """The answer at the end of some redirects.

    Args:
        answer: the first one that is no redirect.
        redirects: the statuses of those before it.
    """

    answer: Answer
    redirects: tuple[int, ...]


def items(headers: MultiMapping[str], name: str) -> list[str]:
    """The items of a header that is a list, in lower case, also when it is there more than once."""
    each = ",".join(headers.getall(name, ())).split(",")
    return [item.strip().lower() for item in each if item.strip()]


def is_page(answer: Answer, conditions: Mapping[str, str]) -> bool:
    """Whether the body of an answer is wanted: it is a page, not a redirect or the word that a page has not changed.

    Args:
        answer: what came before the body.
        conditions: the headers under which an unchanged page was not to be sent again.

    Raises:
        FetchFailed: the answer is of no use.
    """
    if answer.status in REDIRECTS or (answer.status == NOT_MODIFIED and conditions):
        return False
    if answer.status not in _PAGE:
        raise _useless(answer)
    if answer.content_type not in _ANY_TYPE and answer.content_type not in CONTENT_TYPES:
        raise FetchFailed(
            f"the answer is of the type {answer.content_type[:80]!r}, not a page, a text, a PDF or a Word document",
            remedy="Give the address of the report itself",
        )
    return True


def status_words(status: int) -> str:
    """A status with its name, as in "404 (Not Found)"."""
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return f"{status}, which is no known status"


def _useless(answer: Answer) -> FetchFailed:
    status = answer.status
    remedy = _REMEDIES.get(status) or (_LATER if 500 <= status < 600 else _SAVE)
    if remedy is _LATER:
        remedy += _retry_after(answer.headers.get("Retry-After", ""))
    return FetchFailed(f"the server answered with status {status_words(status)}", remedy=remedy)


def _retry_after(value: str) -> str:
    """The server's own word on when to try again: seconds or a date."""
    if re.fullmatch(r"\d{1,6}", value, re.ASCII):
        return f", after {value} seconds"
    try:
        date = parsedate_to_datetime(value)
        return f", after {date.replace(tzinfo=date.tzinfo or UTC).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
