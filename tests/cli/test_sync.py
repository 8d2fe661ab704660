"""``briefing sync``: set up, done and told; what is wrong is said in words, with an exit code."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from briefing.config import config_path, load_settings
from briefing.store import Store
from tests.cli.conftest import Run
from tests.fake_sync_server import HTML, Answer, Call, FakeAccount, FakeSyncServer
from tests.sync.fake_miniflux import miniflux


@pytest.fixture
def server() -> Iterator[FakeSyncServer]:
    """A server with a feed and two entries."""
    account = FakeAccount(now=datetime.now(UTC))  # the command has no other clock
    with FakeSyncServer(miniflux("2.2.6"), account) as started:
        feed = started.account.add_feed("courier", "Coast")
        started.account.add_entry(feed)
        started.account.add_entry(feed, read=True)
        yield started


def set_up(run: Run, server: FakeSyncServer, *more: str) -> None:
    command = f"echo {server.account.password}"
    ran = run(
        "sync",
        "setup",
        "miniflux",
        server.url,
        "--user",
        "ann",
        "--password-command",
        command,
        *more,
    )
    assert ran.code == 0, ran.err


def open_store() -> Store:
    return Store.open(load_settings().store_path)


def test_setup_tries_the_server_and_keeps_what_stands_in_the_configuration(
    run: Run, server: FakeSyncServer
) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text(
        '# mine\ntheme = "harbour"\n\n[sync]\n# where it stands\nkind = "off"\nlocal = [\n  "a",\n]'
        "\n\n[edition]\nhours = 30\n",
        encoding="utf-8",
    )
    set_up(run, server, "--feeds", "server")
    text = config_path().read_text(encoding="utf-8")
    settings = load_settings()
    assert settings.edition.hours == 30
    assert (settings.sync.kind, settings.sync.url) == ("miniflux", server.url)
    assert (settings.sync.feeds, settings.sync.local) == ("server", ())
    assert "# mine" in text
    assert "# where it stands" in text
    assert config_path().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "before", ['sync.kind = "off"\n', 'sync = { kind = "off" }\n'], ids=["dotted", "inline"]
)
def test_setup_leaves_a_file_that_it_cannot_edit_and_says_what_to_write(
    run: Run, server: FakeSyncServer, before: str
) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text(before, encoding="utf-8")
    command = f"echo {server.account.password}"
    setup = ("sync", "setup", "miniflux", server.url, "--user", "ann")
    ran = run(*setup, "--password-command", command)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert config_path().read_text(encoding="utf-8") == before
    assert "could not be set in this file" in ran.err
    assert 'kind = "miniflux"' in ran.err


def test_setup_writes_nothing_where_the_server_lets_nobody_in(
    run: Run, server: FakeSyncServer
) -> None:
    ran = run(
        "sync", "setup", "miniflux", server.url, "--user", "ann", "--password-command", "echo wrong"
    )
    assert ran.code == 3
    assert "refuses the login (401)" in ran.err
    assert "wrong" not in ran.err
    assert not config_path().exists()


def test_a_sync_says_what_it_did_and_status_what_waits(run: Run, server: FakeSyncServer) -> None:
    set_up(run, server)
    first = run("sync", "now")
    assert (first.code, first.out) == (0, "")
    assert "1 feed added, 2 new articles, 1 mark taken" in first.err
    with open_store() as store:
        store.mark_article_read(store.article_rows()[-1].id)
    status = run("sync", "status", "--format", "json").json
    assert (status["marks_waiting"], status["server_version"], status["feeds"]) == (1, "2.2.6", 1)
    assert run("sync").code == 0
    assert all(entry.read for entry in server.account.entries.values())
    assert run("sync", "now", "--format", "json").json["marks_sent"] == 0
    told = run("sync", "status")
    assert "No mark waits" in told.out
    assert server.account.password not in told.out


def test_without_a_server_it_is_wrong_usage(run: Run) -> None:
    ran = run("sync", "now")
    assert ran.code == 2
    assert "briefing sync setup" in ran.err
    assert run("sync", "status").code == 0


def test_a_server_that_is_down_costs_nothing(run: Run, server: FakeSyncServer) -> None:
    set_up(run, server)
    run("sync")
    with open_store() as store:
        store.mark_article_read(store.article_rows()[-1].id)
    server.__exit__()
    try:
        ran = run("sync")
        assert ran.code == 3
        assert "refused the connection" in ran.err
        status = run("sync", "status")
        assert status.code == 1
        assert "refused the connection" in status.out
        assert "1 mark waits" in status.out
        doctor = run("doctor")
        assert "1 mark to be sent" in doctor.out
        assert "sync: 127.0.0.1 refused the connection" in doctor.err
    finally:
        server.__init__(server.protocol, server.account)  # type: ignore[misc]
        server.__enter__()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (HTML, "it answered a web page where Miniflux was expected"),
        (Answer(200, b"[1, 2"), "that cannot be read"),
        (Answer(200, b""), "something without a user"),
        (Answer(404, b"not here"), "there is no Miniflux at this address (404)"),
        (Answer(500, b"panic"), "the server answered 500"),
        (Answer(429, headers={"Retry-After": "120"}), "fewer requests (429), and to wait 120 s"),
        (
            Answer(302, headers={"Location": "https://sso.example/login"}),
            "https://sso.example/login",
        ),
        (Answer(200, b"\x1f\x8b\x08 broken", headers={"Content-Encoding": "gzip"}), "decoded"),
        (Answer(200, b"[" * 200_000), "that cannot be read"),
    ],
    ids=["html", "cut", "nothing", "404", "500", "429", "redirect", "gzip", "nested"],
)
def test_an_answer_that_is_none_of_the_protocol_is_told(
    run: Run, server: FakeSyncServer, answer: Answer, words: str
) -> None:
    set_up(run, server)
    run("sync")
    server.instead = answer
    ran = run("sync")
    assert (ran.code, ran.out) == (3, "")
    assert words in ran.err
    assert "Traceback" not in ran.err
    with open_store() as store:
        assert len(store.article_rows()) == 2


def test_a_server_that_asks_to_be_left_alone_is(run: Run, server: FakeSyncServer) -> None:
    set_up(run, server)
    run("sync")
    server.instead = Answer(429, headers={"Retry-After": "3600"})
    run("sync")
    server.instead = None
    server.calls.clear()
    ran = run("sync")
    assert ran.code == 3
    assert "left alone" in ran.err
    assert not server.calls
    assert run("sync", "now", "--force").code == 0
    assert run("sync").code == 0


def test_another_users_data_changes_nothing_until_one_starts_anew(
    run: Run, server: FakeSyncServer
) -> None:
    set_up(run, server)
    run("sync")
    server.account.number = 8
    server.account.mark(next(iter(server.account.entries.values())), read=True)
    ran = run("sync")
    assert ran.code == 3
    assert "data of another account" in ran.err
    with open_store() as store:
        assert sum(row.read for row in store.article_rows()) == 1
    refused = run("sync", "setup")
    assert refused.code == 2
    assert run("sync", "setup", "--anew").code == 0
    assert run("sync").code == 0


def test_what_was_done_before_the_server_died_is_told(run: Run, server: FakeSyncServer) -> None:
    set_up(run, server)
    server.hang_up_after = 4  # me, version, feeds, the first entries
    ran = run("sync")
    assert ran.code == 1
    assert "1 feed added" in ran.err
    server.hang_up_after = None
    assert run("sync").code == 0


class _Keyring(ModuleType):
    """What the library of that name does, with a place for one password."""

    def __init__(self) -> None:
        super().__init__("keyring")
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, user: str) -> str | None:
        return self.kept.get((service, user))

    def set_password(self, service: str, user: str, password: str) -> None:
        self.kept[service, user] = password


def test_the_keyring_keeps_the_password_and_no_file_does(
    run: Run, server: FakeSyncServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from io import StringIO

    keyring = _Keyring()
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setattr(sys, "stdin", StringIO(f"{server.account.password}\n"))
    ran = run("sync", "setup", "miniflux", server.url, "--user", "ann", "--keyring")
    assert ran.code == 0, ran.err
    assert keyring.kept == {("briefing", "ann@127.0.0.1"): server.account.password}
    assert server.account.password not in config_path().read_text(encoding="utf-8")
    assert run("sync").code == 0
    keyring.kept.clear()
    ran = run("sync")
    assert ran.code == 3
    assert "the keyring has no password" in ran.err


def test_without_the_library_the_extra_is_named(
    run: Run, server: FakeSyncServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(run, server)
    text = config_path().read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("password_command")]
    config_path().write_text("\n".join([*lines, "keyring = true"]), encoding="utf-8")
    monkeypatch.setitem(sys.modules, "keyring", None)
    ran = run("sync")
    assert ran.code == 3
    assert "briefing[keyring]" in ran.err


def test_a_sync_that_is_killed_at_any_request_loses_nothing(
    run: Run, server: FakeSyncServer
) -> None:
    set_up(run, server)
    assert run("sync").code == 0
    unread, read = server.account.entries.values()
    command = [sys.executable, "-m", "briefing", "sync"]
    for request in (2, 4, 6, 8):  # among them those before and after marks arrive
        with open_store() as store:
            rows = {row.title: row for row in store.article_rows()}
            store.mark_article_read(rows[unread.title].id, read=not unread.read)
            store.set_article_starred(rows[read.title].id, not read.starred)
        wanted = (not unread.read, not read.starred)
        server.calls.clear()
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:

            def kill(_call: Call, process: Any = process, request: int = request) -> None:
                if len(server.calls) == request:
                    process.kill()

            server.instead = kill
        server.instead = None
        assert process.returncode == -signal.SIGKILL
        assert run("sync").code == 0
        assert (unread.read, read.starred) == wanted
        with open_store() as store:
            assert store.check() == ()
            assert store.outbox_counts() == (0, 0)
            rows = {row.title: row for row in store.article_rows()}
            assert (rows[unread.title].read, rows[read.title].starred) == wanted
