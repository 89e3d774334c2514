"""Addresses of remote stores: what they say, and that no message says the password."""

from __future__ import annotations

import pytest

from etappe.errors import UsageError
from etappe.store.address import Address, Auth, read_address


def test_every_part_is_read() -> None:
    assert read_address(
        "sparql+https://us%40er:p%2Fss@host:3030/ds/query?update=/ds/update&graphs=/ds/data&auth=digest&profile=generic&timeout=2.5"
    ) == Address(
        "https://host:3030", "/ds/query", "us@er", "p/ss", "/ds/update", "/ds/data", Auth.DIGEST, "generic", 2.5
    )


@pytest.mark.parametrize("text", ["sparql+http://h:7878", "sparql+http://h:7878/"])
def test_the_shortest_leaves_everything_to_the_server(text: str) -> None:
    assert read_address(text) == Address("http://h:7878")


def test_an_address_of_version_6() -> None:
    assert read_address("sparql+http://[::1]:7878").root == "http://[::1]:7878"


HOSTILE = {
    "file": "file:///etc/passwd",
    "plain http": "http://user:geheim@host/",
    "nested": "sparql+file:///etc/passwd",
    "line break": "sparql+http://user:geheim@host/\r\nX-Evil: 1",
    "encoded line break in the user": "sparql+http://us%0d%0aer:geheim@host/",
    "encoded line break in the password": "sparql+http://user:geheim%0a@host/",
    "encoded line break in a path": "sparql+http://user:geheim@host/?update=/a%0d%0ab",
    "blank": "sparql+http://user:geheim@host/a b",
    "null": "sparql+http://user:geheim@host/\0",
    "no host": "sparql+http:///query",
    "port": "sparql+http://user:geheim@host:99999/",
    "no port": "sparql+http://user:geheim@host:abc/",
    "bracket": "sparql+http://user:geheim@[host/",
    "fragment": "sparql+http://user:geheim@host/#x",
    "backslash": "sparql+http://user:geheim@host\\@evil.example/",
    "another server": "sparql+http://user:geheim@host/?update=http://evil.example/",
    "another server, short": "sparql+http://user:geheim@host/?update=//evil.example/",
    "unknown option": "sparql+http://user:geheim@host/?geheim=1",
    "twice": "sparql+http://user:geheim@host/?auth=basic&auth=digest",
    "auth": "sparql+http://user:geheim@host/?auth=geheim",
    "profile": "sparql+http://user:geheim@host/?profile=geheim",
    "timeout": "sparql+http://user:geheim@host/?timeout=geheim",
    "endless": "sparql+http://user:geheim@host/?timeout=inf",
    "no time": "sparql+http://user:geheim@host/?timeout=0",
    "no token": "sparql+http://host/?auth=bearer",
    "nobody": "sparql+http://host/?auth=basic",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_address_is_refused_and_not_repeated(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_address(HOSTILE[name])
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_password_is_not_shown() -> None:
    address = read_address("sparql+http://user:geheim@host/query")
    assert "geheim" not in repr(address) + address.shown
    assert address.shown == "http://host/query"
