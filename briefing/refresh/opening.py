"""What can be made at once of an article that is opened before a refresh has read it.

Nothing is fetched and nothing written: the refresh does that in its turn. Whoever shows articles
imports this light module; what it needs of libraries its one worker process imports.
"""

import asyncio
import html
import re
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from briefing.model import Article, Basis, BriefingError, Digest, Entry, Feed
from briefing.refresh.limits import ENTRY, SUMMARY_CUT, Limits
from briefing.refresh.workers import Workers
from briefing.text.clean import clean_line

if TYPE_CHECKING:
    from briefing.config import DigestSettings

_DIGEST = Limits(10.0, 500)
_FIRST = Entry("", None, "", summary_html="<p>The harbour of Saltmere may stay closed.</p>")
"""Read by the process as it starts, so that it has the libraries and models for the next one."""
_TAG = re.compile(r"<[^<>]*>")


class ArticleOpening:
    """Makes texts and digests in a process of its own, which is started at the first need and kept.

    For one event loop. ``close`` ends the process.
    """

    def __init__(self, settings: "DigestSettings") -> None:
        self._settings = settings
        self._workers = Workers(1, low_priority=True, silent=True)
        self._warming: asyncio.Future[None] | None = None

    async def start(self) -> None:
        """Start the process, if it is not there; the loop goes on meanwhile."""
        if self._warming is None or _has_failed(self._warming):
            self._warming = asyncio.ensure_future(self._warm_up())
        await asyncio.shield(self._warming)  # whoever waits may leave; it starts all the same

    async def _warm_up(self) -> None:
        await self._workers.warmed_up()
        task = partial(read_entry, Article("", ""), Feed("", ""), _FIRST)
        with suppress(BriefingError):  # as on a system where a worker may not have so much memory
            await self._workers.run(task, many=True)

    def close(self) -> None:
        """End the process, whatever it does."""
        self._workers.close()

    async def text(self, article: Article, feed: Feed, entry: Entry) -> Article:
        """``article`` with the text that its feed itself gives, which may be empty.

        Raises LimitError where reading it costs too much or ends the process.
        """
        await self.start()
        task = partial(read_entry, article, feed, entry)
        return await self._workers.run(task, many=True, limits=ENTRY)

    async def digest(self, article: Article) -> Digest:
        """The digest of an article by the quick judge.

        Raises BriefingError where none can be made, LimitError as ``text``.
        """
        await self.start()
        task = partial(digest_quickly, article, self._settings.bullets, self._settings.algorithm)
        return await self._workers.run(task, many=True, limits=_DIGEST)


def _has_failed(starting: "asyncio.Future[None]") -> bool:
    return starting.done() and (starting.cancelled() or starting.exception() is not None)


def read_entry(article: Article, feed: Feed, entry: Entry) -> Article:
    """In the worker: the article with the feed's own text. What the store knows of it stays."""
    from briefing.refresh.tasks import extract_entry
    from briefing.store.rows import storable

    made = extract_entry(article.id, feed, entry).article
    byline = made.byline or article.byline
    return replace(
        article,
        text=storable(made.text),
        byline=byline and storable(byline),
        language=made.language,
        basis=made.basis,
        links=made.links,
        blocks=made.blocks,
        pictures=made.pictures,
        opinion=made.opinion,
    )


def digest_quickly(article: Article, bullets: int, algorithm: str) -> Digest:
    """In the worker: the article's digest by the quick judge."""
    from briefing.refresh.tasks import make_digest

    return make_digest(article, bullets, algorithm, quick=True)


def with_summary(article: Article, entry: Entry) -> Article:
    """The article with its feed's summary, where nothing better can be made of the entry: its words
    without tags, found by no parser that could fail on them.
    """
    from briefing.store.rows import storable

    source = entry.summary_html or entry.content_html
    words = html.unescape(_TAG.sub(" ", source[:SUMMARY_CUT]))
    return replace(article, text=clean_line(storable(words)), basis=Basis.SUMMARY)
