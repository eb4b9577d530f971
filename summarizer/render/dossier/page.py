"""A dossier as one HTML page: no network, readable without JavaScript, light and dark, printable.

The page's policy (CSP) allows only its own style and script, which it names by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ...models.dossier import Dossier
from ..cleaning import is_right_to_left, stretches
from ..runs import Style
from .chart import RADIUS, chart
from .matrix import split
from .network import HEIGHT, WIDTH, network
from .shapes import StoryView, Support
from .view import view
from .words import CREDIBILITY, Foreign, credibility_in_words

if TYPE_CHECKING:
    from jinja2 import Template


def to_page(dossier: Dossier) -> str:
    """A dossier as one HTML page."""
    return _template().render(dossier=view(dossier))


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader(__package__, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = _data("page.css"), _data("page.js")
    environment.globals |= {
        "style": Markup(style), "script": Markup(script), "policy": _policy(style, script),  # noqa: S704
        "chart": chart, "split": split, "network": network, "radius": RADIUS, "width": WIDTH, "height": HEIGHT,
        "grades": CREDIBILITY, "grade": credibility_in_words, "is_rtl": is_right_to_left, "stretches": stretches,
        "is_foreign": lambda run: isinstance(run, Foreign), "Style": Style, "places": _places, "passages": _passages,
            }  # fmt: skip
    return environment.get_template("page.html.j2")


def _data(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _places(story: StoryView) -> dict[str, int]:
    """Where a discrepancy stands among those of its story, by its label."""
    return {one.label: number for number, one in enumerate(story.discrepancies, 1)}


def _passages(support: Support) -> list[int]:
    """Numbers of the passages that something rests on."""
    return [passage.number for ref in support.refs for passage in ref.passages]
