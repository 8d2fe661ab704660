"""The key that explains: a story in the list, a sentence in the brief and in the source."""

import threading

import pytest

from briefing.config import DigestSettings, Settings
from briefing.digest.caveats.judges import CaveatJudge
from briefing.digest.explain import Explained, explain
from briefing.model import Article, Span
from briefing.text import clean_line
from briefing.ui.app import Reader
from briefing.ui.focus import Pane
from briefing.ui.targets import SourceSentence
from briefing.wording import reason_lines
from tests.ui.driver import LEAST, MEDIUM, NARROW, WIDE, ReaderDriver, at, reader_on


async def explained(driver: ReaderDriver) -> str:
    """What the card says, once it is there."""
    await driver.press("e")
    await driver.until(lambda: driver.screen == "ExplanationScreen", "the explanation")
    await driver.pilot.pause()
    return "\n".join(item.text.plain for item in driver.view("why").items)


@pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, WIDE])
async def test_e_on_a_bullet_says_why_it_was_taken(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as driver:
        await driver.press("enter")
        for number in (0, 1):
            if number:
                await driver.press("j")
            view = driver.view("brief")
            view.move_to(view._stops[number])
            line = driver.story.brief.bullets[number]
            article = driver.app.session.article(line.article_id)
            words = await explained(driver)
            assert words.startswith(clean_line(line.bullet.evidence[0].of(article.text)))
            assert f" · {article.source}" in words
            assert "Rank " in words
            assert "needed" in words
            assert "judged by linear models" in words
            assert "probability ." in words
            assert "Why this sentence" in driver.shown
            assert words[:20] in driver.shown
            await driver.press("escape")
            assert (driver.screen, driver.focus) == ("EditionScreen", "brief")


async def test_e_on_the_main_claim_says_so(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("enter")
        assert "Bullet: the main claim" in await explained(driver)
        await driver.press("e")
        assert driver.screen == "EditionScreen"


async def test_e_in_the_source_explains_any_sentence(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("enter", "enter")
        view = driver.view("source")
        seen = set()
        for stop in view._stops[:4]:
            view.move_to(stop)
            words = await explained(driver)
            sentence = view.current
            assert isinstance(sentence, SourceSentence)
            assert words.startswith(sentence.text)
            seen.add(words)
            await driver.press("escape")
            assert driver.focus == "source"
        assert len(seen) == 4


@pytest.mark.parametrize("pane", ["stories", "figures", "linked"])
async def test_e_elsewhere_says_why_the_story_ranks_where_it_does(
    reader: Reader, pane: Pane
) -> None:
    async with at(reader) as driver:
        driver.edition.go(pane)
        said = await explained(driver)
        assert said.startswith(driver.story.brief.headline)
        assert all(f"• {reason}" in said for reason in reason_lines(driver.story.reasons))
        await driver.press("escape")
        assert (driver.screen, driver.edition.pane) == ("EditionScreen", pane)


async def test_a_card_longer_than_the_terminal_is_scrolled(reader: Reader) -> None:
    async with at(reader, LEAST) as driver:
        await driver.press("enter")
        last = (await explained(driver)).splitlines()[-1]
        assert last[:20] not in driver.shown
        await driver.press("G")
        assert last[:20] in driver.shown


async def test_an_algorithm_that_does_not_exist_is_said(sample: object, reader: Reader) -> None:
    settings = Settings(digest=DigestSettings(algorithm="no-such-rank"))
    async with at(reader_on(reader.session.path, settings)) as driver:
        await driver.press("enter", "e")
        await driver.until(lambda: driver.notifications, "the problem")
        assert "no-such-rank" in driver.notifications[-1]
        assert driver.screen == "EditionScreen"


async def test_the_help_and_the_palette_name_it(reader: Reader) -> None:
    async with at(reader, (120, 60)) as driver:
        commands = {c.title: c.help for c in driver.app.get_system_commands(driver.app.screen)}
        assert "bullet" in commands["Explain this"]
        await driver.press("question_mark")
        told = [item.text.plain for item in driver.view("keys").items]
        assert any(commands["Explain this"] in line for line in told)


async def test_an_explanation_that_comes_late_opens_over_nothing_else(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, answered = threading.Event(), threading.Event()

    def slow(
        article: Article, bullets: int, algorithm: str, *, judge: CaveatJudge, asked: Span
    ) -> tuple[Explained, ...]:
        begun.set()
        answered.wait(60)
        return explain(article, bullets, algorithm, judge=judge, asked=asked)

    monkeypatch.setattr("briefing.digest.explain.explain", slow)
    async with at(reader) as driver:
        await driver.press("enter", "e")
        await driver.until(begun.is_set, "the digest is under way")
        await driver.press("j")
        answered.set()
        await driver.until(lambda: not driver.app.workers, "the digest is done")
        assert driver.screen == "EditionScreen"
