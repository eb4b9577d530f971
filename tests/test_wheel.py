"""What a user gets who installs the built wheel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(root)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = target.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, away from the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def _run(installed: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=installed, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("folder", ["prompts", "schemas"])
def test_prompts_and_schemas_travel_inside_the_wheel(wheel: Path, root: Path, folder: str) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    files = [path for path in (root / folder).rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert f"summarizer/_data/{path.relative_to(root).as_posix()}" in names


def test_the_wheel_is_typed_and_holds_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "summarizer/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "seeds/", "evals/"))]


def test_an_installed_package_finds_its_own_prompts(installed: Path) -> None:
    code = (
        "import json, summarizer, summarizer.prompts as p, summarizer.resources as r;"
        "print(json.dumps([summarizer.__file__, str(r.data_folder('prompts')), p.Prompts().info('brief').hash]))"
    )
    module, prompts, fingerprint = json.loads(_run(installed, "-c", code))
    assert Path(module).is_relative_to(installed)
    assert Path(prompts).is_relative_to(installed)
    here = _run(Path(__file__).parent.parent, "-c", code)
    assert json.loads(here)[2] == fingerprint


def test_an_installed_package_makes_a_brief(installed: Path, root: Path) -> None:
    seeds = root / "seeds"
    output = _run(
        installed, "-m", "summarizer", "brief", str(seeds / "nl_turkije_libie.txt"),
        "--replies", str(seeds / "replies.jsonl"), "--format", "json",
    )  # fmt: skip
    brief = json.loads(output)
    assert brief["document"]["language"] == "nl"
    assert brief["provenance"]["engine"] == "recorded"
