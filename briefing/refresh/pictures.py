"""Pictures of articles, fetched when somebody asks for one and never before.

By the same client as feeds and pages, so with its manners: bounded time and size, no cookies, no
Referer, nothing of a private network; decoded in a process of its own.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.config import FetchSettings
from briefing.ingest.local_feeds import NO_HOME, web_address
from briefing.ingest.rasters import Raster, read_raster
from briefing.model import AS_USUAL, BriefingError, Feed, FetchError, LimitError, ParseError
from briefing.refresh.host_rests import ASK_FOR_REST
from briefing.refresh.limits import Limits
from briefing.refresh.picture_cache import PictureCache
from briefing.refresh.workers import Workers
from briefing.text.urls import host_and_port

if TYPE_CHECKING:
    from briefing.ingest import Fetcher

SECONDS = 30.0
"""How long a picture may take in all: somebody waits for it."""
_REST = 60.0  # seconds for which what failed, or a server that asks for rest, is not asked again
_DECODING = Limits(5.0, 500, ("PIL.Image", "PIL.ImageOps"))


class PictureFetching:
    """Gets pictures, each once; ``close`` ends the process that decodes. For one event loop."""

    def __init__(
        self,
        settings: FetchSettings,
        folder: Path,
        *,
        fetcher: "Callable[[FetchSettings], Fetcher] | None" = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``folder``: of the cache. fetcher: makes the client, where it is not the usual one."""
        seconds = min(settings.total_timeout, SECONDS)
        self._settings = replace(settings, total_timeout=seconds)
        self._make = fetcher
        self._clock = clock
        self._cache = PictureCache(folder)
        self._workers: Workers | None = None
        self._one = asyncio.Lock()
        self._failed: dict[str, tuple[float, BriefingError]] = {}  # by address, and by server

    async def get(self, url: str, feed: Feed | None) -> Raster:
        """The picture at ``url``, from the cache where it is there.

        feed: whose article shows it; its proxy holds, and only its own server gets its own fields
        or may be of a private network. Raises FetchError, ParseError, LimitError.
        """
        async with self._one:
            if (kept := await asyncio.to_thread(self._cache.get, url)) is not None:
                return kept
            host = host_and_port(url)
            self._refuse_resting(url, host)
            try:
                raster = await self._decoded(await self._fetched(url, feed), url)
            except BriefingError as error:
                self._note(url, host, error)
                raise
            await asyncio.to_thread(self._cache.put, url, raster)
            return raster

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None

    async def _fetched(self, url: str, feed: Feed | None) -> bytes:
        from briefing.ingest import Fetcher

        home = (web_address(feed.url) if feed is not None else "") or NO_HOME
        own = feed.settings if feed is not None else AS_USUAL
        async with (self._make or Fetcher)(self._settings) as fetcher:
            answer = await fetcher.get(url, "picture", own=own, home=home)
        return answer.content

    async def _decoded(self, content: bytes, url: str) -> Raster:
        if self._workers is None:
            self._workers = Workers(1, low_priority=True, silent=True)
            await self._workers.warmed_up()
        task = partial(read_raster, content)
        try:
            return await self._workers.run(task, many=True, limits=_DECODING, size=len(content))
        except (ParseError, LimitError) as error:
            raise type(error)(error.what, host_and_port(url), error.mend) from error

    def _refuse_resting(self, url: str, host: str) -> None:
        for name in (url, host):
            until, error = self._failed.get(name, (0.0, None))
            if error is not None and self._clock() < until:
                raise error

    def _note(self, url: str, host: str, error: BriefingError) -> None:
        if isinstance(error, FetchError) and error.offline:
            return  # nobody was asked
        rest = getattr(error, "retry_after", None) or 0.0
        until = self._clock() + max(_REST, rest)
        self._failed[url] = (until, error)
        if isinstance(error, FetchError) and error.status in ASK_FOR_REST:
            self._failed[host] = (until, error)
