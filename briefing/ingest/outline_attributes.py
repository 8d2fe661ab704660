"""The attributes of an outline that are not used here, kept so that an export gives them back."""

import re
from collections.abc import Iterable, Mapping

from briefing.ingest.results import OpmlFeed
from briefing.text import clean_line

_USED = frozenset({"text", "title", "xmlurl", "htmlurl"})
_MOST = 30
_LONGEST = 4_000  # characters of a value
_SPELLED = re.compile(r"([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*=\s*[\"']")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")


class OutlineAttributes:
    """Which attributes of a list's outlines are kept, in the list's own spelling."""

    def __init__(self, text: str, namespaces: Mapping[str, str]) -> None:
        """text: the list, as the parser gives all names in small letters."""
        self._namespaces = namespaces
        self._spelled: dict[str, str] = {}
        for name in _SPELLED.findall(text):
            self._spelled.setdefault(name.lower(), name)

    def of(self, attributes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """What an outline says besides its names and addresses."""
        kept = []
        for lower, value in attributes.items():
            name = self._named(self._spelled.get(lower, lower))
            is_default = lower == "type" and value.strip().lower() == "rss"
            if lower in _USED or name is None or is_default or len(value) > _LONGEST:
                continue
            if words := clean_line(value):
                kept.append((name, words))
        return tuple(kept[:_MOST])

    def _named(self, name: str) -> str | None:
        """The name with its namespace (Clark's notation); None for what XML cannot have."""
        prefix, colon, local = name.rpartition(":")
        if not _NAME.fullmatch(local) or prefix.lower() == "xmlns" or name.lower() == "xmlns":
            return None
        if not colon:
            return local
        namespace = self._namespaces.get(prefix.lower(), "")
        return f"{{{clean_line(namespace)}}}{local}" if clean_line(namespace) else None


def with_folders(feed: OpmlFeed, folders: Iterable[tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """The attributes with the folders of ``category`` (OPML 2.0) that a feed stands in besides.

    A feed has one category here; a list may name it in several folders.
    """
    others_than = [path for path in folders if path and " / ".join(path)[:200] != feed.category]
    besides = list(dict.fromkeys("/" + "/".join(path) for path in others_than))
    if not besides:
        return feed.attributes
    others = dict(feed.attributes)
    named = [part for part in others.get("category", "").split(",") if part.strip()]
    others["category"] = ",".join(dict.fromkeys([*named, *besides]))[:_LONGEST]
    return tuple(others.items())
