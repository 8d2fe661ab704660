"""Reading promises: every kind of feed gives the same entries; broken ones give what they can."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.ingest import ParsedFeed, parse_feed
from briefing.model import BriefingError, NotAFeedError, ParseError
from briefing.text import clean_line, strip_controls
from tests.fake_web import MORNING, Item, article_page, atom, json_feed, rss

URL = "https://courier.example/news/feed.xml"
FULL = "<p>The bridge is <b>closed</b>. See <a href='/report'>the report</a>.</p>"
ITEMS = (
    Item(
        "Bridge closed", "https://courier.example/1", "Cracks found.", FULL, author="Mila Torvald"
    ),
    Item("Ferry late", "https://courier.example/2", "Fog again.", guid="urn:2"),
)
MAKERS = {"rss": rss, "atom": atom, "json": json_feed}


def feed_of(entry: str, head: str = "") -> ParsedFeed:
    """The RSS feed with one item made of ``entry``."""
    raw = f"<rss version='2.0'><channel><title>T</title>{head}<item>{entry}</item></channel></rss>"
    return parse_feed(raw.encode(), URL)


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_of_feed_gives_the_same(kind: str) -> None:
    feed = parse_feed(MAKERS[kind]("Coast Courier", ITEMS), URL)
    assert (feed.title, feed.site_url) == ("Coast Courier", "https://courier.example/")
    assert not feed.notes
    first, second = feed.entries
    assert (first.title, first.url) == ("Bridge closed", "https://courier.example/1")
    assert (first.guid, second.guid) == ("https://courier.example/1", "urn:2")
    assert first.author == "Mila Torvald"
    assert first.published == MORNING
    assert first.published.tzinfo is UTC
    assert "closed" in first.content_html
    assert first.summary_html == "Cracks found."
    assert "Fog again." in second.summary_html + second.content_html


def test_the_language_is_that_of_the_feed() -> None:
    assert feed_of("", "<language>pt-BR</language>").language == "pt"
    assert feed_of("", "<language>nonsense words</language>").language is None


def test_rdf_is_read_with_its_dublin_core_dates() -> None:
    raw = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://o.example/"><title>Old</title><link>https://o.example/</link>
      </channel><item rdf:about="https://o.example/1"><title>One</title>
      <link>https://o.example/1</link><dc:date>2026-05-05T09:00:00+02:00</dc:date></item></rdf:RDF>"""
    entry = parse_feed(raw, URL).entries[0]
    assert (entry.title, entry.published) == ("One", MORNING)


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Port &amp;amp; starboard", "Port & starboard"),
        ("&lt;b&gt;Port&lt;/b&gt; closed", "Port closed"),
        ("<![CDATA[<i>Port</i> &#8217;s end]]>", "Port ’s end"),
        ("  Port\n\tclosed ", "Port closed"),
        ("5 &lt; 6", "5 < 6"),
        ("Port [bold]closed[/]", "Port [bold]closed[/]"),
        ("Port\u202e desolc", "Port desolc"),
    ],
)
def test_a_title_is_plain_text_on_one_line(raw: str, title: str) -> None:
    assert feed_of(f"<title>{raw}</title>").entries[0].title == title


def test_an_atom_title_that_says_it_is_text_is_shown_as_it_is() -> None:
    raw = atom("T", [Item("<b>tag</b> soup", "https://c.example/1")])
    assert parse_feed(raw, URL).entries[0].title == "<b>tag</b> soup"


def test_an_entry_without_a_title_gets_one_from_its_text_or_its_link() -> None:
    words = " ".join(f"word{n}" for n in range(20))
    long = feed_of(f"<description>{words}</description>").entries[0]
    assert long.title == " ".join(f"word{n}" for n in range(12)) + " …"
    assert feed_of("<link>https://c.example/a/b/</link>").entries[0].title == "c.example/a/b"
    assert feed_of("<category>x</category>").entries[0].title == "(no title)"


def test_an_entry_without_an_id_is_told_by_its_link_then_by_its_words() -> None:
    assert feed_of("<link>/a</link><title>A</title>").entries[0].guid == "https://courier.example/a"
    one, same, other = (feed_of(f"<title>{t}</title>").entries[0].guid for t in "AAB")
    assert one == same != other
    assert len(feed_of(f"<guid>{'x' * 10_000}</guid>").entries[0].guid) < 100


def test_only_web_links_are_kept_and_relative_ones_are_resolved() -> None:
    assert feed_of("<link>../x y</link>").entries[0].url == "https://courier.example/x%20y"
    assert feed_of("<link>//o.example/x</link>").entries[0].url == "https://o.example/x"
    for bad in ("javascript:alert(1)", "file:///etc/hostname", "data:text/html,x", "http://[::1"):
        assert feed_of(f"<title>t</title><link>{bad}</link>").entries[0].url is None


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("Tue, 05 May 2026 09:00:00 +0200", MORNING),
        ("Tue, 05 May 2026 03:00:00 EDT", MORNING),
        ("2026-05-05T07:00:00Z", MORNING),
        ("05 May 26 07:00 GMT", MORNING),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_utc_or_none(raw: str, moment: datetime | None) -> None:
    assert feed_of(f"<title>t</title><pubDate>{raw}</pubDate>").entries[0].published == moment


def test_control_characters_never_come_out() -> None:
    raw = b"<rss><channel><title>a\x00b\x1b[31mc&#27;[2Jd</title><item><title>\x9b31mx\x07y</title>"
    feed = parse_feed(
        raw + b"<description>z\x08&#x202e;q</description></item></channel></rss>", URL
    )
    texts = [feed.title, feed.entries[0].title, feed.entries[0].summary_html]
    assert all(strip_controls(text) == text for text in texts)


