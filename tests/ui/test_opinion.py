"""The reader says what is opinion, and marks what it argues."""

from datetime import timedelta
from pathlib import Path

import pytest

from briefing.model import (
    Article,
    Brief,
    Bullet,
    Coverage,
    Digest,
    Entry,
    First,
    Ranking,
    Span,
    StoryBullet,
)
from briefing.store import Store
from tests.ui.driver import LEAST, MEDIUM, NARROW, WIDE, at, reader_on
from tests.ui.frozen import NOW

REPORT = "The council of Saltmere votes on the foghorn on 12 May."
CLAIM = "A town should keep one thing that cannot be switched off from an office."


@pytest.fixture
def horn(store_path: Path) -> Path:
    """A store with a report and an opinion piece, told as two stories."""
    with Store.open(store_path) as store:
        feed = store.add_feed("https://courier.example/feed", "Coast Courier", category="Coast")
        for name in ("report", "piece"):
            published = NOW - timedelta(hours=2)
            entry = Entry(name, f"https://courier.example/{name}", f"The {name}", None, published)
            store.add_entries(feed.id, [entry], NOW)
        for waiting in store.entries_to_extract(5):
            piece = waiting.entry.guid == "piece"
            article = Article(
                waiting.article_id, CLAIM if piece else REPORT, waiting.entry.title, opinion=piece
            )
            store.save_article(article.id, article)
            store.save_digest(article.id, _digest(article))
    return store_path


def _digest(article: Article) -> Digest:
    span = Span(0, len(article.text))
    bullet = Bullet(article.text, None, (span,))
    return Digest(article, (span,), (bullet,), (), (), (), (), ())


def _save_story(store: Store, *names: str) -> str:
    """Keep a story of the articles with these titles, the first of which leads."""
    rows = {row.title: row for row in store.article_rows()}
    articles = [store.article(rows[f"The {name}"].id) for name in names]
    bullets = [
        StoryBullet(
            Bullet(a.text, None, (Span(0, len(a.text)),)), a.id, "Coast Courier", argued=a.opinion
        )
        for a in articles
    ]
    coverage = [
        Coverage(
            a.id, f"Outlet {a.id}", a.title or "", a.url, rows[a.title or ""].published,
            opinion=a.opinion, voice=a.id,
        )
        for a in articles
    ]  # fmt: skip
    first = First(articles[0].id, "Coast Courier", "time")
    brief = Brief("Foghorn", articles[0].id, tuple(bullets), (), (), tuple(coverage), first)
    return store.save_story(None, brief, Ranking(1.0), category="Coast")


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, LEAST])
async def test_a_story_of_an_opinion_piece_says_so_and_its_bullets_are_argued(
    horn: Path, size: tuple[int, int]
) -> None:
    with Store.open(horn) as store:
        story = _save_story(store, "piece")
    async with at(reader_on(horn), size) as driver:
        assert "opinion" in driver.shown  # the list
        await driver.brief_of(story)
        if size in (NARROW, LEAST):
            await driver.press("enter")
        lines = [item.text.plain for item in driver.view("brief").items]
        assert lines[0].startswith("1 source · opinion · ")
        assert f"• argues  {CLAIM}" in lines
        assert "• argues  A town" in driver.shown
        assert driver.story.brief.bullets[0].bullet.text == CLAIM


async def test_only_what_the_piece_adds_to_a_report_is_marked(horn: Path) -> None:
    with Store.open(horn) as store:
        story = _save_story(store, "report", "piece")
    async with at(reader_on(horn)) as driver:
        await driver.brief_of(story)
        lines = [item.text.plain for item in driver.view("brief").items]
        assert "opinion" not in lines[0]
        assert any(line.startswith(f"• {REPORT}") for line in lines)
        assert any(line.startswith(f"• argues  {CLAIM}") for line in lines)
        driver.edition.go("linked")
        await driver.press("enter")
        coverage = [item.text.plain for item in driver.view("coverage").items]
        assert sum("(opinion)" in line for line in coverage) == 1


async def test_the_mark_is_in_the_themes_quiet_ink(horn: Path) -> None:
    with Store.open(horn) as store:
        story = _save_story(store, "piece")
    async with at(reader_on(horn)) as driver:
        await driver.brief_of(story)
        styles = driver.view("brief").theme_styles
        (line,) = [
            i.text for i in driver.view("brief").items if i.text.plain.startswith("• argues")
        ]
        assert [
            line.plain[s.start : s.end].strip() for s in line.spans if s.style == styles.argues
        ] == ["argues"]
        assert styles.argues.color == styles.muted.color


async def test_the_mark_is_not_copied_as_if_it_were_text(horn: Path) -> None:
    with Store.open(horn) as store:
        story = _save_story(store, "piece")
    async with at(reader_on(horn)) as driver:
        await driver.brief_of(story)
        await driver.press("enter")
        assert driver.target_text("brief") == CLAIM


async def test_an_opinion_piece_is_labelled_where_it_is_read(horn: Path) -> None:
    with Store.open(horn) as store:
        story = _save_story(store, "piece")
    async with at(reader_on(horn)) as driver:
        await driver.brief_of(story)
        await driver.press("enter", "enter")
        assert driver.view("source").items[1].text.plain.startswith("Opinion · Coast Courier")
