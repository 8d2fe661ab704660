"""Following a feed by its own address or by that of its site."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from briefing.cli.context import Context
from briefing.cli.input import read_input
from briefing.cli.output import Output, columns
from briefing.config import FetchSettings
from briefing.ingest import FeedCandidate, Fetcher, ParsedFeed
from briefing.ingest.local_feeds import get_feed, is_local, local_feed, refusal
from briefing.model import Feed, FetchError, LimitError, NotAFeedError, ParseError, UsageError
from briefing.refresh.bounded import discover_bounded, local_feeds_named_bounded, parse_bounded
from briefing.refresh.stopping import run_to_end
from briefing.refresh.workers import Workers

if TYPE_CHECKING:
    from briefing.store import Store
    from briefing.store.feeds import FeedChanges

# Where sites that name no feed often keep one all the same.
_GUESSES = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss")

_LONGEST_ADDRESS = 10_000  # bytes
# A scheme; but "localhost:8000" is a host with its port.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9])")


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """A feed that was fetched and parsed. ``url``: where it is now."""

    url: str
    feed: ParsedFeed


def address_of(text: str) -> str:
    """A feed's address as a person may write it: of the web, or a program or file of this machine.

    Raises UsageError where it can be none.
    """
    address = text.strip()
    if is_local(address):
        return local_feed(address).address
    if address.lower().startswith("feed:"):
        address = address[5:].removeprefix("//")
    if not _SCHEME.match(address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or any(c.isspace() for c in address):
        raise UsageError(f"'{text}' is no web address", "feeds", "Use one such as coast.example")
    return address


def typed_address(given: str) -> str:
    """The address as it was typed: ``given``, or for ``-`` what standard input has."""
    if given != "-":
        return given
    return read_input("-", _LONGEST_ADDRESS).decode("utf-8", "replace")


def add(args: argparse.Namespace, context: Context) -> int:
    """Follow the feed; 1 where the site has several, which are then listed."""
    typed = typed_address(args.address)
    out, url = context.out, address_of(typed)
    properties = changes_of(args)
    with context.store() as store:
        if args.unchecked:
            feed = store.add_feed(url, properties.get("title", ""), added_at=context.now)
        else:
            known = {f.url: f for f in store.feeds()}
            if url in known:
                return _known_already(known[url], out)
            fetched, note = run_to_end(find_typed(typed, context.settings.fetch))
            if note:
                out.say(note)
            if not isinstance(fetched, FetchedFeed):
                return _list_candidates(fetched, url, out)
            feed = _add_fetched(store, fetched, properties.get("title", ""), context.now)
            if feed.id in {f.id for f in known.values()}:
                return _known_already(feed, out)
        if properties:
            feed = store.edit_feed(feed.id, **properties)
    out.say(f"Added {feed.display_name} ({feed.url}). `briefing refresh` fetches its articles.")
    return 0


def _add_fetched(store: "Store", fetched: FetchedFeed, title: str, now: datetime) -> Feed:
    """The feed in the store, as it was before where it is followed already."""
    return store.add_feed(
        fetched.url,
        title or fetched.feed.title,
        fetched.feed.site_url,
        language=fetched.feed.language,
        added_at=now,
    )


def _known_already(feed: Feed, out: Output) -> int:
    out.say(f"{feed.display_name} ({feed.url}) is followed already.")
    return 0


def _list_candidates(candidates: Sequence[FeedCandidate], url: str, out: Output) -> int:
    for line in columns([(c.url, c.kind, c.title) for c in candidates]):
        out.text(line)
    out.say(f"{url} has {len(candidates)} feeds. Add one with `briefing feeds add URL`.")
    return 1


async def find_typed(
    typed: str, settings: FetchSettings
) -> tuple[FetchedFeed | tuple[FeedCandidate, ...], str]:
    """As ``find_feed``, for an address as it was typed, with a note where it was changed for that.

    One without a scheme is asked for by https, and by http where nothing answers so; not where it
    names a user, whose password would then go in clear. Raises UsageError where it is no address.
    """
    url = address_of(typed)
    try:
        return await find_feed(url, settings), ""
    except FetchError as error:
        plain = _in_clear(typed, url)
        if plain is None or error.status is not None:
            raise
        try:
            found = await find_feed(plain, settings)
        except FetchError:
            raise error from None
        host = urlsplit(url).netloc
        note = f"{host} does not answer by https: fetched by http, which others can read."
        return found, note


def _in_clear(typed: str, url: str) -> str | None:
    """The address by http, where its scheme was not typed but taken for https."""
    guessed = url.startswith("https://") and "://" not in typed
    if not guessed or "@" in urlsplit(url).netloc:
        return None
    return f"http{url.removeprefix('https')}"


async def find_feed(url: str, settings: FetchSettings) -> FetchedFeed | tuple[FeedCandidate, ...]:
    """The feed at ``url``, or the one that its page names; several as they are named.

    Raises FetchError, LimitError, and NotAFeedError where there is none to be found.
    """
    async with Workers(1) as workers, Fetcher(settings) as fetcher:
        response = await get_feed(fetcher.get, url, settings.max_feed_mb * 1_000_000)
        try:
            feed = await parse_bounded(response, workers)
        except NotAFeedError:
            candidates = await discover_bounded(response, workers)
        else:
            return FetchedFeed(response.moved_to or url, feed)
        if len(candidates) > 1:
            return candidates
        addresses = [c.url for c in candidates]
        addresses += [urljoin(response.final_url, guess) for guess in _GUESSES]
        for address in addresses:
            try:
                answer = await fetcher.get(address, "feed", home=url)
                feed = await parse_bounded(answer, workers)
            except (FetchError, ParseError, LimitError):
                continue
            return FetchedFeed(answer.moved_to or address, feed)
        for address in await local_feeds_named_bounded(response, workers):
            raise NotAFeedError(
                f"the page names {address}, which {refusal(address, 'a page')}", url
            )
    raise NotAFeedError(
        "there is no feed here, and the page names none", url, "Look for one on the site"
    )


def changes_of(args: argparse.Namespace) -> "FeedChanges":
    """The properties that were given."""
    changes: FeedChanges = {}
    if args.title is not None:
        changes["title"] = args.title
    if args.category is not None:
        changes["category"] = args.category
    if args.weight is not None:
        changes["weight"] = args.weight
    if args.full_text is not None:
        changes["full_text"] = args.full_text
    return changes
