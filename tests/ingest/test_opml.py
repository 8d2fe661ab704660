"""OPML promises: what goes out comes in again; what cannot be used is named."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.ingest import parse_opml, write_opml
from briefing.ingest.opml import is_address
from briefing.model import BriefingError, Feed, ParseError
from briefing.text import clean_line

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Coast"><outline text="Ports">
<outline type="rss" text="Küstenbote" xmlUrl="https://k.example/f" htmlUrl="https://k.example/"/>
</outline></outline>
<outline type="rss" title="Courier" xmlurl="https://c.example/feed?a=1&amp;b=2"/>
<outline type="rss" text="Again" xmlUrl="https://c.example/feed?a=1&amp;b=2"/>
<outline type="rss" text="Lost" htmlUrl="https://l.example/"/>
<outline type="rss" text="Local" xmlUrl="file:///etc/hostname"/>
<outline type="include" text="Others" url="https://o.example/list.opml"/>
</body></opml>"""


def test_feeds_come_with_their_folders_titles_and_sites() -> None:
    report = parse_opml(LIST.encode(), "mine.opml")
    first, second = report.feeds
    assert (first.url, first.title, first.category, first.site_url) == (
        "https://k.example/f",
        "Küstenbote",
        "Coast / Ports",
        "https://k.example/",
    )
    assert (second.url, second.title, second.category) == (
        "https://c.example/feed?a=1&b=2",
        "Courier",
        "",
    )


def test_hostile_17_what_cannot_be_used_is_named_with_its_reason() -> None:
    unusable = dict(parse_opml(LIST.encode(), "mine.opml").unusable)
    assert unusable.keys() == {"Lost", "Local", "Others"}
    assert "no address" in unusable["Lost"]
    assert "file:///etc/hostname" in unusable["Local"]
    assert "another list" in unusable["Others"]


def test_a_list_of_lists_is_named_and_not_taken_for_a_feed() -> None:
    raw = b'<opml><outline type="source" text="Others" xmlUrl="https://o.example/l.opml"/></opml>'
    report = parse_opml(raw, "x")
    assert not report.feeds
    assert "another list" in dict(report.unusable)["Others"]


@pytest.mark.parametrize(
    ("outlines", "category"),
    [
        ('<outline text="A" category="/b/c,d/e" xmlUrl="https://c.example/"/>', "d / e"),
        (
            '<outline text="A"><outline text="B" category="d" xmlUrl="https://c.example/"/>',
            "A",
        ),
        (
            (
                '<outline text="A"><outline text="x" xmlUrl="https://c.example/"/></outline>'
                '<outline title="B"><outline text="x" xmlUrl="https://c.example/"/></outline>'
            ),
            "B",
        ),
        (
            (
                '<outline text="A" xmlUrl="https://a.example/">'
                '<outline text="x" xmlUrl="https://c.example/"/></outline>'
            ),
            "",
        ),
        (
            "".join(f'<outline text="{n}">' for n in range(9)) + "<outline/>",
            "0 / 1 / 2 / 3 / 4 / 5",
        ),
    ],
    ids=["of its own", "a folder first", "the last of two", "a feed is no folder", "six levels"],
)
def test_the_category_is_the_folder_a_feed_stands_in(outlines: str, category: str) -> None:
    raw = outlines.replace("<outline/>", '<outline text="x" xmlUrl="https://c.example/"/>')
    feeds = parse_opml(f"<opml><body>{raw}</body></opml>".encode(), "x").feeds
    assert {feed.url: feed.category for feed in feeds}["https://c.example/"] == category


def test_names_may_have_the_prefix_of_a_namespace() -> None:
    raw = (
        b'<o:opml xmlns:o="http://opml.org/spec2"><o:body><o:outline text="Ports">'
        b'<o:outline text="x" xmlUrl="https://c.example/"/></o:outline></o:body></o:opml><!--<opml-->'
    )
    assert [feed.category for feed in parse_opml(raw, "x").feeds] == ["Ports"]


def test_encodings_are_read_right() -> None:
    for name in ("utf-16", "iso-8859-1", "utf-8-sig"):
        raw = LIST.replace("UTF-8", name.removesuffix("-sig")).encode(name)
        assert parse_opml(raw, "x").feeds[0].title == "Küstenbote", name


