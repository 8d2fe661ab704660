"""What the reader does on the edition, key by key, on the packaged sample."""

import json
from collections.abc import Callable

import pytest

from briefing.config import Settings
from briefing.model import ConfigError, Story
from briefing.sample import sample_now, sample_path
from briefing.store import Store
from briefing.stories import snapshot
from briefing.text import clean_line
from briefing.ui.app import Reader
from briefing.ui.targets import OtherStory, Page, Passage, Sentence
from tests.ui.desk import LEAST, MEDIUM, NARROW, WIDE, Desk, at, reader_on


def named(word: str) -> str:
    """The id of the sample's story with that word in its headline."""
    with Store.open(sample_path(), read_only=True) as store:
        rows = store.edition_rows(store.window(sample_now()))
    return next(row.id for row in rows if word in row.headline)


BRIDGE, HOSPITALS, KELP = named("Harbour Bridge"), named("hospitals"), named("Kelp")


def story_of(desk: Desk) -> Story:
    story = desk.edition.story
    assert story is not None
    return story


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
        assert story_of(desk).brief.bullets[0].bullet.text[:20] in desk.shown


async def test_a_held_key_does_not_wait_for_briefs(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press(*"jjjjjjjj")
        await desk.brief_of(desk.edition.stories.rows[8].id)


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
        assert story_of(desk).id == desk.row.id == desk.edition.stories.rows[2].id
        desk.view("brief").top()
        stops = desk.view("brief")._stops
        desk.view("brief").move_to(stops[1])
        bullet = story_of(desk).brief.bullets[1]
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
        assert "─ Harbour Bridge shut to lorries before" in desk.shown
        await desk.resize(200, 50)
        await desk.until(lambda: "─ Harbour Bridge shut to lorries before dawn ─" in desk.shown)


async def test_the_breadcrumb_says_where_one_is(reader: Reader) -> None:
    async with at(reader, (200, 50)) as desk:
        await desk.on(BRIDGE)
        await desk.press("enter", "j", "enter")
        title = str(desk.edition.source.border_title)
        assert title.startswith("Edition › Harbour Bridge shut")
        assert title.endswith(f"› Bullet 2 › {story_of(desk).brief.bullets[1].source}")


async def test_every_bullet_leads_to_the_sentence_that_it_shows(reader: Reader) -> None:
    async with at(reader) as desk:
        for row in desk.edition.stories.rows:
            await desk.on(row.id)
            for line in story_of(desk).brief.bullets:
                target = next(
                    item.target
                    for item in desk.view("brief").items
                    if isinstance(item.target, Passage)
                    and item.target.evidence == line.bullet.evidence
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
                assert story_of(desk).id == target.story_id
                await desk.press("escape")
            else:
                assert desk.focus == "source"
                if target.evidence:
                    assert evidence(desk) in desk.view("source").current.text
                await desk.press("escape")
                assert (desk.focus, view.cursor) == (pane, stop)
            await desk.brief_of(BRIDGE)
        assert kinds == ({Passage} if pane != "linked" else {Passage, OtherStory, Page})


async def test_an_earlier_chapter_opens_that_story_and_esc_returns(reader: Reader) -> None:
    async with at(reader) as desk:
        linked = desk.view("linked")
        chapters = [i for i in linked._stops if isinstance(linked.items[i].target, OtherStory)]
        desk.edition.go("linked")
        linked.move_to(chapters[0])
        wanted = linked.current.story_id
        await desk.press("enter")
        assert (story_of(desk).id, desk.focus) == (wanted, "brief")
        await desk.press("enter")
        assert desk.focus == "source"
        await desk.press("escape", "escape")
        assert story_of(desk).id == BRIDGE
        assert desk.row.id == BRIDGE


async def test_braces_go_through_the_outlets_of_the_same_point(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.on(HOSPITALS)
        await desk.press("enter", "enter")
        line = story_of(desk).brief.bullets[0]
        outlets = [line.article_id, *(place.article_id for place in line.also)]
        assert len(set(outlets)) == 2
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


# ── Marks ────────────────────────────────────────────────────────────────────────────────────


async def test_a_star_is_set_and_taken_away(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("j", "s")
        with desk.kept() as store:
            assert store.story_row(desk.row.id).starred
        assert desk.row.starred
        await desk.press("s")
        with desk.kept() as store:
            assert not store.story_row(desk.row.id).starred


async def test_m_marks_as_read_and_again_as_unread(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("m")
        assert (desk.row.state.value, desk.state(BRIDGE)) == ("read", "read")
        assert f"{len(desk.edition.stories.rows) - 1} unread" in desk.shown
        await desk.press("m")
        assert (desk.row.state.value, desk.state(BRIDGE)) == ("unread", "unread")
        assert f"{len(desk.edition.stories.rows)} unread" in desk.shown


async def test_u_takes_a_marking_back(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("m")
        assert desk.state(BRIDGE) == "read"
        await desk.press("u")
        await desk.until(lambda: desk.row.state == "unread", "the mark is taken back")
        assert desk.state(BRIDGE) == "unread"
        await desk.press("u")
        assert desk.status == "nothing to take back"


async def test_a_marking_can_be_taken_back_at_once(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("m", "u")
        await desk.until(lambda: desk.status == "1 story as before", "taken back")
        assert (desk.state(BRIDGE), desk.row.state.value) == ("unread", "unread")


async def test_the_whole_edition_is_marked_as_read_and_taken_back(reader: Reader) -> None:
    async with at(reader) as desk:
        rows = desk.edition.stories.rows
        await desk.press("j", "A")
        await desk.until(lambda: desk.status.startswith(f"{len(rows)} stories read"))
        assert {desk.state(row.id) for row in rows} == {"read"}
        assert desk.edition.stories.cursor == 1
        await desk.until(lambda: "unread" not in desk.shown.splitlines()[0])
        await desk.press("u")
        await desk.until(lambda: desk.status == f"{len(rows)} stories as before")
        assert {desk.state(row.id) for row in rows} == {"unread"}


async def test_n_goes_through_the_unread_stories_to_the_end(
    hurry: Callable[[], None], reader: Reader
) -> None:
    async with at(reader) as desk:
        hurry()
        rows = list(desk.edition.stories.rows)
        await desk.press("G")
        await desk.until(lambda: desk.row.state == "seen")
        await desk.press("g")
        for row in rows[:-1]:
            assert desk.row.id == row.id
            await desk.until(lambda: desk.row.state == "seen", f"story {row.id} is seen")
            assert desk.state(row.id) == "seen"
            await desk.press("n")
        assert desk.status == "You are up to date"
        assert desk.row.id == rows[-2].id
        assert "unread" not in desk.shown.splitlines()[0]


async def test_n_passes_over_what_is_read_and_starts_again_from_the_top(reader: Reader) -> None:
    async with at(reader) as desk:
        rows = desk.edition.stories.rows
        await desk.press("j", "m", "k", "n")
        assert desk.row.id == rows[2].id
        await desk.press("G", "n")
        assert desk.row.id == rows[0].id


async def test_a_brief_that_was_on_the_screen_is_seen_and_remembered(
    hurry: Callable[[], None], reader: Reader
) -> None:
    async with at(reader) as desk:
        hurry()
        await desk.on(HOSPITALS)
        await desk.until(lambda: desk.row.state == "seen")
        with desk.kept() as store:
            kept = store.snapshot(HOSPITALS)
            assert kept is not None
            assert json.loads(kept) == json.loads(json.dumps(snapshot(story_of(desk).brief)))
            assert store.story(HOSPITALS).looked_at == desk.app.library.clock()
            assert store.story_row(HOSPITALS).state == "seen"


async def test_a_brief_that_was_passed_over_is_not_seen(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.on(HOSPITALS)
        await desk.on(KELP)
        assert {desk.state(row.id) for row in desk.edition.stories.rows} == {"unread"}


async def test_going_past_the_last_bullet_has_read_the_story(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.on(KELP)
        await desk.press("enter", *"j" * (len(desk.view("brief")._stops) - 1))
        assert desk.state(KELP) == "unread"
        await desk.press("j")
        await desk.until(lambda: desk.row.state == "read")
        assert desk.state(KELP) == "read"
        with desk.kept() as store:
            told = {c.article_id for c in store.brief(KELP).articles}
            assert all(r.read for r in store.article_rows(limit=99) if r.id in told)


async def test_what_is_new_since_the_last_look_is_told(reader: Reader) -> None:
    async with at(reader) as desk:
        lines = [item.text.plain for item in desk.view("brief").items]
        assert "Since yesterday" in lines
        assert any("+ 4 more sources" in line for line in lines)


async def test_the_visit_is_kept(reader: Reader) -> None:
    path, now = reader.library.path, reader.library.clock()
    async with at(reader):
        pass
    library = reader_on(path).library
    assert library.store.last_visit() == now
    library.close()


# ── Doing ────────────────────────────────────────────────────────────────────────────────────


async def test_y_copies_the_line_with_its_source(reader: Reader) -> None:
    async with at(reader) as desk:
        bullet = story_of(desk).brief.bullets[1]
        article = desk.app.library.article(bullet.article_id)
        await desk.press("enter", "j", "y")
        source = f"— {article.source}, {article.url}\n"
        assert desk.app.clipboard == f"{bullet.bullet.text}\n{source}"
        await desk.press("enter", "y")
        assert desk.app.clipboard == f"{desk.view('source').current.text}\n{source}"


async def test_o_opens_the_page_of_what_the_cursor_is_on(reader: Reader, opened: list[str]) -> None:
    async with at(reader) as desk:
        brief = story_of(desk).brief
        await desk.press("o", "enter", "j", "o")
        wanted = (brief.lead, brief.bullets[1].article_id)
        assert opened == [desk.app.library.article(name).url for name in wanted]


async def test_e_says_why_a_story_ranks_where_it_does(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("e")
        assert all(reason in desk.told[-1] for reason in story_of(desk).reasons)


async def test_the_sample_fetches_nothing(sample: object, reader: Reader) -> None:
    reader.sample = True
    async with at(reader) as desk:
        await desk.press("r")
        assert desk.status == "the sample has no feeds to fetch"


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
