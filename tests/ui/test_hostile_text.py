"""Text from outside is data: whatever feeds say is shown as it stands, and never obeyed."""

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.model import (
    Article,
    Bullet,
    CaveatKind,
    Coverage,
    Cue,
    Digest,
    Disagreement,
    Entity,
    Entry,
    Figure,
    Link,
    Place,
    Ranking,
    Reported,
    ScorePart,
    Span,
    StoryBullet,
    StoryEntity,
    StoryFigure,
    StoryLink,
)
from briefing.store import Store
from briefing.ui.screens.article import ArticleScreen
from briefing.ui.screens.point import PointScreen
from briefing.ui.targets import Passage
from tests.store.builders import NOW, ago, brief
from tests.ui.driver import NARROW, WIDE, ReaderDriver, at, reader_on

MARKUP = [
    "[bold]loud[/] news",
    "[@click=app.quit]x[/]",
    "[/] closes nothing",
    "[red",
    "\\[/bold] back\\slash \\",
    "[link=x://y]here[/link]",
    "]]>[[ {}} $primary",
]
CONTROLS = [
    "\x1b[2J\x1b[31mred\x1b[0m",
    "\x1b]52;c;cHduZWQ=\x07clip",
    "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31mred\x9d0;title\x9c",
    "one\rtwo\ttabs\x00nul\x07bell\x08",
    "right \u202e\u2066to left",
    "zero\u200bwidth",
]
MAY_NOT_BE_SHOWN = {chr(c) for c in (*range(32), *range(127, 160), 0x202E, 0x2066)} - {"\n"}


def plant(path: Path, hostile: str) -> None:
    """A store in which every word from outside is ``hostile``: one feed, article and story."""
    text = f"{hostile} says the port. {hostile} may still cross, it adds."
    first, second = Span(0, text.index(". ") + 1), Span(text.index(". ") + 2, len(text))
    with Store.open(path) as store:
        feed = store.add_feed("https://c.example/f", hostile, category=hostile, added_at=NOW)
        entry = Entry("g", "https://c.example/1", hostile, hostile, ago(1), summary_html=hostile)
        store.add_entries(feed.id, [entry], NOW)
        store.record_fetch(feed.id, fetched_at=NOW, next_fetch_at=NOW, error=hostile, failures=1)
        (waiting,) = store.entries_to_extract(1)
        number = waiting.article_id
        article = Article(number, text, hostile, "https://c.example/1", hostile, hostile, ago(1))
        article = replace(article, links=(Link("see-also", hostile, "https://c.example/2"),))
        store.save_article(number, article, waiting.content_hash)
        article = store.article(number)  # as the store gives it back
        mark = Cue(CaveatKind.LIMITATION, 3, "may still", second)
        bullets = (Bullet(hostile, None, (first,)), Bullet(hostile, mark, (second,)))
        figure = Figure(hostile, 9.0, Span(0, 1), (first,), counts=hostile, key=True)
        person = Entity(hostile, "person", (Span(0, 1),), hostile, Span(0, 3), key=True)
        store.save_digest(
            number,
            Digest(article, (first, second), bullets, (), (figure,), (person,), article.links, ()),
        )
        hostile_brief = replace(
            brief(number, headline=hostile),
            bullets=tuple(StoryBullet(b, number, hostile) for b in bullets),
            figures=(StoryFigure(figure, number),),
            entities=(StoryEntity(person, number),),
            links=(StoryLink(article.links[0], number),),
            articles=(Coverage(number, hostile, hostile, article.url, ago(1), voice="x"),),
            disagreements=(_differing(hostile, number, first, second),),
        )
        store.save_story(
            None,
            hostile_brief,
            Ranking(1.0, (ScorePart("words", 0.0, name=hostile),)),
            category=hostile,
        )


def _differing(hostile: str, number: str, *spans: Span) -> Disagreement:
    """Two values for a thing, of which every word is hostile."""
    values = tuple(
        Reported(
            hostile, float(n), None, "", "", (Place(number, (span,)),), (hostile,), ago(2), ago(1)
        )
        for n, span in enumerate(spans)
    )
    return Disagreement(hostile, "differ", values)


