"""The theme is set in a file that stays what it was otherwise."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import documented_defaults, load_settings, set_theme
from briefing.model import ConfigError
from tests.config.user_file import write


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "mist"\n'),
        ("theme = 'paper' # light\n", 'theme = "mist" # light\n'),
        ('  "theme"  =  "paper"\n[edition]\n', '  "theme"  =  "mist"\n[edition]\n'),
        ("# mine\n[edition]\nhours = 30\n", 'theme = "mist"\n# mine\n[edition]\nhours = 30\n'),
        (
            '# The colours\n# theme = "harbour"\n',
            '# The colours\n# theme = "harbour"\ntheme = "mist"\n',
        ),
        ('browser = "x"\r\n', 'theme = "mist"\nbrowser = "x"\r\n'),
        ('[keys]\ntheme = "T"\n', 'theme = "mist"\n[keys]\ntheme = "T"\n'),
    ],
)
def test_the_theme_is_set_and_all_else_stays(before: str, after: str) -> None:
    path = write("")
    path.write_bytes(before.encode())
    assert set_theme(path, "mist").theme == "mist"
    assert path.read_bytes().decode() == after
    assert load_settings().theme == "mist"


def test_the_documented_defaults_show_the_default_above_what_is_set() -> None:
    path = write(documented_defaults())
    set_theme(path, "mist")
    lines = path.read_text(encoding="utf-8").splitlines()
    at = lines.index('theme = "mist"')
    assert lines[at - 1] == '# theme = "harbour"'
    assert [*lines[:at], *lines[at + 1 :]] == documented_defaults().splitlines()


@pytest.mark.parametrize(
    "text",
    [
        'browser = """\ntheme = "x"\n"""\n',  # what looks like the key stands in a string
        'theme = """pa\\\nper"""\n',
        "hours = [",
        'theme = "paper"\ntheme = "slate"\n',
    ],
)
def test_a_file_that_cannot_be_changed_safely_is_left_alone(text: str) -> None:
    path = write(text)
    with pytest.raises(ConfigError):
        set_theme(path, "mist")
    assert path.read_text(encoding="utf-8") == text
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_every_name_reads_back_as_it_was(name: str) -> None:
    path = write('# theme = "harbour"\n[edition]\n')
    set_theme(path, name)
    assert tomllib.loads(path.read_text(encoding="utf-8"))["theme"] == name
