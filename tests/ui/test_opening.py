"""An article that no refresh has read yet is read when it is opened; nothing of that is kept."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.model import Article, ArticleFilter, BriefingError, Digest, Entry, Feed
from briefing.refresh import opening
from briefing.store import Store
from briefing.ui import completing
from briefing.ui.targets import SourceSentence
from tests.store.builders import NOW, ago
from tests.ui.driver import ReaderDriver, at, reader_on

SENTENCES = (
    "The ferry to Saltmere was stopped on Monday after a storm broke two of its engines.",
    "The harbour board said repairs would cost 12 million euros and take nine weeks.",
    "Buses may still cross the old bridge at night, the board said.",
    "Ada Brun, its master, told the town that 340 people use the ferry each day.",
)
TEXT = " ".join(SENTENCES)
PAGE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES * 2)
SUMMARY = "The <b>ferry</b> stands still &amp; nobody knows how long."


def _entry(name: str, title: str, hours: float, summary: str = "", content: str = "") -> Entry:
    return Entry(
        name,
        f"https://c.example/{name}",
        title,
        published=ago(hours),
        summary_html=summary,
        content_html=content,
    )


def planted(path: Path, *, digests_wait: bool = False) -> Path:
    """A store of three entries, newest first: one with its text, one with a summary, one empty."""
    entries = [
        _entry("a", "Ferry stopped", 1, SUMMARY, PAGE),
        _entry("b", "Bridge shut", 2, SUMMARY),
        _entry("c", "Nothing more", 3),
    ]
    with Store.open(path) as store:
        feed = store.add_feed("https://c.example/feed", "Coast Courier")
        store.add_entries(feed.id, entries, NOW)
        if digests_wait:
            for waiting in store.entries_to_extract(9):
                article = Article(waiting.article_id, TEXT, waiting.entry.title)
                store.save_article(waiting.article_id, article, waiting.content_hash)
    return path


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A store whose entries wait for extraction."""
    return planted(tmp_path / "waiting.sqlite3")


async def read(driver: ReaderDriver, *keys: str) -> None:
    """Open an article of the feeds view, and wait for all that is made of it."""
    await driver.press("f", "enter", *keys, "enter")
    assert driver.screen == "ArticleScreen"
    await made(driver)


async def made(driver: ReaderDriver) -> None:
    """Wait for all that is made of what was opened."""
    for worker in [w for w in driver.app.workers if w.group == "opening"]:
        await worker.wait()
    await driver.pilot.pause()


def sentences(driver: ReaderDriver) -> list[SourceSentence]:
    """The sentences that the article's screen shows."""
    targets = [item.target for item in driver.view("article").items]
    return [target for target in targets if isinstance(target, SourceSentence)]


def text(driver: ReaderDriver) -> str:
    """All lines of the article's screen."""
    return "\n".join(item.text.plain for item in driver.view("article").items)


async def test_an_entry_that_waits_for_extraction_shows_its_feeds_text_and_what_feeds_bullets(
    waiting: Path,
) -> None:
    async with at(reader_on(waiting)) as driver:
        await read(driver)
        assert {s.text for s in sentences(driver)} == set(SENTENCES)
        assert any(s.marked for s in sentences(driver))
        assert "…" not in text(driver)
        with driver.kept() as store:  # the refresh has still to read it
            assert (
                store.article(driver.app.session.articles(ArticleFilter(), None, 1)[0].id).text
                == ""
            )
            assert len(store.entries_to_extract(9)) == 3


async def test_a_summary_is_shown_with_a_word_on_what_is_still_to_come(waiting: Path) -> None:
    async with at(reader_on(waiting)) as driver:
        await read(driver, "j")
        assert "The ferry stands still & nobody knows how long." in text(driver)
        assert completing.FROM_FEED in text(driver)
        assert "The feed's own summary" not in text(driver)


async def test_an_entry_without_a_word_leads_to_its_page(waiting: Path) -> None:
    async with at(reader_on(waiting)) as driver:
        await read(driver, "j", "j")
        assert "This article has no text here. Press o for its page." in text(driver)
        assert driver.notifications == []


async def test_an_article_that_waits_for_its_digest_shows_what_feeds_bullets(
    tmp_path: Path,
) -> None:
    path = planted(tmp_path / "waiting.sqlite3", digests_wait=True)
    async with at(reader_on(path)) as driver:
        await read(driver)
        assert [s.text for s in sentences(driver)] == list(SENTENCES)
        assert any(s.marked for s in sentences(driver))
        with driver.kept() as store:
            assert len(store.articles_to_digest(9)) == 3


