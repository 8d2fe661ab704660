"""A theme from outside is read within bounds, and what is wrong with it is told."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.config import user_themes_folder
from briefing.model import ConfigError
from briefing.ui.themes import DEFAULT, load_theme, packaged_folder

PACKAGED = (packaged_folder() / f"{DEFAULT}.toml").read_text(encoding="utf-8")


@pytest.fixture
def mine() -> Path:
    """The path of a theme of one's own, which is not there yet."""
    folder = user_themes_folder()
    folder.mkdir(parents=True)
    return folder / "mine.toml"


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    "put",
    [
        lambda path: path.symlink_to("/dev/zero"),
        _pipe,
        lambda path: path.mkdir(),
        lambda path: path.write_bytes(b"# " + b"x" * 2_000_000),
        lambda path: path.write_bytes(b'name = "\xff"'),
        lambda path: path.write_text("name = ["),
        lambda path: path.write_text(PACKAGED.replace("[ink]", "[inc]")),
        lambda path: path.write_text(PACKAGED.replace('accent = "#', 'accent = "red#')),
        lambda path: path.write_text(PACKAGED.replace("accent =", "accents =")),
    ],
    ids="endless pipe folder large bytes toml table colour key".split(),
)
def test_hostile_24_a_theme_that_cannot_be_used_is_an_error_of_that_theme_alone(
    mine: Path, put: Callable[[Path], object]
) -> None:
    put(mine)
    with pytest.raises(ConfigError):
        load_theme("mine")
    assert load_theme(DEFAULT).id == DEFAULT
