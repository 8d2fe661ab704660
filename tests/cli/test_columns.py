"""Tables promise: one long name never pushes every line off the screen."""

from briefing.cli.output import WIDEST_COLUMN, columns
from tests.cli.conftest import Run


def test_hostile_05_a_long_cell_moves_its_own_line_only() -> None:
    long = "x" * 1_000
    assert list(columns([("a", "1"), (long, "2")])) == [
        f"{'a':{WIDEST_COLUMN}}  1",
        f"{long}  2",
    ]


def test_hostile_05_feeds_list_shows_the_beginning_of_a_long_name(run: Run) -> None:
    url, name = "https://quay.example/feed.xml", "Quay " * 300
    run("feeds", "add", url, "--unchecked", "--title", name)
    (line,) = run("feeds", "list").out.splitlines()
    assert len(line) < 2 * WIDEST_COLUMN + len(url)
    assert "Quay…" in line
    assert line.endswith(url)
