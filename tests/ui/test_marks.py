"""What the reader remembers of stories: seen, read, starred; and what it does with a line."""

import json
from collections.abc import Callable

from briefing.store import Store
from briefing.stories import snapshot
from briefing.ui.app import Reader
from tests.ui.driver import at
from tests.ui.edition_stories import FIRST, SHORTEST, THIRD

# ── Marks ────────────────────────────────────────────────────────────────────────────────────


async def test_a_star_is_set_and_taken_away(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("j", "j", "s")
        with driver.kept() as store:
            assert store.story_row(driver.row.id).starred
        assert driver.row.starred
        await driver.press("s")
        with driver.kept() as store:
            assert not store.story_row(driver.row.id).starred


async def test_m_marks_as_read_and_again_as_unread(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("m")
        assert (driver.row.state.value, driver.state(FIRST)) == ("read", "read")
        assert f"{len(driver.edition.stories.rows) - 1} unread" in driver.shown
        await driver.press("m")
        assert (driver.row.state.value, driver.state(FIRST)) == ("unread", "unread")
        assert f"{len(driver.edition.stories.rows)} unread" in driver.shown


async def test_u_takes_a_marking_back(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("m")
        assert driver.state(FIRST) == "read"
        await driver.press("u")
        await driver.until(lambda: driver.row.state == "unread", "the mark is taken back")
        assert driver.state(FIRST) == "unread"
        await driver.press("u")
        assert driver.status == "nothing to take back"


async def test_a_marking_can_be_taken_back_at_once(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("m", "u")
        await driver.until(lambda: driver.status.startswith("taken back: read: "), "it")
        assert (driver.state(FIRST), driver.row.state.value) == ("unread", "unread")


async def test_the_whole_edition_is_marked_as_read_and_taken_back(reader: Reader) -> None:
    async with at(reader) as driver:
        rows = driver.edition.stories.rows
        await driver.press("j", "A")
        await driver.until(lambda: driver.status.startswith(f"{len(rows)} stories read"))
        assert {driver.state(row.id) for row in rows} == {"read"}
        assert driver.edition.stories.cursor == 1
        await driver.until(lambda: "unread" not in driver.shown.splitlines()[0])
        await driver.press("u")
        await driver.until(lambda: driver.status == f"taken back: {len(rows)} stories read")
        assert {driver.state(row.id) for row in rows} == {"unread"}


async def test_n_goes_through_the_unread_stories_to_the_end(
    hurry: Callable[[], None], reader: Reader
) -> None:
    async with at(reader) as driver:
        hurry()
        rows = list(driver.edition.stories.rows)
        await driver.press("G")
        await driver.until(lambda: driver.row.state == "seen")
        await driver.press("g")
        for row in rows[:-1]:
            assert driver.row.id == row.id
            await driver.until(lambda: driver.row.state == "seen", f"story {row.id} is seen")
            assert driver.state(row.id) == "seen"
            await driver.press("n")
            if driver.row.id == row.id and row is not rows[-2]:
                assert driver.status.endswith("more below the line")
                await driver.press("n")
        assert driver.status.startswith("You are up to date · ")
        assert driver.row.id == rows[-2].id
        assert "unread" not in driver.shown.splitlines()[0]


async def test_n_passes_over_what_is_read_and_starts_again_from_the_top(reader: Reader) -> None:
    async with at(reader) as driver:
        rows = driver.edition.stories.rows
        await driver.press("j", "m", "k", "n")
        assert driver.row.id == rows[2].id
        await driver.press("G", "n")
        assert driver.row.id == rows[0].id


async def test_a_brief_that_was_on_the_screen_is_seen_and_remembered(
    hurry: Callable[[], None], reader: Reader
) -> None:
    async with at(reader) as driver:
        hurry()
        await driver.on(THIRD)
        await driver.until(lambda: driver.row.state == "seen")
        with driver.kept() as store:
            kept = store.snapshot(THIRD)
            assert kept is not None
            assert json.loads(kept) == json.loads(json.dumps(snapshot(driver.story.brief)))
            assert store.story(THIRD).looked_at == driver.app.session.clock()
            assert store.story_row(THIRD).state == "seen"


async def test_a_brief_that_was_passed_over_is_not_seen(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.on(THIRD)
        await driver.on(SHORTEST)
        assert {driver.state(row.id) for row in driver.edition.stories.rows} == {"unread"}


async def test_going_past_the_last_bullet_has_read_the_story(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.on(SHORTEST)
        await driver.press("enter", *"j" * (len(driver.view("brief")._stops) - 1))
        assert driver.state(SHORTEST) == "unread"
        await driver.press("j")
        await driver.until(lambda: driver.row.state == "read")
        assert driver.state(SHORTEST) == "read"
        with driver.kept() as store:
            article_ids = {c.article_id for c in store.brief(SHORTEST).articles}
            assert all(r.read for r in store.article_rows(limit=99) if r.id in article_ids)


async def test_what_is_new_since_the_last_look_is_told(reader: Reader) -> None:
    async with at(reader) as driver:
        lines = [item.text.plain for item in driver.view("brief").items]
        assert "Since yesterday" in lines
        assert any("more sources: " in line for line in lines)


async def test_the_visit_is_kept(reader: Reader) -> None:
    path, now = reader.session.path, reader.session.clock()
    async with at(reader):
        pass
    with Store.open(path, read_only=True) as store:
        assert store.last_visit() == now


# ── Doing ────────────────────────────────────────────────────────────────────────────────────


async def test_y_copies_the_line_with_its_source(reader: Reader) -> None:
    async with at(reader) as driver:
        bullet = driver.story.brief.bullets[1]
        article = driver.app.session.article(bullet.article_id)
        await driver.press("enter", "j", "y")
        source = f"— {article.source}, {article.url}\n"
        assert driver.app.clipboard == f"{bullet.bullet.text}\n{source}"
        await driver.press("enter", "y")
        assert driver.app.clipboard == f"{driver.target_text('source')}\n{source}"


async def test_o_opens_the_page_of_what_the_cursor_is_on(reader: Reader, opened: list[str]) -> None:
    async with at(reader) as driver:
        brief = driver.story.brief
        await driver.press("o", "enter", "j", "o")
        wanted = (brief.lead, brief.bullets[1].article_id)
        assert opened == [driver.app.session.article(name).url for name in wanted]


async def test_the_sample_fetches_nothing(sample: object, reader: Reader) -> None:
    reader.sample = True
    async with at(reader) as driver:
        await driver.press("r")
        assert driver.status == "the sample has no feeds to fetch"
