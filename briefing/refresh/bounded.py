"""Single documents read within the limits of a refresh, for commands that read one by the way."""

from collections.abc import Sequence
from functools import partial

from briefing.config import SiteSettings
from briefing.ingest import ParsedFeed, Response, discover, extract
from briefing.ingest.discovery import local_feeds_named
from briefing.ingest.local_feeds import parse_answer
from briefing.ingest.results import Extracted, FeedCandidate
from briefing.ingest.site_rules import site_rule
from briefing.refresh.limits import FEED, PAGE
from briefing.refresh.workers import Workers


async def parse_bounded(response: Response, workers: Workers) -> ParsedFeed:
    """The entries of a fetched feed. Raises ParseError, and LimitError where it costs too much."""
    task = partial(parse_answer, response)
    return await workers.run(task, many=False, limits=FEED, size=len(response.content))


async def discover_bounded(response: Response, workers: Workers) -> tuple[FeedCandidate, ...]:
    """The feeds that a page names. Raises LimitError where reading it costs too much."""
    content = response.content
    task = partial(discover, content, response.final_url)
    return await workers.run(task, many=False, limits=PAGE, size=len(content))


async def local_feeds_named_bounded(response: Response, workers: Workers) -> tuple[str, ...]:
    """The programs and files that a page gives out as its feeds. Raises LimitError."""
    content = response.content
    task = partial(local_feeds_named, content)
    return await workers.run(task, many=False, limits=PAGE, size=len(content))


async def extract_bounded(
    response: Response, workers: Workers, rules: Sequence[SiteSettings] = ()
) -> Extracted:
    """The article in a page. Raises ExtractError, and LimitError where it costs too much.

    rules: the user's own, of which the one for the page's site is applied.
    """
    content = response.content
    rule = site_rule(rules, response.final_url)
    task = partial(extract, content, response.final_url, rule=rule)
    return await workers.run(task, many=False, limits=PAGE, size=len(content))
