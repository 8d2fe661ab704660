"""programs promises: bounded in time and size, no secrets given, nothing left running."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from briefing.ingest.programs import command_line, environment, run_program
from briefing.model import FetchError
from tests.local_programs import Lifeline, script

WHERE = "exec:~/bin/tides"
LIMIT = 1_000_000


async def test_words_reach_a_program_as_they_are_and_it_runs_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    script(tmp_path / "bin" / "tides", 'printf "%s|" "$@" "$(pwd)"')
    words = ("~/bin/tides", "Nether Holm; rm", "$HOME", "~/x", "a~")
    ran = await run_program(words, None, WHERE, LIMIT)
    assert ran.output.decode() == f"Nether Holm; rm|$HOME|{tmp_path}/x|a~|{tmp_path}|"
    assert (ran.code, ran.complaint) == (0, "")


async def test_a_program_is_given_its_input_and_need_not_read_it(tmp_path: Path) -> None:
    given = b"x" * 5_000_000
    counting = await run_program((script(tmp_path / "a", "wc -c"),), given, WHERE, LIMIT)
    assert int(counting.output) == len(given)
    deaf = await run_program((script(tmp_path / "b", "echo done"),), given, WHERE, LIMIT)
    assert deaf.output == b"done\n"
    without = await run_program((script(tmp_path / "c", "wc -c"),), None, WHERE, LIMIT)
    assert int(without.output) == 0


async def test_the_first_complaint_is_told_however_many_follow(tmp_path: Path) -> None:
    complaining = script(
        tmp_path / "a",
        "printf '\\n  no \\033[31mtide table\\n' >&2",
        "head -c 3000000 /dev/zero >&2",
        "echo out; exit 3",
    )
    ran = await run_program((complaining,), None, WHERE, LIMIT)
    assert (ran.code, ran.output) == (3, b"out\n")
    assert "no" in ran.complaint
    assert "tide table" in ran.complaint
    assert "\033" not in ran.complaint


async def test_a_program_that_writes_without_end_is_ended(tmp_path: Path) -> None:
    with Lifeline(tmp_path / "pipe") as line:
        endless = script(tmp_path / "a", line.hold, line.tell, "yes")
        with pytest.raises(FetchError, match="more than the limit of 1 MB") as caught:
            await run_program((endless,), None, WHERE, LIMIT)
        line.assert_started()
        line.assert_ended()
    assert caught.value.where == WHERE
    assert "fetch.max_feed_mb" in caught.value.mend


async def test_a_program_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    start = asyncio.create_subprocess_exec

    async def kept(*arguments: str, **options: Any) -> asyncio.subprocess.Process:
        started.append(await start(*arguments, **options))
        return started[0]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", kept)
    waiting = script(tmp_path / "a", "sleep 600")
    with pytest.raises(FetchError, match="took longer than 0 s, and was ended") as caught:
        await run_program((waiting, "x y"), None, WHERE, LIMIT, seconds=0.0)
    assert caught.value.mend.endswith(f"Try it in a terminal: {waiting} 'x y'")
    assert started[0].returncode is not None


@pytest.mark.parametrize("deaf", ["", "trap '' TERM"], ids=["polite", "deaf to SIGTERM"])
async def test_a_cancelled_program_ends_with_all_that_it_has_started(
    tmp_path: Path, deaf: str
) -> None:
    with Lifeline(tmp_path / "pipe") as line:
        parent = script(tmp_path / "a", deaf, line.hold, "sleep 600 &", line.tell, "wait")
        task = asyncio.create_task(run_program((parent,), None, WHERE, LIMIT))
        await asyncio.to_thread(line.assert_started)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        line.assert_ended()


async def test_what_a_program_leaves_behind_is_ended(tmp_path: Path) -> None:
    with Lifeline(tmp_path / "pipe") as line:
        leaving = script(tmp_path / "a", line.hold, line.tell, "sleep 600 >/dev/null 2>&1 &")
        assert (await run_program((leaving,), None, WHERE, LIMIT)).code == 0
        line.assert_started()
        line.assert_ended()


@pytest.mark.parametrize(
    ("content", "mode", "what", "mend"),
    [
        (None, 0, "there is no program", "Check its path"),
        ("#!/bin/sh\necho x\n", 0o600, "may be run", "chmod"),
        ("echo x\n", 0o700, "can be run", "#!/bin/sh"),
        ("#!/no/such/interpreter\n", 0o700, "there is no program", "interpreter"),
    ],
)
async def test_a_program_that_cannot_be_started_is_named_with_the_mend(
    tmp_path: Path, content: str | None, mode: int, what: str, mend: str
) -> None:
    path = tmp_path / "program"
    if content is not None:
        path.write_text(content)
        path.chmod(mode)
    with pytest.raises(FetchError, match=what) as caught:
        await run_program((str(path),), None, WHERE, LIMIT)
    assert str(path) in caught.value.what
    assert mend in caught.value.mend


def test_no_secret_of_the_environment_is_passed_on() -> None:
    own = {
        "PATH": "/bin",
        "LC_TIME": "de_DE",
        "XDG_CONFIG_HOME": "/c",
        "HTTPS_PROXY": "http://ada:secret@proxy.example",
        "http_proxy": "http://proxy.example",
        "API_TOKEN": "secret",
        "BRIEFING_HOME": "/b",
        "SSH_AUTH_SOCK": "/s",
        "PYTHONPATH": "/p",
    }
    assert sorted(environment(own)) == ["LC_TIME", "PATH", "XDG_CONFIG_HOME", "http_proxy"]


def test_a_command_is_shown_as_a_shell_would_take_it() -> None:
    assert command_line(("~/bin/a b", "c d", "~", "e")) == "~/'bin/a b' 'c d' ~ e"
