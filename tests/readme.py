"""Help texts in README.md, kept in step with the commands: `python -m tests.readme [--check]`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from click.testing import CliRunner

from summarizer.cli import main

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"(<!-- help: (?P<command>[a-z ]*)-->\n```text\n).*?(```\n)", re.DOTALL)


def help_of(command: str) -> str:
    """What `summarizer COMMAND --help` prints in 100 columns."""
    arguments = [*command.split(), "--help"]
    result = CliRunner().invoke(main, arguments, prog_name="summarizer", terminal_width=100)
    assert result.exit_code == 0, result.output
    return result.output


def in_step(text: str) -> str:
    """The README with every help block made anew."""
    return _BLOCK.sub(lambda block: block[1] + help_of(block["command"]) + block[3], text)


def run(arguments: list[str]) -> int:
    """Write README.md, or with --check say whether it would change."""
    text = README.read_text("utf-8")
    new = in_step(text)
    if "--check" in arguments:
        if new != text:
            sys.stderr.write("README.md is not in step with --help. Run: make readme\n")
        return int(new != text)
    README.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
