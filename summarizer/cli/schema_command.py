"""`summarizer schema`: the JSON Schemas, for users in any language."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from . import ALL_DONE, SOME_FAILED, options, say

NAMES = ("document", "draft", "brief", "dossier")
"""The models that have a schema (`models.json_schema.NAMES`), named here so that help need not import them."""


@click.command("schema")
@click.argument("name", required=False, type=click.Choice(NAMES))
@click.option("--output-dir", type=options.FILE, metavar="DIR", help="Write all of them there.")
@click.option("--check", is_flag=True, help="With --output-dir: write nothing, fail when a file there differs.")
def command(name: str | None, output_dir: Path | None, check: bool) -> None:
    """Print a JSON Schema, or write all of them to a folder.

    `brief` and `dossier` are what comes out, `document` a report as it was read, `draft` what a language model is asked
    to fill.

    \b
    summarizer schema brief
    summarizer schema --output-dir schemas
    """
    if output_dir is None:
        if name is None or check:
            raise click.UsageError("Name a folder with --output-dir." if check else f"Name one of {', '.join(NAMES)}.")
        click.echo(schema_text(name), nl=False)
        sys.exit(ALL_DONE)
    stale = []
    for each in [name] if name else NAMES:
        path = output_dir / f"{each}.schema.json"
        if not check:
            _write(path, schema_text(each))
        elif not path.is_file() or path.read_text("utf-8") != schema_text(each):
            stale.append(str(path))
    if stale:
        say(f"Not in step with the models: {', '.join(stale)}. Run: summarizer schema --output-dir {output_dir}")
    sys.exit(SOME_FAILED if stale else ALL_DONE)


def schema_text(name: str) -> str:
    """The file's content for one of `NAMES`."""
    from ..models.json_schema import json_schema

    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    from ..errors import InputError
    from .files import atomic

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder {path.parent} cannot be made ({error.strerror})", remedy="Name another"
        ) from error
    with atomic(path) as stream:
        stream.write(text)
