"""Rows that could not be read: kept as they were, named by ``doctor``, never in anybody's way."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from briefing.store.database import Database
from briefing.store.rows import ROW_FAULTS, dumps, storable

T = TypeVar("T")

RowKind = Literal["entry", "article", "digest", "brief"]


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """What could not be read. id: of its article, or of its story where it is a brief."""

    kind: RowKind
    id: str
    problem: str  # in words


class SettingAside(Database):
    """Reading rows that another program, an older one or a fault may have written."""

    def set_aside_rows(self) -> list[SetAsideRow]:
        """What was set aside and could not be made anew since."""
        rows = self._rows("SELECT kind, row_id, problem FROM set_aside ORDER BY id")
        return [SetAsideRow(row["kind"], str(row["row_id"]), row["problem"]) for row in rows]

    def _set_aside(self, kind: RowKind, row_id: int, content: str, error: Exception) -> None:
        """Keep the content of a row that cannot be read; the caller says how work goes on."""
        problem = f"the {kind} cannot be read ({type(error).__name__}: {error})"
        self._run(
            "INSERT INTO set_aside (kind, row_id, content, problem) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET content = excluded.content, problem = excluded.problem",
            (kind, row_id, storable(content), storable(problem[:300])),
        )

    def _set_article_aside(self, row: sqlite3.Row, error: Exception) -> None:
        with self.transaction():
            content = dumps({name: row[name] for name in ("basis", "language", "links")})
            self._set_aside("article", row["id"], content, error)
            self._run(
                "UPDATE article SET pending = NULL, content_hash = '' WHERE id = ?", (row["id"],)
            )

    def _made_anew(self, kind: RowKind, row_id: int) -> None:
        """A row of this kind has been written: what was set aside in its place is done with."""
        self._run("DELETE FROM set_aside WHERE kind = ? AND row_id = ?", (kind, row_id))


def readable(
    rows: Iterable[sqlite3.Row],
    read: Callable[[sqlite3.Row], T],
    unreadable: Callable[[sqlite3.Row, Exception], None],
) -> list[T]:
    """What ``read`` makes of each row; ``unreadable`` is handed the rows that it fails on."""
    values = []
    for row in rows:
        try:
            values.append(read(row))
        except ROW_FAULTS as error:
            unreadable(row, error)
    return values
