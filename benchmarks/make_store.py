#!/usr/bin/env python3
"""Make a large store of invented news, to measure the reader with.

The articles are made of sentence templates; one to nine outlets tell each story. A pool of distinct
articles goes through the real digest and the real briefs. Further articles re-use the pool's texts,
findings and briefs under new identifiers, titles and times, so that 200,000 take minutes: what the
store and the screen have to carry is of the real size, but texts repeat, and stories are given
by the generator, not found by linking. Times are spread over the days that end now.
"""

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.invented import Told, story, town
from briefing.digest import digest_article
from briefing.model import Article, Brief, Digest, Entry, Feed, Ranking, StoryArticle
from briefing.model.codec import brief_from_json, brief_to_json, time_from_json, time_to_json
from briefing.store import Store
from briefing.stories import make_brief, rank, story_score

BATCH = 200  # stories in one transaction
ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
CATEGORIES = ("World", "Politics", "Business", "Science", "Region", "Culture", "Sport")
HALF_DAY = 43_200.0

_POOL_ID = re.compile(r'"pool:(\d+)"')
_TIME = re.compile(r'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"')


@dataclass(frozen=True, slots=True)
class Model:
    """A story of the pool: its digests, the places of its feeds, its brief as JSON, its rank."""

    digests: tuple[Digest, ...]
    feeds: tuple[int, ...]
    brief: str
    ranking: Ranking


def pool(size: int, feeds: int, seed: int) -> list[Model]:
    """Stories of about ``size`` distinct articles, digested on all cores."""
    told: list[list[Told]] = []
    while sum(map(len, told)) < size:
        told.append(story(len(told), seed))
    articles: list[Article] = []
    rng = random.Random(seed)
    for group in told:
        for number, one in enumerate(group):
            published = ORIGIN + timedelta(minutes=47 * number + rng.randrange(40))
            name = f"pool:{len(articles)}"
            articles.append(Article(name, one.text, one.title, published=published))
    with ProcessPoolExecutor() as workers:
        digests = iter(list(workers.map(digest_article, articles, chunksize=20)))
    return [
        _model([next(digests) for _ in group], rng.sample(range(feeds), len(group)))
        for group in told
    ]


def _model(digests: Sequence[Digest], feeds: Sequence[int]) -> Model:
    told = [
        StoryArticle(digest, _outlet(feed), digest.article.published or ORIGIN)
        for digest, feed in zip(digests, feeds, strict=True)
    ]
    brief = make_brief(told)
    text = json.dumps(brief_to_json(brief))
    return Model(tuple(digests), tuple(feeds), text, rank(story_score(brief, told)))


def _outlet(feed: int) -> str:
    return f"The {town(feed * 7 % 768)} {('Courier', 'Post', 'Echo', 'Ledger')[feed % 4]} {feed}"


def fill(
    store: Store, models: Sequence[Model], articles: int, feeds: Sequence[Feed], days: float,
    now: datetime, seed: int,
) -> int:  # fmt: skip
    """Write stories until there are ``articles``; how many articles there are."""
    rng = random.Random(f"{seed}:times")
    done = number = 0
    while done < articles:
        batch: list[_Copy] = []
        while len(batch) < BATCH and done < articles:
            model = models[number % len(models)]
            latest = now - timedelta(days=days * rng.random())
            batch.append(_Copy(number, model, latest))
            done += len(model.digests)
            number += 1
        with store.transaction():
            _write(store, batch, feeds, now)
        _say(f"\r{done:,} articles", end="")
    _say("")
    return done


