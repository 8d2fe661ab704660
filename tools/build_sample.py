#!/usr/bin/env python3
"""Build the bundled sample edition from its articles: briefing/sample/sample.sqlite3.

usage: build_sample.py [OUTPUT]

The articles go through the real pipeline twice: those published up to the earlier visit, which a
reader then looks at (and reads some of), and the rest at the sample's "now". The clock is the
sample's own, so the result depends on nothing but the articles and the program.
"""

import json
import sqlite3
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from briefing.config import Settings
from briefing.ingest.opinion import says_opinion
from briefing.model import Article, Basis, Entry, Feed, Link, Span
from briefing.model.codec import time_from_json
from briefing.refresh.pipeline import ingest_articles
from briefing.sample import earlier_visit, sample_now, sample_path
from briefing.store import Store
from briefing.stories import snapshot

SOURCES = sample_path().parent
VISIT = timedelta(minutes=6)
READ = 4
"""The reader went past the last bullet of so many stories, the first ones; the others were seen."""
STARRED = 1  # the place of the starred story, from 0


@dataclass(frozen=True, slots=True)
class Piece:
    """An article of the sample, with the outlet that published it."""

    outlet: str  # its slug
    entry: Entry
    article: Article
    published: datetime


def pieces(folder: Path = SOURCES / "articles") -> list[Piece]:
    """The articles, oldest first. A file that is not right raises ValueError with its name."""
    found = []
    for path in sorted(folder.glob("*.md")):
        try:
            found.append(_piece(path.read_text(encoding="utf-8")))
        except (KeyError, ValueError) as error:
            raise ValueError(f"{path.name}: {error}") from error
    return sorted(found, key=lambda piece: (piece.published, piece.entry.guid))


def _piece(content: str) -> Piece:
    _, front, body = content.split("+++\n", 2)
    head = tomllib.loads(front)
    text = "\n".join(line.strip() for line in body.splitlines() if line.strip())
    published = cast("datetime", time_from_json(head["published"]))
    entry = Entry(
        guid=head["url"],
        url=head["url"],
        title=head["title"],
        author=head.get("byline"),
        published=published,
        summary_html=text,
    )
    article = Article(
        id="",
        text=text,
        title=head["title"],
        url=head["url"],
        byline=head.get("byline"),
        published=published,
        language="en",
        basis=Basis(head.get("basis", "full")),
        links=tuple(_link(link, text) for link in head.get("links", ())),
        opinion=says_opinion((), head["title"], head["url"], "en"),
    )
    return Piece(head["outlet"], entry, article, published)


def _link(link: dict[str, Any], text: str) -> Link:
    """A link of the front matter; one in the article stands where its title is in the text."""
    title = link["title"]
    at = text.find(title) if link["kind"] == "in-article" else -1
    if at < 0 and link["kind"] == "in-article":
        raise ValueError(f"the link {title!r} is not in the text")
    return Link(link["kind"], title, link.get("url"), None if at < 0 else Span(at, at + len(title)))


def build(output: Path) -> None:
    """Write the sample's store to ``output``: one file, without a journal beside it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.sqlite3"
        with Store.open(path) as store:
            feeds = add_outlets(store)
            articles = pieces()
            then = earlier_visit()
            publish(store, feeds, [p for p in articles if p.published <= then], then)
            visit(store, then)
            now = sample_now()
            publish(store, feeds, [p for p in articles if then < p.published <= now], now)
            store.backup(output)
    connection = sqlite3.connect(output)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


def add_outlets(store: Store) -> dict[str, Feed]:
    """Subscribe to the outlets; the feeds by slug."""
    outlets = tomllib.loads((SOURCES / "outlets.toml").read_text(encoding="utf-8"))["outlet"]
    return {
        outlet["slug"]: store.add_feed(
            outlet["url"],
            outlet["name"],
            outlet["site"],
            outlet["category"],
            language="en",
            added_at=earlier_visit() - timedelta(days=3),
        )
        for outlet in outlets
    }


def publish(store: Store, feeds: dict[str, Feed], new: Sequence[Piece], now: datetime) -> None:
    """What a refresh at ``now`` does with these articles, but for the network."""
    texts = {}
    for slug, feed in feeds.items():
        mine = [piece for piece in new if piece.outlet == slug]
        store.add_entries(feed.id, [piece.entry for piece in mine], now)
        store.record_fetch(feed.id, fetched_at=now, next_fetch_at=now + timedelta(minutes=58))
        texts.update({(feed.id, piece.entry.guid): piece.article for piece in mine})
    unknown = {piece.outlet for piece in new} - feeds.keys()
    if unknown:
        raise ValueError(f"articles of outlets that do not exist: {', '.join(sorted(unknown))}")
    ingest_articles(store, Settings(), texts)


def visit(store: Store, now: datetime) -> None:
    """The reader looks at every story of the edition, reads the first ones and stars one."""
    opened = store.begin_visit(now)
    rows = store.edition_rows(store.window(now, visit=opened), limit=100)
    for row, moment in zip(rows, _moments(now, len(rows)), strict=True):
        store.mark_seen(row.id, moment)
        store.mark_looked(row.id, moment, json.dumps(snapshot(store.brief(row.id))))
    store.mark_read([row.id for row in rows[:READ]], now + VISIT)
    store.set_starred(rows[STARRED].id, True)
    store.end_visit(opened, now + VISIT)


def _moments(start: datetime, count: int) -> Iterator[datetime]:
    for number in range(count):
        yield start + VISIT * (number + 1) / (count + 1)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if sys.argv[1:] else sample_path())
