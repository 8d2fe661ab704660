"""Fetching promises: conditional, bounded, honest about failures. Over real sockets."""

import asyncio
import base64
import gzip
import sys
from dataclasses import replace

import pytest

from briefing.config import FetchSettings
from briefing.ingest import Fetcher
from briefing.model import FeedSettings, FetchError
from briefing.model.version import __version__
from tests.fake_web import Item, Newsroom, rss
from tests.ingest.conftest import QUICK

FEED = rss("Coast Courier", [Item("Harbour bridge closed", "https://courier.example/1")])


async def test_a_document_comes_with_what_is_needed_to_ask_again(
    room: Newsroom, fetcher: Fetcher
) -> None:
    url = room.put(
        "/feed.xml",
        FEED,
        "application/rss+xml",
        etag='W/"a,b"',
        headers={"Cache-Control": "public, max-age=600", "Age": "60"},
    )
    answer = await fetcher.get(url)
    assert answer.content == FEED
    assert (answer.status, answer.final_url, answer.moved_to) == (200, url, None)
    assert answer.etag == 'W/"a,b"'
    assert answer.last_modified == "Tue, 05 May 2026 07:00:00 GMT"
    assert answer.max_age == 540
    assert not answer.not_modified


async def test_polite_01_validators_go_back_byte_for_byte_and_a_304_has_no_body(
    room: Newsroom, fetcher: Fetcher
) -> None:
    url = room.put("/feed.xml", FEED, etag='W/"odd \\ tag"')
    first = await fetcher.get(url)
    again = await fetcher.get(url, etag=first.etag, last_modified=first.last_modified)
    assert again.not_modified
    assert again.content == b""
    assert room.last("/feed.xml").headers["if-none-match"] == 'W/"odd \\ tag"'
    assert room.last("/feed.xml").headers["if-modified-since"] == first.last_modified


async def test_polite_02_no_validator_is_made_up(room: Newsroom, fetcher: Fetcher) -> None:
    url = room.put("/feed.xml", FEED, etag=None, last_modified=None)
    answer = await fetcher.get(url)
    assert (answer.etag, answer.last_modified) == (None, None)
    asked = room.last("/feed.xml").headers
    assert "if-none-match" not in asked
    assert "if-modified-since" not in asked


async def test_polite_03_validators_are_never_sent_to_another_address(
    room: Newsroom, fetcher: Fetcher
) -> None:
    room.put("/new.xml", FEED, etag='"1"')
    answer = await fetcher.get(room.redirect("/old.xml", "/new.xml"), etag='"1"')
    assert answer.status == 200
    assert "if-none-match" not in room.last("/new.xml").headers


async def test_a_304_that_was_not_asked_for_is_an_error(room: Newsroom, fetcher: Fetcher) -> None:
    room.put("/feed.xml", FEED)
    room.fail("/feed.xml", 304)
    with pytest.raises(FetchError, match="304"):
        await fetcher.get(room.url("/feed.xml"))


async def test_polite_15_the_product_says_who_it_is_and_keeps_no_cookies(
    room: Newsroom, fetcher: Fetcher
) -> None:
    url = room.put("/feed.xml", FEED, headers={"Set-Cookie": "visitor=1; Path=/"})
    await fetcher.get(url)
    await fetcher.get(url)
    asked = room.last("/feed.xml").headers
    assert asked["user-agent"].startswith(f"Briefing/{__version__} (+https://")
    assert asked["accept"].startswith("application/atom+xml")
    assert "gzip" in asked["accept-encoding"]
    assert "cookie" not in asked
    assert "referer" not in asked


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [(301, 308, True), (308, 301, True), (301, 302, "half"), (302, 301, False), (307, 307, False)],
)
async def test_polite_09_only_permanent_redirects_move_a_subscription(
    room: Newsroom, fetcher: Fetcher, first: int, second: int, moved: bool | str
) -> None:
    room.put("/c.xml", FEED)
    room.redirect("/b.xml", "/c.xml", second)
    answer = await fetcher.get(room.redirect("/a.xml", "/b.xml", first))
    assert answer.final_url == room.url("/c.xml")
    expected = {True: room.url("/c.xml"), "half": room.url("/b.xml"), False: None}[moved]
    assert answer.moved_to == expected


async def test_polite_10_redirects_end(room: Newsroom, fetcher: Fetcher) -> None:
    for n in range(12):
        room.redirect(f"/{n}", f"/{n + 1}")
    with pytest.raises(FetchError, match="more than 10 redirects"):
        await fetcher.get(room.url("/0"))
    assert len(room.requests) == 11
    room.redirect("/here", "/there")
    room.redirect("/there", "/here")
    with pytest.raises(FetchError, match="circle"):
        await fetcher.get(room.url("/here"))


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://h.example/x", "javascript:x"])
async def test_a_redirect_leaves_the_web_for_nothing(
    room: Newsroom, fetcher: Fetcher, target: str
) -> None:
    with pytest.raises(FetchError, match=r"no web address|cannot be used"):
        await fetcher.get(room.redirect("/feed.xml", target))


