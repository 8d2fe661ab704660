"""What the reader remembers of stories: seen, read, starred; and what it does with a line."""

import json
from collections.abc import Callable

from briefing.stories import snapshot
from briefing.ui.app import Reader
from briefing.wording import reason_lines
from tests.ui.chosen import FIRST, SHORTEST, THIRD
from tests.ui.desk import at, reader_on

# ── Marks ────────────────────────────────────────────────────────────────────────────────────


async def test_a_star_is_set_and_taken_away(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("j", "j", "s")
        with desk.kept() as store:
            assert store.story_row(desk.row.id).starred
        assert desk.row.starred
        await desk.press("s")
        with desk.kept() as store:
            assert not store.story_row(desk.row.id).starred


async def test_m_marks_as_read_and_again_as_unread(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("m")
        assert (desk.row.state.value, desk.state(FIRST)) == ("read", "read")
        assert f"{len(desk.edition.stories.rows) - 1} unread" in desk.shown
        await desk.press("m")
        assert (desk.row.state.value, desk.state(FIRST)) == ("unread", "unread")
        assert f"{len(desk.edition.stories.rows)} unread" in desk.shown


async def test_u_takes_a_marking_back(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("m")
        assert desk.state(FIRST) == "read"
        await desk.press("u")
        await desk.until(lambda: desk.row.state == "unread", "the mark is taken back")
        assert desk.state(FIRST) == "unread"
        await desk.press("u")
        assert desk.status == "nothing to take back"


async def test_a_marking_can_be_taken_back_at_once(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("m", "u")
        await desk.until(lambda: desk.status == "1 story as before", "taken back")
        assert (desk.state(FIRST), desk.row.state.value) == ("unread", "unread")


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
        await desk.on(THIRD)
        await desk.until(lambda: desk.row.state == "seen")
        with desk.kept() as store:
            kept = store.snapshot(THIRD)
            assert kept is not None
            assert json.loads(kept) == json.loads(json.dumps(snapshot(desk.story.brief)))
            assert store.story(THIRD).looked_at == desk.app.library.clock()
            assert store.story_row(THIRD).state == "seen"


async def test_a_brief_that_was_passed_over_is_not_seen(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.on(THIRD)
        await desk.on(SHORTEST)
        assert {desk.state(row.id) for row in desk.edition.stories.rows} == {"unread"}


async def test_going_past_the_last_bullet_has_read_the_story(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.on(SHORTEST)
        await desk.press("enter", *"j" * (len(desk.view("brief")._stops) - 1))
        assert desk.state(SHORTEST) == "unread"
        await desk.press("j")
        await desk.until(lambda: desk.row.state == "read")
        assert desk.state(SHORTEST) == "read"
        with desk.kept() as store:
            told = {c.article_id for c in store.brief(SHORTEST).articles}
            assert all(r.read for r in store.article_rows(limit=99) if r.id in told)


async def test_what_is_new_since_the_last_look_is_told(reader: Reader) -> None:
    async with at(reader) as desk:
        lines = [item.text.plain for item in desk.view("brief").items]
        assert "Since yesterday" in lines
        assert any("more sources: " in line for line in lines)


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
        bullet = desk.story.brief.bullets[1]
        article = desk.app.library.article(bullet.article_id)
        await desk.press("enter", "j", "y")
        source = f"— {article.source}, {article.url}\n"
        assert desk.app.clipboard == f"{bullet.bullet.text}\n{source}"
        await desk.press("enter", "y")
        assert desk.app.clipboard == f"{desk.view('source').current.text}\n{source}"


async def test_o_opens_the_page_of_what_the_cursor_is_on(reader: Reader, opened: list[str]) -> None:
    async with at(reader) as desk:
        brief = desk.story.brief
        await desk.press("o", "enter", "j", "o")
        wanted = (brief.lead, brief.bullets[1].article_id)
        assert opened == [desk.app.library.article(name).url for name in wanted]


async def test_e_says_why_a_story_ranks_where_it_does(reader: Reader) -> None:
    async with at(reader) as desk:
        await desk.press("e")
        assert all(reason in desk.told[-1] for reason in reason_lines(desk.story.reasons))


async def test_the_sample_fetches_nothing(sample: object, reader: Reader) -> None:
    reader.sample = True
    async with at(reader) as desk:
        await desk.press("r")
        assert desk.status == "the sample has no feeds to fetch"
