"""Private files that are replaced: whole or as before, and never where nothing may be written."""

import stat
from pathlib import Path

import pytest

from briefing.config import replace_private


def test_a_file_is_replaced_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "kept"
    for text in ("one\n", "två\n"):
        replace_private(path, text)
        assert path.read_text(encoding="utf-8") == text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(("text", "error"), [("x", OSError), ("\ud800", UnicodeError)])
def test_what_cannot_be_written_leaves_nothing_beside_it(
    text: str, error: type[Exception], tmp_path: Path
) -> None:
    path = tmp_path / "kept"
    path.mkdir()
    with pytest.raises(error):
        replace_private(path, text)
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_made_where_nothing_may_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_READ_ONLY", "1")
    with pytest.raises(OSError, match="read only"):
        replace_private(tmp_path / "new" / "kept", "x")
    assert not list(tmp_path.iterdir())
