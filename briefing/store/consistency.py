"""What may be wrong inside a store, found and mended: the file's pages, links between rows, the
search index, articles that no stage would ever take up.
"""

# ruff: noqa: S608 - statements are put together from constants and the schema's own names

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from briefing.model import RowError, StoreError
from briefing.store.database import Database

RowsOf = Callable[[str, str], Iterable[Sequence[object]]]
"""The rows of a table, by its name and its columns as SQL lists them."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """Rows that should not be: what they are, how many (SQL), and what mends them (SQL)."""

    what: str
    count: str
    mends: tuple[str, ...]


_NO_ENTRY = (
    "article.pending = 'extract' AND (article.feed_id IS NULL"
    " OR NOT EXISTS (SELECT 1 FROM entry WHERE entry.article_id = article.id))"
)
_NO_BODY = "NOT EXISTS (SELECT 1 FROM body WHERE body.article_id = article.id)"
_HAS_TEXT = "EXISTS (SELECT 1 FROM body WHERE body.article_id = article.id AND body.text <> '')"
_ENDLESS = "article.pending = 'extract' AND article.retry_at > unixepoch() + 30 * 86400"
_EMPTY_STORY = (
    "story.is_starred = 0 AND NOT EXISTS (SELECT 1 FROM article WHERE article.story_id = story.id)"
)
_UNTOLD = "NOT EXISTS (SELECT 1 FROM story_detail WHERE story_detail.story_id = story.id)"

_RULES = (
    _Rule(
        "articles without the row of their text",
        f"SELECT count(*) FROM article WHERE {_NO_BODY}",
        (
            f"UPDATE article SET content_hash = '' WHERE {_NO_BODY}",
            f"INSERT INTO body (article_id, title) SELECT id, title FROM article WHERE {_NO_BODY}",
        ),
    ),
    _Rule(
        "articles that wait for an entry that is not there",
        f"SELECT count(*) FROM article WHERE {_NO_ENTRY}",
        (  # those with a text go on; the others are taken when their feeds give them again
            f"UPDATE article SET pending = 'digest', tries = 0 WHERE {_NO_ENTRY} AND {_HAS_TEXT}",
            f"UPDATE article SET pending = NULL, content_hash = '' WHERE {_NO_ENTRY}",
        ),
    ),
    _Rule(
        "articles that wait for a time that is far away",
        f"SELECT count(*) FROM article WHERE {_ENDLESS}",
        (f"UPDATE article SET retry_at = NULL WHERE {_ENDLESS}",),
    ),
    _Rule(
        "stories without an article",
        f"SELECT count(*) FROM story WHERE {_EMPTY_STORY}",
        (f"DELETE FROM story WHERE {_EMPTY_STORY}",),
    ),
    _Rule(
        "stories without their brief",
        f"SELECT count(*) FROM story WHERE {_UNTOLD} AND NOT ({_EMPTY_STORY})"
        " AND NOT EXISTS (SELECT 1 FROM article WHERE story_id = story.id AND pending = 'link')",
        (
            (
                "UPDATE article SET pending = coalesce(pending, 'link')"
                f" WHERE story_id IN (SELECT id FROM story WHERE {_UNTOLD})"
            ),
        ),
    ),
)


class Consistency(Database):
    """For ``doctor``."""

    def check(self, *, search_index: bool = True) -> tuple[str, ...]:
        """What is wrong, in words; empty where the store is whole.

        Reads all of it: seconds on a large store. Raises StoreError where that cannot be done.
        search_index: compare it with the texts too, which SQLite takes for a write.
        """
        faults = self._damaged_pages()
        faults.extend(
            f"{count:,} rows of {table} point to nothing in {parent}"
            for table, parent, count in self._dangling()
        )
        for rule in _RULES:
            if count := self._value(rule.count):
                faults.append(f"{count:,} {rule.what}")
        if search_index:
            try:
                self._run("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
            except StoreError as error:
                faults.append(f"the search index differs from the texts: {error.what}")
        return tuple(faults)

    def mend(self) -> None:
        """Mend what ``check`` finds, as far as that can be done within the file.

        Each kind in one transaction; nothing that is whole is touched. Raises StoreError.
        """
        if self._damaged_pages():
            self._run("REINDEX")
        with self.transaction():
            for table, key, parent, nullable in list(self._foreign_keys()):
                column, target = key
                lost = f"{column} IS NOT NULL AND {column} NOT IN (SELECT {target} FROM {parent})"
                if nullable:
                    self._run(f"UPDATE {table} SET {column} = NULL WHERE {lost}")
                else:
                    self._run(f"DELETE FROM {table} WHERE {lost}")
            for rule in _RULES:
                if self._value(rule.count):
                    for statement in rule.mends:
                        self._run(statement)
        self.rebuild_search()

    def take_rows(self, rows_of: RowsOf) -> None:
        """Put rows of another file of the same schema into this one, table by table.

        Rows that this one cannot have (a key twice, a value too few) are left out; those that point
        to nothing wait for ``mend``. Raises StoreError.
        """
        tables = self._rows(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'"
        )
        self._run("PRAGMA foreign_keys = OFF")
        try:
            with self.transaction():
                for (table,) in tables:
                    names = self._rows("SELECT name FROM pragma_table_info(?)", (table,))
                    columns = ", ".join(f'"{name}"' for (name,) in names)
                    marks = ", ".join("?" * len(names))
                    insert = f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})"
                    for row in rows_of(table, columns):
                        with suppress(RowError):
                            self._run(insert, row)
        finally:
            self._run("PRAGMA foreign_keys = ON")

    def rebuild_search(self) -> None:
        """Make the search index anew from the texts."""
        self._run("INSERT INTO search (search) VALUES ('rebuild')")

    def _damaged_pages(self) -> list[str]:
        """What SQLite finds wrong with tables and indexes. The search index is looked at apart."""
        rows = (str(row[0]) for row in self._rows("PRAGMA integrity_check(20)"))
        return [row for row in rows if row != "ok" and "fts5" not in row.lower()]

    def _dangling(self) -> list[tuple[str, str, int]]:
        found: dict[tuple[str, str], int] = {}
        for row in self._rows("PRAGMA foreign_key_check"):
            key = (row["table"], row["parent"])
            found[key] = found.get(key, 0) + 1
        return [(*key, count) for key, count in found.items()]

    def _foreign_keys(self) -> Iterator[tuple[str, tuple[str, str], str, bool]]:
        """Each table's foreign keys: the table, (its column, the other's), that, may be null."""
        tables = self._rows(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        )
        for (table,) in tables:
            columns = self._rows('SELECT name, "notnull", pk FROM pragma_table_info(?)', (table,))
            bound = {c["name"] for c in columns if c["notnull"] or c["pk"]}
            keys = self._rows(
                'SELECT "from" AS here, "to" AS there, "table" AS parent'
                " FROM pragma_foreign_key_list(?)",
                (table,),
            )
            for key in keys:
                here, there = str(key["here"]), str(key["there"])
                yield table, (here, there), str(key["parent"]), here not in bound
