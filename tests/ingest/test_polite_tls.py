"""The checklist of polite fetching where TLS is: HTTP/2, certificates, and the way back to http."""

from dataclasses import replace

import pytest

from briefing.ingest import Fetcher
from briefing.ingest.results import Exchange
from briefing.model import FeedSettings, FetchError
from tests.fake_web import Newsroom
from tests.feed_builders import Item, rss
from tests.ingest.conftest import QUICK
from tests.ingest.secure_web import SecureServer

FEED = rss("Coast Courier", [Item("Harbour bridge closed", "https://courier.example/1")])
TRUSTING = FeedSettings(insecure=True)


@pytest.mark.parametrize(("http2", "version"), [(True, "HTTP/2"), (False, "HTTP/1.1")])
async def test_polite_20_http_2_is_used_where_it_is_offered(
    fetcher: Fetcher, http2: bool, version: str
) -> None:
    told: list[Exchange] = []
    with SecureServer(FEED, http2=http2) as server:
        for path in ("/a.xml", "/b.xml"):
            answer = await fetcher.get(server.url(path), own=TRUSTING, on_exchange=told.append)
            assert answer.content == FEED
        assert server.paths == ["/a.xml", "/b.xml"]
        assert len(server.versions) == (1 if http2 else 2)  # the second closes each connection
    assert [exchange.http_version for exchange in told] == [version] * 2


async def test_polite_32_a_wrong_certificate_is_named_and_allowed_for_one_feed_only(
    fetcher: Fetcher,
) -> None:
    with SecureServer(FEED, http2=False) as server:
        with pytest.raises(
            FetchError, match=r"no secure connection to 127\.0\.0\.1: self"
        ) as caught:
            await fetcher.get(server.url("/feed.xml"))
        assert "--insecure" in caught.value.mend
        assert (await fetcher.get(server.url("/feed.xml"), own=TRUSTING)).content == FEED
        with pytest.raises(FetchError, match="no secure connection"):
            await fetcher.get(server.url("/feed.xml"))
        assert server.paths == ["/feed.xml"]
        # Its pages on another server, and where it redirects to, are none of that feed's.
        with pytest.raises(FetchError, match="no secure connection"):
            await fetcher.get(
                server.url("/page"), "page", own=TRUSTING, home="https://localhost/feed"
            )


async def test_polite_10_from_https_to_http_only_where_it_is_allowed(room: Newsroom) -> None:
    plain = room.put("/feed.xml", FEED)
    with SecureServer(b"", http2=False, location=plain) as server:
        async with Fetcher(QUICK) as fetcher:
            with pytest.raises(FetchError, match="redirects from https to http") as caught:
                await fetcher.get(server.url("/feed.xml"), own=TRUSTING)
            assert "--http-ok" in caught.value.mend
            assert room.requests == []
            own = replace(TRUSTING, http_ok=True, headers=(("X-Key", "k1"),))
            assert (await fetcher.get(server.url("/feed.xml"), own=own)).content == FEED
        async with Fetcher(replace(QUICK, allow_http_redirects=True)) as fetcher:
            assert (await fetcher.get(server.url("/feed.xml"), own=TRUSTING)).content == FEED
    assert all("x-key" not in request.headers for request in room.requests)
