"""A document from a text and what its input states about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from types import NoneType
from typing import Unpack

from ..errors import ConfigurationError, DocumentTooLarge, EmptyDocument, UnreadableDocument
from ..language import UNDETERMINED, detect, stated
from ..models.dates import edtf
from ..models.document import Document, Layout, sha256_of
from .datelines import published_in
from .fetch_options import FetchOptions
from .stated import Stated

_HEADER = re.compile(r"\s*(?:date|published)\b[^\S\n]*:?[^\S\n]*(\d{4}-\d\d-\d\d)(?![\d/-])", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\0]")


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How inputs are read, for all of them.

    Args:
        language: language of every report, as an ISO 639 code; None lets each input state it, or detects it.
        published: date of publication of every report, in EDTF; None takes the input's own.
        max_bytes: the most that one report may have, encoded as it is read.
        known_languages: languages detected earlier, by the SHA-256 of the text; saves loading the detector.
        leave_out: resolved paths that are not read when they are met in a directory, such as the run's own output.
        fetching: how URLs are fetched.
        pages: file in which fetched pages are kept; None keeps none.

    Raises:
        ConfigurationError: the language or the date is none.
    """

    language: str | None = None
    published: str | None = None
    max_bytes: int = 10_000_000
    known_languages: Mapping[str, str] = field(default_factory=dict)
    leave_out: Set[Path] = frozenset()
    fetching: FetchOptions = field(default_factory=FetchOptions)
    pages: Path | None = None

    def __post_init__(self) -> None:
        if self.language is not None:
            code = stated(self.language)
            object.__setattr__(self, "language", None if code == UNDETERMINED else code)
        if self.published is not None:
            try:
                object.__setattr__(self, "published", edtf(self.published))
            except ValueError as error:
                raise ConfigurationError(str(error), remedy="Give the date of publication as YYYY-MM-DD") from error
        if self.max_bytes < 1:
            raise ConfigurationError(
                f"one report may have {self.max_bytes} bytes, which leaves no text", remedy="Give a size above 0"
            )


@dataclass(frozen=True, slots=True)
class Entry:
    """A text as it was read, not yet checked, and what its input states about it.

    Args:
        id: preferred id; empty means that none is given and the text gets one.
        name: what messages call it.
        group: what tells it from another entry of the same id: the folder, or the file of the line.
        layout: where its pages or paragraphs begin.
        warnings: what a reader should know of how the text was read.
    """

    text: str
    id: str
    source: str
    name: str
    group: str = ""
    stated: Stated = field(default_factory=Stated)
    layout: Layout | None = None
    warnings: tuple[str, ...] = ()


def build(entry: Entry, options: LoadOptions, identify: Callable[[Entry, str], str]) -> Document:
    """The document of an entry; `identify` gives its id, from the entry and the SHA-256 of its text.

    Raises:
        InputError: the text is empty or no Unicode text, what is stated does not fit, or `identify` refuses it.
    """
    if not any(map(str.isalnum, entry.text)):
        raise EmptyDocument(
            "no text in it" if not entry.text.strip() else "not one letter or digit in it",
            document=entry.name,
            remedy="Check where the report was saved from, or leave it out",
        )
    about = _stated(entry)
    for key, value in (("text", entry.text), ("id", entry.id), *about.items()):
        _require_unicode(key, value, entry.name)
    published = options.published or _published(about.get("published"), entry)
    language = options.language or _language(about.get("language"), entry)
    digest = sha256_of(entry.text)
    language = language or options.known_languages.get(digest) or detect(entry.text)
    return Document(
        id=identify(entry, digest),
        source=entry.source,
        text=entry.text,
        sha256=digest,
        language=language,
        title=about.get("title"),
        published=published or published_in(entry.text, language),
        outlet=about.get("outlet"),
        url=about.get("url"),
        author=about.get("author"),
        layout=entry.layout,
        warnings=entry.warnings,
    )


