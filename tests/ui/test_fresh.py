"""What is new since the reader last looked is marked where it stands, by a sign and an ink."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.model import News
from briefing.ui.app import Reader
from briefing.ui.panes.fresh import is_moved, is_new_bullet, is_new_outlet
from briefing.ui.targets import Comparison, CoverageList, Passage, Sentence
from briefing.ui.widgets.items import Item, ItemsView
from tests.ui.chosen import STORIES
from tests.ui.desk import Desk, at, reader_on
from tests.ui.frozen import NOW
from tests.ui.quarry import TEXTS, story_of


def marked(view: ItemsView) -> list[str]:
    """The lines of a pane that carry the mark at their right end, in its ink."""
    return [i.text.plain for i in view.items if _is_marked(i, view)]


def _is_marked(item: Item, view: ItemsView) -> bool:
    right = item.right
    if right is None or not right.plain.startswith("+"):
        return False
    assert any(s.style == view.inks.unread and s.start == 0 for s in right.spans)
    return True


async def looked_at(desk: Desk) -> None:
    """Wait for the story that the reader saw when the gazette alone told it."""
    await desk.until(lambda: desk.edition.story is not None, "the story")
    assert desk.story.changed


async def test_new_bullets_figures_and_outlets_are_marked_in_place(store_path: Path) -> None:
    story_of(store_path, seen=True)
    async with at(reader_on(store_path)) as desk:
        await looked_at(desk)
        brief = marked(desk.view("brief"))
        assert [line.splitlines()[0] for line in brief] == [
            "• Rask, its foreman, said that [Rask] would stay.",
            f"• {TEXTS['herald'][2]}",
            "≠ Outlets differ  jobs: 40 (2) · 65 (1)",
        ]
        assert [line.split()[0] for line in marked(desk.view("figures"))] == ["65"]
        desk.edition.go("linked")
        assert "+ 3 more sources: Fell Beacon, Morning Vale, Vale Herald" in desk.line("linked")
        await desk.press("enter")
        assert [line.splitlines()[0] for line in marked(desk.view("coverage"))] == [
            "▸ Morning Vale",
            "▸ Vale Herald",
            "▸ Fell Beacon",
        ]


async def test_nothing_is_marked_in_a_story_that_was_never_looked_at(store_path: Path) -> None:
    story_of(store_path)
    async with at(reader_on(store_path)) as desk:
        await desk.until(lambda: desk.edition.story is not None, "the story")
        for pane in ("brief", "figures", "linked"):
            assert marked(desk.view(pane)) == []
            assert not any("+" in i.text.plain for i in desk.view(pane).items)


async def test_what_is_marked_above_is_counted_and_not_told_twice(store_path: Path) -> None:
    story_of(store_path, seen=True)
    async with at(reader_on(store_path)) as desk:
        await looked_at(desk)
        lines = [i.text.plain for i in desk.view("brief").items]
        since = lines.index("Since yesterday")
        assert lines[since + 1 : since + 4] == [
            "+ 3 more sources: Fell Beacon, Morning Vale, Vale Herald",
            "+ jobs 40 ≠ 65",
            "+ 2 bullets, marked + above",
        ]
        assert sum(TEXTS["herald"][2] in line for line in lines) == 1


async def test_each_line_of_news_leads_to_what_it_is_about(store_path: Path) -> None:
    story_of(store_path, seen=True)
    async with at(reader_on(store_path)) as desk:
        await looked_at(desk)
        await desk.press("enter")
        view = desk.view("brief")
        places = {type(view.items[stop].target): stop for stop in view._stops}
        for kind, screen in ((CoverageList, "CoverageScreen"), (Comparison, "ComparisonScreen")):
            stop = places[kind]
            view.move_to(stop)
            await desk.press("enter")
            assert desk.screen == screen
            await desk.press("escape")
            assert (desk.focus, view.cursor) == ("brief", stop)


async def test_in_the_sample_all_that_is_new_finds_its_row(reader: Reader) -> None:
    stories = [reader.library.story(s.id) for s in STORIES]
    told = 0
    for story in stories:
        for news in story.changed:
            alone = replace(story, changed=(news,))
            told += 1
            found: list[object]
            if news.kind == "figure":
                found = [
                    v for d in story.brief.disagreements for v in d.values if is_moved(alone, v, d)
                ]
            elif news.kind == "outlets":
                found = [a for a in story.brief.articles if is_new_outlet(alone, a.source)]
            else:
                found = [b.bullet.text for b in story.brief.bullets if is_new_bullet(alone, b)]
                assert found == [news.text]
            assert found, news.text
    assert told > 5
    reader.library.close()


async def test_a_name_in_brackets_is_shown_and_its_evidence_marked(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path), (200, 50)) as desk:
        await desk.brief_of(story)
        await desk.press("enter", "j")
        assert "said that [Rask] would stay." in desk.shown
        await desk.press("enter")
        view = desk.view("source")
        lit = [i.target for i in view.items if isinstance(i.target, Sentence) and i.target.marked]
        assert isinstance(view.current, Sentence)
        assert view.current.text.startswith("Rask, its foreman")
        assert any(s.text.startswith("The quarry at Osterby Fell") for s in lit)


async def test_a_person_leads_to_the_role_and_then_to_the_mentions(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as desk:
        await desk.brief_of(story)
        desk.edition.go("figures")
        view = desk.view("figures")
        assert view.move_where(lambda t: isinstance(t, Passage) and t.label == "Rask")
        await desk.press("enter")
        source = desk.view("source")
        assert source.current.text == "Rask, its foreman, said that he would stay."
        await desk.press("right_square_bracket")
        assert source.current.text == "Rask added that 40 jobs would go."


@pytest.mark.parametrize("names", ["A, B, C", "B"])
async def test_an_outlet_that_is_not_named_is_known_by_its_time(
    store_path: Path, names: str
) -> None:
    """Of many outlets only three names are told."""
    story_of(store_path, seen=True)
    async with at(reader_on(store_path)) as desk:
        await looked_at(desk)
        told = News("outlets", f"4 more sources: {names}")
        looked = NOW - timedelta(hours=5, minutes=30)
        story = replace(desk.story, changed=(told,), looked_at=looked)
        outlets = sorted({a.source for a in story.brief.articles})
        new = [o for o in outlets if is_new_outlet(story, o)]
        assert new == ["Morning Vale", "Vale Herald"]  # none that copies or credits
        named = replace(told, text="3 more sources: Fell Beacon, X, Y")
        assert is_new_outlet(replace(story, changed=(named,)), "Fell Beacon")
