"""The first run: an empty store, and the ways to begin."""

from collections.abc import Callable
from pathlib import Path

from textual.widgets import Static

from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.screens.welcome import SHOW_SAMPLE, starter_feeds
from tests.ui.desk import LEAST, Desk, at, reader_on

OPML = """<opml version="2.0"><head><title>Mine</title></head><body><outline text="Coast">
<outline type="rss" text="Coast Courier" xmlUrl="https://courier.example/feed.xml"/>
</outline></body></opml>"""


def said(desk: Desk) -> str:
    return str(desk.app.screen.query_one("#said", Static).content)


def subscriptions(path: Path) -> list[tuple[str, str]]:
    with Store.open(path, read_only=True) as store:
        return [(feed.category, feed.url) for feed in store.feeds()]


async def test_somebody_without_feeds_is_welcomed(newcomer: Reader) -> None:
    async with at(newcomer) as desk:
        assert desk.screen == "Welcome"
        for way in ("sample edition", "starter feeds", "OPML", "Paste an address"):
            assert way in desk.shown


async def test_the_welcome_can_be_walked_in_the_least_terminal(newcomer: Reader) -> None:
    async with at(newcomer, LEAST) as desk:
        assert "Paste an address" not in desk.shown
        await desk.press("j", "j", "j")
        await desk.until(lambda: "Paste an address" in desk.shown, "the last way")
        assert desk.focus == "choices"


async def test_the_empty_edition_says_how_to_add_feeds(newcomer: Reader) -> None:
    async with at(newcomer) as desk:
        await desk.press("escape")
        assert desk.screen == "EditionScreen"
        assert "No feeds yet." in desk.shown
        # No key has anything to work on, and none fails.
        await desk.press(*"jkGgnmsuoyenA", "enter", "tab", "escape", "space", "5", "j")
        await desk.press("right_square_bracket", "right_curly_bracket", "f", "tab", "enter")
        assert desk.screen == "Feeds"


async def test_a_topic_adds_its_starter_feeds_and_fetches(
    newcomer: Reader, fetches: Callable[[], int]
) -> None:
    async with at(newcomer) as desk:
        await desk.press("j", "enter", "j", "space", "ctrl+s")
        await desk.until(lambda: desk.screen == "EditionScreen", "the edition")
        topic = list(starter_feeds())[1]
        wanted = [(topic, feed["url"]) for feed in starter_feeds()[topic]]
        assert sorted(subscriptions(desk.app.library.path)) == sorted(wanted)
        assert desk.status == f"{len(wanted)} feeds added"
        assert fetches() == 1


async def test_no_topic_adds_nothing(newcomer: Reader, fetches: Callable[[], int]) -> None:
    async with at(newcomer) as desk:
        await desk.press("j", "enter", "ctrl+s")
        assert said(desk) == "space picks a topic first"
        assert (subscriptions(desk.app.library.path), fetches()) == ([], 0)
        await desk.press("escape")
        assert (desk.screen, desk.focus) == ("Welcome", "choices")


async def test_an_opml_file_is_imported(
    newcomer: Reader, tmp_path: Path, fetches: Callable[[], int]
) -> None:
    file = tmp_path / "mine.opml"
    file.write_text(OPML, encoding="utf-8")
    async with at(newcomer) as desk:
        await desk.press("j", "j", "enter")
        desk.app.screen.query_one("#answer").value = str(file)  # type: ignore[attr-defined]
        await desk.press("enter")
        await desk.until(lambda: desk.screen == "EditionScreen", "the edition")
        assert subscriptions(desk.app.library.path) == [
            ("Coast", "https://courier.example/feed.xml")
        ]
        assert fetches() == 1


async def test_a_path_without_a_file_says_what_is_wrong(newcomer: Reader, tmp_path: Path) -> None:
    async with at(newcomer) as desk:
        await desk.press("j", "j", "enter")
        desk.app.screen.query_one("#answer").value = str(tmp_path / "[none].opml")  # type: ignore[attr-defined]
        await desk.press("enter")
        await desk.until(lambda: said(desk) not in ("working …", "enter goes on · esc goes back"))
        assert "No such file" in said(desk)
        assert "[none].opml" in said(desk)


async def test_a_file_that_is_no_opml_says_what_is_wrong(newcomer: Reader, tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    file.write_text("Dear diary, nothing today.", encoding="utf-8")
    async with at(newcomer) as desk:
        await desk.press("j", "j", "enter")
        desk.app.screen.query_one("#answer").value = str(file)  # type: ignore[attr-defined]
        await desk.press("enter")
        await desk.until(lambda: said(desk) not in ("working …", "enter goes on · esc goes back"))
        assert "OPML" in said(desk)
        assert "mine.opml" in said(desk)
        assert subscriptions(desk.app.library.path) == []


async def test_the_sample_is_another_run(newcomer: Reader) -> None:
    async with at(newcomer) as desk:
        await desk.press("enter")
    assert newcomer.return_code == SHOW_SAMPLE


async def test_r_without_feeds_asks_for_some(store_path: Path) -> None:
    async with at(reader_on(store_path)) as desk:
        await desk.press("r")
        assert desk.screen == "Welcome"