def check(driver: ReaderDriver) -> None:
    """What is on the terminal holds no character that a terminal would obey."""
    assert not set(driver.shown) & MAY_NOT_BE_SHOWN
    assert driver.app._exception is None
    assert not driver.app._exit


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_hostile_01_nothing_from_outside_is_obeyed_anywhere(
    tmp_path: Path, opened: list[str], size: tuple[int, int]
) -> None:
    plant(tmp_path / "planted.sqlite3", " ".join(CONTROLS))
    async with at(reader_on(tmp_path / "planted.sqlite3"), size) as driver:
        check(driver)
        await driver.press("e")  # a notification
        check(driver)
        for keys in (
            ["enter"],  # the brief
            ["enter"],  # the source, with its breadcrumb
            ["y"],
            ["tab"],  # the figures
            ["enter"],
            ["escape", "tab"],  # the links
            ["enter"],  # the coverage
            ["enter"],
            ["y", "escape", "escape"],
            ["j", "enter", "escape"],
            ["escape", "enter", "G"],  # where outlets differ
            ["enter"],
            ["right_curly_bracket", "enter"],
            ["y", "escape", "y", "escape", "y"],
            ["escape", "escape"],
            ["f"],  # the feeds
            ["j", "j", "j"],  # the category
            ["j"],  # the feed
            ["enter"],
            ["enter"],  # the article, with its breadcrumb
            ["y", "o"],
            ["escape", "escape", "escape"],
            ["slash"],
            [*"port"],
        ):
            await driver.press(*keys)
            check(driver)
        await driver.until(lambda: driver.rows().rows, "the hit")
        await driver.pilot.pause()
        check(driver)
        await driver.press("enter", "enter")
        check(driver)
        assert driver.screen == "ArticleScreen"
        await driver.press("ctrl+p")
        check(driver)


@pytest.mark.parametrize("size", [NARROW, WIDE, (150, 40)])
async def test_hostile_01_nor_in_old_wordings_and_the_words_of_outlets(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path, hostile = tmp_path / "planted.sqlite3", " ".join(CONTROLS)
    plant(path, hostile)
    with Store.open(path) as store:
        name = store.article_rows()[0].id
        digest = store.digest(name)
        assert digest is not None
        store._keep_first(int(name), int(NOW.timestamp()))
        changed = replace(digest.article, text=f"New {digest.article.text}", title="Other")
        store.save_article(name, changed)
        places = tuple(Place(name, (span,)) for span in digest.sentences)
    async with at(reader_on(path), size) as driver:
        passage = Passage.of_place(places[0], hostile, hostile, places)
        await driver.app.push_screen(ArticleScreen(driver.app.session, passage, hostile))
        for key in ("W", "g", "F", "W"):
            await driver.press(key)
            check(driver)
        await driver.press("escape")
        told = driver.story.brief.disagreements
        await driver.app.push_screen(PointScreen(driver.app.session, passage, hostile, told))
        await driver.pilot.pause()
        check(driver)
        assert driver.screen == "PointScreen"
        assert "≠ Reports differ" in driver.shown


@pytest.mark.parametrize("text", MARKUP)
async def test_hostile_02_brackets_are_shown_as_they_stand(tmp_path: Path, text: str) -> None:
    path = tmp_path / "planted.sqlite3"
    plant(path, text)
    async with at(reader_on(path), (200, 50)) as driver:
        assert text in driver.edition.stories._strips(0, 60)[0].text
        await driver.until(lambda: f"─ {text} ─" in driver.shown, "the title of the brief")
        await driver.press("e")
        assert [i.text.plain for i in driver.view("why").items] == [text, "", f"• {text}"]
        await driver.press("escape", "enter", "enter")
        assert f"Edition › {text} › Bullet 1 › {text}" in driver.shown
        await driver.press("escape", "G", "enter")
        assert driver.screen == "ComparisonScreen"
        assert f"Reports differ at the same time: {text} and {text}." in driver.shown
        assert f"─ {text} ─" in driver.shown
        assert f"Edition › {text} › {text}" in driver.shown
        await driver.press("escape", "tab", "tab", "enter")
        assert driver.screen == "CoverageScreen"
        assert f"▸ {text}" in driver.shown
        await driver.press("escape")
        await driver.press("f", "j", "j", "j", "j")
        assert f"─ {text} ─" in driver.shown  # the title of the feed's articles
        await driver.press("enter", "enter")
        assert f"Feeds › {text} › {text}" in driver.shown
        await driver.press("escape", "slash", *"port")
        await driver.until(lambda: driver.rows().rows, "the hit")
        await driver.press("enter", "enter")
        assert f"Search › {text}" in driver.shown
