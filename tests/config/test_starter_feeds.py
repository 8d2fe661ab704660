"""The feeds to start with."""

import tomllib
from importlib.resources import files
from urllib.parse import urlsplit


def test_starter_feeds_are_complete_and_each_is_there_once() -> None:
    text = files("briefing.ui").joinpath("starter_feeds.toml").read_text(encoding="utf-8")
    feeds = tomllib.loads(text)["feed"]
    assert all(feed.keys() == {"topic", "title", "url", "site"} for feed in feeds)
    for address in (a for feed in feeds for a in (feed["url"], feed["site"])):
        parts = urlsplit(address)
        assert parts.scheme == "https"
        assert parts.hostname
    assert len({feed["url"] for feed in feeds}) == len(feeds) >= 40
    assert len({feed["title"] for feed in feeds}) == len(feeds)
    assert len({feed["topic"] for feed in feeds}) == 10
