"""Saved searches: read, checked, and added to a file that stays what it was."""

import pytest

from briefing.config import (
    RuleSettings,
    SearchSettings,
    add_entry,
    config_faults,
    config_path,
    load_settings,
    remove_entry,
    settings_to_toml,
)
from briefing.model import ConfigError
from tests.config.user_file import write

HARBOUR = SearchSettings("Harbour", '(harbour OR "the ferry") -title:live')


def test_searches_are_read_and_survive_being_written() -> None:
    write("[[searches]]\nname = 'Harbour'\nquery = '''(harbour OR \"the ferry\") -title:live'''\n")
    settings = load_settings()
    assert settings.searches == (HARBOUR,)
    write(settings_to_toml(settings))
    assert load_settings() == settings


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[[searches]]\nquery = 'ferry'\n", 1, "'searches.name' is missing"),
        ("[[searches]]\nname = 'A'\n", 1, "'searches.query' of the search “A” is missing"),
        ("[[searches]]\nname = 'A'\nquery = 3\n", 3, "must be a string"),
        ("[[searches]]\nname = 'A'\nquery = 'is:unrad'\n", 3, "is: takes unread"),
        (
            "[[searches]]\nname = 'A'\nquery = 'a'\n[[searches]]\nname = 'a'\nquery = 'b'\n",
            5,
            "for the second time",
        ),
        ("searches = ['ferry']\n", 1, "'searches' is a list of tables"),
    ],
)
def test_a_wrong_search_is_named_with_its_line(text: str, line: int, words: str) -> None:
    (fault,) = config_faults(write(text))
    assert f"line {line}" in fault.where
    assert words in fault.what


def test_a_wrong_query_is_pointed_at() -> None:
    (fault,) = config_faults(write("[[searches]]\nname = 'A'\nquery = 'ferry titel:x'\n"))
    assert fault.shown.splitlines() == ["ferry titel:x", "      ^^^^^^"]
    assert "Did you mean title:?" in fault.mend


@pytest.mark.parametrize(
    "before",
    ["", "# Mine.\ntheme = 'harbour'  # as at sea\n\n[edition]\nhours = 12", "\ufeff[keys]\r\n"],
)
def test_a_search_is_added_and_all_else_stays(before: str) -> None:
    path = write(before)
    odd = SearchSettings('He said "\\u00e4"\x7f 港', '"a b" /c\\d/')
    assert add_entry(path, HARBOUR).searches == (HARBOUR,)
    assert add_entry(path, odd).searches == (HARBOUR, odd)
    assert load_settings(path).searches == (HARBOUR, odd)
    text = path.read_bytes().decode("utf-8")
    assert text.startswith(before.lstrip("\ufeff").rstrip())


def test_a_file_that_is_not_there_is_made_for_its_user_alone() -> None:
    path = config_path()
    add_entry(path, HARBOUR)
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("before", "search"),
    [
        ("[[searches]]\nname = 'Harbour'\nquery = 'a'\n", HARBOUR),
        ("", SearchSettings("", "ferry")),
        ("", SearchSettings("A", "titel:x")),
        ("searches = []\n", HARBOUR),
        ("theme = \n", HARBOUR),
        ("", SearchSettings("\ud800", "ferry")),
    ],
)
def test_what_cannot_be_added_changes_nothing(before: str, search: SearchSettings) -> None:
    path = write(before)
    with pytest.raises(ConfigError):
        add_entry(path, search)
    assert path.read_text(encoding="utf-8") == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("before", ["", "# Mine.\n", "[edition]\nhours = 12\n"])
@pytest.mark.parametrize(
    "entry", [HARBOUR, RuleSettings('no "ferries"', "title:ferry", ("mute", "tag:boats"))]
)
def test_what_was_added_is_taken_out_again_and_all_else_stays(
    before: str, entry: SearchSettings | RuleSettings
) -> None:
    path = write(before)
    added = add_entry(path, entry)
    assert entry in (*added.searches, *added.rules)
    other = SearchSettings("Other", "bridge")
    add_entry(path, other)
    settings = remove_entry(path, entry)
    assert (settings.searches, settings.rules) == ((other,), ())
    assert remove_entry(path, other).searches == ()
    assert path.read_text(encoding="utf-8") == before


def test_what_was_changed_by_hand_is_not_taken_out() -> None:
    path = write("")
    add_entry(path, HARBOUR)
    text = path.read_text(encoding="utf-8").replace("query", "# mine\nquery")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="does not stand there as it was written"):
        remove_entry(path, HARBOUR)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("above", ["", "[[searches]]\nname = 'Bridges'\nquery = 'bridge'\n"])
def test_what_was_added_to_by_hand_is_not_taken_out(above: str) -> None:
    path = write(above)
    add_entry(path, HARBOUR)
    text = path.read_text(encoding="utf-8") + "section = true\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="does not stand there as it was written"):
        remove_entry(path, HARBOUR)
    assert path.read_text(encoding="utf-8") == text
