"""Tags and notes: what a reader writes beside what is read."""

from dataclasses import dataclass
from datetime import datetime

LATER = "later"
"""The tag of what is to be read later."""
LONGEST_TAG = 60
LONGEST_NOTE = 10_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of an article or of a story. by_rule: no hand has given it."""

    name: str
    by_rule: bool = False


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many articles have it."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader wrote of a story, beside one of its articles."""

    id: str
    article_id: str
    text: str
    made_at: datetime


def tag_name(written: str) -> str:
    """A tag as it is kept: one line without a leading #, without commas, quotes and what does not
    print; empty where nothing is left. Two that differ only in case are one (``same_tag``).
    """
    plain = "".join(c if c.isprintable() and c not in ',"' else " " for c in written)
    return " ".join(plain.split()).lstrip("# ")[:LONGEST_TAG].rstrip()


def same_tag(one: str, other: str) -> bool:
    """Whether two names of tags mean the same one."""
    return one.casefold() == other.casefold()


def note_text(written: str) -> str:
    """A note as it is kept: what does not print but its line breaks is left out."""
    lines = written.replace("\r\n", "\n").split("\n")
    plain = ("".join(c if c.isprintable() else " " for c in line).rstrip() for line in lines)
    return "\n".join(plain).strip()[:LONGEST_NOTE]
