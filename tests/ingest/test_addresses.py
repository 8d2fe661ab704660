"""No feed, redirect or page makes this machine ask itself, its network, or a metadata server."""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import Fetcher
from briefing.ingest.addresses import AddressPolicy, is_private_name, is_public, literal
from briefing.model import AddressError, FetchError
from tests.fake_web import Newsroom
from tests.ingest.conftest import QUICK

PRIVATE = [
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "2130706433",
    "017700000001",
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[::127.0.0.1]",
    "[64:ff9b::10.0.0.1]",
    "[2002:7f00:1::]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[fe80::1]",
    "[ff02::1]",
    "localhost",
    "LOCALHOST.",
    "printer.local",
    "router.lan",
    "metadata.google.internal",
    "intranet",
]


@pytest.mark.parametrize("host", PRIVATE)
async def test_hostile_18_an_address_of_this_network_is_refused_in_every_spelling(
    host: str,
) -> None:
    async with Fetcher(QUICK) as fetcher:
        with pytest.raises(AddressError, match=r"private network, and was not asked") as caught:
            await fetcher.get(f"http://{host}/x", "page", home="https://paper.example/feed")
    assert "fetch.allow_networks" in caught.value.mend


@pytest.mark.parametrize(
    "host", ["93.184.216.34", "[2606:2800:220:1::1]", "paper.example", "www.paper.example."]
)
def test_hostile_18_a_public_address_is_not_refused(host: str) -> None:
    AddressPolicy().check("http://x/", host, "other.example")
    assert not is_private_name(host)


@given(st.ip_addresses(v=4))
def test_hostile_18_an_ipv4_address_within_an_ipv6_one_is_judged_alike(
    address: ipaddress.IPv4Address,
) -> None:
    mapped = ipaddress.IPv6Address(f"::ffff:{address}")
    assert is_public(mapped) == is_public(address)
    assert literal(str(int(address))) == address


@given(st.text(max_size=40))
def test_hostile_18_any_host_at_all_is_judged_without_an_error(host: str) -> None:
    assert is_private_name(host) in (True, False)


async def test_hostile_18_a_redirect_from_a_public_feed_to_this_machine_is_refused(
    room: Newsroom, public: Callable[..., None]
) -> None:
    target = room.put("/secret", b"secret")
    room.redirect("/feed.xml", target)
    public("paper.example", "127.0.0.1")
    settings = replace(QUICK, allow_networks=("paper.example",))
    async with Fetcher(settings) as fetcher:
        with pytest.raises(AddressError, match="it leads to"):
            await fetcher.get(f"http://paper.example:{room.host.rpartition(':')[2]}/feed.xml")
    assert room.count("/feed.xml") == 1
    assert room.count("/secret") == 0


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["fd00::1"]])
async def test_hostile_18_a_public_name_that_stands_for_a_private_address_is_refused(
    room: Newsroom, public: Callable[..., None], addresses: list[str]
) -> None:
    room.put("/feed.xml", b"secret")
    public("paper.example", *addresses)
    async with Fetcher(QUICK) as fetcher:
        with pytest.raises(AddressError, match=r"paper\.example leads to (127|fd00)"):
            await fetcher.get(f"http://paper.example:{room.host.rpartition(':')[2]}/feed.xml")
    assert room.count("/feed.xml") == 0


@pytest.mark.parametrize("allowed", ["127.0.0.0/8", "Paper.Example"])
async def test_hostile_18_a_setting_allows_a_network_or_a_host(
    room: Newsroom, public: Callable[..., None], allowed: str
) -> None:
    room.put("/feed.xml", b"news")
    public("paper.example", "127.0.0.1")
    url = f"http://paper.example:{room.host.rpartition(':')[2]}/feed.xml"
    async with Fetcher(replace(QUICK, allow_networks=(allowed,))) as fetcher:
        answer = await fetcher.get(url)
    assert answer.content == b"news"
    assert room.last("/feed.xml").headers["host"] == url.split("/")[2]


async def test_hostile_18_a_name_is_resolved_once_and_the_checked_address_is_asked(
    room: Newsroom, public: Callable[..., None], resolved: list[str]
) -> None:
    room.put("/feed.xml", b"news")
    public("paper.example", "127.0.0.1")
    async with Fetcher(replace(QUICK, allow_networks=("127.0.0.1",))) as fetcher:
        await fetcher.get(f"http://paper.example:{room.host.rpartition(':')[2]}/feed.xml")
    assert resolved == ["paper.example"]


@pytest.mark.parametrize("typed", ["http://127.0.0.1:9/feed", "http://localhost/feed"])
async def test_hostile_18_what_the_user_typed_may_lead_to_the_same_host_on_any_port(
    room: Newsroom, typed: str
) -> None:
    url = room.put("/page", b"a page")
    async with Fetcher(QUICK) as fetcher:
        assert (await fetcher.get(url, "page", home=typed)).content == b"a page"
        assert (await fetcher.get(url, "page")).content == b"a page"


async def test_hostile_18_one_private_host_does_not_open_the_way_to_another(
    room: Newsroom,
) -> None:
    url = room.put("/page", b"a page")
    async with Fetcher(QUICK) as fetcher:
        with pytest.raises(AddressError):
            await fetcher.get(url, "page", home="http://192.168.1.5/feed")


async def test_hostile_18_through_a_proxy_addresses_are_still_refused_by_their_looks(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{room.host}")
    async with Fetcher(QUICK) as fetcher:
        with pytest.raises(AddressError):
            await fetcher.get("http://10.0.0.1/x", home="http://paper.example/feed")
        with pytest.raises(FetchError, match="404"):  # the proxy was asked for a public one
            await fetcher.get("http://paper.example/feed")


async def test_a_second_address_is_tried_where_the_first_refuses(
    room: Newsroom, public: Callable[..., None]
) -> None:
    room.put("/feed.xml", b"news")
    public("paper.example", "127.0.0.2", "127.0.0.1")
    async with Fetcher(replace(QUICK, allow_networks=("127.0.0.0/8",))) as fetcher:
        url = f"http://paper.example:{room.host.rpartition(':')[2]}/feed.xml"
        assert (await fetcher.get(url)).content == b"news"


@pytest.fixture
def resolved() -> list[str]:
    """The names that were looked up, in order."""
    return []


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch, resolved: list[str]) -> Callable[..., None]:
    """Give a name addresses, as its name server would."""
    names: dict[str, tuple[str, ...]] = {}
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in names:
            return real(host, port, *rest, **more)
        resolved.append(name)
        return [
            (
                socket.AF_INET6 if ":" in address else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (address, port, 0, 0) if ":" in address else (address, port),
            )
            for address in names[name]
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return lambda name, *addresses: names.__setitem__(name, addresses)
