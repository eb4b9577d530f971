"""Bodies taken apart piece by piece."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.documents.unpacking import PIECE, Unpacker
from summarizer.errors import DocumentTooLarge, FetchFailed

PAGE = b"Ministers met in Tunis. " * 50


def _bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "identity": bytes}


def _unpacked(encodings: Sequence[str], data: bytes, limit: int = 1_000_000, step: int = PIECE) -> bytes:
    unpacker = Unpacker(encodings, limit)
    for start in range(0, len(data), step):
        unpacker.feed(data[start : start + step])
    return unpacker.body()


@given(st.binary(max_size=300), st.lists(st.sampled_from(sorted(PACKERS)), max_size=2), st.integers(1, 40))
def test_what_was_packed_comes_out_whatever_the_pieces(page: bytes, encodings: list[str], step: int) -> None:
    data = page
    for name in encodings:
        data = PACKERS[name](data)
    assert _unpacked(encodings, data, step=step) == page


@pytest.mark.parametrize("step", [1, 7, PIECE])
def test_deflate_without_its_frame_is_read_too(step: int) -> None:
    """Some servers send it so."""
    assert _unpacked(["deflate"], _bare(PAGE), step=step) == PAGE


def test_a_large_page_of_small_data_comes_out_whole() -> None:
    """More than a piece comes out of less than a piece."""
    page = bytes(10 * PIECE + 1)
    assert _unpacked(["gzip"], gzip.compress(page)) == page
    assert _unpacked(["deflate"], _bare(page)) == page


@pytest.mark.parametrize("step", [1, PIECE])
def test_members_of_gzip_are_joined_and_what_follows_is_ignored(step: int) -> None:
    data = gzip.compress(PAGE) + gzip.compress(b"More.") + bytes(20)
    assert _unpacked(["gzip"], data, step=step) == PAGE + b"More."
    assert _unpacked(["deflate"], zlib.compress(PAGE) + b"rest", step=step) == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_an_empty_answer_is_an_empty_page(encoding: str) -> None:
    assert _unpacked([encoding], b"") == b""


@pytest.mark.parametrize(("name", "data"), [("gzip", gzip.compress(PAGE)), ("deflate", zlib.compress(PAGE))])
def test_data_cut_off_anywhere_are_never_a_page(name: str, data: bytes) -> None:
    for length in range(1, len(data)):
        with pytest.raises(FetchFailed, match="breaks off"):
            _unpacked([name], data[:length])


@pytest.mark.parametrize(("name", "data"), [("gzip", PAGE), ("deflate", b"\xff" * 99), ("gzip", zlib.compress(PAGE))])
def test_other_data_are_broken(name: str, data: bytes) -> None:
    with pytest.raises(FetchFailed, match="broken"):
        _unpacked([name], data)


@pytest.mark.parametrize("encodings", [[], ["gzip"], ["deflate"]])
def test_a_page_may_be_as_large_as_the_limit_and_no_larger(encodings: list[str]) -> None:
    pack = PACKERS[encodings[0]] if encodings else bytes
    assert _unpacked(encodings, pack(bytes(5_000)), limit=5_000) == bytes(5_000)
    with pytest.raises(DocumentTooLarge, match="more than 4,999 bytes"):
        _unpacked(encodings, pack(bytes(5_000)), limit=4_999)


def test_every_layer_is_counted_also_one_that_comes_to_nothing() -> None:
    """Empty blocks of deflate: much to read, and no page in the end."""
    empty = b"\x78\x01" + b"\0\0\0\xff\xff" * 10_000
    with pytest.raises(DocumentTooLarge):
        _unpacked(["deflate", "gzip"], gzip.compress(empty), limit=20_000)
    with pytest.raises(DocumentTooLarge):
        _unpacked(["deflate"], empty, limit=20_000)


@pytest.mark.parametrize("encodings", [["br"], ["zstd"], ["gzip", "br"], ["gzip", "gzip", "gzip"]])
def test_only_what_was_asked_for_is_unpacked(encodings: list[str]) -> None:
    with pytest.raises(FetchFailed, match="not asked for"):
        Unpacker(encodings, 100)
