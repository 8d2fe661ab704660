"""`briefing serve` as clients without a screen see it: what it lets in, what it serves, its end."""

import asyncio
import hashlib
import os
import pty
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra `serve` is not installed")

import aiohttp
from aiohttp.test_utils import TestServer

from briefing.serve.access import Access
from briefing.serve.reader_process import ENDED, FAILED, FULL
from briefing.serve.server import FILES, Serving, make_application
from tests.cli.ran import briefing
from tests.serve.serving import PATIENCE, assert_ended, children_of, group_of, served


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """A client that follows no redirect by itself and keeps cookies of numeric hosts."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


@asynccontextmanager
async def page(
    client: aiohttp.ClientSession, url: str, **headers: str
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A page's websocket."""
    sent = {"Origin": url.rstrip("/")} | headers
    async with client.ws_connect(f"{url}ws?width=100&height=30", headers=sent) as socket:
        yield socket


async def assert_drawn(socket: aiohttp.ClientWebSocketResponse, words: str) -> None:
    """Wait for words that are drawn in one colour."""
    written = b""
    async with asyncio.timeout(PATIENCE):
        async for said in socket:
            if said.type is aiohttp.WSMsgType.BINARY:
                written += said.data
                if words.encode() in written:
                    return
    raise AssertionError(f"closed with {socket.close_code}: {written[-500:]!r}")


async def closed(socket: aiohttp.ClientWebSocketResponse) -> tuple[int | None, str]:
    """Wait for the server to close a page; the code and the reason."""
    async with asyncio.timeout(PATIENCE):
        while (said := await socket.receive()).type in (
            aiohttp.WSMsgType.BINARY,
            aiohttp.WSMsgType.TEXT,
        ):
            pass
    return socket.close_code, str(said.extra or "")


# ── What is served ───────────────────────────────────────────────────────────────────────────


async def test_hostile_31_the_page_and_its_files_are_all_that_is_served(
    client: aiohttp.ClientSession,
) -> None:
    async with served("--demo") as server:
        for path in FILES:
            async with client.get(f"{server.url}{path[1:]}") as answer:
                assert answer.status == 200, path
        for path in (
            *("static/", "static/js/", "..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd"),
            *("page/index.html", "download/x", "index.html", ".", "//etc/passwd"),
        ):
            assert b"404" in (await _raw(server.url, f"GET /{path} HTTP/1.1"))[:20], path
        assert b"405" in (await _raw(server.url, "POST / HTTP/1.1"))[:20]


async def test_the_page_asks_no_other_server_and_cannot_be_framed(
    client: aiohttp.ClientSession,
) -> None:
    async with served("--demo") as server, client.get(server.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self';" in policy
        assert "http" not in await answer.text()
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def _raw(url: str, *lines: str) -> bytes:
    """What is answered to lines that no client would write."""
    host, port = url.removeprefix("http://").strip("/").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = [*lines, f"Host: {host}:{port}", "Connection: close", "", ""]
    writer.write("\r\n".join(head).encode())
    answer = await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()
    return answer


# ── Who comes in ─────────────────────────────────────────────────────────────────────────────


async def test_hostile_31_a_name_of_somebody_elses_leads_to_nothing(
    client: aiohttp.ClientSession,
) -> None:
    async with served("--demo") as server:
        for path in ("", "textual.js", "alive", "ws"):
            async with client.get(
                server.url + path, headers={"Host": "evil.example", "Origin": "http://evil.example"}
            ) as answer:
                assert answer.status == 421


async def test_hostile_31_another_sites_page_opens_no_reader(
    client: aiohttp.ClientSession,
) -> None:
    async with served("--demo") as server:
        for origin in ("http://evil.example", "http://127.0.0.1:1", "null"):
            with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                async with page(client, server.url, Origin=origin):
                    pass


async def test_hostile_31_the_token_is_taken_once_for_a_cookie(
    client: aiohttp.ClientSession, tmp_path: Path
) -> None:
    kept = tmp_path / "token"
    async with served("--demo", f"--token-file={kept}") as server:
        token = kept.read_text().strip()
        async with client.get(server.url) as answer:
            assert answer.status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            async with page(client, server.url):
                pass
        async with client.get(f"{server.url}?token={token[:-1]}x") as answer:
            assert answer.status == 403
            assert not answer.cookies
        async with client.get(
            f"{server.url}?fontsize=20&token={token}", allow_redirects=False
        ) as answer:
            assert answer.status == 303
            assert answer.headers["Location"] == "/?fontsize=20"
            (cookie,) = answer.cookies.values()
            assert cookie["httponly"]
            assert cookie["samesite"] == "Lax"
            assert token not in cookie.value
        async with client.get(server.url) as answer:
            assert answer.status == 200
        async with page(client, server.url) as socket:
            await assert_drawn(socket, "Briefing")
        await server.end()
        assert token not in server.out + server.errors
    # The cookie outlives the server, as its token does.
    async with (
        served("--demo", f"--token-file={kept}", port=_port(server.url)) as server,
        client.get(server.url) as answer,
    ):
        assert answer.status == 200


def _port(url: str) -> int:
    return int(url.strip("/").rpartition(":")[2])


async def test_hostile_31_at_an_address_that_others_reach_there_is_always_a_token(
    client: aiohttp.ClientSession, tmp_path: Path
) -> None:
    refused = briefing("serve", "--demo", "--host=0.0.0.0", "--port=0")
    assert refused.code == 2
    assert "--token-file" in refused.err
    async with served("--demo", "--host=0.0.0.0", f"--token-file={tmp_path / 'token'}") as server:
        async with client.get(f"http://127.0.0.1:{_port(server.url)}/") as answer:
            assert answer.status == 403
        await server.end()
        assert "whoever reaches 0.0.0.0 and has the token" in server.errors
        assert "Nothing is encrypted" in server.errors


def test_hostile_30_the_token_is_shown_on_a_terminal_and_nowhere_else(home: Path) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as shown:
        pid = os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", "briefing", "serve", "--demo", "--token", "--port=0"],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, theirs, 1),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
        )
        written = b""
        while b"\n" not in written:
            written += shown.read(4096)
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes()
        os.kill(pid, signal.SIGTERM)
        os.close(theirs)
        os.waitpid(pid, 0)
    token = written.split(b"?token=")[1].split()[0]
    assert len(token) > 40
    assert token not in arguments


