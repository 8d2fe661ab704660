"""A picture is asked for once, with the manners of all fetching, and kept for a while."""

import asyncio
from collections.abc import AsyncIterator
from html import escape
from pathlib import Path

import pytest

from briefing.config import FetchSettings
from briefing.ingest.rasters import Raster
from briefing.model import (
    AddressError,
    BriefingError,
    Feed,
    FeedSettings,
    FetchError,
    ParseError,
    Picture,
)
from briefing.refresh.picture_cache import PictureCache
from briefing.refresh.pictures import PictureFetching
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.pictures import picture, pixel_bomb
from tests.refresh.conftest import FERRY, Clock, paragraphs, run


class Pictures:
    """Fetching for the feed of a newsroom, at a time of its own."""

    def __init__(self, room: Newsroom, folder: Path, settings: FetchSettings | None = None) -> None:
        self.time = 0.0
        self.room = room
        self.feed = Feed("1", room.url("/feed.xml"))
        self.fetching = PictureFetching(
            settings or FetchSettings(), folder, clock=lambda: self.time
        )

    async def get(self, path: str) -> Raster:
        return await self.fetching.get(self.room.url(path), self.feed)

    async def fails(self, path: str) -> BriefingError:
        with pytest.raises(BriefingError) as caught:
            await self.get(path)
        return caught.value


@pytest.fixture
async def pictures(room: Newsroom, tmp_path: Path) -> AsyncIterator[Pictures]:
    made = Pictures(room, tmp_path / "cache" / "pictures")
    yield made
    made.fetching.close()


async def test_a_picture_is_fetched_once_without_anything_that_names_the_reader(
    pictures: Pictures, room: Newsroom, tmp_path: Path
) -> None:
    room.put("/a.png", picture("PNG", (300, 200)), "image/png")
    raster = await pictures.get("/a.png")
    assert (raster.width, raster.height, raster.kind) == (300, 200, "PNG")
    assert await pictures.get("/a.png") == raster
    again = PictureFetching(FetchSettings(), tmp_path / "cache" / "pictures")
    assert await again.get(room.url("/a.png"), None) == raster
    assert room.count("/a.png") == 1
    sent = {name.lower() for name in room.last("/a.png").headers}
    assert not sent & {"referer", "cookie", "authorization", "if-none-match"}


@pytest.mark.parametrize(
    ("path", "body", "media", "words"),
    [
        ("/bomb.png", pixel_bomb(), "image/png", "more than 25 million pixels"),
        ("/page", b"<html><body>Log in</body></html>", "image/png", "no PNG, JPEG, GIF or WebP"),
        ("/half.jpg", picture("JPEG", (900, 900))[:400], "image/jpeg", "broken"),
        ("/large.png", b"\x89PNG\r\n\x1a\n" + bytes(5_000_001), "image/png", "limit of 5 MB"),
    ],
    ids=["bomb", "page", "broken", "large"],
)
async def test_what_cannot_be_shown_is_told_in_words_and_not_asked_for_again_at_once(
    pictures: Pictures, room: Newsroom, path: str, body: bytes, media: str, words: str
) -> None:
    room.put(path, body, media)
    first = await pictures.fails(path)
    assert words in first.what
    assert (await pictures.fails(path)).what == first.what
    assert room.count(path) == 1
    pictures.time = 61.0
    await pictures.fails(path)
    assert room.count(path) == 2


async def test_a_picture_called_otherwise_is_known_by_its_bytes(
    pictures: Pictures, room: Newsroom
) -> None:
    room.put("/a", picture("WEBP"), "text/html")
    assert (await pictures.get("/a")).kind == "WEBP"


async def test_a_slow_server_is_given_up(room: Newsroom, tmp_path: Path) -> None:
    pictures = Pictures(room, tmp_path, FetchSettings(read_timeout=0.2, total_timeout=0.5))
    room.put("/slow.png", picture(), "image/png")
    hold = room.hold("/slow.png", after=10)
    error = await pictures.fails("/slow.png")
    hold.release()
    assert isinstance(error, FetchError)
    assert "0.2 s" in error.what or "0.5 s" in error.what


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.7/a.png", "http://169.254.169.254/latest/", "http://printer.local/a.png"],
)
async def test_a_redirect_into_a_private_network_is_not_followed(
    pictures: Pictures, room: Newsroom, target: str
) -> None:
    room.redirect("/moved.png", target)
    assert isinstance(await pictures.fails("/moved.png"), AddressError)


