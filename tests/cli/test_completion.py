"""Shell completion: the lines printed, and that they complete where the shell is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer.cli import _COMMANDS, main

from .conftest import Cli

SHELLS = {
    "bash": 'eval "$(_SUMMARIZER_COMPLETE=bash_source summarizer)"\n',
    "zsh": 'eval "$(_SUMMARIZER_COMPLETE=zsh_source summarizer)"\n',
    "fish": "_SUMMARIZER_COMPLETE=fish_source summarizer | source\n",
}
PROGRAM = Path(sys.executable).with_name("summarizer")


@pytest.mark.parametrize(("shell", "line"), SHELLS.items(), ids=SHELLS)
def test_the_line_for_the_start_up_file_is_printed(cli: Cli, shell: str, line: str) -> None:
    done = cli("completion", shell)
    assert (done.code, done.out) == (0, line)


def test_another_shell_is_told_the_known_ones(cli: Cli) -> None:
    done = cli("completion", "tcsh")
    assert done.code == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in done.err


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_line_s_command_gives_a_script_for_the_shell(shell: str) -> None:
    done = CliRunner().invoke(main, prog_name="summarizer", env={"_SUMMARIZER_COMPLETE": f"{shell}_source"})
    assert done.exit_code == 0
    assert f"_SUMMARIZER_COMPLETE={shell}_complete" in done.output
    assert "summarizer" in done.output


CASES = {
    "summarizer br": {"brief"},
    "summarizer ": set(_COMMANDS),
    "summarizer batch ": {"cancel", "export", "fetch", "import", "status", "submit"},
    "summarizer brief --mo": {"--model", "--mode"},
    "summarizer brief --format js": {"json", "jsonl"},
    "summarizer schema d": {"document", "dossier", "draft"},
    "summarizer completion f": {"fish"},
}


def completed(words: str, count: int) -> set[str]:
    done = CliRunner().invoke(
        main,
        prog_name="summarizer",
        env={"_SUMMARIZER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)},
    )
    return {line.partition(",")[2] for line in done.output.splitlines()}


@pytest.mark.parametrize(("words", "expected"), CASES.items(), ids=CASES)
def test_words_are_completed(words: str, expected: set[str]) -> None:
    assert completed(words, words.count(" ")) == expected


@pytest.mark.skipif(not shutil.which("bash") or not PROGRAM.exists(), reason="needs bash and the installed command")
def test_bash_completes_after_the_line_was_run(cli: Cli) -> None:
    line = cli("completion", "bash").out
    script = (
        f"{line}\n"
        "complete -p summarizer\n"
        "COMP_WORDS=(summarizer br); COMP_CWORD=1; _summarizer_completion summarizer br summarizer\n"
        'echo "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-e", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"},
    )
    assert done.stdout.splitlines()[-1] == "brief"
    assert done.stderr == ""
