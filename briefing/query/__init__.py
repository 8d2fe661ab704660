"""The query language: one grammar for searching, saved searches, rules and hooks.

A query is read to a tree of values (``parse_query``); the store finds what it asks for.
"""

from briefing.query.explain import explained
from briefing.query.fields import ALIASES, FIELDS, Field
from briefing.query.moments import is_moment, moment_of, span_of
from briefing.query.nodes import (
    EVERYTHING,
    And,
    Condition,
    Node,
    Not,
    Or,
    Pattern,
    Words,
    wanted_patterns,
    wanted_words,
)
from briefing.query.parse import Query, QueryError, parse_query

__all__ = [
    "ALIASES",
    "EVERYTHING",
    "FIELDS",
    "And",
    "Condition",
    "Field",
    "Node",
    "Not",
    "Or",
    "Pattern",
    "Query",
    "QueryError",
    "Words",
    "explained",
    "is_moment",
    "moment_of",
    "parse_query",
    "span_of",
    "wanted_patterns",
    "wanted_words",
]
