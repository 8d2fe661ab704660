"""From a feed's address to its articles, over real sockets; and the newsroom's own promises."""

from pathlib import Path

import pytest

from briefing.ingest import Fetcher, entry_text, extract, needs_page, parse_feed
from briefing.model import BriefingError, FetchError, NotAFeedError
from tests.fake_web import (
    BRIDGE,
    Item,
    Newsroom,
    article_page,
    rss,
    serve_netnewswire,
    serve_pages,
)


async def test_a_summary_leads_to_the_whole_article(room: Newsroom, fetcher: Fetcher) -> None:
    page = room.put("/bridge", article_page("Harbour bridge closed to lorries", BRIDGE))
    url = room.feed("/feed.xml", rss("Coast Courier", [Item("Bridge", page, "Cracks found.")]))
    answer = await fetcher.get(url)
    (entry,) = parse_feed(answer.content, answer.final_url, answer.content_type).entries
    assert needs_page(entry, entry_text(entry)[0])
    assert entry.url is not None
    whole = await fetcher.get(entry.url, "page")
    assert extract(whole.content, whole.final_url).text.endswith(BRIDGE[-1])


async def test_a_page_instead_of_a_feed_is_fetched_but_not_read(
    room: Newsroom, fetcher: Fetcher
) -> None:
    url = room.feed("/feed.xml", rss("T", []))
    room.page_instead("/feed.xml", times=1)
    answer = await fetcher.get(url)
    with pytest.raises(NotAFeedError):
        parse_feed(answer.content, url, answer.content_type)
    assert parse_feed((await fetcher.get(url)).content, url).title == "T"


async def test_what_was_asked_is_counted_and_faults_can_be_mended(
    room: Newsroom, fetcher: Fetcher
) -> None:
    url = room.put("/a", "words")
    room.fail("/a", 500)
    with pytest.raises(FetchError):
        await fetcher.get(url)
    room.mend("/a")
    await fetcher.get(url)
    assert (room.count("/a"), room.last("/a").status) == (2, 200)
    room.remove("/a")
    with pytest.raises(FetchError, match="404"):
        await fetcher.get(url)
    room.forget()
    assert room.count("/a") == 0


@pytest.mark.corpora
async def test_the_corpora_are_served_as_feeds(
    room: Newsroom, fetcher: Fetcher, shared: Path
) -> None:
    for url in serve_netnewswire(room, shared)[:10]:
        answer = await fetcher.get(url)
        try:
            parse_feed(answer.content, answer.final_url, answer.content_type)
        except BriefingError as error:
            said = str(error)
            assert url in said
    feeds = serve_pages(room, shared)
    assert len(feeds) == 10
    answer = await fetcher.get(feeds[0])
    entries = parse_feed(answer.content, answer.final_url, answer.content_type).entries
    assert len(entries) == 10
    page = await fetcher.get(entries[0].url or "", "page")
    assert extract(page.content, page.final_url).text
