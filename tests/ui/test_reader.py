"""What the reader does on the edition, key by key, on the frozen edition."""

from dataclasses import replace

import pytest

from briefing.config import Settings
from briefing.model import ConfigError, Story
from briefing.text import clean_line
from briefing.ui.app import Reader
from briefing.ui.focus import Pane
from briefing.ui.screens import story_panes
from briefing.ui.targets import Comparison, CoverageList, OtherStory, Page, Passage, SourceSentence
from tests.ui.conftest import SOON
from tests.ui.driver import LEAST, MEDIUM, NARROW, TALL, WIDE, ReaderDriver, at, reader_on
from tests.ui.edition_stories import CHAPTERED, SHARED, said_twice


def evidence(driver: ReaderDriver) -> str:
    """The sentence that the line under the way in stands on, from the article's own text."""
    passage = driver.edition.source.passage
    assert passage is not None
    article = driver.app.session.article(passage.article_id)
    assert passage.focus is not None
    return clean_line(passage.focus.of(article.text))


# ── The edition ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [LEAST, MEDIUM, WIDE, (200, 50)])
async def test_the_first_headline_is_on_the_screen(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as driver:
        first = driver.row.headline
        assert first[:10] in driver.shown
        assert "Tue 5 May" in driver.shown


async def test_the_edition_has_an_end_and_says_what_lies_below_the_line(reader: Reader) -> None:
    async with at(reader, (120, 50)) as driver:
        more = len(driver.edition.stories.rows) - driver.app.session.line
        assert f"5 minutes end here · {more} more" in driver.shown
        assert driver.shown.count("You are up to date") == 1


async def test_keys_and_counts_move_the_cursor_and_the_brief_follows(reader: Reader) -> None:
    async with at(reader) as driver:
        rows = driver.edition.stories.rows
        last = len(rows) - 1
        for keys, place in [
            ("j", 1),
            ("k", 0),
            ("5j", 5),
            ("2k", 3),
            ("G", last),
            ("j", last),
            ("g", 0),
            ("k", 0),
            ("12j", 12),
            (["down"], 13),
            (["up"], 12),
            (["home"], 0),
            (["end"], last),
            (["home", "1", "2", "down"], 12),
        ]:
            await driver.press(*keys)
            assert driver.row == rows[place], keys
            await driver.brief_of(rows[place].id)
        assert driver.story.brief.bullets[0].bullet.text[:20] in driver.shown


async def test_a_held_key_does_not_wait_for_briefs(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No brief is read while the cursor moves, and only that of the story on which it rests."""
    async with at(reader) as driver:
        rows = driver.edition.stories.rows
        await driver.brief_of(rows[0].id)
        read: list[str] = []
        read_story = reader.session.story

        def story(story_id: str) -> Story:
            read.append(story_id)
            return read_story(story_id)

        monkeypatch.setattr(reader.session, "story", story)
        monkeypatch.setattr(story_panes, "REST", 3600.0)  # as long as the key is held
        await driver.press(*"jjjjjjj")
        assert driver.row == rows[7]
        assert (read, driver.story.id) == ([], rows[0].id)
        monkeypatch.setattr(story_panes, "REST", SOON)
        await driver.press("j")
        await driver.brief_of(rows[8].id)
        assert read == [rows[8].id]


@pytest.mark.parametrize(("ahead", "back"), [("pagedown", "ctrl+b"), ("ctrl+f", "pageup")])
async def test_the_cursor_moves_by_screens(reader: Reader, ahead: str, back: str) -> None:
    async with at(reader, MEDIUM) as driver:
        await driver.press(ahead)
        assert driver.edition.stories.cursor == 9
        await driver.press(back)
        assert driver.edition.stories.cursor == 0


# ── Drilling down ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, WIDE])
async def test_enter_leads_to_the_evidence_and_the_page_and_esc_back_step_by_step(
    reader: Reader, opened: list[str], size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("j", "j", "enter")
        assert driver.focus == "brief"
        assert driver.story.id == driver.row.id == driver.edition.stories.rows[2].id
        driver.view("brief").top()
        stops = driver.view("brief")._stops
        driver.view("brief").move_to(stops[1])
        bullet = driver.story.brief.bullets[1]
        assert driver.target_text("brief") == bullet.bullet.text

        await driver.press("enter")
        assert driver.focus == "source"
        sentence = driver.view("source").current
        article = driver.app.session.article(bullet.article_id)
        assert isinstance(sentence, SourceSentence)
        assert sentence.text == clean_line(bullet.bullet.evidence[0].of(article.text))
        view = driver.view("source")
        place = view._wrapped_items[view.cursor or 0]
        assert view.scroll_offset.y <= place.first < view.scroll_offset.y + view.size.height
        assert sentence.text.split()[0] in driver.shown

        await driver.press("enter")
        assert opened == [article.url]

        await driver.press("escape")
        assert (driver.focus, driver.view("brief").cursor) == ("brief", stops[1])
        await driver.press("escape")
        assert (driver.focus, driver.edition.stories.cursor) == ("stories", 2)
        await driver.press("escape")
        assert driver.focus == "stories"


async def test_letters_and_arrows_drill_as_well(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("l", "right")
        assert driver.focus == "source"
        await driver.press("h", "left")
        assert driver.focus == "stories"


async def test_the_title_of_the_brief_takes_the_room_there_is(reader: Reader) -> None:
    async with at(reader) as driver:
        headline = driver.row.headline
        assert f"─ {headline[:30]}" in driver.shown
        await driver.resize(200, 50)
        await driver.until(lambda: f"─ {headline} ─" in driver.shown, "the whole headline")


async def test_the_breadcrumb_says_where_one_is(reader: Reader) -> None:
    async with at(reader, (200, 50)) as driver:
        await driver.press("enter", "j", "enter")
        title = str(driver.edition.source.border_title)
        assert title.startswith(f"Edition › {driver.row.headline[:30]}")
        assert title.endswith(f"› Bullet 2 › {driver.story.brief.bullets[1].source}")


async def test_every_bullet_leads_to_the_sentence_that_it_shows(reader: Reader) -> None:
    async with at(reader) as driver:
        for row in driver.edition.stories.rows:
            await driver.on(row.id)
            for line in driver.story.brief.bullets:
                target = next(
                    item.target
                    for item in driver.view("brief").items
                    if isinstance(item.target, Passage)
                    and item.target.marked[: len(line.bullet.evidence)] == line.bullet.evidence
                )
                driver.edition.open_source(target)
                current = driver.edition.source.current
                assert isinstance(current, SourceSentence)
                assert current.text == evidence(driver)


@pytest.mark.parametrize("pane", ["brief", "figures", "linked"])
async def test_every_line_of_every_pane_drills_to_what_it_stands_on(
    reader: Reader, opened: list[str], pane: Pane
) -> None:
    async with at(reader) as driver:
        await driver.on(CHAPTERED)
        view = driver.view(pane)
        kinds = set()
        for stop in view._stops:
            driver.edition.go(pane)
            view.move_to(stop)
            target = view.current
            kinds.add(type(target))
            before = len(opened)
            await driver.press("enter")
            if isinstance(target, Page):
                assert opened[before:] == [target.url]
            elif isinstance(target, OtherStory):
                assert driver.story.id == target.story_id
                await driver.press("escape")
            elif isinstance(target, Comparison | CoverageList):
                wanted = "Comparison" if isinstance(target, Comparison) else "Coverage"
                assert driver.screen == f"{wanted}Screen"
                await driver.press("escape")
                assert (driver.focus, view.cursor) == (pane, stop)
            else:
                assert driver.focus == "source"
                if isinstance(target, Passage) and target.focus is not None:
                    assert evidence(driver) in driver.target_text("source")
                await driver.press("escape")
                assert (driver.focus, view.cursor) == (pane, stop)
            await driver.brief_of(CHAPTERED)
        assert (
            kinds
            == {
                "brief": {Passage, Comparison, CoverageList},
                "figures": {Passage, Comparison},
                "linked": {Passage, CoverageList, OtherStory, Page},
            }[pane]
        )


async def test_an_earlier_chapter_opens_that_story_and_esc_returns(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.on(CHAPTERED)
        linked = driver.view("linked")
        chapters = [i for i in linked._stops if isinstance(linked.items[i].target, OtherStory)]
        driver.edition.go("linked")
        linked.move_to(chapters[0])
        chapter = linked.current
        assert isinstance(chapter, OtherStory)
        await driver.press("enter")
        assert (driver.story.id, driver.focus) == (chapter.story_id, "brief")
        await driver.press("enter")
        assert driver.focus == "source"
        await driver.press("escape", "escape")
        assert driver.story.id == CHAPTERED
        assert driver.row.id == CHAPTERED


async def test_braces_go_through_the_outlets_of_the_same_point(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.on(SHARED.id)
        number = said_twice(SHARED) or 0
        await driver.press("enter")
        driver.view("brief").move_to(driver.view("brief")._stops[number])
        await driver.press("enter")
        line = driver.story.brief.bullets[number]
        places = [line.article_id, *(place.article_id for place in line.also)]
        outlets = list(dict.fromkeys(places))
        assert len(outlets) > 1
        seen = []
        for _ in outlets:
            seen.append(driver.edition.source.passage.article_id)  # type: ignore[union-attr]
            assert driver.target_text("source") == evidence(driver)
            await driver.press("right_curly_bracket")
        assert seen == outlets
        assert driver.edition.source.passage.article_id == outlets[0]  # type: ignore[union-attr]
        await driver.press("left_curly_bracket")
        assert driver.edition.source.passage.article_id == outlets[-1]  # type: ignore[union-attr]
        await driver.press("escape")
        assert driver.focus == "brief"


async def test_brackets_jump_between_the_marked_sentences(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("enter", "enter")
        view = driver.view("source")
        marked = [i for i, item in enumerate(view.items) if getattr(item.target, "marked", False)]
        assert len(marked) > 2
        view.move_to(marked[0])
        for place in [*marked[1:], marked[-1]]:
            await driver.press("right_square_bracket")
            assert view.cursor == place
        await driver.press("left_square_bracket")
        assert view.cursor == marked[-2]


# ── Panes ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [NARROW, MEDIUM, WIDE])
async def test_tab_goes_round_the_panes(reader: Reader, size: tuple[int, int]) -> None:
    panes = ["stories", "brief", "figures", "linked", "stories"]
    async with at(reader, size) as driver:
        went = [driver.focus]
        for _ in range(4):
            await driver.press("tab")
            went.append(driver.focus)
            assert driver.view(driver.focus).size.area if driver.focus != "stories" else True
        assert went == panes
        back = [driver.focus]
        for _ in range(4):
            await driver.press("shift+tab")
            back.append(driver.focus)
        assert back == panes[::-1]


async def test_a_narrow_terminal_shows_one_pane_at_a_time(reader: Reader) -> None:
    async with at(reader, NARROW) as driver:
        for pane in ("stories", "brief", "figures", "linked"):
            visible = [
                name
                for name in ("stories", "brief", "source", "figures", "linked")
                if driver.edition.query_one(f"#{name}").size.area
            ]
            assert visible == [pane]
            await driver.press("tab")


async def test_the_pane_of_a_story_without_figures_is_called_by_its_people(
    reader: Reader,
) -> None:
    """A title that names figures over a list of people makes one look for what is not there."""
    async with at(reader, WIDE) as driver:
        assert driver.view("figures").border_title == "Key figures"
        brief = replace(driver.story.brief, figures=())
        driver.edition.story = replace(driver.story, brief=brief)
        driver.edition.fill()
        assert driver.view("figures").border_title == "People and organisations"
        assert "People and organisations" not in [
            i.text.plain for i in driver.view("figures").items
        ]


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_that_only_summaries_were_to_be_had_takes_no_line_of_the_brief(
    reader: Reader, size: tuple[int, int]
) -> None:
    """In a week of summaries it is the first thing of every story; the help says what it means."""
    async with at(reader, size) as driver:
        story = driver.story
        before = len(driver.view("brief").items)
        driver.edition.story = replace(story, brief=replace(story.brief, summary_only=True))
        driver.edition.fill()
        items = driver.view("brief").items
        assert len(items) == before
        assert " source" in items[0].text.plain
        assert "· feed summary only ·" in items[0].text.plain
        driver.edition.go("brief")
        await driver.until(lambda: "feed summary only" in driver.shown, "the words")


async def test_figures_and_links_are_tabs_under_the_brief(reader: Reader) -> None:
    async with at(reader, TALL) as driver:
        await driver.press("tab", "tab")
        assert driver.view("figures").size.area
        assert not driver.view("linked").size.area
        await driver.press("tab")
        assert driver.view("linked").size.area
        assert not driver.view("figures").size.area


async def test_a_terminal_that_is_too_small_is_told_and_nothing_is_lost(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("3", "j", "enter")
        await driver.resize(30, 8)
        assert "Briefing needs 40 × 12" in driver.shown
        assert "Stories" not in driver.shown
        await driver.resize(*WIDE)
        assert "Briefing needs" not in driver.shown
        assert (driver.focus, driver.edition.stories.cursor) == ("brief", 3)


# ── Keys and mouse ───────────────────────────────────────────────────────────────────────────


async def test_keys_can_be_the_users_own(sample: object, reader: Reader) -> None:
    reader.session.close()
    own = Settings(keys={"down": "x", "drill-in": "z"})
    async with at(reader_on(reader.session.path, own)) as driver:
        await driver.press("j")
        assert driver.edition.stories.cursor == 0
        await driver.press("3", "x")
        assert driver.edition.stories.cursor == 3
        await driver.press("z")
        assert driver.focus == "brief"
        assert "z drill in" in driver.shown
        await driver.press("question_mark")
        lines = [item.text.plain.split() for item in driver.view("keys").items]
        assert ["x", "Down", "a", "line", "(5j:", "five)"] in lines


def test_keys_of_an_action_that_does_not_exist_are_refused(reader: Reader) -> None:
    reader.session.close()
    with pytest.raises(ConfigError, match="Did you mean drill-in"):
        reader_on(reader.session.path, Settings(keys={"dril-in": "x"}))


async def test_a_click_selects_and_another_enters(reader: Reader) -> None:
    async with at(reader) as driver:
        for wanted in ("stories", "brief"):
            await driver.pilot.click("#stories", offset=(10, 1 + 2 * 2))
            await driver.pilot.pause()
            assert driver.edition.stories.cursor == 2
            assert driver.focus == wanted
        await driver.brief_of(driver.row.id)
        view = driver.view("brief")
        second = view._wrapped_items[view._stops[1]].first
        await driver.pilot.click("#brief", offset=(10, 1 + second))
        await driver.pilot.pause()
        assert (driver.focus, view.cursor) == ("brief", view._stops[1])
        await driver.pilot.click("#brief", offset=(10, 1 + second))
        await driver.pilot.pause()
        assert driver.focus == "source"


async def test_a_click_on_the_last_line_of_a_row_is_one_on_the_row(reader: Reader) -> None:
    async with at(reader) as driver:
        border = 1
        await driver.pilot.click("#stories", offset=(10, border + 2 * 2 + 1))
        await driver.pilot.pause()
        assert driver.edition.stories.cursor == 2
        await driver.pilot.click("#stories", offset=(10, 0))
        await driver.pilot.pause()
        assert driver.edition.stories.cursor == 2
        await driver.brief_of(driver.row.id)
        view = driver.view("brief")
        wrapped = view._wrapped_items[view._stops[1]]
        await driver.pilot.click("#brief", offset=(10, border + wrapped.first + wrapped.height - 1))
        await driver.pilot.pause()
        assert (driver.focus, view.cursor) == ("brief", view._stops[1])


async def test_two_tabs_in_a_burst_go_two_panes_on(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        driver.edition.act_next_pane()  # as keys that come before the first has been told
        driver.edition.act_next_pane()
        await driver.pilot.pause()
        assert (driver.focus, driver.edition.pane) == ("figures", "figures")
