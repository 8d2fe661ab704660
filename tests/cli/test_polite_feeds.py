"""The checklist of polite fetching at the command line: feeds check, and own settings."""

import pytest

from briefing.ingest import Fetcher
from tests.cli.conftest import Run
from tests.fake_web import Newsroom
from tests.feed_builders import Item, rss

HEAD = (
    '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="https://hub.example/"/>'
    '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://me.example/f"/>'
    "<ttl>90</ttl><skipDays><day>Sunday</day></skipDays>"
)


def a_feed(room: Newsroom) -> str:
    """The address of a feed with a hub."""
    text = rss("Coast Courier", [Item("Bridge closed", "https://courier.example/1")]).decode()
    return room.feed("/feed.xml", text.replace("<channel>", f"<channel>{HEAD}", 1))


def test_polite_26_hub_and_self_are_shown_with_what_was_sent_and_when_it_is_due(
    run: Run, room: Newsroom
) -> None:
    run("feeds", "add", a_feed(room))
    assert "not fetched yet" in run("feeds", "check", "Coast Courier").out
    run("refresh")
    out = run("feeds", "check", "Coast Courier").out
    for line in (
        "hub: https://hub.example/",
        "self: https://me.example/f",
        "ttl: 90 minutes",
        "skipDays: Sunday",
        f"sent: GET {room.url('/feed.xml')}",
        "    User-Agent: Briefing/",
        "came back: HTTP/1.1 200",
        "    ETag: ",
        "UTC (the feed asks so (ttl))",
    ):
        assert line in out
    (feed,) = run("feeds", "check", "--format", "json").json["feeds"]
    assert feed["rhythm"]["hubs"] == ["https://hub.example/"]
    assert feed["exchanges"][0]["sent"]["User-Agent"].startswith("Briefing/")
    assert feed["next_fetch_at"] is not None


def test_polite_26_a_json_feed_has_hubs_too(run: Run, room: Newsroom) -> None:
    body = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Coast Courier", "items": [],'
        ' "feed_url": "https://me.example/f.json",'
        ' "hubs": [{"type": "WebSub", "url": "https://hub.example/"}, 3, {"url": 4}]}'
    )
    run("feeds", "add", room.put("/feed.json", body, "application/feed+json"))
    out = run("feeds", "check", "Coast Courier").out
    assert "hub: https://hub.example/" in out
    assert "self: https://me.example/f.json" in out


def test_polite_12_a_feed_fetched_in_the_last_minute_is_left_alone_and_that_is_said(
    run: Run, room: Newsroom
) -> None:
    run("feeds", "add", a_feed(room))
    run("refresh")
    asked = room.count("/feed.xml")
    assert "Fetched less than a minute ago" in run("refresh", "--feed", "Coast Courier").err
    assert room.count("/feed.xml") == asked


def test_what_is_set_for_a_feed_is_sent_told_and_taken_back(run: Run, room: Newsroom) -> None:
    run("feeds", "add", a_feed(room))
    edit = ("feeds", "edit", "Coast Courier")
    ran = run(
        *edit,
        *("--interval", "6h", "--header", "X-Key: k3y", "--user-agent", "Lighthouse/2"),
        *("--proxy", "none", "--insecure", "--http-ok", "--keep", "90d", "--max-new", "20"),
        *("--username", "ada", "--password-command", "printf 's3cret'"),
    )
    assert ran.code == 0
    assert "fetched every 6 hours; with the header X-Key; as Lighthouse/2" in ran.err
    assert "k3y" not in ran.err
    (feed,) = run("feeds", "list", "--format", "json").json["feeds"]
    assert feed["settings"] == {
        "interval_minutes": 360,
        "headers": ["X-Key"],
        "user_agent": "Lighthouse/2",
        "proxy": "none",
        "insecure": True,
        "http_ok": True,
        "max_new": 20,
        "username": "ada",
        "password_command": True,
        "keep_days": 90,
    }
    out = run("feeds", "check", "Coast Courier").out
    assert room.last("/feed.xml").headers["x-key"] == "k3y"
    assert room.last("/feed.xml").headers["user-agent"] == "Lighthouse/2"
    assert room.last("/feed.xml").headers["authorization"] == "Basic YWRhOnMzY3JldA=="
    assert "k3y" not in out
    assert "YWRhOnMzY3JldA" not in out
    run(
        *edit,
        *("--interval", "auto", "--header", "X-Key:", "--user-agent", "", "--proxy", "default"),
        *("--no-insecure", "--no-http-ok", "--keep", "default", "--max-new", "0"),
        *("--username", "", "--password-command", ""),
    )
    (feed,) = run("feeds", "list", "--format", "json").json["feeds"]
    assert feed["settings"] == {"auto_interval": True}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--interval", "soon"),
        ("--interval", "0m"),
        ("--interval", "99d"),
        ("--header", "no colon"),
        ("--header", "X-A: b\r\nX-C: d"),
        ("--header", "Host: elsewhere.example"),
        ("--header", "Näme: x"),
        ("--user-agent", "a\nb"),
        ("--proxy", "ftp://proxy.example"),
        ("--keep", "2h"),
        ("--max-new", "-3"),
        ("--password-command", "pass 'x"),
    ],
)
def test_what_cannot_be_set_is_named(run: Run, option: str, value: str) -> None:
    ran = run("feeds", "edit", "Coast Courier", f"{option}={value}")
    assert ran.code == 2
    assert option in ran.err


def test_the_interval_of_all_feeds_is_at_least_15_minutes(run: Run, room: Newsroom) -> None:
    from briefing.config import folders

    path = folders().config / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[fetch]\ninterval_minutes = 5\n")
    assert "must be from 15 to 10080" in run("config", "check").err + run("config", "check").out


def test_polite_33_no_network_is_said_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = Fetcher.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "online", lambda: False)
    for number in range(3):
        run("feeds", "add", f"http://outlet-{number}.invalid/feed.xml", "--unchecked")
    ran = run("refresh")
    assert ran.code == 3
    assert ran.err.count("no network") == 1
    assert "nothing new" not in ran.err
    assert "outlet-" not in ran.err


def test_polite_07_a_feed_whose_server_is_left_alone_is_said_to_wait(
    run: Run, room: Newsroom
) -> None:
    run("feeds", "add", a_feed(room))
    room.fail("/feed.xml", 503, retry_after=600)
    run("refresh")
    room.mend("/feed.xml")
    run("feeds", "add", room.feed("/2.xml", rss("Hill Herald", [])), "--unchecked")
    ran = run("refresh", "--manual")
    assert "not asked, its server is left alone for now" in ran.err
    assert room.count("/2.xml") == 0
    assert "its server is left alone until" in run("feeds", "check", room.url("/2.xml")).out
