"""The configuration file: what it may say, and how clearly a mistake in it is named."""

import os
import tomllib
from pathlib import Path

import pytest

from briefing.config import (
    Settings,
    SiteSettings,
    config_faults,
    config_path,
    documented_defaults,
    folders,
    load_settings,
    settings_to_toml,
    user_themes_folder,
    write_defaults,
)
from briefing.model import ConfigError
from tests.config.user_file import write


def fault(text: str | bytes) -> ConfigError:
    write(text)
    with pytest.raises(ConfigError) as caught:
        load_settings()
    return caught.value


def test_without_a_file_the_defaults_hold() -> None:
    assert load_settings() == Settings()


def test_every_kind_of_value_is_read() -> None:
    write(
        'theme = "dusk"\n'
        '[keys]\n"story.next" = "j,down"\n'
        '[topics]\ncoast = 2\n"night ferry" = 0.5\n'
        '[edition]\nmuted = ["football", "rugby"]\n'
        "[fetch]\nread_timeout = 5\nfull_text = false\n"
    )
    settings = load_settings()
    assert settings.theme == "dusk"
    assert settings.keys == {"story.next": "j,down"}
    assert settings.edition.muted == ("football", "rugby")
    assert settings.topics == {"coast": 2.0, "night ferry": 0.5}
    assert settings.fetch.read_timeout == 5.0
    assert isinstance(settings.fetch.read_timeout, float)
    assert not settings.fetch.full_text
    assert settings.fetch.concurrency == Settings().fetch.concurrency


@pytest.mark.parametrize(
    ("text", "line", "named", "mend"),
    [
        ("[topics]\ncoast = 'much'\n", 2, "topics.coast", "0.5 lower"),
        ("[topics]\n\ncoast = 11\n", 3, "topics.coast", "0 below all"),
        ("units = 'furlongs'\n", 1, "units", "default is metric"),
        ("[fetch]\nconcurency = 3\n", 2, "fetch.concurency", "fetch.concurrency"),
        ("\nthemes = 'x'\n", 2, "themes", "theme"),
        ("hours = 3\n", 1, "hours", "edition.hours"),
        ("[edtion]\nhours = 2\n", 1, "edtion", "edition"),
        ("fetch.per_hots = 2\n", 1, "fetch.per_hots", "fetch.per_host"),
        ("[fetch]\nper_host = '2'\n", 2, "fetch.per_host", "default is 2"),
        ("[fetch]\n# a comment\n\nper_host = 0\n", 4, "fetch.per_host", "default is 2"),
        ("[fetch]\nper_host = true\n", 2, "fetch.per_host", ""),
        ("[fetch]\nread_timeout = inf\n", 2, "fetch.read_timeout", ""),
        ("[edition]\nmuted = [1]\n", 2, "edition.muted", ""),
        ("[keys]\nquit = 3\n", 2, "keys.quit", ""),
        ("fetch = 3\n", 1, "fetch", "[fetch]"),
        ("keys = 'j'\n", 1, "keys", "[keys]"),
    ],
)
def test_hostile_23_a_mistake_is_named_with_file_line_key_and_mend(
    text: str, line: int, named: str, mend: str
) -> None:
    error = fault(text)
    assert error.where == f"{config_path()}, line {line}"
    assert f"'{named}'" in error.what
    assert mend in error.mend


SITES = (
    '[[sites]]\nhost = "paper.example"\nkeep = "article.story"\ndrop = [".ad", "p > small"]\n'
    '[[sites]]\nhost = "gazette.example"\n'
)


def test_rules_for_sites_are_read_and_survive_being_written() -> None:
    write('theme = "dusk"\n' + SITES)
    before = load_settings()
    assert before.sites == (
        SiteSettings("paper.example", "article.story", (".ad", "p > small")),
        SiteSettings("gazette.example"),
    )
    write(settings_to_toml(before))
    assert load_settings() == before


