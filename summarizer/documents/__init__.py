"""Reports, read: files, directories, standard input and JSON lines become documents, or the errors that say why not."""

from .building import LoadOptions, Stated, from_text
from .lines import KEYS
from .loading import SUFFIXES, load

__all__ = ["KEYS", "SUFFIXES", "LoadOptions", "Stated", "from_text", "load"]
