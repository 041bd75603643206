"""Which hosts are this machine, and how the address of a server is written."""

from __future__ import annotations

import ipaddress

import pytest
from ei_classify_api.servers import is_loopback, is_protected, server_url
from hypothesis import given
from hypothesis import strategies as st

# How a URL spells the host, and whether that is this machine whoever is asked.
HOSTS = [
    ("127.0.0.1", True),
    ("127.255.255.254", True),
    ("127.0.0.0", True),
    ("[::1]", True),
    ("[0:0:0:0:0:0:0:1]", True),
    ("[::ffff:127.0.0.1]", True),
    ("[::FFFF:7f00:1]", True),
    ("localhost", True),
    ("LOCALHOST", True),
    ("127\u30020\u30020\u30021", True),  # httpx connects to what IDNA makes of it: 127.0.0.1
    ("x.localhost", False),
    ("localhost.", False),
    ("localhost.localdomain", False),
    ("localhost.example.com", False),
    ("127.0.0.1.example.com", False),
    ("0.0.0.0", False),  # noqa: S104
    ("[::]", False),
    ("[::ffff:10.0.0.1]", False),
    ("[fe80::1]", False),
    ("128.0.0.1", False),
    ("10.0.0.1", False),
    # Some resolvers take these for 127.0.0.1.
    ("127.1", False),
    ("127.0.1", False),
    ("2130706433", False),
    ("0x7f.1", False),
    ("0x7f000001", False),
    ("017700000001", False),
    ("127.0.0.1.", False),
    ("loc\u00e4lhost", False),
]


@pytest.mark.parametrize(("host", "here"), HOSTS)
def test_only_localhost_and_loopback_addresses_are_this_machine(host: str, here: bool) -> None:  # noqa: FBT001
    url = server_url(f"http://{host}/v1")
    assert is_loopback(url.raw_host.decode("ascii")) is here
    assert is_protected(url) is here
    assert is_protected(server_url(f"https://{host}/v1"))


@given(st.ip_addresses())
def test_an_address_is_this_machine_if_it_is_a_loopback_address(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    assert is_loopback(str(address)) is (mapped or address).is_loopback


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://host/v1", "https://host/v1"),
        ("HTTPS://HOST:443/v1", "https://host/v1"),
        ("https://host:443/v1", "https://host/v1"),
        ("https://host:0443/v1", "https://host/v1"),
        ("https://host:/v1", "https://host/v1"),
        ("Http://Host:80/V1", "http://host/V1"),
        ("http://host:443/v1", "http://host:443/v1"),
        ("https://host:80/v1", "https://host:80/v1"),
        ("HTTPS://[::1]:443/v1", "https://[::1]/v1"),
    ],
)
def test_a_server_has_one_address(text: str, written: str) -> None:
    assert str(server_url(text)) == written
    assert server_url(written) == server_url(text)


@pytest.mark.parametrize(
    "text", ["", "host/v1", "ftp://host", "https://", "https://u:p@host", "https://h:99999", "http://0177.0.0.1"]
)
def test_what_is_no_address_of_a_server_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must look like https://host/v1"):
        server_url(text)
