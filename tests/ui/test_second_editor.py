"""The second editor in the reader: asked by a key, beside the screen, and told in the brief."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from briefing.config import EditorSettings
from briefing.model import Bullet, CaveatKind, Story
from briefing.ui.app import Reader
from briefing.ui.panes.brief import brief_items
from briefing.wording import chosen_by
from tests.ui.driver import at
from tests.ui.frozen import now

URL = "http://127.0.0.1:1/v1"


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that the reader runs beside itself; each says what the second editor said."""
    commands: list[list[str]] = []

    async def run_beside(_: Reader, words: list[str], on_line: Callable[[str], None]) -> int:
        commands.append(words)
        on_line("1 digest made with the second editor.")
        return 0

    monkeypatch.setattr(Reader, "run_beside", run_beside)
    return commands


def with_editor(reader: Reader, **settings: str) -> None:
    """A second editor is set."""
    editor = EditorSettings(url=URL, **settings)  # type: ignore[arg-type]
    reader.session.settings = replace(reader.session.settings, editor=editor)


def told(story: Story, *, by: bool) -> Story:
    """The story as it is when the second editor was asked, or not, about its first bullet."""
    first, *rest = story.brief.bullets
    bullet = replace(first.bullet, by=("briefing", "editor") if by else ())
    brief = replace(story.brief, bullets=(replace(first, bullet=bullet), *rest))
    return replace(story, brief=brief)


async def test_the_key_asks_about_the_article_beside_the_screen(
    reader: Reader, beside: list[list[str]]
) -> None:
    with_editor(reader)
    async with at(reader) as driver:
        lead = driver.story.brief.lead
        await driver.press("Y")
        await driver.until(lambda: beside, "the other process")
        await driver.until(lambda: "1 digest made" in driver.status, "what came of it")
    assert beside == [["editor", lead]]


async def test_what_came_of_it_is_shown_where_the_story_still_stands(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_editor(reader)

    async def run_beside(_: Reader, _words: list[str], _on_line: Callable[[str], None]) -> int:
        plain = reader.session.story
        monkeypatch.setattr(
            reader.session, "story", lambda story_id: told(plain(story_id), by=True)
        )
        return 0

    monkeypatch.setattr(Reader, "run_beside", run_beside)
    async with at(reader) as driver:
        assert "both" not in driver.shown
        await driver.press("Y")
        await driver.until(lambda: "both" in driver.shown, "the mark")


async def test_the_key_again_makes_the_digest_ours_alone(
    reader: Reader, beside: list[list[str]]
) -> None:
    with_editor(reader)
    async with at(reader) as driver:
        driver.edition.story = story = told(driver.story, by=True)
        await driver.press("Y")
        await driver.until(lambda: beside, "the other process")
    assert beside == [["editor", "--undo", story.brief.bullets[0].article_id]]


async def test_where_none_is_set_it_says_where_to_set_one(
    reader: Reader, beside: list[list[str]]
) -> None:
    async with at(reader) as driver:
        await driver.press("Y")
        assert "no second editor is set" in driver.status
    assert beside == []


@pytest.mark.parametrize(("when", "queued"), [("asked", 0), ("above-line", 1), ("all", 1)])
async def test_after_a_refresh_it_looks_at_the_edition_where_that_is_set(
    reader: Reader, beside: list[list[str]], when: str, queued: int
) -> None:
    with_editor(reader, when=when)
    async with at(reader) as driver:
        await driver.app.fetch([]).wait()
        await driver.until(lambda: len(beside) == 1 + queued, "the queue")
    assert [words for words in beside if words[0] == "editor"] == [["editor", "--queue"]] * queued


async def test_a_bullet_says_who_chose_it_and_without_a_second_editor_nothing(
    reader: Reader,
) -> None:
    async with at(reader) as driver:
        story = driver.story
        styles = driver.edition.stories.theme_styles
        tails = [
            (item.tail.plain if item.tail is not None else "") + item.text.plain
            for by in (True, False)
            for item in brief_items(told(story, by=by), styles, now())
        ]
    assert sum("both" in tail for tail in tails) == 1


@pytest.mark.parametrize(
    ("bullet", "words"),
    [
        (Bullet("A", None, ()), ""),
        (Bullet("A", None, (), by=("briefing",)), "ours"),
        (Bullet("A", None, (), by=("editor",)), "theirs"),
        (
            Bullet("A", None, (), by=("editor",), editor_kind=CaveatKind.DISPUTE),
            "theirs (second editor: dispute?)",
        ),
    ],
)
def test_who_chose_is_one_word_and_what_he_alone_reads_is_a_question(
    bullet: Bullet, words: str
) -> None:
    assert chosen_by(bullet) == words
