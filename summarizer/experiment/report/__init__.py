"""Reports of a run: one HTML page that needs no network, Markdown for a pull request, JUnit XML for CI."""

from __future__ import annotations

from .view import Report


def write(about: Report, kind: str) -> str:
    """A report as text.

    Args:
        about: the run and what it is seen beside.
        kind: html, markdown or junit.
    """
    if kind == "html":
        from .html import to_html

        return to_html(about)
    if kind == "junit":
        from .junit import to_junit

        return to_junit(about)
    from .markdown import to_markdown

    return to_markdown(about)


__all__ = ["Report", "write"]
