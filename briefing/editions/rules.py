"""Rules: applied where they have changed, and tried without changing anything."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from briefing.model import ArticleFilter, ArticleRow, LimitError, StoreError
from briefing.model.rules import Rule
from briefing.store import ReadingStore

if TYPE_CHECKING:
    from briefing.store import FoundArticle, Store

_log = logging.getLogger(__name__)
_PAGE = 500


def apply_rules(store: ReadingStore, rules: Sequence[Rule], since: datetime, now: datetime) -> bool:
    """Bring the articles since then to what the rules say now; whether a story changed by it.

    Nearly always they have not changed, and then it is one look. What is older is left to the next
    refresh. What is written goes through a connection of its own; where that is refused, as of a
    file that may only be read, all stays as it is. A rule whose query takes too long is switched
    off, as in a refresh.
    """
    if not store.rules_wait(rules):
        return False
    from briefing.store import Store

    try:
        with Store.open(store.path) as writer:
            return _apply(writer, rules, since, now)
    except StoreError as error:
        _log.info("the rules could not be applied: %s", error)
        return False


def _apply(store: "Store", rules: Sequence[Rule], since: datetime, now: datetime) -> bool:
    if not store.begin_rules(rules):
        return False
    changed = 0
    while articles := store.next_for_rules():
        applied = store.apply_rules(rules, articles, now)
        for fault in applied.switched_off:
            _log.warning("%s", fault)
        changed += applied.stories
        store.rules_done_down_to(articles[-1])
        if all(store.article_row(name).published < since for name in articles):
            break
    else:
        store.rules_done_down_to(None)
    return changed > 0


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """What a rule would have done. caught: the articles that it is about. by_feed: how many of each
    feed, most first."""

    rule: Rule
    caught: "tuple[FoundArticle, ...]"
    looked_at: int
    by_feed: Mapping[str, int] = field(default_factory=dict)


def try_rule(store: ReadingStore, rule: Rule, since: datetime, now: datetime) -> RuleTrial:
    """What a rule would have done with the articles since then. Nothing is changed.

    Raises QueryError, LimitError, StoreError.
    """
    from briefing.store import FoundArticle
    from briefing.store.rule_queries import about, read_rule
    from briefing.store.rules import RULE_BATCH, RULE_SECONDS

    rows = _rows_since(store, since)
    read = read_rule(rule)
    story_of = {name: row.story_id for name, row in rows.items()}
    names = list(rows)
    within = None if read.feeds is None else store.matching(read.feeds, names, now)
    found: set[str] = set()
    for at in range(0, len(names), RULE_BATCH):  # each with the time that it has when applied
        batch = names[at : at + RULE_BATCH]
        found |= store.matching(read.query, batch, now, budget=RULE_SECONDS)
    about_these = about(read, found, within, story_of)
    places = {}
    if about_these and not rule.keep:
        chosen = ArticleFilter(since=since)
        with suppress(LimitError):  # they are told without a mark
            hits = store.find(read.query, chosen, limit=len(rows), now=now)
            places = {one.row.id: one for one in hits}
    caught, by_feed = [], dict[str, int]()
    for name, row in rows.items():
        if name in about_these:
            caught.append(places.get(name) or FoundArticle(row))
            by_feed[row.source] = by_feed.get(row.source, 0) + 1
    most_first = dict(sorted(by_feed.items(), key=lambda pair: (-pair[1], pair[0])))
    return RuleTrial(rule, tuple(caught), len(rows), most_first)


def _rows_since(store: ReadingStore, since: datetime) -> dict[str, ArticleRow]:
    """The articles since then, newest first."""
    rows: dict[str, ArticleRow] = {}
    after = None
    while page := store.article_rows(ArticleFilter(since=since), after, _PAGE):
        rows |= {row.id: row for row in page}
        after = page[-1]
        if len(page) < _PAGE:
            break
    return rows
