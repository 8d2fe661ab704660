"""The whole program: feeds on the loopback, ``briefing refresh`` as cron runs it, the reader."""

import asyncio
import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.config import Settings, folders
from briefing.model import CaveatKind
from briefing.store import Store
from briefing.text import clean_line
from briefing.ui.app import Reader
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Passage, SourceSentence
from tests.cli.ran import briefing, briefing_here
from tests.fake_web import Newsroom
from tests.feed_builders import Item, article_page, json_feed, rss, serve_netnewswire, serve_pages
from tests.refresh.conftest import dump
from tests.ui.driver import ReaderDriver, at


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text that is written in lines of any length."""
    return tuple(" ".join(part.split()) for part in text.strip().split("\n\n"))


COURIER = paragraphs("""
The port authority of Saltmere closed the harbour bridge to lorries on Monday after inspectors
found cracks in two of its main bearings.

About 1,900 lorries a day use the harbour bridge, according to the authority, and the detour
through Upper Fenwick adds 40 minutes to each trip.

The limit of 44 tonnes does not apply to buses and ambulances, said Ada Brun, the port director,
who called the decision "a precaution, not a verdict".

Repairs are expected to take 12 to 15 weeks, if the parts arrive in June.
""")
LEDGER = paragraphs("""
Hauliers in Saltmere face long detours now that the harbour bridge is closed to lorries.

The hauliers' union disputes that the cracks in the bearings are new, and says the port
authority has known of them since autumn.

The union puts the cost of the closure of the bridge at 2 million crowns a week; that figure
could not be verified.

A similar closure of the harbour bridge in 2019 lasted four months longer than announced.
""")
RADIO = paragraphs("""
Lorries may not cross the harbour bridge of Saltmere until its bearings have been replaced, Ada
Brun, the port director, told Radio Holm.

It is not yet clear whether the northern pier of the bridge has cracks as well.

The town council of Saltmere meets on Thursday to discuss a temporary ferry for lorries.

Drivers queued for three hours on the road through Upper Fenwick on Monday morning.
""")
FERRY = paragraphs("""
The island ferry of Nether Holm stops for ten days from Friday, its owner said.

Some 340 islanders use it each day, most of them pupils of the school on the mainland.

The company will refund season tickets if they are handed in before June.

The last such pause, in 2021, was announced for a week and went on for three.
""")
CHOIR = paragraphs("""
A choir of beekeepers from Lower Ambry has won the radio prize for amateur singing.

The jury said that the humming of the second basses had decided the matter.

The prize does not include a recording, as some papers had written.
""")
HOSTILE = "Choir [bold]wins[/] prize [@click=app.quit]at last[/]"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A paper with one article, told in its feed by a summary and on a page in full."""

    name: str
    title: str
    text: tuple[str, ...]

    @property
    def slug(self) -> str:
        return self.name.lower().replace(" ", "-")


OUTLETS = (
    Outlet("Coast Courier", "Harbour bridge in Saltmere closed to lorries", COURIER),
    Outlet(
        "Daily Ledger", "Hauliers angry as harbour bridge in Saltmere closes to lorries", LEDGER
    ),
    Outlet("Radio Holm", "Saltmere harbour bridge: no lorries until bearings are new", RADIO),
    Outlet("Island Echo", "Island ferry of Nether Holm stops for ten days", FERRY),
)


