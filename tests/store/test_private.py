"""What is kept, and what is set, is its owner's alone: addresses may hold passwords."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.config import load_settings, write_defaults
from briefing.store import ReadingStore, Store


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Masks that would let others read."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_hostile_30_a_new_store_and_its_folders_are_private(home: Path) -> None:
    path = home / "data" / "briefing.sqlite3"
    with Store.open(path) as store:
        store.add_feed("http://user:word@paper.example/feed", "Paper")
        assert {mode(file) for file in path.parent.iterdir()} == {0o600}
        assert len(list(path.parent.iterdir())) > 1  # its journal is there
    assert (mode(path.parent), mode(home)) == (0o700, 0o700)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("read_only", [False, True])
def test_hostile_30_a_store_of_before_is_made_private_when_it_is_opened(
    home: Path, read_only: bool
) -> None:
    path = home / "data" / "briefing.sqlite3"
    Store.open(path).close()
    path.chmod(0o644)
    path.parent.chmod(0o755)
    with ReadingStore.open(path, read_only=read_only):
        assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_hostile_30_a_folder_that_is_not_the_programs_own_keeps_its_rights(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    Store.open(folder / "mine.sqlite3").close()
    assert mode(folder) == 0o755
    assert mode(folder / "mine.sqlite3") == 0o600


@pytest.mark.usefixtures("umask")
def test_hostile_30_the_configuration_is_private_also_one_of_before(home: Path) -> None:
    path = home / "config" / "config.toml"
    write_defaults(path)
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    path.chmod(0o644)
    path.parent.chmod(0o755)
    load_settings()
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
