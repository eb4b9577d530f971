"""Reports, read: files, directories, standard input and JSON lines become documents, or the errors that say why not."""

from .building import LoadOptions, from_text
from .fetch_options import FetchOptions
from .lines import KEYS
from .loading import SUFFIXES, load
from .stated import Stated

__all__ = ["KEYS", "SUFFIXES", "FetchOptions", "LoadOptions", "Stated", "from_text", "load"]
