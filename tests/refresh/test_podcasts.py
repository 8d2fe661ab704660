"""A podcast without pages: its entries lead to their enclosures, which are never fetched."""

from briefing.store import Store
from tests.fake_web import Newsroom
from tests.refresh.conftest import Clock, run

EPISODE = """<item><title>Who keeps the clocks of {town}?</title>
<description>A visit to those who keep the clocks of {town} running.</description>
<enclosure url="{url}" length="2000" type="audio/mpeg"/>
<guid isPermaLink="false">{town}</guid><pubDate>Tue, 05 May 2026 06:00:00 +0000</pubDate>
<itunes:duration>34:00</itunes:duration></item>"""


def podcast(room: Newsroom) -> str:
    """A feed of two episodes."""
    items = [EPISODE.format(town=t, url=room.url(f"/{t}.mp3")) for t in ("Ostrava", "Wexham")]
    names = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    head = f'<rss version="2.0" {names}><channel><title>The Hour</title>'
    return room.feed("/hour.xml", f"{head}{''.join(items)}</channel></rss>")


def test_an_episode_is_found_with_its_sound_which_is_not_fetched(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    store.add_feed(podcast(room))
    assert run(store, clock).new_articles == 2
    (row,) = store.search("Wexham")
    assert row.url == room.url("/Wexham.mp3")
    article = store.article(row.id)
    assert "clocks of Wexham" in article.text
    assert [(e.media_type, e.length, e.duration) for e in article.enclosures] == [
        ("audio/mpeg", 2000, 2040)
    ]
    assert room.count("/Wexham.mp3") == 0
    assert run(store, clock, force=True).new_articles == 0


def test_a_story_says_that_there_is_something_to_hear(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    store.add_feed(podcast(room))
    run(store, clock)
    (row, *_) = store.edition_rows(store.window(clock()))
    told = [each for article in store.brief(row.id).articles for each in article.enclosures]
    assert {each.duration for each in told} == {2040}
