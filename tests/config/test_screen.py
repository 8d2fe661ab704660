"""Where the panes stand is checked as everything else that is set."""

from pathlib import Path

import pytest

from briefing.config import ScreenSettings, config_faults, documented_defaults, load_settings


def written(folder: Path, lines: str) -> Path:
    """A configuration file."""
    path = folder / "config.toml"
    path.write_text(f"[screen]\n{lines}\n", "utf-8")
    return path


def test_places_and_sizes_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, 'list_width = 44\nbeside = "below"\nbeside_height = 0')
    assert load_settings(path).screen == ScreenSettings(list_width=44, beside="below")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("list_width = 10", "'screen.list_width' must be from 24 to 120, or 0, not 10"),
        ("beside_width = 200", "'screen.beside_width' must be from 28 to 120, or 0, not 200"),
        (
            'beside_height = "ten"',
            "'screen.beside_height' must be a whole number from 6 to 60, or 0, not",
        ),
        ('beside = "left"', "'screen.beside' must be auto or right or below or hidden"),
        ("list_wide = 40", "unknown key 'screen.list_wide'"),
    ],
)
def test_what_cannot_be_is_refused_with_the_range(tmp_path: Path, line: str, what: str) -> None:
    (fault,) = config_faults(written(tmp_path, line))
    assert fault.what.startswith(what)


def test_the_documented_file_tells_the_ranges() -> None:
    shown = "# It takes a whole number from 24 to 120, or 0.\n# screen.list_width = 0\n"
    assert shown in documented_defaults()
