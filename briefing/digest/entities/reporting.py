"""Outlets that a text names only for what they report: sources of the news, no part of it."""

from briefing.digest.entities.clustering import MentionCluster
from briefing.digest.entities.mentions import Mention
from briefing.digest.entities.name_lists import NameLists

_BEFORE, _AFTER = 4, 3  # words of a sentence that are looked at beside the name
_REPORTING = frozenset(
    "told tells telling according report reports reported reporting reporter reporters interview"
    " interviews interviewed poll polls survey cited cites citing obtained published writes wrote"
    " analysis correspondent journalist editor columnist host contributor op-ed headline broadcast"
    " via first".split()
)


def only_reports(cluster: MentionCluster, lists: NameLists) -> bool:
    """Whether a name is that of a known outlet, and each mention only says who reported, asked or
    was told something."""
    name = " ".join(cluster.words)
    if name not in lists.media and f"The {name}" not in lists.media:
        return False
    return all(map(_is_of_report, cluster.mentions))


def _is_of_report(mention: Mention) -> bool:
    lows = mention.tokens.lows
    near = lows[max(0, mention.lead - _BEFORE) : mention.lead]
    near += lows[mention.last : mention.last + _AFTER]
    return not _REPORTING.isdisjoint(near)
