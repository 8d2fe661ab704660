"""Where outlets give different numbers: the values side by side, each with its own sentences."""

from pathlib import Path
from typing import Literal

import pytest

from briefing.config import Settings
from briefing.model import Disagreement, Reported
from briefing.store import Store
from briefing.text import clean_line
from briefing.ui.focus import Pane
from briefing.ui.panes.comparison import verdicts
from briefing.ui.targets import Comparison, Passage, SourceSentence
from tests.ui.driver import LEAST, MEDIUM, NARROW, WIDE, ReaderDriver, at, reader_on
from tests.ui.frozen import NOW
from tests.ui.story_fixture import TEXTS, story_of

ALL = pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, WIDE])


def value(surface: str, amount: float, to: float | None = None, unit: str = "weeks") -> Reported:
    """A value that one outlet gives."""
    return Reported(surface, amount, to, unit, "", (), ("Fell Beacon",), NOW, NOW)


def disagreement(verdict: Literal["updated", "differ"], *values: Reported) -> Disagreement:
    """What is said of the repairs."""
    return Disagreement("repairs", verdict, values)


EIGHT, TWELVE, FIFTEEN = value("eight", 8), value("12", 12), value("15", 15)


@pytest.mark.parametrize(
    ("disagreements", "words"),
    [
        (
            [disagreement("differ", TWELVE, FIFTEEN)],
            ["≠ Reports differ at the same time: 12 and 15."],
        ),
        (
            [disagreement("differ", EIGHT, TWELVE, FIFTEEN)],
            ["≠ Reports differ at the same time: eight, 12 and 15."],
        ),
        ([disagreement("updated", EIGHT, TWELVE)], ["↻ Later reports say more: 12 is current."]),
        ([disagreement("updated", TWELVE, EIGHT)], ["↻ Later reports say less: eight is current."]),
        (
            [disagreement("updated", value("8 to 10", 8, 10), EIGHT)],
            ["↻ Later reports say less: eight is current."],
        ),
        (
            [disagreement("updated", EIGHT, value("60 days", 60, unit="days"))],
            ["↻ Later reports say something else: 60 days is current."],
        ),
        (  # nothing is current that is disputed
            [disagreement("differ", TWELVE, FIFTEEN), disagreement("updated", EIGHT, TWELVE)],
            [
                "≠ Reports differ at the same time: 12 and 15.",
                "↻ Later reports say more: 12 came after eight.",
            ],
        ),
    ],
)
def test_the_verdict_is_said_in_words(disagreements: list[Disagreement], words: list[str]) -> None:
    assert verdicts(tuple(disagreements)) == words


@pytest.fixture
def pages(opened: list[str]) -> list[str]:
    """The addresses that would have been opened in a browser."""
    return opened


async def entered(driver: ReaderDriver, story: str, pane: Pane = "figures") -> None:
    """Enter the first line of a pane that leads to a comparison."""
    await driver.brief_of(story)
    driver.edition.go(pane)
    assert driver.view(pane).move_where(lambda t: isinstance(t, Comparison))
    await driver.press("enter")
    assert driver.screen == "ComparisonScreen"


def under_cursor(driver: ReaderDriver) -> Passage:
    """The passage under the cursor."""
    target = getattr(driver.app.screen.focused, "current", None)
    assert isinstance(target, Passage)
    return target


@ALL
@pytest.mark.parametrize("pane", ["figures", "brief"])
async def test_every_value_stands_with_its_outlets_times_and_their_own_sentences(
    store_path: Path, size: tuple[int, int], pane: Pane
) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path), size) as driver:
        await entered(driver, story, pane)
        assert "≠ Reports differ" in driver.shown
        below = driver.app.screen.has_class("below")
        assert below is (size == LEAST)
        names = ["stacked"] if below else ["value-0", "value-1"]
        lines = [i.text.plain for name in names for i in driver.view(name).items if i.text.plain]
        headings = [line for line in lines if line in ("40", "65")]
        assert headings == (["40", "65"] if below else [])
        if not below:
            assert [str(driver.view(name).border_title) for name in names] == ["40", "65"]
        assert [line for line in lines if line not in headings] == [
            "2 outlets · Mon 01:02 to 01:02",
            "Osterby Gazette  Mon 01:02\nRask added that 40 jobs would go.",
            f"Fell Beacon  01:02\n{TEXTS['beacon'][2]}",
            "1 outlet · 02:02",
            f"Vale Herald  02:02\n{TEXTS['herald'][2]}",
        ]


