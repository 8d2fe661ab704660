"""The line of keys: the key that lists all of them is always there; messages go again."""

import pytest

from briefing.ui.app import Reader
from briefing.ui.keymap import ACTIONS
from briefing.ui.screens import base
from briefing.ui.screens.base import key_words
from tests.ui.driver import LEAST, MEDIUM, at

KEYS = [(action.id, action.help) for action in ACTIONS]


@pytest.mark.parametrize("width", range(36, 400, 7))
def test_the_key_of_the_help_is_never_dropped(width: int) -> None:
    words = key_words(KEYS, width, {})
    assert words.endswith("? keys")
    assert len(words) <= width
    assert key_words(KEYS, width, {"help": "f1"}).endswith("f1 keys")


def test_where_the_help_has_no_key_the_others_stand_alone() -> None:
    assert key_words([("star", "star")], 40, {"help": ""}) == "s star"


@pytest.mark.parametrize("size", [LEAST, MEDIUM])
@pytest.mark.parametrize("keys", [(), ("f",), ("f", "enter", "enter"), ("slash",)])
async def test_every_screen_names_the_key_of_the_help(
    reader: Reader, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press(*keys)
        assert driver.shown.splitlines()[-1].rstrip().endswith("? keys")
        await driver.resize(60, 20)
        assert driver.shown.splitlines()[-1].rstrip().endswith("? keys")


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
