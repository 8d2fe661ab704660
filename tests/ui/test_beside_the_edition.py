"""Feeds, search, help, themes and the palette: what is one key away from the edition."""

from pathlib import Path

import pytest
from textual.command import CommandList

from briefing.config import Settings, user_themes_folder
from briefing.ui.app import Reader
from briefing.ui.keymap import ACTIONS
from briefing.ui.screens.feeds import Shelf
from briefing.ui.themes import theme_files
from tests.ui.desk import LEAST, NARROW, WIDE, Desk, at, reader_on

SIZES = pytest.mark.parametrize("size", [LEAST, NARROW, WIDE])


# ── Feeds ────────────────────────────────────────────────────────────────────────────────────


async def test_the_feeds_view_holds_every_feed_by_category_and_every_article(
    reader: Reader,
) -> None:
    async with at(reader) as desk:
        await desk.press("f")
        view, articles = desk.view("feedlist"), desk.rows()
        shelves = [view.items[i].target for i in view._stops]
        assert all(isinstance(shelf, Shelf) for shelf in shelves)
        feeds = desk.app.library.feed_rows()
        assert {s.feed_id for s in shelves if s.feed_id} == {r.feed.id for r in feeds}
        assert [s.category for s in shelves if s.category] == sorted(
            {r.feed.category for r in feeds}
        )
        assert len(articles.rows) == sum(r.articles for r in feeds)
        times = [row.published for row in articles.rows]
        assert times == sorted(times, reverse=True)
        everything, found = {row.id for row in articles.rows}, set()
        for _ in shelves:
            if view.current.feed_id:
                found |= {row.id for row in articles.rows}
            await desk.press("j")
        assert found == everything


@SIZES
async def test_an_article_of_a_feed_is_read_and_esc_leads_back(
    reader: Reader, opened: list[str], size: tuple[int, int]
) -> None:
    async with at(reader, size) as desk:
        await desk.press("f", "j", "j", "j")
        shelf = desk.view("feedlist").current
        await desk.press("enter")
        assert desk.focus == "articles"
        await desk.press("j")
        row = desk.article
        assert row.title[:20] in desk.shown
        await desk.press("enter")
        assert desk.screen == "Reading"
        article = desk.app.library.article(row.id)
        assert desk.view("article").items[0].text.plain == article.title
        await desk.press("enter")
        assert opened == [article.url]
        await desk.press("y")
        assert f"— {article.source}, {article.url}" in desk.app.clipboard
        await desk.press("escape")
        assert (desk.screen, desk.focus) == ("Feeds", "articles")
        assert desk.article.id == row.id
        await desk.press("escape")
        assert (desk.focus, desk.view("feedlist").current) == ("feedlist", shelf)
        await desk.press("escape")
        assert desk.screen == "EditionScreen"
        with desk.kept() as store:
            assert store.article_row(row.id).read


