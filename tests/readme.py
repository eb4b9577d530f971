"""Help texts and the example in README.md, kept in step with the program: `python -m tests.readme [--check]`."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from click.testing import CliRunner

from summarizer.cli import main

README = Path(__file__).parent.parent / "README.md"
_SEEDS = README.parent / "seeds"
_EXAMPLE = re.compile(r"(<!-- example -->\n```text\n).*?(```\n)", re.DOTALL)
_ENDS_BEFORE = "Other events"
_BLOCK = re.compile(r"(<!-- help: (?P<command>[a-z ]*)-->\n```text\n).*?(```\n)", re.DOTALL)


def help_of(command: str) -> str:
    """What `summarizer COMMAND --help` prints in 100 columns."""
    arguments = [*command.split(), "--help"]
    result = CliRunner().invoke(main, arguments, prog_name="summarizer", terminal_width=100)
    assert result.exit_code == 0, result.output
    return result.output


def example() -> str:
    """The first half of the brief that `make brief` prints, in 100 columns."""
    from rich.console import Console

    from summarizer import Brief, Summarizer
    from summarizer.documents import load
    from summarizer.models.document import Document
    from summarizer.render.terminal import render_terminal

    (document,) = load((str(_SEEDS / "el_benghazi_delegation.txt"),))
    assert isinstance(document, Document)
    (brief,) = Summarizer(replies=_SEEDS / "replies.jsonl").briefs([document])
    assert isinstance(brief, Brief)
    brief = brief.model_copy(
        update={"document": brief.document.model_copy(update={"source": "seeds/el_benghazi_delegation.txt"})}
    )
    page = io.StringIO()
    render_terminal(brief, Console(file=page, width=100, no_color=True))
    shown = page.getvalue().partition(_ENDS_BEFORE)[0].rstrip()
    return "\n".join(line.rstrip() for line in shown.splitlines()) + "\n\n[...]\n"


def in_step(text: str) -> str:
    """The README with the example and every help block made anew."""
    text = _EXAMPLE.sub(lambda block: block[1] + example() + block[2], text)
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
