"""The key that explains: a story in the list, a sentence in the brief and in the source."""

import pytest

from briefing.config import DigestSettings, Settings
from briefing.text import clean_line
from briefing.ui.app import Reader
from briefing.ui.targets import Sentence
from briefing.wording import reason_lines
from tests.ui.desk import LEAST, MEDIUM, NARROW, WIDE, Desk, at, reader_on


async def explained(desk: Desk) -> str:
    """What the card says, once it is there."""
    await desk.press("e")
    await desk.until(lambda: desk.screen == "Explanation", "the explanation")
    await desk.pilot.pause()
    return "\n".join(item.text.plain for item in desk.view("why").items)


@pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, WIDE])
async def test_e_on_a_bullet_says_why_it_was_taken(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as desk:
        await desk.press("enter")
        for number in (0, 1):
            if number:
                await desk.press("j")
            view = desk.view("brief")
            view.move_to(view._stops[number])
            line = desk.story.brief.bullets[number]
            article = desk.app.library.article(line.article_id)
            words = await explained(desk)
            assert words.startswith(clean_line(line.bullet.evidence[0].of(article.text)))
            assert f" · {article.source}" in words
            assert "Rank " in words
            assert "needed" in words
            assert "Why this sentence" in desk.shown
            assert words[:20] in desk.shown
            await desk.press("escape")
            assert (desk.screen, desk.focus) == ("EditionScreen", "brief")


async def test_e_on_the_main_claim_says_so(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("enter")
        assert "Bullet: the main claim" in await explained(desk)
        await desk.press("e")
        assert desk.screen == "EditionScreen"


async def test_e_in_the_source_explains_any_sentence(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("enter", "enter")
        view = desk.view("source")
        seen = set()
        for stop in view._stops[:4]:
            view.move_to(stop)
            assert isinstance(view.current, Sentence)
            words = await explained(desk)
            assert words.startswith(view.current.text)
            seen.add(words)
            await desk.press("escape")
            assert desk.focus == "source"
        assert len(seen) == 4


@pytest.mark.parametrize("pane", ["stories", "figures", "linked"])
async def test_e_elsewhere_says_why_the_story_ranks_where_it_does(
    reader: Reader, pane: str
) -> None:
    async with at(reader) as desk:
        desk.edition.go(pane)
        await desk.press("e")
        assert all(reason in desk.told[-1] for reason in reason_lines(desk.story.reasons))
        assert desk.screen == "EditionScreen"


async def test_a_card_longer_than_the_terminal_is_scrolled(reader: Reader) -> None:
    async with at(reader, LEAST) as desk:
        await desk.press("enter")
        last = (await explained(desk)).splitlines()[-1]
        assert last[:20] not in desk.shown
        await desk.press("G")
        assert last[:20] in desk.shown


async def test_an_algorithm_that_does_not_exist_is_said(sample: object, reader: Reader) -> None:
    settings = Settings(digest=DigestSettings(algorithm="no-such-rank"))
    async with at(reader_on(reader.library.path, settings)) as desk:
        await desk.press("enter", "e")
        await desk.until(lambda: desk.told, "the problem")
        assert "no-such-rank" in desk.told[-1]
        assert desk.screen == "EditionScreen"


async def test_the_help_and_the_palette_name_it(reader: Reader) -> None:
    async with at(reader, (120, 60)) as desk:
        commands = {c.title: c.help for c in desk.app.get_system_commands(desk.app.screen)}
        assert "bullet" in commands["Explain"]
        await desk.press("question_mark")
        assert commands["Explain"] in desk.shown
