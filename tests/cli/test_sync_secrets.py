"""The password of a sync server goes to that server, and nowhere else."""

import base64
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.config import config_path
from briefing.store import Store
from tests.cli.conftest import Run
from tests.cli.test_secrets import briefing
from tests.fake_sync_server import HTML, Answer, FakeAccount, FakeSyncServer
from tests.sync.fake_fever import fever
from tests.sync.fake_greader import greader
from tests.sync.fake_miniflux import miniflux

SECRET = "0pen-ses4me"  # noqa: S105 - made up
SERVERS: dict[str, Callable[[FakeAccount], FakeSyncServer]] = {
    "miniflux": lambda account: FakeSyncServer(miniflux("2.2.6"), account),
    "greader": lambda account: FakeSyncServer(greader(), account, kind="greader"),
    "fever": lambda account: FakeSyncServer(fever(), account, kind="fever", path="/fever"),
}
FORMS = (
    SECRET,
    base64.b64encode(f"ann:{SECRET}".encode()).decode(),
    hashlib.md5(f"ann:{SECRET}".encode()).hexdigest(),  # noqa: S324 - Fever's own
    "0123456789abcdef",  # of the fake of the Google Reader API: a session's
    "token7",
)
"""The password in every form that a server would take."""
ANSWERS = (
    Answer(401, f"no {SECRET}".encode()),
    Answer(200, HTML.body + SECRET.encode(), "text/html"),
    Answer(302, headers={"Location": f"https://ann:{SECRET}@sso.example/"}),
    Answer(500, SECRET.encode()),
)
"""Failures that repeat what they were told."""


@pytest.mark.parametrize("kind", [*SERVERS, "token"])
def test_hostile_30_no_output_log_or_file_holds_a_sync_servers_password(
    kind: str, home: Path, tmp_path: Path
) -> None:
    place = tmp_path / "password"
    place.write_text(f"{SECRET}\n")
    account = FakeAccount(password=SECRET, now=datetime.now(UTC))
    account.add_entry(account.add_feed("courier", "Coast"), hours=1)
    user = () if kind == "token" else ("--user", "ann")
    with SERVERS["miniflux" if kind == "token" else kind](account) as server:
        setup = ("sync", "setup", server.kind, server.url, *user)
        done = [
            briefing("-vv", *setup, "--password-command", f"cat {place}"),
            briefing("-vv", "sync", "now"),
        ]
        assert [one.returncode for one in done] == [0, 0], [one.stderr for one in done]
        with Store.open(home / "data" / "briefing.sqlite3") as store:
            store.mark_article_read(store.article_rows()[0].id)
        done += [briefing("sync", "now", "--format", "json")]
        assert '"marks_sent": 1' in done[-1].stdout
        for answer in ANSWERS if kind == "miniflux" else ANSWERS[:1]:
            server.instead = answer
            done += [briefing("-vv", "sync", "now")]
            assert done[-1].returncode == 3
        done += [
            briefing("sync", "status"),
            briefing("sync", "status", "--format", "json"),
            briefing("doctor", "--format", "json"),
        ]
    for one in done:
        for form in FORMS:
            assert form not in one.stdout + one.stderr, one.args
    for file in (each for each in home.rglob("*") if each.is_file()):
        content = file.read_bytes()
        assert not any(form.encode() in content for form in FORMS), file
        assert file.stat().st_mode & 0o077 == 0, file


def test_hostile_30_a_password_in_the_address_is_refused_and_not_repeated(run: Run) -> None:
    ran = run("sync", "setup", "miniflux", f"https://ann:{SECRET}@reader.example", "--keyring")
    assert ran.code == 2
    assert "name or password in it" in ran.err
    assert SECRET not in ran.out + ran.err
    assert not config_path().exists()


def test_hostile_30_a_sync_servers_password_is_no_argument_of_any_process(
    home: Path, tmp_path: Path
) -> None:
    # What is asked for the password is given the name and the host; what it writes goes nowhere.
    noted = tmp_path / "arguments"
    script = tmp_path / "ask"
    script.write_text(
        f'#!/bin/sh\ncat /proc/*/cmdline 2>/dev/null | tr "\\0" " " > {noted}\necho {SECRET}\n'
    )
    script.chmod(0o700)
    account = FakeAccount(password=SECRET, now=datetime.now(UTC))
    with FakeSyncServer(miniflux(), account) as server:
        command = f"{script} {{user}} {{host}}"
        setup = ("sync", "setup", "miniflux", server.url, "--user", "ann")
        assert briefing(*setup, "--password-command", command).returncode == 0
        assert briefing("sync").returncode == 0
    seen = noted.read_text()
    assert f"{script} ann 127.0.0.1" in seen
    assert SECRET not in seen
