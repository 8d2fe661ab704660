"""A file that is edited beside the program is looked at again once it rests."""

import os
from pathlib import Path

from briefing.config.watch import FileWatch


def looks(watch: FileWatch, number: int = 2) -> list[bool]:
    return [watch.has_changed() for _ in range(number)]


def test_a_file_has_changed_once_and_when_it_rests(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("a")
    watch = FileWatch(path)
    assert looks(watch) == [False, False]
    path.write_text("ab")
    assert not watch.has_changed()
    path.write_text("abc")  # it is still being written
    assert looks(watch, 3) == [False, True, False]


def test_a_file_that_comes_goes_or_is_put_in_its_place_has_changed(tmp_path: Path) -> None:
    path, other = tmp_path / "config.toml", tmp_path / "new"
    watch = FileWatch(path)
    path.write_text("a")
    assert looks(watch) == [False, True]
    state = path.stat()
    other.write_text("b")
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    other.replace(path)
    assert looks(watch) == [False, True]
    path.unlink()
    assert looks(watch) == [False, True]
