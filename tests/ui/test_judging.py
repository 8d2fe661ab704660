"""What only the quick judge has seen is judged when it is opened, and explained by that judge."""

from collections.abc import Callable

import pytest

from briefing.digest.caveats.judges import judge_for
from briefing.digest.version import produced_by
from briefing.model import Article
from briefing.store import Store
from briefing.ui.app import Reader
from tests.ui.driver import at


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that the reader runs beside itself; none is run."""
    commands: list[list[str]] = []

    async def run_beside(_: Reader, words: list[str], on_line: Callable[[str], None]) -> int:
        commands.append(words)
        return 0

    monkeypatch.setattr(Reader, "run_beside", run_beside)
    return commands


def made_by(reader: Reader, maker: str) -> None:
    """Every digest was made by this one."""
    with Store.open(reader.session.path) as store:
        store._run("UPDATE finding SET produced_by = ?", (maker,))


async def test_an_article_of_the_quick_judge_is_judged_when_it_is_opened_once(
    reader: Reader, beside: list[list[str]]
) -> None:
    made_by(reader, produced_by(quick=True))
    async with at(reader) as driver:
        opened: list[str] = []
        for _ in range(2):
            await driver.press("enter", "enter")
            passage = driver.edition.source.passage
            assert passage is not None
            opened.append(passage.article_id)
            await driver.until(lambda: beside, "the other process")
            await driver.press("escape", "escape")
        assert opened[0] == opened[1]
        assert beside == [["refresh", "--judge", opened[0]]]


async def test_an_article_of_the_better_judge_is_left_alone(
    reader: Reader, beside: list[list[str]]
) -> None:
    made_by(reader, produced_by())
    async with at(reader) as driver:
        await driver.press("enter", "enter")
        assert driver.edition.source.passage is not None
        assert beside == []


@pytest.mark.parametrize("quick", [True, False])
async def test_who_judged_is_who_explains(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, quick: bool
) -> None:
    made_by(reader, produced_by(quick=quick))
    asked: list[tuple[str, bool]] = []

    def told(language: str, *, quick: bool = False) -> object:
        asked.append((language, quick))
        return judge_for(language, quick=quick)

    monkeypatch.setattr("briefing.digest.caveats.judges.judge_for", told)
    async with at(reader) as driver:
        article: Article = reader.session.article(driver.story.brief.lead)
        await driver.press("enter", "e")
        await driver.until(lambda: driver.screen == "ExplanationScreen", "the explanation")
        assert asked[0] == (article.language, quick)
