"""Records conversations with the real servers: ``python -m tests.sync.record [NAME]…``."""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.fake_sync_server import FakeSyncServer
from tests.fake_web import Item, Newsroom, rss
from tests.sync.conversation import NAMES, Turn, client, converse, proxy, save
from tests.sync.real_servers import Postgres, RealColdsweat, RealMiniflux


def main(names: list[str]) -> None:
    """Record these conversations; all without any."""
    postgres = Postgres()
    try:
        for name in names or NAMES:
            with tempfile.TemporaryDirectory() as folder, Newsroom() as room:
                record(name, postgres, room, Path(folder))
            sys.stdout.write(f"{name}\n")
    finally:
        postgres.stop()


def record(name: str, postgres: Postgres, room: Newsroom, place: Path) -> None:
    """Record one: a server with one feed of three entries."""
    kind = name.rpartition("-")[2]
    now = datetime.now(UTC).replace(microsecond=0)
    items = [
        Item(
            f"The ferry of Saltmere, day {n}",
            link=f"https://courier.example/news/{n}",
            published=now - timedelta(hours=n),
        )
        for n in range(1, 4)
    ]
    url = room.feed("/courier.xml", rss("Coast Courier", items))
    if name.startswith("coldsweat"):
        cold = RealColdsweat(opml_of(url), place)
        where, user, password, running = cold.url, cold.user, cold.password, cold.running
    else:
        real = RealMiniflux(name.split("-")[1], postgres, place)
        category = real.ask("POST", "/v1/categories", {"title": "Coast"})["id"]
        real.ask("POST", "/v1/feeds", {"feed_url": url, "category_id": category})
        where, user, running = real.url, real.user, real.running
        password = {"greader": real.reader_password, "fever": real.fever_password}.get(
            kind, real.password
        )
    turns: list[Turn] = []
    path = "/fever" if kind == "fever" else ""

    async def first(url: str) -> list[object]:
        async with client(kind, url, user, password) as server:
            return await converse(server)

    try:
        with FakeSyncServer(proxy(where, turns), kind=kind, path=path) as recorder:
            told = asyncio.run(first(recorder.url))
    finally:
        running.kill()
    save(name, turns, told, room.url("").rstrip("/"))


def opml_of(url: str) -> str:
    """A subscription list with one feed in a folder."""
    return (
        '<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>'
        '<outline text="Coast"><outline type="rss" text="Coast Courier" title="Coast Courier"'
        f' xmlUrl="{url}"/></outline></body></opml>'
    )


if __name__ == "__main__":
    main(sys.argv[1:])
