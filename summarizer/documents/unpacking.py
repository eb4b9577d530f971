"""Bodies of answers: taken apart piece by piece, so that neither a bomb nor an endless body takes memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence

from ..errors import DocumentTooLarge, FetchFailed

PIECE = 65_536
"""Bytes taken at a time."""

_MOST_LAYERS = 2
_GZIP = zlib.MAX_WBITS | 16
_RAW_DEFLATE = -zlib.MAX_WBITS
_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate"})
_BROKEN = "Try again later, or save the page with a browser and give the file"


class Unpacker:
    """A body, counted and decompressed as it comes.

    Every layer is counted, the body on the wire as the first, so that no layer takes more than its share of work. What
    follows the end of the compressed data is ignored, as browsers do: its checksum says that the page is whole.

    Args:
        encodings: items of Content-Encoding, in lower case, in the order in which they were applied.
        limit: the most bytes of each layer.

    Raises:
        FetchFailed: the encoding is not one that was asked for.
    """

    def __init__(self, encodings: Sequence[str], limit: int):
        named = [name for name in encodings if name != "identity"]
        unknown = [name for name in named if name not in _ENCODINGS]
        if unknown or len(named) > _MOST_LAYERS:
            said = f"compressed as {unknown[0][:40]!r}" if unknown else f"compressed {len(named)} times"
            raise FetchFailed(f"the answer is {said}, which was not asked for", remedy=_BROKEN)
        self._layers = [_Layer(name) for name in reversed(named)]
        self._limit = limit
        self._counts = [0] * (len(named) + 1)
        self._body = bytearray()

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the wire.

        Raises:
            DocumentTooLarge: that is more than the limit.
            FetchFailed: they are not what the encoding says.
        """
        pieces: Iterable[bytes] = self._counted(0, [data])
        for place, layer in enumerate(self._layers, 1):
            pieces = self._counted(place, layer.unpacked(pieces))
        for piece in pieces:
            self._body += piece

    def body(self) -> bytes:
        """All of it, when the wire is at its end.

        Raises:
            FetchFailed: the compressed data breaks off.
        """
        if not all(layer.is_whole for layer in self._layers):
            raise FetchFailed("the compressed answer breaks off before its end", remedy=_BROKEN)
        return bytes(self._body)

    def _counted(self, place: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._counts[place] += len(piece)
            if self._counts[place] > self._limit:
                raise too_large(self._limit)
            yield piece


class _Layer:
    """One Content-Encoding, undone."""

    def __init__(self, name: str):
        self._is_gzip = name != "deflate"
        self._reader: zlib._Decompress | None = None

    @property
    def is_whole(self) -> bool:
        return self._reader is None or self._reader.eof

    def unpacked(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            data = piece
            while data and (reader := self._reader_of(data)):
                yield from _inflated(reader, data)
                data = reader.unused_data

    def _reader_of(self, data: bytes) -> zlib._Decompress | None:
        """What reads these data, None after the end; of gzip, another member may follow it (RFC 1952)."""
        if self._reader is None or (self._reader.eof and self._is_gzip and data[0] == 0x1F):
            self._reader = zlib.decompressobj(self._format(data))
        return None if self._reader.eof else self._reader

    def _format(self, data: bytes) -> int:
        """What `deflate` means: zlib's format (RFC 9110), or what some servers send instead, bare deflate."""
        if self._is_gzip:
            return _GZIP
        is_zlib = data[0] & 15 == 8 and (len(data) < 2 or (data[0] << 8 | data[1]) % 31 == 0)
        return zlib.MAX_WBITS if is_zlib else _RAW_DEFLATE


def _inflated(reader: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """What the data become, in pieces; a full piece may not be the last one even when no data are left."""
    is_full = True
    while (data or is_full) and not reader.eof:
        try:
            piece = reader.decompress(data, PIECE)
        except zlib.error as error:
            raise FetchFailed("the compressed answer is broken", remedy=_BROKEN) from error
        yield piece
        data, is_full = reader.unconsumed_tail, len(piece) == PIECE


def too_large(limit: int) -> DocumentTooLarge:
    """The error for an answer of more bytes than the limit."""
    return DocumentTooLarge(
        f"the answer has more than {limit:,} bytes, the most that is read of a page",
        remedy="Save it, cut it down to the report and give the file",
    )