def test_hostile_17_a_list_that_breaks_off_gives_the_feeds_before_the_break() -> None:
    report = parse_opml(LIST[: LIST.index('<outline type="rss" text="Again')].encode(), "x")
    assert len(report.feeds) == 2


@pytest.mark.parametrize("raw", [b"", b"words", b"<html><body>x</body></html>", b"<rss/>", b"{}"])
def test_hostile_17_what_is_no_list_is_an_error_that_names_the_file(raw: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        parse_opml(raw, "mine.opml")
    assert caught.value.where == "mine.opml"
    assert caught.value.mend


def test_hostile_17_an_entity_bomb_stays_words() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE opml [<!ENTITY l0 "lol">{levels}]>'
    raw = f'{bomb}<opml><body><outline text="&l11;" xmlUrl="https://c.example/"/></body></opml>'
    assert len(parse_opml(raw.encode(), "x").feeds[0].title) < 100


def test_hostile_17_ten_thousand_feeds_are_read() -> None:
    rows = "".join(f'<outline text="{n}" xmlUrl="https://c.example/{n}"/>' for n in range(10_000))
    assert len(parse_opml(f"<opml><body>{rows}</body></opml>".encode(), "x").feeds) == 10_000


@pytest.mark.parametrize(
    "title",
    [
        "",
        "   ",
        "https://c.example/feed.xml",
        "http://C.example/feed.xml/",
        "c.example/feed.xml",
        "feed:https://c.example/feed.xml",
    ],
)
def test_a_title_that_is_only_the_address_is_none(title: str) -> None:
    text = (
        f'<opml><body><outline text="{title}" xmlUrl="https://c.example/feed.xml"/></body></opml>'
    )
    assert parse_opml(text.encode(), "x").feeds[0].title == ""


def test_an_outline_has_its_title_where_its_text_is_the_address() -> None:
    text = (
        '<opml><body><outline text="https://c.example/f" title="Courier"'
        ' xmlUrl="https://c.example/f"/></body></opml>'
    )
    assert parse_opml(text.encode(), "x").feeds[0].title == "Courier"


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), max_size=5), TEXT)
def test_what_goes_out_comes_in_again(rows: list[tuple[str, str]], title: str) -> None:
    feeds = [
        Feed(str(n), f"https://c.example/{n}?a&b=\"'", name, "https://c.example/", category)
        for n, (name, category) in enumerate(rows)
    ]
    report = parse_opml(write_opml(feeds, title).encode(), "x")
    assert not report.unusable
    came = {feed.url: feed for feed in report.feeds}
    assert len(came) == len(feeds)
    for feed in feeds:
        again = came[feed.url.replace(" ", "%20")]
        shown = clean_line(feed.display_name)
        if not clean_line(feed.title or "") or is_address(clean_line(feed.title or ""), feed.url):
            assert again.title == ""
        elif shown.isprintable() and shown:
            assert again.title == shown
        assert again.site_url == feed.site_url


