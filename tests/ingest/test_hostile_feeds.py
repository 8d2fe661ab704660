"""Feeds that are wrong about identifiers and links: nothing is lost, nothing unsafe comes out."""

import json

import pytest

from briefing.ingest import ParsedFeed, entry_text, parse_feed
from briefing.model import Entry

URL = "https://courier.example/news/feed.xml"
UNSAFE = (
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/hostname",
    "ftp://o.example/x",
    "blob:https://o.example/x",
    "view-source:https://o.example/",
    "about:blank",
    "mailto:a@o.example",
    "unknown:x",
    "http://[",
)


def rss_of(*items: str, attributes: str = "") -> ParsedFeed:
    body = "".join(f"<item>{item}</item>" for item in items)
    raw = f"<rss version='2.0' {attributes}><channel><title>T</title>{body}</channel></rss>"
    return parse_feed(raw.encode(), URL)


def atom_of(entry: str, attributes: str = "") -> Entry:
    raw = (
        f"<feed xmlns='http://www.w3.org/2005/Atom' {attributes}><title>T</title>"
        f"<entry><id>urn:1</id><title>t</title>{entry}</entry></feed>"
    )
    return parse_feed(raw.encode(), URL).entries[0]


def guids(feed: ParsedFeed) -> list[str]:
    return [entry.guid for entry in feed.entries]


# ── Identifiers ──────────────────────────────────────────────────────────────────────────────


def test_hostile_12_one_id_for_all_entries_loses_none_of_them() -> None:
    items = [f"<guid>same</guid><title>Item {n}</title><link>/{n}</link>" for n in range(5)]
    feed = rss_of(*items)
    assert guids(feed) == [f"https://courier.example/{n}" for n in range(5)]
    assert guids(rss_of(*items)) == guids(feed)  # and at the next fetch they are the same


def test_hostile_12_one_id_or_link_for_all_and_no_page_is_told_by_the_words() -> None:
    for same in ("<guid>urn:same</guid>", "<link>https://courier.example/</link>"):
        items = [f"{same}<title>Item {n}</title>" for n in range(5)]
        feed = rss_of(*items)
        assert len(set(guids(feed))) == 5
        assert guids(rss_of(*reversed(items))) == guids(feed)[::-1]


def test_hostile_12_one_id_for_all_of_a_json_feed_loses_none() -> None:
    items = [{"id": 1, "title": f"Item {n}", "url": f"/{n}"} for n in range(5)]
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items}
    assert len(set(guids(parse_feed(json.dumps(document).encode(), URL)))) == 5


@pytest.mark.parametrize(
    "second",
    [
        "<guid>urn:1</guid><title>Bridge closed</title><link>/harbour/bridge</link>",
        "<guid>urn:1</guid><title>Bridge closed for weeks</title><link>/bridge?utm_source=x</link>",
        "<guid>urn:1</guid><title>Bridge closed</title>",
    ],
)
def test_hostile_12_an_article_that_stands_in_a_feed_twice_keeps_its_id(second: str) -> None:
    first = "<guid>urn:1</guid><title>Bridge closed</title><link>/bridge</link>"
    assert guids(rss_of(first, second)) == ["urn:1", "urn:1"]


def test_hostile_12_an_id_of_10_kb_is_short_and_still_tells_entries_apart() -> None:
    long = "x" * 10_000
    one, other = guids(rss_of(f"<guid>{long}a</guid>", f"<guid>{long}b</guid>"))
    assert one != other
    assert len(one) < 100


# ── Links ────────────────────────────────────────────────────────────────────────────────────


def test_hostile_13_the_base_of_a_document_and_of_an_element_is_heeded() -> None:
    base = "xml:base='https://base.example/dir/'"
    link = "<link href='one'/>"
    content = "<content type='html'>&lt;a href='two'>the words&lt;/a></content>"
    entry = atom_of(link + content, base)
    assert entry.url == "https://base.example/dir/one"
    assert [i.url for i in entry_text(entry)[1]] == ["https://base.example/dir/two"]
    inner = content.replace("'html'", "'html' xml:base='https://inner.example/x/'")
    entry = atom_of(link + inner, base)
    assert [i.url for i in entry_text(entry)[1]] == ["https://inner.example/x/two"]
    (entry,) = rss_of("<title>t</title><link>one</link>", attributes=base).entries
    assert entry.url == "https://base.example/dir/one"


@pytest.mark.parametrize("base", ["javascript:alert(1)", "data:,", "http://[", "//", ""])
def test_hostile_13_a_base_that_is_none_is_as_if_it_were_not_there(base: str) -> None:
    entry = atom_of("<link href='one'/>", f"xml:base='{base}'")
    assert entry.url is None or entry.url.startswith("https://courier.example/")


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/x", "https://courier.example/x"),
        ("../x", "https://courier.example/x"),
        ("//o.example/x", "https://o.example/x"),
        ("?q=1", "https://courier.example/news/feed.xml?q=1"),
    ],
)
def test_hostile_13_relative_links_are_resolved(link: str, address: str) -> None:
    words = f"&lt;a href='{link}'>the words&lt;/a>"
    (entry,) = rss_of(
        f"<title>t</title><link>{link}</link><description>{words}</description>"
    ).entries
    assert entry.url == address
    assert [i.url for i in entry_text(entry)[1]] == [address]


@pytest.mark.parametrize("link", UNSAFE)
def test_hostile_13_a_link_that_is_not_of_the_web_is_none_and_its_words_stay(link: str) -> None:
    words = f"&lt;a href='{link}'>the words&lt;/a>"
    (entry,) = rss_of(
        f"<title>t</title><link>{link}</link><description>{words}</description>"
    ).entries
    assert entry.url is None
    assert entry_text(entry) == ("the words", ())


def test_hostile_05_a_title_of_a_megabyte_is_cut_with_an_ellipsis() -> None:
    long = "Harbour " * 130_000
    (entry,) = rss_of(f"<title>{long}</title><link>/harbour</link>").entries
    assert len(entry.title) <= 1_000
    assert entry.title.endswith("Harbour…")
    document = {"version": "https://jsonfeed.org/version/1.1", "title": long, "items": []}
    assert parse_feed(json.dumps(document).encode(), URL).title.endswith("…")


@pytest.mark.parametrize("title", ["", "  \n ", "\u00ad\u200b\u2060", "\x00\u202e"])
def test_hostile_05_a_title_of_nothing_gets_a_stand_in(title: str) -> None:
    raw = {"id": 1, "title": title, "content_text": "The quay is shut.", "url": "/quay"}
    document = {"version": "https://jsonfeed.org/version/1.1", "items": [raw]}
    (entry,) = parse_feed(json.dumps(document).encode(), URL).entries
    assert entry.title == "The quay is shut."
