"""Muted stories: out of the edition, told below it, opened by Enter; e says by which rule."""

from pathlib import Path

import pytest

from briefing.config import RuleSettings, Settings
from briefing.model.rules import RuleEffect
from briefing.ui.app import Reader
from briefing.ui.panes.written import rule_words
from tests.ui.driver import LEAST, MEDIUM, WIDE, at, reader_on

RULES = (
    RuleSettings("no bridges", "title:bridge", ("mute",)),
    RuleSettings("milk", "milk", ("mute", "tag:Dairy")),
)


@pytest.fixture
def reader(sample: Path) -> Reader:
    """A reader whose rules have changed since the store was filled."""
    return reader_on(sample, Settings(rules=RULES))


@pytest.mark.parametrize("size", [LEAST, MEDIUM, WIDE])
async def test_muted_stories_stand_below_the_edition_and_are_opened_by_enter(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        stories = driver.edition.stories
        await driver.until(lambda: any(row.id == "muted" for row in stories.rows))
        with driver.kept() as store:
            muted = {row.id for row in store.muted_rows(driver.edition.session.window)}
        assert muted
        assert not muted & {row.id for row in stories.rows}
        await driver.press("G")
        assert f"{len(muted)} muted (" in driver.shown
        await driver.press("enter")
        assert driver.screen == "MutedStories"
        listed = driver.app.screen.stories.rows  # type: ignore[attr-defined]
        assert {row.id for row in listed} == muted
        await driver.press("escape")
        assert driver.app.screen is driver.edition


async def test_e_says_which_rule_mutes_a_story_and_s_brings_it_back(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        stories = driver.edition.stories
        await driver.until(lambda: any(row.id == "muted" for row in stories.rows))
        await driver.press("G", "enter")
        story = driver.app.screen.story  # type: ignore[attr-defined]
        await driver.press("e")
        assert "mutes it" in driver.shown
        await driver.press("escape", "s", "escape")
        with driver.kept() as store:
            assert not store.is_muted(story.id)


async def test_the_muted_line_is_no_story_to_the_other_keys(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        stories = driver.edition.stories
        await driver.until(lambda: any(row.id == "muted" for row in stories.rows))
        before = driver.edition.story
        await driver.press("G")
        assert driver.edition.story == before
        await driver.press("n")
        assert stories.current is not None
        assert stories.current.id != "muted"


async def test_without_rules_there_is_no_such_line(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        await driver.press("G")
        assert "muted" not in driver.shown


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("mute", "mutes it"),
        ("read", "marks it as read"),
        ("star", "stars it"),
        ("notify", "is to tell of it"),
    ],
)
def test_what_a_rule_does_is_a_sentence(action: str, words: str) -> None:
    assert rule_words([RuleEffect("no ferries", action, 1)]) == (f"your rule “no ferries” {words}",)


async def test_the_demo_is_told_without_the_readers_own_rules(sample: Path) -> None:
    """A rule that reads everything would else leave a newcomer a sample that is read already."""
    rules = Settings(rules=(*RULES, RuleSettings("all", "is:unread", ("read",))))
    async with at(reader_on(sample, rules, sample=True), WIDE) as driver:
        assert driver.app.session.settings.rules == ()
        await driver.until(lambda: driver.edition.counts is not None, "the counts")
        assert driver.app.session.muted_counts() == (0, 0)
        assert any(row.state == "unread" for row in driver.edition.stories.rows)
