"""`summarizer schema`: printed, written, checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.cli.schema_command import NAMES
from summarizer.models.json_schema import NAMES as PUBLISHED
from summarizer.models.json_schema import json_schema

from .conftest import Cli


def test_the_names_offered_are_those_of_the_models() -> None:
    assert list(NAMES) == list(PUBLISHED)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_printed(cli: Cli, name: str) -> None:
    done = cli("schema", name)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == json_schema(name)


def test_all_schemas_are_written_to_a_folder_that_is_made(cli: Cli, tmp_path: Path, root: Path) -> None:
    target = tmp_path / "made" / "here"
    assert cli("schema", "--output-dir", target).code == 0
    assert sorted(path.name for path in target.iterdir()) == sorted(f"{name}.schema.json" for name in NAMES)
    for path in target.iterdir():
        assert path.read_bytes() == (root / "schemas" / path.name).read_bytes()


def test_one_schema_can_be_written_alone(cli: Cli, tmp_path: Path) -> None:
    assert cli("schema", "brief", "--output-dir", tmp_path).code == 0
    assert [path.name for path in tmp_path.glob("*.json")] == ["brief.schema.json"]


def test_a_check_passes_when_all_is_in_step(cli: Cli, root: Path) -> None:
    done = cli("schema", "--output-dir", root / "schemas", "--check")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_a_check_names_what_is_not_in_step_and_writes_nothing(cli: Cli, tmp_path: Path) -> None:
    cli("schema", "--output-dir", tmp_path)
    (tmp_path / "draft.schema.json").write_text("{}")
    (tmp_path / "brief.schema.json").unlink()
    done = cli("schema", "--output-dir", tmp_path, "--check")
    assert done.code == 1
    assert f"{tmp_path / 'draft.schema.json'}, {tmp_path / 'brief.schema.json'}" in done.err
    assert f"Run: summarizer schema --output-dir {tmp_path}" in done.err
    assert (tmp_path / "draft.schema.json").read_text() == "{}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Name one of document, draft, brief"),
        (["--check"], "Name a folder with --output-dir"),
        (["story"], "'story' is not one of 'document', 'draft', 'brief', 'dossier'"),
    ],
)
def test_wrong_use_says_what_is_wanted(cli: Cli, arguments: list[str], message: str) -> None:
    done = cli("schema", *arguments)
    assert done.code == 2
    assert message in done.err


def test_a_folder_that_cannot_be_made_is_named(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = cli("schema", "--output-dir", tmp_path / "file" / "schemas")
    assert done.code == 3
    assert f"the folder {tmp_path / 'file' / 'schemas'} cannot be made" in done.err
