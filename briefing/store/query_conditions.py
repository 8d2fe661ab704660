"""A query in SQL over the table ``article``: every condition is true or false, never null."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from briefing.query import (
    And,
    Condition,
    Node,
    Not,
    Or,
    Pattern,
    Words,
    moment_of,
    span_of,
)
from briefing.store.filters import Compiled
from briefing.store.query import conjunction, match_of
from briefing.store.query_functions import folded
from briefing.store.rows import seconds, storable

_LARGEST = 2**62  # of a number that is bound
_FIRST = datetime.min.replace(tzinfo=UTC)
_NEGATED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}

NEVER = "0"
_OF_STORY = "EXISTS (SELECT 1 FROM story WHERE story.id = article.story_id AND {})"
_OF_BODY = "(SELECT {} FROM body WHERE body.article_id = article.id)"
_OF_TAG = (
    "article.id IN (SELECT article_tag.article_id FROM tag JOIN article_tag"
    " ON article_tag.tag_id = tag.id WHERE folded_is(tag.name, :{{value}}) AND {hand})"
)
_LATER = (
    "article.id IN (SELECT article_tag.article_id FROM tag JOIN article_tag"
    " ON article_tag.tag_id = tag.id WHERE lower(tag.name) = 'later' AND {})"
)
_TAG_BY_HAND = _OF_TAG.format(hand="article_tag.by_rule = 0")
_BY_RULE = "article.id IN (SELECT article_id FROM rule_mark WHERE mark = '{}')"

IS: Mapping[str, str] = {
    "unread": "article.is_read = 0",
    "read": "article.is_read = 1",
    "updated": _OF_STORY.format("story.state = 'updated'"),
    "starred": "article.id IN (SELECT own.id FROM article AS own WHERE own.is_starred = 1 UNION ALL"
    " SELECT told.id FROM story JOIN article AS told ON told.story_id = story.id"
    " WHERE story.is_starred = 1)",
    "opinion": "article.opinion = 1",
    "revised": "article.id IN (SELECT article_id FROM first_text)",
    "closed": "article.basis = 'closed'",
    "summary": "article.basis = 'summary'",
    "muted": f"ifnull({_OF_STORY.format('story.is_muted = 1')}, 0)",
    "later": _LATER.format("1"),
}
"""What the values of ``is:`` mean."""

HAS: Mapping[str, str] = {
    "caveat": _OF_STORY.format("story.caveat <> ''"),
    "figure": "has_figures(article.id)",
    "disagreement": _OF_STORY.format("story.outlets > 1 AND differs(story.id)"),
    "enclosure": f"{_OF_BODY.format('body.enclosures')} IS NOT NULL",
    "note": "article.id IN (SELECT other.id FROM note JOIN article AS own"
    " ON own.id = note.article_id JOIN article AS other"
    " ON other.id = own.id OR other.story_id = own.story_id)",
    "tag": "article.id IN (SELECT article_id FROM article_tag)",
}
"""What the values of ``has:`` mean."""

BY_HAND: Mapping[str, str] = {
    "read": f"(article.is_read = 1 AND NOT {_BY_RULE.format('read')})",
    "unread": f"(article.is_read = 0 OR {_BY_RULE.format('read')})",
    "starred": f"((article.is_starred = 1 AND NOT {_BY_RULE.format('starred')}) OR"
    " ifnull(article.story_id IN (SELECT story.id FROM story WHERE story.is_starred = 1), 0))",
    "muted": NEVER,
    "later": _LATER.format("article_tag.by_rule = 0"),
    "tag": "article.id IN (SELECT article_id FROM article_tag WHERE by_rule = 0)",
}
"""What values of ``is:`` and ``has:`` mean without what rules did (``rule_queries``)."""

# The categories by way of their index, from each to the next.
_CATEGORIES = (
    "WITH RECURSIVE known (name) AS (SELECT min(category) FROM article UNION ALL SELECT (SELECT"
    " min(category) FROM article WHERE category > known.name) FROM known"
    " WHERE known.name IS NOT NULL) SELECT name FROM known WHERE folded_below(name, :{value})"
)

FIELDS: Mapping[str, str] = {
    # Outlets are called as their feed; only of a feed without a name, as the page says.
    "feed": "(ifnull(article.feed_id IN (SELECT feed.id FROM feed WHERE folded_has(feed.title,"
    " :{value}) OR folded_has(feed.url, :{value})), 0) OR (ifnull(article.feed_id, 0) NOT IN"
    " (SELECT feed.id FROM feed WHERE feed.title <> '') AND folded_has(article.source, :{value})))",
    "category": f"article.category IN ({_CATEGORIES})",
    "author": f"folded_has({_OF_BODY.format('body.byline')}, :{{value}})",
    "url": "folded_has(article.url, :{value})",
    "language": "ifnull(" + _OF_BODY.format("body.language = :{value} OR"
    " body.language LIKE :{value} || '-%'") + ", 0)",
    "outlets": "ifnull((SELECT story.outlets FROM story WHERE story.id = article.story_id), 1)"
    " {sign} :{value}",
    "minutes": f"minutes_of({_OF_BODY.format('body.text')}) {{sign}} :{{value}}",
    "after": "article.published >= :{value}",
    "before": "article.published < :{value}",
    "age": "article.published {sign} :{value}",
    "tag": _OF_TAG.format(hand="1"),
    "caveat": _OF_STORY.format("story.caveat_kind = :{value}"),
}  # fmt: skip
"""What the other conditions mean: {value} is the name of the bound value."""


def compile_query(node: Node, now: datetime, last: datetime | None = None) -> Compiled:
    """The condition for a query in SQL over ``article``, and its values (named q0, q1, …).

    now, last: what ``age:`` and ``after:`` count from, and the last visit. The connection needs
    ``QueryFunctions``.
    """
    compiler = _Compiler(now, last)
    return Compiled(compiler.condition(node), compiler.values)


def compile_driven(
    node: Node, now: datetime, last: datetime | None = None
) -> tuple[str | None, Compiled]:
    """The words that all that is found has, as an FTS5 query, and what else it has to meet.

    The first is None where the query does not ask for words of all: the condition says all then.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    match, rest = _parted(parts)
    compiler = _Compiler(now, last)
    return match, Compiled(compiler.all_of(rest), compiler.values)


