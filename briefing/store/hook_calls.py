"""What waits to be given to hooks: put there by whoever sees it, taken by one process only."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from briefing.model.hooks import AT_ARRIVAL, HookCall
from briefing.store.database import Database
from briefing.store.rows import seconds

MOST_WAITING = 1000
"""So many calls wait for one hook; of more the oldest go."""


class HookCalls(Database):
    """The queue, for whoever puts something into it."""

    def queue_call(self, call: HookCall) -> None:
        """Let a hook be run, by the next process that runs hooks. Raises StoreError."""
        self._run(
            "INSERT INTO hook_call (hook, event, story_id, article_id) VALUES (?, ?, ?, ?)",
            (call.hook, call.event, _number(call.story_id), _number(call.article_id)),
        )


class HookQueue(HookCalls):
    """The queue, for whoever runs hooks. Raises StoreError."""

    def begin_hooks(self) -> None:
        """From now on articles that come are new to hooks; those that are there are not."""
        self._run(
            "INSERT OR IGNORE INTO hook_progress (id, last)"
            " SELECT 1, coalesce(max(id), 0) FROM article"
        )

    def watches_for_hooks(self) -> bool:
        """Whether ``begin_hooks`` was called, and not taken back."""
        return self._row("SELECT 1 FROM hook_progress") is not None

    def end_hooks(self) -> None:
        """Nothing is new to hooks any more."""
        self._run("DELETE FROM hook_progress")

    def keep_calls_of(self, hooks: Iterable[str]) -> None:
        """Forget what waits for other hooks, and the oldest of what is too much."""
        names = list(hooks)
        with self.transaction():
            self._run(
                "DELETE FROM hook_call WHERE hook NOT IN (SELECT value FROM json_each(?))",
                (json.dumps(names),),
            )
            for name in names:
                self._run(
                    "DELETE FROM hook_call WHERE hook = :hook AND id <= (SELECT id FROM hook_call"
                    " WHERE hook = :hook ORDER BY id DESC LIMIT 1 OFFSET :most)",
                    {"hook": name, "most": MOST_WAITING},
                )

    def new_for_hooks(self, limit: int) -> list[str]:
        """Articles that came since hooks were last told of any, the first first."""
        rows = self._rows(
            "SELECT id FROM article WHERE id > (SELECT last FROM hook_progress)"
            " ORDER BY id LIMIT ?",
            (limit,),
        )
        return [str(row["id"]) for row in rows]

    def published_since(self, articles: Sequence[str], since: datetime) -> list[str]:
        """Those of these articles that were published from then on."""
        rows = self._rows(
            "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?))"
            " AND published >= ? ORDER BY id",
            (json.dumps([int(name) for name in articles]), seconds(since)),
        )
        return [str(row["id"]) for row in rows]

    def actions_of_rules(self, articles: Sequence[str]) -> list[tuple[str, str]]:
        """For which of these articles rules want somebody told, as (article, action): ``notify``,
        or ``hook:`` and its name."""
        rows = self._rows(
            "SELECT DISTINCT article_id, action FROM rule_action"
            " WHERE article_id IN (SELECT value FROM json_each(?))"
            " AND (action = 'notify' OR action LIKE 'hook:%') ORDER BY article_id, action",
            (json.dumps([int(name) for name in articles]),),
        )
        return [(str(row["article_id"]), row["action"]) for row in rows]

    def queue_new(self, articles: Sequence[str], calls: Sequence[HookCall]) -> bool:
        """Queue what ``new_for_hooks`` gave; False where another process has done it meanwhile."""
        with self.transaction():
            before = self._value("SELECT last FROM hook_progress")
            if before is None or before >= int(articles[0]):
                return False
            self._run("UPDATE hook_progress SET last = ?", (int(articles[-1]),))
            for call in calls:
                self.queue_call(call)
        return True

    def take_call(self, hook: str) -> HookCall | None:
        """The oldest call of a hook, which nobody else gets then; None where none waits.

        Of what has arrived in one story it is one call: the others go with it.
        """
        with self.transaction():
            row = self._row(
                "SELECT hook_call.id, event, hook_call.story_id, article_id,"
                " article.story_id AS told_by FROM hook_call"
                " LEFT JOIN article ON article.id = article_id"
                " WHERE hook = ? ORDER BY hook_call.id LIMIT 1",
                (hook,),
            )
            if row is None:
                return None
            self._run("DELETE FROM hook_call WHERE id = ?", (row["id"],))
            if row["event"] in AT_ARRIVAL:
                self._run(
                    "DELETE FROM hook_call WHERE hook = :hook"
                    " AND event IN (SELECT value FROM json_each(:events))"
                    " AND (article_id = :article OR article_id IN"
                    " (SELECT id FROM article WHERE story_id = :story))",
                    {
                        "hook": hook,
                        "events": json.dumps(AT_ARRIVAL),
                        "article": row["article_id"],
                        "story": row["told_by"],
                    },
                )
        return HookCall(hook, row["event"], _name(row["story_id"]), _name(row["article_id"]))

    def count_calls(self, hook: str) -> int:
        """How many wait for a hook."""
        return int(self._value("SELECT count(*) FROM hook_call WHERE hook = ?", (hook,)))


def _number(name: str | None) -> int | None:
    return None if name is None else int(name)


def _name(number: int | None) -> str | None:
    return None if number is None else str(number)
