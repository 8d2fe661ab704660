"""Feeds served as something else, and odd lists of feeds: read where they can be."""

import json
from typing import Any

import pytest

from briefing.ingest import parse_feed, parse_opml
from briefing.model import BriefingError
from tests.feed_builders import Item, atom, json_feed, rss

URL = "https://courier.example/feed"
ITEMS = (
    Item("Bridge closed", "https://courier.example/1", "Cracks found."),
    Item("Ferry late", "https://courier.example/2", "Fog again."),
)
MAKERS = {"rss": rss, "atom": atom, "json": json_feed}
TYPES = (
    None,
    "",
    "text/html; charset=utf-8",
    "text/plain",
    "application/json",
    "application/octet-stream",
    "application/feed+json",
    "application/rss+xml",
    "image/png",
    "nonsense; ; charset=",
)


@pytest.mark.parametrize("content_type", TYPES)
@pytest.mark.parametrize("kind", MAKERS)
def test_hostile_15_the_document_says_what_it_is_not_its_header(
    kind: str, content_type: str | None
) -> None:
    feed = parse_feed(MAKERS[kind]("Coast Courier", ITEMS), URL, content_type)
    assert [entry.title for entry in feed.entries] == ["Bridge closed", "Ferry late"]


@pytest.mark.parametrize(
    "junk",
    [
        b"\n\n  ",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\n",
        b"<!-- served by x -->\n",
        b"\x00\x00",
        b"\n<br />\n",
    ],
)
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_hostile_15_junk_before_a_feed_is_passed_over(kind: str, junk: bytes) -> None:
    feed = parse_feed(junk + MAKERS[kind]("Coast Courier", ITEMS), URL)
    assert [entry.title for entry in feed.entries] == ["Bridge closed", "Ferry late"]


@pytest.mark.parametrize("junk", [b"\n\n  ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n\t"])
def test_hostile_15_white_space_before_json_is_passed_over(junk: bytes) -> None:
    assert len(parse_feed(junk + json_feed("Coast Courier", ITEMS), URL).entries) == 2


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_hostile_15_of_two_documents_in_one_body_the_first_is_read(kind: str) -> None:
    one = MAKERS[kind]("Coast Courier", ITEMS)
    two = MAKERS[kind]("Another", (Item("Other news", "https://other.example/1", "Else."),))
    titles = [entry.title for entry in parse_feed(one + b"\n" + two, URL).entries]
    assert titles[:2] == ["Bridge closed", "Ferry late"]


@pytest.mark.parametrize("kind", MAKERS)
def test_hostile_15_a_feed_that_breaks_off_anywhere_is_read_or_refused_in_words(kind: str) -> None:
    whole = MAKERS[kind]("Coast Courier", ITEMS)
    for end in range(1, len(whole), 37):
        try:
            feed = parse_feed(whole[:end], URL)
        except BriefingError as error:
            said = bool(error.what) and error.where == URL
            assert said, end
        else:
            assert len(feed.entries) <= 2


def listed(*outlines: str) -> bytes:
    """An OPML list of these outlines."""
    return f"<opml version='2.0'><head/><body>{''.join(outlines)}</body></opml>".encode()


@pytest.mark.parametrize("name", ["xmlUrl", "xmlurl", "XMLURL", "XmlUrl"])
@pytest.mark.parametrize("tag", ["outline", "OUTLINE", "Outline"])
def test_hostile_17_names_in_any_case_are_read(tag: str, name: str) -> None:
    report = parse_opml(listed(f"<{tag} TEXT='A' {name}='https://a.example/f'/>"), "x")
    assert [(f.title, f.url) for f in report.feeds] == [("A", "https://a.example/f")]


def test_hostile_17_duplicates_are_counted_and_followed_once() -> None:
    outline = "<outline text='A' xmlUrl='https://a.example/f'/>"
    report = parse_opml(listed(outline * 3, f"<outline text='F'>{outline}</outline>"), "x")
    assert (len(report.feeds), report.repeated) == (1, 3)
    assert report.feeds[0].category == "F"


def test_hostile_17_folders_5000_deep_are_read_to_the_end() -> None:
    deep = "<outline text='d'>" * 5000 + "<outline text='A' xmlUrl='https://a.example/f'/>"
    report = parse_opml(listed(deep + "</outline>" * 5000), "x")
    assert [feed.url for feed in report.feeds] == ["https://a.example/f"]
    assert report.feeds[0].category.count("/") <= 5


@pytest.mark.parametrize(
    "junk",
    [
        "<meta http-equiv='refresh' content='0;url=https://evil.example/'>",
        "<script>document.write('<outline xmlUrl=\"https://evil.example/f\"/>')</script>",
        "<!-- <outline xmlUrl='https://evil.example/f'/> -->",
        "<![CDATA[<outline xmlUrl='https://evil.example/f'/>]]>",
    ],
)
def test_hostile_17_what_else_stands_in_a_list_adds_no_feed(junk: str) -> None:
    report = parse_opml(listed(junk, "<outline text='A' xmlUrl='https://a.example/f'/>"), "x")
    assert [feed.url for feed in report.feeds] == ["https://a.example/f"]


def test_hostile_17_entities_of_xml_and_html_are_read_and_an_outside_one_is_not() -> None:
    head = "<!DOCTYPE opml [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
    outline = "<outline text='K&uuml;ste &amp; Meer &f;' xmlUrl='https://a.example/?a=1&amp;b=2'/>"
    (feed,) = parse_opml(head.encode() + listed(outline), "x").feeds
    assert feed.url == "https://a.example/?a=1&b=2"
    assert feed.title.startswith("Küste & Meer")


def test_hostile_17_an_address_missing_empty_or_not_of_the_web_has_its_reason() -> None:
    report = parse_opml(
        listed(
            "<outline text='A' type='rss'/>",
            "<outline text='B' xmlUrl=''/>",
            "<outline text='C' xmlUrl='javascript:alert(1)'/>",
            "<outline text='D' xmlUrl='exec:rm -r /'/>",
            "<outline text='E' xmlUrl='http://['/>",
        ),
        "x",
    )
    assert not report.feeds
    assert [label for label, _ in report.unusable] == ["A", "B", "C", "D", "E"]
    assert all(reason for _, reason in report.unusable)


def test_hostile_16_json_that_is_no_feed_is_a_clear_error() -> None:
    documents: list[Any] = [[], {}, {"items": 7}, {"version": 1, "items": None}, 7]
    for document in documents:
        with pytest.raises(BriefingError):
            parse_feed(json.dumps(document).encode(), URL, "application/json")