def test_a_feed_that_breaks_off_gives_the_entries_before_the_break_and_says_so() -> None:
    whole = rss("T", [Item(f"Item {n}", f"https://c.example/{n}") for n in range(5)])
    cut = parse_feed(whole[: whole.index(b"Item 4")], URL)
    assert [entry.title for entry in cut.entries[:4]] == [f"Item {n}" for n in range(4)]
    assert any("not quite right" in note for note in cut.notes)


def test_hostile_15_a_feed_served_as_html_is_read_all_the_same() -> None:
    assert parse_feed(rss("T", ITEMS), URL, "text/html; charset=utf-8").title == "T"


def test_encodings_are_read_right() -> None:
    text = rss("Größe", [Item("Fähre", "https://c.example/1")]).decode()
    for name in ("utf-16", "iso-8859-1", "windows-1252", "utf-8-sig"):
        body = text.replace("UTF-8", name.removesuffix("-sig")).encode(name)
        feed = parse_feed(body, URL)
        assert (feed.title, feed.entries[0].title) == ("Größe", "Fähre"), name


def test_hostile_15_a_page_instead_of_a_feed_names_the_mend() -> None:
    page = article_page("Bridge closed", ["Some text."]).encode()
    with pytest.raises(NotAFeedError, match=r"briefing feeds add courier\.example"):
        parse_feed(page, URL)


@pytest.mark.parametrize(
    ("raw", "error", "words"),
    [
        (b"", ParseError, "empty"),
        (b"just words", ParseError, "neither XML nor JSON"),
        (b"\x89PNG\r\n\x1a\n", ParseError, "neither XML nor JSON"),
        (b"<opml version='2.0'><body/></opml>", NotAFeedError, "briefing feeds import"),
        (b"<?xml version='1.0'?><svg xmlns='x'/>", NotAFeedError, "<svg>"),
        (b'{"a": 1}', NotAFeedError, "not a JSON Feed"),
        (b'{"a": ', ParseError, "JSON is broken"),
        (b'{"a":' + b"[" * 100_000, ParseError, "JSON is broken"),
    ],
)
def test_hostile_15_what_is_no_feed_is_a_clear_error(
    raw: bytes, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words) as caught:
        parse_feed(raw, URL)
    assert URL in str(caught.value)


def test_an_entity_bomb_and_an_outside_entity_stay_words(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{levels}<!ENTITY f SYSTEM "file://{secret}">]>'
    raw = f"{bomb}<rss version='2.0'><channel><title>&l11;&f;</title></channel></rss>".encode()
    feed = parse_feed(raw, URL)
    assert len(feed.title) < 100
    assert "secret" not in feed.title


def test_hostile_16_a_json_feed_of_wrong_types_gives_what_is_usable() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "title": 7,
        "home_page_url": ["x"],
        "author": {"name": "Ada"},
        "items": [
            {"id": 12, "title": None, "content_text": "Some <words>", "url": {}, "tags": "x"},
            {"id": None, "title": "T &amp; U", "date_published": 5, "authors": [3, {"name": 4}]},
            {"id": "x", "date_published": "2026-05-05T09:00:00+02:00", "tags": [1, "sea", "sea"]},
            "no item",
            None,
        ],
    }
    parsed = parse_feed(json.dumps(feed).encode(), URL)
    one, two, three = parsed.entries
    assert (one.guid, one.title, one.author) == ("12", "Some <words>", "Ada")
    assert (two.title, two.author) == ("T & U", "4")
    assert (three.published, three.categories) == (MORNING, ("sea",))
    assert any("2 of its entries" in note for note in parsed.notes)


ODD = """
<rss> <channel> <item> </item> <title> </title> <link> <![CDATA[ ]]> &lt;b&gt; &#0; &x; <entry>
&#27;[2J <feed~xmlns='http://www.w3.org/2005/Atom'> <content~type='xhtml'> <guid> <pubDate>
9999-99-99 <!DOCTYPE~x~[ { "items":[ http://[ <a~href='x'> <description> <category~term=' <?xml
]
"""  # "~" stands for a space
PIECES = st.sampled_from([odd.replace("~", " ") for odd in ODD.split()] + ["\0", " "])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join))
@example("<rss><channel><item><title>&#xD800;</title></item></channel></rss>")
@example('{"version":"https://jsonfeed.org/version/1","items":[{"title":"\\ud800"}]}')
def test_whatever_comes_in_is_entries_or_an_error_of_ours(text: str) -> None:
    try:
        feed = parse_feed(text.encode("utf-8", "surrogatepass"), URL)
    except BriefingError as error:
        said = str(error)
        assert clean_line(said) == said
        return
    for entry in feed.entries:
        assert entry.title == clean_line(entry.title) != ""
        assert entry.guid
        assert entry.url is None or entry.url.startswith(("http://", "https://"))
        entry.title.encode()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_whatever_bytes_come_in_are_entries_or_an_error_of_ours(raw: bytes) -> None:
    for head in (b"", b"<rss version='2.0'><channel><item><title>", b'{"items":['):
        try:
            parse_feed(head + raw, URL)
        except BriefingError as error:
            where = error.where
            assert where


@pytest.mark.corpora
def test_real_feeds_are_read_or_refused_in_words(shared: Path) -> None:
    read = 0
    for path in sorted((shared / "data/feeds/netnewswire").iterdir()):
        try:
            feed = parse_feed(path.read_bytes(), URL)
        except BriefingError as error:
            helpful = bool(error.mend) or "broken" in error.what
            assert helpful, path.name
            continue
        read += 1
        assert feed.entries, path.name
        assert len({entry.guid for entry in feed.entries}) > len(feed.entries) * 0.9, path.name
    assert read >= 34
