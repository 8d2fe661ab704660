"""In the source view an article that was changed says so, and its old wording is an Enter away."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Span
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.panes.wordings import _WORD, CAME, WENT, word_changes
from briefing.ui.screens.article import ArticleScreen
from briefing.ui.targets import OldWordings, Passage, SourceSentence
from tests.ui.driver import ReaderDriver, at, reader_on, styled_words
from tests.ui.frozen import NOW
from tests.ui.story_fixture import _digest, story_of


def altered(path: Path, seen: datetime = NOW) -> tuple[str, str, str]:
    """The sample with the second sentence of an article replaced; its id, old and new wording.
    seen: when it was fetched again."""
    with Store.open(path) as store:
        name = store.article_rows()[0].id
        before = store.digest(name)
        assert before is not None
        old = before.sentences[1].of(before.article.text)
        new = f"{old.rstrip('.')}, the port now says."
        store._keep_first(int(name), int(seen.timestamp()))
        text = before.article.text.replace(old, new, 1)
        store.save_article(name, replace(before.article, text=text))
        return name, old, new


async def read(driver: ReaderDriver, passage: Passage) -> None:
    """Open an article on a screen of its own, and wait until it is read."""
    await driver.app.push_screen(ArticleScreen(driver.app.session, passage, "Feeds"))
    await driver.until(
        lambda: (
            driver.view("article").items
            and not any("reading …" in i.text.plain for i in driver.view("article").items)
        )
    )


async def shown(reader: Reader, name: str, *keys: str) -> list[str]:
    async with at(reader, (120, 50)) as driver:
        await read(driver, Passage(name, ""))
        view = driver.view("article")
        view.top()
        await driver.press(*keys)
        return [item.text.plain for item in view.items]


async def test_the_line_says_what_was_changed_and_enter_shows_the_old_wording(
    sample: Path,
) -> None:
    name, old, new = altered(sample)
    folded = await shown(reader_on(sample), name)
    assert any("Changed since first fetched" in line and "1 sentence" in line for line in folded)
    assert not any(line.strip().startswith("was:") for line in folded)
    lines = await shown(reader_on(sample), name, "enter")
    at = lines.index(f"    was: {old}")
    assert lines[at - 1].endswith(new)
    assert await shown(reader_on(sample), name, "enter", "enter") == folded


async def test_an_article_that_was_not_changed_says_nothing_of_it(sample: Path) -> None:
    with Store.open(sample) as store:
        name = store.article_rows()[0].id
    assert not any("Changed since" in line for line in await shown(reader_on(sample), name))


def test_words_that_went_and_words_that_came_are_found_as_whole_words() -> None:
    before = "Repairs will take 12 weeks, the harbour master said on Monday."
    after = "Repairs could take 12.5 weeks, the new harbour master said."
    went, came = word_changes(before, after)
    assert [s.of(before) for s in went] == ["will", "12", "on Monday"]
    assert [s.of(after) for s in came] == ["could", "12.5", "new"]
    assert word_changes("", after) == ((), (Span(0, len(after)),))
    long = "word " * 400
    assert word_changes(long, after) == ((Span(0, len(long)),), (Span(0, len(after)),))


@given(st.text(max_size=80), st.text(max_size=80))
def test_without_what_went_and_what_came_two_wordings_have_the_same_words(a: str, b: str) -> None:
    went, came = word_changes(a, b)
    assert _rest(a, went) == _rest(b, came)


def _rest(text: str, left_out: tuple[Span, ...]) -> list[str]:
    found = [(m.group(), Span(*m.span())) for m in _WORD.finditer(text)]
    return [word for word, span in found if not any(s.contains(span) for s in left_out)]


async def test_old_words_are_struck_and_new_ones_underlined_while_both_are_shown(
    sample: Path,
) -> None:
    name, _, new = altered(sample)
    async with at(reader_on(sample)) as driver:
        await read(driver, Passage(name, ""))
        view = driver.view("article")
        assert view.move_where(lambda t: isinstance(t, SourceSentence) and t.text == new)
        row = view._wrapped_items[view.cursor or 0].first - view.scroll_offset.y
        assert styled_words(view.items, CAME) == []
        await driver.press("W")
        assert driver.said.startswith("the old wording is shown: what went is struck")
        assert styled_words(view.items, CAME) == [", the port now says"]
        assert sum(i.text.plain.startswith("    was: ") for i in view.items) == 1
        assert driver.target_text("article") == new
        assert view._wrapped_items[view.cursor or 0].first - view.scroll_offset.y == row
        await driver.press("F")  # what is underlined is one thing at a time
        assert not any(i.text.plain.startswith("    was: ") for i in view.items)
        await driver.press("W", "W")
        assert driver.said == "the old wording is hidden"
        assert not any(i.text.plain.startswith("    was: ") for i in view.items)


async def test_the_line_says_when_the_change_was_seen(sample: Path) -> None:
    name, *_ = altered(sample, NOW + timedelta(hours=2))
    lines = await shown(reader_on(sample), name)
    assert any("Changed since first fetched, 07:02, seen 09:02: 1 sentence" in ln for ln in lines)


async def test_the_key_says_why_there_is_no_old_wording(sample: Path) -> None:
    with Store.open(sample) as store:
        name = store.article_rows()[0].id
    async with at(reader_on(sample)) as driver:
        await driver.press("enter", "W")
        assert driver.status == "old wordings are shown in the source: enter on a line leads there"
        await driver.press("enter", "W")
        assert driver.status == "no change of this article was seen since it was first fetched"
        await read(driver, Passage(name, ""))
        await driver.press("W")
        assert driver.said == "no change of this article was seen since it was first fetched"


@pytest.mark.parametrize("what", ["sentence", "headline"])
async def test_enter_on_what_changed_since_yesterday_shows_the_old_wording(
    store_path: Path, what: str
) -> None:
    story = story_of(store_path, seen=True)
    with Store.open(store_path) as store:
        name = store.story(story).brief.lead
        article = store.article(name)
        store._keep_first(int(name), int((NOW - timedelta(hours=1)).timestamp()))
        text = article.text.replace("40 jobs", "45 jobs") if what == "sentence" else article.text
        title = "The quarry shuts" if what == "headline" else article.title
        store.save_article(name, replace(article, text=text, title=title))
        store.save_digest(name, replace(_digest(article), article=store.article(name)))
    async with at(reader_on(store_path)) as driver:
        await driver.brief_of(story)
        driver.edition.go("brief")
        view = driver.view("brief")
        assert view.move_where(lambda t: isinstance(t, Passage) and t.changed)
        line = view.cursor
        await driver.press("enter")
        source = driver.view("source")
        if what == "sentence":
            assert driver.target_text("source") == "Rask added that 45 jobs would go."
            below = source.items[(source.cursor or 0) + 1].text.plain
            assert below == "    was: Rask added that 40 jobs would go."
            assert styled_words(source.items, WENT) == ["40"]
            assert styled_words(source.items, CAME) == ["45"]
        else:
            assert isinstance(source.current, OldWordings)
            assert "the headline was: The gazette" in driver.shown
        await driver.press("escape")
        assert (driver.focus, view.cursor) == ("brief", line)


async def test_an_old_wording_stands_under_the_paragraph_that_it_was_in(sample: Path) -> None:
    with Store.open(sample) as store:
        name = next(
            row.id for row in store.article_rows() if store.article(row.id).text.count("\n") > 1
        )
        article = store.article(name)
        store._keep_first(int(name), int(NOW.timestamp()))
        first, rest = article.text.split("\n", 1)
        changed = f"{first.rstrip('.')}, the port now says.\n{rest}"
        store.save_article(name, replace(article, text=changed))
    lines = await shown(reader_on(sample), name, "enter")
    at = next(n for n, line in enumerate(lines) if line.startswith("    was: "))
    assert lines[at - 1].endswith(", the port now says.")
    assert lines[at + 1] == ""
    assert lines[at + 2]
