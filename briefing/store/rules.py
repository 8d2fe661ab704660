"""Applying rules: what they do is kept apart from what a person does, and is taken back with them.

Nothing is dropped. A mark by hand always wins: what was marked as read or unread, starred, tagged
by hand stays as it was left. What is slow, finding the articles, holds no lock.
"""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.model import BriefingError, LimitError
from briefing.model.rules import Rule, read_action, rules_version
from briefing.query import QueryError
from briefing.store.rows import WRITTEN_ON
from briefing.store.rule_effects import RuleEffects
from briefing.store.rule_queries import ReadRule, about, decided, effective, read_rule
from briefing.store.search import Search
from briefing.store.tags import Tags

RULE_SECONDS = 5.0
"""How long the query of one rule may take with ``RULE_BATCH`` articles: then it is switched off."""
RULE_BATCH = 1000
_MOST_BOOST = 64.0

_IN = "IN (SELECT value FROM json_each(:articles))"
# Marks that a hand has touched since are the hand's.
_UNREAD_AGAIN = (
    "SELECT article.id, article.story_id FROM rule_mark"
    " JOIN article ON article.id = rule_mark.article_id"
    " LEFT JOIN story ON story.id = article.story_id"
    f" WHERE rule_mark.article_id {_IN} AND rule_mark.mark = 'read' AND article.is_read = 1"
    " AND NOT EXISTS (SELECT 1 FROM mark_log WHERE mark_log.article_id = article.id"
    " AND mark_log.mark = 'read') AND NOT (ifnull(story.state, '') = 'read'"
    " AND story.read_at IS NOT NULL)"
)
_UNSTAR = (
    "UPDATE article SET is_starred = 0 WHERE id IN (SELECT article_id FROM rule_mark"
    f" WHERE article_id {_IN} AND mark = 'starred') AND NOT EXISTS (SELECT 1 FROM mark_log"
    " WHERE mark_log.article_id = article.id AND mark_log.mark = 'starred')"
)
_STORY_UNREAD = (
    "UPDATE story SET state = 'unread' WHERE id IN (SELECT value FROM json_each(:stories))"
    " AND state = 'read' AND read_at IS NULL"
    " AND EXISTS (SELECT 1 FROM article WHERE article.story_id = story.id AND is_read = 0)"
)
_STORY_READ = (
    "UPDATE story SET state = 'read' WHERE id IN (SELECT value FROM json_each(:stories))"
    " AND state <> 'read' AND NOT EXISTS"
    " (SELECT 1 FROM article WHERE article.story_id = story.id AND is_read = 0)"
)
_MARK = (
    "INSERT OR IGNORE INTO rule_mark (article_id, mark) SELECT id, :mark FROM article"
    f" WHERE id {_IN} AND {{column}} = 0 AND NOT EXISTS (SELECT 1 FROM mark_log"
    " WHERE mark_log.article_id = article.id AND mark_log.mark = :mark)"
)
_TAG = (
    "INSERT OR IGNORE INTO article_tag (article_id, tag_id, by_rule) SELECT article.id, :tag, 1"
    f" FROM article WHERE article.id {_IN} AND NOT EXISTS (SELECT 1 FROM refused_tag"
    " WHERE refused_tag.article_id = article.id AND refused_tag.tag_id = :tag)"
    " AND NOT EXISTS (SELECT 1 FROM article AS other JOIN refused_tag"
    " ON refused_tag.article_id = other.id AND refused_tag.tag_id = :tag"
    " WHERE other.story_id = article.story_id)"
)
_MUTE = (
    "UPDATE story SET is_muted = muted FROM (SELECT story.id AS of, story.is_starred = 0"
    " AND NOT EXISTS (SELECT 1 FROM article WHERE article.story_id = story.id"
    f" AND (article.is_starred = 1 OR {WRITTEN_ON}))"
    " AND 2 * (SELECT count(DISTINCT article.id) FROM article JOIN rule_action"
    " ON rule_action.article_id = article.id AND rule_action.action = 'mute'"
    " WHERE article.story_id = story.id)"
    " > (SELECT count(*) FROM article WHERE article.story_id = story.id) AS muted FROM story"
    " WHERE story.id IN (SELECT value FROM json_each(:stories)))"
    " WHERE story.id = of AND is_muted <> muted"
)


@dataclass(frozen=True, slots=True)
class RulesApplied:
    """What came of it. stories: that were muted, or no longer are, or rank otherwise.

    switched_off: rules whose queries took too long, each with the reason, said once.
    """

    articles: int = 0
    stories: int = 0
    switched_off: tuple[BriefingError, ...] = ()


