"""Backups: whole while a refresh writes, checked before anything is replaced, old things kept."""

import os
import shutil
import stat
import threading
import zipfile
from pathlib import Path

import pytest

from briefing.config import config_path, load_settings, user_themes_folder
from briefing.store import Store
from briefing.store.archive import read_archive
from briefing.store.copies import copies_beside
from tests.cli.conftest import Run
from tests.store.builders import filled
from tests.store.test_copies import old_store, version_of


@pytest.fixture
def path() -> Path:
    """A store with three articles, a configuration and a theme."""
    place = load_settings().store_path
    with Store.open(place) as store:
        filled(store, 3)
    user_themes_folder().mkdir(parents=True)
    config_path().write_text('units = "imperial"\n', encoding="utf-8")
    (user_themes_folder() / "night.toml").write_text("# a theme\n", encoding="utf-8")
    return place


def articles(path: Path) -> int:
    with Store.open(path) as store:
        assert store.check() == ()
        return store.stats().articles


def test_a_backup_brings_store_configuration_and_themes_back(
    run: Run, path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "b.zip"
    ran = run("backup", str(file))
    assert (ran.code, ran.out) == (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with Store.open(path) as store:
        filled(store, 4, feed_url="https://echo.example/feed")
    config_path().write_text('units = "metric"\n', encoding="utf-8")
    (user_themes_folder() / "night.toml").unlink()
    ran = run("restore", str(file))
    assert ran.code == 0
    assert articles(path) == 3
    assert load_settings().units == "imperial"
    assert (user_themes_folder() / "night.toml").read_text() == "# a theme\n"
    (kept,) = copies_beside(path)
    assert str(kept) in ran.err
    assert articles(kept) == 7
    old = config_path().with_name("config.toml.before-restore.bak")
    assert old.read_text() == 'units = "metric"\n'
    assert sorted(p.name for p in tmp_path.glob("*b.zip*")) == ["b.zip"]


def test_a_second_restore_keeps_what_the_user_had_at_first(
    run: Run, path: Path, tmp_path: Path
) -> None:
    run("backup", str(tmp_path / "b.zip"))
    for system in ("metric", "imperial # mine"):
        config_path().write_text(f'units = "{system.split()[0]}" # {system}\n', encoding="utf-8")
        assert run("restore", str(tmp_path / "b.zip")).code == 0
    kept = sorted(config_path().parent.glob("config.toml.before-restore*.bak"))
    assert len(kept) == 2
    first = config_path().with_name("config.toml.before-restore.bak")
    assert first.read_text() == 'units = "metric" # metric\n'


def test_a_file_from_before_1980_can_be_backed_up(run: Run, path: Path, tmp_path: Path) -> None:
    os.utime(config_path(), (0, 0))  # as where a system sets all times to nothing
    assert run("backup", str(tmp_path / "b.zip")).code == 0
    config_path().unlink()
    assert run("restore", str(tmp_path / "b.zip")).code == 0
    assert load_settings().units == "imperial"


def test_a_backup_is_restored_where_there_is_nothing_yet(
    run: Run, path: Path, tmp_path: Path, home: Path
) -> None:
    run("backup", str(tmp_path / "b.zip"))
    shutil.rmtree(home)
    assert run("restore", str(tmp_path / "b.zip")).code == 0
    assert articles(path) == 3
    assert load_settings().units == "imperial"


@pytest.mark.parametrize("keep", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_hostile_25_a_backup_cut_short_is_refused_and_nothing_is_touched(
    run: Run, path: Path, tmp_path: Path, keep: float
) -> None:
    file = tmp_path / "b.zip"
    run("backup", str(file))
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * keep)])
    before = path.read_bytes()
    ran = run("restore", str(file))
    assert ran.code == 3
    assert "Nothing was changed" in ran.err
    assert path.read_bytes() == before
    assert copies_beside(path) == []


def test_hostile_25_a_backup_with_one_wrong_byte_is_refused(
    run: Run, path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "b.zip"
    run("backup", str(file))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    assert run("restore", str(file)).code == 3
    assert articles(path) == 3


def test_hostile_25_what_is_no_backup_is_refused(run: Run, path: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.zip"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("recipes.txt", "flour")
    text = tmp_path / "diary.txt"
    text.write_text("Dear diary")
    sly = tmp_path / "sly.zip"
    with zipfile.ZipFile(sly, "w") as archive:
        archive.writestr("briefing.sqlite3", "not a database")
        archive.writestr("../../evil.toml", "x")
    for file in (foreign, text, sly, tmp_path / "nowhere", tmp_path):
        ran = run("restore", str(file))
        assert ran.code == 3
        assert "Nothing was changed" in ran.err
    assert articles(path) == 3


def test_names_that_lead_elsewhere_are_not_written(run: Run, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    run("backup", str(file))
    with zipfile.ZipFile(file, "a") as archive:
        for name in ("themes/../evil.toml", "themes/.hidden.toml", "/evil.toml", "config/x.toml"):
            archive.writestr(name, "x")
    folder = tmp_path / "unpacked"
    folder.mkdir()
    _, others = read_archive(file, folder)
    assert sorted(others) == ["config.toml", "themes/night.toml"]
    assert articles(path) == 3


def test_hostile_25_a_copy_made_before_a_migration_can_be_restored(
    run: Run, path: Path, tmp_path: Path
) -> None:
    old_store(tmp_path / "old.sqlite3")
    ran = run("restore", str(tmp_path / "old.sqlite3"))
    assert ran.code == 0
    assert articles(path) == 1
    assert version_of(tmp_path / "old.sqlite3") == 3


def test_a_damaged_store_is_replaced_and_kept(run: Run, path: Path, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "b.zip"))
    path.write_bytes(b"\xff" * 9000)
    assert run("restore", str(tmp_path / "b.zip")).code == 0
    assert articles(path) == 3
    assert [kept.read_bytes() for kept in copies_beside(path)] == [b"\xff" * 9000]


def test_a_restore_waits_for_no_refresh_and_changes_nothing_beside_one(
    run: Run, path: Path, tmp_path: Path
) -> None:
    import fcntl

    run("backup", str(tmp_path / "b.zip"))
    with path.with_name(path.name + ".refresh-lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = run("restore", str(tmp_path / "b.zip"))
    assert ran.code == 3
    assert "refresh is at work" in ran.err
    assert copies_beside(path) == []


def test_backups_made_while_a_refresh_writes_are_whole(
    run: Run, path: Path, tmp_path: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        with Store.open(path) as store:
            while not stop.is_set():
                number += 1
                filled(store, 3, feed_url=f"https://outlet-{number}.example/feed")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(4):
            assert run("backup", str(tmp_path / f"{number}.zip")).code == 0
    finally:
        stop.set()
        writer.join()
    seen = []
    for number in range(4):
        folder = tmp_path / str(number)
        folder.mkdir()
        copy, _ = read_archive(tmp_path / f"{number}.zip", folder)
        seen.append(articles(copy))
    assert seen == sorted(seen)
    assert run("restore", "--store-only", str(tmp_path / "3.zip")).code == 0
    assert articles(path) == seen[-1]
