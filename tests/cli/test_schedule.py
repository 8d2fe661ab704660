"""``briefing schedule``: shown and asked for, run one at a time, written and mailed; its page."""

import fcntl
import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from briefing.cli import scheduled
from briefing.config import folders
from briefing.schedule import Command
from tests.cli.conftest import Run
from tests.cli.test_commands import TEXT, configure
from tests.editor.model_server import ModelServer
from tests.fake_sync_server import FakeAccount, FakeSyncServer
from tests.fake_web import Item, Newsroom, rss
from tests.local_programs import script
from tests.schedule.fakes import FakeSystem
from tests.sync.fake_miniflux import miniflux

PAGE = (Path(__file__).parents[2] / "docs" / "schedule.md").read_text(encoding="utf-8")


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSystem:
    """A system whose crontab is a file, with a plain command for its lines."""
    fake = FakeSystem(tmp_path / "system", monkeypatch)
    fake.with_crontab()
    plain = Command(("/usr/bin/briefing", "schedule", "run"), {})
    monkeypatch.setattr(Command, "of_process", classmethod(lambda _cls: plain))
    return fake


class Typed(io.StringIO):
    """A terminal at which this is typed."""

    def isatty(self) -> bool:
        return True


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def follow(room: Newsroom, run: Run) -> int:
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    item = Item("Bridge closed", room.url("/bridge"), TEXT, published=an_hour_ago)
    return run("feeds", "add", room.feed("/feed.xml", rss("Coast Courier", [item]))).code


# ── Installing ───────────────────────────────────────────────────────────────────────────────