async def test_a_picture_of_this_machine_in_a_public_feed_is_not_asked_for(
    pictures: Pictures, room: Newsroom
) -> None:
    room.put("/a.png", picture(), "image/png")
    for feed in (Feed("1", "https://paper.example/feed"), Feed("1", "exec:/bin/news"), None):
        with pytest.raises(AddressError):
            await pictures.fetching.get(room.url("/a.png"), feed)
        pictures.time += 100.0
    assert room.requests == []


async def test_a_feeds_own_fields_go_to_its_own_server_alone(
    pictures: Pictures, room: Newsroom
) -> None:
    room.put("/a.png", picture(), "image/png")
    settings = FeedSettings(headers=(("X-Key", "secret"),))
    pictures.feed = Feed("1", room.url("/feed.xml"), settings=settings)
    await pictures.get("/a.png")
    assert room.last("/a.png").headers["x-key"] == "secret"
    with Newsroom() as other:
        other.put("/b.png", picture(), "image/png")
        await pictures.fetching.get(other.url("/b.png"), pictures.feed)
        assert "x-key" not in other.last("/b.png").headers


async def test_a_server_that_asks_for_rest_is_left_alone_with_all_its_pictures(
    pictures: Pictures, room: Newsroom
) -> None:
    room.fail("/a.png", 429, retry_after=600)
    room.put("/b.png", picture(), "image/png")
    await pictures.fails("/a.png")
    pictures.time = 599.0
    assert "429" in (await pictures.fails("/b.png")).what
    assert room.count("/b.png") == 0
    pictures.time = 601.0
    assert (await pictures.get("/b.png")).kind == "PNG"


async def test_two_that_ask_at_once_are_one_request(pictures: Pictures, room: Newsroom) -> None:
    room.put("/a.png", picture(), "image/png")
    first, second = await asyncio.gather(pictures.get("/a.png"), pictures.get("/a.png"))
    assert first == second
    assert room.count("/a.png") == 1


def test_a_refresh_keeps_where_pictures_are_and_asks_for_none(
    store: Store, clock: Clock, room: Newsroom
) -> None:
    body = paragraphs(*FERRY) + f"<img src='{room.url('/ferry.jpg')}' alt='The ferry'>"
    room.feed(
        "/feed.xml",
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        "<title>Coast Courier</title><item><title>Ferry stopped</title><guid>a</guid>"
        f'<media:thumbnail url="{room.url("/lead.jpg")}"/>'
        f"<description>{escape(body)}</description></item></channel></rss>",
    )
    store.add_feed(room.url("/feed.xml"))
    run(store, clock)
    (row,) = store.article_rows(limit=9)
    article = store.article(row.id)
    assert article.pictures == (
        Picture(room.url("/lead.jpg")),
        Picture(room.url("/ferry.jpg"), "The ferry", len(article.text)),
    )
    assert article.text == "\n".join(FERRY)
    assert {request.path for request in room.requests} == {"/feed.xml"}


def _raster(size: int) -> Raster:
    return Raster(b"x" * size, 3, 2, "PNG")


def test_the_least_recently_shown_pictures_go_first(tmp_path: Path) -> None:
    import os

    cache = PictureCache(tmp_path, most=2500)
    for n, name in enumerate("abc"):
        cache.put(name, _raster(1000))
        for path in tmp_path.iterdir():
            if path.stat().st_mtime > 1000:  # written just now
                os.utime(path, (n, n))
    assert [cache.get(name) is not None for name in "abc"] == [False, True, True]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 2500


def test_no_picture_is_kept_where_nothing_may_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_READ_ONLY", "1")
    PictureCache(tmp_path / "pictures").put("a", _raster(100))
    assert not list(tmp_path.iterdir())


def test_a_broken_kept_picture_counts_as_none(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    cache.put("a", _raster(100))
    (path,) = tmp_path.iterdir()
    for broken in (b"", b"{}\nxx", b"[1]\nxx", path.read_bytes()[:-5], b"\xff\xfe\n"):
        path.write_bytes(broken)
        assert cache.get("a") is None


def test_no_address_decides_where_a_picture_is_written(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "in")
    for url in ("../../out", "/etc/passwd", "https://x.example/" + "a" * 9000, "\ud800\x00"):
        cache.put(url, _raster(10))
        assert cache.get(url) == _raster(10)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert (tmp_path / "in").stat().st_mode & 0o077 == 0
    assert all(p.stat().st_mode & 0o077 == 0 for p in (tmp_path / "in").iterdir())


def test_a_folder_that_cannot_be_written_only_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = PictureCache(tmp_path / "file" / "pictures")
    cache.put("a", _raster(10))
    assert cache.get("a") is None


def test_parse_errors_come_whole_out_of_the_worker() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(ParseError("what", "where", "mend")))  # noqa: S301
    assert (error.what, error.where, error.mend) == ("what", "where", "mend")
