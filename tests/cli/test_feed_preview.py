"""``feeds add --preview``: what an address would bring; and addresses without a scheme."""

import pytest

from tests.cli.conftest import Run
from tests.fake_web import Item, Newsroom, rss


@pytest.fixture
def feed(room: Newsroom) -> str:
    """The address of a feed with seven entries."""
    items = [Item(f"Tide {number}\x07", f"/{number}") for number in range(7)]
    return room.feed("/tides.xml", rss("Saltmere Tides", items))


def test_a_preview_says_what_a_feed_has_and_stores_nothing(run: Run, feed: str) -> None:
    ran = run("feeds", "add", feed, "--preview")
    assert ran.code == 0
    told = ran.json["feed"]
    assert (told["url"], told["title"], told["entries"]) == (feed, "Saltmere Tides", 7)
    assert [entry["title"] for entry in told["first"]] == [f"Tide {n}" for n in range(5)]
    assert run("feeds", "list", "--format", "json").json["feeds"] == []


def test_a_preview_of_a_site_names_its_feeds(run: Run, room: Newsroom) -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="{0}" href="/{0}.xml">'
    room.put("/", f"<html><head>{link.format('tides')}{link.format('ferries')}</head></html>")
    ran = run("feeds", "add", room.url("/"), "--preview")
    assert ran.code == 1
    assert [feed["title"] for feed in ran.json["feeds"]] == ["tides", "ferries"]


@pytest.mark.parametrize(("path", "code"), [("/none", 3), ("/page", 3)])
def test_a_preview_says_what_is_wrong(run: Run, room: Newsroom, path: str, code: int) -> None:
    room.put("/page", "<p>No feed.</p>")
    ran = run("feeds", "add", room.url(path), "--preview")
    assert ran.code == code
    assert ran.json["error"]["what"]
    assert run("feeds", "add", "not a url", "--preview").code == 2


def test_an_address_without_a_scheme_is_followed_by_http_where_https_does_not_answer(
    run: Run, room: Newsroom, feed: str
) -> None:
    ran = run("feeds", "add", feed.removeprefix("http://"))
    assert ran.code == 0
    assert f"{room.host} does not answer by https" in ran.err + ran.out
    assert run("feeds", "list", "--format", "json").json["feeds"][0]["url"] == feed


def test_no_scheme_is_guessed_where_one_was_typed(run: Run, room: Newsroom, feed: str) -> None:
    ran = run("feeds", "add", feed.replace("http://", "https://"))
    assert ran.code == 3
    assert not room.requests
