"""`summarizer completion`: how to turn on shell completion."""

from __future__ import annotations

import click

_LINES = {
    "bash": 'eval "$(_SUMMARIZER_COMPLETE=bash_source summarizer)"',
    "zsh": 'eval "$(_SUMMARIZER_COMPLETE=zsh_source summarizer)"',
    "fish": "_SUMMARIZER_COMPLETE=fish_source summarizer | source",
}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(_LINES)))
def command(shell: str) -> None:
    """Print the line that turns on completion in a SHELL, for its start-up file.

    \b
    summarizer completion bash >> ~/.bashrc
    """
    click.echo(_LINES[shell])
