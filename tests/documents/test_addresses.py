"""Which addresses may be fetched."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from summarizer.documents.addresses import Network, is_public, is_url, parsed, redirected, shown_url
from summarizer.errors import AddressRefused, FetchFailed


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("http://plain.test/a", True), ("HTTPS://plain.test", True), ("ftp://plain.test", True), ("file:///etc", True),
        ("svn+ssh://plain.test", True), ("report.txt", False), ("folder/http://x", False), ("C://reports", False),
        ("-", False), ("", False), ("mailto:someone", False), (" http://plain.test", False),
    ],
)  # fmt: skip
def test_urls_are_told_from_names_of_files(name: str, expected: bool) -> None:
    assert is_url(name) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://plain.test/@author/story?a=b#c", "https://plain.test/@author/story?a=b#c"),
        ("https://me:hunter2@plain.test/a", "https://plain.test/a"),
        ("https://hunter2@plain.test/a", "https://plain.test/a"),
        ("https://me:hunter2/x@plain.test/a", "…plain.test/a"),
        ("http:me:hunter2@plain.test/a", "…plain.test/a"),
        ("http://me:hunter2@[oops/", "…[oops/"),
        ("http://plain.test/a\nb\x1b[31m", "http://plain.test/a\\nb\\x1b[31m"),
    ],
)
def test_urls_are_shown_on_one_line_without_credentials(url: str, expected: str) -> None:
    """Also where it is not certain which part of them is a password."""
    assert shown_url(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Plain.TEST", "http://plain.test/"), ("https://plain.test:8443/a?b=c#d", "https://plain.test:8443/a?b=c"),
        ("http://例え.test/é", "http://xn--r8jz45g.test/%C3%A9"), ("http://1.2.3.4/", "http://1.2.3.4/"),
        ("http://[2001:4860::1]/", "http://[2001:4860::1]/"), ("http://plain.test./", "http://plain.test./"),
        ("http://plain.test/a b", "http://plain.test/a%20b"), ("http://4chan.test/", "http://4chan.test/"),
    ],
)  # fmt: skip
def test_addresses_of_the_web_are_asked_for_without_fragment(url: str, expected: str) -> None:
    assert str(parsed(url)) == expected


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file:///etc/passwd", "addresses of file"), ("ftp://plain.test/", "addresses of ftp"),
        ("javascript:alert(1)", "addresses of javascript"), ("plain.test/a", "addresses of no scheme"), ("", "no scheme"),
        ("http://", "no host"), ("http:///a", "no host"), ("http:plain.test", "no host"),
        ("http://me:hunter2@plain.test/", "user name or a password"), ("http://me@plain.test/", "user name"),
        ("http://:@plain.test/", "user name"), ("http://plain.test:99999/", "no usable"), ("http://[oops/", "no usable"),
        ("http://plain.test\\@10.0.0.1/", "no usable"), ("http://plain.te\nst/", "no usable"),
        ("http://plain.test/\udcff", "no usable"), ("ht\ttp://plain.test/", "no usable"),
        ("http://127.1/", "unusual"), ("http://0x7f000001/", "unusual"), ("http://2130706433/", "unusual"),
        ("http://0177.0.0.1/", "unusual"), ("http://0x7f.0.0.0x1/", "unusual"), ("http://1.2.3.4./", "unusual"),
        ("http://127.0.0.0.1/", "unusual"), ("http://plain.0x/", "unusual"), ("http://256.1.1.1/", "unusual"),
        ("http://[fe80::1%25eth0]/", "has a zone"), ("http://127.0.0.1%00.test/", "character"), ("http://a b/", "character"),
        ("http://%31%32%37.0.0.1/", "character"), ("http://*/", "character"),
    ],
)  # fmt: skip
def test_other_addresses_are_refused_without_showing_a_password(url: str, words: str) -> None:
    with pytest.raises(AddressRefused, match=words) as refused:
        parsed(url)
    assert "hunter2" not in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize("host", ["１２７.０.０.１", "①②⑦.0.0.1", "127。0。0。1"])
def test_other_digits_and_dots_are_read_as_the_address_they_mean(host: str) -> None:
    """So that the rule of addresses sees it."""
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1 is not"):
        Network().require_public_literal(parsed(f"http://{host}/"))


PUBLIC = "1.1.1.1 8.8.8.8 93.184.215.14 2001:4860:4860::8888 2a00:1450:4001:81b::200e 64:ff9b::8.8.8.8".split()
NOT_PUBLIC = """
    0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1
    192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::8.8.8.8 ::127.0.0.1 ::ffff:8.8.8.8 ::ffff:127.0.0.1 ::ffff:0:10.0.0.1 64:ff9b::10.0.0.1 64:ff9b::127.0.0.1
    64:ff9b:1::1 64:ff9b:1:0a00:0:100:: 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1::
    2002:808:808:: 3fff::1 4000::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 ff0e::1
