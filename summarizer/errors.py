"""Everything this package raises on purpose.

    SummarizerError
    ├── InputError               a document or an input that cannot be used
    │   ├── EmptyDocument
    │   ├── BinaryDocument
    │   ├── UnreadableDocument   no permission, no such file, undecodable, bad JSON line
    │   ├── DocumentTooLarge
    │   ├── DuplicateDocument    the same text as an earlier document of the run
    │   ├── NoDocuments          nothing to read where reports were expected
    │   ├── AddressRefused       a URL that must not be fetched: scheme, private address, robots.txt
    │   ├── FetchFailed          a URL that gave no usable answer: connection, status, time, size, encoding
    │   ├── NoArticle            a page without an article: an error page, a login wall, scanned images
    │   └── ReferenceFault       hand labels that do not keep to their format or to the report
    ├── ConfigurationError       model, provider, key, extra, option
    │   ├── MissingKey
    │   └── MissingExtra
    ├── PromptError              a template that is missing or does not render
    ├── StoreError
    └── EngineError              no usable draft for one document
        ├── MissingReply         nothing recorded for this request
        ├── InvalidReply         a reply that does not fit the schema, after all re-asks
        ├── Refusal              the model declined
        ├── ContentFiltered      the provider's filter withheld the reply
        ├── TruncatedReply       the reply hit its token limit
        └── TransportError       no reply: connection, time-out, status, not JSON
            └── AuthenticationFailed

A message says which document, what went wrong and what to do next.
"""

from __future__ import annotations

from typing import Any


class SummarizerError(Exception):
    """Root of the tree.

    Args:
        message: what went wrong, without a full stop at the end.
        document: the id or source of the document concerned, if there is one.
        remedy: what to do next, as an imperative.
    """

    def __init__(self, message: str, *, document: str | None = None, remedy: str | None = None):
        super().__init__(message, document, remedy)
        self.message = message
        self.document = document
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.document}: " if self.document else ""
        then = f". {self.remedy}" if self.remedy else ""
        return f"{where}{self.message}{then}"

    def about(self, document: str) -> SummarizerError:
        """The same error, naming this document if it names none yet."""
        if self.document is None:
            self.document = document
        return self


class InputError(SummarizerError):
    """A document or an input that cannot be used."""


class EmptyDocument(InputError):
    """No text, or white space only."""


class BinaryDocument(InputError):
    """Bytes that are no text in any encoding."""


class UnreadableDocument(InputError):
    """No such file, no permission, or a content that cannot be decoded."""


class DocumentTooLarge(InputError):
    """More text than one report can be."""


class DuplicateDocument(InputError):
    """The same text as an earlier document of the run."""


class NoDocuments(InputError):
    """No report where reports were expected."""


class AddressRefused(InputError):
    """A URL that must not be fetched: its scheme, a private address behind it, credentials in it, robots.txt."""


class FetchFailed(InputError):
    """A URL that gave no usable answer: no connection, an error status, too slow, too large, broken encoding."""


class NoArticle(InputError):
    """A page or file that was read but holds no article: an error page, a login wall, a menu, scanned images."""


class ReferenceFault(InputError):
    """Hand labels that do not keep to their format, or to the report they are about."""


class ConfigurationError(SummarizerError):
    """A model, provider, key or option that cannot be used."""


class MissingKey(ConfigurationError):
    """A provider's API key that is not set."""


class MissingExtra(ConfigurationError):
    """An optional dependency that is not installed; the remedy is the install line."""


class PromptError(SummarizerError):
    """A template that is missing or does not render."""


class StoreError(SummarizerError):
    """A store or a recording that cannot be read or written."""


class EngineError(SummarizerError):
    """No usable draft for one document.

    `status` is the HTTP status that a server answered, `finish` why an answer of its model ended, in its own word, and
    `usage` what that answer took though it is of no use (`models.exchange.Usage`); None where there was none.
    """

    status: int | None = None
    finish: str | None = None
    usage: Any = None


class MissingReply(EngineError):
    """No reply is recorded for this request."""


class InvalidReply(EngineError):
    """A reply that does not fit the schema, after all re-asks."""


class Refusal(EngineError):
    """The model declined to answer."""


class ContentFiltered(EngineError):
    """The provider's content filter withheld the reply."""


class TruncatedReply(EngineError):
    """The reply ended at its token limit."""


class TransportError(EngineError):
    """No reply came: connection, time-out, HTTP status, or a body that is no completion."""


class AuthenticationFailed(TransportError):
    """The provider did not accept the key."""
