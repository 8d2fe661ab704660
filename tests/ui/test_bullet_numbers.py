"""A bullet's superscript leads somewhere, and every sign beside the words is explained."""

import pytest

from briefing.ui.app import Reader
from briefing.ui.formatting import superscript
from briefing.ui.targets import Passage
from briefing.ui.widgets.styles import ThemeStyles
from tests.ui.driver import LEAST, MEDIUM, WIDE, ReaderDriver, at


def read_sentence(driver: ReaderDriver, number: int) -> bool:
    """Whether the source shows the evidence of the bullet of that number."""
    line = driver.story.brief.bullets[number - 1]
    passage = driver.edition.source.passage
    return (
        driver.focus == "source"
        and passage is not None
        and passage.article_id == line.article_id
        and passage.focus == line.bullet.evidence[0]
    )


@pytest.mark.parametrize("size", [WIDE, (110, 30), MEDIUM, (50, 20), LEAST])
async def test_a_number_and_enter_go_to_the_sentence_of_that_bullet(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("2")
        assert "2 · enter: bullet 2 · j" in driver.shown
        await driver.press("enter")
        assert read_sentence(driver, 2)
        assert "enter: bullet 2" not in driver.shown
        await driver.press("escape")
        assert driver.focus == "brief"
        assert driver.target_text("brief") == driver.story.brief.bullets[1].bullet.named
        await driver.press("3", "enter")
        assert read_sentence(driver, 3)
        await driver.press("1", "enter")
        assert read_sentence(driver, 1)
        await driver.press("escape", "escape", "j", "2", "enter")
        assert driver.story.id == driver.row.id
        assert read_sentence(driver, 2)


async def test_a_number_before_a_moving_key_is_a_count_as_before(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("1", "0", "j")
        assert driver.edition.stories.cursor == 10
        assert "enter: bullet" not in driver.shown
        await driver.press("4", "k", "enter")
        assert driver.edition.stories.cursor == 6
        assert driver.focus == "brief"
        await driver.press("2", "j")
        first, second, third = list(driver.view("brief")._stops)[:3]
        assert driver.view("brief").cursor in (first, second, third)
        assert driver.focus == "brief"


@pytest.mark.parametrize("number", ["9", "0", "77777"])
async def test_a_number_that_no_bullet_has_says_so(reader: Reader, number: str) -> None:
    async with at(reader) as driver:
        await driver.press("enter", *number, "enter")
        if number == "0":  # no number begins with it: enter works as ever
            assert driver.focus == "source"
        else:
            told = len(driver.story.brief.bullets)
            assert driver.status == f"there is no bullet {number}: the brief has {told} bullets"


async def test_a_click_on_the_superscript_is_one_on_the_bullet(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        view = driver.view("brief")
        region = view.content_region
        lines = driver.shown.splitlines()
        y = next(y for y in range(region.y, region.bottom) if superscript(2) in lines[y])
        x = lines[y].index(superscript(2))
        place = (x - view.region.x, y - view.region.y)
        await driver.pilot.click("#brief", offset=place)
        assert view.cursor == view._stops[1]
        await driver.pilot.click("#brief", offset=place)
        await driver.until(lambda: read_sentence(driver, 2))


@pytest.mark.parametrize("theme", ["harbour", "paper", "terminal"])
async def test_the_main_claim_stands_out_in_every_theme(reader: Reader, theme: str) -> None:
    async with at(reader) as driver:
        if theme != driver.app.theme:
            await driver.press("t")
            driver.app.pop_screen()
            driver.app.theme = theme
            await driver.pilot.pause()
        driver.edition.fill(keep=True)
        strong = ThemeStyles.of(driver.app.theme_variables).strong
        assert strong.bold
        bullets = [i for i in driver.view("brief").items if isinstance(i.target, Passage)]
        for number, item in enumerate(bullets[: len(driver.story.brief.bullets)]):
            named = driver.story.brief.bullets[number].bullet.named
            begin = item.text.plain.index(named)
            over = [s.style for s in item.text.spans if s.start <= begin < s.end]
            assert (strong in over) == (number == 0)


async def test_the_help_explains_every_sign_that_is_on_the_screen(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        signs = [s for s in "●↻★!△≠+▸◂²▁•" if s in driver.shown]
        assert len(signs) > 6
        await driver.press("question_mark")
        lines = [item.text.plain for item in driver.view("keys").items]
        told = " ".join(line[:17] for line in lines[lines.index("Signs") + 1 :])
        for sign in [*signs, "4", "·", "⚠", "summary"]:
            assert sign in told
        assert lines.index("Signs") < lines.index("Not here")
