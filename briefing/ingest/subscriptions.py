"""Subscription lists, whatever program they come from: known by their content, not their name."""

from briefing.ingest import sniff
from briefing.ingest.newsboat import is_newsboat, read_newsboat
from briefing.ingest.opml import parse_opml
from briefing.ingest.results import OpmlReport
from briefing.text import strip_controls


def parse_subscriptions(content: bytes, where: str, *, own: bool = False) -> OpmlReport:
    """The feeds of an OPML list or of newsboat's ``urls`` file, and what could not be used.

    ``where`` is the name of its file. own: it is a file that the user has named, so that programs
    and files of this machine are taken from newsboat's; from OPML they never are. Raises ParseError
    where it is neither.
    """
    text = sniff.decode(content)
    if "<opml" not in text.lower() and is_newsboat(strip_controls(text)):
        return read_newsboat(strip_controls(text), own=own)
    return parse_opml(content, where)