async def test_each_outlets_own_number_is_highlighted(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await entered(driver, story)
        found = []
        for name in ("value-0", "value-1"):
            view = driver.view(name)
            for item in view.items:
                spans = [s for s in item.text.spans if s.style == view.theme_styles.evidence]
                found += [item.text.plain[s.start : s.end] for s in spans]
        assert found == ["40", "Forty", "65"]


@ALL
async def test_enter_on_a_sentence_goes_to_it_and_esc_back_to_where_one_was(
    store_path: Path, pages: list[str], size: tuple[int, int]
) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path), size) as driver:
        await entered(driver, story)
        seen = []
        for keys in ((), ("j",), ("right_curly_bracket",)):
            await driver.press(*keys)
            focus, target = driver.focus, under_cursor(driver)
            await driver.press("enter")
            assert driver.screen == "ArticleScreen"
            sentence = driver.view("article").current
            assert isinstance(sentence, SourceSentence)
            article = driver.app.session.article(target.article_id)
            assert target.focus is not None
            assert sentence.text == clean_line(target.focus.of(article.text))
            assert sentence.text[:20] in " ".join(driver.shown.replace("▌", " ").split())
            seen.append(article.source)
            await driver.press("escape")
            assert (driver.screen, driver.focus) == ("ComparisonScreen", focus)
            assert under_cursor(driver) == target
        assert seen == ["Osterby Gazette", "Fell Beacon", "Vale Herald"]
        await driver.press("escape")
        assert (driver.screen, driver.focus) == ("EditionScreen", "figures")


async def test_the_source_goes_on_to_the_other_outlets_of_the_value(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await entered(driver, story)
        await driver.press("enter", "right_curly_bracket")
        assert "Fell Beacon" in str(driver.view("article").border_title)
        assert driver.target_text("article") == TEXTS["beacon"][2]


@ALL
async def test_braces_and_tab_go_between_the_values_round_and_round(
    store_path: Path, size: tuple[int, int]
) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path), size) as driver:
        await entered(driver, story)
        went = [under_cursor(driver).label]
        for key in ("right_curly_bracket", "tab", "left_curly_bracket", "shift+tab"):
            await driver.press(key)
            went.append(under_cursor(driver).label)
        assert went == [f"jobs: {v}" for v in ("40", "65", "40", "65", "40")]


async def test_it_begins_at_the_value_of_the_figure(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await driver.brief_of(story)
        driver.edition.go("figures")
        await driver.press("j", "enter")
        assert under_cursor(driver).label == "jobs: 65"


async def test_another_width_keeps_the_place(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await entered(driver, story)
        await driver.press("j")
        target = under_cursor(driver)
        for size in (LEAST, WIDE, NARROW):
            await driver.resize(*size)
            assert under_cursor(driver) == target


@pytest.mark.parametrize("size", [LEAST, WIDE])
async def test_the_mouse_does_the_same(store_path: Path, size: tuple[int, int]) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path), size) as driver:
        await entered(driver, story)
        await driver.press("right_curly_bracket")
        name = driver.focus
        view = driver.view(name)
        line = view._wrapped_items[view.cursor or 0].first - view.scroll_offset.y
        border = 1
        await driver.pilot.click(f"#{name}", offset=(5, border + line))
        await driver.pilot.pause()
        assert driver.screen == "ArticleScreen"
        assert driver.target_text("article") == TEXTS["herald"][2]


async def test_a_click_into_another_column_goes_there(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await entered(driver, story)
        await driver.pilot.click("#value-1", offset=(5, 1))
        await driver.pilot.pause()
        assert under_cursor(driver).label == "jobs: 65"
        await driver.press("left_curly_bracket")
        assert under_cursor(driver).label == "jobs: 40"


async def test_y_copies_and_o_opens_what_the_cursor_is_on(
    store_path: Path, pages: list[str]
) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await entered(driver, story)
        await driver.press("j", "y", "o")
        url = "https://vale.example/beacon"
        assert driver.app.clipboard == f"{TEXTS['beacon'][2]}\n— Fell Beacon, {url}\n"
        assert pages == [url]
        await driver.press("escape", "y")  # the row itself: what all outlets give
        assert driver.app.clipboard.startswith(
            "jobs: 40 (Osterby Gazette, Fell Beacon) · 65 (Vale Herald)\n"
        )


async def test_an_update_is_entered_from_the_brief_and_its_figures_stay_sentences(
    store_path: Path,
) -> None:
    story = story_of(store_path, verdict="updated")
    async with at(reader_on(store_path)) as driver:
        await driver.brief_of(story)
        targets = [driver.view("figures").items[i].target for i in driver.view("figures")._stops]
        assert not any(isinstance(t, Comparison) for t in targets)
        await entered(driver, story, "brief")
        assert "↻ Later reports say more: 65 is current." in driver.shown
        assert under_cursor(driver).label == "jobs: 65"


async def test_an_article_that_has_gone_meanwhile_is_said(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await driver.brief_of(story)
        with Store.open(store_path) as other:
            for feed in other.feeds():
                other.remove_feed(feed.id)
        driver.edition.go("figures")
        await driver.press("enter")
        await driver.press("right_curly_bracket", "enter", "y", "escape")
        assert driver.app._exception is None
        assert any("no article" in words for words in driver.notifications)


async def test_the_keys_are_named_at_the_foot_as_the_user_has_them(store_path: Path) -> None:
    story = story_of(store_path)
    own = Settings(keys={"next-outlet": "z"})
    async with at(reader_on(store_path, own), (120, 60)) as driver:
        await entered(driver, story)
        assert "enter to the sentence · esc back · { z value · o open page" in driver.shown
        await driver.press("z")
        assert under_cursor(driver).label == "jobs: 65"
        await driver.press("question_mark")
        told = [item.text.plain for item in driver.view("keys").items]
        assert any("The same point in the next outlet; the next value" in line for line in told)
