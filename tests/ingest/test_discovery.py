"""Discovery promises: the feeds a page names, made absolute, each once; never an error."""

from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import FeedCandidate, discover
from tests.fake_web import article_page

URL = "https://courier.example/coast/"


def test_the_feeds_that_a_page_names_are_found_in_its_order() -> None:
    page = b"""<html><head><base href="/base/">
    <link rel="alternate" type="application/rss+xml" title="News &amp; more" href="feed.xml">
    <link rel="ALTERNATE home" type="Application/Atom+XML; charset=utf-8" href="//a.example/atom">
    <link rel="alternate" type="application/feed+json" href="https://courier.example/feed.json">
    <link rel="alternate" type="application/rss+xml" href="feed.xml">
    <link rel="alternate" hreflang="de" href="/de/"><link rel="stylesheet" href="/x.css">
    <link rel="alternate" type="application/json" href="/wp-json/oembed/feed">
    <link rel="alternate" type="application/rss+xml" href="javascript:x">
    </head><body>"""
    assert discover(page, URL) == (
        FeedCandidate("https://courier.example/base/feed.xml", "News & more", "rss"),
        FeedCandidate("https://a.example/atom", "", "atom"),
        FeedCandidate("https://courier.example/feed.json", "", "json"),
    )


def test_an_article_page_of_ours_names_its_feed() -> None:
    (found,) = discover(article_page("Bridge closed", ["Text."]).encode(), URL)
    assert found == FeedCandidate("https://courier.example/feed.xml", "Coast Courier", "rss")


@given(st.binary(max_size=200))
def test_whatever_comes_in_is_never_an_error(raw: bytes) -> None:
    link = b"<link rel=alternate type=application/rss+xml href="
    for content, url in ((raw, URL), (link + raw, URL), (link + raw, "http://[")):
        addresses = [candidate.url for candidate in discover(content, url)]
        assert len(set(addresses)) == len(addresses)
        assert all(address.startswith(("http://", "https://")) for address in addresses)
