"""Wide characters, emoji, combining marks and right-to-left text leave every line as wide as its
pane: borders stand under each other, and no word of a wrapped line is cut off.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from briefing.model import ArticleRow, Feed, FeedRow, Span
from briefing.text.clean import clean_line
from briefing.ui.app import Reader
from briefing.ui.panes.articles import article_lines
from briefing.ui.panes.feed_lines import feed_items
from briefing.ui.themes import load_theme, to_textual
from briefing.ui.widgets.running_text import RunningText, Stretch
from briefing.ui.widgets.styles import StyledView, ThemeStyles
from briefing.ui.widgets.wrapped_list import Item
from tests.ui.driver import MEDIUM, ReaderDriver, at, reader_on
from tests.ui.frozen import now
from tests.ui.test_hostile_text import plant

SCRIPTS = {
    "wide": "港湾大橋は月曜日から閉鎖され、修理は十二週間かかる見込みだと港湾局が発表した。",
    "hangul": "항만 다리는 월요일부터 닫혔고 수리는 열두 주가 걸릴 것이라고 항만청이 말했다.",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 ferry ⚓\ufe0f 🇳🇴🇸🇪 1\ufe0f\u20e3 "
    "👍\U0001f3fd ❤\ufe0f\u200d🔥 bridge " + "🌉" * 20,
    "marks": "Z" + "\u0300\u0323\u0334" * 12 + "a\u0301lgo e\u0308\u0302 ก็ ที่ " * 8,
    "right to left": "הגשר בנמל נסגר ביום שני: 12 שבועות. الجسر مغلق منذ الاثنين (44 طن).",
    "indic": "क्षेत्रीय न्यायालय ने सोमवार को पुल बंद करने का आदेश दिया; मरम्मत में बारह सप्ताह लगेंगे।",
    "joined": "Ａ１ｱｲｳ" * 9 + "\u200d\u200d" + "ﷺ﷽ ꧅ 𒐫 ⸻",
    "one word": "Donaudampfschifffahrtsgesellschaft" * 4 + "码头" * 30,
}
LARGE = " ".join(SCRIPTS.values())
CASES = {
    **{
        f"{name} {width}": (text, (width, height))
        for name, text in SCRIPTS.items()
        for width, height in ((40, 12), (80, 24))
    },
    "all 140": (LARGE, (140, 40)),
    "all 250": (LARGE, (250, 80)),
}
MOST_MARKS = 4
HARBOUR = to_textual(load_theme("harbour"))
STYLES = ThemeStyles.of(HARBOUR.to_color_system().generate() | HARBOUR.variables)


def lines_of(view: StyledView) -> Iterator[Strip]:
    """What a view draws, from its first visible line to its last."""
    return (view.render_line(y) for y in range(view.scrollable_content_region.height))


def check_screen(driver: ReaderDriver) -> None:
    """Every line of the screen and of every pane has its width in cells, however it is counted."""
    screen = driver.app.screen
    for strip in screen._compositor.render_strips():
        assert strip.cell_length == cell_len(strip.text) == driver.app.size.width
    views = [view for view in screen.query(StyledView) if view.size.area]
    for view in views:
        width = view.scrollable_content_region.width
        for strip in lines_of(view):
            assert strip.cell_length == cell_len(strip.text) == width, strip.text
            assert most_marks(strip.text) <= MOST_MARKS


def most_marks(text: str) -> int:
    """How many combining marks the character with the most has."""
    most = here = 0
    for character in text:
        here = here + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        most = max(most, here)
    return most


@pytest.mark.parametrize("case", CASES)
async def test_every_line_of_every_pane_is_as_wide_as_its_pane(tmp_path: Path, case: str) -> None:
    path = tmp_path / "planted.sqlite3"
    text, size = CASES[case]
    plant(path, clean_line(text))
    async with at(reader_on(path), size) as driver:
        check_screen(driver)
        for keys in (
            ["enter"],  # the brief
            ["enter", "j"],  # the source
            ["tab"],  # the figures
            ["tab"],  # the links
            ["enter"],  # the coverage
            ["escape", "escape", "escape", "G", "enter"],  # where outlets differ
            ["escape", "escape", "f"],
            ["j", "j", "j", "j", "enter"],
            ["enter"],
        ):
            await driver.press(*keys)
            check_screen(driver)


# What scripts are made of: wide, narrow and empty characters, emoji and what joins them.
CHARACTERS = st.one_of(
    st.sampled_from("aé. 1港가あｱＡ🌉👩🇳🇴1⚓❤हक्षกที่אبﷺ"),
    st.sampled_from("\u0301\u0323\u200d\ufe0f\u20e3\U0001f3fd\u094d\u3099"),
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]),
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=120).map(clean_line).filter(bool)
MANY = settings(
    max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


async def test_rows_of_stories_fit_whatever_their_words_are(reader: Reader) -> None:
    async with at(reader, MEDIUM) as driver:
        stories, story = driver.edition.stories, driver.row

        @MANY
        @given(TEXTS)
        def fits(text: str) -> None:
            told = replace(story, headline=text, caveat=text, category=text)
            stories.rows[:2] = [told, replace(told, caveat="", caveat_kinds=())]
            stories._drawn.clear()
            assert_fits(stories)

        fits()


@MANY
@given(TEXTS, st.integers(8, 200))
def test_rows_of_articles_fit_whatever_their_words_are(text: str, width: int) -> None:
    row = ArticleRow("a", text, text, now(), snippet=text, starred=True)
    found = [Span(at, at + 1) for at in range(len(text))]
    for line in article_lines(row, width, STYLES, now(), found[:2], found[-2:]):
        assert line.cell_len == cell_len(line.plain) <= width


async def test_feeds_and_bullets_are_wrapped_and_nothing_of_them_is_cut_off(
    reader: Reader,
) -> None:
    async with at(reader, MEDIUM) as driver:
        view = driver.view("brief")

        @MANY
        @given(TEXTS, st.integers(0, 12))
        def fits(text: str, hang: int) -> None:
            feed = Feed("f", "https://a.example/", text, category=text, error=text)
            item = Item(Text(text), hang=hang, right=Text("12 / 34"))
            items = [item, *feed_items([FeedRow(feed, 1234, 567)], view.theme_styles)]
            view.show(items)
            assert_fits(view)
            room = view.scrollable_content_region.width - 1
            for strip in view._wrapped_items[0].strips:
                assert strip.cell_length <= room
            shown = "".join(strip.text for strip in view._wrapped_items[0].strips)
            assert letters(shown.replace("12 / 34", "")) == letters(text.replace("12 / 34", ""))

        fits()


async def test_running_text_is_wrapped_and_nothing_of_it_is_cut_off(reader: Reader) -> None:
    async with at(reader, MEDIUM) as driver:
        await driver.press("enter", "enter")
        source = driver.app.screen.query_one("#source", RunningText)

        @MANY
        @given(TEXTS, TEXTS, st.integers(0, 8), st.booleans())
        def fits(first: str, second: str, hang: int, wide: bool) -> None:
            source.show(
                [
                    Stretch(Text(first), hang=hang, bar="│ ", lead="• ", wide=wide),
                    Stretch(Text(second), gap=" ", sign=("!", Style())),
                ]
            )
            assert_fits(source)
            drawn = "".join(
                segment.text
                for number in range(len(source._lines))
                for _, piece in source._draw(number).pieces
                for segment in piece
            )
            assert letters(drawn) == letters(first + second)

        fits()


def assert_fits(view: StyledView) -> None:
    """What the view draws is as wide as it is, however it is counted."""
    width = view.scrollable_content_region.width
    for strip in lines_of(view):
        assert strip.cell_length == cell_len(strip.text) == width


def letters(text: str) -> str:
    """The text without its spaces."""
    return "".join(text.split())
