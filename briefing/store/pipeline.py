"""The way in: entries, articles, digests. Each step can be done again without harm.

What an article waits for stands in ``article.pending`` (extract, digest, link; null when nothing),
written in the same transaction as the step's result: after a crash the step is simply due again.
Two processes may do the same step at once; the second finds that it changes nothing.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from briefing.model import LINKED_CHARACTERS, Article, Basis, Digest, Entry, LinkCandidate
from briefing.model.codec import findings_to_json, link_to_json
from briefing.store.nouns import PendingEntry
from briefing.store.revisions import Revisions
from briefing.store.rows import (
    FULL_ARTICLE,
    article_of,
    dumps,
    entry_from_text,
    entry_to_text,
    feed_of,
    maybe_seconds,
    moment,
    seconds,
    storable,
)
from briefing.store.set_aside import SettingAside, readable

_ITEM = (
    "SELECT article.id, article.title, substr(body.text, 1, :head) AS text, article.published,"
    " article.source, article.url, body.language, article.story_id"
    " FROM article JOIN body ON body.article_id = article.id"
)


# Each maker of digests, by a skip through the index: a row a maker, not one an article.
_MAKERS = (
    "WITH RECURSIVE maker (name) AS (SELECT min(produced_by) FROM finding UNION ALL"
    " SELECT (SELECT min(produced_by) FROM finding WHERE produced_by > maker.name) FROM maker"
    " WHERE maker.name IS NOT NULL) SELECT name FROM maker WHERE name IS NOT NULL"
)


class Pipeline(Revisions, SettingAside):
    """From what feeds say to digests that wait to be linked."""

    # ── Entries ──────────────────────────────────────────────────────────────────────────────

    def add_entries(self, feed_id: str, entries: Iterable[Entry], fetched_at: datetime) -> int:
        """Keep the entries of a feed; how many were new.

        An entry is known by its guid, and within its feed by its address too (some feeds give the
        same article a new guid), where the address is one article's and not the front page's. An
        entry whose title, address or content differs from before is due for extraction again, as is
        a recent one that the feed says was changed since (``updated``, of its own);
        what it first said is kept, its time, story and marks stay. Without a time it has that of
        the fetch; a time in the future counts as that of the fetch.
        """
        from briefing.text.urls import canonical_url, is_page  # its package: 40 ms at start-up

        batch = _told_once(list({entry.guid: entry for entry in entries}.values()), canonical_url)
        addresses = [canonical_url(entry.url) if entry.url else "" for entry in batch]
        shared = Counter(addresses)
        times = Counter(entry.updated for entry in batch)
        new = 0
        with self.transaction():
            feed = self._row(
                "SELECT id, coalesce(nullif(title, ''), url) AS source, category FROM feed"
                " WHERE id = ?",
                (self._number("feed", feed_id),),
            )
            if feed is None:
                raise self._missing("feed", feed_id)
            for entry, address in zip(batch, addresses, strict=True):
                telling = is_page(address) and shared[address] == 1
                if times[entry.updated] > 1:  # the feed's own time, not the entry's
                    entry = replace(entry, updated=None)
                new += self._add_entry(feed, entry, address if telling else None, fetched_at)
        return new

    def _add_entry(
        self, feed: sqlite3.Row, entry: Entry, address: str | None, fetched_at: datetime
    ) -> bool:
        if self._is_alias(feed["id"], entry.guid):
            return False
        content_hash = _content_hash(entry)
        known = self._known(feed["id"], entry.guid, address)
        now = seconds(fetched_at)
        if known is not None and known["content_hash"] == content_hash:
            due = entry.updated is not None and self._page_is_due(
                known["id"], seconds(entry.updated), known["published"], now
            )
            if not due:
                return False
        values = {
            "feed": feed["id"],
            "guid": storable(entry.guid),
            "url": entry.url and storable(entry.url),
            "canonical": address and storable(address),
            "title": storable(entry.title),
            "source": feed["source"],
            "category": feed["category"],
            "published": min(now, now if entry.published is None else seconds(entry.published)),
            "dated": entry.published is not None,
            "now": now,
            "content_hash": content_hash,
        }
        if known is None:
            number = self._run(
                "INSERT INTO article (feed_id, guid, url, canonical, title, source, category,"
                " published, dated, fetched_at, content_hash) VALUES (:feed, :guid, :url,"
                " :canonical, :title, :source, :category, :published, :dated, :now, :content_hash)",
                values,
            ).lastrowid
        else:
            number = known["id"]
            self._keep_first(number, now)
            self._run(
                "UPDATE article SET url = :url, canonical = :canonical, title = :title,"
                " content_hash = :content_hash, pending = 'extract', tries = 0, retry_at = NULL,"
                " problem = NULL WHERE id = :id",
                {**values, "id": number},
            )
        self._run(
            "INSERT INTO entry (article_id, entry) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET entry = excluded.entry",
            (number, entry_to_text(entry)),
        )
        # The title can be searched and shown before the text is there.
        self._run(
            "INSERT INTO body (article_id, title) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET title = excluded.title",
            (number, values["title"]),
        )
        if known is None and entry.updated is not None:
            self._run(
                "INSERT INTO revisit (article_id, updated, times) VALUES (?, ?, 0)",
                (number, seconds(entry.updated)),
            )
        return known is None

    def _is_alias(self, feed: int, guid: str) -> bool:
        found = self._value(
            "SELECT 1 FROM alias WHERE feed_id = ? AND guid = ?", (feed, storable(guid))
        )
        return found is not None

    def _same_as_another(self, number: int, canonical: str) -> bool:
        """Whether the page's own address shows the article to be another one of its feed, which
        then stands for both. The titles or texts have to agree: some sites give all their
        pages one address.
        """
        from briefing.text.urls import canonical_url

        address = storable(canonical_url(canonical))
        values = {"id": number, "address": address}
        other = self._value(
            "SELECT other.id FROM article AS own JOIN article AS other"
            " ON other.feed_id = own.feed_id AND other.canonical = :address AND other.id <> own.id"
            " JOIN body AS text ON text.article_id = own.id"
            " JOIN body AS twin ON twin.article_id = other.id"
            " WHERE own.id = :id AND own.story_id IS NULL"
            " AND (own.title = other.title OR text.text <> '' AND text.text = twin.text)"
            " ORDER BY other.id LIMIT 1",
            values,
        )
        if other is None:
            self._run("UPDATE article SET canonical = :address WHERE id = :id", values)
            return False
        self._run(
            "INSERT OR IGNORE INTO alias (feed_id, guid, article_id)"
            " SELECT feed_id, guid, ? FROM article WHERE id = ?",
            (other, number),
        )
        self._run("DELETE FROM article WHERE id = ?", (number,))
        return True

    def _known(self, feed: int, guid: str, address: str | None) -> sqlite3.Row | None:
        row = self._row(
            "SELECT id, content_hash, published FROM article WHERE feed_id = ? AND guid = ?",
            (feed, storable(guid)),
        )
        if row is not None or address is None:
            return row
        rows = self._rows(
            "SELECT id, content_hash, published FROM article"
            " WHERE feed_id = ? AND canonical = ? LIMIT 2",
            (feed, storable(address)),
        )
        return rows[0] if len(rows) == 1 else None

    def entries_to_extract(self, limit: int, now: datetime | None = None) -> list[PendingEntry]:
        """Entries that have no article yet, newest first; those that wait for a retry after now.

        An entry that cannot be read is set aside, and taken anew when its feed gives it again.
        """
        rows = self._rows(
            "SELECT article.id AS article_id, article.content_hash, article.tries, entry.entry,"
            " feed.* FROM article JOIN entry ON entry.article_id = article.id"
            " JOIN feed ON feed.id = article.feed_id"
            " WHERE article.pending = 'extract'"
            " AND (:now IS NULL OR article.retry_at IS NULL OR article.retry_at <= :now)"
            " ORDER BY article.published DESC LIMIT :limit",
            {"now": maybe_seconds(now), "limit": limit},
        )
        return readable(rows, _pending_entry, self._set_entry_aside)

    def _set_entry_aside(self, row: sqlite3.Row, error: Exception) -> None:
        number = row["article_id"]
        with self.transaction():
            self._set_aside("entry", number, row["entry"], error)
            self._run("DELETE FROM entry WHERE article_id = ?", (number,))
            self._run(
                "UPDATE article SET pending = NULL, content_hash = '' WHERE id = ?", (number,)
            )

    # ── Articles ─────────────────────────────────────────────────────────────────────────────

    def save_article(
        self, article_id: str, article: Article, content_hash: str | None = None
    ) -> bool:
        """Keep the article made of an entry; it is then due for its digest.

        ``content_hash`` is the ``PendingEntry``'s: where the entry has changed meanwhile, the
        article is kept and stays due for extraction. An article that is as before is not digested
        again. A text that was read whole is not replaced with a mere summary. False where the
        article is gone: its feed was removed, or it is one that the feed gave before under another
        address (``article.canonical``).
        """
        number = self._number("article", article_id)
        with self.transaction():
            row = self._row(
                "SELECT content_hash, title, published, dated, story_id, basis FROM article"
                " WHERE id = ?",
                (number,),
            )
            if row is None:
                return False
            if row["basis"] == Basis.FULL and article.basis is not Basis.FULL:
                article = self._still_whole(number, article)
            title = storable(article.title or row["title"])
            changed = self._save_body(number, title, article)
            self._drop_unchanged(number)
            if article.canonical and self._same_as_another(number, article.canonical):
                return False
            digested = self._value("SELECT 1 FROM finding WHERE article_id = ?", (number,))
            if content_hash is not None and content_hash != row["content_hash"]:
                pending: str | None = "extract"
            elif changed or not digested:
                pending = "digest"
            else:
                pending = None if row["story_id"] else "link"
            published = row["published"]
            if not row["dated"] and article.published is not None:
                published = min(published, seconds(article.published))
            self._run(
                "UPDATE article SET basis = :basis, opinion = :opinion, title = :title,"
                " pending = :pending, published = :published, source = coalesce(:source, source),"
                " tries = 0, retry_at = NULL, problem = NULL WHERE id = :id",
                {
                    "id": number,
                    "basis": article.basis.value,
                    "opinion": article.opinion,
                    "title": title,
                    "pending": pending,
                    "published": published,
                    "source": article.source and storable(article.source),
                },
            )
            if pending != "extract":
                self._run("DELETE FROM entry WHERE article_id = ?", (number,))
            self._made_anew("entry", number)
            self._made_anew("article", number)
        return True

    def _still_whole(self, number: int, article: Article) -> Article:
        """The article with the whole text that is kept of it."""
        row = self._row(f"{FULL_ARTICLE} WHERE article.id = ?", (number,))
        if row is None or not row["text"]:
            return article
        kept = article_of(row)
        return replace(
            article, text=kept.text, links=kept.links, language=kept.language, basis=kept.basis
        )

    def _save_body(self, number: int, title: str, article: Article) -> bool:
        """Keep the text; whether it, or what is told of it, could come out differently."""
        values = {
            "id": number,
            "title": title,
            "text": storable(article.text),
            "byline": article.byline and storable(article.byline),
            "language": article.language,
            "links": dumps([link_to_json(link) for link in article.links]),
        }
        before = self._row(
            "SELECT body.title, body.text, body.language, body.links, article.basis,"
            " article.opinion"
            " FROM body JOIN article ON article.id = body.article_id WHERE article_id = ?",
            (number,),
        )
        self._run(
            "INSERT INTO body (article_id, title, text, byline, language, links)"
            " VALUES (:id, :title, :text, :byline, :language, :links)"
            " ON CONFLICT DO UPDATE SET title = excluded.title, text = excluded.text,"
            " byline = excluded.byline, language = excluded.language, links = excluded.links",
            values,
        )
        after = [values[name] for name in ("title", "text", "language", "links")]
        return before is None or [*before] != [*after, article.basis.value, article.opinion]

    def mark_extract_failed(
        self, article_id: str, problem: str, retry_at: datetime | None = None
    ) -> None:
        """No article could be made: try again after ``retry_at``, or never where it is None."""
        self._run(
            "UPDATE article SET tries = tries + 1, problem = :problem, retry_at = :retry,"
            " pending = CASE WHEN :retry IS NULL THEN NULL ELSE 'extract' END"
            " WHERE id = :id AND pending = 'extract'",
            {
                "id": self._number("article", article_id),
                "problem": storable(problem),
                "retry": maybe_seconds(retry_at),
            },
        )

    # ── Digests ──────────────────────────────────────────────────────────────────────────────

    def articles_to_digest(self, limit: int) -> list[Article]:
        """Articles that wait for their digest, newest first; what cannot be read is set aside."""
        rows = self._rows(
            f"{FULL_ARTICLE} WHERE article.pending = 'digest'"
            " ORDER BY article.published DESC LIMIT ?",
            (limit,),
        )
        return readable(rows, article_of, self._set_article_aside)

    def save_digest(self, article_id: str, digest: Digest, produced_by: str = "") -> bool:
        """Keep a digest and what made it; its article is then due for linking.

        A digest of a text that is not (or no longer) the article's is not kept: False.
        """
        number = self._number("article", article_id)
        with self.transaction():
            row = self._row(
                "SELECT article.pending, body.text FROM article"
                " JOIN body ON body.article_id = article.id WHERE article.id = ?",
                (number,),
            )
            if row is None or row["text"] != storable(digest.article.text):
                return False
            findings = dumps(findings_to_json(digest))
            self._run(
                "INSERT INTO finding (article_id, findings, produced_by) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET findings = excluded.findings,"
                " produced_by = excluded.produced_by",
                (number, findings, produced_by),
            )
            self._made_anew("digest", number)
            self._run(
                "UPDATE body SET bullets = ? WHERE article_id = ?",
                ("\n".join(storable(bullet.text) for bullet in digest.bullets), number),
            )
            self._run(
                "UPDATE article SET pending = 'link' WHERE id = ? AND pending = 'digest'", (number,)
            )
        return True

    def queue_stale_digests(self, is_stale: Callable[[str], bool], limit: int) -> int:
        """Make digests of stale makers due to be made anew, the newest articles' first; how many.

        The old digest stays in its place until then.
        """
        makers = [row[0] for row in self._rows(_MAKERS) if is_stale(row[0])]
        if not makers:
            return 0
        return self._run(
            "UPDATE article SET pending = 'digest' WHERE id IN (SELECT article.id FROM finding"
            " JOIN article ON article.id = finding.article_id"
            " WHERE finding.produced_by IN (SELECT value FROM json_each(?))"
            " AND article.pending IS NULL ORDER BY article.published DESC LIMIT ?)",
            (json.dumps(makers), limit),
        ).rowcount

    def mark_digest_failed(self, article_id: str, problem: str, produced_by: str = "") -> None:
        """No digest could be made; the article stays readable, with the digest that it had, if any.

        produced_by: what tried in vain, so that it does not try again.
        """
        self._run(
            "UPDATE finding SET produced_by = ? WHERE article_id = ?",
            (produced_by, self._number("article", article_id)),
        )
        self._run(
            "UPDATE article SET pending = NULL, problem = ? WHERE id = ? AND pending = 'digest'",
            (storable(problem), self._number("article", article_id)),
        )

    def mark_link_failed(self, article_ids: Iterable[str], problem: str) -> None:
        """No story could be told of these; they stay readable, in the story that they were in."""
        for name in article_ids:
            self._run(
                "UPDATE article SET pending = NULL, problem = ? WHERE id = ? AND pending = 'link'",
                (storable(problem), self._number("article", name)),
            )

    # ── What linking reads ───────────────────────────────────────────────────────────────────

    def articles_to_link(self, limit: int) -> list[LinkCandidate]:
        """Articles whose story is to be found or told anew (``story_id``), oldest first."""
        rows = self._rows(
            f"{_ITEM} WHERE article.pending = 'link' ORDER BY article.published, article.id"
            " LIMIT :limit",
            {"head": LINKED_CHARACTERS, "limit": limit},
        )
        return [_item(row) for row in rows]

    def linked_items(self, since: datetime, until: datetime) -> list[LinkCandidate]:
        """Articles that are in a story, published from ``since`` to ``until``, oldest first."""
        rows = self._rows(
            f"{_ITEM} WHERE article.story_id IS NOT NULL"
            " AND article.published BETWEEN :since AND :until"
            " ORDER BY article.published, article.id",
            {"head": LINKED_CHARACTERS, "since": seconds(since), "until": seconds(until)},
        )
        return [_item(row) for row in rows]


def _pending_entry(row: sqlite3.Row) -> PendingEntry:
    return PendingEntry(
        str(row["article_id"]),
        feed_of(row),
        entry_from_text(row["entry"]),
        row["content_hash"],
        row["tries"],
    )


def _content_hash(entry: Entry) -> str:
    """A hash of what an article is made from; times are left out, as many feeds renew them."""
    import hashlib  # with OpenSSL's library, which reading never needs

    content = (entry.title, entry.url, entry.summary_html, entry.content_html)
    data = json.dumps(content).encode()
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _told_once(batch: list[Entry], canonical: Callable[[str], str]) -> list[Entry]:
    """The entries without those that have another's address, but for its dress, and its title.

    Which of them stays does not depend on the order of the feed.
    """
    first: dict[tuple[str, str], str] = {}
    keys = [
        (canonical(e.url), " ".join(e.title.casefold().split())) if e.url else ("", e.guid)
        for e in batch
    ]
    for key, entry in zip(keys, batch, strict=True):
        first[key] = min(first.get(key, entry.guid), entry.guid)
    return [e for key, e in zip(keys, batch, strict=True) if first[key] == e.guid]


def _item(row: sqlite3.Row) -> LinkCandidate:
    return LinkCandidate(
        str(row["id"]),
        row["title"],
        row["text"],
        moment(row["published"]),
        row["source"],
        row["url"],
        row["language"],
        None if row["story_id"] is None else str(row["story_id"]),
    )
