"""What a link is to its article: another story, a document that it stands on, or neither.

One classifier for pages, feeds and plain text. Labels, hosts and paths are data (``links.toml``).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from briefing.model import LinkKind
from briefing.text.clean import folded

_ROOM = 60
"""Characters that a line may be longer than its link's words where a label announces the link."""
_LONGEST_HOST = 253
"""Characters (RFC 1035, 2.3.4)."""


def link_kind(url: str, line: str, title: str) -> LinkKind:
    """The kind of the link ``url`` whose words ``title`` stand in ``line``.

    A source document is one wherever it is linked from. A ``see-also`` link is all of its line but
    for a label ("See also: …").
    """
    if is_source_document(url):
        return "source-document"
    if len(line) <= len(title) + _ROOM and _announced().match(folded(line[:_ROOM])):
        return "see-also"
    return "in-article"


def is_source_document(url: str) -> bool:
    """Whether an address is that of a document that reports stand on, not of another report.

    Court papers, research, statistics, filings, public bodies, press releases. False for what is no
    address.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    if len(host) <= _LONGEST_HOST and _document_hosts().fullmatch(host):
        return True
    path = parts.path.lower()
    return path.endswith(".pdf") or any(part in path for part in _lists()["paths"])


def is_see_also_label(heading: str) -> bool:
    """Whether a whole heading announces other articles."""
    return folded(heading).rstrip(" :»›>|-–—") in _see_also_labels()


def labelled_title(line: str) -> int | None:
    """Where in ``line`` the title of another story begins, after its label; None without one."""
    match = _labelled().match(line)
    return match.end() if match else None


@cache
def _lists() -> Mapping[str, list[str]]:
    file = resources.files("briefing.text") / "links.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _see_also_labels() -> frozenset[str]:
    return frozenset(_lists()["labels"])


def _any_of(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, longest first."""
    escaped = (re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return "|".join(escaped).replace(r"\ ", r"\s").replace("'", "['’]")


@cache
def _labelled() -> re.Pattern[str]:
    """A label, its colon, arrow or dash, and what lies before the title."""
    labels = _any_of((*_lists()["labels"], *_lists()["labels_before_colon"]))
    return re.compile(
        rf"\W{{0,4}}(?:{labels})\s{{0,3}}(?:[:»>|]|[-–—]\s)\s{{0,3}}(?=\S)", re.IGNORECASE
    )


@cache
def _announced() -> re.Pattern[str]:
    """The beginning of a folded line that announces the link in it."""
    labels = _any_of(_lists()["labels"])
    return re.compile(rf"(?:{labels})(?![\w-])|{_labelled().pattern}", re.IGNORECASE)


@cache
def _document_hosts() -> re.Pattern[str]:
    hosts, public = _any_of(_lists()["hosts"]), _any_of(_lists()["public_bodies"])
    return re.compile(rf"(?:.+\.)?(?:{hosts}|(?:{public})(?:\.[a-z]{{2}})?)")
