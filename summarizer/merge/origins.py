"""How many independent origins really stand behind what reports say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..models.dossier import DossierOrigin
from .linked import Linked, Ref


@dataclass(frozen=True)
class Origins:
    """The origins of one story.

    Args:
        origins: O1, O2, ... in a stable order.
        behind: ids of the origins from which a report can have an item; never empty.
    """

    origins: tuple[DossierOrigin, ...]
    behind: Mapping[Ref, frozenset[str]]

    def fewest(self, refs: Iterable[Ref]) -> tuple[str, ...]:
        """Ids of the fewest origins from which all reports of these items can have them: a minimum hitting set."""
        raise NotImplementedError


def origins_of(linked: Linked) -> Origins:
    """The origins of a story's reports, the same one once."""
    raise NotImplementedError
