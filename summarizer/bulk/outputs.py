"""The finished output of a run: JSON lines, or a Parquet table when its name ends so."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..documents.extracted import library
from ..errors import InputError
from .records import columns_of

_ROWS = 2_000
"""Rows of a group in a table, and held at once."""
_TEXTS = (
    "id", "source", "sha256", "language", "title", "published", "outlet", "url", "headline", "bottom_line", "failure",
    "message", "record",
)  # fmt: skip


def is_table(path: Path) -> bool:
    """Whether an output is a Parquet table."""
    return path.suffix.lower() == ".parquet"


def require(path: Path) -> None:
    """Nothing, if outputs of this kind can be written.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    if is_table(path):
        library("pyarrow.parquet", "parquet", "writing Parquet files")


def read_lines(path: Path) -> Iterator[str]:
    """The records of a finished output, in their order.

    Raises:
        InputError: it cannot be read.
    """
    try:
        yield from _rows(path) if is_table(path) else _lines(path)
    except (OSError, UnicodeDecodeError, ValueError, KeyError) as error:
        remedy = "Name the output of a finished run"
        raise InputError(f"{path} is no output of a run ({type(error).__name__}: {error})", remedy=remedy) from error


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write an output; it appears under its name when it is complete.

    Raises:
        InputError: it cannot be written.
    """
    part = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.part")
    try:
        if is_table(path):
            _write_table(part, lines)
        else:
            with part.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(f"{line}\n" for line in lines)
        part.replace(path)
    except OSError as error:
        remedy = "Make room, and run the same command again; nothing is lost"
        raise InputError(f"{path} cannot be written ({error.strerror or error})", remedy=remedy) from error
    finally:
        part.unlink(missing_ok=True)


def _write_table(path: Path, lines: Iterable[str]) -> None:
    arrow, parquet = library("pyarrow", "parquet", "writing"), library("pyarrow.parquet", "parquet", "writing")
    fields = [(name, arrow.string()) for name in _TEXTS]
    schema = arrow.schema([*fields, ("unsupported", arrow.int32())])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        source = iter(lines)
        while rows := list(itertools.islice(source, _ROWS)):
            writer.write_table(arrow.Table.from_pylist([columns_of(line) for line in rows], schema=schema))


def _rows(path: Path) -> Iterator[str]:
    with library("pyarrow.parquet", "parquet", "reading").ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS, columns=["record"]):
            yield from batch.column(0).to_pylist()


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            yield line.rstrip("\n")
