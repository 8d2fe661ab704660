"""Pictures of articles: off by default, asked for by a key, and the text stays where it was."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.config import ReaderSettings, Settings
from briefing.model import Article, Enclosure, Picture
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.depth import Depth
from briefing.ui.panes.pictures import SIGN, picture_words, pictures_of
from briefing.ui.targets import PictureLine
from briefing.ui.widgets import picture as picture_module
from briefing.ui.widgets.picture import fitting, protocol
from tests.fake_web import Newsroom
from tests.pictures import picture, pixel_bomb
from tests.store.builders import NOW, ago
from tests.ui.driver import LEAST, MEDIUM, WIDE, ReaderDriver, at, reader_on

ASKED = Settings(reader=ReaderSettings(images="asked"))
LINES = (
    "The ferry to Saltmere was stopped on Monday after a storm broke two of its engines.",
    "The harbour board said repairs would cost 12 million euros and take nine weeks.",
    "Buses may still cross the old bridge at night, the board said.",
)
TEXT = "\n".join(LINES)
ENDS = (0, len(LINES[0]), len(TEXT))


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        yield newsroom


def planted(path: Path, room: Newsroom, *paths: str) -> Path:
    """A store with an article of three lines and these pictures, each behind the next line."""
    from briefing.model import Entry

    pictures = tuple(
        Picture(room.url(name), f"What [{number}] shows", ENDS[number])
        for number, name in enumerate(paths)
    )
    with Store.open(path) as store:
        feed = store.add_feed(room.url("/feed.xml"), "Coast Courier")
        entry = Entry("a", room.url("/a"), "Ferry stopped", published=ago(1))
        store.add_entries(feed.id, [entry], NOW)
        (waiting,) = store.entries_to_extract(9)
        article = Article(waiting.article_id, TEXT, "Ferry stopped", pictures=pictures)
        store.save_article(waiting.article_id, article, waiting.content_hash)
    return path


async def opened(driver: ReaderDriver) -> None:
    """Open the article on a screen of its own, with all that is made of it."""
    await driver.press("f", "enter", "enter")
    assert driver.screen == "ArticleScreen"
    for worker in [w for w in driver.app.workers if w.group == "opening"]:
        await worker.wait()
    await driver.pilot.pause()


def lines(driver: ReaderDriver) -> list[str]:
    """The lines of the article's screen."""
    return [item.text.plain for item in driver.view("article").items]


async def shows(driver: ReaderDriver, words: str) -> None:
    """Wait until the picture's screen shows these words, or the picture of that size."""
    await driver.until(lambda: words in driver.shown, words)


@pytest.mark.parametrize("size", [LEAST, MEDIUM, WIDE])
async def test_with_pictures_the_text_has_the_lines_it_had_and_one_more_for_each(
    tmp_path: Path, room: Newsroom, size: tuple[int, int]
) -> None:
    path = planted(tmp_path / "a.sqlite3", room, "/a.png", "/b.png", "/c.png")
    async with at(reader_on(path), size) as driver:
        await opened(driver)
        before = lines(driver)
    async with at(reader_on(path, ASKED), size) as driver:
        await opened(driver)
        after = lines(driver)
    told = [line for line in after if SIGN in line]
    assert [line for line in after if SIGN not in line] == before
    assert [line.strip() for line in told] == [
        f"{SIGN} picture: What [{number}] shows" for number in range(3)
    ]
    assert after.index(told[1]) == after.index(next(n for n in after if LINES[0] in n)) + 1
    assert room.requests == []


@pytest.mark.parametrize("size", [LEAST, MEDIUM, WIDE])
async def test_a_key_shows_the_picture_and_esc_is_back_at_the_very_line(
    tmp_path: Path, room: Newsroom, size: tuple[int, int]
) -> None:
    room.put("/a.png", picture("PNG", (300, 200)), "image/png")
    path = planted(tmp_path / "a.sqlite3", room, "/a.png")
    async with at(reader_on(path, ASKED), size) as driver:
        await opened(driver)
        await driver.press("j", "j")
        before, cursor = driver.shown, driver.view("article").cursor
        await driver.press("P")
        assert driver.screen == "PictureScreen"
        await shows(driver, "▀▀▀")
        assert "What [0] shows" in driver.shown
        if size != LEAST:
            assert "300 × 200 PNG" in driver.shown
            assert room.host in driver.shown
        assert max(len(line) for line in driver.shown.split("\n")) <= size[0]
        await driver.resize(size[0] + 20, size[1] + 5)
        await shows(driver, "▀▀▀")
        await driver.resize(*size)
        await driver.press("escape")
        assert driver.screen == "ArticleScreen"
        assert (driver.shown, driver.view("article").cursor) == (before, cursor)
        await driver.press("P")
        await shows(driver, "▀▀▀")
        await driver.press("q")
        assert driver.screen == "ArticleScreen"
    assert room.count("/a.png") == 1


