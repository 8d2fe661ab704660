"""Managing feeds in the reader: adding, renaming, moving, muting, removing, and taking back."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.widgets import OptionList, Static

from briefing.model import Feed, FeedSettings
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.command_words import words_for_people
from briefing.ui.targets import ArticleSource
from briefing.ui.widgets.line import MOST, Line
from tests.fake_web import Item, Newsroom, rss
from tests.ui.driver import LEAST, MEDIUM, NARROW, WIDE, ReaderDriver, at, reader_on
from tests.ui.frozen import now

SIZES = pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, WIDE])
ITEMS = [Item("Ferry is back", "/ferry"), Item("The [bold]bridge[/bold] is shut", "/bridge")]


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as room:
        room.feed("/tides.xml", rss("Saltmere Tides", ITEMS))
        room.put(
            "/site",
            '<html><head><link rel="alternate" type="application/rss+xml" title="All"'
            f' href="{room.url("/tides.xml")}"><link rel="alternate" type="application/rss+xml"'
            f' title="Harbour" href="{room.url("/harbour.xml")}"></head></html>',
        )
        room.feed("/harbour.xml", rss("Saltmere Harbour", []))
        room.put("/page", "<p>No feed here.</p>")
        yield room


@pytest.fixture
def two_feeds(store_path: Path) -> Path:
    """A store with two feeds that were never fetched."""
    with Store.open(store_path) as store:
        store.add_feed("https://courier.example/feed", "Coast Courier", category="Coast")
        store.add_feed("https://herald.example/feed", "Hill Herald", category="Hills")
    return store_path


def message(driver: ReaderDriver) -> str:
    return str(driver.app.screen.query_one("#message", Static).content)


def feeds(driver: ReaderDriver) -> dict[str, Feed]:
    with driver.kept() as store:
        return {feed.display_name: feed for feed in store.feeds()}


async def on_feed(driver: ReaderDriver, title: str) -> None:
    """The Feeds view with the cursor on a feed or a category."""
    if driver.screen != "FeedsScreen":
        await driver.press("f")
    assert driver.view("feedlist").move_where(
        lambda target: isinstance(target, ArticleSource) and target.title == title
    )
    await driver.pilot.pause()


async def answer(driver: ReaderDriver, text: str, line: str = "answer") -> None:
    """Replace what stands in a line, and press Enter."""
    driver.app.screen.query_one(f"#{line}", Line).value = text
    await driver.press("enter")


async def typed(driver: ReaderDriver, address: str) -> None:
    """Give the card an address, and wait for what it says of it."""
    await answer(driver, address)
    await driver.until(lambda: message(driver) != "looking …", "an answer")


# ── Adding ───────────────────────────────────────────────────────────────────────────────────


@SIZES
async def test_an_address_is_looked_at_before_its_feed_is_added(
    two_feeds: Path, newsroom: Newsroom, fetches: Callable[[], int], size: tuple[int, int]
) -> None:
    async with at(reader_on(two_feeds), size) as driver:
        await on_feed(driver, "Coast Courier")
        await driver.press("a")
        assert driver.screen == "AddFeedScreen"
        await typed(driver, newsroom.url("/tides.xml"))
        about = str(driver.app.screen.query_one("#about", Static).content)
        assert about.startswith("Saltmere Tides\n")
        assert "2 entries" in about
        assert "The [bold]bridge[/bold] is shut" in about
        assert "Saltmere Tides" in driver.shown
        assert "Saltmere Tides" not in feeds(driver)
        assert driver.app.screen.query_one("#category", Line).value == "Coast"
        await driver.press("enter")
        await driver.until(lambda: driver.screen == "FeedsScreen", "the feeds")
        assert feeds(driver)["Saltmere Tides"].category == "Coast"
        assert fetches() == 1
        titles = [i.text.plain.strip() for i in driver.view("feedlist").items]
        assert "Saltmere Tides" in titles
        await driver.press("u")
        await driver.until(lambda: "feed added: Saltmere Tides" in driver.said, "taken back")
        titles = [i.text.plain.strip() for i in driver.view("feedlist").items]
        assert "Saltmere Tides" not in titles


async def test_a_site_with_several_feeds_offers_them(
    two_feeds: Path, newsroom: Newsroom, fetches: Callable[[], int]
) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await driver.press("f", "a")
        await typed(driver, newsroom.url("/site"))
        assert "Harbour" in driver.shown
        await driver.press("j", "enter")
        await driver.until(lambda: "Saltmere Harbour" in driver.shown, "the preview")
        assert "It has no entries now." in driver.shown
        await answer(driver, "Quays", "category")
        await driver.until(lambda: driver.screen == "FeedsScreen", "the feeds")
        assert feeds(driver)["Saltmere Harbour"].category == "Quays"
        assert fetches() == 1


async def test_an_address_without_a_scheme_is_tried_by_https_and_then_by_http(
    two_feeds: Path, newsroom: Newsroom
) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await driver.press("f", "a")
        await typed(driver, f"{newsroom.host}/tides.xml")
        assert "Saltmere Tides" in driver.shown
        assert "does not answer by https" in driver.shown


@pytest.mark.parametrize(
    ("path", "words"),
    [("/page", "there is no feed here"), ("/none", "404"), ("not a url", "is no web address")],
)
async def test_what_is_wrong_with_an_address_is_said_in_words_and_esc_goes_back(
    two_feeds: Path, newsroom: Newsroom, path: str, words: str
) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await driver.press("f", "a")
        await typed(driver, newsroom.url(path) if path[0] == "/" else path)
        assert words in message(driver)
        assert "briefing:" not in message(driver)
        assert message(driver).endswith("esc goes back")
        assert driver.focus == "answer"
        await driver.press("escape")
        assert driver.screen == "FeedsScreen"
        assert len(feeds(driver)) == 2


async def test_a_feed_that_is_followed_is_not_added_twice(
    two_feeds: Path, newsroom: Newsroom, fetches: Callable[[], int]
) -> None:
    with Store.open(two_feeds) as store:
        store.add_feed(newsroom.url("/tides.xml"), "Tides", category="Coast")
    async with at(reader_on(two_feeds)) as driver:
        await driver.press("f", "a")
        await typed(driver, newsroom.url("/tides.xml"))
        await driver.press("enter")
        await driver.until(lambda: "followed already" in message(driver), "the word")
        assert (len(feeds(driver)), fetches()) == (3, 0)


async def test_a_password_in_an_address_is_kept_and_not_shown(
    two_feeds: Path, newsroom: Newsroom, fetches: Callable[[], int]
) -> None:
    address = newsroom.url("/tides.xml").replace("http://", "http://ann:s3cret@")
    async with at(reader_on(two_feeds)) as driver:
        await driver.press("f", "a")
        await typed(driver, address)
        about = str(driver.app.screen.query_one("#about", Static).content)
        assert "s3cret" not in about
        await driver.press("enter")
        await driver.until(lambda: driver.screen == "FeedsScreen", "the feeds")
        assert feeds(driver)["Saltmere Tides"].url == address


# ── Changing ─────────────────────────────────────────────────────────────────────────────────


async def test_a_feed_is_renamed_and_u_gives_its_name_back(two_feeds: Path) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Coast Courier")
        await driver.press("c")
        await answer(driver, "  The\x1b[31m Courier ")
        await driver.until(lambda: "The Courier" in feeds(driver), "the name")
        assert driver.line("feedlist").strip() == "The Courier"
        await driver.press("u")
        await driver.until(lambda: "Coast Courier" in feeds(driver), "the old name")


async def test_an_empty_name_is_not_taken(two_feeds: Path) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Coast Courier")
        await driver.press("c")
        await answer(driver, " ")
        assert "Type a name" in message(driver)
        await answer(driver, "n" * 10_000)
        assert "longer than 200" in message(driver)
        await driver.press("escape")
        assert "Coast Courier" in feeds(driver)


async def test_a_category_is_renamed_with_all_its_feeds(two_feeds: Path) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Hills")
        await driver.press("c")
        await answer(driver, "Coast")
        await driver.until(lambda: feeds(driver)["Hill Herald"].category == "Coast", "the move")
        await driver.press("u")
        await driver.until(lambda: feeds(driver)["Hill Herald"].category == "Hills", "the undo")
        assert feeds(driver)["Coast Courier"].category == "Coast"


async def test_a_feed_is_moved_and_u_moves_it_back(two_feeds: Path) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Coast Courier")
        await driver.press("C")
        assert "Hills" in driver.shown
        await answer(driver, "Hills")
        await driver.until(lambda: feeds(driver)["Coast Courier"].category == "Hills", "the move")
        assert driver.line("feedlist").strip() == "Coast Courier"
        await driver.press("u")
        await driver.until(lambda: feeds(driver)["Coast Courier"].category == "Coast", "the undo")


async def test_a_feed_is_muted_and_heard_again(two_feeds: Path) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Coast Courier")
        await driver.press("M")
        await driver.until(lambda: "muted" in driver.line("feedlist"), "the sign")
        assert feeds(driver)["Coast Courier"].weight == 0
        await driver.press("M")
        await driver.until(lambda: "muted" not in driver.line("feedlist"), "the sign gone")
        assert feeds(driver)["Coast Courier"].weight == 1
        await driver.press("u")
        await driver.until(lambda: feeds(driver)["Coast Courier"].weight == 0, "the undo")


async def test_a_removed_feed_comes_back_by_u_with_its_articles(reader: Reader) -> None:
    async with at(reader) as driver:
        row = next(row for row in driver.app.session.feed_rows() if row.articles)
        await on_feed(driver, row.feed.display_name)
        await driver.press("D")
        assert row.feed.id not in {r.feed.id for r in driver.app.session.feed_rows()}
        await driver.press("u")
        await driver.until(
            lambda: row.feed.id in {r.feed.id for r in driver.app.session.feed_rows()}, "the feed"
        )
        await driver.until(
            lambda: driver.line("feedlist").strip() == row.feed.display_name, "the cursor on it"
        )
        assert driver.rows().border_title == row.feed.display_name
        await driver.press("escape")
        with driver.kept() as store:
            assert next(r for r in store.feed_rows() if r.feed.id == row.feed.id) == row


async def test_a_removed_feed_goes_with_the_next_fetch_and_u_follows_it_again(
    two_feeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[str] = []

    async def run_beside(_: Reader, words: list[str], on_line: object) -> int:
        run.extend(words)
        return 0

    monkeypatch.setattr(Reader, "run_beside", run_beside)
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Coast Courier")
        await on_setting(driver, "interval")
        await answer(driver, "6h")
        await driver.press("escape", "D", "escape")
        before = feeds(driver)["Coast Courier"]
        assert list(feeds(driver)) == ["Coast Courier", "Hill Herald"]
        await driver.press("r")
        await driver.until(lambda: "refresh" in run, "the fetch")
        assert list(feeds(driver)) == ["Hill Herald"]
        await driver.press("u")
        await driver.until(lambda: "feed removed: Coast Courier" in driver.status, "taken back")
        back = feeds(driver)["Coast Courier"]
        assert (back.url, back.category) == (before.url, before.category)
        assert back.settings == before.settings != Feed("", "").settings


async def test_a_removed_feed_is_gone_when_the_reader_is_left(two_feeds: Path) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Coast Courier")
        await driver.press("D")
        driver.app.exit()
    with Store.open(two_feeds, read_only=True) as store:
        assert [feed.display_name for feed in store.feeds()] == ["Hill Herald"]


async def test_a_removed_feed_that_is_added_again_stays(
    two_feeds: Path, newsroom: Newsroom, fetches: Callable[[], int]
) -> None:
    async with at(reader_on(two_feeds)) as driver:
        for times in (1, 2):
            await driver.press(*([] if driver.screen == "FeedsScreen" else ["f"]), "a")
            await typed(driver, newsroom.url("/tides.xml"))
            await driver.press("enter")
            await driver.until(lambda: driver.screen == "FeedsScreen", "the feeds")
            assert fetches() == times
            if times == 1:
                await on_feed(driver, "Saltmere Tides")
                await driver.press("D")
        await driver.press("escape", "escape")
        assert "Saltmere Tides" in feeds(driver)


@pytest.mark.parametrize("key", ["C", "M", "D"])
async def test_a_key_that_needs_a_feed_says_so(two_feeds: Path, key: str) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await driver.press("f", key)
        assert driver.said == "go to a feed first"
        assert not driver.notifications  # none lies over the list


async def test_nothing_to_take_back_is_said(two_feeds: Path) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await driver.press("f", "u")
        await driver.until(lambda: "nothing to take back" in driver.shown, "the word")
        assert driver.screen == "FeedsScreen"


# ── Everything of one feed ───────────────────────────────────────────────────────────────────


async def on_setting(driver: ReaderDriver, name: str) -> None:
    """The card of the feed with the cursor on a setting."""
    if driver.screen != "ChooseScreen":
        await driver.press("i")
    menu = driver.app.screen.query_one(OptionList)
    menu.highlighted = menu.get_option_index(name)
    await driver.press("enter")


@SIZES
async def test_the_card_of_a_feed_says_how_it_does(two_feeds: Path, size: tuple[int, int]) -> None:
    with Store.open(two_feeds) as store:
        feed = store.find_feed("Coast Courier")
        assert feed is not None
        store.record_fetch(
            feed.id,
            fetched_at=now(),
            next_fetch_at=now() + timedelta(hours=2),
            error="its server answers 503. Wait",
            failures=3,
            due_reason="it failed 3 times",
        )
    async with at(reader_on(two_feeds), size) as driver:
        await on_feed(driver, "Coast Courier")
        await driver.press("i")
        about = str(driver.app.screen.query_one("#about", Static).content)
        assert "and that failed; 3 times in a row." in about
        assert "⚠ its server answers 503. Wait" in about
        assert "it failed 3 times" in about
        assert "Coast Courier" in driver.shown
        await driver.press("j", "k", "escape")
        assert driver.screen == "FeedsScreen"


@pytest.mark.parametrize(
    ("setting", "text", "changed"),
    [
        ("title", "The Courier", {"title": "The Courier"}),
        ("category", "Hills", {"category": "Hills"}),
        ("url", "https://coast.example/new", {"url": "https://coast.example/new"}),
        ("weight", "2.5", {"weight": 2.5}),
        ("interval", "6h", {"settings": FeedSettings(interval_minutes=360)}),
        ("interval", "auto", {"settings": FeedSettings(auto_interval=True)}),
        ("max-new", "20", {"settings": FeedSettings(max_new=20)}),
        ("keep", "90d", {"keep_days": 90}),
        ("user-agent", "Lynx", {"settings": FeedSettings(user_agent="Lynx")}),
        ("header", "X-Key: sea", {"settings": FeedSettings(headers=(("X-Key", "sea"),))}),
        ("proxy", "none", {"settings": FeedSettings(proxy="none")}),
        ("username", "ann", {"settings": FeedSettings(username="ann")}),
        ("password-command", "pass show coast",
         {"settings": FeedSettings(password_command=("pass", "show", "coast"))}),
        ("full-text", None, {"full_text": False}),
        ("insecure", None, {"settings": FeedSettings(insecure=True)}),
        ("http-ok", None, {"settings": FeedSettings(http_ok=True)}),
    ],
)  # fmt: skip
async def test_each_setting_is_changed_in_the_card_and_u_takes_it_back(
    two_feeds: Path, setting: str, text: str | None, changed: dict[str, object]
) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Coast Courier")
        number = feeds(driver)["Coast Courier"].id
        await on_setting(driver, setting)
        if text is not None:
            await answer(driver, text)
        await driver.until(lambda: driver.screen == "ChooseScreen", "the card again")

        def kept() -> Feed:
            with driver.kept() as store:
                return store.feed(number)

        assert {name: getattr(kept(), name) for name in changed} == changed
        await driver.press("escape", "u")
        before = Feed(number, "https://courier.example/feed", "Coast Courier", category="Coast")
        await driver.until(
            lambda: all(getattr(kept(), n) == getattr(before, n) for n in changed), "the undo"
        )


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "https://[::1"),
        ("weight", "heavy"),
        ("weight", "11"),
        ("interval", "0m"),
        ("interval", "9" * 10_000),
        ("max-new", "-1"),
        ("keep", "soon"),
        ("header", "Host: other.example"),
        ("header", "no colon"),
        ("proxy", "ftp://sea"),
        ("user-agent", "Mëow"),
        ("password-command", "pass 'show"),
        ("title", ""),
        ("category", "c" * 201),
    ],
)
async def test_what_cannot_be_set_is_said_and_nothing_is_changed(
    two_feeds: Path, setting: str, text: str
) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Coast Courier")
        before = feeds(driver)["Coast Courier"]
        await on_setting(driver, setting)
        await answer(driver, text)
        assert driver.screen == "AskScreen"
        assert message(driver).startswith("⚠ ")
        assert "\nenter takes it · esc goes back" in message(driver)
        await driver.press("escape", "escape")
        assert driver.screen == "FeedsScreen"
        assert feeds(driver)["Coast Courier"] == before


async def test_no_card_shows_a_password(two_feeds: Path) -> None:
    with Store.open(two_feeds) as store:
        store.add_feed("https://ann:s3cret@tide.example/feed", "Tide")
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Tide")
        await driver.press("c")
        assert "s3cret" not in driver.shown
        await driver.press("escape", "i")
        assert "s3cret" not in driver.shown
        await on_setting(driver, "url")
        assert "s3cret" not in driver.shown
        await driver.press("enter")
        assert feeds(driver)["Tide"].url == "https://ann:s3cret@tide.example/feed"


# ── Lists ────────────────────────────────────────────────────────────────────────────────────


async def test_feeds_are_exported_and_imported_by_a_path(
    two_feeds: Path, tmp_path: Path, fetches: Callable[[], int]
) -> None:
    file = tmp_path / "-feeds of [b]mine.opml"
    async with at(reader_on(two_feeds)) as driver:
        await driver.press("X")
        assert driver.screen == "ExportScreen"
        await answer(driver, str(file))
        await driver.until(lambda: driver.screen == "EditionScreen", "the edition")
        assert "2 feeds written" in driver.notifications[-1]
        assert "https://herald.example/feed" in file.read_text(encoding="utf-8")
        await on_feed(driver, "Hill Herald")
        await driver.press("D", "escape", "I")
        assert driver.screen == "ImportScreen"
        await answer(driver, str(file))
        await driver.until(lambda: driver.screen == "EditionScreen", "the edition")
        assert feeds(driver)["Hill Herald"].category == "Hills"
        assert "1 feed added, 1 already there" in driver.notifications[-1]
        assert fetches() == 1


async def test_an_export_replaces_a_file_on_a_second_enter_only(
    two_feeds: Path, tmp_path: Path
) -> None:
    file = tmp_path / "diary.txt"
    file.write_text("Dear diary", encoding="utf-8")
    async with at(reader_on(two_feeds)) as driver:
        await driver.press("f", "X")
        await answer(driver, str(file))
        assert "there already" in message(driver)
        assert file.read_text(encoding="utf-8") == "Dear diary"
        await driver.press("enter")
        await driver.until(lambda: driver.screen == "FeedsScreen", "the feeds")
        assert "herald.example" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ["I", "X"])
@pytest.mark.parametrize(
    "path", ["/none/list.opml", "~nobody-here/list", "/" + "x" * 9_000, "", "-"]
)
async def test_a_path_that_leads_nowhere_is_said_in_the_card(
    two_feeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, path: str
) -> None:
    (tmp_path / "-").mkdir()
    monkeypatch.chdir(tmp_path)
    async with at(reader_on(two_feeds)) as driver:
        await driver.press(key)
        await answer(driver, path)
        await driver.until(lambda: message(driver).startswith("⚠"), "what is wrong")
        assert "briefing:" not in message(driver)
        await driver.press("escape")
        assert driver.screen == "EditionScreen"
        assert len(feeds(driver)) == 2


# ── The palette ──────────────────────────────────────────────────────────────────────────────


async def test_the_palette_knows_the_verbs(two_feeds: Path) -> None:
    async with at(reader_on(two_feeds)) as driver:
        commands = {c.title: c for c in driver.app.get_system_commands(driver.app.screen)}
        assert {"Add feed", "Remove feed", "Rename feed", "Move feed", "Mute feed"} <= set(commands)
        driver.app.call_later(commands["Add feed"].callback)
        await driver.until(lambda: driver.screen == "AddFeedScreen", "the card")
        await driver.press("escape")
        driver.app.call_later(commands["Remove feed"].callback)
        await driver.until(lambda: driver.screen == "FeedsScreen", "the feeds")
        assert driver.notifications == ["Go to the feed and press D."]


# ── What is pasted ───────────────────────────────────────────────────────────────────────────

HOSTILE = "\x1b]52;c;aGk=\x07\x1b[2J\u202e[@click=app.quit]x[/]\u0000\u0301\u0301\u0301\u0301"


@pytest.mark.parametrize("key", ["a", "c", "C"])
async def test_hostile_1_to_6_what_is_pasted_moves_no_terminal(two_feeds: Path, key: str) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await on_feed(driver, "Coast Courier")
        await driver.press(key)
        line = driver.app.screen.query_one("#answer", Line)
        line.value = ""
        line.post_message(events.Paste(HOSTILE * 400 + "\nsecond line"))
        await driver.until(lambda: line.value, "the paste")
        assert line.value.isprintable()
        assert len(line.value) <= MOST
        assert "\x1b" not in driver.shown
        assert "\u202e" not in driver.shown


async def test_ten_thousand_characters_are_no_address(two_feeds: Path) -> None:
    async with at(reader_on(two_feeds)) as driver:
        await driver.press("f", "a")
        await typed(driver, "x" * 20_000)
        assert message(driver).startswith("⚠")
        assert len(feeds(driver)) == 2


@given(st.lists(st.text()))
def test_words_for_people_are_one_line_without_the_commands_name(lines: list[str]) -> None:
    words = words_for_people(["briefing: feeds add: no", *lines])
    assert words.startswith("no")
    assert "Cc" not in {unicodedata.category(character) for character in words}
    assert len(words) <= 400
