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
        ("exec", "it runs a program of this machine"),
        ("filter", "it runs a program of this machine"),
        ("file", "it reads a file of this machine"),
        ("gopher", "its address is no web address"),
    ]
    assert report.notes == (
        ('The "Hour"', "it is hidden in newsboat; here it is shown as every feed"),
    )


def test_programs_and_files_are_taken_from_a_file_of_the_users_own_and_said() -> None:
    report = parse_subscriptions(URLS.encode(), "urls", own=True)
    assert [(f.url, f.category) for f in report.feeds[4:]] == [
        ("exec:~/bin/make-feed.sh", "tools"),
        ("filter:~/bin/clean.py:https://odd.example/feed", "tools"),
        ("file:///home/me/local.xml", ""),
    ]
    assert report.notes[1:] == (
        ("exec:~/bin/make-feed.sh", "from now on its refresh runs the program ~/bin/make-feed.sh"),
        (
            "filter:~/bin/clean.py:https://odd.example/feed",
            "from now on its refresh runs the program ~/bin/clean.py",
        ),
    )
    assert [label.split(":")[0] for label, _ in report.unusable] == ["query", "gopher"]


def test_quotes_within_a_quoted_command_are_kept_and_what_only_a_shell_reads_is_named() -> None:
    text = r"""
"exec:~/bin/tides \"Nether Holm\" --days 3" "~Tides"
"exec:curl -s https://coast.example/f | sed s/a/b/"
"exec:~/bin/tides 'Nether Holm"
"""
    report = parse_subscriptions(text.encode(), "urls", own=True)
    assert [(f.url, f.title) for f in report.feeds] == [
        ('exec:~/bin/tides "Nether Holm" --days 3', "Tides")
    ]
    shell, quotes = (reason for _, reason in report.unusable)
    assert "'|' is for a shell" in shell
    assert "exec:sh -c" in shell
    assert "No closing quotation" in quotes


def test_hostile_17_opml_brings_no_program_and_no_file_even_where_it_is_the_users_own() -> None:
    outlines = "".join(
        f'<outline text="N{n}" xmlUrl="{url}"/>'
        for n, url in enumerate(("exec:rm -r /", "filter:rm:https://a.example/", "file:///etc/x"))
    )
    content = f"<opml><body>{outlines}</body></opml>".encode()
    report = parse_subscriptions(content, "feeds.opml", own=True)
    assert report.feeds == ()
    assert [reason.partition(", and")[0] for _, reason in report.unusable] == [
        "its address exec:rm -r / runs a program of this machine",
        "its address filter:rm:https://a.example/ runs a program of this machine",
        "its address file:///etc/x reads a file of this machine",
    ]
    assert all("briefing feeds add" in reason for _, reason in report.unusable)


def test_a_password_in_an_address_is_not_told() -> None:
    text = (
        "https://me:secret@coast.example/f !\nftp://me:secret@coast.example/f\n"
        "filter:clean:https://me:secret@coast.example/f\n"
    )
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
        for own in (True, False):
            report = parse_subscriptions(content, "urls", own=own)
    except BriefingError:
        return
    for feed in report.feeds:
        assert feed.url.startswith("http")
        assert feed.category == clean_line(feed.category)