""".split()


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_public_internet_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_special_addresses_are_not_public_also_when_ipv6_carries_them(address: str) -> None:
    assert not is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_in_nat64_is_as_public_as_it_is_without(address: IPv4Address) -> None:
    inside = IPv6Address((0x64FF9B << 96) | int(address))
    assert is_public(inside) == is_public(address)


@given(st.ip_addresses(v=4), st.integers(0, 2**80 - 1))
def test_no_other_way_to_carry_an_ipv4_address_is_public(address: IPv4Address, rest: int) -> None:
    """Mapped, compatible, 6to4, Teredo, translated and local NAT64, whatever the address."""
    low = int(address)
    carried = [
        low, 0xFFFF << 32 | low, 0xFFFF << 48 | low, 0x2002 << 112 | low << 80 | rest, 0x20010000 << 96 | rest | low,
        0x64FF9B0001 << 80 | rest,
    ]  # fmt: skip
    assert not [found for found in map(IPv6Address, carried) if is_public(found)]


def test_every_address_of_a_name_must_be_public() -> None:
    Network().require_public("plain.test", ["1.1.1.1", "2001:4860::1"])
    with pytest.raises(AddressRefused, match=r"plain\.test leads to 10\.0\.0\.1, which is not"):
        Network().require_public("plain.test", ["1.1.1.1", "10.0.0.1"])


def test_an_address_with_a_zone_is_refused_whatever_else_is_allowed() -> None:
    with pytest.raises(AddressRefused, match="fe80::1%eth0"):
        Network(is_public=lambda _: True).require_public("plain.test", ["fe80::1%eth0"])


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("b", "https://plain.test/x/b"), ("/b?c#d", "https://plain.test/b?c"), ("//other.test/", "https://other.test/"),
        ("?q=1", "https://plain.test/x/a?q=1"), ("https://other.test:8443/é", "https://other.test:8443/%C3%A9"),
    ],
)  # fmt: skip
def test_redirects_are_read_from_where_they_stand(location: str, expected: str) -> None:
    assert str(redirected(URL("https://plain.test/x/a"), location)) == expected


def test_a_redirect_from_https_to_http_is_refused_and_the_other_way_is_not() -> None:
    with pytest.raises(AddressRefused, match=r"from https to http \(http://plain.test/b\)"):
        redirected(URL("https://plain.test/a"), "http://plain.test/b")
    assert redirected(URL("http://plain.test/a"), "https://plain.test/b").scheme == "https"


@pytest.mark.parametrize("location", [None, "", "http://[oops", "/a\tb", "/\udcff", "http://plain.test:0x50/"])
def test_a_redirect_to_nowhere_fails(location: str | None) -> None:
    with pytest.raises(FetchFailed, match="a redirect"):
        redirected(URL("https://plain.test/"), location)


def test_a_refused_redirect_shows_where_it_leads_without_its_password() -> None:
    with pytest.raises(AddressRefused, match=r"a redirect to https://plain\.test/a") as refused:
        redirected(URL("https://plain.test/"), "https://me:hunter2@plain.test/a")
    assert "hunter2" not in str(refused.value)
