"""In the source view an article that was changed says so, and its old wording is an Enter away."""

from dataclasses import replace
from pathlib import Path

from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.panes.source_view import SourceView
from briefing.ui.screens.article import ArticleScreen
from briefing.ui.targets import Passage
from tests.ui.driver import reader_on
from tests.ui.frozen import NOW


def altered(path: Path) -> tuple[str, str, str]:
    """The sample with the second sentence of an article replaced; its id, old and new wording."""
    with Store.open(path) as store:
        name = store.article_rows()[0].id
        before = store.digest(name)
        assert before is not None
        old = before.sentences[1].of(before.article.text)
        new = f"{old.rstrip('.')}, the port now says."
        store._keep_first(int(name), int(NOW.timestamp()))
        text = before.article.text.replace(old, new, 1)
        store.save_article(name, replace(before.article, text=text))
        return name, old, new


async def shown(reader: Reader, name: str, *keys: str) -> list[str]:
    async with reader.run_test(size=(120, 50)) as pilot:
        await reader.push_screen(ArticleScreen(reader.edition.session, Passage(name, ""), "Feeds"))
        await pilot.pause()
        view = reader.screen.query_one(SourceView)
        view.top()
        await pilot.press(*keys)
        await pilot.pause()
        return [item.text.plain for item in view.items]


async def test_the_line_says_what_was_changed_and_enter_shows_the_old_wording(
    sample: Path,
) -> None:
    name, old, new = altered(sample)
    folded = await shown(reader_on(sample), name)
    assert any("Changed since first fetched" in line and "1 sentence" in line for line in folded)
    assert not any(line.strip().startswith("was:") for line in folded)
    lines = await shown(reader_on(sample), name, "enter")
    at = lines.index(f"    was: {old}")
    assert lines[at - 1].endswith(new)
    assert await shown(reader_on(sample), name, "enter", "enter") == folded


async def test_an_article_that_was_not_changed_says_nothing_of_it(sample: Path) -> None:
    with Store.open(sample) as store:
        name = store.article_rows()[0].id
    assert not any("Changed since" in line for line in await shown(reader_on(sample), name))
