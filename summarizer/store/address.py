"""Addresses of databases: told from paths, and shown without what is secret in them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from ..errors import StoreError

_POSTGRESQL = re.compile(
    r"(?P<scheme>postgres(?:ql)?)://(?:(?P<user>[^:@/?]*)(?::[^@/?]*)?@)?(?P<host>[^@/?]*)"
    r"(?:/(?P<database>[^@/?]*))?(?:\?(?P<query>[^@]*))?"
)
_SHOWN = ("host", "port", "dbname")
"""Parameters that say where the database is; others may be secret."""


def is_address(place: str) -> bool:
    """Whether a place is an address and not a path."""
    return "://" in place


def shown(address: str) -> str:
    """A PostgreSQL address for people to read, without password.

    Raises:
        StoreError: it is none, or so written that a password cannot be told from the rest; it is not quoted.
    """
    scheme = address.partition("://")[0]
    if scheme not in ("postgresql", "postgres"):
        remedy = "Name a file, or a database as postgresql://user@host/database"
        raise StoreError(f"a store cannot be kept at an address that begins {scheme}://", remedy=remedy)
    found = _POSTGRESQL.fullmatch(address)
    if found is None:
        raise unreadable()
    user = f"{found['user']}@" if found["user"] else ""
    database = f"/{found['database']}" if found["database"] else ""
    where = urlencode([pair for pair in parse_qsl(found["query"] or "") if pair[0] in _SHOWN], safe="/,")
    return f"{found['scheme']}://{user}{found['host']}{database}{'?' if where else ''}{where}"


def unreadable() -> StoreError:
    """What says that an address is not written as it should be."""
    remedy = "Write it postgresql://user@host:5432/database, and in a password @ as %40, / as %2F, ? as %3F, % as %25"
    return StoreError("the address of the store, postgresql://..., cannot be read", remedy=remedy)