async def test_an_article_that_was_read_is_shown_as_read(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("f", "tab", "enter")
        desk.kept().close()
        await desk.press("escape")
        assert desk.article.read


# ── Search ───────────────────────────────────────────────────────────────────────────────────


@SIZES
async def test_a_search_finds_reads_and_returns(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as desk:
        await desk.press("slash", *"sepsis")
        hits = desk.rows()
        await desk.until(lambda: hits.rows, "hits")
        assert len(hits.rows) == 3
        assert "3 articles" in str(hits.border_title)
        await desk.press("enter", "j")
        assert desk.focus == "articles"
        row = hits.rows[1]
        await desk.press("enter")
        assert desk.screen == "Reading"
        await desk.press("escape")
        assert (desk.screen, desk.focus, desk.article.id) == ("Search", "articles", row.id)
        await desk.press("escape")
        assert desk.focus == "query"
        await desk.press("escape")
        assert (desk.screen, desk.focus) == ("EditionScreen", "stories")


@pytest.mark.parametrize("query", ["xylophones", '"', "-", "a AND (", "*", "[bold]", "-sepsis"])
async def test_a_search_for_anything_ends_in_words(reader: Reader, query: str) -> None:
    async with at(reader) as desk:
        await desk.press("slash")
        desk.app.screen.query_one("#query").value = query  # type: ignore[attr-defined]
        hits = desk.rows()
        await desk.until(lambda: "Type to" not in hits.empty[0] or hits.rows)
        assert hits.rows or hits.empty == [f"Nothing found for {query}."]


# ── Help ─────────────────────────────────────────────────────────────────────────────────────


@SIZES
async def test_the_help_lists_every_action(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as desk:
        await desk.press("question_mark")
        lines = [item.text.plain for item in desk.view("keys").items]
        for action in ACTIONS:
            assert any(action.help in line for line in lines), action.id
        assert "Keys" in desk.shown
        await desk.press("escape")
        assert desk.screen == "EditionScreen"


@SIZES
async def test_the_whole_help_can_be_read(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as desk:
        await desk.press("question_mark")
        last = desk.view("keys").items[-1].text.plain.split()[-1]
        for _ in range(12):
            await desk.press("space")
        assert last in desk.shown


# ── Themes ───────────────────────────────────────────────────────────────────────────────────


async def test_themes_are_tried_live_and_esc_restores(reader: Reader) -> None:
    async with at(reader) as desk:
        before, inks = desk.app.theme, desk.edition.stories.inks
        await desk.press("t", "j")
        assert desk.app.theme != before
        await desk.until(lambda: desk.edition.stories.inks != inks, "other inks")
        await desk.press("escape")
        assert desk.app.theme == before
        await desk.until(lambda: desk.edition.stories.inks == inks, "the old inks")


async def test_enter_keeps_a_theme(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("t", "j")
        tried = desk.app.theme
        await desk.press("enter")
        assert (desk.screen, desk.app.theme) == ("EditionScreen", tried)
        assert tried in desk.status


async def test_every_packaged_theme_shows_the_edition(sample: Path) -> None:
    for name in sorted(theme_files()):
        async with at(reader_on(sample, Settings(theme=name))) as desk:
            assert desk.app.theme == name
            assert not desk.told
            assert desk.row.headline[:10] in desk.shown


async def test_a_theme_that_is_not_there_falls_back_and_says_so(sample: Path) -> None:
    async with at(reader_on(sample, Settings(theme="harbor"))) as desk:
        assert desk.app.theme == "harbour"
        assert "Did you mean harbour?" in desk.told[-1]


async def test_a_wrong_theme_of_ones_own_falls_back_and_says_what_is_wrong(sample: Path) -> None:
    folder = user_themes_folder()
    folder.mkdir(parents=True)
    text = theme_files()["harbour"].read_text(encoding="utf-8")
    (folder / "mine.toml").write_text(text.replace("primary", "[primery"), encoding="utf-8")
    async with at(reader_on(sample, Settings(theme="mine"))) as desk:
        assert desk.app.theme == "harbour"
        assert "mine.toml" in desk.told[-1]


# ── The palette ──────────────────────────────────────────────────────────────────────────────


async def test_every_action_is_a_command_with_its_help(reader: Reader) -> None:
    async with at(reader) as desk:
        commands = {c.help for c in desk.app.get_system_commands(desk.app.screen)}
        assert {a.help for a in ACTIONS if a.id not in ("palette", "down", "up")} <= commands


async def test_the_palette_opens_and_does_what_is_chosen(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("j", "j", "ctrl+p")
        assert desk.screen == "CommandPalette"
        found = desk.app.screen.query_one(CommandList)
        await desk.until(lambda: found.option_count, "the commands")
        for key in "star":  # each key searches anew and ends the search before
            await desk.press(key)
            await desk.until(lambda: found.option_count, "the commands that fit")
        await desk.until(lambda: "Star the story or article" in desk.shown, "the command")
        await desk.press("enter")
        await desk.until(lambda: desk.screen == "EditionScreen")
        await _starred(desk)


async def _starred(desk: Desk) -> None:
    await desk.until(lambda: desk.row.starred, "the star")
    with desk.kept() as store:
        assert store.story_row(desk.row.id).starred


# ── Leaving ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_q_leaves(reader: Reader, key: str) -> None:
    async with at(reader) as desk:
        await desk.press(key)
        assert desk.app._exit
    assert reader.return_code == 0