def test_nothing_is_written_before_a_yes(
    system: FakeSystem, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    argv = ("schedule", "install", "--cron", "--at", "6:30")
    assert "Give --yes" in run(*argv).err
    assert run(*argv).code == 2
    for answer in ("n\n", "\n", ""):
        monkeypatch.setattr(sys, "stdin", Typed(answer))
        ran = run(*argv)
        assert (ran.code, system.crontab) == (1, "")
        assert "+ 30 6 * * * /usr/bin/briefing schedule run" in ran.err
    assert run(*argv, "--yes").code == 0
    assert system.crontab == "30 6 * * * /usr/bin/briefing schedule run  # briefing schedule\n"
    assert "already" in run(*argv).err


def test_times_come_from_the_configuration_and_wrong_ones_are_told(
    system: FakeSystem, run: Run
) -> None:
    assert "no time is given" in run("schedule", "install", "--cron", "--yes").err
    ran = run("schedule", "install", "--cron", "--yes", "--at", "25:00")
    assert (ran.code, system.crontab) == (2, "")
    configure('[schedule]\nat = ["18", "6:05"]\n')
    assert run("schedule", "install", "--cron", "--yes").code == 0
    assert [line.split(" *")[0] for line in system.crontab.splitlines()] == ["5 6", "0 18"]
    configure('[schedule]\nat = ["half six"]\n')
    assert "is no time of the day" in run("schedule", "install", "--cron").err


def test_a_timer_is_installed_and_removed_by_the_same_commands(
    system: FakeSystem, run: Run
) -> None:
    system.with_systemd()
    ran = run("schedule", "install", "--at", "06:30", "--yes")
    assert ran.code == 0
    assert "OnCalendar=*-*-* 06:30:00" in ran.err
    assert "enable-linger" in ran.err
    told = run("schedule", "status", "--format", "json").json
    assert (told["scheduler"], told["at"], told["problem"]) == ("systemd", ["06:30"], None)
    (system.units / "briefing.timer").write_text("# mine\n")
    assert run("schedule", "status").code == 1
    ran = run("schedule", "remove", "--yes")
    assert ran.code == 3
    assert "left alone" in ran.err


def test_a_schedule_of_the_other_kind_is_told(system: FakeSystem, run: Run) -> None:
    argv = ("schedule", "install", "--at", "06:30", "--yes")
    system.with_systemd()
    assert "there for" not in run(*argv, "--cron").err
    assert "it is there for cron too" in run(*argv, "--systemd").err
    assert "it is there for systemd too" in run(*argv, "--cron").err
    run("schedule", "remove", "--cron", "--yes")
    assert "there for" not in run(*argv).err


# ── Running ──────────────────────────────────────────────────────────────────────────────────


def test_a_run_refreshes_writes_and_mails(
    room: Newsroom, run: Run, system: FakeSystem, tmp_path: Path
) -> None:
    mailed = tmp_path / "mailed"
    script(system.programs / "sendmail", f'echo "$*" >"{mailed}.words"', f'cat >"{mailed}"')
    follow(room, run)
    configure(
        '[schedule]\nmail = ["sendmail", "-t"]\n'
        'mail_to = ["ann@coast.example", "bo@coast.example"]\n'
        f'export = ["edition", "--format", "jsonl", "--output", "{tmp_path}/out.jsonl"]\n'
    )
    assert run("schedule", "run").code == 0
    assert '"headline": "Bridge closed"' in (tmp_path / "out.jsonl").read_text()
    mail = message_from_bytes(mailed.read_bytes())
    assert mail["To"] == "ann@coast.example, bo@coast.example"
    assert Path(f"{mailed}.words").read_text() == "-t\n"
    assert run("schedule", "status", "--cron").code == 0


def test_an_edition_without_a_story_is_not_mailed(run: Run, system: FakeSystem) -> None:
    script(system.programs / "sendmail", "exit 9")
    configure('[schedule]\nmail = ["sendmail"]\nmail_to = ["ann@coast.example"]\n')
    ran = run("schedule", "run")
    assert ran.code == 0
    assert "nothing new to be mailed" in ran.err


def test_a_mail_that_is_not_taken_is_told_and_the_export_stands(
    room: Newsroom, run: Run, system: FakeSystem, tmp_path: Path
) -> None:
    script(system.programs / "sendmail", "echo no such user >&2; exit 67")
    follow(room, run)
    configure(
        '[schedule]\nmail = ["sendmail"]\nmail_to = ["ann@coast.example"]\n'
        f'export = ["edition", "--output", "{tmp_path}/out.txt"]\n'
    )
    ran = run("schedule", "run")
    assert ran.code == 3
    assert "the mail: it ended with 67: no such user" in ran.err
    assert (tmp_path / "out.txt").exists()
    told = run("schedule", "status", "--cron", "--format", "json")
    assert told.code == 1
    assert told.json["last"]["steps"] == {"refresh": 0, "export": 0, "mail": 3}


@pytest.fixture
def server() -> Iterator[FakeSyncServer]:
    """A sync server with a feed and an entry."""
    with FakeSyncServer(miniflux("2.2.6"), FakeAccount(now=datetime.now(UTC))) as started:
        started.account.add_entry(started.account.add_feed("courier"))
        yield started


def synced(server: FakeSyncServer) -> str:
    """The configuration of it."""
    command = ["echo", server.account.password]
    return (
        f'[sync]\nkind = "miniflux"\nurl = "{server.url}"\nuser = "ann"\nfeeds = "server"\n'
        f"password_command = {json.dumps(command)}\n"
    )


def test_a_run_syncs_before_it_refreshes_and_asks_the_editor_after(
    run: Run, system: FakeSystem, server: FakeSyncServer, tmp_path: Path
) -> None:
    with ModelServer(lambda exchange: exchange.pick((1, "fact"))) as model:
        text = f'{synced(server)}[editor]\nurl = "{model.url}"\nmodel = "tiny"\nwhen = '
        configure(f'{text}"asked"\n')
        ran = run("schedule", "run")
        assert ran.code == 0, ran.err
        assert "digested: 1" in ran.err
        told = scheduled.last_run()
        assert told is not None
        assert list(told["steps"].items()) == [("sync", 0), ("refresh", 0)]
        export = f'[schedule]\nexport = ["edition", "--output", "{tmp_path}/out.txt"]\n'
        configure(f'{text}"all"\n{export}')
        ran = run("schedule", "run")
        assert "with the second editor" in ran.err
        told = scheduled.last_run()
        assert told is not None
        assert list(told["steps"]) == ["sync", "refresh", "editor", "export"]


def test_a_sync_that_fails_does_not_keep_a_run_from_refreshing(
    room: Newsroom, run: Run, system: FakeSystem, server: FakeSyncServer
) -> None:
    follow(room, run)
    configure(synced(server).replace("ann", "bo"))
    ran = run("schedule", "run")
    assert "New articles: 1" in ran.err
    told = scheduled.last_run()
    assert told is not None
    assert told["steps"]["refresh"] == 0
    assert ran.code == told["steps"]["sync"] == 3


def test_of_two_runs_at_once_the_second_says_so_and_ends_well(run: Run, room: Newsroom) -> None:
    follow(room, run)
    lock = folders().data / "schedule.lock"
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        ran = run("schedule", "run")
        assert (ran.code, ran.out) == (0, "")
        assert "Another scheduled run is at work" in ran.err
        assert scheduled.last_run() is None
    assert run("schedule", "run").code == 0
    assert scheduled.last_run() is not None


# ── The page ─────────────────────────────────────────────────────────────────────────────────


def test_the_commands_of_the_page_print_what_stands_there(
    room: Newsroom,
    run: Run,
    system: FakeSystem,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    script(system.programs / "sendmail", "cat >/dev/null")
    follow(room, run)
    configure(block("toml"))
    shown = ""
    for line in block("console").splitlines():
        if not line.startswith("$ briefing "):
            continue
        monkeypatch.setattr(sys, "stdin", Typed("y\n"))
        ran = run(*line.removeprefix("$ briefing ").split())
        said = re.sub(r"(\[y/N\] )", r"\1y\n", ran.err)
        shown += f"{line}\n{said}{ran.out}"
    shown = re.sub(r"last run: \S+,", "last run: 2026-05-05T06:30:00Z,", shown)
    assert shown == block("console")
    assert system.crontab == ""
    assert (tmp_path / "briefing.html").exists()
