"""One way from an entry and from a page to an article: language, basis, links and what it says."""

import json
from dataclasses import replace

import pytest

from briefing.ingest import (
    BatchItem,
    Extracted,
    article_from_entry,
    article_from_page,
    article_with_page,
    extract,
    parse_batch_line,
    read_document,
)
from briefing.ingest.articles import article_with_description
from briefing.model import Article, Basis, Entry, Feed, Link, Span
from tests.fake_web import BRIDGE, MORNING, article_page

URL = "https://courier.example/coast/bridge-closed"
FEED = Feed("1", "https://courier.example/feed.xml", "Coast Courier", category="Coast")
GERMAN = "Die Brücke am Hafen ist seit Montag für Lastwagen gesperrt, sagte die Direktorin. " * 20
PAGE = Extracted(
    text="The whole text of the page.",
    title="Bridge closed",
    byline="Mila Torvald",
    published=MORNING,
    language="en",
    source="The Coast Courier",
    links=(Link("in-article", "text", "https://courier.example/1", Span(10, 14)),),
    canonical="https://courier.example/bridge",
)


def entry(**changes: str) -> Entry:
    return replace(Entry(guid="1", url=URL, title="Bridge closed"), **changes)  # type: ignore[arg-type]


def test_an_entry_with_the_whole_text_is_full_and_needs_no_page() -> None:
    made = article_from_entry(entry(content_html=f"<p>{GERMAN}</p>"), FEED, article_id="a")
    assert not made.needs_page
    article = made.article
    assert (article.id, article.url, article.title) == ("a", URL, "Bridge closed")
    assert (article.basis, article.language) == (Basis.FULL, "de")


def test_a_summary_needs_its_page_and_an_entry_without_any_text_is_one() -> None:
    short = article_from_entry(entry(summary_html="The bridge."), FEED, article_id="a")
    assert (short.needs_page, short.article.basis) == (True, Basis.SUMMARY)
    bare = article_from_entry(replace(entry(), url=None), FEED, article_id="a")
    assert (bare.needs_page, bare.article.basis, bare.article.text) == (False, Basis.SUMMARY, "")


@pytest.mark.parametrize(
    ("said", "feed"),
    [
        (entry(title="Opinion: Close it"), FEED),
        (replace(entry(), categories=("Opinion",)), FEED),
        (entry(url="https://courier.example/opinion/close-it"), FEED),
        (entry(), replace(FEED, title="Coast Courier | Opinion")),
    ],
)
def test_an_entry_is_opinion_where_it_or_its_feed_says_so(said: Entry, feed: Feed) -> None:
    assert article_from_entry(said, feed, article_id="a").article.opinion
    assert not article_from_entry(entry(), FEED, article_id="a").article.opinion


@pytest.mark.parametrize("folder", ["Blogs", "Columns", "Opinion", "News / Opinion", "Kommentare"])
def test_a_folder_of_the_reader_says_nothing_of_its_feeds(folder: str) -> None:
    kept = replace(FEED, category=folder)
    assert not article_from_entry(entry(), kept, article_id="a").article.opinion


def test_a_page_tells_what_is_not_given() -> None:
    made = article_from_page(PAGE, URL, article_id="a")
    assert made == Article(
        id="a",
        text=PAGE.text,
        title=PAGE.title,
        url=URL,
        source=PAGE.source,
        byline=PAGE.byline,
        published=MORNING,
        language="en",
        links=PAGE.links,
        canonical=PAGE.canonical,
    )
    given = article_from_page(
        PAGE, URL, article_id="a", title="Other", source="Elsewhere", language="nl"
    )
    assert (given.title, given.source, given.language) == ("Other", "Elsewhere", "nl")


def test_a_page_behind_a_wall_is_closed_and_one_filed_under_opinion_is_opinion() -> None:
    made = article_from_page(replace(PAGE, closed=True, labels=("Opinion",)), URL, article_id="a")
    assert (made.basis, made.opinion) == (Basis.CLOSED, True)


def test_the_longer_text_of_a_page_takes_the_place_of_a_summary() -> None:
    summary = article_from_entry(entry(summary_html="The bridge."), FEED, article_id="a").article
    made = article_with_page(summary, PAGE, "https://courier.example/final")
    assert (made.text, made.links, made.basis) == (PAGE.text, PAGE.links, Basis.FULL)
    assert (made.title, made.url, made.canonical) == (summary.title, URL, PAGE.canonical)
    assert (made.byline, made.published, made.source) == ("Mila Torvald", MORNING, None)
    unnamed = article_with_page(summary, PAGE, URL, source_known=False)
    assert unnamed.source == "The Coast Courier"