# ── Its readers ──────────────────────────────────────────────────────────────────────────────


async def test_hostile_31_a_second_page_has_a_reader_of_its_own(
    client: aiohttp.ClientSession, stored: Path
) -> None:
    async with served() as server, page(client, server.url) as first:
        one = await server.reader()
        await assert_drawn(first, "Bridge closed")
        async with page(client, server.url) as second:
            other = await server.reader()
            await assert_drawn(second, "Bridge closed")
            assert one != other
        await assert_ended(other)
        await first.send_json(["stdin", "?"])
        await assert_drawn(first, "Keys")  # the first is as it was


async def test_hostile_31_one_page_too_many_is_told_so(client: aiohttp.ClientSession) -> None:
    async with served("--demo", "--sessions=1") as server, page(client, server.url) as first:
        await assert_drawn(first, "Briefing")
        async with page(client, server.url) as second:
            code, why = await closed(second)
        assert code == FULL
        assert "1 page is open, as many as may be" in why
        await first.close()
        await server.logged("has ended")
        async with page(client, server.url) as third:  # there is room again
            await assert_drawn(third, "Briefing")


async def test_hostile_31_a_browser_that_leaves_in_the_middle_leaves_no_process(
    client: aiohttp.ClientSession, stored: Path
) -> None:
    async with served() as server:
        async with page(client, server.url) as socket:
            reader = await server.reader()
            await assert_drawn(socket, "Bridge closed")
            # Gone without a word, in the middle of a message.
            connection = socket.get_extra_info("socket")
            assert connection is not None
            await socket.send_json(["stdin", "?"])
            socket._response.connection.transport.abort()  # type: ignore[union-attr]
        await assert_ended(reader)
        assert group_of(reader) == []


async def test_hostile_31_a_page_that_falls_silent_is_left(tmp_path: Path) -> None:
    serving = Serving(
        [sys.executable, "-m", "briefing.cli.waiting", "demo"], Access("127.0.0.1"), heartbeat=0.2
    )
    async with TestServer(make_application(serving)) as server, aiohttp.ClientSession() as client:
        url = str(server.make_url("/"))
        # A lid that is closed: nobody answers whether the page is still there.
        async with client.ws_connect(
            f"{url}ws", headers={"Origin": url.rstrip("/")}, autoping=False
        ) as socket:
            while (await socket.receive()).type is not aiohttp.WSMsgType.PING:
                pass
            assert await closed(socket)


async def test_hostile_31_a_page_that_says_nonsense_keeps_its_reader(
    client: aiohttp.ClientSession,
) -> None:
    async with served("--demo") as server, page(client, server.url) as socket:
        await assert_drawn(socket, "Briefing")
        for text in ("", "{", "[]", '["stdin", 3]', '["resize", {"width": 1e999, "height": -1}]'):
            await socket.send_str(text)
        await socket.send_bytes(b"\x00\xff")
        await socket.send_str('["stdin", "\\ud800"]')
        await socket.send_json(["resize", {"width": 90, "height": 30}])
        await socket.send_json(["stdin", "?"])
        await assert_drawn(socket, "Keys")


async def test_a_reader_that_is_left_tells_its_page(client: aiohttp.ClientSession) -> None:
    async with served("--demo") as server, page(client, server.url) as socket:
        await assert_drawn(socket, "Briefing")
        await socket.send_json(["stdin", "q"])
        assert await closed(socket) == (ENDED, "The reader was left.")


async def test_a_reader_that_cannot_start_tells_its_page_why(
    client: aiohttp.ClientSession, stored: Path
) -> None:
    async with served() as server:
        _spoil(stored)
        async with page(client, server.url) as socket:
            code, why = await closed(socket)
    assert code == FAILED
    assert "store" in why


