"""What each rule would catch is shown, nothing changed; a search is made a rule by a key."""

from pathlib import Path

import pytest

from briefing.config import RuleSettings, Settings, load_settings
from briefing.editions import try_rule
from briefing.model import ArticleRow
from briefing.ui.app import Reader
from briefing.ui.screens.ask import ChooseScreen
from briefing.ui.session import TRIED
from tests.ui.driver import LEAST, MEDIUM, WIDE, ReaderDriver, at, reader_on

SEPSIS = RuleSettings("no sepsis", "sepsis", ("mute",))
VIEWS = RuleSettings("views", "is:opinion", ("star",))
NOTHING = RuleSettings("nothing", "zebra", ("read",))
SLOW = RuleSettings("slow", r"/(a|aa)+$/", ("read",))


async def rules_shown(driver: ReaderDriver) -> None:
    """Through the palette to the rules."""
    await driver.press("ctrl+p", *"each would catch")
    await driver.until(lambda: "Rules: what each would catch" in driver.shown, "the command")
    await driver.press("enter")
    await driver.until(lambda: driver.screen == "RulesScreen", "the rules")


@pytest.mark.parametrize("size", [LEAST, MEDIUM, WIDE])
async def test_the_articles_of_the_rule_under_the_cursor_are_those_that_the_command_finds(
    sample: Path, size: tuple[int, int]
) -> None:
    settings = Settings(rules=(SEPSIS, VIEWS, NOTHING))
    async with at(reader_on(sample, settings), size) as driver:
        session = driver.app.session
        await rules_shown(driver)
        for rule in settings.reading_rules[:2]:
            with driver.kept() as store:
                trial = try_rule(store, rule, session.clock() - TRIED, session.clock())
            wanted = [one.row.id for one in trial.caught]
            assert wanted

            def is_caught(ids: list[str] = wanted) -> bool:
                return [r.id for r in driver.rows().rows] == ids

            await driver.until(is_caught, rule.name)
            view = driver.view("feedlist")
            count = view.items[view.cursor or 0].right
            assert count is not None
            assert count.plain == str(len(wanted))
            await driver.press("j")
        await driver.until(lambda: driver.rows().empty[0].startswith("Nothing of "), "none")
        await driver.press("g", "enter")
        assert driver.focus == "articles"
        await driver.press("enter")
        assert driver.screen == "ArticleScreen"
        await driver.press("escape", "escape", "escape")
        assert driver.screen == "EditionScreen"


async def test_a_rule_that_takes_too_long_says_so(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.store.rules.RULE_SECONDS", 0.0)
    async with at(reader_on(sample, Settings(rules=(SLOW,)))) as driver:
        await rules_shown(driver)
        await driver.until(lambda: driver.rows().empty[0] not in ("Looking …", ""), "why not")
        assert not driver.rows().rows


async def test_the_store_is_asked_for_no_article_that_the_rule_has_just_caught(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at(reader_on(sample, Settings(rules=(SEPSIS,)))) as driver:
        asked: list[str] = []
        stored = driver.app.session.article_row

        def article_row(name: str) -> ArticleRow:
            asked.append(name)
            return stored(name)

        monkeypatch.setattr(driver.app.session, "article_row", article_row)
        await rules_shown(driver)
        await driver.until(lambda: driver.rows().rows, "what it catches")
        assert asked == []


async def test_without_rules_the_screen_says_how_to_make_one(reader: Reader) -> None:
    async with at(reader) as driver:
        await rules_shown(driver)
        assert "There are no rules." in driver.shown


async def test_a_search_is_made_a_rule_that_works_at_once_and_is_taken_back(
    reader: Reader,
) -> None:
    async with at(reader) as driver:
        await driver.press("slash", *"sepsis")
        await driver.until(lambda: driver.rows().rows, "hits")
        found = len(driver.rows().rows)
        await driver.press("ctrl+r")
        assert driver.screen == "ChooseScreen"
        caught = f"{found} articles of the last two weeks"
        await driver.until(lambda: f"Now: {caught}." in driver.shown, "how many it would catch")
        await driver.press("enter")
        await driver.until(lambda: driver.said.startswith(f"rule kept: {caught} · u "), "how many")
        from briefing.config import config_path

        assert load_settings(config_path()).rules == (RuleSettings("sepsis", "sepsis", ("mute",)),)
        assert driver.app.session.settings.rules[0].name == "sepsis"
        driver.kept().close()
        assert driver.app.session.muted_counts()[0] > 0
        await driver.press("ctrl+r", "enter")
        await driver.until(lambda: "for the second time" in driver.shown.replace("\n", " "))
        await driver.press("escape", "u")
        await driver.until(lambda: "taken back: kept: sepsis" in driver.status, "taken back")
        assert load_settings(config_path()).rules == ()
        assert driver.app.session.muted_counts() == (0, 0)


async def test_a_count_that_is_there_before_the_card_is_composed_stands_on_it(
    reader: Reader,
) -> None:
    """The store may answer before the card's first layout."""
    async with at(reader) as driver:
        card = ChooseScreen("A rule of this search", ["What is done?"], [("mute", "Mute them")])
        composed = driver.app.push_screen(card)
        card.tell(["What is done?", "Now: 3 articles."])
        await composed
        await driver.until(lambda: "Now: 3 articles." in driver.shown, "the count")
        assert driver.app.screen is card


@pytest.mark.parametrize("typed", ["", "titel:x"])
async def test_what_is_no_search_is_made_no_rule(reader: Reader, typed: str) -> None:
    async with at(reader) as driver:
        await driver.press("slash", *typed, "ctrl+r")
        assert driver.screen == "SearchScreen"
        assert driver.notifications


async def test_what_a_new_rule_does_shows_in_the_lists_at_once(reader: Reader) -> None:
    """Else one goes back to an edition that still counts as unread what the rule has read."""
    async with at(reader) as driver:
        await driver.until(lambda: driver.edition.counts is not None, "the counts")
        counts = driver.edition.counts
        assert counts is not None
        await driver.press("slash", *"title:sepsis")
        await driver.until(lambda: driver.rows().rows, "hits")
        assert not all(row.read for row in driver.rows().rows)
        await driver.press("ctrl+r", "j", "enter")
        await driver.until(lambda: all(row.read for row in driver.rows().rows), "the marks")
        await driver.until(
            lambda: driver.edition.counts and driver.edition.counts.unread < counts.unread,
            "the count of the edition",
        )


@pytest.mark.parametrize("query", ["sepsis", "is:unread", "the"])
async def test_a_rule_that_is_taken_back_leaves_the_edition_as_it_was(
    reader: Reader, query: str
) -> None:
    """No story may be lost by trying a rule."""
    async with at(reader) as driver:
        stories = driver.edition.stories
        await driver.press("G")
        before, counts = list(stories.rows), driver.edition.counts
        await driver.press("g", "slash", *query)
        await driver.until(lambda: driver.rows().rows, "hits")
        await driver.press("ctrl+r", "enter")
        await driver.until(lambda: driver.said.startswith("rule kept: "), "the rule")
        assert len([row for row in stories.rows if row.id != "muted"]) < len(before)
        await driver.press("escape", "u")
        await driver.until(lambda: f"taken back: kept: {query}" in driver.status, "taken back")
        await driver.until(lambda: driver.edition.counts == counts, "the counts")
        await driver.press("G")
        assert stories.rows == before
