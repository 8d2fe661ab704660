"""Links of an article are numbered where they stand, and opened by number or by a letter."""

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.editions import ArticleReading
from briefing.model import Article, Enclosure, Link, Span
from briefing.ui.panes.article_text import numbered_links
from briefing.ui.panes.link_choice import HINT_LETTERS, LinkChoice
from briefing.ui.panes.source import source_items
from briefing.ui.panes.source_view import SourceView
from briefing.ui.screens.article import ArticleScreen
from briefing.ui.targets import Page, Passage, SourceSentence
from briefing.ui.widgets.wrapped_list import WrappedList
from tests.ui.driver import LEAST, at, reader_on
from tests.ui.frozen import NOW
from tests.ui.test_article_text import ARTICLE, Shown, within
from tests.ui.test_source import STYLES, words_in


def link(words: str) -> Link:
    """A link on words of the article."""
    return Link(
        "in-article", words, f"https://elvern.example/{words.split(maxsplit=1)[0]}", within(words)
    )


BESIDE = Link("see-also", "The lock in history", "https://museum.example/lock")
SOUND = Enclosure("https://media.elvern.example/lock.mp3", "audio/mpeg", None, 300)
LINKED = replace(
    ARTICLE,
    links=(BESIDE, link("below it"), link("Barges"), Link("in-article", "a note", None)),
    enclosures=(SOUND,),
)


def many(links: int) -> Article:
    """An article with so many links in a paragraph."""
    text = " ".join(f"Barge {n} waited." for n in range(1, links + 1))
    places = [text.index(f"Barge {n} ") for n in range(1, links + 1)]
    found = [
        Link("in-article", f"Barge {n}", f"https://elvern.example/{n}", Span(at, at + 5))
        for n, at in enumerate(places, 1)
    ]
    return replace(ARTICLE, text=text, blocks=(), links=tuple(found))


class Choosing(Shown):
    """Keeps which addresses were entered."""

    def __init__(self, article: Article) -> None:
        super().__init__(article)
        self.opened: list[str] = []

    def on_wrapped_list_chosen(self, message: WrappedList.Chosen) -> None:
        assert isinstance(message.target, Page)
        self.opened.append(message.target.url)


def test_numbers_are_shown_in_the_order_of_the_text_and_are_no_part_of_it() -> None:
    focus = within("Barges wait below it, and some turned back.")
    reading = ArticleReading(LINKED, None, None)
    items, place = source_items(reading, Passage("1", "", focus), STYLES, NOW)
    shown = items[place or 0]
    assert shown.text.plain == "Barges[1] wait below it[2], and some turned back."
    assert isinstance(shown.target, SourceSentence)
    assert shown.target.text == focus.of(LINKED.text)
    assert words_in(shown.text, STYLES.link) == ["Barges", "below it"]
    assert words_in(shown.text, STYLES.evidence) == [shown.text.plain]
    assert [i.text.plain for i in items[-4:]] == [
        "[1] Barges  elvern.example",
        "[2] below it  elvern.example",
        "[3] The lock in history  museum.example",
        "[4] ▶ audio · 5 min · media.elvern.example",
    ]
    assert items[-1].target == Page(SOUND.url, "▶ audio · 5 min · media.elvern.example")


def test_what_a_bullet_left_out_is_marked_beside_numbers_too() -> None:
    focus = within("Barges wait below it, and some turned back.")
    kept = (within("wait"), within("and some turned back."))
    passage = replace(Passage("1", "", focus), kept=kept)
    items, place = source_items(ArticleReading(LINKED, None, None), passage, STYLES, NOW)
    assert words_in(items[place or 0].text, STYLES.left_out) == ["Barges[1] ", " below it[2], "]