@dataclass(frozen=True, slots=True)
class _Copy:
    """A story of the pool under another name, at another time."""

    number: int
    model: Model
    latest: datetime

    @property
    def shift(self) -> timedelta:
        """From the pool's time to this story's."""
        times = [d.article.published or ORIGIN for d in self.model.digests]
        return self.latest.replace(microsecond=0) - max(times)

    def title(self, title: str) -> str:
        """A title of the pool, told apart by two towns."""
        where = f"{town(self.number * 31 % 768)} and {town(self.number * 57 % 768)}"
        return f"{title}, as in {where}"

    def entries(self) -> Iterator[tuple[int, Entry, Digest]]:
        """The place of the feed, the entry and the pool's digest of each article."""
        for at, (digest, feed) in enumerate(zip(self.model.digests, self.model.feeds, strict=True)):
            old = digest.article
            url = f"https://outlet-{feed}.example/{self.number}/{at}"
            published = (old.published or ORIGIN) + self.shift
            title = self.title(old.title or "")
            yield feed, Entry(url, url, title, published=published, summary_html=url), digest

    def brief(self, ids: dict[str, str]) -> Brief:
        """The pool's brief with this story's identifiers, titles and times."""
        text = _POOL_ID.sub(lambda m: f'"{ids["pool:" + m[1]]}"', self.model.brief)
        brief = brief_from_json(json.loads(_TIME.sub(self._later, text)))
        return replace(
            brief,
            headline=self.title(brief.headline),
            articles=tuple(replace(a, title=self.title(a.title)) for a in brief.articles),
        )

    def _later(self, found: re.Match[str]) -> str:
        moment = time_from_json(found[1])
        return json.dumps(time_to_json(moment and moment + self.shift))

    def ranking(self) -> Ranking:
        """The pool's rank, moved in time."""
        score = self.model.ranking.score + self.shift.total_seconds() / HALF_DAY
        return Ranking(score, self.model.ranking.parts)


def _write(store: Store, batch: Sequence[_Copy], feeds: Sequence[Feed], now: datetime) -> None:
    by_feed: dict[int, list[Entry]] = {}
    for copy in batch:
        for feed, entry, _ in copy.entries():
            by_feed.setdefault(feed, []).append(entry)
    for feed, entries in by_feed.items():
        store.add_entries(feeds[feed].id, entries, now)
    waiting = {p.entry.guid: p for p in store.entries_to_extract(BATCH * 20)}
    for copy in batch:
        ids = {}
        for _, entry, digest in copy.entries():
            pending = waiting[entry.guid]
            article = replace(
                digest.article,
                id=pending.article_id,
                title=entry.title,
                url=entry.url,
                published=entry.published,
            )
            ids[digest.article.id] = article.id
            store.save_article(article.id, article, pending.content_hash)
            store.save_digest(article.id, replace(digest, article=article))
        category = CATEGORIES[copy.model.feeds[0] % len(CATEGORIES)]
        store.save_story(None, copy.brief(ids), copy.ranking(), category=category)


def _marks(store: Store, now: datetime, days: float) -> None:
    """The reader has read two stories in three of those before yesterday, and starred some."""
    window = store.window(now + timedelta(days=days), hours=1)
    after = None
    read = []
    while rows := store.edition_rows(window, after=after, limit=1000):
        after = rows[-1]
        read += [r.id for r in rows if r.latest < now - timedelta(days=1) and int(r.id) % 3]
        for row in rows[::200]:
            store.set_starred(row.id, True)
    store.mark_read(read, now)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a store as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("output", type=Path, help="the store's file; it must not exist")
    parser.add_argument("--articles", type=int, default=20_000, metavar="N")
    parser.add_argument("--feeds", type=int, default=200, metavar="M")
    parser.add_argument("--pool", type=int, default=2_000, metavar="P", help="distinct articles")
    parser.add_argument("--days", type=float, default=60, help="that the times are spread over")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if options.output.exists():
        sys.exit(f"{options.output} exists")
    began = time.perf_counter()
    now = datetime.now(UTC)
    feeds_count = max(9, options.feeds)
    models = pool(min(options.pool, options.articles), feeds_count, options.seed)
    _say(f"the pool took {time.perf_counter() - began:.0f} s")
    with Store.open(options.output) as store:
        feeds = [
            store.add_feed(
                f"https://outlet-{n}.example/feed.xml",
                _outlet(n),
                category=CATEGORIES[n % len(CATEGORIES)],
                added_at=now - timedelta(days=options.days),
            )
            for n in range(feeds_count)
        ]
        for feed in feeds:
            store.record_fetch(feed.id, fetched_at=now, next_fetch_at=now + timedelta(hours=1))
        fill(store, models, options.articles, feeds, options.days, now, options.seed)
        _marks(store, now, options.days)
    _say(f"{time.perf_counter() - began:.0f} s, {options.output.stat().st_size / 1e6:.0f} MB")


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
