"""Figures and names are marked in an article on demand, exactly where its digest has them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rich.style import Style

from briefing.digest import digest_article
from briefing.editions import ArticleReading
from briefing.model import Article, Digest, Entity, Figure, Span
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.panes.marking import FIGURE, NAME, Marking
from briefing.ui.panes.source import iter_source
from briefing.ui.panes.source_view import AT_ONCE, SourceView
from briefing.ui.screens.article import ArticleScreen
from briefing.ui.targets import Passage, SourceSentence
from briefing.ui.widgets.wrapped_list import Item
from tests.ui.driver import at, reader_on
from tests.ui.frozen import NOW
from tests.ui.story_fixture import TEXTS, story_of
from tests.ui.test_article_text import Shown
from tests.ui.test_source import STYLES

TEXT = "Forty jobs go at Rask, said Ann Rask. Raskov, a town of 1400, has 140 more."


def reading_of(text: str = TEXT) -> ArticleReading:
    """An article whose digest found a figure, and a name that other words begin with."""
    article = Article("1", text, "Jobs", None, "Courier", published=NOW)
    forty, last = Span(0, 5), Span(text.index("140 more"), text.index("140 more") + 3)
    sentences = (Span(0, text.index(" Raskov")), Span(text.index("Raskov"), len(text)))
    figures = (
        Figure("Forty", 40.0, forty, sentences[:1], counts="jobs"),
        Figure("140", 140.0, last, sentences[1:]),
    )
    ann = Entity("Ann Rask", "person", (Span(text.index("Ann"), text.index("Ann") + 8),))
    rask = Entity("Rask", "organisation", (Span(text.index("Rask,"), text.index("Rask,") + 4),))
    digest = Digest(article, sentences, (), (), figures, (ann, rask), (), ())
    return ArticleReading(article, digest, None)


def marked(items: list[Item], style: Style) -> Iterator[str]:
    """The words that bear a mark, without the numbers of links among them."""
    for item in items:
        for span in item.text.spans:
            if span.style == style:
                yield re.sub(r"\[\d+\]", "", item.text.plain[span.start : span.end])


def drawn(reading: ArticleReading) -> list[Item]:
    """The source view's items with figures and names marked."""
    marking = Marking.of(reading)
    return list(iter_source(reading, Passage("1", ""), STYLES, NOW, marking=marking))


def test_only_what_the_digest_found_is_marked_never_a_part_of_a_word() -> None:
    items = drawn(reading_of())
    assert list(marked(items, FIGURE)) == ["Forty", "140"]
    assert list(marked(items, NAME)) == ["Rask", "Ann Rask"]


def test_in_the_sample_every_mark_stands_exactly_where_the_digest_has_it(sample: Path) -> None:
    found = 0
    with Store.open(sample) as store:
        for row in store.article_rows():
            digest = store.digest(row.id)
            if digest is None:
                continue
            text = digest.article.text
            items = drawn(ArticleReading(store.article(row.id), digest, None))
            figures = Counter({f.span for f in digest.figures})
            names = {m for entity in digest.entities for m in entity.mentions}
            assert Counter(marked(items, FIGURE)) == Counter(s.of(text) for s in figures)
            assert Counter(marked(items, NAME)) == Counter(s.of(text) for s in names)
            found += len(figures) + len(names)
    assert found > 500


def test_the_marks_are_told_apart_without_colours_and_from_other_text() -> None:
    assert FIGURE.color is NAME.color is None
    assert [FIGURE.bold, FIGURE.underline] == [True, True]
    assert [NAME.bold, NAME.underline] == [None, True]


def test_a_digest_of_another_text_marks_nothing() -> None:
    reading = reading_of()
    later = replace(reading.article, text=f"Once more: {TEXT}")
    assert Marking.of(replace(reading, article=later)) is None
    assert Marking.of(replace(reading, digest=None)) is None


async def test_a_key_marks_them_and_takes_the_marks_away_where_one_is(store_path: Path) -> None:
    story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await driver.press("enter", "enter")
        view = driver.view("source")
        assert list(marked(view.items, FIGURE)) == []  # off until it is asked for
        here, offset = view.current, view.scroll_offset
        await driver.press("F")
        assert list(marked(view.items, FIGURE)) == ["40"]
        assert driver.status == "marked: 1 figure"
        assert "1 figure marked" in str(view.border_subtitle)
        assert "1 figure marked" in driver.shown
        assert (view.current, view.scroll_offset) == (here, offset)
        await driver.press("F")
        assert list(marked(view.items, FIGURE)) == []
        assert driver.status == "figures and names are no longer marked"
        assert "marked" not in str(view.border_subtitle)


async def test_what_is_marked_stays_so_in_the_next_outlet(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await driver.brief_of(story)
        driver.edition.go("figures")
        await driver.press("enter", "enter", "F", "right_curly_bracket")
        assert driver.screen == "ArticleScreen"
        assert driver.target_text("article") == TEXTS["beacon"][2]
        assert list(marked(driver.view("article").items, FIGURE)) == ["Forty"]
        assert "1 figure marked" in str(driver.view("article").border_subtitle)


async def test_the_key_says_why_it_marks_nothing(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("enter", "F")
        assert driver.status == "figures are marked in the source: enter on a line leads there"
        await driver.press("enter")
        source = driver.edition.source
        assert source.reading is not None
        source.complete(replace(source.reading, digest=None), "reading …")
        await driver.press("F")
        assert driver.status == "the figures and names of this article are not known"
        article = replace(source.reading.article, text="The lock is shut.")
        source.complete(ArticleReading(article, digest_article(article), None), "")
        await driver.press("F")
        assert driver.status == "no figure and no name was found in this article"


async def test_the_article_screen_has_the_key_too(sample: Path) -> None:
    reader = reader_on(sample)
    with Store.open(sample) as store:
        digests = (store.digest(row.id) for row in store.article_rows())
        name = next(d.article.id for d in digests if d and d.figures and d.entities)
    async with at(reader) as driver:
        await reader.push_screen(ArticleScreen(reader.edition.session, Passage(name, ""), "Feeds"))
        await driver.press("F")
        assert "marked: " in driver.said
        assert list(marked(driver.view("article").items, NAME))


async def test_in_a_long_article_the_line_stays_where_it_was_and_all_of_it_is_marked() -> None:
    text = "\n".join(f"Barge number {n} waited below the lock." for n in range(2 * AT_ONCE))
    article = Article("1", text, "Lock", None, "Courier", published=NOW)
    digest = digest_article(article)
    found = sum(len(entity.mentions) for entity in digest.entities)
    assert found > AT_ONCE
    app = Shown(article, digest.sentences[AT_ONCE])
    async with app.run_test(size=(50, 20)) as pilot:
        view = app.query_one(SourceView)
        view.complete(ArticleReading(article, digest, None), "")

        async def whole(number: int) -> None:
            for _ in range(4000):
                if len(list(marked(view.items, NAME))) == number:
                    return
                await pilot.pause()
            raise AssertionError("it was never drawn")

        while sum(isinstance(i.target, SourceSentence) for i in view.items) < 2 * AT_ONCE:
            await pilot.pause()
        here = view.current
        row = view._wrapped_items[view.cursor or 0].first - view.scroll_offset.y
        for number in (found, 0):
            view.mark_names()
            await whole(number)
            assert view.current == here
            assert view._wrapped_items[view.cursor or 0].first - view.scroll_offset.y == row
