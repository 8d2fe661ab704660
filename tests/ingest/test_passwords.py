"""passwords promises: each command is run once, whatever comes of it, and told about each feed."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from briefing.ingest import passwords
from briefing.ingest.passwords import Passwords
from briefing.model import FetchError

URL = "https://courier.example/feed.xml"
OTHER = "https://harbour.example/feed.xml"


def command(log: Path, code: str) -> tuple[str, ...]:
    """A command that notes in ``log`` that it has run."""
    return (sys.executable, "-c", f"open({str(log)!r}, 'a').write('x'); {code}", "{user}")


@pytest.mark.parametrize(
    ("code", "what"),
    [("exit(2)", "ended with code 2"), ("print()", "gave no password")],
)
async def test_a_command_that_fails_is_run_once_and_told_of_each_feed(
    tmp_path: Path, code: str, what: str
) -> None:
    log, known = tmp_path / "log", Passwords()
    for url in (URL, OTHER):
        with pytest.raises(FetchError, match=what) as caught:
            await known.of(command(log, code), "ada", "courier.example", url)
        assert caught.value.where == url
    assert log.read_text() == "x"


async def test_a_command_that_gives_no_answer_is_not_waited_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started = []
    start = asyncio.create_subprocess_exec

    async def counted(*arguments: str, **options: Any) -> asyncio.subprocess.Process:
        started.append(arguments)
        return await start(*arguments, **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", counted)
    monkeypatch.setattr(passwords, "_PATIENCE", 0.0)
    known, waiting = Passwords(), (sys.executable, "-c", "import time; time.sleep(60)")
    asked = [known.of(waiting, "ada", "h", url) for url in (URL, OTHER)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert ["no answer" in str(answer) for answer in answers] == [True, True]
    assert len(started) == 1


async def test_feeds_at_once_share_one_run_and_other_users_have_their_own(tmp_path: Path) -> None:
    log, known = tmp_path / "log", Passwords()
    told = command(log, "import sys; print('pass of', sys.argv[1])")
    users = ["ada", "ada", "mila", "ada"]
    answers = await asyncio.gather(*(known.of(told, user, "h", URL) for user in users))
    assert answers == [f"pass of {user}" for user in users]
    assert log.read_text() == "xx"


async def test_what_is_kept_shows_no_password(tmp_path: Path) -> None:
    known = Passwords()
    await known.of(command(tmp_path / "log", "print('s3cret')"), "ada", "h", URL)
    assert "s3cret" not in repr(list(known._known.values()))
