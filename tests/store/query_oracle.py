"""What a query means, said once more: plain Python over values, without SQL or FTS5."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from briefing.query import And, Condition, Node, Not, Or, Pattern, Words


@dataclass(frozen=True, repr=False)
class Known:
    """All that a query may ask of an article."""

    id: str
    title: str
    text: str
    bullets: str
    feed: tuple[str, ...]  # its names and its address
    published: datetime
    category: str = ""
    author: str = ""
    url: str = ""
    language: str = "en"
    outlets: int = 1
    caveat: str = ""
    flags: frozenset[str] = frozenset()  # is:…, has:… that hold
    tags: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<{self.id} {self.title!r}>"


Number = TypeVar("Number", int, timedelta)
_AGE = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def holds(node: Node, article: Known, now: datetime) -> bool:
    """Whether the query asks for the article."""
    match node:
        case And(parts):
            return all(holds(part, article, now) for part in parts)
        case Or(parts):
            return any(holds(part, article, now) for part in parts)
        case Not(part):
            return not holds(part, article, now)
        case Words():
            return _says(node, article)
        case Pattern():
            return _has_pattern(node, article)
        case Condition():
            return _meets(node, article, now)


def _says(words: Words, article: Known) -> bool:
    own = {"title": [article.title], "text": [article.text]}.get(
        words.field, [article.title, article.text, article.bullets]
    )
    wanted = _tokens(words.text)
    return bool(wanted) and any(_follow(wanted, _tokens(text), words.prefix) for text in own)


def _follow(wanted: list[str], tokens: list[str], prefix: bool) -> bool:
    for at in range(len(tokens) - len(wanted) + 1):
        found = tokens[at : at + len(wanted)]
        last = found[-1].startswith(wanted[-1]) if prefix else found[-1] == wanted[-1]
        if found[:-1] == wanted[:-1] and last:
            return True
    return False


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", _plain(text))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).lower()


def _has_pattern(pattern: Pattern, article: Known) -> bool:
    flags = re.IGNORECASE if pattern.ignore_case else 0
    own = {"title": [article.title], "text": [article.text]}.get(
        pattern.field, [article.title, article.text]
    )
    return any(re.search(pattern.source, text, flags) for text in own)


def _meets(condition: Condition, article: Known, now: datetime) -> bool:
    name, value = condition.name, condition.value
    match name:
        case "is" if value == "unread":
            return "read" not in article.flags
        case "is" | "has":
            return value in article.flags
        case "caveat":
            return article.caveat == value
        case "feed":
            return any(_plain(value) in _plain(part) for part in article.feed)
        case "author" | "url":
            return _plain(value) in _plain(article.author if name == "author" else article.url)
        case "category":
            return f"{_plain(article.category)}/".startswith(f"{_plain(value)}/")
        case "tag":
            return _plain(value) in map(_plain, article.tags)
        case "language":
            return article.language.split("-")[0] == value
        case "outlets":
            return _compared(article.outlets, condition.comparison, int(value))
        case "minutes":
            return _compared(-(-len(article.text.split()) // 230), condition.comparison, int(value))
        case "after":
            return article.published >= _day(value)
        case "before":
            return article.published < _day(value)
        case "age":
            span = timedelta(**{_AGE[value[-1]]: int(value[:-1])})
            return _compared(now - article.published, condition.comparison, span)
    raise AssertionError(condition)


def _day(value: str) -> datetime:
    return datetime.fromisoformat(value)


def _compared(one: Number, sign: str, other: Number) -> bool:
    return {
        "=": one == other,
        "<": one < other,
        "<=": one <= other,
        ">": one > other,
        ">=": one >= other,
    }[sign]
