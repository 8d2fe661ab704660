"""Enclosures promise: every one is kept, and is the entry's address where it has no other."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.ingest import parse_feed
from briefing.ingest.enclosures import attachments_of, enclosures_of, seconds_of
from briefing.ingest.fulltext import needs_page
from briefing.model import Enclosure, Entry

URL = "https://hour.example/feed.xml"
NAMES = (
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
    " xmlns:media='http://search.yahoo.com/mrss/'"
)


def entry_of(item: str) -> Entry:
    """The one entry of an RSS feed."""
    raw = f"<rss version='2.0' {NAMES}><channel><title>T</title><item>{item}</item></channel></rss>"
    return parse_feed(raw.encode(), URL).entries[0]


def atom_entry_of(item: str) -> Entry:
    """The one entry of an Atom feed."""
    raw = (
        f"<feed xmlns='http://www.w3.org/2005/Atom' {NAMES}><title>T</title>"
        f"<entry><title>E</title>{item}</entry></feed>"
    )
    return parse_feed(raw.encode(), URL).entries[0]


def json_entry_of(item: dict[str, object]) -> Entry:
    """The one entry of a JSON Feed."""
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]}
    return parse_feed(json.dumps(document).encode(), URL, "application/feed+json").entries[0]


EPISODE = "<enclosure url='/ep/41.mp3?a=1&amp;b=2' length='2000' type='audio/mpeg'/>"


def test_an_entry_without_a_page_has_the_address_of_what_it_encloses() -> None:
    entry = entry_of(f"<title>Clocks</title><guid isPermaLink='false'>41</guid>{EPISODE}")
    assert entry.url == "https://hour.example/ep/41.mp3?a=1&b=2"
    assert entry.guid == "41"
    assert not needs_page(entry, "a few words")  # it is no page, and never fetched as one


def test_an_entry_with_a_page_keeps_it() -> None:
    entry = entry_of(f"<title>Clocks</title><link>https://hour.example/41</link>{EPISODE}")
    assert entry.url == "https://hour.example/41"
    assert needs_page(entry, "a few words")


def test_the_front_page_that_all_episodes_name_is_not_their_page() -> None:
    entry = entry_of(f"<title>Clocks</title><link>https://hour.example/</link>{EPISODE}")
    assert entry.url == "https://hour.example/ep/41.mp3?a=1&b=2"
    pictured = "<enclosure url='/41.jpg' type='image/jpeg'/>"
    entry = entry_of(f"<title>Clocks</title><link>https://hour.example/</link>{pictured}")
    assert entry.url == "https://hour.example/"
    assert entry_of(f"<title>Clocks</title>{pictured}{EPISODE}").url == (
        "https://hour.example/ep/41.mp3?a=1&b=2"
    )


def test_a_permalink_comes_before_the_enclosure() -> None:
    entry = entry_of(f"<title>Clocks</title><guid>https://hour.example/41</guid>{EPISODE}")
    assert entry.url == "https://hour.example/41"


@pytest.mark.parametrize(
    ("given_time", "seconds"),
    [("1665", 1665), ("27:45", 1665), ("01:02:03", 3723), ("0", None), ("long", None), ("", None),
     ("90.5", 90), ("125:00", 7500), ("00:00:00", None), ("-5", None), ("1e99", None)],
)  # fmt: skip
def test_the_duration_of_a_podcast_is_in_seconds(given_time: str, seconds: int | None) -> None:
    entry = entry_of(f"<title>C</title>{EPISODE}<itunes:duration>{given_time}</itunes:duration>")
    assert [(e.media_type, e.length, e.duration) for e in entry.enclosures] == [
        ("audio/mpeg", 2000, seconds)
    ]


def test_every_enclosure_is_kept_in_order_and_once() -> None:
    entry = entry_of(
        "<title>C</title><enclosure url='/a.mp3' type='audio/mpeg'/>"
        "<enclosure url='/a.mp3' length='7'/><enclosure url='/b.pdf'/>"
        "<enclosure url='javascript:alert(1)'/><enclosure/>"
    )
    assert entry.enclosures == (
        Enclosure("https://hour.example/a.mp3", "audio/mpeg", 7),
        Enclosure("https://hour.example/b.pdf", "application/pdf"),
    )


def test_atom_encloses_by_link() -> None:
    entry = atom_entry_of(
        "<id>urn:1</id><link rel='enclosure' href='/v.mp4' type='video/mp4' length='3000000'/>"
        "<link rel='replies' href='/thread'/>"
    )
    assert entry.enclosures == (Enclosure("https://hour.example/v.mp4", "video/mp4", 3_000_000),)
    assert entry.url == "https://hour.example/v.mp4"


def test_media_rss_gives_sound_and_pictures_that_move() -> None:
    entry = atom_entry_of(
        "<id>urn:1</id><link href='/watch?v=1'/><media:group>"
        "<media:content url='/v/1' medium='video' duration='95' fileSize='4096'/>"
        "<media:content url='/still.jpg' medium='image'/>"
        "<media:content url='/still.png' type='image/png'/></media:group>"
    )
    assert entry.enclosures == (Enclosure("https://hour.example/v/1", "video/*", 4096, 95),)
    assert entry.url == "https://hour.example/watch?v=1"


def test_a_json_feed_attaches() -> None:
    entry = json_entry_of(
        {
            "id": 41,
            "attachments": [
                {
                    "url": "https://hour.example/ep/41.mp3",
                    "mime_type": "audio/mpeg",
                    "title": "The whole hour",
                    "size_in_bytes": 2000,
                    "duration_in_seconds": 1665.4,
                },
                {"url": 7},
                None,
            ],
        }
    )
    assert entry.guid == "41"
    assert entry.url == "https://hour.example/ep/41.mp3"
    assert entry.enclosures == (
        Enclosure("https://hour.example/ep/41.mp3", "audio/mpeg", 2000, 1665),
    )


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        name: ANYTHING | st.just("https://hour.example/a.mp3")
        for name in (
            "url", "href", "rel", "type", "length", "duration", "medium", "filesize",
            "mime_type", "size_in_bytes", "duration_in_seconds",
        )
    },
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(FIELDS | ANYTHING, max_size=4), ANYTHING)
@example([{"url": "https://hour.example/a.mp3", "size_in_bytes": 0.5}], None)
def test_fields_of_any_type_give_enclosures_or_none(values: list[object], length: object) -> None:
    item = {"links": values, "media_content": values, "itunes_duration": length}
    for found in (*enclosures_of(item, URL), *attachments_of({"attachments": values}, URL)):
        assert found.url.startswith("http")
        assert found.length is None or 0 < found.length < 2**53
        assert found.duration is None or 0 < found.duration < 2**53
    assert seconds_of(length) is None or seconds_of(length)