async def test_enter_on_a_line_shows_its_own_picture_and_keys_go_to_the_others(
    tmp_path: Path, room: Newsroom
) -> None:
    room.put("/a.png", picture("PNG", (300, 200)), "image/png")
    room.put("/b.gif", picture("GIF", (90, 80)), "image/gif")
    path = planted(tmp_path / "a.sqlite3", room, "/a.png", "/b.gif")
    async with at(reader_on(path, ASKED)) as driver:
        await opened(driver)
        view = driver.view("article")
        targets = [item.target for item in view.items]
        view.move_to(
            next(n for n, t in enumerate(targets) if t == PictureLine(1, "What [1] shows"))
        )
        await driver.press("enter")
        await shows(driver, "90 × 80 GIF")
        assert room.count("/a.png") == 0
        await driver.press("j")
        assert "this is the last picture" in driver.said
        await driver.press("k")
        await shows(driver, "300 × 200 PNG")
        await driver.press("P")
        assert driver.screen == "ArticleScreen"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (pixel_bomb(9000, 9000), "more than 25 million pixels"),
        (b"<html>Log in</html>", "no PNG, JPEG, GIF or WebP"),
        (None, "404"),
    ],
    ids=["bomb", "page", "gone"],
)
async def test_a_picture_that_cannot_be_shown_is_told_in_words(
    tmp_path: Path, room: Newsroom, body: bytes | None, words: str
) -> None:
    if body is not None:
        room.put("/a.png", body, "image/png")
    path = planted(tmp_path / "a.sqlite3", room, "/a.png")
    async with at(reader_on(path, ASKED), MEDIUM) as driver:
        await opened(driver)
        await driver.press("P")
        await shows(driver, words)
        await driver.press("escape")
        assert driver.screen == "ArticleScreen"


async def test_one_may_leave_while_the_picture_is_on_its_way(
    tmp_path: Path, room: Newsroom
) -> None:
    room.put("/a.png", picture(), "image/png")
    hold = room.hold("/a.png")
    path = planted(tmp_path / "a.sqlite3", room, "/a.png")
    async with at(reader_on(path, ASKED)) as driver:
        await opened(driver)
        await driver.press("P")
        await shows(driver, "fetching it from 127.0.0.1")
        await driver.until(hold.arrived.is_set, "the request")
        await driver.press("escape")
        assert driver.screen == "ArticleScreen"
        hold.release()
        await driver.press("P")
        await shows(driver, "64 × 48 PNG")


def _demo(path: Path) -> Reader:
    return reader_on(path, ASKED, sample=True)


def _shallow(path: Path) -> Reader:
    reader = reader_on(path, ASKED)
    reader.depth = Depth.INDEXED
    return reader


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (reader_on, "pictures are off"),
        (_demo, "the demo fetches no pictures"),
        (_shallow, "too few colours"),
    ],
)
async def test_nothing_is_asked_for_where_pictures_are_off_in_the_demo_or_without_colours(
    tmp_path: Path, room: Newsroom, make: object, words: str
) -> None:
    assert callable(make)
    path = planted(tmp_path / "a.sqlite3", room, "/a.png")
    async with at(make(path)) as driver:
        await opened(driver)
        assert any(SIGN in line for line in lines(driver)) == (make is _shallow)
        await driver.press("P")
        assert driver.screen == "ArticleScreen"
        assert words in driver.said
    assert room.requests == []


async def test_without_the_extra_the_mend_is_said_and_nothing_asked_for(
    tmp_path: Path, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_module, "find_spec", lambda _name: None)
    path = planted(tmp_path / "a.sqlite3", room, "/a.png")
    async with at(reader_on(path, ASKED)) as driver:
        await opened(driver)
        await driver.press("P")
        assert driver.screen == "ArticleScreen"
        assert 'pip install "briefing[images]"' in driver.notifications[-1]
    assert room.requests == []


async def test_an_article_without_pictures_says_so(tmp_path: Path, room: Newsroom) -> None:
    async with at(reader_on(planted(tmp_path / "a.sqlite3", room), ASKED)) as driver:
        await opened(driver)
        await driver.press("P")
        assert driver.said == "no picture of this article is known"


def test_pictures_that_a_feed_encloses_come_first_and_each_once() -> None:
    inside = (
        Picture("https://i.example/b.png", "The mole", 0),
        Picture("https://i.example/c.png", "The ferry", 40),
    )
    enclosed = (
        Enclosure("https://i.example/talk.mp3", "audio/mpeg"),
        Enclosure("https://i.example/a.jpg", "image/jpeg"),
        Enclosure("https://i.example/b.png", "image/png"),
    )
    found = pictures_of(Article("1", TEXT, pictures=inside, enclosures=enclosed))
    assert [p.url[-5:] for p in found] == ["a.jpg", "b.png", "c.png"]
    assert found[1:] == inside
    assert picture_words(found[0]) == "from i.example"


def test_the_shown_size_keeps_the_shape_and_fits() -> None:
    for size in [(1200, 800), (10, 4000), (4000, 10), (1, 1), (40, 30)]:
        for room_ in [(38, 6), (78, 18), (138, 34), (1, 1)]:
            columns, rows = fitting(size, room_)
            assert 1 <= columns <= max(1, room_[0], 1)
            assert 1 <= rows <= max(1, room_[1])
            assert columns <= max(1, size[0])
    assert fitting((1200, 800), (138, 34)) == (102, 34)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-256color"}, "blocks"),
        ({}, "blocks"),
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, "kitty"),
        ({"TERM": "foot-extra"}, "sixel"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "sixel"),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, "blocks"),
        ({"TERM": "xterm-kitty", "TMUX": "x"}, "blocks"),
        ({"TERM": "xterm-kitty", "TEXTUAL_DRIVER": "web"}, "blocks"),
    ],
)
def test_a_terminal_is_known_by_what_it_says_of_itself(
    environment: dict[str, str], expected: str
) -> None:
    assert protocol(environment) == expected


def test_the_first_paint_knows_nothing_of_pictures() -> None:
    import subprocess
    import sys

    code = "import sys, briefing.ui.app, briefing.ui.session; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not re.findall(r"\bPIL\b|textual_image|\S*\.pictures?\b", done.stdout)