class Rules(Search, Tags, RuleEffects):
    """Applying rules. Done by a refresh, and where rules have changed."""

    # ── Which articles wait ──────────────────────────────────────────────────────────────────

    def begin_rules(self, rules: Sequence[Rule]) -> bool:
        """Note which rules are in force; whether some articles wait for them, since they changed.

        Faults of rules that are no more, or are others now, are forgotten.
        """
        version = rules_version(rules)
        row = self._row("SELECT version, below FROM rules_applied")
        if row is None and not version:
            return False
        if row is not None and row["version"] == version:
            return int(row["below"]) > 0
        known = json.dumps([[rule.name, rule.version] for rule in rules])
        with self.transaction():
            self._run(
                "DELETE FROM rule_fault WHERE NOT EXISTS (SELECT 1 FROM json_each(?)"
                " WHERE value ->> 0 = rule AND value ->> 1 = version)",
                (known,),
            )
            last = self._value("SELECT coalesce(max(id), 0) FROM article")
            self._run(
                "INSERT INTO rules_applied (id, version, below, last) VALUES (1, :version,"
                " :last + 1, :last) ON CONFLICT DO UPDATE SET version = excluded.version,"
                " below = excluded.below, last = excluded.last",
                {"version": version, "last": last},
            )
        return True

    def next_for_rules(self, limit: int = RULE_BATCH) -> list[str]:
        """Articles that wait since the rules changed, the latest first."""
        rows = self._rows(
            "SELECT id FROM article WHERE id < (SELECT below FROM rules_applied)"
            " ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        return [str(row["id"]) for row in rows]

    def rules_done_down_to(self, article_id: str | None) -> None:
        """These, and those after it, have been looked at; None for all."""
        below = 0 if article_id is None else self._number("article", article_id)
        self._run("UPDATE rules_applied SET below = ?", (below,))

    def new_for_rules(self, limit: int = RULE_BATCH) -> list[str]:
        """Articles that came since rules were last looked at, the first first."""
        rows = self._rows(
            "SELECT id FROM article WHERE id > (SELECT last FROM rules_applied)"
            " ORDER BY id LIMIT ?",
            (limit,),
        )
        return [str(row["id"]) for row in rows]

    def rules_done_up_to(self, article_id: str) -> None:
        """Rules have seen the articles up to this one."""
        self._run("UPDATE rules_applied SET last = ?", (self._number("article", article_id),))

    def articles_of_stories(self, story_ids: Iterable[str]) -> list[str]:
        """The articles of stories, by number."""
        wanted = json.dumps([self._number("story", name) for name in story_ids])
        rows = self._rows(
            "SELECT id FROM article WHERE story_id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (wanted,),
        )
        return [str(row["id"]) for row in rows]

    # ── Applying ─────────────────────────────────────────────────────────────────────────────

    def apply_rules(
        self, rules: Sequence[Rule], articles: Sequence[str], now: datetime
    ) -> RulesApplied:
        """Bring what rules do with these articles, and with the others of their stories, to what
        ``rules`` say now. Doing it twice changes nothing.

        A rule whose query takes too long is switched off until it is changed; the others go on.
        Raises StoreError.
        """
        story_of = self._with_siblings(articles)
        numbered = list(enumerate(rules))
        caught, faults = self._caught(numbered, story_of, now)
        by_article = decided(numbered, caught)
        with self.transaction():
            for rule, error in faults:
                self._run(
                    "INSERT OR REPLACE INTO rule_fault VALUES (?, ?, ?)",
                    (rule.name, rule.version, error.what),
                )
            self._take_back(story_of)
            self._do(by_article)
            stories = sorted({s for s in story_of.values() if s is not None})
            changed = self._judge_stories(stories)
        return RulesApplied(len(story_of), changed, tuple(error for _, error in faults))

    def _with_siblings(self, articles: Sequence[str]) -> dict[str, str | None]:
        """The articles, and the others of their stories, each with its story."""
        rows = self._rows(
            "SELECT id, story_id FROM article WHERE id IN (SELECT value FROM json_each(:which))"
            " UNION SELECT id, story_id FROM article WHERE story_id IN (SELECT story_id"
            " FROM article WHERE id IN (SELECT value FROM json_each(:which)))",
            {"which": json.dumps([self._number("article", name) for name in articles])},
        )
        return {
            str(row["id"]): None if row["story_id"] is None else str(row["story_id"])
            for row in rows
        }

    def _caught(
        self,
        rules: Sequence[tuple[int, Rule]],
        story_of: dict[str, str | None],
        now: datetime,
    ) -> tuple[dict[int, set[str]], list[tuple[Rule, BriefingError]]]:
        """By position the articles that each rule is about, and the rules that cannot be used."""
        off = self.rule_faults()
        caught: dict[int, set[str]] = {}
        faults: list[tuple[Rule, BriefingError]] = []
        for position, rule in rules:
            if off.get(rule.name, ("",))[0] == rule.version:
                continue
            try:
                caught[position] = self.found_by_rule(read_rule(rule), story_of, now)
            except (LimitError, QueryError) as error:
                what = f"the rule is switched off until it is changed: {error.what}"
                fault = BriefingError(what, f"rule “{rule.name}”", error.mend)
                faults.append((rule, fault))
        return caught, faults

    def found_by_rule(
        self, rule: ReadRule, story_of: dict[str, str | None], now: datetime
    ) -> set[str]:
        """Of these articles those that a rule is about. Raises LimitError."""
        among = list(story_of)
        within = None
        if rule.feeds is not None:
            within = self.matching(rule.feeds, among, now)
            if not within:
                return set()
            among = among if rule.rule.keep else [name for name in among if name in within]
        found = self.matching(rule.query, among, now, budget=RULE_SECONDS)
        return about(rule, found, within, story_of)

    def _take_back(self, articles: Iterable[str]) -> None:
        """Undo what rules did with articles, but for what a hand has touched since."""
        values = {"articles": _numbers(articles)}
        unread = self._rows(_UNREAD_AGAIN, values)
        self._run(
            f"UPDATE article SET is_read = 0 WHERE id {_IN}",
            {"articles": _numbers(str(row["id"]) for row in unread)},
        )
        stories = json.dumps(sorted({r["story_id"] for r in unread if r["story_id"] is not None}))
        self._run(_STORY_UNREAD, {"stories": stories})
        self._run(_UNSTAR, values)
        for table in ("rule_mark", "rule_action"):
            self._run(f"DELETE FROM {table} WHERE article_id {_IN}", values)
        self._run(f"DELETE FROM article_tag WHERE by_rule = 1 AND article_id {_IN}", values)

    def _do(self, by_article: dict[str, list[tuple[int, Rule]]]) -> None:
        by_action: dict[str, set[str]] = {}
        for article, rules in by_article.items():
            for position, name, action in effective(rules):
                self._run(
                    "INSERT OR IGNORE INTO rule_action (article_id, position, rule, action)"
                    " VALUES (?, ?, ?, ?)",
                    (int(article), position, name, action),
                )
                by_action.setdefault(action, set()).add(article)
        for action, articles in by_action.items():
            kind, value = (it := read_action(action)).kind, it.value
            values = {"articles": _numbers(articles)}
            if kind == "tag":
                self._run(_TAG, {**values, "tag": self._tag(value)[0]})
            elif kind in ("read", "star"):
                self._mark(kind, values)

    def _mark(self, kind: str, values: dict[str, str]) -> None:
        column, mark = ("is_read", "read") if kind == "read" else ("is_starred", "starred")
        self._run(_MARK.format(column=column), {**values, "mark": mark})
        self._run(
            f"UPDATE article SET {column} = 1 WHERE id {_IN}"
            f" AND id IN (SELECT article_id FROM rule_mark WHERE mark = '{mark}')",
            values,
        )
        if kind == "read":
            rows = self._rows(
                f"SELECT DISTINCT story_id FROM article WHERE id {_IN} AND story_id IS NOT NULL",
                values,
            )
            self._run(_STORY_READ, {"stories": json.dumps([row["story_id"] for row in rows])})

    def _judge_stories(self, stories: Sequence[str]) -> int:
        """Whether each is muted now, and how it is boosted; how many are otherwise than before."""
        which = {"stories": _numbers(stories)}
        changed = self._run(_MUTE, which).rowcount
        rows = self._rows(
            "SELECT DISTINCT article.story_id, rule_action.rule, rule_action.action"
            " FROM article JOIN rule_action ON rule_action.article_id = article.id"
            " WHERE article.story_id IN (SELECT value FROM json_each(:stories))"
            " AND rule_action.action LIKE 'boost:%'",
            which,
        )
        boosts = dict.fromkeys(map(int, stories), 1.0)
        for row in rows:
            boosts[row["story_id"]] *= read_action(row["action"]).factor
        for story, boost in boosts.items():
            bounded = min(max(boost, 1 / _MOST_BOOST), _MOST_BOOST)
            changed += self._run(
                "UPDATE story SET boost = :boost, preferences = '' WHERE id = :id"
                " AND abs(boost - :boost) > 1e-9",
                {"boost": bounded, "id": story},
            ).rowcount
        return changed


def _numbers(names: Iterable[str]) -> str:
    return json.dumps([int(name) for name in names])
