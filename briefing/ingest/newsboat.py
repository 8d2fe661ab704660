"""newsboat's ``urls`` file: one feed a line, its address, then its tags (newsboat.org, "Usage")."""

import re
from collections.abc import Iterator

from briefing.ingest.failures import shown
from briefing.ingest.local_feeds import is_local, local_feed, refusal
from briefing.ingest.opml import is_address
from briefing.ingest.results import OpmlFeed, OpmlReport
from briefing.ingest.web_url import web_url
from briefing.model import UsageError
from briefing.text import clean_line

_FIRST = re.compile(r'"?(?:https?://|feed:|query:|exec:|filter:|file:)', re.IGNORECASE)
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"?|([^\s"#][^\s]*)|(#.*)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}

_NOT_TAKEN = {"query": "it is a query over other feeds, which is not taken over"}
_RUNS = "from now on its refresh runs the program {}"
_HIDDEN = "it is hidden in newsboat; here it is shown as every feed"


def is_newsboat(text: str) -> bool:
    """Whether a text is such a file: whether its first line that says anything begins a feed."""
    first = next((line for line in text.splitlines() if _says_something(line)), "")
    return bool(_FIRST.match(first.strip()))


def read_newsboat(text: str, *, own: bool = False) -> OpmlReport:
    """The feeds of the file, each address once; what is not taken over is named with its reason.

    The first tag is the category; with several, all of them are kept as ``category`` of the
    outline, so that an export gives them back. ``"~Name"`` is the title. own: the user has written
    the file: feeds by programs and files of this machine are taken from no other.
    """
    feeds: dict[str, OpmlFeed] = {}
    unusable: list[tuple[str, str]] = []
    notes: list[tuple[str, str]] = []
    repeated = 0
    for line in text.splitlines():
        address, *tags = _tokens(line) or [""]
        if not address:
            continue
        url, reason = _local(address, own=own) if is_local(address) else _of_the_web(address)
        if url is None:
            unusable.append((shown(address)[:200], reason))
        elif url in feeds:
            repeated += 1
        else:
            feeds[url] = feed = _feed(url, tags)
            label = feed.title or shown(url)
            if any(tag.startswith("!") for tag in tags):
                notes.append((label, _HIDDEN))
            if reason:
                notes.append((label, reason))
    return OpmlReport(tuple(feeds.values()), tuple(unusable), tuple(notes), repeated)


def _of_the_web(address: str) -> tuple[str | None, str]:
    """The address as it is followed; None, with the reason, for one that is not."""
    if url := web_url(_as_http(address)):
        return url, ""
    kind = address.partition(":")[0].lower()
    return None, _NOT_TAKEN.get(kind, "its address is no web address")


def _local(address: str, *, own: bool) -> tuple[str | None, str]:
    """As ``_of_the_web``; for one that is followed the reason is what is to be known of it."""
    if not own:
        return None, f"it {refusal(address, 'a list that is no file of yours')}"
    try:
        feed = local_feed(address)
    except UsageError as error:
        return None, f"{error.what}. {error.mend}"
    return feed.address, _RUNS.format(feed.command[0]) if feed.command else ""


def _feed(url: str, tags: list[str]) -> OpmlFeed:
    title = next((clean_line(tag[1:]) for tag in tags if tag.startswith("~")), "")
    names = [clean_line(tag)[:200] for tag in tags if not tag.startswith(("~", "!"))]
    names = list(dict.fromkeys(name for name in names if name))
    # A comma ends a name in an outline's ``category`` (OPML 2.0), and a slash a folder's.
    joined = ",".join(re.sub(r"[,/]+", " ", name) for name in names)
    return OpmlFeed(
        url,
        "" if is_address(title, url) else title[:500],
        names[0] if names else "",
        attributes=(("category", joined),) if len(names) > 1 else (),
    )


def _as_http(address: str) -> str:
    """``feed:https://…`` and ``feed://…``, as browsers hand them on, as web addresses."""
    if not address.lower().startswith("feed:"):
        return address
    rest = address[5:]
    return f"http:{rest}" if rest.startswith("//") else rest


def _tokens(line: str) -> list[str]:
    """The words of a line; in quotes they may have spaces and escapes, and "#" ends the line."""
    return list(_words(line)) if _says_something(line) else []


def _words(line: str) -> Iterator[str]:
    for quoted, plain, comment in _TOKEN.findall(line):
        if comment:
            return
        yield plain or _ESCAPED.sub(lambda m: _CONTROL.get(m[1], m[1]), quoted)


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