def test_the_documented_defaults_show_a_rule_for_a_site_that_can_be_pasted() -> None:
    text = documented_defaults()
    shown = [line[1:] for line in text.splitlines() if line.startswith("#") and line[1:2] != " "]
    write("\n".join(shown))
    assert [rule.host for rule in load_settings().sites] == ["paper.example"]


@pytest.mark.parametrize(
    ("text", "line", "named", "mend"),
    [
        ("keeps = '.a'\n", 9, "'sites.keeps'", "sites.keep"),
        ("colour = 'red'\n", 9, "'sites.colour'", "sites."),
        ("keep = 3\n", 9, "'sites.keep'", ""),
        ("drop = '.a'\n", 9, "'sites.drop' must be a list", ""),
        ("keep = 'p['\n", 9, '"p["', ".class"),
        ("keep = '.a'\ndrop = ['.b', 'li:has(a)']\n", 10, '"li:has(a)"', ".class"),
        ("drop = ['p:nth-child(2)']\n", 9, ":nth-child()", ".class"),
        ("drop = ['p::before']\n", 9, "pseudo-element", ".class"),
        ("drop = ['']\n", 9, '""', ".class"),
    ],
)
def test_a_mistake_in_a_rule_for_a_site_is_named_with_its_own_line(
    text: str, line: int, named: str, mend: str
) -> None:
    error = fault(f'{SITES}[[sites]]\nhost = "coast.example"\n{text}')
    assert error.where == f"{config_path()}, line {line}"
    assert named in error.what
    assert mend in error.mend


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[[sites]]\nkeep = '.a'\n", 7, "'sites.host' is missing"),
        ("[[sites]]\nhost = 'https://paper.example/'\n", 8, "must be a host's name"),
        ("[[sites]]\nhost = ''\n", 8, "must be a host's name"),
        ("[[sites]]\nhost = 3\n", 8, "must be a string"),
        ("[[sites]]\nhost = 'Paper.example'\n", 8, "for the second time"),
    ],
)
def test_a_rule_is_for_one_host_that_has_no_other(text: str, line: int, what: str) -> None:
    error = fault(SITES + text)
    assert error.where == f"{config_path()}, line {line}"
    assert what in error.what


@pytest.mark.parametrize("text", ["[sites]\nhost = 'paper.example'\n", "sites = [1]\n"])
def test_one_table_in_place_of_a_list_of_them_is_told(text: str) -> None:
    assert "[[sites]]" in fault(text).mend


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("theme = \n", 1, "TOML"),
        ('a = 1\ntheme = "unclosed\n', 2, "TOML"),
        (b'# caf\xe9\ntheme = "x"\n', 1, "UTF-8"),
        ("x = " + "[" * 5000 + "\n", None, "TOML"),
        ("x = " + "1" * 5000 + "\n", None, ""),
    ],
)
def test_hostile_23_what_is_no_toml_is_said_with_its_line(
    text: str | bytes, line: int | None, said: str
) -> None:
    error = fault(text)
    assert said in error.what
    assert str(config_path()) in error.where
    if line:
        assert error.where.endswith(f"line {line}")


def test_hostile_23_a_folder_in_place_of_the_file_is_an_error_not_a_crash() -> None:
    config_path().mkdir(parents=True)
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings()


def test_hostile_23_a_pipe_or_a_device_in_place_of_the_file_is_never_waited_for() -> None:
    config_path().parent.mkdir(parents=True)
    os.mkfifo(config_path())
    with pytest.raises(ConfigError, match="no file that can be read"):
        load_settings()
    config_path().unlink()
    config_path().symlink_to("/dev/zero")
    with pytest.raises(ConfigError, match="no file that can be read"):
        load_settings()


def test_a_byte_order_mark_is_no_mistake() -> None:
    write(b'\xef\xbb\xbftheme = "dusk"\n')
    assert load_settings().theme == "dusk"


