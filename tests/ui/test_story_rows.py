"""The rows of stories: headlines whole before anything else, their signs, one line or two."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from briefing.config import ScreenSettings, Settings
from briefing.model import ArticleRow, CaveatKind, ReadState, StoryRow
from briefing.store import Store
from briefing.text.clean import clean_line
from briefing.ui.app import Reader
from briefing.ui.panes.articles import article_lines, compact_article_line
from briefing.ui.panes.stories import compact_story_line, starred_story_lines, story_lines
from briefing.ui.screens.density import DenseList
from briefing.ui.themes import load_theme
from briefing.ui.widgets.line_breaks import line_breaks
from briefing.ui.widgets.styles import ThemeStyles
from briefing.ui.widgets.virtual_list import VirtualList
from briefing.wording import OPINION_SIGN, UNNAMED_SIGN, kind_sign, list_signs
from tests.ui.driver import LEAST, MEDIUM, NARROW, WIDE, at, reader_on
from tests.ui.frozen import NOW
from tests.ui.test_fetching import bring_a_story
from tests.ui.test_hostile_text import CONTROLS

THEME = load_theme("harbour")
STYLES = ThemeStyles.of_colors(
    {"foreground": THEME.colors["foreground"], "primary": THEME.colors["primary"]}
    | {f"ink-{name.replace('_', '-')}": color for name, color in THEME.ink.items()}
)
KINDS = (CaveatKind.DISPUTE, CaveatKind.LIMITATION)
LONG = "Marenza bridge repairs to last 12 weeks; hauliers go to court over the limit"
SHORT = "A seal in the lock"
WORDS = "The port expects that it leaves by itself at high water."
WIDE_LETTERS = "港務局表示橋樑維修將持續十二週而且渡輪不會在星期日之前開出"
POINTED = "שָׁלוֹם הַגֶּשֶׁר יִהְיֶה סָגוּר לְמַשָּׂאִיּוֹת שְׁנֵים עָשָׂר שָׁבוּעוֹת"
COMBINED = "Ca\u0302fe\u0301 " * 12


def story(headline: str = LONG, **given_values: object) -> StoryRow:
    """A story of three outlets with two kinds of caveats."""
    row = StoryRow("1", headline, 3, 4, NOW - timedelta(hours=1), 1.0, "Coast", WORDS, KINDS)
    return replace(row, **given_values)  # type: ignore[arg-type]


def lines(row: StoryRow, width: int, number: int = 6) -> list[str]:
    return [line.plain for line in story_lines(row, number, width, STYLES, NOW)]


def compact(row: StoryRow, width: int) -> str:
    (line,) = compact_story_line(row, 6, width, STYLES)
    return line.plain


@pytest.mark.parametrize("number", [0, 9, 98, 99, 998])
def test_both_lines_of_a_headline_begin_in_the_same_column(number: int) -> None:
    first, second = lines(story(), 50, number)
    assert first.index("Marenza") == second.index("hauliers")


# ── What stands where ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("row", "width", "shown"),
    [
        (
            story(),
            50,
            [
                "● 7 Marenza bridge repairs to last 12 weeks;     3",
                " ¬< hauliers go to court over the limit",
            ],
        ),
        (  # cut only at the end of the second line
            story(),
            38,
            ["● 7 Marenza bridge repairs to last   3", " ¬< 12 weeks; hauliers go to court ov…"],
        ),
        (  # the headline takes all of its second line
            story(outlets=12, caveat="", caveat_kinds=()),
            46,
            [
                "● 7 Marenza bridge repairs to last 12       12",
                "    weeks; hauliers go to court over the limit",
            ],
        ),
        (
            story(SHORT),
            50,
            [
                "● 7 A seal in the lock                           3",
                " ¬< dispute: The port expects that it leaves by i…",
            ],
        ),
        (  # under twenty columns are no words: when and where instead
            story(SHORT),
            32,
            ["● 7 A seal in the lock         3", " ¬< 06:02 · Coast"],
        ),
        (
            story(SHORT, caveat="", caveat_kinds=(), state=ReadState.READ, outlets=1),
            40,
            ["  7 A seal in the lock", "    06:02 · Coast"],
        ),
        (
            story(LONG, opinion=True, starred=True, state=ReadState.UPDATED),
            58,
            [
                "↻ 7 ★ Marenza bridge repairs to last 12 weeks; hauliers  3",
                " ¬< go to court over the limit  opinion",
            ],
        ),
        (  # no room for the word: the sign
            story(LONG, opinion=True, summary_only=True),
            42,
            [
                "● 7 Marenza bridge repairs to last 12    3",
                '"¬< weeks; hauliers go to court over the …',
            ],
        ),
    ],
)
def test_a_row_says_the_headline_first_and_then_what_there_is_room_for(
    row: StoryRow, width: int, shown: list[str]
) -> None:
    assert lines(row, width) == shown


def test_from_the_hundredth_on_a_row_says_the_same() -> None:
    head, second = lines(story(SHORT), 51, number=99)
    assert head == "●100 A seal in the lock                           3"
    assert second == "  ¬< dispute: The port expects that it leaves by i…"


def test_a_starred_story_among_articles_has_the_same_without_a_number() -> None:
    (head, second) = starred_story_lines(story(starred=True), 50, STYLES, NOW)
    assert head.plain == "● ★ Marenza bridge repairs to last 12 weeks;     3"
    assert second.plain == "¬ hauliers go to court over the limit"
    (head, second) = starred_story_lines(story(SHORT), 50, STYLES, NOW)
    assert head.plain == "● A seal in the lock                             3"
    assert second.plain == "¬ Story · 06:02 · 3 outlets · Coast"


def test_a_compact_row_is_one_line_with_signs_and_outlets_at_its_end() -> None:
    assert compact(story(), 40) == "● 7 Marenza bridge repairs to las… ¬<  3"
    assert compact(story(SHORT, outlets=1), 40) == "● 7 A seal in the lock             ¬<   "
    assert compact(story(SHORT, opinion=True), 40) == '● 7 A seal in the lock            ¬<"  3'


def test_the_line_under_a_headline_has_no_colour_of_its_own_but_that_of_signs() -> None:
    for width in (34, 50):
        for row in (story(), story(SHORT)):
            second = story_lines(row, 6, width, STYLES, NOW)[1]
            coloured = [s for s in second.spans if s.style == STYLES.sign]
            assert "".join(second.plain[s.start : s.end] for s in coloured).strip() == "¬<"
    read = story_lines(story(SHORT, state=ReadState.READ), 6, 50, STYLES, NOW)
    assert all(s.style in (STYLES.muted, STYLES.unread) for line in read for s in line.spans)


def test_every_kind_has_a_sign_of_its_own_that_is_one_column_wide() -> None:
    signs = [*map(kind_sign, CaveatKind), UNNAMED_SIGN, OPINION_SIGN]
    assert len(set(signs)) == len(signs) == len(CaveatKind) + 2
    assert all(len(sign) == cell_len(sign) == 1 for sign in signs)
    assert {sign for sign, _ in list_signs()} == set(signs)
    assert all(kind.value in dict(list_signs())[kind_sign(kind)] for kind in CaveatKind)


# ── Whatever the headline ────────────────────────────────────────────────────────────────────

words = st.text("ab-é–", min_size=1, max_size=12)
latin = st.lists(words, min_size=1, max_size=16).map(" ".join)
scripts = st.sampled_from([WIDE_LETTERS, POINTED, COMBINED, "🚢 ferry 👩‍👩‍👧 lands", "x" * 200])
headlines = latin | st.tuples(latin, scripts).map(" ".join) | st.sampled_from(CONTROLS) | st.text()
rows = st.builds(
    story,
    headlines,
    outlets=st.integers(1, 120),
    category=st.sampled_from(["", "Coast", WIDE_LETTERS]),
    caveat=st.sampled_from(["", WORDS, POINTED]),
    caveat_kinds=st.lists(st.none() | st.sampled_from(CaveatKind), unique=True).map(tuple),
    state=st.sampled_from(ReadState),
    starred=st.booleans(),
    summary_only=st.booleans(),
    opinion=st.booleans(),
)
widths = st.integers(20, 130)


@given(rows, widths, st.integers(0, 1200))
def test_no_line_is_wider_than_the_list_and_outlets_stand_at_its_right_end(
    row: StoryRow, width: int, number: int
) -> None:
    two = story_lines(row, number, width, STYLES, NOW)
    starred = starred_story_lines(row, width, STYLES, NOW)
    one = compact_story_line(row, number, width, STYLES)
    for line in (*two, *starred, *one):
        assert line.cell_len <= width
        assert "\n" not in line.plain
    if row.outlets > 1:
        for line in (two[0], starred[0], one[0]):
            assert line.plain.endswith(f" {row.outlets}")
            assert line.cell_len == width


@given(rows, widths)
def test_a_headline_that_two_lines_hold_is_whole_with_its_first_signs_beside_it(
    row: StoryRow, width: int
) -> None:
    head, second = lines(row, width)
    headline = clean_line(row.headline) or "Untitled"
    before = 4 + 2 * row.starred
    first = width - before - (len(f" {row.outlets}") if row.outlets > 1 else 0)
    breaks = line_breaks(headline, first, width - 4)
    if len(breaks) <= 2:
        parts = [headline[a:b] for a, b in breaks]
        assert parts[0] in head
        assert parts[-1] in (head if len(parts) == 1 else second)
        whole = head if len(parts) == 1 else head + second
        assert "…" not in whole or "…" in headline
    else:
        assert "…" in second
    if row.caveat_kinds or row.opinion:
        signs = {sign for sign, _ in list_signs()}
        assert "opinion" in second or signs & set(second)


@given(st.builds(ArticleRow, st.just("1"), headlines, words, st.just(NOW)), widths)
def test_no_line_of_an_article_is_wider_than_the_list(row: ArticleRow, width: int) -> None:
    for line in (
        *article_lines(row, width, STYLES, NOW),
        *compact_article_line(row, width, STYLES, NOW),
    ):
        assert line.cell_len <= width


@pytest.mark.parametrize("headline", [WIDE_LETTERS, POINTED, COMBINED])
@pytest.mark.parametrize("density", ["comfortable", "compact"])
@pytest.mark.parametrize("size", [(140, 40), MEDIUM, (50, 20), LEAST])
async def test_headlines_of_every_script_leave_the_borders_where_they_are(
    sample: Path, headline: str, density: str, size: tuple[int, int]
) -> None:
    with Store.open(sample) as store:
        store._run("UPDATE story SET headline = ? WHERE id % 2 = 1", (headline,))
    settings = Settings(screen=ScreenSettings(density=density))
    async with at(reader_on(sample, settings), size) as driver:
        await driver.press("2j")
        shown = driver.shown.splitlines()
        assert any(headline[:6] in line for line in shown)
        if size[0] >= 80:
            edge = cell_len(shown[1].split("╮")[0])
            assert {line.find("│", 1) > 0 for line in shown[2:10]} == {True}
            assert all(_in_cells(line, edge) == "│" for line in shown[2:10])
        assert all(cell_len(line) <= size[0] for line in shown)


def _in_cells(line: str, column: int) -> str:
    """What stands in a column of the terminal."""
    return next(c for n, c in enumerate(line) if cell_len(line[:n]) == column and cell_len(c))


# ── Density ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW, LEAST])
async def test_a_key_makes_the_list_compact_and_comfortable_again(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        before = driver.shown.splitlines()[2:-1]
        second = driver.edition.stories.rows[1].headline[:12]
        assert second in before[2]
        await driver.press("d")
        assert second in driver.shown.splitlines()[3]
        # Said as of the other keys that change the screen for now: the setting, where it fits.
        kept = ' · density = "compact" in [screen] keeps it' if size[0] >= MEDIUM[0] else ""
        assert driver.status == f"compact lists{kept}"
        await driver.press("d")
        assert driver.shown.splitlines()[2:-1] == before


async def test_the_story_under_the_cursor_stays_on_the_screen_when_the_density_changes(
    reader: Reader,
) -> None:
    async with at(reader, (120, 16)) as driver:
        await driver.press("9j")
        row = driver.row
        for _ in range(3):
            await driver.press("d")
            assert driver.row == row
            cursor = next(line for line in driver.shown.splitlines() if "▌" in line)
            assert row.headline[:12] in cursor


async def test_a_compact_list_fills_a_tall_screen(sample: Path) -> None:
    with Store.open(sample) as store:
        for _ in range(90):
            bring_a_story(store.path)
    async with at(reader_on(sample), (120, 90)) as driver:
        await driver.press("d")
        assert len(driver.edition.stories.rows) > 80
        assert driver.shown.splitlines()[-4].strip("│ ")


def compact_of(rows: VirtualList[Any]) -> bool:
    """Whether a list has one line a row."""
    return isinstance(rows, DenseList) and rows.is_compact


async def test_the_configuration_says_how_dense_lists_are_and_all_of_them_are(
    sample: Path,
) -> None:
    settings = Settings(screen=ScreenSettings(density="compact"))
    async with at(reader_on(sample, settings), WIDE) as driver:
        stories = driver.edition.stories
        assert compact_of(stories)
        assert stories.rows[1].headline[:12] in driver.shown.splitlines()[3]
        await driver.press("f", "enter")
        first, second = driver.rows().rows[:2]
        shown = driver.shown.splitlines()
        place = next(n for n, line in enumerate(shown) if first.title[:20] in line)
        assert second.title[:20] in shown[place + 1]
        await driver.press("d")
        assert driver.said == 'comfortable lists · density = "comfortable" in [screen] keeps it'
        assert not compact_of(driver.rows())
        assert not compact_of(stories)
        await driver.press("d")
        assert compact_of(stories)


async def test_the_help_explains_every_sign_of_the_list(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        await driver.press("question_mark")
        told = [item.text.plain.split(maxsplit=1) for item in driver.view("keys").items]
        for sign, meaning in list_signs():
            assert [sign, meaning] in told
