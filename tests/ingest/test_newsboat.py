"""newsboat's urls file is known by its content; what it has and we have not is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.ingest import parse_subscriptions
from briefing.model import BriefingError, ParseError
from briefing.text import clean_line

URLS = r"""
# my feeds
https://coast.example/feed.xml News "North coast" "~Coast Courier"
"https://hour.example/feed?a=1&b=2" "~The \"Hour\"" !
https://plain.example/feed   # nothing more to say
feed://old.example/rss  ports
https://coast.example/feed.xml again
"query:Unread:unread = \"yes\""
exec:~/bin/make-feed.sh tools
"filter:~/bin/clean.py:https://odd.example/feed" tools
file:///home/me/local.xml
gopher://hole.example/feed
"""


def test_feeds_come_with_their_titles_and_tags() -> None:
    report = parse_subscriptions(URLS.encode(), "urls")
    assert [(f.url, f.title, f.category, f.attributes) for f in report.feeds] == [
        (
            "https://coast.example/feed.xml",
            "Coast Courier",
            "News",
            (("category", "News,North coast"),),
        ),
        ("https://hour.example/feed?a=1&b=2", 'The "Hour"', "", ()),
        ("https://plain.example/feed", "", "", ()),
        ("http://old.example/rss", "", "ports", ()),
    ]
    assert report.repeated == 1


def test_what_is_not_taken_over_is_named_with_its_reason() -> None:
    report = parse_subscriptions(URLS.encode(), "urls")
    assert [(label.split(":")[0], reason.split(",")[0]) for label, reason in report.unusable] == [
        ("query", "it is a query over other feeds"),
        ("exec", "it runs a program"),
        ("filter", "it runs a program on a feed"),
        ("file", "it is a file of this machine"),
        ("gopher", "its address is no web address"),
    ]
    assert report.notes == (
        ('The "Hour"', "it is hidden in newsboat; here it is shown as every feed"),
    )


def test_a_password_in_an_address_is_not_told() -> None:
    text = "https://me:secret@coast.example/f !\nftp://me:secret@coast.example/f\n"
    report = parse_subscriptions(text.encode(), "urls")
    assert report.feeds[0].url == "https://me:secret@coast.example/f"
    assert "secret" not in str((report.unusable, report.notes))


def test_a_file_of_queries_alone_is_known_too() -> None:
    assert len(parse_subscriptions(b'"query:All:unread = \\"yes\\""', "urls").unusable) == 1


@pytest.mark.parametrize("text", ["Dear all, see https://c.example/", "# only a note", "<html>"])
def test_what_is_neither_list_is_an_error(text: str) -> None:
    with pytest.raises(ParseError):
        parse_subscriptions(text.encode(), "urls")


def test_opml_is_known_by_its_content_as_well() -> None:
    text = '<opml><body><outline xmlUrl="https://coast.example/f"/></body></opml>'
    assert len(parse_subscriptions(text.encode(), "urls").feeds) == 1


WORDS = st.sampled_from(
    [
        "https://coast.example/f",
        '"',
        "\\",
        "#",
        "~",
        "!",
        " ",
        "\n",
        "query:",
        "exec:x",
        "\x00",
        "tag",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS | st.text(max_size=4), max_size=20).map("".join))
def test_whatever_stands_there_is_a_report_or_an_error_of_ours(text: str) -> None:
    try:
        content = f"https://first.example/f\n{text}".encode("utf-8", "replace")
        report = parse_subscriptions(content, "urls")
    except BriefingError:
        return
    for feed in report.feeds:
        assert feed.url.startswith("http")
        assert feed.category == clean_line(feed.category)