def from_text(
    text: str,
    *,
    id: str | None = None,  # noqa: A002
    source: str = "text",
    options: LoadOptions | None = None,
    **about: Unpack[Stated],
) -> Document:
    """A document from a text in memory.

    Args:
        text: the report; offsets in a brief point into exactly this string.
        id: its name in outputs; by default one made from the text, so that equal texts have equal ids.
        source: where the caller has it from.
        options: as for `load`; what they state goes before `about`.
        about: title, published (EDTF), outlet, url, author and language (ISO 639), as far as they are known.

    Raises:
        InputError: the text is empty, too long or no Unicode text, or what is stated about it does not fit.
    """
    options = options or LoadOptions()
    name = id or source
    if not isinstance(text, str):
        raise UnreadableDocument(
            f"a {type(text).__name__} is no text",
            document=name,
            remedy="Give a string; files are read by summarizer.documents.load",
        )
    entry = Entry(text, id or "", source, name, stated=about)
    length = len(text.encode(errors="surrogatepass"))
    if length > options.max_bytes:
        raise too_large(name, length, options.max_bytes)
    return build(entry, options, lambda entry, digest: entry.id or f"text-{digest[:12]}")


def _stated(entry: Entry) -> dict[str, str]:
    """What is stated and not blank.

    Raises:
        UnreadableDocument: an unknown key, or a value that is no string.
    """
    known = Stated.__annotations__
    for key, value in entry.stated.items():
        if key not in known or not isinstance(value, (str, NoneType)):
            wrong = f"{key} is no string ({type(value).__name__})" if key in known else f"there is no key {key!r}"
            raise UnreadableDocument(wrong, document=entry.name, remedy=f"Give strings for any of {', '.join(known)}")
    return {key: value for key, value in entry.stated.items() if isinstance(value, str) and value.strip()}


def shown(name: str | Path) -> str:
    """A name as one line of text: what does not print, such as bytes that are not UTF-8, as escapes."""
    return _UNPRINTABLE.sub(lambda char: char[0].encode("unicode_escape").decode(), str(name))


def too_large(name: str, length: int | None, limit: int) -> DocumentTooLarge:
    """The error for a report of `length` bytes, None when nobody counted them all."""
    most = _size(limit)
    found = f"more than {most}" if length is None else _size(length)
    if found == most:
        found, most = f"{length:,} bytes", f"{limit:,} bytes"
    return DocumentTooLarge(
        f"{found}; one report may have {most}",
        document=name,
        remedy="Split it into single reports, or into JSON lines with one report each",
    )


def _size(count: int) -> str:
    if count < 1_000:
        return f"{count} bytes"
    return f"{count / 1e3:.1f} kB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"


def _require_unicode(key: str, value: str, name: str) -> None:
    wrong = _NO_CHARACTER.search(value)
    if wrong:
        what = "half of a surrogate pair" if ord(wrong[0]) else "a NUL"
        raise UnreadableDocument(
            f"{key} holds {what} (U+{ord(wrong[0]):04X}, character {wrong.start() + 1})",
            document=name,
            remedy="Write the character that is meant, or leave it out",
        )


def _published(value: str | None, entry: Entry) -> str | None:
    if value is None:
        header = _HEADER.match(entry.text)
        try:
            return edtf(header[1]) if header else None
        except ValueError:
            return None
    try:
        return edtf(value)
    except ValueError as error:
        raise UnreadableDocument(
            f"published: {error}", document=entry.name, remedy="Write the date as YYYY-MM-DD, or leave the key out"
        ) from error


def _language(value: str | None, entry: Entry) -> str | None:
    if value is None:
        return None
    try:
        code = stated(value)
    except ConfigurationError as error:
        raise UnreadableDocument(f"language: {error.message}", document=entry.name, remedy=error.remedy) from error
    return None if code == UNDETERMINED else code