PIECES = st.sampled_from(
    ["<opml>", "<body>", "<outline ", "text='a' ", "xmlUrl='https://c.example/' ", "/>", ">",
     "</outline>", "type=rss ", "<!DOCTYPE x [", "&#0;", "\x00", "<!--", "xmlUrl='http://[' "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
def test_whatever_comes_in_is_a_report_or_an_error_of_ours(text: str) -> None:
    try:
        report = parse_opml(("<opml>" + text).encode("utf-8", "replace"), "x")
    except BriefingError:
        return
    for feed in report.feeds:
        assert feed.url.startswith(("http://", "https://"))
        assert feed.title == clean_line(feed.title)


@pytest.mark.corpora
def test_real_lists_are_read_whole(shared: Path) -> None:
    for path in sorted((shared / "data/opml/countries/with_category").glob("*.opml")):
        raw = path.read_bytes()
        report = parse_opml(raw, path.name)
        assert report.feeds, path.name
        assert len(report.feeds) >= 0.9 * raw.count(b"xmlUrl"), path.name
        assert not report.unusable, path.name


def test_what_else_an_outline_says_comes_out_again_in_its_own_spelling() -> None:
    text = (
        '<opml version="2.0" xmlns:fz="urn:example:fz"><body>'
        '<outline text="Courier" xmlUrl="https://c.example/f" description="Ports &amp; ferries"'
        ' type="atom" isBreakpoint="false" fz:maxArticles="20" lost:one="x" category="/a/b,c"/>'
        "</body></opml>"
    )
    (feed,) = parse_opml(text.encode(), "x").feeds
    assert dict(feed.attributes) == {
        "description": "Ports & ferries",
        "type": "atom",
        "isBreakpoint": "false",
        "{urn:example:fz}maxArticles": "20",
        "category": "/a/b,c",
    }
    kept = {"1": dict(feed.attributes)}
    out = write_opml([Feed("1", feed.url, feed.title)], "Mine", kept)
    assert 'isBreakpoint="false"' in out
    (again,) = parse_opml(out.encode(), "x").feeds
    assert dict(again.attributes) == {k: v for k, v in feed.attributes if k != "type"}


def test_folders_within_folders_go_out_as_they_came_in() -> None:
    text = (
        '<opml><body><outline text="Coast"><outline text="Ports"><outline text="A"'
        ' xmlUrl="https://a.example/"/></outline><outline text="B" xmlUrl="https://b.example/"/>'
        '</outline><outline text="C" xmlUrl="https://c.example/"/></body></opml>'
    )
    report = parse_opml(text.encode(), "x")
    assert [f.category for f in report.feeds] == ["Coast / Ports", "Coast", ""]
    feeds = [Feed(f.url, f.url, f.title, None, f.category) for f in report.feeds]
    out = write_opml(feeds, "Mine")
    assert out.count('text="Coast"') == out.count('text="Ports"') == 1
    assert [f.category for f in parse_opml(out.encode(), "x").feeds] == [
        "",
        "Coast",
        "Coast / Ports",
    ]


def test_a_feed_of_several_folders_keeps_the_others_as_categories() -> None:
    outline = '<outline text="A" xmlUrl="https://a.example/"/>'
    text = (
        f'<opml><body><outline text="Coast"><outline text="Ports">{outline}</outline></outline>'
        f'<outline text="News">{outline}</outline></body></opml>'
    )
    report = parse_opml(text.encode(), "x")
    (feed,) = report.feeds
    assert (feed.category, dict(feed.attributes)) == ("News", {"category": "/Coast/Ports"})
    assert report.repeated == 1


@settings(max_examples=40, deadline=None)
@given(st.permutations([("b", "x"), ("a", "x"), ("B", "y / z"), ("c", ""), ("a", "y"), ("a", "X")]))
def test_equal_lists_are_written_alike_whatever_order_they_come_in(
    rows: list[tuple[str, str]],
) -> None:
    def listed(order: list[tuple[str, str]]) -> str:
        return write_opml(
            [
                Feed(str(n), f"https://{t}.example/{c}", t, None, c)
                for n, (t, c) in enumerate(order)
            ],
            "Mine",
        )

    assert listed(rows) == listed(sorted(rows))


@pytest.mark.corpora
def test_every_list_of_the_shared_data_is_read_whole(shared: Path) -> None:
    lists = sorted((shared / "data" / "opml").rglob("*.opml"))
    assert len(lists) > 100
    for path in lists:
        content = path.read_bytes()
        report = parse_opml(content, path.name)
        named = {a.strip() for a in re.findall(r'xmlUrl="([^"]*)"', content.decode())}
        usable = {html.unescape(a) for a in named if a.startswith("http")}
        assert {f.url for f in report.feeds} == {a.replace(" ", "%20") for a in usable}, path.name
        feeds = [Feed(f.url, f.url, f.title or None, f.site_url, f.category) for f in report.feeds]
        out = write_opml(feeds, "x", {f.url: dict(f.attributes) for f in report.feeds})
        again = parse_opml(out.encode(), "x")
        assert sorted(again.feeds, key=str) == sorted(report.feeds, key=str), path.name
        assert (
            write_opml(reversed(feeds), "x", {f.url: dict(f.attributes) for f in report.feeds})
            == out
        )


def test_hostile_17_marks_of_html_in_a_description_lose_no_feed() -> None:
    text = (
        '<opml><body><outline text="A" description="By <a class="x" href="https://x.example/">X</a>'
        ' and "friends"." xmlUrl="https://a.example/f" type="rss"/>\n'
        '<outline text="B" xmlUrl="https://b.example/f"/></body></opml>'
    )
    report = parse_opml(text.encode(), "x")
    assert [(f.title, f.url) for f in report.feeds] == [
        ("A", "https://a.example/f"),
        ("B", "https://b.example/f"),
    ]
    assert dict(report.feeds[0].attributes)["description"].endswith('</a> and "friends".')