@pytest.fixture
def store_path(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The user's store, without proxies, in UTC; the garbage collector is left as it was."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "BROWSER"):
            patch.delenv(name, raising=False)
            patch.delenv(name.lower(), raising=False)
        time.tzset()
        yield folders().data / "briefing.sqlite3"
    time.tzset()
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that would have been opened in a browser."""
    addresses: list[str] = []
    monkeypatch.setattr(
        "briefing.ui.browser.open_page", lambda url, _command="": addresses.append(url)
    )
    return addresses


def publish(room: Newsroom) -> None:
    """Put the morning's news on the loopback and follow all its feeds."""
    now = datetime.now(UTC)
    for hours, outlet in enumerate(OUTLETS, 1):
        page = article_page(outlet.title, outlet.text * 2, site=outlet.name)
        link = room.put(f"/{outlet.slug}/1.html", page)
        published = now - timedelta(hours=hours)
        item = Item(outlet.title, link, summary=outlet.text[0], published=published)
        room.feed(f"/{outlet.slug}.xml", rss(outlet.name, [item], site=room.url("/")))
    text = "".join(f"<p>{line}\x1b[31m\x07</p>" for line in CHOIR * 4)
    item = Item(f"\x1b[2J{HOSTILE}\x9b", room.url("/choir"), content=text, published=now)
    feed = json_feed("Ambry [red]Post\x1b]0;x\x07", [item], site=room.url("/"))
    room.feed("/post.json", feed, "application/feed+json")
    for path in [*(f"/{outlet.slug}.xml" for outlet in OUTLETS), "/post.json"]:
        added = briefing_here("feeds", "add", room.url(path), "--category", "Coast")
        assert added.code == 0, added.err


def reader_on(path: Path, now: datetime | None = None) -> Reader:
    moment = now or datetime.now(UTC)
    return Reader(ReadingSession(path, Settings(), lambda: moment))


async def to_the_bridge(driver: ReaderDriver) -> None:
    """Put the cursor on the story of the bridge."""
    rows = driver.edition.stories.rows
    await driver.on(next(row.id for row in rows if "ridge" in row.headline))


async def test_from_feeds_to_the_sentence_behind_a_bullet(
    room: Newsroom, store_path: Path, opened: list[str]
) -> None:
    await asyncio.to_thread(publish, room)
    first = briefing("refresh")
    assert first.code == 0, first.err

    async with at(reader_on(store_path), (120, 40)) as driver:
        assert "3 stories · 5 articles · 5 sources · 3 unread" in driver.shown
        await to_the_bridge(driver)
        story = driver.story
        assert {c.source for c in story.brief.articles} == {o.name for o in OUTLETS[:3]}
        assert driver.row.outlets == 3
        marks = [b.bullet.caveat for b in story.brief.bullets if b.bullet.caveat]
        assert 1 <= len(marks) <= 2
        assert {mark.kind for mark in marks} <= {*CaveatKind, None}
        assert story.brief.bullets[0].bullet.caveat is None  # the main claim

        await driver.press("enter")
        bullets = [i for i in driver.view("brief")._stops if _is_bullet(driver, i)]
        assert len(bullets) == len(story.brief.bullets)
        for place, line in zip(bullets, story.brief.bullets, strict=True):
            driver.view("brief").move_to(place)
            await driver.press("enter")
            sentence = driver.view("source").current
            assert isinstance(sentence, SourceSentence)
            article = driver.app.session.article(line.article_id)
            assert sentence.text == clean_line(line.bullet.evidence[0].of(article.text))
            outlet = next(o for o in OUTLETS if o.name == article.source)
            assert any(sentence.text in paragraph for paragraph in outlet.text)
            await driver.press("enter")
            assert opened[-1] == room.url(f"/{outlet.slug}/1.html")
            await driver.press("escape")
            assert driver.view("brief").cursor == place


def _is_bullet(driver: ReaderDriver, place: int) -> bool:
    target = driver.view("brief").items[place].target
    return isinstance(target, Passage) and target.label.startswith("Bullet")


async def test_what_a_feed_says_is_shown_as_it_stands_and_never_obeyed(
    room: Newsroom, store_path: Path
) -> None:
    await asyncio.to_thread(publish, room)
    assert briefing("refresh").code == 0
    async with at(reader_on(store_path), (200, 50)) as driver:
        row = next(r for r in driver.edition.stories.rows if r.headline.startswith("Choir"))
        assert row.headline == HOSTILE
        await driver.on(row.id)
        for keys in (
            ["enter"],
            ["enter"],
            ["escape", "e"],
            ["escape"],
            ["f", "3", "j"],
            ["enter", "enter"],
        ):
            await driver.press(*keys)
            if keys[-1] == "e":  # the article is digested once more, beside the screen
                await driver.until(lambda: driver.screen == "ExplanationScreen")
            controls = {c for c in driver.shown if not c.isprintable() and c != "\n"}
            assert not controls, keys
        assert driver.screen == "ArticleScreen"
        assert "Ambry [red]Post" in driver.shown


async def test_a_second_refresh_changes_nothing_and_a_broken_feed_only_itself(
    room: Newsroom, store_path: Path
) -> None:
    await asyncio.to_thread(publish, room)
    assert briefing("refresh").code == 0
    before = dump(store_path)
    room.forget()
    assert briefing("refresh").code == 0
    assert room.requests == []  # nothing is due
    again = briefing("refresh", "--force")
    assert again.code == 0, again.err
    assert dump(store_path) == before

    room.fail("/daily-ledger.xml", 500)
    partly = briefing("refresh", "--force")
    assert partly.code == 1
    assert "Daily Ledger" in partly.err
    after = dump(store_path)
    assert {name: rows for name, rows in after.items() if name != "feed"} == {
        name: rows for name, rows in before.items() if name != "feed"
    }
    async with at(reader_on(store_path)) as driver:
        assert "3 stories" in driver.shown
        await driver.press("f")
        (broken,) = [item for item in driver.view("feedlist").items if item.below is not None]
        assert "Daily Ledger" in broken.text.plain
        assert broken.below is not None
        assert "500" in broken.below.plain


@pytest.mark.corpora
async def test_real_feeds_and_pages_become_an_edition(
    room: Newsroom, store_path: Path, shared: Path
) -> None:
    feeds = serve_netnewswire(room, shared)[::5]  # each of them is parsed in tests/ingest,
    paged = serve_pages(room, shared)[:3]  # and each page read
    with Store.open(store_path) as store:
        for url in [*feeds, *paged]:
            feed = store.add_feed(url, url.rsplit("/", 1)[-1])
            # The pages of real feeds stand on the internet, which no test asks.
            store.edit_feed(feed.id, full_text=url in paged)
    ran = briefing("refresh", "--format", "json")
    assert ran.code in (0, 1), ran.err
    with Store.open(store_path) as store:
        newest = max(row.published for row in store.article_rows(limit=1))
        assert store.stats().stories > 20
        assert store.stats().to_link == 0
    async with at(reader_on(store_path, newest), (120, 36)) as driver:
        assert driver.edition.stories.rows
        for _ in range(min(8, len(driver.edition.stories.rows))):
            await driver.press("enter", "enter")
            assert not {c for c in driver.shown if not c.isprintable() and c != "\n"}
            await driver.press("escape", "escape", "j")
        assert driver.app._exception is None
