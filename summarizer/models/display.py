"""How results show themselves in notebooks: renderers of a higher floor put themselves here."""

from collections.abc import Callable
from typing import Any

Renderer = Callable[[Any], str | None]

_renderers: dict[str, Renderer] = {}


def register(kind: str, renderer: Renderer) -> None:
    """Use a renderer for `html` or `markdown`."""
    _renderers[kind] = renderer


class Displayed:
    """Rich display protocol of IPython; without a registered renderer the plain repr is shown."""

    def _repr_html_(self) -> str | None:
        renderer = _renderers.get("html")
        return renderer(self) if renderer else None

    def _repr_markdown_(self) -> str | None:
        renderer = _renderers.get("markdown")
        return renderer(self) if renderer else None
