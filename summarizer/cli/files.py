"""Files that appear under their names only when they are complete."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ..errors import InputError


@contextmanager
def atomic(path: Path) -> Iterator[TextIO]:
    """A text file that takes the place of the one at `path` when the body ends well, and else leaves it as it is.

    A link is followed, and permissions are kept. What is no regular file, such as a pipe, is written to directly.

    Raises:
        InputError: its folder does not exist or cannot be written; raised before the body runs.
    """
    target = path.resolve()
    in_place = target.exists() and not target.is_file()
    written = target if in_place else target.with_name(f".{target.name[:60]}.{secrets.token_hex(4)}.part")
    try:
        stream = written.open("w" if in_place else "x", encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror})", remedy="Name a file in a folder that exists"
        ) from error
    try:
        with stream:
            yield stream
        if not in_place:
            if target.exists():
                shutil.copymode(target, written)
            written.replace(target)
    except BaseException:
        if not in_place:
            written.unlink(missing_ok=True)
        raise
