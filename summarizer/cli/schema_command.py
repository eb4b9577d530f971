"""`summarizer schema`: the JSON Schemas, for users in any language."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from ..models.json_schema import MODELS, json_schema
from . import ALL_DONE, SOME_FAILED
from .output import atomic


@click.command("schema")
@click.argument("name", required=False, type=click.Choice(list(MODELS)))
@click.option(
    "--output-dir", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Write all of them there."
)
@click.option("--check", is_flag=True, help="With --output-dir: write nothing, fail when a file there differs.")
def command(name: str | None, output_dir: Path | None, check: bool) -> None:
    """Print a JSON Schema, or write all of them to a folder.

    `brief` is what comes out, `document` what JSON lines may hold, `draft` what a language model is asked to fill.

    \b
    summarizer schema brief
    summarizer schema --output-dir schemas
    """
    if output_dir is None:
        if name is None:
            raise click.UsageError(f"Name a schema ({', '.join(MODELS)}), or --output-dir.")
        click.echo(schema_text(name), nl=False)
        sys.exit(ALL_DONE)
    stale = []
    for each in [name] if name else list(MODELS):
        path = output_dir / f"{each}.schema.json"
        if check:
            stale += [str(path)] if not path.is_file() or path.read_text("utf-8") != schema_text(each) else []
        else:
            output_dir.mkdir(parents=True, exist_ok=True)
            with atomic(path) as stream:
                stream.write(schema_text(each))
    if stale:
        click.echo(
            f"Not in step with the models: {', '.join(stale)}. Run: summarizer schema --output-dir {output_dir}",
            err=True,
        )
    sys.exit(SOME_FAILED if stale else ALL_DONE)


def schema_text(name: str) -> str:
    """The file's content for a model named in `MODELS`."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"