def _spoil(store: Path) -> None:
    store.write_bytes(b"no store at all, but long enough to be looked at twice" * 20)


# ── Its end ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_hostile_31_a_signal_ends_the_server_and_every_reader(
    client: aiohttp.ClientSession, number: signal.Signals
) -> None:
    async with served("--demo") as server, page(client, server.url) as socket:
        reader = await server.reader()
        await assert_drawn(socket, "Briefing")
        ending = asyncio.create_task(server.end(number))
        code, _ = await closed(socket)
        assert code == aiohttp.WSCloseCode.GOING_AWAY
        assert await ending == 0
        await assert_ended(reader)
        assert group_of(reader) == []


async def test_hostile_31_a_server_that_is_killed_leaves_no_reader(
    client: aiohttp.ClientSession,
) -> None:
    async with served("--demo") as server, page(client, server.url) as socket:
        reader = await server.reader()
        await assert_drawn(socket, "Briefing")
        server.process.kill()
        await assert_ended(reader)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_hostile_31_the_reader_that_waits_for_a_page_ends_too(
    client: aiohttp.ClientSession, number: signal.Signals
) -> None:
    async with served("--demo") as server:
        async with client.get(server.url) as answer:  # answered once a reader waits
            assert answer.status == 200
        (waiting,) = children_of(server.process.pid)
        await server.end(number)
        await assert_ended(waiting)


async def test_hostile_31_a_reader_that_does_not_answer_is_ended_all_the_same(
    client: aiohttp.ClientSession,
) -> None:
    async with served("--demo") as server:
        async with page(client, server.url) as socket:
            reader = await server.reader()
            await assert_drawn(socket, "Briefing")
            os.kill(reader, signal.SIGSTOP)
        await assert_ended(reader)


# ── Reading only ─────────────────────────────────────────────────────────────────────────────

WRITING_KEYS = [*"sjuxjdr", "\r", *"jt", "\x1b", "N", "note", "\r", "\x1b", *"fRA", "\x1b"]


async def test_hostile_31_who_may_only_read_writes_nothing(
    client: aiohttp.ClientSession, stored: Path, home: Path
) -> None:
    before = _contents(home)
    async with served("--read-only") as server:
        async with page(client, server.url) as socket:
            await assert_drawn(socket, "read only")
            for key in WRITING_KEYS:
                await socket.send_json(["stdin", key])
        await server.logged("has ended")  # after the keys: it does one thing after another
    assert _contents(home) == before


async def test_who_may_write_does(client: aiohttp.ClientSession, stored: Path, home: Path) -> None:
    # The same keys: the test above could not fail otherwise.
    before = _contents(home)
    async with served() as server:
        async with page(client, server.url) as socket:
            await assert_drawn(socket, "Bridge closed")
            for key in WRITING_KEYS:
                await socket.send_json(["stdin", key])
        await server.logged("has ended")
    assert _contents(home) != before


@pytest.mark.parametrize(
    "words",
    [
        ("feeds", "add", "https://courier.example/feed"),
        ("refresh",),
        ("config", "init"),
        ("export", "edition", "--output=out.txt"),
        ("export", "edition", "--format=markdown", "--output=notes/"),
        ("schedule", "run"),
        ("backup", "copy.briefing"),
    ],
)
def test_hostile_31_no_command_writes_that_a_reader_which_may_not_starts(
    words: tuple[str, ...],
    stored: Path,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_READ_ONLY", "1")
    before = _contents(tmp_path)
    done = briefing(*words)
    assert done.code in (2, 3), done
    assert "Start without --read-only" in done.err
    assert _contents(tmp_path) == before


def test_a_store_that_is_not_there_cannot_be_read(home: Path) -> None:
    done = briefing("serve", "--read-only", "--port=0")
    assert done.code == 3
    assert "briefing refresh" in done.err
    assert not home.exists() or not any(home.rglob("*.sqlite3"))


def _contents(folder: Path) -> dict[str, str]:
    """Every file with what it holds; but SQLite's journals, which whoever reads makes too: they
    hold nothing where nothing is written."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
        if not (path.name.endswith("-shm") or (path.name.endswith("-wal") and not _holds(path)))
    }


def _holds(path: Path) -> bool:
    return path.stat().st_size > 0


# ── Where it cannot be ───────────────────────────────────────────────────────────────────────


def test_a_port_that_is_taken_is_told_with_the_mend() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = briefing("serve", "--demo", f"--port={taken.getsockname()[1]}")
    assert done.code == 3
    assert "--port" in done.err
    assert "Traceback" not in done.err


def test_without_the_extra_the_way_to_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = tmp_path / "hidden" / "textual_serve"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ModuleNotFoundError(name='textual_serve')\n")
    path = os.pathsep.join([str(hidden.parent), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", path)
    done = briefing("serve", "--demo")
    assert done.code == 3
    assert "textual-serve, which is not installed" in done.err
    assert "pip install 'briefing[serve]'" in done.err
