"""What the conditions of a filter mean: in SQL, and of a row. The one place that says so.

A condition more is a field of the filter and a line here.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from briefing.model import ArticleFilter, ArticleRow, StoryFilter, StoryRow
from briefing.store.rows import seconds


class Condition(NamedTuple):
    """One condition. sql: of the row's table, with ``:name`` for the value that the filter gives.

    holds: the same of a row and that value.
    """

    sql: str
    holds: Callable[[Any, Any], bool]


class Compiled(NamedTuple):
    """A filter in SQL: conditions joined by AND (``1`` where there are none), and their values."""

    where: str
    values: dict[str, Any]


ARTICLE_CONDITIONS: Mapping[str, Condition] = {
    "feed_id": Condition("article.feed_id = :feed_id", lambda row, v: row.feed_id == v),
    "category": Condition("article.category = :category", lambda row, v: row.category == v),
    "outlet": Condition("article.source = :outlet", lambda row, v: row.source == v),
    "since": Condition("article.published >= :since", lambda row, v: row.published >= v),
    "until": Condition("article.published <= :until", lambda row, v: row.published <= v),
    "read": Condition("article.is_read = :read", lambda row, v: row.read == v),
    "starred": Condition("article.is_starred = :starred", lambda row, v: row.starred == v),
    "opinion": Condition("article.opinion = :opinion", lambda row, v: row.opinion == v),
    "basis": Condition("article.basis = :basis", lambda row, v: row.basis is v),
}

STORY_CONDITIONS: Mapping[str, Condition] = {
    "since": Condition("story.latest >= :since", lambda row, v: row.latest >= v),
    "category": Condition("story.category = :category", lambda row, v: row.category == v),
    "state": Condition("story.state = :state", lambda row, v: row.state is v),
    "starred": Condition("story.is_starred = :starred", lambda row, v: row.starred == v),
    "opinion": Condition("story.opinion = :opinion", lambda row, v: row.opinion == v),
    "caveat_kind": Condition(
        "story.caveat_kind = :caveat_kind", lambda row, v: row.caveat_kind is v
    ),
    "least_outlets": Condition("story.outlets >= :least_outlets", lambda row, v: row.outlets >= v),
}


def compile_articles(
    chosen: ArticleFilter, conditions: Mapping[str, Condition] = ARTICLE_CONDITIONS
) -> Compiled:
    """A filter of articles in SQL over the table ``article``."""
    return _compile(_given(chosen), conditions)


def compile_stories(
    chosen: StoryFilter, conditions: Mapping[str, Condition] = STORY_CONDITIONS
) -> Compiled:
    """A filter of stories in SQL over the table ``story``."""
    return _compile(_given(chosen), conditions)


def article_matches(
    chosen: ArticleFilter,
    row: ArticleRow,
    conditions: Mapping[str, Condition] = ARTICLE_CONDITIONS,
) -> bool:
    """Whether an article is one of those that the filter chooses."""
    return all(conditions[name].holds(row, value) for name, value in _given(chosen).items())


def story_matches(
    chosen: StoryFilter, row: StoryRow, conditions: Mapping[str, Condition] = STORY_CONDITIONS
) -> bool:
    """Whether a story is one of those that the filter chooses."""
    return all(conditions[name].holds(row, value) for name, value in _given(chosen).items())


def article_index(chosen: ArticleFilter) -> str:
    """The index that gives the articles of a filter in the order of time."""
    if chosen.feed_id is not None:
        return "article_by_feed"
    if chosen.category is not None:
        return "article_by_category"
    return "article_starred" if chosen.starred else "article_by_time"


def _given(chosen: ArticleFilter | StoryFilter) -> dict[str, Any]:
    """The conditions that say something, by name."""
    values = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
    return {name: value for name, value in values.items() if value is not None}


def _compile(given: Mapping[str, Any], conditions: Mapping[str, Condition]) -> Compiled:
    parts, values = [], {}
    for name, value in given.items():
        sql = conditions[name].sql
        if isinstance(value, bool | StrEnum):
            # Constants of the program stand as they are: a partial index is used only then.
            constant = str(int(value)) if isinstance(value, bool) else f"'{value.value}'"
            parts.append(sql.replace(f":{name}", constant))
        else:
            parts.append(sql)
            values[name] = _sql_value(name, value)
    return Compiled(" AND ".join(parts) or "1", values)


def _sql_value(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return seconds(value)
    return int(value) if name == "feed_id" else value
