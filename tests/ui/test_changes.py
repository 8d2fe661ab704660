"""What is new since the reader last looked is marked where it stands, by a sign and an ink."""

from dataclasses import replace
from pathlib import Path

from briefing.model import ArticleRevised, BulletAdded, FigureChanged, OutletsJoined
from briefing.ui.app import Reader
from briefing.ui.panes.changes import is_changed_value, is_new_bullet, is_new_outlet
from briefing.ui.targets import Comparison, CoverageList, Passage, SourceSentence
from briefing.ui.widgets.wrapped_list import Item, WrappedList
from tests.ui.driver import ReaderDriver, at, reader_on
from tests.ui.edition_stories import STORIES
from tests.ui.story_fixture import TEXTS, story_of


def marked(view: WrappedList) -> list[str]:
    """The lines of a pane that carry the mark at their right end, in its ink."""
    return [i.text.plain for i in view.items if _is_marked(i, view)]


def _is_marked(item: Item, view: WrappedList) -> bool:
    right = item.right
    if right is None or not right.plain.startswith("+"):
        return False
    assert any(s.style == view.theme_styles.unread and s.start == 0 for s in right.spans)
    return True


async def looked_at(driver: ReaderDriver) -> None:
    """Wait for the story that the reader saw when the gazette alone told it."""
    await driver.until(lambda: driver.edition.story is not None, "the story")
    assert driver.story.changed


async def test_new_bullets_figures_and_outlets_are_marked_in_place(store_path: Path) -> None:
    story_of(store_path, seen=True)
    async with at(reader_on(store_path)) as driver:
        await looked_at(driver)
        brief = marked(driver.view("brief"))
        assert [line.splitlines()[0] for line in brief] == [
            "• Rask, its foreman, said that [Rask] would stay.",
            f"• {TEXTS['herald'][2]}",
            "≠ Outlets differ  jobs: 40 (2) · 65 (1)",
        ]
        assert [line.split()[0] for line in marked(driver.view("figures"))] == ["65"]
        driver.edition.go("linked")
        assert "+ 3 more sources: Fell Beacon, Morning Vale, Vale Herald" in driver.line("linked")
        await driver.press("enter")
        assert [line.splitlines()[0] for line in marked(driver.view("coverage"))] == [
            "▸ Morning Vale",
            "▸ Vale Herald",
            "▸ Fell Beacon",
        ]


async def test_nothing_is_marked_in_a_story_that_was_never_looked_at(store_path: Path) -> None:
    story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await driver.until(lambda: driver.edition.story is not None, "the story")
        for pane in ("brief", "figures", "linked"):
            assert marked(driver.view(pane)) == []
            assert not any("+" in i.text.plain for i in driver.view(pane).items)


async def test_what_is_marked_above_is_counted_and_not_told_twice(store_path: Path) -> None:
    story_of(store_path, seen=True)
    async with at(reader_on(store_path)) as driver:
        await looked_at(driver)
        lines = [i.text.plain for i in driver.view("brief").items]
        since = lines.index("Since yesterday")
        assert lines[since + 1 : since + 4] == [
            "+ 3 more sources: Fell Beacon, Morning Vale, Vale Herald",
            "+ jobs 40 ≠ 65",
            "+ 2 bullets, marked + above",
        ]
        assert sum(TEXTS["herald"][2] in line for line in lines) == 1


async def test_each_line_of_news_leads_to_what_it_is_about(store_path: Path) -> None:
    story_of(store_path, seen=True)
    async with at(reader_on(store_path)) as driver:
        await looked_at(driver)
        await driver.press("enter")
        view = driver.view("brief")
        places = {type(view.items[stop].target): stop for stop in view._stops}
        for kind, screen in ((CoverageList, "CoverageScreen"), (Comparison, "ComparisonScreen")):
            stop = places[kind]
            view.move_to(stop)
            await driver.press("enter")
            assert driver.screen == screen
            await driver.press("escape")
            assert (driver.focus, view.cursor) == ("brief", stop)


async def test_in_the_sample_all_that_is_new_finds_its_row(reader: Reader) -> None:
    stories = [reader.session.story(s.id) for s in STORIES]
    changes = [(story, change) for story in stories for change in story.changed]
    assert len(changes) > 5
    for story, change in changes:
        alone = replace(story, changed=(change,))
        brief = story.brief
        marked_rows: list[object]
        match change:
            case FigureChanged():
                values = [(v, d) for d in brief.disagreements for v in d.values]
                marked_rows = [v for v, d in values if is_changed_value(alone, v, d)]
            case OutletsJoined():
                marked_rows = [a for a in brief.articles if is_new_outlet(alone, a.source)]
            case BulletAdded(line=line):
                marked_rows = [b for b in brief.bullets if is_new_bullet(alone, b)]
                assert marked_rows == [line]
            case ArticleRevised():
                continue
        assert marked_rows, change
    reader.session.close()


async def test_a_value_new_to_the_reader_is_new_in_every_line_about_the_thing(
    reader: Reader,
) -> None:
    """Of the repairs outlets differ, and one value was updated: the new one stands in both."""
    stories = [reader.session.story(s.id) for s in STORIES]
    (story,) = (s for s in stories if len({d.verdict for d in s.brief.disagreements}) == 2)
    both = story.brief.disagreements
    assert len({d.counts for d in both}) == 1
    marked_lines = [d for d in both if any(is_changed_value(story, v, d) for v in d.values)]
    assert marked_lines == list(both)
    reader.session.close()


async def test_a_name_in_brackets_is_shown_and_its_evidence_marked(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path), (200, 50)) as driver:
        await driver.brief_of(story)
        await driver.press("enter", "j")
        assert "said that [Rask] would stay." in driver.shown
        await driver.press("enter")
        view = driver.view("source")
        lit = [
            i.target for i in view.items if isinstance(i.target, SourceSentence) and i.target.marked
        ]
        assert isinstance(view.current, SourceSentence)
        assert view.current.text.startswith("Rask, its foreman")
        assert any(s.text.startswith("The quarry at Osterby Fell") for s in lit)


async def test_a_person_leads_to_the_role_and_then_to_the_mentions(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await driver.brief_of(story)
        driver.edition.go("figures")
        view = driver.view("figures")
        assert view.move_where(lambda t: isinstance(t, Passage) and t.label == "Rask")
        await driver.press("enter")
        assert driver.target_text("source") == "Rask, its foreman, said that he would stay."
        await driver.press("right_square_bracket")
        assert driver.target_text("source") == "Rask added that 40 jobs would go."


async def test_every_outlet_that_joined_is_marked_however_many_are_named(
    store_path: Path,
) -> None:
    """A line of changes names three outlets; the list of coverage marks all of them."""
    story_of(store_path, seen=True)
    async with at(reader_on(store_path)) as driver:
        await looked_at(driver)
        outlets = ("Fell Beacon", "Herald, Sunday", "Morning Vale", "Vale Herald")
        story = replace(driver.story, changed=(OutletsJoined(outlets),))
        assert all(is_new_outlet(story, outlet) for outlet in outlets)
        assert not is_new_outlet(story, "Herald")
