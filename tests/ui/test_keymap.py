"""Keys as they are written in a configuration, and which of them hold."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from briefing.config import Settings
from briefing.model import ConfigError
from briefing.ui.keymap import ACTIONS, BY_ID, key_faults, keymap, keys_of, preset_names
from briefing.ui.keynames import key_name, nearest_key, shown
from tests.ui.driver import at, reader_on

# ── Names ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("esc", "escape"),
        ("Escape", "escape"),
        ("<Esc>", "escape"),
        ("^[", "escape"),
        ("pgdn", "pagedown"),
        ("PgUp", "pageup"),
        ("page-down", "pagedown"),
        ("NPAGE", "pagedown"),
        ("?", "question_mark"),
        ("question-mark", "question_mark"),
        ("/", "slash"),
        ("[", "left_square_bracket"),
        ("ret", "enter"),
        ("<CR>", "enter"),
        ("C-f", "ctrl+f"),
        ("^f", "ctrl+f"),
        ("^F", "ctrl+f"),
        ("<C-f>", "ctrl+f"),
        ("Control+F", "ctrl+f"),
        ("S-tab", "shift+tab"),
        ("shift+a", "A"),
        ("M-x", "alt+x"),
        ("C-M-x", "alt+ctrl+x"),
        ("ctrl++", "ctrl+plus"),
        ("spc", "space"),
        ("f5", "f5"),
        ("ö", "ö"),
        ("<", "less_than_sign"),
    ],
)
def test_a_key_is_known_in_every_usual_spelling(spelling: str, name: str) -> None:
    assert key_name(spelling) == name


def test_a_character_has_the_name_that_textual_gives_it() -> None:
    for code in range(0x21, 0x7F):
        assert key_name(chr(code)) == _character_to_key(chr(code))


@pytest.mark.parametrize(
    ("wrong", "near"), [("eskape", "esc"), ("pagdown", "pgdn"), ("C-entr", "ctrl+enter")]
)
def test_a_wrong_name_is_refused_with_the_nearest(wrong: str, near: str) -> None:
    assert key_name(wrong) is None
    assert nearest_key(wrong) == near
    (fault,) = key_faults({"back": f"h,{wrong}"})
    assert (fault.where, fault.mend) == ("keys.back", f"Did you mean {near}?")


@pytest.mark.parametrize("spelling", ["ctrl+none", "S-unbound", "^none"])
def test_no_key_is_pressed_together_with_others(spelling: str) -> None:
    assert key_name(spelling) is None


@example("NONE")
@given(st.text(max_size=60) | st.text("cCsS-+<>^ aF", max_size=60))
def test_whatever_is_written_has_a_name_or_none_and_is_shown_as_it_can_be_written(
    text: str,
) -> None:
    name = key_name(text)
    nearest_key(text)
    assert name is None or key_name(shown(name)) == name


# ── Which hold ───────────────────────────────────────────────────────────────────────────────


def test_no_key_of_the_table_belongs_to_two_actions() -> None:
    keys = [key for action in ACTIONS for key in action.keys.split(",")]
    assert len(keys) == len(set(keys))
    assert all(key_name(key) == key for key in keys)


@pytest.mark.parametrize("preset", preset_names())
def test_a_preset_sets_no_key_twice_and_names_what_there_is(preset: str) -> None:
    assert key_faults({"preset": preset}) == ()
    assert keymap({"preset": preset}).overrides()


def test_own_keys_come_before_those_of_a_preset() -> None:
    changed = {"preset": "newsboat", "quit": "x"}
    assert keys_of(BY_ID["quit"], changed) == "x"
    assert keys_of(BY_ID["read"], changed) == "N,m"
    assert keys_of(BY_ID["star"], changed) == "s"


def test_an_unknown_preset_and_an_unknown_action_are_faults_with_their_mend() -> None:
    preset, action = key_faults({"preset": "newsbaot", "next-unred": "n"})
    assert (preset.where, preset.mend) == ("keys.preset", "Write newsboat or vim.")
    assert "next-unread" in action.mend
    with pytest.raises(ConfigError):
        keymap({"preset": "newsbaot"})


def test_two_actions_on_one_key_are_a_conflict_unless_one_is_moved() -> None:
    (fault,) = key_faults({"star": "n"})
    assert fault.what == "n is a key of star and of next-unread"
    assert keys_of(BY_ID["next-unread"], {"star": "n"}) == ""
    assert key_faults({"star": "n", "next-unread": "s"}) == ()
    assert key_faults({"star": "n", "next-unread": ""}) == ()
    assert keys_of(BY_ID["page-down"], {"star": "ctrl+f,s"}) == "pagedown"


# ── In the reader ────────────────────────────────────────────────────────────────────────────


async def test_keys_in_other_spellings_work(sample: Path) -> None:
    changed = {"help": "f1", "back": "q,esc,h", "leave": "", "star": "<C-s>", "read": "n"}
    async with at(reader_on(sample, Settings(keys=changed))) as driver:
        await driver.press("f1")
        assert driver.screen == "HelpScreen"
        await driver.press("escape", "ctrl+s")
        assert driver.screen == "EditionScreen"
        assert driver.row.starred
        assert [note for note in driver.notifications if "next-unread" in note]
        await driver.press("n")
        assert driver.row.state == "read"
        await driver.press("s", "enter", "q")
        assert (driver.row.starred, driver.focus) == (True, "stories")


async def test_a_preset_is_the_keys_of_that_program(sample: Path) -> None:
    async with at(reader_on(sample, Settings(keys={"preset": "newsboat"}))) as driver:
        await driver.press("N")
        assert driver.row.state == "read"
        await driver.press("Q")
        assert driver.app._exit
