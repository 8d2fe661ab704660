"""What an address would bring, for whoever asks before following it: ``feeds add --preview``."""

from briefing.cli.context import Context
from briefing.cli.feed_subscription import FetchedFeed, find_typed, typed_address
from briefing.model import BriefingError, UsageError
from briefing.model.codec import time_to_json
from briefing.refresh.stopping import run_to_end

_SHOWN = 5  # entries


def preview(address: str, context: Context) -> int:
    """Write one JSON document: the feed at the address, or the several of its site, or what is
    wrong with it (2 for no address, 3 for no feed). Nothing is stored.
    """
    try:
        found, note = run_to_end(find_typed(typed_address(address), context.settings.fetch))
    except BriefingError as error:
        problem = {"what": error.what, "where": error.where, "mend": error.mend}
        context.out.json({"version": 1, "error": problem})
        return 2 if isinstance(error, UsageError) else 3
    if isinstance(found, FetchedFeed):
        context.out.json({"version": 1, "note": note, "feed": _feed(found)})
        return 0
    several = [{"url": c.url, "kind": c.kind, "title": c.title} for c in found]
    context.out.json({"version": 1, "note": note, "feeds": several})
    return 1


def _feed(found: FetchedFeed) -> dict[str, object]:
    feed = found.feed
    return {
        "url": found.url,
        "title": feed.title,
        "site_url": feed.site_url,
        "language": feed.language,
        "entries": len(feed.entries),
        "first": [
            {"title": entry.title, "published_at": time_to_json(entry.published)}
            for entry in feed.entries[:_SHOWN]
        ],
        "notes": list(feed.notes),
    }
