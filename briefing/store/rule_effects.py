"""What rules have done: read by screens and commands."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

from collections.abc import Sequence
from datetime import datetime

from briefing.model import StoryRow, Window
from briefing.model.rules import Rule, RuleEffect, RuleTally, rules_version
from briefing.store.database import Database
from briefing.store.edition import ABOVE_ALL
from briefing.store.rows import STORY_COLUMNS, seconds, story_row_of

_MUTED = (
    f"SELECT {STORY_COLUMNS} FROM story INDEXED BY story_muted"
    " WHERE story.latest >= :since AND story.is_muted = 1"
    " AND score <= :score AND (score < :score OR id > :after)"
    " ORDER BY score DESC, id LIMIT :limit"
)


class RuleEffects(Database):
    """What rules have done. Nothing here writes."""

    def muted_rows(
        self, window: Window, *, after: StoryRow | None = None, limit: int = 50
    ) -> list[StoryRow]:
        """A page of the stories that rules keep out of the edition of ``window``, best first."""
        rows = self._rows(
            _MUTED,
            {
                "since": seconds(window.since),
                "score": ABOVE_ALL if after is None else after.score,
                "after": 0 if after is None else int(after.id),
                "limit": limit,
            },
        )
        return [story_row_of(row) for row in rows]

    def muted_counts(self, window: Window) -> tuple[int, int]:
        """How many stories rules keep out of the edition of ``window``, and how many rules do."""
        row = self._row(
            "SELECT count(DISTINCT story.id) AS stories, count(DISTINCT rule_action.rule) AS rules"
            " FROM story INDEXED BY story_muted"
            " JOIN article ON article.story_id = story.id"
            " LEFT JOIN rule_action ON rule_action.article_id = article.id"
            " AND rule_action.action = 'mute'"
            " WHERE story.latest >= ? AND story.is_muted = 1",
            (seconds(window.since),),
        )
        return (0, 0) if row is None else (row["stories"], row["rules"])

    def story_rules(self, story_id: str) -> tuple[RuleEffect, ...]:
        """What rules do with a story's articles, in the order of the rules."""
        rows = self._rows(
            "SELECT rule, action, count(*) AS articles FROM rule_action"
            " JOIN article ON article.id = rule_action.article_id WHERE article.story_id = ?"
            " GROUP BY position, rule, action ORDER BY position, action",
            (self._story_number(story_id),),
        )
        return tuple(RuleEffect(row["rule"], row["action"], row["articles"]) for row in rows)

    def is_muted(self, story_id: str) -> bool:
        """Whether rules keep a story out of the edition. Raises StoreError where there is none."""
        number = self._story_number(story_id)
        return bool(self._value("SELECT is_muted FROM story WHERE id = ?", (number,)))

    def rule_tallies(self, since: datetime) -> tuple[RuleTally, ...]:
        """How many articles since then each rule has done something with, by feed, most first."""
        rows = self._rows(
            "SELECT rule, source, count(*) AS articles FROM (SELECT DISTINCT rule_action.rule,"
            " rule_action.article_id, article.source FROM rule_action"
            " JOIN article ON article.id = rule_action.article_id WHERE article.published >= ?)"
            " GROUP BY rule, source ORDER BY articles DESC, rule, source",
            (seconds(since),),
        )
        return tuple(RuleTally(row["rule"], row["source"], row["articles"]) for row in rows)

    def rules_wait(self, rules: Sequence[Rule]) -> bool:
        """Whether some articles wait for these rules, as others were in force before. For none:
        whether there is something to be undone.
        """
        row = self._row("SELECT version, below FROM rules_applied")
        if row is None:
            return bool(rules)
        return bool(row["version"] != rules_version(rules) or row["below"] > 0)

    def rule_faults(self) -> dict[str, tuple[str, str]]:
        """The rules that are switched off: by name the hash of the rule that was, and why."""
        rows = self._rows("SELECT rule, version, problem FROM rule_fault")
        return {row["rule"]: (row["version"], row["problem"]) for row in rows}
