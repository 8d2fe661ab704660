"""A reader on a fresh copy of the frozen edition, and one on an empty store."""

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache

from briefing.config import folders
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.screens import base, read_state, story_panes
from tests.ui.driver import reader_on
from tests.ui.frozen import copy_edition

SOON = 0.04  # seconds


@pytest.fixture(autouse=True)
def surroundings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """UTC, plain colours; the garbage collector is left as it was."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        for name in ("BROWSER", "NO_COLOR", "TEXTUAL_THEME"):
            patch.delenv(name, raising=False)
        time.tzset()
        # The brief follows soon; nothing is seen, and no message goes, unless a test asks for it.
        patch.setattr(story_panes, "REST", SOON)
        patch.setattr(read_state, "SEEN_AFTER", 3600.0)
        patch.setattr(base, "MESSAGE_STAYS", 3600.0)  # a slow machine sees the same
        yield
    time.tzset()
    # A reader freezes what its start-up made.
    gc.unfreeze()
    gc.enable()
    # Textual keeps the drawn lines of closed screens there; each collection would walk them.
    StylesCache.get_inner_outer.cache_clear()


@pytest.fixture
def hurry(surroundings: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when this is called a brief counts as seen as soon as it is shown."""
    return lambda: monkeypatch.setattr(read_state, "SEEN_AFTER", SOON)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the frozen edition."""
    return copy_edition(tmp_path / "sample.sqlite3")


@pytest.fixture
def reader(sample: Path) -> Reader:
    """The reader on the frozen edition."""
    return reader_on(sample)


@pytest.fixture
def store_path() -> Path:
    """The user's own store, which the commands beside the reader find too."""
    path = folders().data / "briefing.sqlite3"
    Store.open(path).close()
    return path


@pytest.fixture
def newcomer(store_path: Path) -> Reader:
    """The reader as somebody without feeds meets it."""
    return reader_on(store_path, welcome=True)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that would have been opened in a browser."""
    addresses: list[str] = []

    def open_page(url: str, command: str = "") -> str | None:
        addresses.append(url)
        return None

    monkeypatch.setattr("briefing.ui.browser.open_page", open_page)
    return addresses


@pytest.fixture
def fetches(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often the reader began to fetch; nothing is fetched."""
    asked: list[bool] = []
    monkeypatch.setattr(Reader, "refresh_feeds", lambda _self: asked.append(True))
    return lambda: len(asked)