def test_a_shorter_page_leaves_the_text_of_the_feed_but_says_what_it_knows() -> None:
    whole = article_from_entry(entry(content_html=GERMAN), FEED, article_id="a").article
    page = replace(PAGE, text=GERMAN[:60], closed=True, labels=("Meinung",))
    made = article_with_page(whole, page, URL)
    assert made == replace(
        whole, basis=Basis.CLOSED, opinion=True, canonical="https://courier.example/bridge"
    )


SUMMARY = "<p>Inspectors found cracks in two bearings; the port wants 12 weeks for repairs.</p>"
CONSENT = (
    "We and our 842 partners store and access information on your device, such as cookies. "
    "With your permission we use precise location data. You may withdraw your choice at any time. "
) * 9
LOGIN = (
    "Log in to go on. Enter the address that you registered with, and the password of your account."
    " Not a member yet? Create an account in two minutes, and read on every device you own. "
) * 9
REGATTA = (
    "The rowers of Nether Holm won their fourth regatta in a row on Sunday. A gust in the last lap "
    "drove two of the favourites into the reeds, and the crowd on the pier sang until dusk. "
) * 9


@pytest.mark.parametrize("text", [CONSENT, LOGIN, REGATTA], ids=["consent", "login", "other"])
@pytest.mark.parametrize(
    "said",
    [
        entry(title="Harbour bridge closed to lorries", summary_html=SUMMARY),
        entry(title="Closed", summary_html=SUMMARY),
        entry(title="Saltmere closes its harbour bridge to lorries for 12 weeks"),
    ],
    ids=["both", "summary", "title"],
)
def test_a_longer_page_that_tells_something_else_leaves_the_text_of_the_feed(
    text: str, said: Entry
) -> None:
    article = article_from_entry(said, FEED, article_id="a").article
    wall = replace(PAGE, text=text, title="Your choice", labels=("Opinion",))
    made = article_with_page(article, wall, URL, source_known=False)
    assert made == article
    assert made.basis is Basis.SUMMARY
    closed = article_with_page(article, replace(wall, closed=True), URL)
    assert closed == replace(article, basis=Basis.CLOSED)


@pytest.mark.parametrize(
    "said",
    [
        entry(title="Harbour bridge closed to lorries", summary_html=SUMMARY),
        # A title that is a joke, and a summary of other words: the other of the two tells.
        entry(title="Seven tonnes, four wheels, two cracks, no crossing", summary_html=SUMMARY),
        entry(
            title="Saltmere closes its harbour bridge to lorries",
            summary_html="Article address, comments address, points: 31, number of comments: 8",
        ),
        entry(title="Port news", summary_html="<p>Read on.</p>"),  # too little to tell by
    ],
)
def test_a_page_that_tells_what_the_feed_announced_takes_its_place(said: Entry) -> None:
    article = article_from_entry(said, FEED, article_id="a").article
    page = replace(PAGE, text="\n".join(BRIDGE))
    assert article_with_page(article, page, URL).text == page.text


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            "Inspectors found cracks in two bearings of the harbour bridge. Subscribe to go on.",
            True,
        ),
        ("Log in to your account with the password that you chose when you registered.", False),
    ],
)
def test_a_shorter_page_tells_of_itself_only_where_it_is_of_the_entry(
    text: str, known: bool
) -> None:
    whole = article_from_entry(entry(content_html="".join(BRIDGE)), FEED, article_id="a").article
    made = article_with_page(whole, replace(PAGE, text=text), URL)
    assert made.text == whole.text
    assert made.canonical == (PAGE.canonical if known else None)


def test_a_description_stands_in_where_there_is_no_text_and_it_is_the_articles() -> None:
    bare = article_from_entry(entry(title="Harbour bridge closed"), FEED, article_id="a").article
    told = "Lorries must leave the bridges of Saltmere to others."
    made = article_with_description(bare, told)
    assert (made.text, made.basis, made.language) == (told, Basis.SUMMARY, "en")
    for of_the_site in ("All that Saltmere talks of, every morning.", ""):
        assert article_with_description(bare, of_the_site) == bare


def test_a_page_is_the_same_article_whichever_way_it_comes_in() -> None:
    page = article_page("Harbour bridge closed to lorries", BRIDGE)
    expected = article_from_page(extract(page, URL), URL, article_id="a")
    line = parse_batch_line(json.dumps({"id": "a", "html": page, "url": URL}))
    assert isinstance(line, BatchItem)
    assert line.article == expected
    assert read_document(page, "a", url=URL) == expected
