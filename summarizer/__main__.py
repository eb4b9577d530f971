"""`python -m summarizer`."""

from .cli import run

run()
