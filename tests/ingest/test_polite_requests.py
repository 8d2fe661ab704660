"""The checklist of polite fetching, as far as single requests show it."""

import math
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import FetchSettings
from briefing.ingest import Fetcher
from briefing.ingest.decoding import _MEMBERS, TooLargeError, decoded
from briefing.ingest.results import Exchange
from briefing.model import FeedSettings, FetchError
from tests.fake_web import Newsroom
from tests.feed_builders import Item, rss
from tests.ingest.conftest import QUICK

FEED = rss("Coast Courier", [Item("Harbour bridge closed", "https://courier.example/1")])


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Expires": "{3h}"}, 3 * 3600),
        ({"Expires": "{3h}", "Age": "600"}, 3 * 3600 - 600),
        ({"Expires": "{3h}", "Cache-Control": "max-age=60"}, 60),
        ({"Expires": "{3h}", "Cache-Control": "s-maxage=60, no-cache"}, 3 * 3600),
        ({"Expires": "0"}, 0),
        ({"Expires": "soon"}, 0),
        ({"Cache-Control": "no-store"}, None),
    ],
)
async def test_polite_05_expires_counts_where_max_age_is_missing(
    room: Newsroom, fetcher: Fetcher, headers: dict[str, str], seconds: int | None
) -> None:
    dates = {"{3h}": "Tue, 05 May 2026 10:00:00 GMT"}
    sent = {name: dates.get(value, value) for name, value in headers.items()}
    url = room.put("/feed.xml", FEED, headers={"Date": "Tue, 05 May 2026 07:00:00 GMT", **sent})
    answer = await fetcher.get(url)
    assert answer.max_age == seconds


async def test_polite_06_a_redirect_may_ask_to_wait(room: Newsroom, fetcher: Fetcher) -> None:
    room.put("/new.xml", FEED)
    room.fail("/old.xml", 302, retry_after=7200, headers={"Location": "/new.xml"})
    answer = await fetcher.get(room.url("/old.xml"))
    assert (answer.content, answer.retry_after) == (FEED, 7200)
    assert (await fetcher.get(room.url("/new.xml"))).retry_after is None


