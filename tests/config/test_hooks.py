"""Hooks of the configuration: read, named, and wrong ones pointed at."""

import pytest

from briefing.config import HookSettings, load_settings, settings_to_toml, sound_settings
from briefing.config.folders import config_path
from tests.config.test_settings import fault
from tests.config.user_file import write

HOOK = '[[hooks]]\nname = "keep"\n'


def test_hooks_are_read_and_survive_being_written() -> None:
    write(
        '[[hooks]]\non = "star"\nwhen = "outlets:>=3"\nrun = ["~/bin/keep", "{url}"]\n'
        'seconds = 2.5\nmax_mb = 3\n[[hooks]]\nname = "told"\nrun = ["tee"]\n'
        '[[rules]]\nname = "a"\nwhen = "port"\ndo = ["hook:told", "hook:keep"]\n'
    )
    before = load_settings()
    assert before.hooks == (
        HookSettings(("~/bin/keep", "{url}"), "star", "", "outlets:>=3", 2.5, 3),
        HookSettings(("tee",), "new", "told"),
    )
    assert [hook.known_as for hook in before.hooks] == ["keep", "told"]
    write(settings_to_toml(before))
    assert load_settings() == before


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("on = 'new'\n", 1, "'hooks.run' is missing"),
        ("run = []\n", 3, "'hooks.run' is missing"),
        ("run = [' ']\n", 3, "'hooks.run' is missing"),
        ("run = 'rm -rf'\n", 3, "must be a list of strings"),
        ("run = ['a']\non = 'start'\n", 4, "must be new or refresh or star or open or rule"),
        ("run = ['a', '--to={url}']\n", 3, "{url} is no argument by itself in '--to={url}'"),
        ("run = ['{url}', 'a']\n", 3, "{url} is no argument by itself"),
        ("run = ['a', '{titel}']\n", 3, "there is no {titel}"),
        ('run = ["a", "b\\u0000"]\n', 3, "null character"),
        ("run = ['a']\nwhen = 'titel:x'\n", 4, "there is no field titel"),
        ("run = ['a']\nwhen = 'x sort:new'\n", 4, "has sort:new"),
        ("run = ['a']\nseconds = 0\n", 4, "from 0.1 to 600"),
        ("run = ['a']\nshell = true\n", 4, "unknown key 'hooks.shell'"),
        (f"run = ['a']\n{HOOK}run = ['b']\n", 5, "“keep” for the second time"),
        ("run = ['a']\n[[hooks]]\nrun = ['/bin/keep']\n", 4, "“keep” for the second time"),
    ],
)
def test_a_wrong_hook_is_named_with_its_line_and_key(text: str, line: int, what: str) -> None:
    error = fault(HOOK + text)
    assert what in error.what
    assert error.where.endswith(f", line {line}")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[notify]\nquiet = '25-7'\n", 2, "'notify.quiet' must be two hours"),
        ("[notify]\nwhen = 'titel:x'\n", 2, "there is no field titel"),
        ("[notify]\ncommand = ['notify-send', 'New: {title}']\n", 2, "no argument by itself"),
        ("[notify]\ncommand = ['notify-send', '{url}']\n", 2, "there is no {url}"),
        ("[open]\nbookmark = ['a', '{titel}']\n", 2, "there is no {titel}"),
        ("[open]\nbookmark = 'a'\n", 2, "must be a list of strings"),
    ],
)
def test_a_wrong_command_or_hour_is_named_with_its_line(text: str, line: int, what: str) -> None:
    error = fault(text)
    assert what in error.what
    assert error.where.endswith(f", line {line}")


def test_braces_that_are_no_placeholder_are_an_argument() -> None:
    write(f"{HOOK}run = ['jq', '{{title: .headline}}', '{{}}', 'a{{b}}c']\n")
    assert load_settings().hooks[0].run[1] == "{title: .headline}"


def test_a_rule_that_names_no_hook_is_told_with_the_nearest() -> None:
    rule = "[[rules]]\nname = 'a'\nwhen = 'port'\ndo = ['mute', 'hook:keeper']\n"
    error = fault(f"{HOOK}run = ['tee']\n{rule}")
    assert "names a hook that is not there: keeper" in error.what
    assert error.where.endswith(", line 7")
    assert error.mend == "Did you mean hook:keep?"
    assert sound_settings(config_path()).rules == ()
