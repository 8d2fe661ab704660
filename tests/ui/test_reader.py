"""What the reader does on the edition, key by key, on the frozen edition."""

import pytest

from briefing.config import Settings
from briefing.model import ConfigError, Story
from briefing.text import clean_line
from briefing.ui.app import Reader
from briefing.ui.screens import edition
from briefing.ui.targets import Comparison, CoverageList, OtherStory, Page, Passage, Sentence
from tests.ui.chosen import CHAPTERED, SHARED, said_twice
from tests.ui.desk import LEAST, MEDIUM, NARROW, WIDE, Desk, at, reader_on


def evidence(desk: Desk) -> str:
    """The sentence that the line under the way in stands on, from the article's own text."""
    passage = desk.edition.source.passage
    assert passage is not None
    article = desk.app.library.article(passage.article_id)
    return clean_line(passage.evidence[0].of(article.text))


# ── The edition ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [LEAST, MEDIUM, WIDE, (200, 50)])
async def test_the_first_headline_is_on_the_screen(reader: Reader, size: tuple[int, int]) -> None:
    async with at(reader, size) as desk:
        first = desk.row.headline
        assert first[:10] in desk.shown
        assert "Tue 5 May" in desk.shown


async def test_the_edition_has_an_end_and_says_what_lies_below_the_line(reader: Reader) -> None:
    async with at(reader, (120, 50)) as desk:
        more = len(desk.edition.stories.rows) - desk.app.library.line
        assert f"5 minutes end here · {more} more" in desk.shown
        assert desk.shown.count("You are up to date") == 1


async def test_keys_and_counts_move_the_cursor_and_the_brief_follows(reader: Reader) -> None:
    async with at(reader) as desk:
        rows = desk.edition.stories.rows
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
            await desk.press(*keys)
            assert desk.row == rows[place], keys
            await desk.brief_of(rows[place].id)
        assert desk.story.brief.bullets[0].bullet.text[:20] in desk.shown