async def test_polite_14_requests_to_one_server_are_a_moment_apart(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{room.host}")
    addresses = [f"http://{host}.example/{n}" for n in range(3) for host in ("courier", "herald")]
    for address in addresses:
        room.put(address, FEED)
    waits = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    settings = replace(QUICK, host_pause=50)
    async with Fetcher(settings, sleep=note) as fetcher:
        for address in addresses:
            await fetcher.get(address, "page")
    # The clock goes on a little in between; two servers do not wait for each other.
    assert [math.ceil(wait / 50) for wait in waits] == [0, 0, 1, 1, 2, 2]


async def test_polite_16_every_coding_that_is_offered_is_decoded(
    room: Newsroom, fetcher: Fetcher
) -> None:
    raw_deflate = zlib.compressobj(wbits=-15)
    coded = {
        "br": brotli.compress(FEED),
        "zstd": zstandard.compress(FEED),
        "deflate": zlib.compress(FEED),
        "Deflate": raw_deflate.compress(FEED) + raw_deflate.flush(),
    }
    for number, (coding, body) in enumerate(coded.items()):
        url = room.put(f"/{number}", body, headers={"Content-Encoding": coding})
        assert (await fetcher.get(url)).content == FEED, coding
    offered = room.last("/0").headers["accept-encoding"].replace(" ", "").split(",")
    assert {"gzip", "br", "zstd"} <= set(offered)
    strange = room.put("/x", FEED, headers={"Content-Encoding": "compress"})
    with pytest.raises(FetchError, match="nobody asked for"):
        await fetcher.get(strange)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip", "deflate"])
def test_polite_16_what_comes_out_is_bounded_and_whole(coding: str) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {
        "br": lambda data: brotli.compress(data, quality=5),
        "zstd": zstandard.compress,
        "gzip": lambda data: zlib.compress(data, wbits=31),
        "deflate": zlib.compress,
    }
    pack = packers[coding]
    bomb = pack(b" " * 50_000_000)
    with pytest.raises(TooLargeError):
        decoded(bomb, coding, 1_000_000)
    body = pack(FEED)
    assert decoded(body, coding, len(FEED)) == FEED
    with pytest.raises(ValueError, match=r"."):
        decoded(body[:-6], coding, 1_000_000)


@pytest.mark.parametrize("coding", ["zstd", "gzip"])
def test_polite_16_a_body_of_many_parts_is_whole_or_refused_and_never_cut(coding: str) -> None:
    part = zstandard.compress(b"pier ") if coding == "zstd" else zlib.compress(b"pier ", wbits=31)
    for parts in (1, 2, _MEMBERS):
        assert decoded(part * parts, coding, 1_000_000) == b"pier " * parts
    for parts in (_MEMBERS + 1, 2 * _MEMBERS):
        with pytest.raises(ValueError, match="the body has too many parts"):
            decoded(part * parts, coding, 1_000_000)


@given(st.binary(max_size=300), st.sampled_from(["br", "zstd", "gzip", "deflate", "identity", "x"]))
def test_polite_16_whatever_bytes_come_are_decoded_or_refused(raw: bytes, coding: str) -> None:
    try:
        assert len(decoded(raw, coding, 1000)) <= 1000
    except ValueError:
        return


async def test_polite_16_feed_types_are_preferred(room: Newsroom, fetcher: Fetcher) -> None:
    await fetcher.get(room.put("/feed.xml", FEED))
    accept = room.last("/feed.xml").headers["accept"]
    assert accept.index("atom") < accept.index("application/xml") < accept.index("*/*")


async def test_polite_17_cookies_and_referer_are_never_sent(
    room: Newsroom, fetcher: Fetcher
) -> None:
    room.put("/b.xml", FEED, headers={"Set-Cookie": "visitor=1; Path=/"})
    for _ in range(2):
        await fetcher.get(room.redirect("/a.xml", "/b.xml"))
    assert not any({"cookie", "referer"} & set(r.headers) for r in room.requests)


async def test_polite_20_connections_are_used_again(room: Newsroom) -> None:
    urls = [room.put(f"/{n}", FEED) for n in range(6)]
    async with Fetcher(QUICK) as fetcher:
        for url in urls:
            await fetcher.get(url)
    assert len({request.client for request in room.requests}) == 1


async def test_polite_20_connections_are_used_again_after_a_304(room: Newsroom) -> None:
    urls = [room.put(f"/{n}", FEED) for n in range(6)]
    async with Fetcher(QUICK) as fetcher:
        etags = [(await fetcher.get(url)).etag for url in urls]
        answers = [await fetcher.get(url, etag=etag) for url, etag in zip(urls, etags, strict=True)]
    assert all(answer.not_modified for answer in answers)
    assert len({request.client for request in room.requests}) == 1


async def test_polite_22_nothing_of_a_chunked_body_that_does_not_end_is_taken(
    room: Newsroom, fetcher: Fetcher
) -> None:
    chunk = b"%x\r\n%s\r\n" % (len(FEED), FEED)
    room.put("/feed.xml", chunk + b"0\r\n\r\n", headers={"Transfer-Encoding": "chunked"})
    assert (await fetcher.get(room.url("/feed.xml"))).content == FEED
    room.drop("/feed.xml", after=len(chunk))
    with pytest.raises(FetchError, match="broke off"):
        await fetcher.get(room.url("/feed.xml"))


async def test_polite_25_deltas_are_not_asked_for(room: Newsroom, fetcher: Fetcher) -> None:
    await fetcher.get(room.put("/feed.xml", FEED), etag='"1"')
    assert "a-im" not in room.last("/feed.xml").headers


async def test_polite_29_no_proxy_is_honoured(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", room.refused_url())
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with Fetcher(QUICK) as fetcher:
        assert (await fetcher.get(room.put("/feed.xml", FEED))).content == FEED


async def test_polite_29_a_feed_may_have_a_proxy_of_its_own_or_none(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", room.refused_url())
    room.put("http://courier.example/feed.xml", FEED)
    url = room.put("/feed.xml", FEED)
    async with Fetcher(QUICK) as fetcher:
        assert (await fetcher.get(url, own=FeedSettings(proxy="none"))).content == FEED
        own = FeedSettings(proxy=f"http://{room.host}")
        assert (await fetcher.get("http://courier.example/feed.xml", own=own)).content == FEED


async def test_polite_29_a_socks_proxy_names_the_extra_that_it_needs(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    own = FeedSettings(proxy="socks5://127.0.0.1:1080")
    with pytest.raises(FetchError) as caught:
        await fetcher.get("http://courier.example/feed.xml", own=own)
    assert "briefing[socks]" in caught.value.mend


async def test_polite_29_so_does_one_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    with pytest.raises(FetchError) as caught:
        async with Fetcher(QUICK):
            pass
    assert "briefing[socks]" in caught.value.mend


async def test_polite_30_hosts_and_paths_are_encoded(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{room.host}")
    room.put("http://xn--bcher-kva.example/%C3%BC?q=a%20b", FEED)
    async with Fetcher(QUICK) as fetcher:
        answer = await fetcher.get("http://bücher.example/ü?q=a b#top")
    assert answer.content == FEED


# ── What is set for one feed alone ───────────────────────────────────────────────────────────


async def test_a_feeds_own_fields_go_to_its_server_only(room: Newsroom, fetcher: Fetcher) -> None:
    own = FeedSettings(headers=(("X-Key", "k1"),), user_agent="Lighthouse/2")
    with Newsroom() as other:
        other.put("/b.xml", FEED)
        await fetcher.get(room.redirect("/a.xml", other.url("/b.xml")), own=own)
        assert room.last("/a.xml").headers["x-key"] == "k1"
        assert "x-key" not in other.last("/b.xml").headers
        assert other.last("/b.xml").headers["user-agent"] == "Lighthouse/2"


async def test_a_password_comes_from_a_command_and_goes_to_its_server_only(
    room: Newsroom, fetcher: Fetcher
) -> None:
    command = (sys.executable, "-c", "import sys; print('pass of', *sys.argv[1:])", "{user}")
    own = FeedSettings(username="ada", password_command=command)
    told: list[Exchange] = []
    with Newsroom() as other:
        other.put("/b.xml", FEED)
        url = room.redirect("/a.xml", other.url("/b.xml"))
        await fetcher.get(url, own=own, on_exchange=told.append)
        sent = room.last("/a.xml").headers["authorization"]
        assert sent == "Basic YWRhOnBhc3Mgb2YgYWRh"  # ada:pass of ada
        assert "authorization" not in other.last("/b.xml").headers
    assert dict(told[0].sent)["Authorization"] == "…"
    broken = replace(own, password_command=("no-such-command-here",))
    with pytest.raises(FetchError, match=r"password command 'no-such-command-here'"):
        await fetcher.get(url, own=broken)
    failing = replace(own, password_command=(sys.executable, "-c", "print('s3cret'); exit(3)"))
    with pytest.raises(FetchError, match="ended with code 3") as caught:
        await fetcher.get(url, own=failing)
    assert "s3cret" not in str(caught.value)


def test_what_is_kept_for_a_feed_comes_back_as_it_was() -> None:
    full = FeedSettings(
        30, True, (("A", "b"),), "U/1", "none", True, True, 20, "ada", ("pass", "x")
    )
    assert FeedSettings.from_json(full.to_json()) == full
    assert FeedSettings.from_json({"headers": 3, "insecure": "yes", "new": 1}) == FeedSettings()
    assert FetchSettings().interval_minutes == 60
