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
    made = article_with_page(whole, replace(PAGE, closed=True, labels=("Meinung",)), URL)
    assert made == replace(
        whole, basis=Basis.CLOSED, opinion=True, canonical="https://courier.example/bridge"
    )


def test_a_page_is_the_same_article_whichever_way_it_comes_in() -> None:
    page = article_page("Harbour bridge closed to lorries", BRIDGE)
    expected = article_from_page(extract(page, URL), URL, article_id="a")
    line = parse_batch_line(json.dumps({"id": "a", "html": page, "url": URL}))
    assert isinstance(line, BatchItem)
    assert line.article == expected
    assert read_document(page, "a", url=URL) == expected
