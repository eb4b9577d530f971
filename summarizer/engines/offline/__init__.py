"""The offline engine: a deterministic extractor without language model or network."""

from .engine import OfflineEngine

__all__ = ["OfflineEngine"]
