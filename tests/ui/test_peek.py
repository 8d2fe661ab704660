"""The sentence behind a line is shown in its place; an article knows how far it was read."""

from dataclasses import replace
from pathlib import Path

from briefing.model import Enclosure
from briefing.store import Store
from briefing.store.rows import enclosures_to_text
from briefing.text import clean_line
from briefing.ui.app import Reader
from briefing.ui.screens.article import ArticleScreen
from briefing.ui.targets import Passage, SourceSentence
from tests.ui.driver import LEAST, WIDE, ReaderDriver, at, reader_on


async def on_bullet(driver: ReaderDriver, number: int) -> Passage:
    """The cursor on a bullet of the first brief."""
    await driver.press("enter")
    view = driver.view("brief")
    view.move_to(view._stops[number])
    assert isinstance(view.current, Passage)
    return view.current


async def test_p_shows_the_evidence_under_its_bullet_and_hides_it(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        passage = await on_bullet(driver, 1)
        article = driver.app.session.article(passage.article_id)
        before = [i.text.plain for i in driver.view("brief").items]
        await driver.press("p")
        view = driver.view("brief")
        assert view.current == passage
        assert driver.focus == "brief"
        under = view.items[(view.cursor or 0) + 1].text.plain.strip()
        assert passage.focus is not None
        assert under == clean_line(passage.focus.of(article.text))
        assert f"— {article.source} · p hides" in driver.shown
        await driver.press("p")
        assert [i.text.plain for i in view.items] == before
        assert view.current == passage


async def test_a_second_peek_takes_the_place_of_the_first(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        await on_bullet(driver, 0)
        length = len(driver.view("brief").items)
        await driver.press("p", "j", "p")
        view = driver.view("brief")
        assert driver.shown.count("p hides") == 1
        assert view.current == view.items[view._stops[1]].target
        await driver.press("k", "p", "p")
        assert len(view.items) == length


async def test_what_is_shown_comes_onto_the_smallest_screen(reader: Reader) -> None:
    async with at(reader, LEAST) as driver:
        await on_bullet(driver, 2)
        await driver.press("p")
        view = driver.view("brief")
        place = view._wrapped_items[(view.cursor or 0) + 1]
        assert view.scroll_offset.y <= place.first
        assert place.first < view.scroll_offset.y + view.size.height


async def test_where_nothing_can_be_shown_the_key_says_why(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        await driver.press("p")
        assert driver.status == "p shows the sentence behind a line of the brief"
        await driver.press("tab", "tab", "tab", "p")
        assert driver.focus == "linked"
        assert driver.status == "no sentence stands behind this line"


def lengthened(path: Path, *enclosures: str) -> str:
    """The sample with one of its articles made long, with what is enclosed; its id."""
    with Store.open(path) as store:
        name = store.article_rows()[0].id
        article = store.article(name)
        more = "\n".join(f"Ferry {n} left the harbour with gravel for the lock." for n in range(90))
        store.save_article(name, replace(article, text=more, links=()))
        files = tuple(Enclosure(url, "audio/mpeg", None, 300) for url in enclosures)
        store._run(
            "UPDATE body SET enclosures = ? WHERE article_id = ?",
            (enclosures_to_text(files), int(name)),
        )
        return name


async def test_the_place_in_an_article_is_kept_and_the_minutes_left_are_told(sample: Path) -> None:
    name = lengthened(sample)
    async with at(reader_on(sample)) as driver:

        async def opened() -> None:
            screen = ArticleScreen(driver.app.session, Passage(name, ""), "Feeds")
            await driver.app.push_screen(screen)
            await driver.pilot.pause()

        await opened()
        assert driver.view("article").border_subtitle == "4 min left"
        await driver.press("G", "3", "k")
        here = driver.view("article").current
        assert isinstance(here, SourceSentence)
        assert driver.view("article").border_subtitle == "1 min left"
        await driver.press("escape")
        await opened()
        assert driver.view("article").current == here
        assert here.text in driver.shown


async def test_a_capital_e_opens_what_is_enclosed(sample: Path, opened: list[str]) -> None:
    urls = [f"https://media.elvern.example/{n}.mp3" for n in range(2)]
    name = lengthened(sample, *urls)
    async with at(reader_on(sample)) as driver:
        await driver.app.push_screen(ArticleScreen(driver.app.session, Passage(name, ""), "Feeds"))
        await driver.press("E")
        assert opened == urls[:1]
        assert driver.said.endswith("1 more: # and the number")
        await driver.press("number_sign", "2")
        assert opened == urls


async def test_without_anything_enclosed_the_key_says_so(reader: Reader, opened: list[str]) -> None:
    async with at(reader, WIDE) as driver:
        await driver.press("enter", "enter", "E")
        assert driver.status == "nothing is enclosed with this article"
        assert opened == []
