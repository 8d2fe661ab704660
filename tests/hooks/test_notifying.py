"""The notification after a refresh: one for all, by a query, silent at night, never an error."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.config import NotifySettings, RuleSettings, Settings
from briefing.config.times import quiet_hours
from briefing.hooks import HookReport, begin_round, run_round
from briefing.model.rules import Rule, RuleAction
from briefing.store import Store
from tests.local_programs import script
from tests.store.builders import NOW, story_of
from tests.store.builders import filled as articles_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "briefing.sqlite3") as opened:
        yield opened


@pytest.fixture
def show(tmp_path: Path) -> tuple[str, ...]:
    """A command that keeps what it is to show, and what it is given."""
    keep = f"printf '%s|%s;' \"$1\" \"$2\" >>'{tmp_path}/shown'; cat >'{tmp_path}/given'"
    return (script(tmp_path / "show", keep), "{title}", "{text}")


def shown(folder: Path) -> str:
    path = folder / "shown"
    return path.read_text() if path.exists() else ""


def after(store: Store, of: Settings, now: datetime = NOW) -> HookReport:
    return asyncio.run(run_round(store, of, {}, now))


def test_all_that_is_new_and_asked_for_is_told_in_one(
    store: Store, tmp_path: Path, show: tuple[str, ...]
) -> None:
    settings = Settings(notify=NotifySettings(show, "title:report"))
    assert begin_round(store, settings)
    for name in articles_of(store, 7):
        story_of(store, name)
    assert after(store, settings) == HookReport()
    assert shown(tmp_path) == "Briefing: 7 stories|" + "Bridge closed\n" * 5 + "and 2 more;"
    assert len(json.loads((tmp_path / "given").read_text())["stories"]) == 7
    after(store, settings)
    assert shown(tmp_path).count(";") == 1


def test_one_story_is_told_by_its_headline_and_first_bullet(
    store: Store, tmp_path: Path, show: tuple[str, ...]
) -> None:
    settings = Settings(notify=NotifySettings(show, "title:report"))
    begin_round(store, settings)
    story_of(store, *articles_of(store, 3))
    after(store, settings)
    assert shown(tmp_path) == "Bridge closed|The port closed it.;"


def test_rules_tell_too_and_what_they_mute_is_not_told(
    store: Store, tmp_path: Path, show: tuple[str, ...]
) -> None:
    rule = RuleSettings("a", "title:0", ("notify",))
    settings = Settings(notify=NotifySettings(show), rules=(rule,))
    assert begin_round(store, settings)
    names = articles_of(store, 3)
    for name in names:
        story_of(store, name)
    store.apply_rules(settings.reading_rules, names, NOW)
    after(store, settings)
    assert shown(tmp_path) == "Bridge closed|The port closed it.;"
    names = articles_of(store, 1, feed_url="https://other.example/feed")
    story_of(store, *names)
    mute = Rule("b", "title:report", (RuleAction("mute"), RuleAction("notify")))
    store.apply_rules([mute], names, NOW)
    after(store, settings)
    assert shown(tmp_path).count(";") == 1


def test_what_came_in_quiet_hours_is_told_at_their_end(
    store: Store, tmp_path: Path, show: tuple[str, ...]
) -> None:
    at = NOW.astimezone()
    quiet = f"{at.hour}-{(at.hour + 2) % 24}"
    settings = Settings(notify=NotifySettings(show, "title:report", quiet))
    begin_round(store, settings)
    for name in articles_of(store, 2):
        story_of(store, name)
    after(store, settings)
    assert shown(tmp_path) == ""
    after(store, settings, NOW + timedelta(hours=2))
    assert shown(tmp_path).startswith("Briefing: 2 stories|")


def test_there_is_none_by_default_and_none_without_a_query(
    store: Store, tmp_path: Path, show: tuple[str, ...]
) -> None:
    for settings in (Settings(), Settings(notify=NotifySettings(show))):
        assert not begin_round(store, settings)
        articles_of(store, 1, feed_url=f"https://x{len(settings.notify.command)}.example/")
        after(store, settings)
    assert shown(tmp_path) == ""


def test_a_command_that_fails_is_told_and_no_desktop_is_no_error(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for number, name in enumerate(("notify-send", "show-it")):
        program = script(tmp_path / name, "echo cannot connect >&2; exit 1")
        settings = Settings(notify=NotifySettings((program,), "title:report"))
        begin_round(store, settings)
        articles_of(store, 1, feed_url=f"https://feed{number}.example/")
        report = after(store, settings)
        assert report.faults == ()
        told = None if report.not_told is None else report.not_told.what
        assert told == (None if name == "notify-send" else "it ended with 1: cannot connect")


def test_a_desktop_that_cron_does_not_know_is_found(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "bus").touch()
    program = script(tmp_path / "show", f'printf %s "$DBUS_SESSION_BUS_ADDRESS" >"{tmp_path}/to"')
    settings = Settings(notify=NotifySettings((program,), "title:report"))
    begin_round(store, settings)
    articles_of(store, 1)
    after(store, settings)
    assert (tmp_path / "to").read_text() == f"unix:path={tmp_path}/bus"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("22-07", (1320, 420)),
        ("22:30-7:15", (1350, 435)),
        (" 0 - 24 ", (0, 1440)),
        ("7-7", None),
        ("25-7", None),
        ("7:60-8", None),
        ("24:30-7", None),
        ("night", None),
        ("", None),
        ("٢-٧", None),
    ],
)
def test_hours_are_read(text: str, hours: tuple[int, int] | None) -> None:
    assert quiet_hours(text) == hours


@pytest.mark.parametrize(
    ("quiet", "hour", "is_quiet"),
    [
        ("22-07", 23, True), ("22-07", 6, True), ("22-07", 7, False), ("22-07", 21, False),
        ("12-14", 13, True), ("12-14", 14, False), ("", 3, False),
    ],
)  # fmt: skip
def test_hours_may_go_over_midnight(quiet: str, hour: int, is_quiet: bool) -> None:
    now = datetime(2026, 5, 5, hour, 0, tzinfo=UTC)
    assert NotifySettings(quiet=quiet).is_quiet(now) is is_quiet