def test_a_link_on_words_that_are_no_place_of_the_text_is_only_listed() -> None:
    stray = Link("in-article", "gone", "https://elvern.example/gone", Span(9000, 9004))
    items, _ = source_items(
        ArticleReading(replace(ARTICLE, links=(stray,)), None, None), Passage("1", ""), STYLES, NOW
    )
    assert [i.text.plain for i in items if "[1]" in i.text.plain] == ["[1] gone  elvern.example"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("3",), [3]),
        (("1", "2"), [12]),
        (("1", "enter"), [1]),
        (("1", "backspace", "4"), [4]),
        (("9", "1"), [9]),
        (("3", "enter"), [3]),
        (("1", "escape"), []),
        (("1", "7"), []),
        (("0",), []),
        (("x",), []),
    ],
)
async def test_a_number_opens_its_link_as_soon_as_no_other_is_meant(
    keys: tuple[str, ...], expected: list[int]
) -> None:
    app = Choosing(many(12))
    async with app.run_test(size=(60, 30)) as pilot:
        assert app.query_one(SourceView).choose_link() == ""
        await pilot.press(*keys)
        await pilot.pause()
        assert app.opened == [f"https://elvern.example/{n}" for n in expected]


async def test_a_hint_letter_is_shown_on_each_visible_link_and_opens_it() -> None:
    app = Choosing(many(12))
    async with app.run_test(size=(60, 30)) as pilot:
        view = app.query_one(SourceView)
        await pilot.pause()
        before = [view.render_line(y).text for y in range(20)]
        assert view.choose_link(by_hint=True) == ""
        during = [view.render_line(y).text for y in range(20)]
        assert any("Barge[s]" in line for line in during)
        assert any("Barge[w] " in line for line in during)  # as long as [12]
        assert [len(line) for line in before] == [len(line) for line in during]
        await pilot.press("s")
        await pilot.pause()
        assert app.opened == ["https://elvern.example/2"]
        assert [view.render_line(y).text for y in range(20)] == before


@pytest.mark.parametrize("words", ["Barge[7", "[7]"])
async def test_a_click_on_a_link_opens_it_and_one_beside_it_goes_to_the_sentence(
    words: str,
) -> None:
    app = Choosing(many(12))
    async with app.run_test(size=(60, 30)) as pilot:
        view = app.query_one(SourceView)
        view.styles.border = ("round", "red")
        await pilot.pause()
        lines = [view.render_line(y).text for y in range(20)]
        y = next(n for n, line in enumerate(lines) if words in line)
        x = lines[y].index(words)
        await pilot.click(view, offset=(1 + x + 1, 1 + y))
        await pilot.pause()
        assert app.opened == ["https://elvern.example/7"]
        here = view.current
        await pilot.click(view, offset=(1 + lines[y].index("waited", x) + 1, 1 + y))
        await pilot.pause()
        assert app.opened == ["https://elvern.example/7"]
        assert isinstance(view.current, SourceSentence)
        assert view.current != here
        assert view.current.text == "Barge 7 waited."


async def test_a_click_on_a_link_of_the_list_opens_it() -> None:
    app = Choosing(LINKED)
    async with app.run_test(size=(60, 50)) as pilot:
        view = app.query_one(SourceView)
        await pilot.pause()
        lines = [view.render_line(y).text for y in range(50)]
        y = next(n for n, line in enumerate(lines) if "The lock in history" in line)
        await pilot.click(view, offset=(lines[y].index("history"), y))
        await pilot.pause()
        assert app.opened == ["https://museum.example/lock"]


async def test_without_links_the_key_says_so() -> None:
    app = Choosing(replace(ARTICLE, links=()))
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.pause()
        view = app.query_one(SourceView)
        assert view.choose_link() == "this article has no links"
        assert view.choose_link(by_hint=True) == "this article has no links"


def test_more_links_than_letters_leave_the_last_without_one() -> None:
    choice = LinkChoice.by_hint(f"[{n}]" for n in range(1, 41))
    assert len(choice.hints) == len(HINT_LETTERS) == 26
    assert choice.hints["[1]"] == "[a]"


async def test_what_is_to_be_typed_is_shown_in_a_narrow_terminal_too(
    sample: Path, opened: list[str]
) -> None:
    async with at(reader_on(sample), LEAST) as driver:
        with driver.kept() as store:
            name = next(
                row.id for row in store.article_rows() if numbered_links(store.article(row.id))
            )
        await driver.app.push_screen(ArticleScreen(driver.app.session, Passage(name, ""), "Feeds"))
        await driver.pilot.pause()
        title = driver.shown.splitlines()[0]
        await driver.press("number_sign")
        assert "open link #_" in driver.shown.splitlines()[0]
        await driver.press("escape")
        assert driver.screen == "ArticleScreen"
        assert driver.shown.splitlines()[0] == title
        await driver.press("number_sign", "1", "enter")
        assert len(opened) == 1
