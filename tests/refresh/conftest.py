"""A newsroom, a store and a clock for refreshes."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.config import Settings
from briefing.ingest import Fetcher
from briefing.refresh import OnEvent, RefreshOptions, RefreshReport, refresh
from briefing.refresh.events import ignore
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import BRIDGE, MORNING, Item, rss


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "briefing.sqlite3") as opened:
        yield opened


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.time = MORNING

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, **amount: float) -> None:
        self.time += timedelta(**amount)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def run(
    store: Store,
    clock: Clock,
    *,
    on_event: OnEvent = ignore,
    fetcher: Callable[[], Fetcher] | None = None,
    **options: Any,
) -> RefreshReport:
    """A refresh with the default settings; options: those of ``RefreshOptions``."""
    asked = RefreshOptions(**options)
    return refresh(store, Settings(), asked, now=clock, on_event=on_event, fetcher=fetcher)


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


FERRY = (
    "The island ferry of Nether Holm stops for ten days from Friday, its owner said.",
    "Some 340 islanders use it each day, most of them pupils of the school in Saltmere.",
    "It was not clear on Monday whether a smaller boat would be found in time.",
    "The harbour master denied that the ferry had been unsafe before its engine failed.",
    "The company will refund season tickets if they are handed in before June.",
    "The fault is in the gearbox, and a new one has to come by rail from Upper Fenwick.",
    "The last such pause, in 2021, was announced for a week and went on for three.",
) * 4  # long enough to be no summary


def bridge_item(number: int, **changes: Any) -> Item:
    """One outlet's article on the bridge, whole in its feed."""
    text = [*BRIDGE[number % 2 :], *BRIDGE[: number % 2]] * 3
    values: dict[str, Any] = {
        "title": f"Harbour bridge of Saltmere closed to lorries, part {number}",
        "link": f"https://outlet-{number}.example/bridge",
        "content": paragraphs(*text),
        "published": MORNING - timedelta(hours=number + 1),
    }
    return Item(**{**values, **changes})


FERRY_ITEM = Item(
    title="Island ferry of Nether Holm stops for ten days",
    link="https://outlet-1.example/ferry",
    content=paragraphs(*FERRY),
    published=MORNING - timedelta(hours=3),
)


def three_outlets(room: Newsroom, store: Store) -> None:
    """Three feeds: all tell of the bridge, one of the ferry too."""
    for number in (1, 2, 3):
        items = [bridge_item(number), *([FERRY_ITEM] if number == 1 else [])]
        url = room.feed(f"/{number}.xml", rss(f"Outlet {number}", items))
        store.add_feed(url, f"Outlet {number}", category="Coast")


_NOT_CONTENT = {"fetched_at", "next_fetch_at"}


def dump(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that is ours, but for the times of fetches."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
            " AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%' ORDER BY name"
        )
    ]
    tables = {
        name: [
            {k: row[k] for k in row.keys() if k not in _NOT_CONTENT}  # noqa: SIM118
            for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2")  # noqa: S608
        ]
        for name in names
    }
    connection.close()
    return tables
