"""A look at a server before it is set up: does it let us in, and what will the first sync do?"""

from dataclasses import dataclass

from briefing.config import FetchSettings, SyncSettings
from briefing.model import Feed
from briefing.sync.connect import connected
from briefing.sync.model import Identity
from briefing.text.urls import feed_key


@dataclass(frozen=True, slots=True)
class Probe:
    """What was seen. there: subscriptions of the server; new_here, new_there: those that only one
    side has. edits_feeds: the server can be told of ours.
    """

    identity: Identity
    there: int
    new_here: int
    new_there: int
    edits_feeds: bool


async def probe(
    settings: SyncSettings, fetch: FetchSettings, feeds: list[Feed], password: str | None = None
) -> Probe:
    """Log in and look; nothing is changed on either side. feeds: those followed here.

    Raises ConfigError, SyncError and FetchError.
    """
    async with connected(settings, fetch, password) as server:
        identity = await server.identify()
        theirs = {feed_key(feed.url) for feed in await server.feeds()}
        ours = {feed_key(feed.url) for feed in feeds}
        edits = server.capabilities.edits_feeds
    return Probe(identity, len(theirs), len(theirs - ours), len(ours - theirs), edits)
