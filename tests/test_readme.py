"""The README says what the program says."""

from __future__ import annotations

import re

from summarizer.cli import _COMMANDS
from tests.readme import README, in_step


def test_help_texts_in_the_readme_are_in_step() -> None:
    text = README.read_text("utf-8")
    assert in_step(text) == text


def test_every_command_has_its_help_in_the_readme() -> None:
    shown = re.findall(r"<!-- help: ([a-z]+) -->", README.read_text("utf-8"))
    assert sorted(shown) == sorted(_COMMANDS)


def test_files_that_the_readme_names_exist() -> None:
    text = README.read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (README.parent / target).exists(), target
