"""Digests as they are made, what made each, and which are to be made anew."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from briefing.model import Article, Digest
from briefing.model.codec import findings_to_json
from briefing.store.packing import packed
from briefing.store.rows import (
    FULL_ARTICLE,
    article_of,
    dumps,
    maybe_seconds,
    seconds,
    storable,
)
from briefing.store.set_aside import SettingAside, readable

# Each maker of digests, by a skip through the index: a row a maker, not one an article.
_MAKERS = (
    "WITH RECURSIVE maker (name) AS (SELECT min(produced_by) FROM finding UNION ALL"
    " SELECT (SELECT min(produced_by) FROM finding WHERE produced_by > maker.name) FROM maker"
    " WHERE maker.name IS NOT NULL) SELECT name FROM maker WHERE name IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class PackedDigest:
    """A digest as the file keeps it, packed beside ``text``, which it was made of. bullets: their
    texts, a line each."""

    text: str
    findings: bytes
    bullets: bytes | str


def pack_digest(digest: Digest) -> PackedDigest:
    """The digest as the file keeps it. A worker does it, and the store only writes."""
    text = storable(digest.article.text)
    bullets = "\n".join(storable(bullet.text) for bullet in digest.bullets)
    return PackedDigest(
        text,
        packed(dumps(findings_to_json(digest, compact=True)), text),
        packed(bullets, text) if bullets else "",
    )


class Digests(SettingAside):
    """Digests of articles; one is made anew where its text or what makes digests has changed."""

    def articles_to_digest(self, limit: int, since: datetime | None = None) -> list[Article]:
        """Articles that wait for their digest, published from ``since`` on, newest first; what
        cannot be read is set aside.
        """
        rows = self._rows(
            f"{FULL_ARTICLE} WHERE article.pending = 'digest'"
            " AND (:since IS NULL OR article.published >= :since)"
            " ORDER BY article.published DESC LIMIT :limit",
            {"since": maybe_seconds(since), "limit": limit},
        )
        return readable(rows, article_of, self._set_article_aside)

    def save_digest(
        self, article_id: str, digest: Digest | PackedDigest, produced_by: str = ""
    ) -> bool:
        """Keep a digest and what made it; its article is then due for linking.

        A digest of a text that is not (or no longer) the article's is not kept: False.
        """
        number = self._number("article", article_id)
        kept = pack_digest(digest) if isinstance(digest, Digest) else digest
        with self.transaction():
            row = self._row(
                "SELECT body.text FROM article"
                " JOIN body ON body.article_id = article.id WHERE article.id = ?",
                (number,),
            )
            if row is None or row["text"] != kept.text:
                return False
            self._run(
                "INSERT INTO finding (article_id, findings, produced_by) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET findings = excluded.findings,"
                " produced_by = excluded.produced_by",
                (number, kept.findings, produced_by),
            )
            self._made_anew("digest", number)
            self._run("UPDATE body SET bullets = ? WHERE article_id = ?", (kept.bullets, number))
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

    def articles_made_by(self, maker: str, since: datetime) -> list[str]:
        """The articles with a digest by this maker, published from ``since`` on: those of the
        highest story first, and what is in no story last.
        """
        rows = self._rows(
            "SELECT article.id FROM finding JOIN article ON article.id = finding.article_id"
            " LEFT JOIN story ON story.id = article.story_id"
            " WHERE finding.produced_by = ? AND article.published >= ?"
            " AND article.pending IS NULL"
            " ORDER BY story.score DESC NULLS LAST, story.id, article.published DESC",
            (maker, seconds(since)),
        )
        return [str(row[0]) for row in rows]

    def replace_digest(
        self, article_id: str, digest: Digest | PackedDigest, produced_by: str
    ) -> bool:
        """``save_digest`` in the place of one that was made; the article's story is then due to be
        told anew.
        """
        with self.transaction():
            if not self.save_digest(article_id, digest, produced_by):
                return False
            self._run(
                "UPDATE article SET pending = coalesce(pending, 'link') WHERE id = ?",
                (self._number("article", article_id),),
            )
        return True

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
