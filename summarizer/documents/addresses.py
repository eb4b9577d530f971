"""Which addresses may be fetched: schemes, hosts, redirects, and which IP addresses are public."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from ..errors import AddressRefused, FetchFailed
from .building import shown

if TYPE_CHECKING:
    from yarl import URL

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_HOST_NAME = re.compile(r"[a-z0-9._-]+", re.IGNORECASE)
_NUMBER = re.compile(r"\d+|0x[\da-f]*", re.IGNORECASE)
_NO_ADDRESS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that yarl would drop silently."""

_PUBLIC_IPV6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_NEVER_PUBLIC = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/32", "2002::/16", "3fff::/20"))
)  # protocol assignments, 6to4 relays, Teredo, 6to4, examples: global to some versions of Python
_ELSEWHERE = "Open the page in a browser and give the address where it ends, or the saved text"


def is_url(name: str) -> bool:
    """Whether an input is a URL of any scheme: a refused URL is better than a file that is not found."""
    return _URL.match(name) is not None


def shown_url(url: str) -> str:
    """A URL for messages: on one line, without user name and password."""
    if "@" not in url:
        return shown(url)
    try:
        found = _read(url)
        if not found.raw_host:
            raise ValueError
    except ValueError:
        return shown("…" + url.rpartition("@")[2])  # nobody knows which part of it is a password
    return shown(url if _is_open(found) else str(found.with_user(None)))


def parsed(text: str) -> URL:
    """The URL to ask for, without its fragment.

    Raises:
        AddressRefused: it is no URL, not of http or https, holds credentials, or spells its host in an odd way.
    """
    try:
        if _NO_ADDRESS.search(text):
            raise ValueError("control characters")
        url = _read(text)
    except ValueError as error:
        raise AddressRefused("this is no usable address", remedy="Check the address") from error
    if url.scheme not in ("http", "https"):
        raise AddressRefused(
            f"addresses of {url.scheme or 'no scheme'} are not fetched, only those of http and https",
            remedy="Name a file by its path; save anything else to a file first",
        )
    if not url.raw_host:
        raise AddressRefused("the address names no host", remedy="Check the address")
    if not _is_open(url):
        raise AddressRefused(
            "the address holds a user name or a password, which are never sent",
            remedy="Save the page with a browser and give the file",
        )
    _require_plain_host(url.raw_host)
    return url.with_path(url.raw_path, encoded=True, keep_query=True)  # "/" when there was none


def redirected(url: URL, location: str | None) -> URL:
    """Where a redirect leads.

    Args:
        url: the address that answered with a redirect.
        location: its header of that name.

    Raises:
        FetchFailed: the header is missing or cannot be read.
        AddressRefused: it leads to an address that `parsed` refuses, or from https to http.
    """
    if not location:
        raise FetchFailed("a redirect that does not say where to", remedy=_ELSEWHERE)
    try:
        if _NO_ADDRESS.search(location):
            raise ValueError("control characters")
        target = url.join(_read(location))
    except ValueError as error:
        raise FetchFailed("a redirect to something that is no address", remedy=_ELSEWHERE) from error
    where = shown_url(str(target))
    try:
        found = parsed(str(target))
    except AddressRefused as error:
        raise AddressRefused(f"a redirect to {where}: {error.message}", remedy=_ELSEWHERE) from error
    if url.scheme == "https" and found.scheme == "http":
        raise AddressRefused(f"a redirect from https to http ({where})", remedy=_ELSEWHERE)
    return found


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public internet.

    Of the IPv6 addresses that carry an IPv4 one, only NAT64's (RFC 6052) can be public, when the address in it is:
    networks without IPv4 need them. Mapped, compatible, 6to4, Teredo and local NAT64 addresses never are.
    Source: the registries of special-purpose addresses that `ipaddress` follows (RFC 6890).
    """
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return is_public(IPv4Address(address.packed[-4:]))
        if address not in _PUBLIC_IPV6:
            return False
    return address.is_global and not address.is_multicast and not any(address in net for net in _NEVER_PUBLIC)


async def look_up(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a name, as the operating system finds them.

    Raises:
        OSError: it has none.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True, slots=True)
class Network:
    """What is asked about the network before anything is connected to; tests give their own answers.

    Args:
        is_public: whether an address may be connected to.
        look_up: the addresses of a host name, for a port.
    """

    is_public: Callable[[IPv4Address | IPv6Address], bool] = is_public
    look_up: Callable[[str, int], Awaitable[Sequence[str]]] = look_up

    def require_public(self, host: str, addresses: Sequence[str]) -> None:
        """Refuse a host unless every one of its addresses is public.

        Raises:
            AddressRefused: one is not, or has a zone.
        """
        for address in addresses:
            if "%" in address or not self.is_public(ip_address(address)):
                leads = f"{host} is" if host == address else f"{host} leads to {address}, which is"
                raise AddressRefused(
                    f"{leads} not an address of the public internet",
                    remedy="Give the address of a public site, or allow pages of your own network (--allow-private)",
                )

    def require_public_literal(self, url: URL) -> None:
        """The same for a host that is given as an IP address; host names are looked at when they are looked up."""
        host = url.raw_host or ""
        if _is_literal(host):
            self.require_public(host, [host])


def _read(text: str) -> URL:
    from yarl import URL

    return URL(text)


def _is_open(url: URL) -> bool:
    return url.raw_user is None and url.raw_password is None


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _require_plain_host(host: str) -> None:
    """Refuse zones, odd characters, and IPv4 addresses spelt in another way than four decimal numbers.

    A host whose last label is a number is meant as an IPv4 address (WHATWG URL): 127.1, 0x7f000001, 0177.0.0.1.
    """
    if ":" not in host and not _HOST_NAME.fullmatch(host):
        wrong = f"the host {shown(host)} has a character that no host name has"
    elif "%" in host:
        wrong = f"the address {shown(host)} has a zone, so it is one of a local network"
    elif _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) and not _is_literal(host):
        wrong = f"{host} is an unusual way to write an IPv4 address"
    else:
        return
    raise AddressRefused(wrong, remedy="Give the host's name")
