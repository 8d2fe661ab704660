"""Feeds, search, help, themes and the palette: what is one key away from the edition."""

from pathlib import Path

import pytest
from textual.command import CommandList

from briefing.config import (
    ReaderSettings,
    SearchSettings,
    Settings,
    config_path,
    load_settings,
    user_themes_folder,
)
from briefing.ui.app import Reader
from briefing.ui.commands import Commands, title_of
from briefing.ui.keymap import ACTIONS
from briefing.ui.screens.search import SearchScreen
from briefing.ui.targets import ArticleSource
from briefing.ui.themes import theme_files
from briefing.ui.widgets import virtual_list
from tests.ui.driver import LEAST, MEDIUM, NARROW, WIDE, ReaderDriver, at, reader_on

SIZES = pytest.mark.parametrize("size", [LEAST, NARROW, WIDE])


# ── Feeds ────────────────────────────────────────────────────────────────────────────────────


async def test_the_feeds_view_holds_every_feed_by_category_and_every_article(
    reader: Reader,
) -> None:
    async with at(reader) as driver:
        await driver.press("f")
        view, articles = driver.view("feedlist"), driver.rows()
        targets = [view.items[i].target for i in view._stops]
        sources = [target for target in targets if isinstance(target, ArticleSource)]
        assert sources == targets
        feeds = driver.app.session.feed_rows()
        assert {s.feed_id for s in sources if s.feed_id} == {r.feed.id for r in feeds}
        assert [s.category for s in sources if s.category] == sorted(
            {r.feed.category for r in feeds}
        )
        assert len(articles.rows) == sum(r.articles for r in feeds)
        times = [row.published for row in articles.rows]
        assert times == sorted(times, reverse=True)
        everything = {row.id for row in articles.rows}
        of_feeds: set[str] = set()
        for source in sources:
            assert view.current == source
            if source.feed_id:
                of_feeds |= {row.id for row in articles.rows}
            await driver.press("j")
        assert of_feeds == everything


