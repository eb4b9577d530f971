"""The reports of `reports.toml`, and how they are written in legacy encodings."""

import tomllib
from pathlib import Path
from typing import NamedTuple

_TABLES = tomllib.loads(Path(__file__).with_name("reports.toml").read_text("utf-8"))
REPORTS: dict[str, str] = _TABLES["reports"]
_PLAIN = str.maketrans("“”„«»‘’–—ی\u200c", '"""""\'\'--ي ')


class Case(NamedTuple):
    language: str
    encoding: str
    text: str
    data: bytes


def case(language: str, encoding: str) -> Case:
    """A report in an encoding; typography that it lacks is made plain, as writers of the time did."""
    text = REPORTS[language]
    try:
        return Case(language, encoding, text, text.encode(encoding))
    except UnicodeEncodeError:
        text = text.translate(_PLAIN)
        return Case(language, encoding, text, text.encode(encoding))


CASES = [case(language, encoding) for language, encodings in _TABLES["encodings"].items() for encoding in encodings]