def test_all_mistakes_are_listed_in_the_order_of_the_file() -> None:
    path = write("x = 1\n[fetch]\nper_host = 0\ny = 2\n")
    assert [error.where[-1] for error in config_faults(path)] == ["1", "3", "4"]


def test_hostile_23_ignore_gives_the_defaults_whatever_the_file_says() -> None:
    write("broken")
    assert load_settings(ignore=True) == Settings()


def test_a_file_that_was_asked_for_by_name_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_settings(tmp_path / "none.toml")


def test_settings_survive_being_written_and_read() -> None:
    text = (
        'theme = "say \\"hi\\""\n[keys]\n"a.b" = "j"\n[edition]\nmuted = ["ü", "b"]\n'
        "[fetch]\ntotal_timeout = 2.5\n"
    )
    write(text)
    before = load_settings()
    write(settings_to_toml(before))
    assert load_settings() == before


def test_the_documented_defaults_set_nothing_and_name_every_key() -> None:
    write(documented_defaults())
    assert load_settings() == Settings()


def test_the_documented_defaults_are_the_defaults_once_uncommented() -> None:
    lines = documented_defaults().splitlines()
    live = [x.removeprefix("# ") if " = " in x and x.startswith("# ") else x for x in lines]
    write("\n".join(live))
    assert tomllib.loads("\n".join(live))["fetch"]["concurrency"] == 16
    assert load_settings() == Settings()


def test_a_table_of_keys_or_topics_can_be_added_to_the_documented_file() -> None:
    write(documented_defaults() + '\n[keys]\nstar = "b"\n[topics]\nscience = 2\n')
    assert dict(load_settings().keys) == {"star": "b"}


def test_a_table_that_stands_twice_is_named_with_its_mend() -> None:
    write('[keys]\nstar = "b"\n[keys]\nread = "x"\n')
    with pytest.raises(ConfigError, match=r"\[keys\] stands here for the second time") as caught:
        load_settings()
    assert "line 3" in caught.value.where
    assert caught.value.mend == "Put these lines under the first [keys]."


def test_an_existing_file_is_never_written_over() -> None:
    path = write("theme = 'mine'\n")
    with pytest.raises(ConfigError, match="left alone"):
        write_defaults(path)
    assert path.read_text(encoding="utf-8") == "theme = 'mine'\n"


def test_one_folder_holds_everything_when_briefing_home_is_set(home: Path) -> None:
    found = folders()
    assert {p.parent for p in (found.config, found.data, found.cache, found.logs)} == {home}
    assert load_settings().store_path.parent == home / "data"
    assert user_themes_folder().parent == found.config


def test_without_briefing_home_the_xdg_rules_hold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("BRIEFING_HOME")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "conf"))
    assert folders().config == tmp_path / "conf" / "briefing"


def test_the_store_has_a_table_and_its_path_may_still_stand_alone() -> None:
    assert Settings().store.keep_days == 0
    for text in ('store = "/srv/news.sqlite3"\n', '[store]\npath = "/srv/news.sqlite3"\n'):
        config_path().parent.mkdir(parents=True, exist_ok=True)
        config_path().write_text(text, encoding="utf-8")
        assert load_settings().store_path == Path("/srv/news.sqlite3")


@pytest.mark.parametrize(
    ("text", "days"), [("90d", 90), ("26w", 182), ("2 y", 730), ("6m", 180), ("", 0), ("14d", 14)]
)
def test_how_long_texts_are_kept_is_a_span_of_days(text: str, days: int) -> None:
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(f'[store]\nkeep = "{text}"\n', encoding="utf-8")
    assert load_settings().store.keep_days == days


@pytest.mark.parametrize("text", ["90", "for ever", "-3d", "13d", "0d0", "1h"])
def test_what_is_no_span_of_days_is_refused(text: str) -> None:
    error = fault(f'[store]\nkeep = "{text}"\n')
    assert error.where.endswith("line 2")
    assert "90d" in error.mend