@dataclass(slots=True)
class _Compiler:
    now: datetime
    last: datetime | None
    values: dict[str, Any] = field(default_factory=dict)

    def condition(self, node: Node) -> str:
        match node:
            case Words() | Or() if (found := match_of(node)) is not None:
                return self._in_search(found)
            case And(parts):
                found, rest = _parted(parts)
                return self.all_of(rest, *([] if found is None else [self._in_search(found)]))
            case Or(parts):
                return f"({' OR '.join(map(self.condition, _cheap_first(parts))) or '0'})"
            case Not(part):
                return f"NOT {self.condition(part)}"
            case Pattern():
                return self._pattern(node)
            case Condition():
                return f"({self._field(node)})"
        raise AssertionError(node)

    def all_of(self, parts: tuple[Node, ...], *more: str) -> str:
        conditions = [*more, *map(self.condition, _cheap_first(parts))]
        return f"({' AND '.join(conditions)})" if conditions else "1"

    def _bound(self, value: Any) -> str:
        name = f"q{len(self.values)}"
        self.values[name] = value
        return name

    def _in_search(self, match: str) -> str:
        # The terms of FTS5 tell what is found without a look at any text.
        return (
            "article.id IN"
            f" (SELECT search.rowid FROM search WHERE search MATCH :{self._bound(match)})"
        )

    def _pattern(self, pattern: Pattern) -> str:
        source, case = self._bound(pattern.source), int(pattern.ignore_case)
        title = f"pattern_in(:{source}, {case}, article.title)"
        text = f"pattern_in(:{source}, {case}, {_OF_BODY.format('body.text')})"
        return {"title": title, "text": text}.get(pattern.field, f"({title} OR {text})")

    def _field(self, condition: Condition) -> str:
        name, value = condition.name, condition.value
        if name in ("is by hand", "has by hand"):
            return BY_HAND[value]
        if name in ("is", "has"):
            return (IS if name == "is" else HAS)[value]
        sign = _NEGATED[condition.comparison] if name == "age" else condition.comparison
        form = _TAG_BY_HAND if name == "tag by hand" else FIELDS[name]
        return form.format(value=self._bound(self._value(name, value)), sign=sign)

    def _value(self, name: str, value: str) -> Any:
        if name in ("outlets", "minutes"):
            return min(int(value), _LARGEST)
        if name in ("after", "before"):
            return seconds(clamped_moment(value, self.now, self.last))
        if name == "age":
            span = span_of(value)
            return seconds(_before(self.now, span)) if span is not None else seconds(self.now)
        return value if name in ("language", "caveat") else folded(storable(value))


def clamped_moment(text: str, now: datetime, last: datetime | None) -> datetime:
    """``moment_of`` for what ``is_moment`` has passed: what lies beyond the calendar, counted from
    today or in the local zone, is its first moment.
    """
    for zone in (None, UTC):
        try:
            return moment_of(text, now, last, zone=zone)
        except (ValueError, OverflowError):
            continue
    return _FIRST


def _before(now: datetime, span: timedelta) -> datetime:
    try:
        return now - span
    except OverflowError:
        return _FIRST


def _parted(parts: tuple[Node, ...]) -> tuple[str | None, tuple[Node, ...]]:
    """One FTS5 query for the parts that are words, or None; and the other parts."""
    wanted, unwanted, rest = [], [], []
    for part in parts:
        if (found := match_of(part)) is not None:
            wanted.append(found)
        elif isinstance(part, Not) and (found := match_of(part.part)) is not None:
            unwanted.append((part, found))
        else:
            rest.append(part)
    if not wanted:
        return None, parts
    return conjunction(wanted, [found for _, found in unwanted]), tuple(rest)


def _cheap_first(parts: tuple[Node, ...]) -> list[Node]:
    """SQLite looks at them in this order: texts are read only of what all else lets through."""
    return sorted(parts, key=_cost)


def _cost(node: Node) -> int:
    match node:
        case Pattern(field="title"):
            return 2
        case Pattern():
            return 5
        case Condition(name="minutes" | "author" | "language"):
            return 3
        case Condition(name="has", value="figure" | "disagreement"):
            return 4
        case Condition(name="has", value="enclosure"):
            return 3
        case Not(part):
            return _cost(part)
        case And(parts) | Or(parts):
            return max(map(_cost, parts), default=0)
    return 0
