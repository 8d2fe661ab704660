"""Commands on a store that cannot be written: what reads works, what writes says why it does not.

Exit codes of the contract: 3 where nothing could be done.
"""

from pathlib import Path

import pytest

from briefing.config import folders
from briefing.store import Store
from tests.cli.conftest import Run
from tests.fake_web import Newsroom
from tests.store.builders import NOW, filled
from tests.unwritable import HOW, unwritable

each_way = pytest.mark.parametrize("how", HOW)
ALL = NOW.date().isoformat()


@pytest.fixture
def kept() -> Path:
    """The user's store, with three articles."""
    path = folders().data / "briefing.sqlite3"
    with Store.open(path) as store:
        filled(store, 3)
    return path


READING = (
    "feeds list",
    "feeds list --format json",
    "feeds export",
    f"search lorries --since {ALL} --format json",
    f"print --since {ALL}",
    f"print --since {ALL} --format json",
    f"export edition --since {ALL} --format jsonl",
    "export search lorries --format jsonl",
)
WRITING = (
    "refresh",
    "refresh --judge 1",
    "feeds add https://port-post.example/feed",
    "feeds remove https://courier.example/feed",
    "feeds edit https://courier.example/feed --weight 2",
)


@each_way
@pytest.mark.parametrize("command", READING)
def test_hostile_28_a_command_that_reads_works_on_what_cannot_be_written(
    kept: Path, run: Run, how: str, command: str
) -> None:
    usual = run(*command.split())
    assert usual.code == 0
    with unwritable(kept, how):
        seen = run(*command.split())
    assert seen.code == 0
    assert _timeless(seen.out) == _timeless(usual.out)
    assert seen.err == usual.err


def _timeless(output: str) -> list[str]:
    """Without the moment at which an edition is put together."""
    return [line for line in output.splitlines() if '"generated"' not in line]


@each_way
@pytest.mark.parametrize("command", WRITING)
def test_hostile_28_a_command_that_writes_says_why_it_cannot_and_ends_with_3(
    kept: Path, run: Run, how: str, command: str
) -> None:
    before = kept.read_bytes()
    with unwritable(kept, how):
        seen = run(*command.split())
    (line,) = seen.err.splitlines()
    assert line.startswith(f"briefing: {kept}: the store cannot be written")
    assert "Check the rights" in line
    assert (seen.code, seen.out) == (3, "")
    assert kept.read_bytes() == before


@each_way
def test_hostile_28_feeds_are_checked_though_the_store_cannot_be_written(
    kept: Path, run: Run, room: Newsroom, how: str
) -> None:
    with Store.open(kept) as store:
        store.edit_feed(store.feeds()[0].id, url=f"{room.url}/feed.xml")
    with unwritable(kept, how):
        seen = run("feeds", "check")
    assert "Coast Courier" in seen.out
    assert seen.code in (0, 1)
    assert seen.err == ""


@each_way
def test_hostile_28_doctor_examines_what_cannot_be_written_and_says_what_it_left_out(
    kept: Path, run: Run, how: str
) -> None:
    with unwritable(kept, how):
        seen, mended = run("doctor"), run("doctor", "--repair")
    for told in (seen, mended):
        assert told.code == 1
        assert "the store cannot be written" in told.err
        assert "All is well" not in told.err
        assert "differs" not in told.err
        assert "not examined" in told.out
        assert "articles" in told.out


@each_way
def test_hostile_28_a_backup_is_made_and_none_is_put_back(
    kept: Path, run: Run, tmp_path: Path, how: str
) -> None:
    before = kept.read_bytes()
    with unwritable(kept, how):
        made = run("backup", str(tmp_path / "backup.zip"))
        back = run("restore", str(tmp_path / "backup.zip"))
    assert made.code == 0
    assert back.code == 3
    assert "cannot be written" in back.err
    assert "Traceback" not in back.err
    assert kept.read_bytes() == before


def test_hostile_28_a_home_where_nothing_can_be_made_is_told_in_a_line(
    home: Path, run: Run
) -> None:
    home.mkdir()
    (home / "beside").touch()
    with unwritable(home / "beside", "folder"):
        refreshed, listed = run("refresh"), run("feeds", "list")
    assert refreshed.code == 3
    assert len(refreshed.err.splitlines()) == 1
    assert "cannot be opened" in refreshed.err
    assert listed.code == 0
