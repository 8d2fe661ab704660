"""Servers that are left alone for a while, and pages that were asked for before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.store.database import Database
from briefing.store.rows import maybe_moment, maybe_seconds, moment, seconds, storable

PAGES_KEPT = timedelta(days=90)
"""How long it is remembered that a page was asked for."""


@dataclass(frozen=True, slots=True)
class HostRest:
    """A server that is left alone. failures: answers in a row that said so; problem: in words."""

    failures: int
    until: datetime
    problem: str


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What the last answer of a page left behind: validators, and until when it counts as closed.

    validated_url: the address that gave them, where that is not the page's own.
    """

    etag: str | None = None
    last_modified: str | None = None
    validated_url: str | None = None
    closed_until: datetime | None = None


class Hosts(Database):
    """What is remembered of servers and their pages from one refresh to the next."""

    def host_rest(self, host: str) -> HostRest | None:
        """The rest of ``host`` (name and port), over or not; None where all is well."""
        row = self._row("SELECT failures, until, problem FROM host WHERE name = ?", (host,))
        if row is None:
            return None
        return HostRest(row["failures"], moment(row["until"]), row["problem"])

    def let_host_rest(self, host: str, rest: HostRest) -> None:
        """Remember that ``host`` is left alone; a longer rest of before stays."""
        self._run(
            "INSERT INTO host (name, failures, until, problem) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET failures = excluded.failures,"
            " until = max(until, excluded.until), problem = excluded.problem",
            (storable(host), rest.failures, seconds(rest.until), storable(rest.problem)),
        )

    def forget_host(self, host: str) -> None:
        """The server is well again."""
        self._run("DELETE FROM host WHERE name = ?", (storable(host),))

    def known_page(self, url: str) -> KnownPage:
        """What is known of the page at ``url``; nothing, where it was never asked for."""
        row = self._row("SELECT * FROM page WHERE url = ?", (storable(url),))
        if row is None:
            return KnownPage()
        return KnownPage(
            row["etag"],
            row["last_modified"],
            row["validated_url"],
            maybe_moment(row["closed_until"]),
        )

    def keep_page(self, url: str, page: KnownPage, at: datetime) -> None:
        """Remember what a page answered at ``at``."""
        self._run(
            "INSERT OR REPLACE INTO page"
            " (url, etag, last_modified, validated_url, closed_until, asked_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                storable(url),
                page.etag and storable(page.etag),
                page.last_modified and storable(page.last_modified),
                page.validated_url,
                maybe_seconds(page.closed_until),
                seconds(at),
            ),
        )

    def forget_old_pages(self, now: datetime) -> None:
        """Forget the pages that were asked for long ago."""
        self._run("DELETE FROM page WHERE asked_at < ?", (seconds(now - PAGES_KEPT),))