@pytest.mark.parametrize("url", ["file:///etc/hostname", "gopher://h.example/", "", "http://", "x"])
async def test_only_web_addresses_are_fetched(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(FetchError) as caught:
        await fetcher.get(url)
    assert "Only http and https" in caught.value.mend


@pytest.mark.parametrize("status", [401, 404, 410, 429, 500, 503])
async def test_a_status_that_is_no_success_is_an_error_that_carries_it(
    room: Newsroom, fetcher: Fetcher, status: int
) -> None:
    room.fail("/feed.xml", status, retry_after=120)
    with pytest.raises(FetchError) as caught:
        await fetcher.get(room.url("/feed.xml"))
    assert caught.value.status == status
    assert caught.value.retry_after == 120
    assert str(status) in str(caught.value)
    assert not caught.value.offline


async def test_a_fault_passes_and_the_document_is_there_again(
    room: Newsroom, fetcher: Fetcher
) -> None:
    url = room.put("/feed.xml", FEED)
    room.fail("/feed.xml", 503, times=1)
    with pytest.raises(FetchError):
        await fetcher.get(url)
    assert (await fetcher.get(url)).content == FEED


async def test_polite_22_a_body_that_breaks_off_is_an_error(
    room: Newsroom, fetcher: Fetcher
) -> None:
    url = room.put("/feed.xml", FEED)
    room.drop("/feed.xml")
    with pytest.raises(FetchError, match="broke off"):
        await fetcher.get(url)


async def test_polite_24_an_empty_body_is_an_error(room: Newsroom, fetcher: Fetcher) -> None:
    url = room.put("/feed.xml", FEED)
    room.empty("/feed.xml")
    with pytest.raises(FetchError, match="empty document"):
        await fetcher.get(url)


async def test_polite_16_a_compressed_body_is_decoded_and_a_bomb_is_stopped(
    room: Newsroom, fetcher: Fetcher
) -> None:
    url = room.put("/feed.xml", FEED, zipped=True)
    assert (await fetcher.get(url)).content == FEED
    bomb = room.put("/bomb.xml", b"<rss>" + b" " * 30_000_000, zipped=True)
    with pytest.raises(FetchError, match="larger than the limit of 1 MB"):
        await fetcher.get(bomb)
    twice = room.put("/twice", gzip.compress(FEED), headers={"Content-Encoding": "gzip, gzip"})
    with pytest.raises(FetchError, match="more than once"):
        await fetcher.get(twice)
    broken = room.put("/broken", b"no gzip at all", headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="not valid"):
        await fetcher.get(broken)


async def test_pages_have_a_limit_of_their_own_and_are_pages(room: Newsroom) -> None:
    settings = replace(QUICK, max_feed_mb=1, max_page_mb=2)
    big = room.put("/page", b"x" * 1_500_000)
    picture = room.put("/picture", b"GIF89a", "image/gif")
    async with Fetcher(settings) as fetcher:
        assert len((await fetcher.get(big, "page")).content) == 1_500_000
        with pytest.raises(FetchError, match="no page but image/gif"):
            await fetcher.get(picture, "page")
    assert room.last("/page").headers["accept"].startswith("text/html")


async def test_polite_21_a_server_that_does_not_answer_is_dropped(room: Newsroom) -> None:
    url = room.put("/feed.xml", FEED)
    room.hold("/feed.xml")
    async with Fetcher(replace(QUICK, read_timeout=0.1)) as fetcher:
        with pytest.raises(FetchError, match=r"time-out: the answer took longer than 0\.1 s"):
            await fetcher.get(url)


async def test_polite_21_a_server_that_stalls_is_dropped_at_the_total_limit(room: Newsroom) -> None:
    url = room.put("/feed.xml", FEED)
    room.hold("/feed.xml", after=20)
    async with Fetcher(replace(QUICK, total_timeout=0.2)) as fetcher:
        with pytest.raises(FetchError, match="time-out: the whole request"):
            await fetcher.get(url)


async def test_polite_14_at_most_two_requests_are_under_way_to_one_server(room: Newsroom) -> None:
    urls = [room.put(f"/{n}", FEED) for n in range(8)]
    holds = [room.hold(f"/{n}") for n in range(8)]
    async with Fetcher(QUICK) as fetcher:
        work = [asyncio.create_task(fetcher.get(url)) for url in urls]
        await asyncio.to_thread(holds[0].arrived.wait, 5)
        await asyncio.to_thread(holds[1].arrived.wait, 5)
        assert not any(hold.arrived.is_set() for hold in holds[2:])
        for hold in holds:
            hold.release()
        assert {answer.status for answer in await asyncio.gather(*work)} == {200}
    assert room.most_at_once == 2


async def test_polite_14_concurrency_is_bounded_over_all_servers() -> None:
    settings = FetchSettings(concurrency=1, per_host=1, read_timeout=5)
    with Newsroom() as one, Newsroom() as other:
        urls = [one.put("/a", FEED), other.put("/a", FEED)]
        hold = one.hold("/a")
        async with Fetcher(settings) as fetcher:
            first = asyncio.create_task(fetcher.get(urls[0]))
            await asyncio.to_thread(hold.arrived.wait, 5)
            second = asyncio.create_task(fetcher.get(urls[1]))
            await asyncio.wait({second}, timeout=0.05)
            assert not other.requests
            hold.release()
            await asyncio.gather(first, second)


async def test_waiting_for_a_place_is_not_counted_as_time_taken(room: Newsroom) -> None:
    settings = replace(QUICK, per_host=1, total_timeout=0.3)
    urls = [room.put(f"/{n}", FEED) for n in range(3)]
    for n in range(2):
        room.hold(f"/{n}")
    async with Fetcher(settings) as fetcher:
        answers = await asyncio.gather(*map(fetcher.get, urls), return_exceptions=True)
    assert [type(a).__name__ for a in answers] == ["FetchError", "FetchError", "Response"]


async def test_polite_33_failures_to_connect_are_told_apart(
    fetcher: Fetcher, room: Newsroom
) -> None:
    with pytest.raises(FetchError, match="refused the connection"):
        await fetcher.get(room.refused_url())
    with pytest.raises(
        FetchError, match=r"name nowhere\.invalid cannot be found \(DNS\)"
    ) as caught:
        await fetcher.get("http://nowhere.invalid/feed.xml")
    # Without a connection no name is found: the address need not be wrong.
    assert caught.value.mend == "Check the address, and the connection"
    with pytest.raises(FetchError, match="no secure connection"):
        await fetcher.get(room.url("/feed.xml").replace("http:", "https:"))


async def test_polite_33_a_broken_idna_label_is_a_failure_to_fetch(
    fetcher: Fetcher, room: Newsroom
) -> None:
    own = FeedSettings(username="ada", password_command=(sys.executable, "-c", "print('x')"))
    for host in ("xn--a.invalid", "xn--0.invalid", "xn--zzzzzz.invalid:8080"):
        with pytest.raises(FetchError):
            await fetcher.get(f"https://{host}/feed.xml")
        with pytest.raises(FetchError):
            await fetcher.get(f"https://{host}/feed.xml", own=own)
        with pytest.raises(FetchError):
            await fetcher.get(room.redirect(f"/{host}", f"http://{host}/feed.xml"))


async def test_a_password_command_is_told_the_host_as_people_write_it(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{room.host}")
    room.put("http://xn--bcher-kva.example/feed.xml", FEED)
    code = "import sys; print(ascii(sys.argv[1]))"
    own = FeedSettings(username="ada", password_command=(sys.executable, "-c", code, "{host}"))
    async with Fetcher(QUICK) as fetcher:
        await fetcher.get("http://xn--bcher-kva.example/feed.xml", own=own)
    sent = room.last("http://xn--bcher-kva.example/feed.xml").headers["authorization"]
    assert base64.b64decode(sent.removeprefix("Basic ")) == rb"ada:'b\xfccher.example'"


async def test_polite_33_no_network_is_not_taken_for_a_wrong_name() -> None:
    async with Fetcher(QUICK, online=lambda: False) as fetcher:
        with pytest.raises(FetchError, match="there is no network") as caught:
            await fetcher.get("http://nowhere.invalid/feed.xml")
    assert caught.value.offline
    assert "connection" in caught.value.mend


async def test_polite_28_a_password_in_an_address_is_sent_but_never_shown(
    room: Newsroom, fetcher: Fetcher
) -> None:
    room.fail("/feed.xml", 500)
    with pytest.raises(FetchError) as caught:
        await fetcher.get(f"http://ada:s3cret@{room.host}/feed.xml")
    assert "s3cret" not in str(caught.value)
    assert room.last("/feed.xml").headers["authorization"].startswith("Basic ")


async def test_polite_30_a_fragment_is_never_sent(room: Newsroom, fetcher: Fetcher) -> None:
    url = room.put("/feed.xml", FEED)
    assert (await fetcher.get(url + "#top")).status == 200
    assert room.count("/feed.xml") == 1


async def test_polite_29_a_proxy_of_the_environment_is_honoured(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A proxy is asked with the whole address in the request line.
    monkeypatch.setenv("HTTP_PROXY", f"http://{room.host}")
    room.put("http://courier.example/feed.xml", FEED)
    async with Fetcher(QUICK) as fetcher:
        assert (await fetcher.get("http://courier.example/feed.xml")).content == FEED