class Held:
    """A worker process that answers when it is let."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go = asyncio.Event()
        self.asked: list[str] = []
        done: Callable[..., object] = opening.ArticleOpening.digest

        async def digest(own: opening.ArticleOpening, article: Article) -> Digest:
            self.asked.append(article.id)
            await self.go.wait()
            return await done(own, article)  # type: ignore[misc, no-any-return]

        monkeypatch.setattr(opening.ArticleOpening, "digest", digest)


async def test_meanwhile_the_text_can_be_read_and_the_cursor_stays_at_its_sentence(
    waiting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    async with at(reader_on(waiting)) as driver:
        await driver.press("f", "enter", "enter")
        await driver.until(lambda: held.asked, "the digest")
        await driver.until(lambda: sentences(driver), "the text")
        assert completing.READING in text(driver)
        assert not any(s.marked for s in sentences(driver))
        await driver.press("j", "j")
        assert driver.target_text("article") == SENTENCES[2]
        held.go.set()
        await made(driver)
        assert any(s.marked for s in sentences(driver))
        assert driver.target_text("article") == SENTENCES[2]
        assert completing.READING not in text(driver)


async def test_leaving_the_article_before_it_is_read_is_harmless(
    waiting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    async with at(reader_on(waiting)) as driver:
        await driver.press("f", "enter", "enter")
        await driver.until(lambda: held.asked, "the digest")
        await driver.press("escape")
        assert driver.screen == "FeedsScreen"
        held.go.set()
        await made(driver)
        await driver.press("j", "enter")
        await made(driver)
        assert "The ferry stands still" in text(driver)  # the other article, and its own text
        assert driver.notifications == []


async def test_quitting_ends_the_worker(waiting: Path) -> None:
    before = set(multiprocessing.active_children())
    async with at(reader_on(waiting)) as driver:
        await read(driver)
        (worker,) = set(multiprocessing.active_children()) - before
        assert worker.is_alive()
    worker.join(30)
    assert not worker.is_alive()


def _dies(article: Article, feed: Feed, entry: Entry) -> Article:
    """In place of ``read_entry``: a document that ends the process that reads it."""
    del article, feed, entry
    os.kill(os.getpid(), signal.SIGKILL)
    threading.Event().wait()
    raise AssertionError


async def test_a_document_that_ends_the_worker_is_a_message_and_its_summary_is_shown(
    waiting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(opening, "read_entry", _dies)
        async with at(reader_on(waiting)) as driver:
            await read(driver)
            assert "The ferry stands still & nobody knows how long." in text(driver)
            assert completing.NOT_READ in text(driver)
            (message,) = driver.notifications
            assert "Ferry stopped" in message
            assert "worker process failed" in message
            patch.undo()  # the next document has a worker again
            await driver.press("escape", "j", "enter")
            await made(driver)
            assert completing.FROM_FEED in text(driver)


async def test_an_entry_that_cannot_be_read_is_a_message(waiting: Path) -> None:
    with Store.open(waiting) as store:
        store._run("UPDATE entry SET entry = '{\"guid\": 1'")
    async with at(reader_on(waiting)) as driver:
        await read(driver)
        assert "Ferry stopped" in text(driver)
        (message,) = driver.notifications
        assert "cannot be read" in message


def _no_digest(article: Article, bullets: int, algorithm: str) -> Digest:
    """In place of ``digest_quickly``: a text that none can be made of."""
    del bullets, algorithm
    raise BriefingError("the text could not be digested", article.title or "")


async def test_a_text_that_cannot_be_digested_stays_readable_and_says_so(
    waiting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "digest_quickly", _no_digest)
    async with at(reader_on(waiting)) as driver:
        await read(driver)
        assert {s.text for s in sentences(driver)} == set(SENTENCES)
        assert completing.NO_DIGEST in text(driver)
        assert driver.notifications == ["Ferry stopped: the text could not be digested"]


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        ("a &lt; b <i>and</i>\n more", "a < b and more"),
        ("<" * 60_000, "<" * 20_000),
        ("cut <b", "cut <b"),
        ("odd \ud800 one", "odd ? one"),
    ],
)
def test_a_summary_is_read_without_a_parser(summary: str, words: str) -> None:
    entry = Entry("g", None, "t", summary_html=summary)
    assert opening.with_summary(Article("1", ""), entry).text == words
