"""Authors, sources and languages come out right in whatever shape a feed gives them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.ingest import article_from_entry, parse_feed
from briefing.ingest.entry_fields import named, person_name
from briefing.model import Entry, Feed

URL = "https://courier.example/feed.xml"
NAMES = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:thr='http://purl.org/syndication/thread/1.0'"
    " xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
    " xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    " xmlns:media='http://search.yahoo.com/mrss/'"
)


def rss_entry(item: str, head: str = "") -> Entry:
    """The one entry of an RSS feed."""
    item = item if "<title>" in item else f"<title>E</title>{item}"
    body = f"<channel><title>T</title>{head}<item>{item}</item></channel>"
    raw = f"<rss version='2.0' {NAMES}>{body}</rss>"
    return parse_feed(raw.encode(), URL).entries[0]


def atom_entry(item: str, head: str = "") -> Entry:
    """The one entry of an Atom feed."""
    raw = (
        f"<feed xmlns='http://www.w3.org/2005/Atom' {NAMES}><title>T</title>{head}"
        f"<entry><id>urn:1</id><title>E</title>{item}</entry></feed>"
    )
    return parse_feed(raw.encode(), URL).entries[0]


@pytest.mark.parametrize(
    ("item", "author"),
    [
        ("<author>mila@courier.example (Mila Torvald)</author>", "Mila Torvald"),
        ("<author>Mila Torvald &lt;mila@courier.example&gt;</author>", "Mila Torvald"),
        ("<author>Mila Torvald (mila@courier.example)</author>", "Mila Torvald"),
        ("<author>noreply@courier.example (Mila Torvald)</author>", "Mila Torvald"),
        ("<author>mila@courier.example</author>", "mila@courier.example"),
        ("<author>noreply@courier.example</author>", None),
        ("<author>Mila Torvald (Harbour desk)</author>", "Mila Torvald (Harbour desk)"),
        ("<author/>", None),
        ("<author>  \n </author>", None),
        ("<author><name>Mila Torvald</name><email>m@c.example</email></author>", "Mila Torvald"),
        ("<dc:creator>Mila Torvald</dc:creator><dc:creator>Ada Brun</dc:creator>",
         "Mila Torvald, Ada Brun"),
        ("<author>Ada Brun</author><dc:creator>Ada Brun</dc:creator>", "Ada Brun"),
        ("<dc:creator>By &lt;a href='x'&gt;Ada&lt;/a&gt; Brun</dc:creator>", "By Ada Brun"),
        ("<itunes:author>The Hour Team</itunes:author>", "The Hour Team"),
        ("", None),
    ],
)  # fmt: skip
def test_who_wrote_an_entry_of_rss(item: str, author: str | None) -> None:
    assert rss_entry(item).author == author


def test_atom_names_several_and_inherits_from_its_source_and_its_feed() -> None:
    head = "<author><name>The Courier</name></author>"
    two = "<author><name>Ada Brun</name></author><author><name>Mila Torvald</name></author>"
    source = "<source><title>O</title><author><name>Jo Lind</name></author></source>"
    assert atom_entry(two, head).author == "Ada Brun, Mila Torvald"
    assert atom_entry(source, head).author == "Jo Lind"
    assert atom_entry("", head).author == "The Courier"
    assert atom_entry("<contributor><name>Jo Lind</name></contributor>").author is None


def test_what_a_feed_gathers_from_others_has_their_name() -> None:
    other = "<source url='https://port.example/feed'>Port &amp;amp; Sea</source>"
    own = "<source url='https://www.courier.example/news'>The Courier</source>"
    assert rss_entry(other).source == "Port & Sea"
    assert rss_entry(own).source is None
    assert rss_entry("<source url='javascript:x'>X</source>").source is None
    entry = atom_entry("<source><title>Port</title><link href='https://port.example/'/></source>")
    assert entry.source == "Port"
    feed = Feed("1", URL, "The Courier")
    assert article_from_entry(entry, feed, article_id="1").article.source == "Port"


def test_an_entry_may_be_in_another_language_than_its_feed() -> None:
    entry = atom_entry("<content type='text' xml:lang='de-CH'>Kurz.</content>")
    assert entry.language == "de"
    feed = Feed("1", URL, language="fr")
    assert article_from_entry(entry, feed, article_id="1").article.language == "de"
    assert rss_entry("<dc:language>es-MX</dc:language>").language == "es"


def test_replies_are_not_the_entrys_page() -> None:
    entry = atom_entry(
        "<link rel='replies' href='/e/1/replies' thr:count='7'/>"
        "<thr:in-reply-to ref='urn:0' href='https://courier.example/e/0'/><link href='/e/1'/>"
    )
    assert entry.url == "https://courier.example/e/1"


def test_a_medium_takes_neither_the_title_nor_the_text_of_its_entry() -> None:
    entry = rss_entry(
        "<title>Crane repaired</title><description>It lifts again.</description>"
        "<content:encoded>&lt;p&gt;It lifts again, says the port.&lt;/p&gt;</content:encoded>"
        "<media:content url='/c.jpg' type='image/jpeg'><media:title>IMG 7</media:title>"
        "<media:description>The crane</media:description></media:content>"
    )
    assert entry.title == "Crane repaired"
    assert entry.content_html == "<p>It lifts again, says the port.</p>"
    assert entry.summary_html == "It lifts again."
    assert entry.enclosures == ()


@pytest.mark.parametrize("attributes", ["", " type='plain'", ' type="html"\n lang="en"'])
def test_the_entry_of_a_video_has_the_text_of_its_medium_with_its_lines(attributes: str) -> None:
    entry = atom_entry(
        "<link href='/watch?v=1'/><media:group><media:title>E</media:title><media:keywords/>"
        f"<media:description{attributes}>Stakes &amp; ice.\n\n0:00 Intro\n2:15 Stakes"
        "</media:description></media:group>"
    )
    article = article_from_entry(entry, Feed("1", URL), article_id="1").article
    assert article.text == "Stakes & ice.\n0:00 Intro\n2:15 Stakes"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=40) | st.sampled_from(["a@b.c", "(", "<a@b>", "[x]", "@"])))
def test_whatever_a_person_is_called_it_is_one_line(parts: list[str]) -> None:
    name = person_name("".join(parts))
    assert "\n" not in name
    joined = named(parts)
    assert joined is None or joined.strip()