@SIZES
async def test_an_article_of_a_feed_is_read_and_esc_leads_back(
    reader: Reader, opened: list[str], size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("f", "j", "j", "j")
        shelf = driver.view("feedlist").current
        await driver.press("enter")
        assert driver.focus == "articles"
        await driver.press("j")
        row = driver.article
        assert row.title[:20] in driver.shown
        await driver.press("enter")
        assert driver.screen == "ArticleScreen"
        article = driver.app.session.article(row.id)
        assert driver.view("article").items[0].text.plain == article.title
        await driver.press("enter")
        assert opened == [article.url]
        await driver.press("y")
        assert f"— {article.source}, {article.url}" in driver.app.clipboard
        await driver.press("escape")
        assert (driver.screen, driver.focus) == ("FeedsScreen", "articles")
        assert driver.article.id == row.id
        await driver.press("escape")
        assert (driver.focus, driver.view("feedlist").current) == ("feedlist", shelf)
        await driver.press("escape")
        assert driver.screen == "EditionScreen"
        with driver.kept() as store:
            assert store.article_row(row.id).read


async def test_an_article_that_was_read_is_shown_as_read(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("f", "tab", "enter")
        driver.kept().close()
        await driver.press("escape")
        assert driver.article.read


# ── Search ───────────────────────────────────────────────────────────────────────────────────


@SIZES
async def test_a_search_finds_reads_and_returns(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as driver:
        await driver.press("slash", *"sepsis")
        hits = driver.rows()
        await driver.until(lambda: hits.rows, "hits")
        assert len(hits.rows) == 3
        assert "3 articles" in str(hits.border_title)
        await driver.press("enter", "j")
        assert driver.focus == "articles"
        row = hits.rows[1]
        await driver.press("enter")
        assert driver.screen == "ArticleScreen"
        await driver.press("escape")
        assert (driver.screen, driver.focus, driver.article.id) == (
            "SearchScreen",
            "articles",
            row.id,
        )
        await driver.press("escape")
        assert driver.focus == "query"
        await driver.press("escape")
        assert (driver.screen, driver.focus) == ("EditionScreen", "stories")


@pytest.mark.parametrize("query", ["xylophones", "[bold]", "-sepsis", "is:starred has:note"])
async def test_a_search_for_anything_ends_in_words(reader: Reader, query: str) -> None:
    async with at(reader) as driver:
        await driver.press("slash")
        driver.app.screen.query_one("#query").value = query  # type: ignore[attr-defined]
        hits = driver.rows()
        await driver.until(lambda: "Type to" not in hits.empty[0] or hits.rows)
        assert hits.rows or hits.empty[0] == f"Nothing found for {query}."


@SIZES
async def test_a_wrong_query_is_pointed_at_and_what_was_found_before_stays(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("slash", *"sepsis")
        hits = driver.rows()
        await driver.until(lambda: hits.rows, "hits")
        driver.app.screen.query_one("#query").value = "sepsis titel:x"  # type: ignore[attr-defined]
        await driver.until(lambda: "Did you mean title:?" in driver.shown.replace("\n", " "))
        assert len(hits.rows) == 3
        lines = driver.shown.splitlines()
        wrong = next(n for n, line in enumerate(lines) if "^" in line)
        typed = next(line for line in lines if "titel:" in line)
        assert lines[wrong].index("^") == typed.index("titel:")
        driver.app.screen.query_one("#query").value = "sepsis"  # type: ignore[attr-defined]
        await driver.until(lambda: "^" not in driver.shown, "no fault")
        assert len(hits.rows) == 3


@pytest.mark.parametrize("query", ['"', "-", "a AND (", "/(/", "[bold]:", "a" * 10_000, "(" * 5000])
async def test_what_cannot_be_read_is_told_under_the_line(reader: Reader, query: str) -> None:
    async with at(reader) as driver:
        await driver.press("slash")
        driver.app.screen.query_one("#query").value = query  # type: ignore[attr-defined]
        await driver.until(lambda: "^" in driver.shown or "Nothing found" in driver.shown)
        assert driver.screen == "SearchScreen"


async def test_what_was_found_stands_out_in_title_and_snippet(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("slash", *"seps")
        hits = driver.rows()
        await driver.until(lambda: hits.rows, "hits")
        screen = driver.app.screen
        assert isinstance(screen, SearchScreen)
        marked = set()
        for number, row in enumerate(hits.rows):
            for line in screen.draw_row(row, number, 100):
                style = hits.theme_styles.evidence
                marked |= {
                    line.plain[s.start : s.end].lower() for s in line.spans if s.style == style
                }
        assert marked
        assert all(word.startswith("seps") for word in marked)


async def test_a_search_that_takes_too_long_says_how_to_narrow_it_and_keeps_what_there_was(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.ui.session.SEARCH_SECONDS", 0.0)
    async with at(reader) as driver:
        await driver.press("slash", *"sepsis")
        hits = driver.rows()
        await driver.until(lambda: hits.rows, "hits")
        driver.app.screen.query_one("#query").value = "/zebra/"  # type: ignore[attr-defined]
        await driver.until(lambda: "Narrow it" in driver.shown, "the error")
        assert len(hits.rows) == 3
        assert not driver.notifications


async def test_more_hits_than_a_page_holds_can_all_be_gone_to(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(virtual_list, "PAGE", 2)
    async with at(reader) as driver:
        await driver.press("slash", *"sepsis")
        hits = driver.rows()
        await driver.until(lambda: hits.rows, "hits")
        await driver.press("enter", "G")
        assert (len({row.id for row in hits.rows}), hits.cursor) == (3, 2)


async def test_enter_looks_for_what_may_have_been_meant(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("slash", *"sepssis")
        hits = driver.rows()
        await driver.until(lambda: "Did you mean: sepsis" in driver.shown, "the nearest word")
        await driver.press("enter")
        await driver.until(lambda: hits.rows, "hits")
        assert len(hits.rows) == 3


# ── Saved searches ───────────────────────────────────────────────────────────────────────────

SEPSIS = SearchSettings("[bold]Sepsis", "sepsis OR zebra")


async def _to_shelf(driver: ReaderDriver, name: str) -> None:
    """Down in the list of feeds to the shelf of that name."""
    for _ in range(12):
        if name in str(driver.rows().border_title):
            return
        await driver.press("j")
    raise AssertionError(f"there is no shelf {name}")


@SIZES
async def test_a_saved_search_is_a_shelf_of_the_feeds(sample: Path, size: tuple[int, int]) -> None:
    async with at(reader_on(sample, Settings(searches=(SEPSIS,))), size) as driver:
        await driver.press("f")
        await _to_shelf(driver, SEPSIS.name)
        hits = driver.rows()
        await driver.until(lambda: len(hits.rows) == 3, "what the search finds")
        assert "[bold]Sepsis" in driver.shown
        await driver.press("k")
        assert "zebra" not in hits.empty[0]


async def test_more_hits_of_a_saved_search_than_a_page_holds_can_all_be_gone_to(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(virtual_list, "PAGE", 2)
    async with at(reader_on(sample, Settings(searches=(SEPSIS,)))) as driver:
        await driver.press("f")
        await _to_shelf(driver, SEPSIS.name)
        hits = driver.rows()
        await driver.until(lambda: hits.rows, "what the search finds")
        await driver.press("enter", "G")
        assert (len({row.id for row in hits.rows}), hits.cursor) == (3, 2)


async def test_a_key_keeps_a_search_in_the_configuration_file(reader: Reader) -> None:
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Mine.\n[edition]\nhours = 48 # two days\n", encoding="utf-8")
    async with at(reader) as driver:
        await driver.press("slash", *"sepsis")
        await driver.until(lambda: driver.rows().rows, "hits")
        await driver.press("enter", "ctrl+s")
        assert driver.focus == "name"
        await driver.press(*"Mine", "enter")
        assert driver.focus == "query"
        assert driver.said == "kept as Mine: a shelf of the Feeds view"
        assert driver.notifications == []
        assert path.read_text(encoding="utf-8").startswith(
            "# Mine.\n[edition]\nhours = 48 # two days"
        )
        assert load_settings(path).searches == (SearchSettings("Mine", "sepsis"),)
        await driver.press("ctrl+s", *"Mine", "enter")
        await driver.until(lambda: "for the second time" in driver.shown.replace("\n", " "))
        await driver.press("escape", "escape", "f")
        await _to_shelf(driver, "Mine")
        await driver.until(lambda: len(driver.rows().rows) == 3, "what the search finds")


@pytest.mark.parametrize("typed", ["", "titel:x"])
async def test_what_is_no_search_is_not_kept(reader: Reader, typed: str) -> None:
    async with at(reader) as driver:
        await driver.press("slash", *typed, "ctrl+s")
        assert driver.focus == "query"
        assert "no search to keep" in driver.notifications[-1]


async def test_the_demo_keeps_no_search(sample: Path) -> None:
    async with at(reader_on(sample, sample=True)) as driver:
        await driver.press("slash", *"sepsis", "ctrl+s", *"Mine", "enter")
        assert not config_path().exists()


async def test_where_the_configuration_is_ignored_no_search_and_no_rule_is_kept(
    reader: Reader,
) -> None:
    reader.options = ("--ignore-config",)
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Mine.\n", encoding="utf-8")
    async with at(reader) as driver:
        await driver.press("slash", *"sepsis", "ctrl+r", "enter", "ctrl+s", *"Mine", "enter")
        assert path.read_text(encoding="utf-8") == "# Mine.\n"
        assert driver.app.session.settings == Settings()
        assert driver.notifications == ["--ignore-config: nothing is kept"] * 2


# ── Help ─────────────────────────────────────────────────────────────────────────────────────


@SIZES
async def test_the_help_lists_every_action(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as driver:
        await driver.press("question_mark")
        lines = [item.text.plain for item in driver.view("keys").items]
        for action in ACTIONS:
            assert any(action.help in line for line in lines), action.id
        assert "Keys" in driver.shown
        await driver.press("escape")
        assert driver.screen == "EditionScreen"


@SIZES
async def test_the_whole_help_can_be_read(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as driver:
        await driver.press("question_mark")
        last = driver.view("keys").items[-1].text.plain.split()[-1]
        for _ in range(40):
            await driver.press("space")
        assert last in driver.shown


# ── Themes ───────────────────────────────────────────────────────────────────────────────────


async def test_every_packaged_theme_shows_the_edition(sample: Path) -> None:
    for name in sorted(theme_files()):
        async with at(reader_on(sample, Settings(theme=name))) as driver:
            assert driver.app.theme == name
            assert not driver.notifications
            assert driver.row.headline[:10] in driver.shown


async def test_a_theme_that_is_not_there_falls_back_and_says_so(sample: Path) -> None:
    async with at(reader_on(sample, Settings(theme="harbor"))) as driver:
        assert driver.app.theme == "harbour"
        assert "Did you mean harbour?" in driver.notifications[-1]


async def test_hostile_24_a_wrong_theme_of_ones_own_falls_back_and_says_what_is_wrong(
    sample: Path,
) -> None:
    folder = user_themes_folder()
    folder.mkdir(parents=True)
    text = theme_files()["harbour"].read_text(encoding="utf-8")
    (folder / "mine.toml").write_text(text.replace("primary", "[primery"), encoding="utf-8")
    async with at(reader_on(sample, Settings(theme="mine"))) as driver:
        assert driver.app.theme == "harbour"
        assert "mine.toml" in driver.notifications[-1]


async def test_a_key_that_does_nothing_in_the_list_of_keys_covers_none_of_them(
    reader: Reader,
) -> None:
    async with at(reader, MEDIUM) as driver:
        await driver.press("question_mark")
        for key, words in (("enter", "nothing lies behind this line"), ("tab", "no other pane")):
            await driver.press(key)
            await driver.until(lambda w=words: w in driver.shown, words)  # type: ignore[misc]
        assert driver.notifications == []
        assert "esc closes" in driver.shown
        await driver.press("escape")
        assert driver.screen == "EditionScreen"


# ── The palette ──────────────────────────────────────────────────────────────────────────────


async def test_every_action_is_a_command_with_its_help(reader: Reader) -> None:
    async with at(reader) as driver:
        commands = {c.help for c in driver.app.get_system_commands(driver.app.screen)}
        assert {a.help for a in ACTIONS if a.id not in ("palette", "down", "up")} <= commands


@pytest.mark.parametrize("size", [WIDE, MEDIUM, LEAST])
async def test_the_palette_begins_with_what_one_looks_for_there(
    reader: Reader, size: tuple[int, int]
) -> None:
    """What moves the cursor comes last, no words stand twice, and it is no wider than they are."""
    async with at(reader, size) as driver:
        await driver.press("ctrl+p")
        found = driver.app.screen.query_one(CommandList)
        await driver.until(lambda: found.option_count, "the commands")
        await driver.until(lambda: "Add feed" in driver.shown, "the first")
        hits = [found.get_option_at_index(n).hit for n in range(found.option_count)]  # type: ignore[attr-defined]
        titles = [hit.text for hit in hits]
        assert titles[0] == "Add feed"
        for looked_for in ("Export feeds", "Make rule", "Rules: what each would catch"):
            assert titles.index(looked_for) < 12
        assert titles.index("Change the theme") < titles.index("Mark as read or unread")
        assert titles[-1] in {title_of(action) for action in ACTIONS if action.group == "Move"}
        assert len(set(titles)) == len(titles)
        for hit in hits:
            told, words = (hit.help or "").lower(), set(hit.text.lower().split())
            assert not told or set(told.split()) - words
            assert not told.startswith(f"{hit.text.lower()}:")
        assert found.region.width == min(72, size[0])


async def test_the_palette_opens_and_does_what_is_chosen(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("j", "j", "ctrl+p")
        assert driver.screen == "CommandPalette"
        found = driver.app.screen.query_one(CommandList)
        await driver.until(lambda: found.option_count, "the commands")
        for key in "star":  # each key searches anew and ends the search before
            await driver.press(key)
            await driver.until(lambda: found.option_count, "the commands that fit")
        await driver.until(lambda: "Star the story or article" in driver.shown, "the command")
        await driver.press("enter")
        await driver.until(lambda: driver.screen == "EditionScreen")
        await _starred(driver)


@pytest.mark.parametrize(
    ("query", "first", "key"),
    [
        ("add feed", "Add feed", "a"),
        ("mark all read", "Mark all read", "A"),
        ("catch up", "Mark all read", "A"),
        ("quit", "Quit", "ctrl+q"),
        ("go back", "Go back", "esc h left"),
        ("exit", "Quit", "ctrl+q"),
        ("bookmark", "Bookmark", "B"),
        ("star", "Star or unstar", "s"),
        ("opml", "Import feeds", "I"),
        ("reload", "Fetch the feeds now", "r"),
        ("undo", "Undo the last change", "u"),
        ("why", "Explain this", "e"),
    ],
)
async def test_commands_are_found_by_what_one_wants_and_show_their_keys(
    reader: Reader, query: str, first: str, key: str
) -> None:
    async with at(reader) as driver:
        provider = Commands(driver.app.screen)
        hits = [hit async for hit in provider.search(query)]
        best = max(hits, key=lambda hit: hit.score)
        assert str(best.text) == first
        assert str(best.prompt) == (f"{first}   {key}" if key else first)


async def _starred(driver: ReaderDriver) -> None:
    await driver.until(lambda: driver.row.starred, "the star")
    with driver.kept() as store:
        assert store.story_row(driver.row.id).starred


# ── Leaving ──────────────────────────────────────────────────────────────────────────────────


async def test_q_goes_back_one_level_and_leaves_at_the_top(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("enter", "enter", "q")
        assert driver.focus == "brief"
        await driver.press("q")
        assert driver.focus == "stories"
        await driver.press("f", "enter", "enter")
        assert driver.screen == "ArticleScreen"
        await driver.press("q")
        assert (driver.screen, driver.focus) == ("FeedsScreen", "articles")
        await driver.press("q", "q")
        assert (driver.screen, driver.app._exit) == ("EditionScreen", False)
        await driver.press("q")
        assert driver.app._exit
    assert reader.return_code == 0


async def test_where_the_settings_say_so_q_ends_the_program_anywhere(sample: Path) -> None:
    settings = Settings(reader=ReaderSettings(quit="program"))
    async with at(reader_on(sample, settings)) as driver:
        await driver.press("f", "q")
        assert driver.app._exit


@pytest.mark.parametrize("keys", [(), ("f",), ("enter", "enter"), ("question_mark",), ("slash",)])
async def test_ctrl_q_ends_the_program_anywhere(reader: Reader, keys: tuple[str, ...]) -> None:
    async with at(reader) as driver:
        await driver.press(*keys, "ctrl+q")
        assert driver.app._exit
    assert reader.return_code == 0


async def test_the_way_from_the_hits_to_the_line_is_not_called_the_top(reader: Reader) -> None:
    """Esc and tab go to the line: nothing is said, least of all that they did nothing."""
    async with at(reader) as driver:
        await driver.press("slash", *"sepsis")
        await driver.until(lambda: driver.rows().rows, "the hits")
        for keys in (("enter", "escape"), ("tab", "tab"), ("enter", "slash")):
            await driver.press(*keys)
            assert driver.focus == "query"
            assert driver.said == ""


async def test_the_feed_whose_articles_are_gone_through_stays_marked(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        await driver.press("f", "j", "j", "j")
        name = driver.line("feedlist").strip()
        await driver.press("enter")
        assert driver.focus == "articles"
        marked = [line for line in driver.shown.splitlines() if line.startswith("│▏")]
        assert any(name in line for line in marked)
        # Which of two lists has the keys is told by more than a colour.
        assert "│▌" not in [line[:2] for line in driver.shown.splitlines()]
        assert sum("│▌" in line for line in driver.shown.splitlines()) == 2
        await driver.press("escape")
        assert sum("▌" in line for line in driver.shown.splitlines()) == 1
        assert sum("│▏" in line for line in driver.shown.splitlines()) == 2
