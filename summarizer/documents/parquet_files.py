"""Parquet files: one report a row, in the columns that JSON lines have as keys, read in small batches of rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import EmptyDocument, InputError, UnreadableDocument
from .building import Entry, too_large
from .extracted import library
from .lines import KEYS, entry_of

SUFFIX = ".parquet"
_ROWS = 64
"""Rows that are held at once."""


def read_rows(path: Path, name: str, limit: int) -> Iterator[Entry | InputError]:
    """An entry, or the error, for each row; columns that mean nothing here are not read.

    Args:
        path: the file.
        name: what messages call it.
        limit: the most that a text may have, in bytes of UTF-8.

    Raises:
        UnreadableDocument: it is no Parquet file, or has no column `text`.
        MissingExtra: pyarrow is not installed.
    """
    arrow = library("pyarrow", "parquet", "reading Parquet files")
    parquet = library("pyarrow.parquet", "parquet", "reading Parquet files")
    try:
        with parquet.ParquetFile(path, memory_map=True) as file:
            columns = [column for column in file.schema_arrow.names if column in KEYS]
            if "text" not in columns:
                found = ", ".join(file.schema_arrow.names[:8])
                raise UnreadableDocument(
                    f"no column 'text' (there is {found})", document=name, remedy=f"Name the columns {', '.join(KEYS)}"
                )
            if not file.metadata.num_rows:
                raise EmptyDocument("not one row", document=name, remedy="Check where the table was written")
            number = 0
            for batch in file.iter_batches(_ROWS, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield _entry(row, name, number, limit)
    except (arrow.ArrowInvalid, arrow.ArrowNotImplementedError, UnicodeDecodeError) as error:
        said = str(error).partition("\n")[0]
        raise UnreadableDocument(
            f"no Parquet file that can be read ({said})", document=name, remedy="Write it again"
        ) from error


def count_rows(path: Path) -> int:
    """How many rows a file says it has."""
    return int(library("pyarrow.parquet", "parquet", "reading Parquet files").read_metadata(path).num_rows)


def _entry(row: dict[str, object], name: str, number: int, limit: int) -> Entry | InputError:
    text = row.get("text")
    if isinstance(text, str) and len(text.encode()) > limit:
        return too_large(f"{name}:{number}", len(text.encode()), limit)
    try:
        return entry_of({key: str(value) if _is_day(value) else value for key, value in row.items()}, name, number)
    except InputError as error:
        return error


def _is_day(value: object) -> bool:
    """Whether a value is a date, which tables have a type for."""
    return hasattr(value, "isoformat") and not hasattr(value, "hour")
