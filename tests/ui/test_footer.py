"""The line of keys: the key that lists all of them is always there; messages go again."""

import pytest

from briefing.ui.app import Reader
from briefing.ui.keymap import ACTIONS
from briefing.ui.screens import base
from briefing.ui.screens.base import key_words
from briefing.ui.widgets.status_bar import StatusBar
from tests.ui.driver import LEAST, MEDIUM, WIDE, at

KEYS = [(action.id, action.help) for action in ACTIONS]


@pytest.mark.parametrize("width", range(36, 400, 7))
def test_the_key_of_the_help_is_never_dropped(width: int) -> None:
    words = key_words(KEYS, width, {})
    assert words.endswith("? keys")
    assert len(words) <= width
    assert key_words(KEYS, width, {"help": "f1"}).endswith("f1 keys")


def test_where_the_help_has_no_key_the_others_stand_alone() -> None:
    assert key_words([("star", "star")], 40, {"help": ""}) == "s star"


SCREENS = {
    "EditionScreen": (),
    "FeedsScreen": ("f",),
    "ArticleScreen": ("f", "tab", "enter"),
    "SearchScreen": ("slash",),
    "CoverageScreen": ("tab", "tab", "tab", "enter"),
}


@pytest.mark.parametrize("size", [LEAST, (50, 20), MEDIUM, (110, 30), WIDE])
@pytest.mark.parametrize("screen", SCREENS)
async def test_every_screen_names_the_key_of_the_help_also_while_something_is_said(
    reader: Reader, screen: str, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press(*SCREENS[screen])
        assert driver.screen == screen
        assert driver.shown.splitlines()[-1].rstrip().endswith("? keys")
        above = driver.app.screen
        assert isinstance(above, base.ReaderScreen)
        for words in ("read · u takes it back", "opened https://" + "coast.example/" * 4):
            above.say(words)
            await driver.pilot.pause()
            last = driver.shown.splitlines()[-1]
            assert "? keys" in last
            assert words[:20] in last
            await driver.resize(40, 20)
            assert "? keys" in driver.shown.splitlines()[-1]
            await driver.resize(*size)


@pytest.mark.parametrize("size", [LEAST, (50, 20), MEDIUM, WIDE])
async def test_what_is_said_leaves_the_head_as_it_is_and_the_keys_come_back(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(base, "MESSAGE_STAYS", 0.01)
    async with at(reader, size) as driver:
        counts = driver.edition.counts
        assert counts is not None
        head, foot = driver.shown.splitlines()[0], driver.shown.splitlines()[-1]
        assert f"{counts.unread} unread" in head
        assert "Tue 5 May" in head
        driver.edition.say("opened https://coast.example/harbour-bridge-closed")
        assert driver.edition.query_one("#foot", StatusBar).words[1].startswith("opened")
        await driver.until(lambda: driver.shown.splitlines()[-1] == foot, "the keys")
        assert driver.shown.splitlines()[0] == head


async def test_a_message_in_the_line_of_keys_goes_again(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at(reader) as driver:
        await driver.press("f", "e")
        assert "e works in the edition" in driver.shown
        monkeypatch.setattr(base, "MESSAGE_STAYS", 0.01)
        await driver.press("e")
        await driver.until(lambda: "e works in the edition" not in driver.shown)
        assert "? keys" in driver.shown


@pytest.mark.parametrize("size", [LEAST, WIDE])
async def test_a_message_in_the_border_of_the_help_goes_again(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("question_mark", "m")
        assert "m works " in driver.shown
        await driver.press("2", "j")  # a number before a key takes away what was said of it
        assert "m works " not in driver.shown
        monkeypatch.setattr(base, "MESSAGE_STAYS", 0.01)
        await driver.press("m")
        await driver.until(lambda: "m works " not in driver.shown)
        assert "esc closes" in driver.shown