async def test_a_held_key_does_not_wait_for_briefs(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No brief is read while the cursor moves, and only that of the story on which it rests."""
    async with at(reader) as desk:
        rows = desk.edition.stories.rows
        await desk.brief_of(rows[0].id)
        read: list[str] = []
        read_story = reader.library.story

        def story(story_id: str) -> Story:
            read.append(story_id)
            return read_story(story_id)

        monkeypatch.setattr(reader.library, "story", story)
        monkeypatch.setattr(edition, "REST", 3600.0)  # as long as the key is held
        await desk.press(*"jjjjjjj")
        assert desk.row == rows[7]
        assert (read, desk.story.id) == ([], rows[0].id)
        monkeypatch.setattr(edition, "REST", 0.001)
        await desk.press("j")
        await desk.brief_of(rows[8].id)
        assert read == [rows[8].id]


@pytest.mark.parametrize(
    ("ahead", "back"), [("space", "pageup"), ("pagedown", "ctrl+b"), ("ctrl+f", "pageup")]
)
async def test_the_cursor_moves_by_screens(reader: Reader, ahead: str, back: str) -> None:
    async with at(reader, MEDIUM) as desk:
        await desk.press(ahead)
        assert desk.edition.stories.cursor == 9
        await desk.press(back)
        assert desk.edition.stories.cursor == 0


# ── Drilling down ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, WIDE])
async def test_enter_leads_to_the_evidence_and_the_page_and_esc_back_step_by_step(
    reader: Reader, opened: list[str], size: tuple[int, int]
) -> None:
    async with at(reader, size) as desk:
        await desk.press("j", "j", "enter")
        assert desk.focus == "brief"
        assert desk.story.id == desk.row.id == desk.edition.stories.rows[2].id
        desk.view("brief").top()
        stops = desk.view("brief")._stops
        desk.view("brief").move_to(stops[1])
        bullet = desk.story.brief.bullets[1]
        assert desk.view("brief").current.text == bullet.bullet.text

        await desk.press("enter")
        assert desk.focus == "source"
        sentence = desk.view("source").current
        article = desk.app.library.article(bullet.article_id)
        assert isinstance(sentence, Sentence)
        assert sentence.text == clean_line(bullet.bullet.evidence[0].of(article.text))
        assert sentence.text[:20] in desk.shown

        await desk.press("enter")
        assert opened == [article.url]

        await desk.press("escape")
        assert (desk.focus, desk.view("brief").cursor) == ("brief", stops[1])
        await desk.press("escape")
        assert (desk.focus, desk.edition.stories.cursor) == ("stories", 2)
        await desk.press("escape")
        assert desk.focus == "stories"


async def test_letters_and_arrows_drill_as_well(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("l", "right")
        assert desk.focus == "source"
        await desk.press("h", "left")
        assert desk.focus == "stories"


async def test_the_title_of_the_brief_takes_the_room_there_is(reader: Reader) -> None:
    async with at(reader) as desk:
        headline = desk.row.headline
        assert f"─ {headline[:30]}" in desk.shown
        await desk.resize(200, 50)
        await desk.until(lambda: f"─ {headline} ─" in desk.shown, "the whole headline")


async def test_the_breadcrumb_says_where_one_is(reader: Reader) -> None:
    async with at(reader, (200, 50)) as desk:
        await desk.press("enter", "j", "enter")
        title = str(desk.edition.source.border_title)
        assert title.startswith(f"Edition › {desk.row.headline[:30]}")
        assert title.endswith(f"› Bullet 2 › {desk.story.brief.bullets[1].source}")


async def test_every_bullet_leads_to_the_sentence_that_it_shows(reader: Reader) -> None:
    async with at(reader) as desk:
        for row in desk.edition.stories.rows:
            await desk.on(row.id)
            for line in desk.story.brief.bullets:
                target = next(
                    item.target
                    for item in desk.view("brief").items
                    if isinstance(item.target, Passage)
                    and item.target.evidence[: len(line.bullet.evidence)] == line.bullet.evidence
                )
                desk.edition.source.open(target)
                current = desk.edition.source.current
                assert isinstance(current, Sentence)
                assert current.text == evidence(desk)


@pytest.mark.parametrize("pane", ["brief", "figures", "linked"])
async def test_every_line_of_every_pane_drills_to_what_it_stands_on(
    reader: Reader, opened: list[str], pane: str
) -> None:
    async with at(reader) as desk:
        await desk.on(CHAPTERED)
        view = desk.view(pane)
        kinds = set()
        for stop in view._stops:
            desk.edition.go(pane)
            view.move_to(stop)
            target = view.current
            kinds.add(type(target))
            before = len(opened)
            await desk.press("enter")
            if isinstance(target, Page):
                assert opened[before:] == [target.url]
            elif isinstance(target, OtherStory):
                assert desk.story.id == target.story_id
                await desk.press("escape")
            elif isinstance(target, Comparison | CoverageList):
                wanted = "Comparison" if isinstance(target, Comparison) else "Coverage"
                assert desk.screen == f"{wanted}Screen"
                await desk.press("escape")
                assert (desk.focus, view.cursor) == (pane, stop)
            else:
                assert desk.focus == "source"
                if target.evidence:
                    assert evidence(desk) in desk.view("source").current.text
                await desk.press("escape")
                assert (desk.focus, view.cursor) == (pane, stop)
            await desk.brief_of(CHAPTERED)
        assert (
            kinds
            == {
                "brief": {Passage, Comparison, CoverageList},
                "figures": {Passage, Comparison},
                "linked": {Passage, CoverageList, OtherStory, Page},
            }[pane]
        )


async def test_an_earlier_chapter_opens_that_story_and_esc_returns(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.on(CHAPTERED)
        linked = desk.view("linked")
        chapters = [i for i in linked._stops if isinstance(linked.items[i].target, OtherStory)]
        desk.edition.go("linked")
        linked.move_to(chapters[0])
        wanted = linked.current.story_id
        await desk.press("enter")
        assert (desk.story.id, desk.focus) == (wanted, "brief")
        await desk.press("enter")
        assert desk.focus == "source"
        await desk.press("escape", "escape")
        assert desk.story.id == CHAPTERED
        assert desk.row.id == CHAPTERED


async def test_braces_go_through_the_outlets_of_the_same_point(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.on(SHARED.id)
        number = said_twice(SHARED) or 0
        await desk.press("enter")
        desk.view("brief").move_to(desk.view("brief")._stops[number])
        await desk.press("enter")
        line = desk.story.brief.bullets[number]
        places = [line.article_id, *(place.article_id for place in line.also)]
        outlets = list(dict.fromkeys(places))
        assert len(outlets) > 1
        seen = []
        for _ in outlets:
            seen.append(desk.edition.source.passage.article_id)  # type: ignore[union-attr]
            assert desk.view("source").current.text == evidence(desk)
            await desk.press("right_curly_bracket")
        assert seen == outlets
        assert desk.edition.source.passage.article_id == outlets[0]  # type: ignore[union-attr]
        await desk.press("left_curly_bracket")
        assert desk.edition.source.passage.article_id == outlets[-1]  # type: ignore[union-attr]
        await desk.press("escape")
        assert desk.focus == "brief"


async def test_brackets_jump_between_the_marked_sentences(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("enter", "enter")
        view = desk.view("source")
        marked = [i for i, item in enumerate(view.items) if getattr(item.target, "marked", False)]
        assert len(marked) > 2
        view.move_to(marked[0])
        for place in [*marked[1:], marked[-1]]:
            await desk.press("right_square_bracket")
            assert view.cursor == place
        await desk.press("left_square_bracket")
        assert view.cursor == marked[-2]


# ── Panes ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [NARROW, MEDIUM, WIDE])
async def test_tab_goes_round_the_panes(reader: Reader, size: tuple[int, int]) -> None:
    panes = ["stories", "brief", "figures", "linked", "stories"]
    async with at(reader, size) as desk:
        went = [desk.focus]
        for _ in range(4):
            await desk.press("tab")
            went.append(desk.focus)
            assert desk.view(desk.focus).size.area if desk.focus != "stories" else True
        assert went == panes
        back = [desk.focus]
        for _ in range(4):
            await desk.press("shift+tab")
            back.append(desk.focus)
        assert back == panes[::-1]


async def test_a_narrow_terminal_shows_one_pane_at_a_time(reader: Reader) -> None:
    async with at(reader, NARROW) as desk:
        for pane in ("stories", "brief", "figures", "linked"):
            visible = [
                name
                for name in ("stories", "brief", "source", "figures", "linked")
                if desk.edition.query_one(f"#{name}").size.area
            ]
            assert visible == [pane]
            await desk.press("tab")


async def test_figures_and_links_are_tabs_in_a_medium_terminal(reader: Reader) -> None:
    async with at(reader, MEDIUM) as desk:
        await desk.press("tab", "tab")
        assert desk.view("figures").size.area
        assert not desk.view("linked").size.area
        await desk.press("tab")
        assert desk.view("linked").size.area
        assert not desk.view("figures").size.area


async def test_a_terminal_that_is_too_small_is_told_and_nothing_is_lost(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("3", "j", "enter")
        await desk.resize(30, 8)
        assert "Briefing needs 40 × 12" in desk.shown
        assert "Stories" not in desk.shown
        await desk.resize(*WIDE)
        assert "Briefing needs" not in desk.shown
        assert (desk.focus, desk.edition.stories.cursor) == ("brief", 3)


# ── Keys and mouse ───────────────────────────────────────────────────────────────────────────


async def test_keys_can_be_the_users_own(sample: object, reader: Reader) -> None:
    reader.library.close()
    own = Settings(keys={"down": "x", "drill-in": "z"})
    async with at(reader_on(reader.library.path, own)) as desk:
        await desk.press("j")
        assert desk.edition.stories.cursor == 0
        await desk.press("3", "x")
        assert desk.edition.stories.cursor == 3
        await desk.press("z")
        assert desk.focus == "brief"
        assert "z drill in" in desk.shown
        await desk.press("question_mark")
        lines = [item.text.plain.split() for item in desk.view("keys").items]
        assert ["x", "Down", "a", "line", "(5j:", "five)"] in lines


def test_keys_of_an_action_that_does_not_exist_are_refused(reader: Reader) -> None:
    reader.library.close()
    with pytest.raises(ConfigError, match="Did you mean drill-in"):
        reader_on(reader.library.path, Settings(keys={"dril-in": "x"}))


async def test_a_click_selects_and_another_enters(reader: Reader) -> None:
    async with at(reader) as desk:
        for wanted in ("stories", "brief"):
            await desk.pilot.click("#stories", offset=(10, 1 + 2 * 2))
            await desk.pilot.pause()
            assert desk.edition.stories.cursor == 2
            assert desk.focus == wanted
        await desk.brief_of(desk.row.id)
        view = desk.view("brief")
        second = view._laid[view._stops[1]].first
        await desk.pilot.click("#brief", offset=(10, 1 + second))
        await desk.pilot.pause()
        assert (desk.focus, view.cursor) == ("brief", view._stops[1])
        await desk.pilot.click("#brief", offset=(10, 1 + second))
        await desk.pilot.pause()
        assert desk.focus == "source"


async def test_two_tabs_in_a_burst_go_two_panes_on(reader: Reader) -> None:
    async with at(reader, WIDE) as desk:
        desk.edition.act_next_pane()  # as keys that come before the first has been told
        desk.edition.act_next_pane()
        await desk.pilot.pause()
        assert (desk.focus, desk.edition.pane) == ("figures", "figures")
